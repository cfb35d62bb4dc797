"""The prerequisites of a plan: what hangs on each course, what does not hold, and where each course is drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.measures.graph_layout import GraphLayout, layered_layout
from curricula.analysis.measures.sequence import BREAKS
from curricula.analysis.prerequisites import (
    PrerequisiteCycle,
    Requirement,
    complexity,
    critical_path,
    pairs_and_choices,
)
from curricula.evaluation.frames import chosen_parts_of
from curricula.fields.clauses import Choice
from curricula.models import Course, Curriculum
from curricula.plans.plan_records import Requisite, choices, plan_courses, requisites_of
from curricula.wording.phrases import space, spread_words
from curricula.wording.sentences import WARNINGS

MEASURES: Final = {
    "blocking": gettext_lazy("Blocking"),
    "delay": gettext_lazy("Delay"),
    "centrality": gettext_lazy("Centrality"),
    "complexity": gettext_lazy("Complexity"),
}
FITS: Final = {"few": 7, "some": 10, "many": 13}  # at most so many terms
MOST_DRAWN: Final = 250  # courses; of more no picture can be read, and their table has pages of as many
MOST_NAMED: Final = 30  # courses of the longest chain
MOST_PROBLEMS: Final = 10


@dataclass(frozen=True)
class Need:
    """What a course requires: a course of the plan, or the name of one outside it."""

    name: str
    kind: str  # pre, co, strict-co
    outside: bool
    in_order: bool  # the terms of the plan allow it or an alternative to it, as far as they are known
    alternative: int = 0  # above 0: the others of the course with the same number are alternatives


@dataclass(frozen=True)
class CourseLine:
    code: str
    title: str
    term: int | None
    credits: float | None  # as a student takes them
    record: Course
    needs: tuple[Need, ...]
    measures: dict[str, int | None]  # MEASURES; None where prerequisites form a circle
    critical: bool  # on the longest chain
    before: int | None  # courses that must come before it, directly or not; counted where it is drawn

    @property
    def name(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def choices(self) -> list[Choice[Need]]:
        return choices(self.needs, key=lambda need: replace(need, alternative=0))

    @property
    def runs_in(self) -> Sequence[int | None]:
        """Its terms; without any, the one column of courses that have none."""
        if self.term is None:
            return (None,)
        return range(self.term, max(self.term, self.record.term_last or 0) + 1)

    @property
    def place(self) -> tuple[bool, int]:
        """By which courses are put in the order of terms, last those of none."""
        return self.term is None, self.term or 0

    @property
    def href(self) -> str:
        return self.record.get_absolute_url()


@dataclass(frozen=True)
class Term:
    number: int | None
    lines: tuple[CourseLine, ...]  # that begin in it
    credits: float | None  # of the courses that run in it and state theirs; None where none does

    @property
    def title(self) -> str:
        return _("No term") if self.number is None else _("Term %(number)s") % {"number": self.number}


@dataclass(frozen=True)
class PrerequisitePage:
    lines: tuple[CourseLine, ...]  # in the order of the plan
    terms: tuple[Term, ...]
    pairs: tuple[Requisite, ...]  # inside the plan
    totals: dict[str, int | None]  # their sums; None where there are none
    longest: tuple[CourseLine, ...]
    ring: tuple[str, ...]  # courses that require each other
    problems: tuple[str, ...]  # the first of them in plain words
    problem_count: int
    layout: GraphLayout  # empty where it would be too large

    @property
    def drawn(self) -> bool:
        return bool(self.layout.places)

    @property
    def most_drawn(self) -> int:
        return MOST_DRAWN

    @property
    def ends_of_longest(self) -> tuple[tuple[CourseLine, ...], tuple[CourseLine, ...]]:
        """The chain's first and last courses; the second is empty where all are named."""
        if len(self.longest) <= MOST_NAMED:
            return self.longest, ()
        half = MOST_NAMED // 2
        return self.longest[:half], self.longest[-half:]

    @property
    def unnamed(self) -> int:
        """Courses of the longest chain between its named ends."""
        return len(self.longest) - sum(map(len, self.ends_of_longest))

    @property
    def more_problems(self) -> int:
        return self.problem_count - len(self.problems)

    @property
    def fit(self) -> str:
        """How much room the drawing needs, in a word of the style sheet; with less room, lists stand in its place."""
        return next((name for name, most in FITS.items() if len(self.terms) <= most), "none")

    @property
    def spread(self) -> str:
        """How courses over several terms and of elective groups are counted; "" where there are none."""
        spread = spread_words() if any(len(line.runs_in) > 1 for line in self.lines) else ""
        chosen = _("Of the courses of elective groups the part that is chosen counts.")
        by_part = any(line.credits != line.record.credits for line in self.lines)
        return space().join(filter(None, (spread, chosen if by_part else "")))

    @property
    def with_choices(self) -> bool:
        return any(row.alternative for row in self.pairs)

    @property
    def untied(self) -> int:
        """Courses that no prerequisite reaches."""
        return sum(not place.tied for place in self.layout.places.values())


