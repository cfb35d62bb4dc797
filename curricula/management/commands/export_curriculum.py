from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, Final

from django.core.management.base import BaseCommand

from competencies.management.outputs import output_path, write_whole
from curricula.interchange.export import CurriculumRows, as_tables, as_workbook
from curricula.management.targets import curriculum_named
from curricula.records.exported_rows import rows_of

WRITERS: Final[dict[str, Callable[[CurriculumRows], bytes]]] = {"xlsx": as_workbook, "csv": as_tables}


class Command(BaseCommand):
    help = "Write a curriculum to a workbook, or to a zip of CSV tables, that import_curriculum reads again."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("curriculum", help="school/program/year, for example demo/e-commerce/2026")
        parser.add_argument("--format", required=True, choices=list(WRITERS))
        parser.add_argument("--output", required=True, help="the file to write; csv is a zip of the tables")

    def handle(self, *args: Any, **options: Any) -> None:
        curriculum = curriculum_named(options["curriculum"])
        output = output_path(options["output"])
        write_whole(output, WRITERS[options["format"]](rows_of(curriculum)))
        self.stdout.write(f"wrote {output}")
