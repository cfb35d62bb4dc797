from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from competencies.demand.actions.surveys import save_survey_file
from competencies.management.imports import wrong_usage
from competencies.management.sources import SourceCommand
from competencies.saving.outcome import SurveyOutcome


class Command(SourceCommand):
    help = "Import an employer survey, whole or not at all: importance and competence for each ability."
    framework = "whose abilities were asked about"
    save = staticmethod(save_survey_file)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--scale", nargs=2, type=float, metavar=("LOWEST", "HIGHEST"), help="detected unless given"
        )

    def more_of(self, options: Mapping[str, Any]) -> dict[str, Any]:
        scale = tuple(options["scale"]) if options["scale"] else None
        if scale and not scale[0] < scale[1]:
            wrong_usage("a scale rises from its lowest to its highest answer")
        return {"scale": scale}

    def told(self, outcome: SurveyOutcome) -> str:
        if outcome.refusals:
            return ""
        low, high = outcome.scale
        return (
            f"{outcome.respondents} respondents on the scale {low:g} to {high:g}, "
            f"{outcome.duplicates} repeated answers set aside"
        )
