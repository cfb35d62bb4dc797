"""One file of postings on its way into a source."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, Max

from competencies.demand.readers.postings import PostingRow
from competencies.models import DemandSource, Posting, PostingMention
from competencies.saving.bulk import CHANGED_AT_ONCE, LISTED_AT_ONCE, batches
from competencies.saving.row_inserter import RowInserter

from .filling import fill_missing
from .near_groups import group_near_duplicates
from .sources import renew
from .tagging import Tagger

_LONGEST = {field.name: field.max_length for field in Posting._meta.fields if isinstance(field, CharField)}
_OF_ROW = (
    *("title", "text", "employer", "region", "published", "language", "fingerprint", "sketch"),
    *("education", "years_low", "years_high", "salary", "salary_low", "salary_high", "position_id"),
)
_OF_FILE = ("source_id", "collected", "vocabulary_version", "copies", "near_group", "position_corrected")
_OF_MENTION = ("posting_id", "ability_id", "term", "start", "found", "vocabulary_version")


class PostingSaver:
    """Of each row only the id of its posting is kept, so that a file of any length can pass by."""

    def __init__(self, source: DemandSource, collected: date, *, tagger: Tagger, inserter: RowInserter) -> None:
        self.source = source
        self.collected = collected
        self.tagger = tagger
        self.inserter = inserter
        self.ids = array("q")  # row -> id; 0 for rows without a posting
        self.newest_before = source.postings.aggregate(newest=Max("pk"))["newest"] or 0
        self.of_file = (source.pk, collected, tagger.version, 0, "", False)
        self.changed: set[int] = set()  # ids of postings that were stored before
        self.created = self.existing = self.near_duplicates = 0
        self.undated = self.with_position = self.mentions = 0

    @property
    def done(self) -> int:
        return self.created + self.existing

    @property
    def unchanged(self) -> int:
        return self.existing - len(self.changed.intersection(self.ids))

    def save(self, rows: Sequence[PostingRow]) -> None:
        known = self._known(rows)
        self.changed |= fill_missing(rows, known, written=_of_row, names=_OF_ROW, tagger=self.tagger)
        new = [row for row in rows if row.fingerprint not in known]
        positions = [self.tagger.position_id(row.title) for row in new]
        records = [(*_of_row(row), place, *self.of_file) for row, place in zip(new, positions, strict=True)]
        ids = self.inserter.insert_with_ids(Posting, (*_OF_ROW, *_OF_FILE), records)
        known |= {row.fingerprint: pk for row, pk in zip(new, ids, strict=True)}
        for row in rows:
            self._keep_id(row.row, known[row.fingerprint])
        self._save_mentions(ids, records)
        self.created += len(new)
        self.existing += len(rows) - len(new)
        self.undated += sum(row.published is None for row in rows)
        self.with_position += sum(place is not None for place in positions)

    def _known(self, rows: Sequence[PostingRow]) -> dict[str, int]:
        """The ids of the rows that the source held before this file."""
        if not self.newest_before:
            return {}
        self.inserter.wait()
        stored = self.source.postings.filter(fingerprint__in=[row.fingerprint for row in rows])
        return dict(stored.values_list("fingerprint", "pk"))

    def _keep_id(self, row: int, pk: int) -> None:
        if row >= len(self.ids):
            self.ids.extend([0] * (row + 1 - len(self.ids)))
        self.ids[row] = pk

    def _save_mentions(self, ids: Sequence[int], records: Sequence[tuple[Any, ...]]) -> None:
        found, version = PostingMention.Found.TERM.value, self.tagger.version
        mentions = [
            (pk, *tag, found, version)
            for pk, (title, text, *_rest) in zip(ids, records, strict=True)
            for tag in self.tagger.tags(title=title, text=text)
        ]
        if mentions:
            self.inserter.insert(PostingMention, _OF_MENTION, mentions)
            self.mentions += len(mentions)

    def finish(self, duplicates: Iterable[tuple[int, int]]) -> None:
        """What can be told only when every row has passed: copies, groups, and how young the source is."""
        self._count_copies(Counter(self.ids[first] for _row, first in duplicates))
        groups = group_near_duplicates(self.source)
        self.near_duplicates = len(groups.repeating.intersection(self.ids))
        self.changed |= {pk for pk in groups.changed if pk <= self.newest_before}
        if self.created or self.changed:
            renew(self.source, self.collected)

    def _count_copies(self, copies: Counter[int]) -> None:
        """Identical rows are counted at the one that was kept; what an earlier file counted is not taken back."""
        for batch in batches(copies, LISTED_AT_ONCE):
            kept = Posting.objects.only("pk", "copies").filter(pk__in=batch)
            differing = [posting for posting in kept if posting.copies < copies[posting.pk]]
            for posting in differing:
                posting.copies = copies[posting.pk]
            Posting.objects.bulk_update(differing, ["copies"], batch_size=CHANGED_AT_ONCE)
            self.changed |= {posting.pk for posting in differing if posting.pk <= self.newest_before}


def _of_row(row: PostingRow) -> tuple[Any, ...]:
    return (
        row.title[: _LONGEST["title"]],
        text_with_labels(row),
        row.employer[: _LONGEST["employer"]],
        row.region[: _LONGEST["region"]],
        row.published,
        row.language,
        row.fingerprint,
        row.sketch,
        row.education,
        *row.years,
        row.salary[: _LONGEST["salary"]],
        *((row.salary_low, row.salary_high) if row.pays_a_month else (None, None)),
    )


def text_with_labels(row: PostingRow) -> str:
    """The text, and on a last line of its own the labels that the source gives, so that they are searched too."""
    if not row.skills:
        return row.text
    labels = "技能：" + "、".join(row.skills) if row.language == "zh" else "Skills: " + ", ".join(row.skills)
    return f"{row.text}\n{labels}" if row.text else labels
