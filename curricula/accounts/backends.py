"""Sign-in by mail or by name, and the reader's language and time zone with the account in one query."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User

from curricula.accounts.roles import DEMO_ACCOUNTS


def account_name(typed: str) -> str:
    """The name of the account that somebody means; what names none, or several, stays as it was typed."""
    typed = typed.strip()
    if "@" in typed and not User.objects.filter(username=typed).exists():
        names = User.objects.filter(email__iexact=typed, is_active=True).values_list("username", flat=True)[:2]
        return names[0] if len(names) == 1 else typed
    return typed


class ByMailOrName(ModelBackend):
    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        named = account_name(username) if username else username
        return super().authenticate(request, named, password, **kwargs)

    def user_can_authenticate(self, user: Any) -> bool:
        """Accounts of the demo are for the demo: their passwords stand in a file."""
        demo = user.get_username() in DEMO_ACCOUNTS
        return super().user_can_authenticate(user) and (settings.DEMO or not demo)

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("profile").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
