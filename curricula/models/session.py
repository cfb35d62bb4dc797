from __future__ import annotations

import hashlib
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import account_field


class SignedIn(AbstractBaseSession):
    """One browser's session; of a signed-in person it says which browser that is, so that it can be ended."""

    user = account_field("sessions", null=True)
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    network = models.CharField(_("network"), max_length=60, blank=True)
    seen = models.DateTimeField(_("last seen"), null=True)

    objects: ClassVar[Any] = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def handle(self) -> str:
        """What a page calls it, because the key itself would let its reader in."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:20]
