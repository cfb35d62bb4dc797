"""What every import into a demand source is told on the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from competencies.demand.actions.sources import SourceFacts
from competencies.demand.forms import checked_period
from competencies.models import DemandSource

from .imports import add_columns_arguments, check_slug, framework_named, new_owner, wrong_usage


def add_source_arguments(parser: ArgumentParser, *, framework: str) -> None:
    parser.add_argument("path")
    parser.add_argument("--source", required=True, help="the source to add to; made when first named")
    parser.add_argument("--framework", required=True, help=framework)
    parser.add_argument("--collected", metavar="DATE", help="the day of collection, today unless given")
    parser.add_argument("--region", default="")
    parser.add_argument("--licence", default="")
    parser.add_argument("--covers", default="", metavar="PERIOD", help="from when to when, such as 2025-03 – 2026-02")
    parser.add_argument("--note", default="", help="how far the source reaches")
    add_columns_arguments(parser)
    parser.add_argument("--school", metavar="SLUG", help="whose a new source is; without it the site's, open to all")
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and save nothing")


def source_facts(options: Mapping[str, Any]) -> SourceFacts:
    check_slug(options["source"], otherwise="a source is named by letters, digits, “-” and “_” only")
    try:
        checked_period(options["covers"])
    except ValidationError as error:
        wrong_usage(error.messages[0])
    return SourceFacts(
        slug=options["source"],
        framework=framework_named(options["framework"]),
        collected=_day(options["collected"]),
        owner=new_owner(DemandSource, slug=options["source"], school=options["school"]),
        **{name: options[name] for name in ("region", "licence", "covers", "note")},
    )


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        wrong_usage(f"“{text}” is no date; write it like 2026-03-31")
