from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from competencies.saving.private_files import write_private
from curricula.accounts.data_protection import stored_of


class Command(BaseCommand):
    help = "Write everything that is stored of an account as JSON, into a file that only its owner reads."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        found = User.objects.filter(username=options["username"]).first()
        if found is None:
            raise CommandError(f"there is no account {options['username']}")
        write_private(options["output"], stored_of(found))
        self.stdout.write(f"written: {options['output']}")
