from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curricula.models import School
from curricula.schools.bin_actions import CannotBeDeleted
from curricula.schools.data_protection import forget


class Command(BaseCommand):
    help = "Delete a school and all that it holds, for good and at once; its members keep their accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        found = School.everything.filter(slug=options["slug"]).order_by("-removed_at").first()
        if found is None:
            raise CommandError(f"there is no school {options['slug']}")
        if not options["yes"] and input("Type its name once more: ").strip() != options["slug"]:
            raise CommandError("nothing was deleted")
        try:
            forget(found)
        except CannotBeDeleted as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("deleted")
