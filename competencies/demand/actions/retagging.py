from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from competencies.models import DemandSource, Posting, PostingMention
from competencies.saving.bulk import CHANGED_AT_ONCE, LISTED_AT_ONCE, batches
from competencies.saving.outcome import Outcome, Progress

from .sources import held_source
from .tagging import Tag, Tagger

AT_ONCE = 500


def retag_source(source: DemandSource, *, progress: Progress | None = None) -> Outcome:
    """Searches the stored postings of a source again with the terms and titles of today, in one transaction.

    Counts mentions. What a person accepted or corrected stays as it is. A source that changed is touched, so that
    figures kept from before are computed anew.
    """
    changes = Changes()
    with transaction.atomic():
        source = held_source(pk=source.pk)
        tagger = Tagger(source.framework)
        total = source.postings.count() if progress else 0
        for done, batch in enumerate(batches(source.postings.order_by("pk").iterator(AT_ONCE), AT_ONCE)):
            retag(batch, tagger=tagger, changes=changes)
            if progress:
                progress(min((done + 1) * AT_ONCE, total), total)
        if _raise_versions(source, tagger.version) or changes.any:
            source.save()
    return Outcome(
        created=changes.created, changed=changes.changed, unchanged=changes.unchanged, removed=changes.removed
    )


def retag_sources(sources: Iterable[DemandSource]) -> Outcome:
    """Searches the postings of several sources again, whole or not at all."""
    with transaction.atomic():
        outcomes = [retag_source(source) for source in sources]
    names = ("created", "changed", "unchanged", "removed")
    return Outcome(**{name: sum(getattr(outcome, name) for outcome in outcomes) for name in names})


def _raise_versions(source: DemandSource, version: int) -> int:
    """Says of every posting and of every mention that these terms were looked for; how many said another."""
    found_by_terms = PostingMention.objects.filter(posting__source=source, found=PostingMention.Found.TERM)
    raised = found_by_terms.exclude(vocabulary_version=version).update(vocabulary_version=version)
    return raised + source.postings.exclude(vocabulary_version=version).update(vocabulary_version=version)


@dataclass
class Changes:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    positions: int = 0

    @property
    def any(self) -> bool:
        return bool(self.created or self.changed or self.removed or self.positions)


def retag(postings: Sequence[Posting], *, tagger: Tagger, changes: Changes) -> None:
    stored = _stored_mentions(postings)
    new: list[PostingMention] = []
    moved: list[PostingMention] = []
    gone: list[int] = []
    for posting in postings:
        before = stored[posting.pk]
        found = {tag.ability_id: tag for tag in tagger.tags(title=posting.title, text=posting.text)}
        new += [_mention(posting, tag, tagger) for ability, tag in found.items() if ability not in before]
        for ability, mention in before.items():
            if mention.found == PostingMention.Found.PERSON:
                changes.unchanged += 1
            elif ability not in found:
                gone.append(mention.pk)
            elif _moved(mention, to=found[ability]):
                moved.append(mention)
            else:
                changes.unchanged += 1
    PostingMention.objects.bulk_create(new)
    PostingMention.objects.bulk_update(moved, ["term", "start"], batch_size=CHANGED_AT_ONCE)
    for batch in batches(gone, LISTED_AT_ONCE):
        PostingMention.objects.filter(pk__in=batch).delete()
    changes.positions += _assign_positions(postings, tagger=tagger)
    changes.created += len(new)
    changes.changed += len(moved)
    changes.removed += len(gone)


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
