"""Job postings on their way from an upload into a demand source, and the source to the curricula it judges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from competencies.demand.actions.postings import save_postings
from competencies.demand.readers.postings import ParsedPostings, read_postings
from competencies.models import DemandSource
from competencies.saving.outcome import PostingsOutcome
from curricula.models import Curriculum, PendingImport
from curricula.records.editing import editing
from curricula.records.versions import touch

from .source_ownership import expect_own_source
from .uploads import in_its_language


@dataclass(frozen=True)
class PostingsPreview:
    parsed: ParsedPostings
    outcome: PostingsOutcome


def preview_postings(pending: PendingImport) -> PostingsPreview:
    """Try the import and take it back. Raises UnreadableFile, ForeignSource."""
    expect_own_source(pending.user, pending.target)
    return _run(pending, dry_run=True)


def save_postings_upload(pending: PendingImport) -> PostingsPreview:
    """Save the file whole or not at all; once saved it is no longer kept. Raises UnreadableFile, ForeignSource."""
    with transaction.atomic():
        done = _run(pending, dry_run=False)
        if done.outcome.saved:
            # Asked now that the source is locked: somebody else may have made it since the file was sent.
            expect_own_source(pending.user, pending.target)
            name_source(pending)
            pending.delete()
    return done


def _run(pending: PendingImport, *, dry_run: bool) -> PostingsPreview:
    stated = pending.options
    collected = date.fromisoformat(stated["collected"])
    parsed = read_postings(
        bytes(pending.content), name=pending.name, today=collected, max_bytes=settings.MAX_UPLOAD_BYTES
    )
    outcome = save_postings(
        parsed,
        source_slug=pending.target,
        framework=pending.framework,
        collected=collected,
        region=stated["region"],
        licence=stated["licence"],
        note=stated["note"],
        made_by=pending.user,
        dry_run=dry_run,
    )
    return PostingsPreview(parsed, outcome)


def name_source(pending: PendingImport) -> None:
    """A title that was typed names the source; none leaves the title it has."""
    source = DemandSource.objects.get(slug=pending.target)
    for field, title in in_its_language(pending.options["title"]).items():
        if title and getattr(source, field) != title:
            setattr(source, field, title)
            source.save()


@transaction.atomic
def judge_by_source(curricula: Iterable[Curriculum], *, source: DemandSource) -> int:
    """Let a source judge these curricula too; how many it did not judge before. Raises ApprovedCurriculum."""
    added = 0
    for curriculum in curricula:
        with editing(curriculum):
            if curriculum.demand_sources.filter(pk=source.pk).exists():
                continue
            curriculum.demand_sources.add(source)
            touch(curriculum)
            added += 1
    return added
