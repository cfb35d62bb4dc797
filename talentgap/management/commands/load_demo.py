from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from competencies.management.imports import REFUSED, ProgressLine
from curricula.evaluation.reports import figures_for
from curricula.models import Curriculum
from talentgap.demo import demo_accounts, ensure_demo_accounts
from talentgap.demo_asked import load_questionnaire
from talentgap.demo_asks import load_asks
from talentgap.demo_data import DemoRefused, Done, Listener, load_demo
from talentgap.demo_loop import load_loop
from talentgap.demo_records import load_record_sheets


class Command(BaseCommand):
    help = "Load the frameworks and the demo: one invented school with its plans, invented postings, and accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restore",
            action="store_true",
            help="bring the demo's plans and postings back to what its files say; approved plans stay",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        listener = Listener(self._tell, lambda what: ProgressLine(self.stderr, what=what))
        fresh = not Curriculum.objects.filter(program__school__sample=True).exists()
        try:
            school = load_demo(listener, restore=options["restore"])
        except DemoRefused as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        load_record_sheets(school, listener)
        made = ensure_demo_accounts(school)
        if fresh:
            load_loop(school, listener)
            load_asks(school, listener)
        load_questionnaire(school, listener)
        for plan in Curriculum.objects.filter(program__school=school).newest():
            figures_for(plan)
        self.stdout.write("all of it is invented sample data; docs/demo.md tells what it is made to show")
        self._name_accounts(bool(made))

    def _tell(self, done: Done) -> None:
        self.stdout.write(str(done))
        self.stdout.flush()

    def _name_accounts(self, any_made: bool) -> None:
        """Passwords are printed when they are made; later only where the sign-in page names them as well."""
        if not any_made and not settings.DEMO:
            return
        self.stdout.write("accounts:")
        for account in demo_accounts():
            self.stdout.write(f"  {account.username}  {account.password}  ({account.role_text})")
