from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from curricula.comments.digest import mail_digests


class Command(BaseCommand):
    help = "Mail new comments to the members who want that; run it once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="how the site is reached, such as https://talentgap.example")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{mail_digests(options['site'])} mails")
