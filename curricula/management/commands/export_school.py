from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from competencies.saving.private_files import write_private
from curricula.models import School
from curricula.schools.data_protection import stored_of


class Command(BaseCommand):
    help = "Write everything that is stored of a school as JSON, into a file that only its owner reads."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        found = School.everything.filter(slug=options["slug"]).order_by("-removed_at").first()
        if found is None:
            raise CommandError(f"there is no school {options['slug']}")
        write_private(options["output"], stored_of(found))
        self.stdout.write(f"written: {options['output']}")
