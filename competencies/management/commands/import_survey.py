from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from competencies.demand.actions.surveys import save_survey_file
from competencies.management.imports import chosen, existing_file, tell, wrong_usage
from competencies.management.sources import add_source_arguments, source_facts
from competencies.saving.outcome import SurveyOutcome


def _counts(outcome: SurveyOutcome) -> str:
    low, high = outcome.scale
    return (
        f"{outcome.respondents} respondents on the scale {low:g} to {high:g}, "
        f"{outcome.duplicates} repeated answers set aside"
    )


class Command(BaseCommand):
    help = "Import an employer survey, whole or not at all: importance and competence for each ability."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_source_arguments(parser, framework="whose abilities were asked about")
        parser.add_argument(
            "--scale", nargs=2, type=float, metavar=("LOWEST", "HIGHEST"), help="detected unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        facts, path = source_facts(options), existing_file(options["path"])
        scale = (options["scale"][0], options["scale"][1]) if options["scale"] else None
        if scale and not scale[0] < scale[1]:
            wrong_usage("a scale rises from its lowest to its highest answer")
        choices, dry_run = chosen(options), options["dry_run"]
        outcome = save_survey_file(path, facts=facts, scale=scale, dry_run=dry_run, choices=choices)
        tell(outcome, options=options, to=self.stdout, more="" if outcome.refusals else _counts(outcome))
