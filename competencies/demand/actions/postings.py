from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from competencies.apart.progress import count
from competencies.demand.readers.postings import ParsedPostings, PostingRow, ReadingNotes, iter_postings
from competencies.models import DemandSource
from competencies.saving.bulk import LISTED_AT_ONCE, batches
from competencies.saving.outcome import PostingsOutcome, Progress
from competencies.saving.row_inserter import RowInserter
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.problems import Problem, UnreadableFile

from .posting_saver import PostingSaver
from .sources import OtherSource, SourceFacts, source_for
from .tagging import Tagger

AT_ONCE = LISTED_AT_ONCE  # a batch and its mentions are held in memory


def save_postings(
    parsed: ParsedPostings, *, facts: SourceFacts, dry_run: bool = False, progress: Progress | None = None
) -> PostingsOutcome:
    """Saves the postings of a file that was read whole, in one transaction; a second time it changes nothing."""
    notes = ReadingNotes(duplicates=list(parsed.duplicates))
    notes.problems.warnings += parsed.warnings
    notes.problems.refusals += parsed.refusals
    told = _told(progress, total=len(parsed.rows))
    return _save(parsed.rows, notes=notes, facts=facts, dry_run=dry_run, told=told)


def save_posting_file(
    path: Path,
    *,
    facts: SourceFacts,
    dry_run: bool = False,
    progress: Progress | None = None,
    choices: Choices = NO_CHOICES,
) -> PostingsOutcome:
    """The same for a file of any length, which passes by row by row and is never held whole."""
    notes = ReadingNotes()
    rows = iter_postings(path, name=path.name, today=facts.collected, notes=notes, choices=choices)
    told = _told(progress, total=0)
    try:
        return _save(rows, notes=notes, facts=facts, dry_run=dry_run, told=told)
    except UnreadableFile as error:
        return PostingsOutcome.of_unreadable(error, path.name, dry_run=dry_run)


def _told(progress: Progress | None, *, total: int) -> Callable[[int], None]:
    return (lambda done: progress(done, total)) if progress else (lambda _done: None)


def _save(
    rows: Iterable[PostingRow],
    *,
    notes: ReadingNotes,
    facts: SourceFacts,
    dry_run: bool,
    told: Callable[[int], None],
) -> PostingsOutcome:
    with transaction.atomic():
        try:
            source = source_for(facts)
        except OtherSource as refused:
            return PostingsOutcome(refusals=(refused.problem,), dry_run=dry_run)
        with RowInserter() as inserter:
            saver = PostingSaver(source, facts.collected, tagger=Tagger(facts.framework), inserter=inserter)
            for batch in batches(rows, AT_ONCE):
                # After the first refusal the rest is read for its own refusals only.
                if not notes.problems.refusals:
                    saver.save(batch)
                    told(saver.done)
                    count(len(batch))
        if not notes.problems.refusals:
            saver.finish(notes.duplicates)
            notes.problems.warnings += _warnings_of_former_terms(source)
        if notes.problems.refusals or dry_run:
            transaction.set_rollback(True)
    return _outcome(saver, notes, dry_run=dry_run)


def _outcome(saver: PostingSaver, notes: ReadingNotes, *, dry_run: bool) -> PostingsOutcome:
    told = PostingsOutcome(warnings=tuple(notes.problems.warnings), dry_run=dry_run, recognised=notes.recognised)
    if notes.problems.refusals:
        return replace(told, refusals=tuple(notes.problems.refusals))
    return replace(
        told,
        created=saver.created,
        changed=len(saver.changed),
        unchanged=saver.unchanged,
        duplicates=len(notes.duplicates),
        near_duplicates=saver.near_duplicates,
        undated=saver.undated,
        with_position=saver.with_position,
        mentions=saver.mentions,
    )


def _warnings_of_former_terms(source: DemandSource) -> Iterator[Problem]:
    if source.postings.filter(vocabulary_version__lt=source.framework.vocabulary_version).exists():
        message = _("Postings stored before were searched with former terms; search them again with retag_postings.")
        yield Problem(0, "", source.slug, "older_vocabulary", message)
