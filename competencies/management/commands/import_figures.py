from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from competencies.demand.actions.figures import save_figures_file
from competencies.management.imports import chosen, existing_file, tell
from competencies.management.sources import add_source_arguments, source_facts


class Command(BaseCommand):
    help = "Import official figures, whole or not at all: openings and graduates by period."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_source_arguments(parser, framework="whose positions the figures are about")

    def handle(self, *args: Any, **options: Any) -> None:
        facts, path = source_facts(options), existing_file(options["path"])
        outcome = save_figures_file(path, facts=facts, dry_run=options["dry_run"], choices=chosen(options))
        more = f"{outcome.duplicates} repeated rows set aside" if outcome.duplicates else ""
        tell(outcome, options=options, to=self.stdout, more=more)
