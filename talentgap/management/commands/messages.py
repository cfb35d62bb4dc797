from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from talentgap.catalogues import catalogue_path, compile_stale, untranslated, update_catalogue


class Command(BaseCommand):
    help = "Bring the Chinese catalogue up to the project's strings and list what has no translation."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when a translation is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = untranslated(update_catalogue(catalogue_path()))
        compile_stale()
        for message in missing:
            self.stdout.write(message)
        self.stdout.write(f"{len(missing)} untranslated")
        if missing and options["check"]:
            raise CommandError("translations are missing")
