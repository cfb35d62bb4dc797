from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from curricula.accounts.data_protection import LastAdministratorOf, forget


class Command(BaseCommand):
    help = "Delete an account for good: what it did stays, under a code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        found = User.objects.filter(username=options["username"]).first()
        if found is None:
            raise CommandError(f"there is no account {options['username']}")
        if not options["yes"] and input("Type its name once more: ").strip() != options["username"]:
            raise CommandError("nothing was deleted")
        try:
            code = forget(found)
        except LastAdministratorOf as refusal:
            raise CommandError(f"the only administrator of {refusal}: give the role away first") from refusal
        self.stdout.write(f"deleted; histories say {code}")
