from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from competencies.demand.actions.postings import save_posting_file
from competencies.management.imports import ProgressLine, chosen, existing_file, tell
from competencies.management.sources import add_source_arguments, source_facts
from competencies.saving.outcome import PostingsOutcome


def _counts(outcome: PostingsOutcome) -> str:
    return (
        f"{outcome.duplicates} identical rows set aside, {outcome.near_duplicates} near-duplicates, "
        f"{outcome.undated} undated, {outcome.with_position} new with a position, {outcome.mentions} new mentions"
    )


class Command(BaseCommand):
    help = "Import job postings, whole or not at all, and find the abilities of a framework in them."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_source_arguments(parser, framework="whose terms the texts are searched for")

    def handle(self, *args: Any, **options: Any) -> None:
        facts, path = source_facts(options), existing_file(options["path"])
        progress = ProgressLine(self.stderr, what="postings")
        choices, dry_run = chosen(options), options["dry_run"]
        outcome = save_posting_file(path, facts=facts, dry_run=dry_run, progress=progress, choices=choices)
        tell(outcome, options=options, to=self.stdout, more="" if outcome.refusals else _counts(outcome))
