from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from competencies.demand.actions.retagging import retag_source
from competencies.management.imports import ProgressLine, tell, wrong_usage
from competencies.models import DemandSource


class Command(BaseCommand):
    help = "Search the stored postings of a source again, after the terms of its framework changed."
    requires_system_checks = []  # they load every page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source")

    def handle(self, *args: Any, **options: Any) -> None:
        source = DemandSource.objects.select_related("framework").filter(slug=options["source"]).first()
        if source is None:
            wrong_usage(f"there is no source “{options['source']}”")
        tell(retag_source(source, progress=ProgressLine(self.stderr, what="postings")), to=self.stdout)