def prerequisite_page(curriculum: Curriculum) -> PrerequisitePage | None:
    """Everything the page shows; None for a plan without courses.

    The measures are of the whole plan, whatever its size; what is drawn, listed and named has a limit.
    """
    courses, requisites = plan_courses(curriculum), requisites_of(curriculum)
    if not courses:
        return None
    inside = tuple(requisite for requisite in requisites if requisite.requires is not None)
    pairs = list(dict.fromkeys((str(requisite.requires), requisite.course) for requisite in inside))
    terms = {course.code: course.term for course in courses}
    spared = _spared(requisites, terms)
    codes = [course.code for course in courses]
    drawn = len(courses) <= MOST_DRAWN
    measures, longest, ring = _measured(codes, _binding(requisites))
    unkept = (row for row in requisites if row not in spared and (row.requires is None or _breaks(row, terms)))
    broken = list(dict.fromkeys(row._replace(alternative=0) for row in unkept))  # also where two choices name it
    before = _before(codes, pairs) if drawn else {}
    lines = tuple(
        _lines(
            courses,
            requisites,
            spared=spared,
            parts=chosen_parts_of(curriculum),
            measures=measures,
            longest=set(longest),
            before=before,
        )
    )
    by_code = {line.code: line for line in lines}
    return PrerequisitePage(
        lines=lines,
        terms=tuple(_terms(lines)),
        pairs=inside,
        totals={name: None if ring else sum(line.measures[name] or 0 for line in lines) for name in MEASURES},
        longest=tuple(by_code[code] for code in longest) if len(longest) > 1 else (),
        ring=ring,
        problems=tuple(islice(_problems(broken, terms, ring), MOST_PROBLEMS)),
        problem_count=len(broken) + bool(ring),
        layout=layered_layout(terms, pairs) if drawn else layered_layout({}, []),
    )


def _binding(requisites: Sequence[Requisite]) -> list[Requirement]:
    """Those inside the plan, but for choices that something outside of it satisfies."""
    outside = {(row.course, row.alternative) for row in requisites if row.requires is None and row.alternative}
    return [
        Requirement(row.requires, row.course, row.kind, row.alternative)
        for row in requisites
        if row.requires is not None and (row.course, row.alternative) not in outside
    ]


def _spared(requisites: Sequence[Requisite], terms: Mapping[str, int | None]) -> set[Requisite]:
    """Alternatives of which one holds."""
    chosen = [row for row in requisites if row.alternative]
    kept = {(row.course, row.alternative) for row in chosen if row.requires is not None and not _breaks(row, terms)}
    return {row for row in chosen if (row.course, row.alternative) in kept}


