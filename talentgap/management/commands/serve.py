from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from talentgap.checks import demo_accounts_left, is_public


class Command(BaseCommand):
    help = "Bring database and static files up to date, check the settings, and serve with gunicorn (docs/deploy.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default=os.environ.get("BIND", "127.0.0.1:8000"), help="address and port")
        parser.add_argument("--prepare", action="store_true", help="do all but serve")

    def handle(self, *args: Any, **options: Any) -> None:
        bind = options["bind"]
        if is_public(bind):
            self._refuse_what_only_a_trial_may()
        call_command("check", deploy=True, fail_level="ERROR")
        call_command("migrate", verbosity=0)
        if is_public(bind) and (names := demo_accounts_left()):
            raise CommandError(
                f"demo accounts are in this database: {', '.join(names)}. Remove them, or use another database."
            )
        call_command("createcachetable")
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("first_visit", site=_site(bind), stdout=self.stdout)
        if not options["prepare"]:
            self._serve(bind)

    def _refuse_what_only_a_trial_may(self) -> None:
        for name, on in (("DEBUG", settings.DEBUG), ("TALENTGAP_DEMO", settings.DEMO)):
            if on:
                raise CommandError(f"{name} is on, which is for a trial on one machine. Leave it unset.")

    def _serve(self, bind: str) -> None:
        workers = os.environ.get("WEB_CONCURRENCY", "2")
        log = ("--access-logfile", "-", "--access-logformat", "%(t)s %(m)s %(U)s %(s)s %(M)s ms")
        command = ["gunicorn", "talentgap.wsgi", "--bind", bind, "--workers", workers, "--timeout", "120", *log]
        command += ["--no-control-socket"]  # it would be written outside the state folder
        gunicorn = Path(sys.executable).with_name("gunicorn")
        self.stdout.flush()  # what was said so far would be lost with this process
        os.execv(gunicorn, command)  # noqa: S606 - the same process goes on as the server


def _site(bind: str) -> str:
    """How people reach it: behind a proxy with TLS by the name that they type, else where it listens."""
    names = [name for name in settings.ALLOWED_HOSTS if name not in ("127.0.0.1", "localhost", "[::1]")]
    return f"https://{names[0]}" if names and settings.SESSION_COOKIE_SECURE else f"http://{bind}"
