from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from talentgap.archive import write_archive


class Command(BaseCommand):
    help = "Write everything that the database holds into one file; the program may be in use meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the file to write, such as talentgap-2026-11-29.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = write_archive(options["path"])
        self.stdout.write(f"{sum(rows.values()):,} rows of {sum(map(bool, rows.values()))} tables: {options['path']}")
        self.stdout.write("not in it: sessions, uploads that wait for their preview, and the key of the state folder")
