from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from competencies.demand.actions import postings
from competencies.demand.actions.sources import SourceFacts
from competencies.demand.readers.parsed import Parsed
from competencies.demand.readers.postings import ParsedPostings
from competencies.models import Framework
from competencies.saving.outcome import PostingsOutcome, Progress


def save_postings(
    parsed: ParsedPostings,
    *,
    source_slug: str,
    framework: Framework,
    collected: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    **facts: Any,
) -> PostingsOutcome:
    """Into a source of which a test says only what matters to it."""
    said = SourceFacts(source_slug, framework, collected or timezone.localdate(), **facts)
    return postings.save_postings(parsed, facts=said, dry_run=dry_run, progress=progress)


def taken(parsed: Parsed) -> dict[str, str]:
    """What each column of the file was taken for; "" where it was not read."""
    return {column.name: column.meaning for table in parsed.recognised.tables for column in table.columns}
