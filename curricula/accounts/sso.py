"""Sign-in by the university's own identity provider (OpenID Connect), where the extra `sso` is installed.

allauth speaks the protocol; who the person is here, and whether there is an account at all, is decided below, so that
nobody comes in by it who has neither an account nor an invitation.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from curricula.accounts import second_step
from curricula.accounts.actions import new_account
from curricula.accounts.door_views import BACKEND
from curricula.accounts.second_step_views import ask_for_code
from curricula.accounts.sessions import end_others
from curricula.models import Invitation


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc, unused-ignore]
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The provider has said who it is; what allauth would do next is done here."""
        then = sociallogin.state.get("next") or reverse("home")
        with transaction.atomic():
            user = _person(request, sociallogin, then)
        if user is None:
            raise ImmediateHttpResponse(_refused(request, "unknown"))
        if second_step.is_on(user):
            raise ImmediateHttpResponse(ask_for_code(request, user, then=then))
        login(request, user, backend=BACKEND)
        raise ImmediateHttpResponse(redirect(then))

    def on_authentication_error(self, request: HttpRequest, *_about: Any, **_more: Any) -> None:
        raise ImmediateHttpResponse(_refused(request, "failed"))


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "curricula/accounts/sso_refused.html", {"why": why}, status=403)


def _person(request: HttpRequest, sociallogin: Any, then: str) -> User | None:
    """Who came by it before; else who has the verified address; else whom an invitation waits for."""
    if sociallogin.is_existing:
        return sociallogin.user if sociallogin.user.is_active else None
    email = next((each.email.lower() for each in sociallogin.email_addresses if each.verified), "")
    user = (_by_mail(request, email) or _invited(email, sociallogin, then)) if email else None
    if user is not None:
        sociallogin.account.extra_data = {}  # what else the provider told of the person is not ours to keep
        sociallogin.connect(request, user)
    return user


def _by_mail(request: HttpRequest, email: str) -> User | None:
    """Whoever typed this address here before need not own it: the password and all sessions end."""
    found = list(User.objects.filter(email__iexact=email, is_active=True)[:2])
    if len(found) != 1:
        return None
    [user] = found
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_others(user, kept=None)
    told = _("From now on you sign in through your university. The password that this account had is deleted.")
    messages.info(request, told)
    return user


def _invited(email: str, sociallogin: Any, then: str) -> User | None:
    """Only on the way to an invitation that is open; it is accepted on its page."""
    token = parse_qs(urlsplit(then).query).get("token", [""])[0]
    if User.objects.filter(email__iexact=email).exists() or not Invitation.objects.open().by_token(token).exists():
        return None
    name = sociallogin.user.get_full_name() or email.partition("@")[0]
    return new_account(name=name[:150], email=email, password=None)
