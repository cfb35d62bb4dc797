"""Three flows between school and industry, each with its age (paper 000 §V.C): people, knowledge, information."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from curricula.analysis.frames import Notice

from .readings import FEWEST_SHOWN, because, months_between

REST: Final = "*"  # groups that are too small to be shown, together
STALE_AFTER: Final = {"talent": 18, "knowledge": 24, "information": 12}  # months; a school's own, no paper gives any


@dataclass(frozen=True)
class Age:
    """How old the newest record of a flow is; nothing where no record has a day."""

    newest: date | None
    months: int | None
    limit: int

    @property
    def is_stale(self) -> bool:
        return self.months is not None and self.months > self.limit


def age_of(days: Sequence[date | None], *, limit: int, today: date) -> Age:
    """Of the newest day that is not in the future.

    >>> age_of([date(2024, 6, 30), None, date(2031, 1, 1)], limit=18, today=date(2026, 6, 30))
    Age(newest=datetime.date(2024, 6, 30), months=24, limit=18)
    """
    newest = max((day for day in days if day is not None and day <= today), default=None)
    return Age(newest, None if newest is None else months_between(newest, today), limit)


@dataclass(frozen=True)
class Graduate:
    """One graduate by code: where he or she went, as which position of the framework ("" none)."""

    destination: str
    position: str = ""
    relevance: str = ""
    day: date | None = None  # settled on, or the middle of the year of graduation


def coarsened(counts: Mapping[str, int], *, fewest: int = FEWEST_SHOWN) -> dict[str, int]:
    """Groups of `fewest` and more, largest first; the smaller ones together as REST.

    Where these together are still fewer, the smallest of the others joins them, so that nobody takes the sum apart.

    >>> coarsened({"P1": 30, "P2": 12, "P3": 4, "": 2}), coarsened({"P1": 30, "P2": 8, "P3": 7})
    ({'P1': 30, '*': 18}, {'P1': 30, '*': 15})
    """
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [item for item in ranked if item[1] >= fewest]
    rest = sum(counts.values()) - sum(count for _name, count in shown)
    if shown and 0 < rest < fewest:
        rest += shown.pop()[1]
    return dict(shown) | ({REST: rest} if rest else {})


@dataclass(frozen=True)
class TalentFlow:
    """graduates: recorded ones; each count is None or empty where fewer than 10 are recorded."""

    graduates: int
    of: int | None  # graduates of these years, where their number is recorded
    by_position: Mapping[str, int]  # in employment, by position; "" where the occupation names none, as `coarsened`
    by_destination: Mapping[str, int]
    relevant: int | None
    relevance_stated: int
    age: Age
    undefined: Notice | None = None


def talent_flow(
    graduates: Sequence[Graduate], *, of: int | None, today: date, limit: int = STALE_AFTER["talent"]
) -> TalentFlow:
    """Graduates by the position they went to. Fewer than 10 recorded are counted and not shown.

    The records are of all who answered for, not a chance sample: counts without an interval. Source: 000 §V.C.1.
    """
    age = age_of([each.day for each in graduates], limit=limit, today=today)
    if not graduates:
        return TalentFlow(0, of, {}, {}, None, 0, age, because("no_graduates"))
    if len(graduates) < FEWEST_SHOWN:
        why = because("too_few_people", people=len(graduates), needed=FEWEST_SHOWN)
        return TalentFlow(len(graduates), of, {}, {}, None, 0, age, why)
    working = [each for each in graduates if each.destination in ("contract", "flexible", "own_business", "")]
    stated = [each.relevance for each in graduates if each.relevance]
    return TalentFlow(
        graduates=len(graduates),
        of=of,
        by_position=coarsened(Counter(each.position for each in working)),
        by_destination=coarsened(Counter(each.destination for each in graduates)),
        relevant=stated.count("relevant"),
        relevance_stated=len(stated),
        age=age,
    )


@dataclass(frozen=True)
class Exchange:
    """One teacher: out into an enterprise for so many months, or in from one, part time."""

    months: float | None = None
    since: date | None = None
    until: date | None = None
    from_industry: bool = False


@dataclass(frozen=True)
class KnowledgeFlow:
    teachers: int
    went_out: int  # with any practice in an enterprise recorded
    months_out: float
    recent: int  # of them, whose practice ended within the limit
    came_in: int  # part-time teachers from industry
    lectures: int  # contributions of teachers or lectures
    age: Age
    undefined: Notice | None = None


def knowledge_flow(
    teachers: Sequence[Exchange],
    lectures: Sequence[date | None],
    *,
    today: date,
    limit: int = STALE_AFTER["knowledge"],
) -> KnowledgeFlow:
    """Staff exchanged with enterprises: who went out, who came in, how long ago. A practice that goes on is of today.

    Source: 000 §V.A.2 ("bringing in and going out"), §V.C.2.
    """
    out = [each for each in teachers if (each.months or 0) > 0 or each.since or each.until]
    days = [_ended(each, today) for each in out]
    age = age_of([*days, *lectures], limit=limit, today=today)
    came_in = sum(each.from_industry for each in teachers)
    return KnowledgeFlow(
        teachers=len(teachers),
        went_out=len(out),
        months_out=sum(each.months or _months(each, today) for each in out),
        recent=sum(day is not None and months_between(day, today) <= limit for day in days),
        came_in=came_in,
        lectures=len(lectures),
        age=age,
        undefined=None if teachers or lectures else because("no_teachers"),
    )


def _ended(exchange: Exchange, today: date) -> date | None:
    if exchange.until is not None:
        return min(exchange.until, today)
    return exchange.since and min(exchange.since, today)


def _months(exchange: Exchange, today: date) -> float:
    if exchange.since is None or exchange.until is None:
        return 0
    return months_between(exchange.since, min(exchange.until, today))


@dataclass(frozen=True)
class InformationFlow:
    postings: int
    newest_collected: date | None
    age: Age
    undefined: Notice | None = None


def information_flow(
    postings: int,
    newest: date | None,
    collected: date | None,
    *,
    today: date,
    limit: int = STALE_AFTER["information"],
) -> InformationFlow:
    """How old the demand is that the plan is judged by: the day of its newest posting. Source: 000 §V.C.2."""
    age = age_of([newest], limit=limit, today=today)
    return InformationFlow(postings, collected, age, None if postings else because("no_postings_at_all"))
