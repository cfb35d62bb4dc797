"""A browser of somebody who signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page


def sign_in(page: Page, address: str, username: str) -> None:
    """Give the browser a session; that the page of signing in makes one, `test_main_job` walks through."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
