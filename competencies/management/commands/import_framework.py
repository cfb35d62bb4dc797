from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats.esco import read_esco
from competencies.frameworks.formats.rows import ParsedFramework
from competencies.frameworks.formats.tables import read_tables
from competencies.frameworks.formats.talentgap import read_framework
from competencies.management.imports import ProgressLine, check_slug, existing_path, tell


def _read_talentgap(path: Path, *, slug: str) -> ParsedFramework:
    parsed = read_framework(path)
    return replace(parsed, framework=replace(parsed.framework, slug=slug))


READERS: dict[str, Callable[..., ParsedFramework]] = {
    "talentgap": _read_talentgap,
    "esco": read_esco,
    "csv": read_tables,
    "xlsx": read_tables,
}


class Command(BaseCommand):
    help = "Import a competency framework from a file or a folder, whole or not at all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="the file, or the folder where the format has several files")
        parser.add_argument("--format", required=True, choices=list(READERS))
        parser.add_argument("--slug", required=True, help="the framework to write, whatever the file calls it")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and save nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path = existing_path(options["path"])
        check_slug(options["slug"], otherwise="a slug has letters, digits, “-” and “_” only")
        parsed = READERS[options["format"]](path, slug=options["slug"])
        progress = ProgressLine(self.stderr, what="rows")
        tell(save_framework(parsed, dry_run=options["dry_run"], progress=progress), to=self.stdout)
