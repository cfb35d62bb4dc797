"""What a page says once, kept in a cookie until then: over HTTPS one that only this host can have set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OfThisHost(CookieStorage):
    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else "messages"


class Storage(FallbackStorage):
    storage_classes = (OfThisHost, SessionStorage)
