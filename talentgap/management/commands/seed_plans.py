from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from competencies.management.imports import REFUSED
from talentgap.seeded_plans import SeedRefused, costs_with, seed_plans


class Command(BaseCommand):
    help = "Draw thousands of plans with stored figures into a database without real schools, or measure their lists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="?", type=int, default=5_000, help="plans in all; those there count")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed draws the same plans")
        parser.add_argument(
            "--measure",
            action="store_true",
            help="keep none, and tell what home and the table of programs cost with one plan and with so many",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["measure"]:
                self._measure(options["number"], seed=options["seed"])
            else:
                school = seed_plans(options["number"], seed=options["seed"])
                self.stdout.write(f"{school.programs.count()} plans in the sample school “{school.slug}”")
        except SeedRefused as error:
            raise CommandError(str(error), returncode=REFUSED) from error

    def _measure(self, number: int, *, seed: int) -> None:
        costs = costs_with(1, number, seed=seed)
        self.stdout.write(f"{'':<32} {'1 plan':>20} {f'{number} plans':>20}")
        for one, many in costs:
            told = (f"{cost.seconds * 1000:.0f} ms, {cost.queries} queries" for cost in (one, many))
            self.stdout.write(f"{f'{one.role} {one.path}':<32} " + " ".join(f"{each:>20}" for each in told))
