from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from competencies.management.outputs import output_path, write_whole
from curricula.analysis.frames import EVIDENCE
from curricula.evaluation.reports import POLICY, full_report_for
from curricula.management.targets import curriculum_named
from curricula.reports.render import FORMATS, render


class Command(BaseCommand):
    help = "Write the gap report of a curriculum to a file, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("curriculum", help="school/program/year, for example demo/e-commerce/2026")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--output", required=True, help="the file to write")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, help="of the report; the site's own unless given")

        said = "judge only by mappings that are known from this or better"
        parser.add_argument("--evidence", choices=EVIDENCE, default=EVIDENCE[0], help=said)

    def handle(self, *args: Any, **options: Any) -> None:
        curriculum = curriculum_named(options["curriculum"])
        output = output_path(options["output"])
        policy = replace(POLICY, least_evidence=options["evidence"])
        report = full_report_for(curriculum, language=options["language"], policy=policy)
        write_whole(output, render(report, options["format"]).content)
        self.stdout.write(f"wrote {output}")
