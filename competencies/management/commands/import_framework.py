from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand

from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats import formats, read_format
from competencies.management.imports import (
    ProgressLine,
    add_columns_arguments,
    check_slug,
    chosen,
    existing_path,
    new_owner,
    tell,
)
from competencies.models import Framework


class Command(BaseCommand):
    help = "Import a competency framework from a file or a folder, whole or not at all."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="the file, or the folder where the format has several files")
        parser.add_argument("--format", required=True, choices=list(formats()))
        parser.add_argument("--slug", required=True, help="the framework to write, whatever the file calls it")
        parser.add_argument("--school", metavar="SLUG", help="whose a new one is, as a draft; without it the site's")
        add_columns_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and save nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path = existing_path(options["path"])
        check_slug(options["slug"], otherwise="a slug has letters, digits, “-” and “_” only")
        parsed = read_format(options["format"], path, slug=options["slug"], choices=chosen(options))
        progress = ProgressLine(self.stderr, what="rows")
        owner = new_owner(Framework, slug=options["slug"], school=options["school"])
        outcome = save_framework(parsed, owner=owner, dry_run=options["dry_run"], progress=progress)
        tell(replace(outcome, recognised=parsed.recognised), options=options, to=self.stdout)
