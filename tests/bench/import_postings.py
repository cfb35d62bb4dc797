"""Run as a process of its own: imports a file of postings, tagging left aside, beside a COPY of the same rows.

Prints one JSON line: seconds of each import and of each COPY, in turn, and the largest memory of the process in MB.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.db import connection, transaction

TABLE = "competencies_posting"


class NoTagging:
    """In the place of the search for terms, which has a benchmark of its own."""

    version = 1

    def __init__(self, framework: Any) -> None:
        self.framework = framework

    def position_id(self, title: str) -> None:
        return None

    def tags(self, *, title: str, text: str) -> list[Any]:
        return []


def main(path: Path, times: int) -> None:
    from competencies.demand.actions import postings
    from competencies.demand.actions.sources import SourceFacts
    from competencies.models import DemandSource, Framework

    postings.Tagger = NoTagging  # type: ignore[assignment,misc]
    framework, _new = Framework.objects.get_or_create(slug="bench", defaults={"title_en": "Bench"})
    imports, copies = [], []
    for _ in range(times):
        DemandSource.objects.all().delete()
        start = time.perf_counter()
        outcome = postings.save_posting_file(path, facts=SourceFacts("bench", framework, date(2026, 12, 31)))
        imports.append(time.perf_counter() - start)
        if times > 1:
            copies.append(copied())
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"created": outcome.created, "imports": imports, "copies": copies, "megabytes": largest}
    sys.stdout.write(json.dumps(found))


def copied() -> float:
    """The rows of the import taken out and brought back by one COPY into the same table, with its commit."""
    content = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {TABLE} TO STDOUT", content)
        cursor.execute(f"TRUNCATE {TABLE}, competencies_postingmention CASCADE")
    content.seek(0)
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {TABLE} FROM STDIN", content, size=2**20)
    return time.perf_counter() - start


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]))
