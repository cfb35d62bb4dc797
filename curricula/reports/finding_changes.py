"""Findings before and after: between two plans, two versions of one, or two snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from curricula.wording.phrases import LabelTag, label_tag

from .gap_report import AbilityLine


class Found(NamedTuple):
    """What was found of an ability once."""

    title: str
    label: str
    gap: float | None


@dataclass(frozen=True)
class FindingChange:
    code: str
    title: str
    before: LabelTag | None  # None where nothing counted for the ability
    after: LabelTag | None
    gap_before: float | None = None
    gap_after: float | None = None

    @property
    def was_gap(self) -> bool:
        return self.before is not None and self.before.tone == "gap"

    @property
    def is_gap(self) -> bool:
        return self.after is not None and self.after.tone == "gap"


@dataclass(frozen=True)
class FindingChanges:
    changes: tuple[FindingChange, ...]

    @property
    def closed(self) -> list[FindingChange]:
        """A gap was said before and is not now."""
        return [change for change in self.changes if change.was_gap and not change.is_gap]

    @property
    def opened(self) -> list[FindingChange]:
        """A gap is said now and was not before."""
        return [change for change in self.changes if change.is_gap and not change.was_gap]

    @property
    def others(self) -> list[FindingChange]:
        return [change for change in self.changes if change.is_gap == change.was_gap]


def found_in(lines: Iterable[AbilityLine]) -> dict[str, Found]:
    return {line.code: Found(line.title, line.label, line.gap) for line in lines}


def finding_changes(
    before: Mapping[str, Found], after: Mapping[str, Found], *, order: Iterable[str] = ()
) -> FindingChanges:
    """Those whose label differs, by code; in an order where one is given."""
    codes = dict.fromkeys((*order, *after, *before))
    return FindingChanges(tuple(_changes(codes, before, after)))


def _changes(codes: Iterable[str], before: Mapping[str, Found], after: Mapping[str, Found]) -> Iterator[FindingChange]:
    for code in codes:
        one, other = before.get(code), after.get(code)
        if (one and one.label) != (other and other.label):
            title = (other or one or Found(code, "", None)).title
            yield FindingChange(code, title, _tag(one), _tag(other), one and one.gap, other and other.gap)


def _tag(found: Found | None) -> LabelTag | None:
    return label_tag(found.label) if found else None
