from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import reverse

from competencies.models import Framework
from curricula.accounts.queries import first_visit_token, nobody_is_here


class Command(BaseCommand):
    help = "Load the frameworks that come with the program, where there are none, and print where to make an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", default="http://127.0.0.1:8000", help="how the site is reached")

    def handle(self, *args: Any, **options: Any) -> None:
        self._load_frameworks()
        if nobody_is_here():
            address = f"{options['site']}{reverse('first-visit')}?{urlencode({'token': first_visit_token()})}"
            self.stdout.write(f"Nobody has an account yet. Whoever opens this address makes the first:\n  {address}")

    def _load_frameworks(self) -> None:
        if Framework.objects.exists():
            return
        for path in sorted((settings.FIXTURES / "frameworks").glob("*.json")):
            call_command("import_framework", str(path), format="talentgap", slug=path.stem, stdout=self.stdout)
