"""A file that comes again, read better: what was missing of stored postings is filled, what stands is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from competencies.demand.readers.posting_values import place_of_work
from competencies.demand.readers.postings import PostingRow
from competencies.models import DemandSource, Posting
from competencies.saving.bulk import CHANGED_AT_ONCE, LISTED_AT_ONCE, batches

from .retagging import retag
from .tagging import Tagger

_FILLED = (
    *("title", "text", "employer", "region", "published"),
    *("education", "years_low", "years_high", "salary", "salary_low", "salary_high"),
)
_SEARCHED = {"title", "text"}


def fill_missing(
    rows: Iterable[PostingRow],
    known: Mapping[str, int],
    *,
    written: Callable[[PostingRow], Sequence[Any]],
    names: Sequence[str],
    tagger: Tagger,
) -> set[int]:
    """The ids of the stored postings that gained something; a new text is searched for abilities at once."""
    stored = Posting.objects.in_bulk(list(known.values()))
    filled: list[Posting] = []
    searched: list[Posting] = []
    for row in rows:
        posting = stored.get(known.get(row.fingerprint, 0))
        gained = _fill(posting, dict(zip(names, written(row), strict=False))) if posting else set()
        if posting and gained:
            filled.append(posting)
            searched += [posting] if gained & _SEARCHED else []
    Posting.objects.bulk_update(filled, [*_FILLED, "language", "sketch"], batch_size=CHANGED_AT_ONCE)
    retag(searched, tagger=tagger)
    return {posting.pk for posting in filled}


def _fill(posting: Posting, values: Mapping[str, Any]) -> set[str]:
    """The names of what was missing; a district that was stored once becomes its city."""
    gained = {name for name in _FILLED if getattr(posting, name) in ("", None) and values[name] not in ("", None)}
    if posting.region != values["region"] == place_of_work(posting.region):
        gained.add("region")
    if gained & _SEARCHED:
        gained |= {"language", "sketch"}
    for name in gained:
        setattr(posting, name, values[name])
    return gained


def search_again(source: DemandSource, keys: Iterable[int]) -> None:
    """Postings whose words were taken back mention what their words say; their sketches are drawn anew when needed."""
    tagger = Tagger(source.framework)
    for batch in batches(keys, LISTED_AT_ONCE):
        found = source.postings.filter(pk__in=batch)
        retag(list(found), tagger=tagger)
        found.update(sketch=b"")
