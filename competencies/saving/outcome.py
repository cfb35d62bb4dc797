from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from competencies.tabular.problems import Problem, UnreadableFile
from competencies.tabular.recognised import RecognisedFile

Progress = Callable[[int, int], None]  # called with (done, total)


@dataclass(frozen=True)
class Counts:
    """What happened to records."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __str__(self) -> str:
        return f"created {self.created}, changed {self.changed}, unchanged {self.unchanged}"

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


@dataclass(frozen=True)
class Outcome(Counts):
    """What an import did, or would do in a dry run; with refusals it did nothing."""

    warnings: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    dry_run: bool = False
    recognised: RecognisedFile = RecognisedFile()  # noqa: RUF009 - frozen

    @classmethod
    def of_unreadable(cls, error: UnreadableFile, name: str, *, dry_run: bool) -> Self:
        seen = error.recognised or RecognisedFile()
        return cls(refusals=(error.problem(name),), dry_run=dry_run, recognised=seen)

    @property
    def refused(self) -> int:
        return len(self.refusals)

    @property
    def saved(self) -> bool:
        return not self.refusals and not self.dry_run


@dataclass(frozen=True)
class PostingsOutcome(Outcome):
    """Beside the counts of postings: what was set aside, what has no date, and what was found in them."""

    duplicates: int = 0
    near_duplicates: int = 0
    undated: int = 0
    with_position: int = 0
    mentions: int = 0


@dataclass(frozen=True)
class SurveyOutcome(Outcome):
    """Beside the counts of answers: who gave them, and on which scale."""

    respondents: int = 0
    duplicates: int = 0
    scale: tuple[float, float] = (1, 5)


@dataclass(frozen=True)
class FiguresOutcome(Outcome):
    duplicates: int = 0


@dataclass(frozen=True)
class FrameworkOutcome(Outcome):
    """Beside the sum of all rows: the counts of each kind of record, by the name of its model."""

    by_kind: Mapping[str, Counts] = field(default_factory=dict)
