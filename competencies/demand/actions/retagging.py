from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from competencies.models import DemandSource, Posting, PostingMention
from competencies.saving.bulk import CHANGED_AT_ONCE, LISTED_AT_ONCE, batches
from competencies.saving.outcome import Counts, Outcome, Progress

from .sources import held_source
from .tagging import Tag, Tagger

AT_ONCE = 500


def retag_source(source: DemandSource, *, progress: Progress | None = None) -> Outcome:
    """Searches the stored postings of a source again with the terms and titles of today, in one transaction.

    Counts mentions. What a person accepted or corrected stays as it is. A source that changed is touched, so that
    figures kept from before are computed anew.
    """
    counts, positions = Counts(), 0
    with transaction.atomic():
        source = held_source(pk=source.pk)
        tagger = Tagger(source.framework)
        total = source.postings.count() if progress else 0
        for done, batch in enumerate(batches(source.postings.order_by("pk").iterator(AT_ONCE), AT_ONCE)):
            of_batch, assigned = retag(batch, tagger=tagger)
            counts, positions = counts + of_batch, positions + assigned
            if progress:
                progress(min((done + 1) * AT_ONCE, total), total)
        raised = _raise_versions(source, tagger.version)
        if raised or positions or counts.created or counts.changed or counts.removed:
            source.save()
    return Outcome(**vars(counts))


def retag_sources(sources: Iterable[DemandSource]) -> Outcome:
    """Searches the postings of several sources again, whole or not at all."""
    with transaction.atomic():
        return Outcome(**vars(sum(map(retag_source, sources), Counts())))


def _raise_versions(source: DemandSource, version: int) -> int:
    """Says of every posting and of every mention that these terms were looked for; how many said another."""
    found_by_terms = PostingMention.objects.filter(posting__source=source, found=PostingMention.Found.TERM)
    raised = found_by_terms.exclude(vocabulary_version=version).update(vocabulary_version=version)
    return raised + source.postings.exclude(vocabulary_version=version).update(vocabulary_version=version)


def retag(postings: Sequence[Posting], *, tagger: Tagger) -> tuple[Counts, int]:
    """What became of their mentions, and how many were given another position."""
    stored = _stored_mentions(postings)
    unchanged = 0
    new: list[PostingMention] = []
    moved: list[PostingMention] = []
    gone: list[int] = []
    for posting in postings:
        before = stored[posting.pk]
        found = {tag.ability_id: tag for tag in tagger.tags(title=posting.title, text=posting.text)}
        new += [_mention(posting, tag, tagger) for ability, tag in found.items() if ability not in before]
        for ability, mention in before.items():
            if mention.found == PostingMention.Found.PERSON:
                unchanged += 1
            elif ability not in found:
                gone.append(mention.pk)
            elif _moved(mention, to=found[ability]):
                moved.append(mention)
            else:
                unchanged += 1
    PostingMention.objects.bulk_create(new)
    PostingMention.objects.bulk_update(moved, ["term", "start"], batch_size=CHANGED_AT_ONCE)
    for batch in batches(gone, LISTED_AT_ONCE):
        PostingMention.objects.filter(pk__in=batch).delete()
    return Counts(len(new), len(moved), unchanged, len(gone)), _assign_positions(postings, tagger=tagger)


def _stored_mentions(postings: Sequence[Posting]) -> defaultdict[int, dict[int, PostingMention]]:
    stored: defaultdict[int, dict[int, PostingMention]] = defaultdict(dict)
    for mention in PostingMention.objects.filter(posting__in=postings):
        stored[mention.posting_id][mention.ability_id] = mention
    return stored


def _mention(posting: Posting, tag: Tag, tagger: Tagger) -> PostingMention:
    return PostingMention(posting=posting, vocabulary_version=tagger.version, **tag._asdict())


def _moved(mention: PostingMention, *, to: Tag) -> bool:
    before = mention.term, mention.start
    mention.term, mention.start = to.term, to.start
    return before != (to.term, to.start)


def _assign_positions(postings: Iterable[Posting], *, tagger: Tagger) -> int:
    differing = []
    for posting in postings:
        position = tagger.position_id(posting.title)
        if not posting.position_corrected and posting.position_id != position:
            posting.position_id = position
            differing.append(posting)
    Posting.objects.bulk_update(differing, ["position"], batch_size=CHANGED_AT_ONCE)
    return len(differing)
