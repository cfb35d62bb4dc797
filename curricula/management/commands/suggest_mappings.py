from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from competencies.frameworks.rankers import AUTO, TIERS, ranker_for
from competencies.management.imports import ProgressLine, wrong_usage
from competencies.management.outputs import output_path, write_whole
from competencies.matching import semantic
from competencies.matching.ranking import SEMANTIC
from competencies.tabular.writing import csv_bytes
from curricula.management.targets import curriculum_named
from curricula.mapping.suggestions import CourseSuggestion, suggestions_for_curriculum

HEADER = ("course", "ability", "score", "words", "level", "verb", "mapped", "course title", "ability title", "tier")


class Command(BaseCommand):
    help = "Propose abilities for the courses of a curriculum, with the words that led there; nothing is saved."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("curriculum", help="school/program/year, for example demo/e-commerce/2026")
        parser.add_argument("--output", metavar="PATH.csv", help="the table to write; shown on screen unless given")
        parser.add_argument("--tier", choices=TIERS, default=AUTO, help="of the ranker; the best installed by default")

    def handle(self, *args: Any, **options: Any) -> None:
        curriculum = curriculum_named(options["curriculum"])
        output = output_path(options["output"]) if options["output"] else None
        if options["tier"] == SEMANTIC and not semantic.is_installed():
            wrong_usage("the extra “semantic” is not installed; see docs/matching.md")
        progress = ProgressLine(self.stderr, what="abilities embedded")
        ranker = ranker_for(curriculum.framework, tier=options["tier"], progress=progress)
        rows = [_row(found) for found in suggestions_for_curriculum(curriculum, ranker)]
        if output:
            write_whole(output, csv_bytes([HEADER, *rows]))
            self.stdout.write(f"wrote {output}")
        else:
            for row in rows:
                self.stdout.write("  ".join(row))
        courses = curriculum.courses.count()
        self.stdout.write(f"{len(rows)} suggestions for {len({row[0] for row in rows})} of {courses} courses")


def _row(suggestion: CourseSuggestion) -> tuple[str, ...]:
    found = suggestion.found
    return (
        suggestion.course.code,
        found.ability,
        f"{found.score:.3f}",
        "; ".join(found.words),
        found.level,
        found.verb,
        "yes" if suggestion.mapped else "no",
        str(suggestion.course),
        str(suggestion.ability),
        found.tier,
    )