def _measured(
    codes: Sequence[str], required: Sequence[Requirement]
) -> tuple[dict[str, dict[str, int | None]], list[str], tuple[str, ...]]:
    """The measures by course and the longest chain, or the circle that leaves them without a value."""
    pairs, choices = pairs_and_choices(required)
    try:
        rows = complexity(codes, pairs, choices)[list(MEASURES)].itertuples(name=None)
        measures = {str(code): dict(zip(MEASURES, values, strict=True)) for code, *values in rows}
        return measures, [str(code) for code in critical_path(codes, pairs, choices)], ()
    except PrerequisiteCycle as cycle:
        return {code: dict.fromkeys(MEASURES) for code in codes}, [], tuple(str(code) for code in cycle.courses)


def _before(codes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """How many courses each one requires, directly or not."""
    required: dict[str, list[str]] = {code: [] for code in codes}
    for first, then in pairs:
        required[then].append(first)
    return {code: len(_reached(code, required)) for code in codes}


def _reached(code: str, required: Mapping[str, Sequence[str]]) -> set[str]:
    seen, waiting = set[str](), list(required[code])
    while waiting:
        course = waiting.pop()
        if course not in seen:
            seen.add(course)
            waiting += required[course]
    return seen - {code}


def _lines(
    courses: Sequence[Course],
    requisites: Sequence[Requisite],
    *,
    spared: Collection[Requisite],
    parts: Mapping[str, float],
    measures: Mapping[str, dict[str, int | None]],
    longest: set[str],
    before: Mapping[str, int],
) -> Iterator[CourseLine]:
    terms = {course.code: course.term for course in courses}
    needs: dict[str, list[Need]] = {course.code: [] for course in courses}
    for row in requisites:
        in_order = row in spared or row.requires is None or not _breaks(row, terms)
        outside = row.requires is None
        needs[row.course].append(Need(row.requires or row.external, row.kind, outside, in_order, row.alternative))
    for course in courses:
        yield CourseLine(
            code=course.code,
            title=course.title,
            term=course.term,
            credits=course.credits and course.credits * parts.get(course.code, 1.0),
            record=course,
            needs=tuple(needs[course.code]),
            measures=measures[course.code],
            critical=len(longest) > 1 and course.code in longest,
            before=before.get(course.code),
        )


def _terms(lines: Sequence[CourseLine]) -> Iterator[Term]:
    by_term: dict[int | None, list[CourseLine]] = defaultdict(list)
    held: dict[int | None, float] = defaultdict(float)
    for line in lines:
        by_term[line.term].append(line)
        for term in line.runs_in if line.credits is not None else ():
            held[term] += (line.credits or 0.0) / len(line.runs_in)
    for number in sorted(by_term, key=lambda term: (term is None, term)):
        yield Term(number, tuple(by_term[number]), held.get(number))


def _breaks(requisite: Requisite, terms: Mapping[str, int | None]) -> bool:
    """The plan's terms do not keep it; nothing is said where a term is unknown."""
    first, then = terms[str(requisite.requires)], terms[requisite.course]
    return first is not None and then is not None and bool(BREAKS[requisite.kind](first, then))


def _problems(broken: Sequence[Requisite], terms: Mapping[str, int | None], ring: Sequence[str]) -> Iterator[str]:
    if ring:
        yield str(WARNINGS["prerequisite_cycle"] % {"cycle": " → ".join((*ring, ring[0]))})
    for row in broken:
        names = {"course": row.course, "required": row.requires or row.external}
        if row.requires is None:
            yield _("%(course)s requires %(required)s, which is not a course of this plan.") % names
        else:
            yield _broken(row.kind) % {**names, "term": terms[row.course], "other": terms[row.requires]}


def _broken(kind: str) -> str:
    return {
        "pre": _("%(course)s in term %(term)s requires %(required)s before it, which comes in term %(other)s."),
        "co": _("%(course)s in term %(term)s requires %(required)s not later, which comes in term %(other)s."),
        "strict-co": _("%(course)s in term %(term)s requires %(required)s beside it, which comes in term %(other)s."),
    }[kind]
