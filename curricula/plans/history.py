"""What was changed in a curriculum, newest first, from the history that each record keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import TruncMinute
from django.utils.translation import gettext_lazy

from competencies.request_numbers import key_of
from curricula.models import COPIED, Course, Curriculum, person_name
from curricula.wording.facts import Change

from .history_wording import LINKS, MODELS, accessor, changes_between, subjects_of

PER_PAGE: Final = 40
# Changes of one kind told in full on a page; an import may have made thousands in a minute.
MOST_TOLD: Final = 800
# Up to so many stand open; more are folded.
OPEN: Final = 6

KINDS: Final = {
    "courses": gettext_lazy("Courses"),
    "mappings": gettext_lazy("Mappings"),
    "prerequisites": gettext_lazy("Prerequisites"),
    "groups": gettext_lazy("Elective groups"),
    "settings": gettext_lazy("Settings"),
}
ACTIONS: Final = {"+": gettext_lazy("created"), "~": gettext_lazy("changed"), "-": gettext_lazy("removed")}


class Together(NamedTuple):
    """What one person did to one kind of record within a minute."""

    minute: datetime
    kind: str
    action: str
    user: int | None


@dataclass(frozen=True)
class Entry:
    """One change of one record."""

    subject: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Line:
    """What one person did to one kind of record within a minute, in words."""

    when: datetime
    who: str  # a username, or "" where no person was signed in
    kind: str
    action: str
    count: int
    entries: list[Entry]

    @property
    def folded(self) -> bool:
        return self.count > OPEN

    @property
    def left_out(self) -> int:
        return self.count - len(self.entries)


@dataclass(frozen=True)
class HistoryPage:
    page: Page
    lines: list[Line]


def version_of(curriculum: Curriculum, stated: str) -> Curriculum:
    """The version that an address states, of the same program and year; the curriculum itself where there is none."""
    number = key_of(stated)
    if number is None:
        return curriculum
    versions = Curriculum.objects.filter(program=curriculum.program, year=curriculum.year, version=number)
    return versions.select_related("program__school", "framework").first() or curriculum


def history_of(curriculum: Curriculum, *, kind: str = "", page: str | int = 1) -> HistoryPage:
    """One page of changes, of one kind or of all; the number of queries does not grow with the rows."""
    kinds = [kind] if kind in KINDS else list(KINDS)
    shown = Paginator(_minutes(curriculum, kinds), PER_PAGE).get_page(page)
    counts = {Together(r["minute"], r["told_as"], r["history_type"], r["history_user"]): r["n"] for r in shown}
    told = _told(curriculum, list(counts))
    return HistoryPage(shown, [_line(group, count, told[group]) for group, count in counts.items()])


def _rows(curriculum: Curriculum, kind: str) -> QuerySet[Any]:
    """The history of one kind, also of courses that are gone; what a next version only took over is no change."""
    history = MODELS[kind].history.exclude(history_change_reason=COPIED)
    if kind == "settings":
        return history.filter(id=curriculum.pk)
    if kind in ("courses", "groups"):
        return history.filter(curriculum=curriculum.pk)
    return history.filter(course_id__in=Course.history.filter(curriculum=curriculum.pk).values("id"))


def _minutes(curriculum: Curriculum, kinds: Sequence[str]) -> QuerySet[Any]:
    names = ("minute", "told_as", "history_type", "history_user")
    parts = [
        _rows(curriculum, kind)
        .order_by()
        .annotate(minute=TruncMinute("history_date"), told_as=Value(kind, CharField()))
        .values(*names)
        .annotate(n=Count("history_id"))
        for kind in kinds
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-minute", "told_as", "history_type", "history_user")


def _told(curriculum: Curriculum, groups: Sequence[Together]) -> dict[Together, list[tuple[Any, Entry]]]:
    """The entries of each group, with their rows."""
    told: dict[Together, list[tuple[Any, Entry]]] = defaultdict(list)
    subjects = subjects_of(curriculum)
    for kind in {group.kind for group in groups}:
        minutes = [group.minute for group in groups if group.kind == kind]
        period = {"history_date__gte": min(minutes), "history_date__lt": max(minutes) + timedelta(minutes=1)}
        for row, before in _with_before(_rows(curriculum, kind).filter(**period), kind):
            minute = row.history_date.replace(second=0, microsecond=0)
            group = Together(minute, kind, row.history_type, row.history_user_id)
            changes = changes_between(kind, before, None if row.history_type == "-" else row, subjects)
            told[group].append((row, Entry(subjects.name(kind, row), tuple(changes))))
    return told


def _with_before(rows: QuerySet[Any], kind: str) -> Iterator[tuple[Any, Any]]:
    """Each row with the one before it of the same record; of the first there is none."""
    history = MODELS[kind].history
    links = [accessor(name) for name in LINKS] if kind == "settings" else []
    earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    found = list(
        rows.annotate(earlier=Subquery(earlier.values("history_id")[:1]))
        .select_related("history_user")
        .prefetch_related(*links)
        .order_by("-history_date", "-history_id")[:MOST_TOLD]
    )
    befores = history.prefetch_related(*links).in_bulk([row.earlier for row in found if row.earlier])
    for row in found:
        yield row, befores.get(row.earlier)


def _line(group: Together, count: int, told: Sequence[tuple[Any, Entry]]) -> Line:
    person = told[0][0].history_user if told else None
    return Line(
        when=group.minute,
        who=person_name(person) if person else "",
        kind=str(KINDS[group.kind]),
        action=str(ACTIONS[group.action]),
        count=count,
        entries=[entry for _row, entry in told],
    )
