from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from competencies.frameworks.formats import CellTooLong, formats
from competencies.frameworks.stored import stored_framework
from competencies.management.imports import framework_named, wrong_usage
from competencies.management.outputs import output_path, write_whole


class Command(BaseCommand):
    help = (
        "Write a framework to a file that import_framework reads; csv is a .zip with a table for each kind of record."
    )
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", required=True, choices=[name for name, one in formats().items() if one.writes])
        parser.add_argument("--output", required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        rows, output = stored_framework(framework_named(options["slug"])), output_path(options["output"])
        write = formats()[options["format"]].writes
        assert write is not None  # noqa: S101 only formats that write can be chosen
        try:
            content = write(rows)
        except CellTooLong as error:
            wrong_usage(f"no cell of a workbook holds a text this long: {error}…; use csv or talentgap")
        write_whole(output, content)
        self.stdout.write(f"wrote {output}")
