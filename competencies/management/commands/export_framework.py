from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import BaseCommand

from competencies.frameworks.formats.tables import CellTooLong, csv_archive, workbook
from competencies.frameworks.formats.talentgap import framework_document
from competencies.management.imports import framework_named, wrong_usage
from competencies.management.outputs import output_path, write_whole


def _json(document: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


WRITERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "talentgap": _json,
    "csv": csv_archive,
    "xlsx": workbook,
}


class Command(BaseCommand):
    help = (
        "Write a framework to a file that import_framework reads; csv is a .zip with a table for each kind of record."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", required=True, choices=list(WRITERS))
        parser.add_argument("--output", required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        document, output = framework_document(framework_named(options["slug"])), output_path(options["output"])
        try:
            content = WRITERS[options["format"]](document)
        except CellTooLong as error:
            wrong_usage(f"no cell of a workbook holds a text this long: {error}…; use csv or talentgap")
        write_whole(output, content)
        self.stdout.write(f"wrote {output}")
