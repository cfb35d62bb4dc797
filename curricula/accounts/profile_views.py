"""One's own account: name, language, time zone, password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from curricula.accounts.actions import save_profile
from curricula.accounts.forms import ForgottenForm, ProfileForm
from curricula.accounts.lockout import lift
from curricula.accounts.middleware import profile_of
from curricula.accounts.second_step import is_demanded, is_on
from curricula.accounts.sessions import end, end_others, sessions_of
from curricula.mailing import mail_is_set_up
from curricula.models import Profile
from curricula.pages import render_form, sent
from curricula.throttle import expect_left, spend


def profile(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    known = profile_of(user)
    initial = {
        "name": user.first_name,
        "email": user.email,
        "language": known.language if known else "",
        "time_zone": known.time_zone if known else "",
    }
    form = ProfileForm(sent(request), initial=initial, account=user)
    if request.method == "POST":
        expect_left(request, "sign-in")  # as where the password is changed
    if request.method == "POST" and form.is_valid():
        save_profile(user, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    if form.has_error("password"):
        spend(request, "sign-in")
    here = request.session.session_key
    sessions = [(each, each.session_key == here) for each in sessions_of(user)]
    context = {"section": "profile", "form": form, "sessions": sessions, "second_step": is_on(user)}
    context["demanded"] = is_demanded(user)
    return render_form(request, "curricula/accounts/profile.html", context)


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign out one other browser, or all of them."""
    handle = request.POST.get("session", "")
    if handle:
        end(request.user, handle)
    else:
        end_others(request.user, kept=request.session.session_key)
    messages.success(request, _("Signed out there."))
    return redirect("profile")


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own, and kept in the profile of who chose a language there."""
    response = set_language(request)
    if request.method == "POST" and request.user.is_authenticated:
        chosen = request.POST.get("language", "")
        if chosen in dict(settings.LANGUAGES):
            Profile.objects.filter(user=request.user).exclude(language="").update(language=chosen)
    return response


class ChangePassword(auth_views.PasswordChangeView):
    template_name = "curricula/accounts/password_change.html"
    success_url = reverse_lazy("profile")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever finds a browser open does not guess the old password there."""
        expect_left(request, "sign-in")
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        spend(self.request, "sign-in")
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # gives this session a new key
        end_others(self.request.user, kept=self.request.session.session_key)
        messages.success(self.request, _("The password is changed. Everywhere else you are signed out."))
        return response


class ForgottenPassword(auth_views.PasswordResetView):
    """Says the same whether there is such an account or not."""

    template_name = "curricula/accounts/password_reset.html"
    form_class = ForgottenForm
    email_template_name = "curricula/accounts/password_reset_mail.txt"
    subject_template_name = "curricula/accounts/password_reset_subject.txt"
    success_url = reverse_lazy("password_reset_done")

    def form_valid(self, form: Any) -> HttpResponse:
        """Nobody's mail is filled, and nobody learns from a refusal whether there is an account."""
        spend(self.request, "password")
        spend(self.request, "password-mail", who=form.cleaned_data["email"].lower())
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"mail": mail_is_set_up()}


class NewPassword(auth_views.PasswordResetConfirmView):
    template_name = "curricula/accounts/password_new.html"
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.user
        lift(user)
        end_others(user, kept=None)
        messages.success(self.request, _("The new password is set. Sign in with it."))
        return super().form_valid(form)
