"""Near-duplicates among all postings of a source, whichever file they came in."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from competencies.demand.readers.near_duplicates import Advertisement, first_of_group, sketches_of
from competencies.models import DemandSource, Posting
from competencies.saving.bulk import CHANGED_AT_ONCE, LISTED_AT_ONCE, batches

_READ_AT_ONCE = 2000


@dataclass(frozen=True)
class NearGroups:
    """The ids of postings that nearly repeat an earlier one, and of those whose group was another one before."""

    repeating: frozenset[int]
    changed: frozenset[int]


@dataclass
class _Stored:
    """What is read of a source's postings: their ids in order, and the groups that they are in so far."""

    source: DemandSource
    ids: array[int] = field(default_factory=lambda: array("q"))
    groups: dict[int, str] = field(default_factory=dict)

    def sketches(self) -> Iterator[bytes]:
        rows = self.source.postings.order_by("pk").values_list("pk", "sketch", "near_group")
        for pk, sketch, group in rows.iterator(_READ_AT_ONCE):
            self.ids.append(pk)
            if group:
                self.groups[pk] = group
            yield bytes(sketch)


def group_near_duplicates(source: DemandSource) -> NearGroups:
    """Gives postings that say nearly the same the name of their group: the fingerprint of its first."""
    _sketch_the_others(source)
    stored = _Stored(source)
    firsts = first_of_group(stored.sketches())
    ids = np.array(stored.ids, dtype=np.int64)
    places = np.flatnonzero(firsts != np.arange(len(firsts)))
    leaders = ids[firsts[places]]
    names = _fingerprints(np.unique(leaders).tolist())
    repeating = dict(zip(ids[places].tolist(), leaders.tolist(), strict=True))
    wanted = names | {pk: names[leader] for pk, leader in repeating.items()}
    differing = [Posting(pk=pk, near_group=name) for pk, name in wanted.items() if stored.groups.get(pk) != name]
    Posting.objects.bulk_update(differing, ["near_group"], batch_size=CHANGED_AT_ONCE)
    return NearGroups(frozenset(repeating), frozenset(posting.pk for posting in differing))


def _fingerprints(ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for batch in batches(ids, LISTED_AT_ONCE):
        found |= dict(Posting.objects.filter(pk__in=batch).values_list("pk", "fingerprint"))
    return found


def _sketch_the_others(source: DemandSource) -> None:
    """Postings from before sketches were kept get theirs from what is stored of them."""
    for batch in batches(source.postings.filter(sketch=b"").order_by("pk").iterator(_READ_AT_ONCE), _READ_AT_ONCE):
        for posting, sketch in zip(batch, sketches_of(list(map(Advertisement.of, batch))), strict=True):
            posting.sketch = sketch
        Posting.objects.bulk_update(batch, ["sketch"], batch_size=CHANGED_AT_ONCE)
