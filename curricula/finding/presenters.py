"""What was found, as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.text import Truncator

from competencies.models import Ability, Position, Posting
from curricula.models import Course, Curriculum

from .queries import KINDS, Kind, words_of

FIRST: Final = 6
A_PAGE: Final = 25


@dataclass(frozen=True)
class Line:
    url: str
    title: str
    beside: str  # where it stands


@dataclass(frozen=True)
class Group:
    kind: Kind
    lines: list[Line]
    more: bool = False  # than are shown
    page: Page[Any] | None = None


@dataclass(frozen=True)
class Found:
    words: str
    kind: str
    groups: list[Group]

    @property
    def nothing(self) -> bool:
        return not any(group.lines for group in self.groups)


def found_for(user: Any, *, words: str, kind: str = "", number: str = "1") -> Found:
    """The first lines of each kind, or one page of one kind."""
    wanted = words_of(words)
    chosen = next((each for each in KINDS if each.code == kind), None)
    if not wanted:
        return Found("", "", [])
    if chosen is not None:
        return Found(" ".join(wanted), chosen.code, [_paged(chosen, user, wanted, number)])
    groups = [_first(each, user, wanted) for each in KINDS]
    return Found(" ".join(wanted), "", [group for group in groups if group.lines])


def _first(kind: Kind, user: Any, words: list[str]) -> Group:
    records = list(kind.search(user, words)[: FIRST + 1])
    return Group(kind, [line_of(each) for each in records[:FIRST]], more=len(records) > FIRST)


def _paged(kind: Kind, user: Any, words: list[str], number: str) -> Group:
    page = Paginator(kind.search(user, words), A_PAGE).get_page(number)
    return Group(kind, [line_of(each) for each in page], page=page)


def line_of(record: Curriculum | Course | Ability | Position | Posting) -> Line:
    """What it is called, where it stands and which page opens it."""
    match record:
        case Curriculum():
            return Line(record.get_absolute_url(), record.name, str(record.school))
        case Course():
            plan = record.curriculum
            return Line(record.get_absolute_url(), f"{record.code} {record.title}", f"{plan.name} · {plan.school}")
        case Posting():
            title = record.title or Truncator(record.text).chars(80)
            beside = (record.employer, record.region, str(record.published or ""))
            return Line(record.get_absolute_url(), title, " · ".join(filter(None, beside)))
        case _:
            return Line(record.get_absolute_url(), f"{record.code} {record.title}", str(record.framework))
