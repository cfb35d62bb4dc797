from django.contrib.auth.views import PasswordResetDoneView
from django.urls import path

from curricula.mailing import mail_is_set_up

from . import door_views, profile_views, second_step_views, views

urlpatterns = [
    path("invitation/", door_views.invitation, name="invitation"),
    path("first-visit/", door_views.first_visit, name="first-visit"),
    path("language/", profile_views.choose_language, name="set_language"),
    path("profile/", profile_views.profile, name="profile"),
    path("profile/sessions/", profile_views.end_session, name="session-end"),
    path("profile/password/", profile_views.ChangePassword.as_view(), name="password_change"),
    path("profile/second-step/", second_step_views.turn_on, name="second-step"),
    path("profile/second-step/off/", second_step_views.turn_off, name="second-step-off"),
    path("sign-in/code/", second_step_views.sign_in_code, name="sign-in-code"),
    path("password/", profile_views.ForgottenPassword.as_view(), name="password_reset"),
    path(
        "password/sent/",
        PasswordResetDoneView.as_view(
            template_name="curricula/accounts/password_reset_sent.html", extra_context={"mail": mail_is_set_up}
        ),
        name="password_reset_done",
    ),
    path("password/<uidb64>/<token>/", profile_views.NewPassword.as_view(), name="password_reset_confirm"),
    path("schools/<slug:school>/members/", views.members, name="school-members"),
    path("schools/<slug:school>/members/<int:pk>/", views.change_member, name="school-member"),
    path("schools/<slug:school>/members/<int:pk>/remove/", views.remove, name="school-member-remove"),
    path("schools/<slug:school>/invitations/<int:pk>/revoke/", views.revoke, name="invitation-revoke"),
]
