from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from competencies.management.imports import REFUSED, existing_path
from curricula.models import School
from talentgap.archive import UnfitArchive, read_archive


class Command(BaseCommand):
    help = "Put a backup in the place of everything that the database holds, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a file that `backup` wrote")
        parser.add_argument("--replace", action="store_true", help="also where the database holds schools")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(existing_path(options["path"]))
        if not connection.introspection.table_names():  # a database that was made anew
            call_command("migrate", verbosity=0)
        if School._base_manager.exists() and not options["replace"]:
            raise CommandError(
                "this database holds schools, which would be replaced: back it up, then say --replace",
                returncode=REFUSED,
            )
        try:
            rows = read_archive(path)
        except UnfitArchive as error:
            raise CommandError(f"{error}; nothing was changed", returncode=REFUSED) from error
        self.stdout.write(f"{sum(rows.values()):,} rows of {sum(map(bool, rows.values()))} tables are back")
