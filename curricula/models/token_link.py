"""Links that open something for whoever has them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class TokenLinkQuerySet(models.QuerySet[Any]):
    def by_token(self, token: str) -> Self:
        return self.filter(token_hash=hashed(token))


class TokenLink(models.Model):
    """Who reads the database cannot open it: the token itself is in the link only."""

    token_bytes: ClassVar = 32

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires = models.DateTimeField(_("open until"))

    class Meta:
        abstract = True

    def give_token(self, *, lasts: timedelta) -> str:
        """A new secret for the link, which nobody can read again."""
        token = secrets.token_urlsafe(self.token_bytes)
        self.token_hash, self.expires = hashed(token), timezone.now() + lasts
        return token
