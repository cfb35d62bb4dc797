from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from curricula.models import SecondStep


class Command(BaseCommand):
    help = "Let somebody in with the password alone who lost the phone and the spare codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        if not SecondStep.objects.filter(user__username=options["username"]).delete()[0]:
            raise CommandError(f"{options['username']} has no second step")
        self.stdout.write("off")
