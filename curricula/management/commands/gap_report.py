from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from competencies.management.outputs import output_path, write_whole
from curricula.analysis.frames import EVIDENCE
from curricula.evaluation.committee import committee_edition, edition_choices, stored_choices
from curricula.evaluation.reports import POLICY, full_report_for
from curricula.management.targets import curriculum_named
from curricula.models import Curriculum
from curricula.reports.committee.render import FORMATS as COMMITTEE_FORMATS
from curricula.reports.committee.render import render_committee
from curricula.reports.render import FORMATS, render

EDITIONS = ("full", "committee")


class Command(BaseCommand):
    help = "Write the gap report of a curriculum to a file, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("curriculum", help="school/program/year, for example demo/e-commerce/2026")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--output", required=True, help="the file to write")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, help="of the report; the site's own unless given")

        told = "full: every number; committee: what a committee decides on, in four to six pages"
        parser.add_argument("--edition", choices=EDITIONS, default=EDITIONS[0], help=told)
        said = "judge only by mappings that are known from this or better"
        parser.add_argument("--evidence", choices=EVIDENCE, default=EVIDENCE[0], help=said)

    def handle(self, *args: Any, **options: Any) -> None:
        curriculum = curriculum_named(options["curriculum"])
        output = output_path(options["output"])
        write_whole(output, _content(curriculum, options))
        self.stdout.write(f"wrote {output}")


def _content(curriculum: Curriculum, options: dict[str, Any]) -> bytes:
    if options["edition"] == "committee":
        if options["format"] not in COMMITTEE_FORMATS:
            raise CommandError(f"The committee edition is written as one of: {', '.join(COMMITTEE_FORMATS)}.")
        if options["evidence"] != EVIDENCE[0]:
            raise CommandError("The committee edition is judged by every mapping.")
        language = options["language"] or stored_choices(curriculum).language
        edition = committee_edition(curriculum, choices=edition_choices(curriculum), language=language)
        return render_committee(edition, options["format"]).content
    policy = replace(POLICY, least_evidence=options["evidence"])
    report = full_report_for(curriculum, language=options["language"], policy=policy)
    return render(report, options["format"]).content
