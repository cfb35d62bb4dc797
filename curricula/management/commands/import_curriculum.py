from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from competencies.management.imports import (
    add_columns_arguments,
    check_slug,
    chosen,
    existing_file,
    framework_named,
    tell_columns,
    tell_notices,
    wrong_usage,
)
from competencies.tabular.problems import UnreadableFile
from competencies.tabular.recognised import RecognisedFile
from curricula.interchange.bundles import read_file
from curricula.interchange.parsed import ParsedCurriculum, ReadSettings
from curricula.management.targets import check_key
from curricula.models import School
from curricula.records.outcome import ImportOutcome
from curricula.records.saving import MissingTarget, import_curriculum

EARLIEST, LATEST = 1900, 2200


class Command(BaseCommand):
    help = "Import the courses, prerequisites and mappings of one file into a curriculum, whole or not at all."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a workbook, a CSV table or a zip of tables")
        parser.add_argument("--to", required=True, metavar="CURRICULUM", help="school/program/year")
        parser.add_argument("--framework", required=True, help="whose abilities the file's mappings name")
        parser.add_argument("--create", action="store_true", help="make school, program and curriculum when missing")
        add_columns_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and save nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path, key = existing_file(options["path"]), options["to"].strip("/")
        _check_target(key)
        framework = framework_named(options["framework"])
        try:
            parsed = self._read(path, key, replace(_settings(key), choices=chosen(options)))
            recognised = parsed.recognised
            outcome = import_curriculum(
                parsed, key=key, framework=framework, create=options["create"], dry_run=options["dry_run"]
            )
        except MissingTarget as error:
            wrong_usage(str(error))
        except UnreadableFile as error:
            outcome = ImportOutcome(refusals=[error.problem(path.name)])
            recognised = error.recognised or RecognisedFile()
        self._tell(outcome, recognised, options)

    def _read(self, path: Path, key: str, settings: ReadSettings) -> ParsedCurriculum:
        self.stderr.write(f"reading {path.name}")
        parsed = read_file(path, name=path.name, settings=settings)
        counts = f"{len(parsed.courses)} courses, {len(parsed.mappings)} mappings"
        self.stderr.write(f"read {counts}; comparing with {key}")
        return parsed

    def _tell(self, outcome: ImportOutcome, recognised: RecognisedFile, options: dict[str, Any]) -> None:
        for kind, counts in ({} if outcome.refusals else outcome.by_kind).items():
            self.stdout.write(f"{kind}: {counts}")
        self.stdout.write(f"refused {len(outcome.refusals)}")
        tell_columns(recognised, options, to=self.stdout)
        tell_notices(outcome.refusals, outcome.warnings, to=self.stdout)
        if outcome.new_version and outcome.curriculum:
            self.stdout.write(f"the approved version stays; version {outcome.curriculum.version} took the file")
        if options["dry_run"]:
            self.stdout.write("dry run: nothing was saved")


def _check_target(key: str) -> None:
    check_key(key)
    school, program, year = key.split("/")
    for name in (school, program):
        check_slug(name, otherwise="schools and programs are named by letters, digits, “-” and “_” only")
    if not year.isdecimal() or not EARLIEST <= int(year) <= LATEST:
        wrong_usage(f"“{year}” is no year of entry")


def _settings(key: str) -> ReadSettings:
    """As on the school's pages, but with the reader's own limit of size: the owner of the machine sends the file."""
    school = School.objects.filter(slug=key.split("/")[0]).first() or School()
    return ReadSettings(hours_per_week=school.hours_per_week)
