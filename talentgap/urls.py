from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from .views import SignInView, SignOutView, healthy, ready

urlpatterns = [
    path("sign-in/", SignInView.as_view(), name="sign-in"),
    path("sign-out/", SignOutView.as_view(), name="sign-out"),
    path("healthz", login_not_required(healthy), name="healthz"),
    path("readyz", login_not_required(ready), name="readyz"),
    path("", include("competencies.urls")),
    path("", include("curricula.urls")),
]

if settings.SSO:
    from curricula.accounts.sso import begin

    urlpatterns.append(path("sso/university/login/", begin))
    urlpatterns.append(path("sso/", include("allauth.socialaccount.providers.openid_connect.urls")))

handler400 = "talentgap.errors.bad_request"
handler403 = "talentgap.views.forbidden"
handler404 = "talentgap.errors.not_found"
handler500 = "talentgap.errors.failed"
