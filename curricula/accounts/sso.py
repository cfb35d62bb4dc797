"""Sign-in by the university's own identity provider (OpenID Connect), where the extra `sso` is installed.

allauth speaks the protocol; who the person is here, and whether there is an account at all, is decided below, so that
nobody comes in by it who has neither an account nor an invitation.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.openid_connect.views import login as openid_login
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

from curricula.accounts import second_step
from curricula.accounts.actions import new_account
from curricula.accounts.door_views import BACKEND
from curricula.accounts.second_step_views import ask_for_code
from curricula.accounts.sessions import end_others
from curricula.models import Invitation
from talentgap.errors import incident

log = logging.getLogger("talentgap.security")


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc, unused-ignore]
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The provider has said who it is; what allauth would do next is done here."""
        then = sociallogin.state.get("next") or reverse("home")
        try:
            with transaction.atomic():
                user = _person(request, sociallogin, then)
        except Refused as refusal:
            raise ImmediateHttpResponse(_refused(request, refusal.why)) from refusal
        if second_step.is_on(user):
            raise ImmediateHttpResponse(ask_for_code(request, user, then=then))
        login(request, user, backend=BACKEND)
        raise ImmediateHttpResponse(redirect(then))

    def on_authentication_error(
        self, request: HttpRequest, _provider: Any, error: Any = "", exception: Any = None, **_more: Any
    ) -> None:
        why = "cancelled" if error == AuthError.CANCELLED else "failed"
        raise ImmediateHttpResponse(_refused(request, why, f"{error} {exception or ''}"))

    def get_requests_session(self) -> Any:
        """allauth's, which waits for a few seconds only; a provider that does not answer is told of on a page."""
        session = super().get_requests_session()
        asked = session.request

        def ask(method: str, *about: Any, **more: Any) -> Any:
            try:
                answer = asked(method, *about, **more)
                if method == "GET":
                    answer.raise_for_status()
            except RequestException as error:
                raise ImmediateHttpResponse(_refused(self.request, "unreachable", str(error))) from error
            return answer

        session.request = ask
        return session


@login_not_required
def begin(request: HttpRequest) -> HttpResponse:
    """On to the provider. A link says where one wants to go and nothing else: allauth would hand all of it on."""
    wanted = {"next": request.GET["next"]} if "next" in request.GET else {}
    request.GET = QueryDict(urlencode(wanted))
    answer: HttpResponse = openid_login(request, provider_id="university")
    return answer


class Refused(Exception):
    """The provider has said who it is, and there is no way in."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def _refused(request: HttpRequest, why: str, told: str = "") -> HttpResponse:
    """What the person can do about it, with the number that its line of the log has."""
    about = " ".join(told.split())[:200]
    log.warning("sign-in by the university refused: %s %s", why, about, extra={"request": request})
    context = {"why": why, "incident": incident(request)}
    return render(request, "curricula/accounts/sso_refused.html", context, status=403)


def _person(request: HttpRequest, sociallogin: Any, then: str) -> User:
    """Who came by it before; else who has the verified address; else whom an invitation waits for."""
    if sociallogin.is_existing:
        return _active(sociallogin.user)
    email = next((each.email.lower() for each in sociallogin.email_addresses if each.verified), "")
    if not email:
        raise Refused("no_address")
    user = _by_mail(request, email) or _invited(email, sociallogin, then)
    sociallogin.account.extra_data = {}  # what else the provider told of the person is not ours to keep
    sociallogin.connect(request, user)
    return user


def _active(user: User) -> User:
    if not user.is_active:
        raise Refused("closed")
    return user


def _by_mail(request: HttpRequest, email: str) -> User | None:
    """Whoever typed this address here before need not own it: the password and all sessions end."""
    found = list(User.objects.filter(email__iexact=email)[:2])
    if not found:
        return None
    if len(found) > 1:
        raise Refused("closed")
    user = _active(found[0])
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_others(user, kept=None)
    told = _("From now on you sign in through your university. The password that this account had is deleted.")
    messages.info(request, told)
    return user


def _invited(email: str, sociallogin: Any, then: str) -> User:
    """Only on the way to an invitation that is open; it is accepted on its page."""
    token = parse_qs(urlsplit(then).query).get("token", [""])[0]
    if not Invitation.objects.open().by_token(token).exists():
        raise Refused("unknown")
    name = sociallogin.user.get_full_name() or email.partition("@")[0]
    return new_account(name=name[:150], email=email, password=None)
