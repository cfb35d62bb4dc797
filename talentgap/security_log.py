"""Who was let in or refused, in the log: the number of the account and the id of the request, no name and no form."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

log = logging.getLogger("talentgap.security")


def listen() -> None:
    user_logged_in.connect(_let_in)
    user_logged_out.connect(_left)
    user_login_failed.connect(_refused)


def _let_in(*, request: Any, user: Any, **_signal: Any) -> None:
    log.info("signed in: account %s", user.pk, extra={"request": request})


def _left(*, request: Any, user: Any, **_signal: Any) -> None:
    if user is not None:
        log.info("signed out: account %s", user.pk, extra={"request": request})


def _refused(*, request: Any = None, **_signal: Any) -> None:
    """What was typed as a name may be a password typed into the wrong field, and is not written."""
    log.warning("sign-in refused", extra={"request": request})
