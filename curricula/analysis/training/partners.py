"""Who takes part in the training, what each agreed, and what of it is in place (paper 000 §III, §V.B; 001 §4.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

ACTORS: Final = ("government", "school", "enterprise", "industry", "society")
COMMITMENTS: Final = ("training", "assessment", "development")  # 000 §III, in its order
_NO: Final = "no none n/a na nil false 0 - – — × ✗ x 否 无 没有 未 未落实 未约定 尚未 不适用 待定 暂无"
NOT_SO: Final = frozenset({*_NO.split(), "not yet"})

FORMAL, PARTLY, KEPT, BEYOND, UNSAID = "formal_only", "partly_in_place", "in_place", "beyond_agreement", "not_recorded"


def is_said(text: str) -> bool:
    """Does a cell say that something is agreed or done? Blank and a word for "no" do not.

    >>> [is_said(text) for text in ("两名企业导师授课", "Yes", "", "无", "not yet", " 否 ")]
    [True, True, False, False, False, False]
    """
    words = text.strip().casefold().rstrip("。.")
    return bool(words) and words not in NOT_SO


@dataclass(frozen=True)
class Partner:
    """A partnership as it is recorded; `courses` are codes of courses, `other` what no plan knows, as textbooks."""

    key: int
    name: str
    actor: str  # "" where it is not recorded
    agreed: frozenset[str]  # of COMMITMENTS
    in_place: frozenset[str]
    since: date | None = None
    until: date | None = None
    courses: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    competitions: int = 0
    projects: int = 0
    placements: int = 0


@dataclass(frozen=True)
class Given:
    """One contribution."""

    actor: str
    type: str
    amount: float | None = None
    currency: str = ""
    courses: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartnerReading:
    partner: Partner
    verdict: str  # formal_only, partly_in_place, in_place, beyond_agreement or not_recorded
    in_force: bool | None  # None where no day is recorded
    abilities: tuple[str, ...]  # that its courses serve, in the order of the framework

    @property
    def open_commitments(self) -> tuple[str, ...]:
        """Agreed and not in place."""
        return tuple(each for each in COMMITMENTS if each in self.partner.agreed - self.partner.in_place)


@dataclass(frozen=True)
class ActorReading:
    """One actor of the board; all counts, nothing sampled."""

    actor: str
    partners: int
    agreed: int  # commitments
    in_place: int  # of those agreed
    contributions: int
    money: Mapping[str, float]  # by currency; "" where none is named
    by_type: Mapping[str, int]
    actions_open: int
    actions_done: int
    abilities: tuple[str, ...]

    @property
    def actions(self) -> int:
        return self.actions_open + self.actions_done

    @property
    def is_absent(self) -> bool:
        return not (self.partners or self.contributions or self.actions)


@dataclass(frozen=True)
class Board:
    actors: tuple[ActorReading, ...]  # of ACTORS, and "" last where a record names none
    partners: tuple[PartnerReading, ...]
    touched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # ability → actors that touch it

    @property
    def formal_only(self) -> tuple[PartnerReading, ...]:
        """Those that have not ended: of an ended one nothing can be put in place any more."""
        return tuple(each for each in self.current if each.verdict == FORMAL)

    @property
    def current(self) -> tuple[PartnerReading, ...]:
        return tuple(each for each in self.partners if each.in_force is not False)

    @property
    def absent(self) -> tuple[str, ...]:
        return tuple(each.actor for each in self.actors if each.is_absent and each.actor != "school")


def verdict(agreed: frozenset[str], in_place: frozenset[str]) -> str:
    """What a partnership is worth by its three commitments: training, talent assessment, talent development.

    Formal only where something is agreed and nothing at all is in place, which is what paper 000 §III found and
    called a "chicken rib"; not recorded where neither is said, which is no verdict. Source: 000 §III.

    >>> both = frozenset({"training", "assessment"})
    >>> [verdict(both, frozenset()), verdict(both, both), verdict(both, both - {"assessment"})]
    ['formal_only', 'in_place', 'partly_in_place']
    >>> [verdict(frozenset(), both), verdict(frozenset(), frozenset())]
    ['beyond_agreement', 'not_recorded']
    """
    if not agreed:
        return BEYOND if in_place else UNSAID
    if agreed <= in_place:
        return KEPT
    return PARTLY if in_place else FORMAL


def board(
    partners: Sequence[Partner],
    contributions: Sequence[Given],
    actions: Sequence[tuple[str, bool]],
    serves: Mapping[str, Sequence[str]],
    *,
    today: date,
) -> Board:
    """The board of actors: what each agreed, what is in place, what it gave, which abilities it touches.

    `actions` are (actor, done) of the program; `serves` course code → abilities in the framework's order, for
    the courses of one plan. A partnership that has ended is listed, and counts in no sum; one without days counts.
    """
    order = {code: place for place, code in enumerate(dict.fromkeys(a for found in serves.values() for a in found))}

    def abilities(courses: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({code for course in courses for code in serves.get(course, ())}, key=order.__getitem__))

    read = tuple(
        PartnerReading(each, verdict(each.agreed, each.in_place), _in_force(each, today), abilities(each.courses))
        for each in partners
    )
    current = [each for each in read if each.in_force is not False]
    named = {each.partner.actor for each in current} | {each.actor for each in contributions}
    rows = tuple(
        _actor(actor, current, [each for each in contributions if each.actor == actor], actions, abilities)
        for actor in (*ACTORS, *([""] if "" in named else []))
    )
    touched = {code: tuple(row.actor for row in rows if row.actor and code in row.abilities) for code in order}
    return Board(rows, read, {code: actors for code, actors in touched.items() if actors})


def _in_force(partner: Partner, today: date) -> bool | None:
    if partner.since is None and partner.until is None:
        return None
    return (partner.since is None or partner.since <= today) and (partner.until is None or today <= partner.until)


def _actor(
    actor: str,
    current: Sequence[PartnerReading],
    given: Sequence[Given],
    actions: Sequence[tuple[str, bool]],
    abilities: Callable[[Iterable[str]], tuple[str, ...]],
) -> ActorReading:
    own = [each for each in current if each.partner.actor == actor]
    money: dict[str, float] = {}
    for each in given:
        if each.amount is not None:
            money[each.currency] = money.get(each.currency, 0.0) + each.amount
    done = [closed for who, closed in actions if who == actor]
    courses = [code for each in own for code in each.partner.courses] + [c for each in given for c in each.courses]
    return ActorReading(
        actor=actor,
        partners=len(own),
        agreed=sum(len(each.partner.agreed) for each in own),
        in_place=sum(len(each.partner.agreed & each.partner.in_place) for each in own),
        contributions=len(given),
        money=money,
        by_type=dict(Counter(each.type for each in given)),
        actions_open=done.count(False),
        actions_done=done.count(True),
        abilities=abilities(courses),
    )
