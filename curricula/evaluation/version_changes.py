"""What changed between two plans of a program, what asked for it, and what it did to every gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
from django.utils.translation import gettext as _

from curricula.analysis.frames import CurriculumFrames
from curricula.analysis.scenarios.plan_differences import plan_differences
from curricula.models import Action, Curriculum
from curricula.queries import first_step_of
from curricula.reports.finding_changes import FindingChanges, finding_changes, found_in
from curricula.reports.gap_report import AbilityLine
from curricula.wording import formats, phrases

from .reports import frames_of, gap_report_for, words_of

CELL: Final = ("level", "share")
MOST_ASKED: Final = 4
MORE: Final = ("gap", "mapping_missing")  # tones and labels
LESS: Final = ("over",)


@dataclass(frozen=True)
class Difference:
    what: str
    before: str
    after: str
    mapping: bool = False  # of the course to the ability that `what` names


@dataclass(frozen=True)
class CourseChange:
    code: str
    title: str
    kind: str  # added, dropped, changed
    differences: tuple[Difference, ...]
    findings: tuple[AbilityLine, ...]  # of the earlier plan, which ask for such a change
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Changes:
    """Two plans, the earlier one first."""

    before: Curriculum
    after: Curriculum
    courses: tuple[CourseChange, ...]
    settings: tuple[Difference, ...]
    findings: FindingChanges | None  # None where one of the two has nothing to judge
    credits: Difference
    hours: Difference

    def _of(self, kind: str) -> list[CourseChange]:
        return [each for each in self.courses if each.kind == kind]

    @property
    def added(self) -> list[CourseChange]:
        return self._of("added")

    @property
    def dropped(self) -> list[CourseChange]:
        return self._of("dropped")

    @property
    def changed(self) -> list[CourseChange]:
        return self._of("changed")


def changes_between(before: Curriculum, after: Curriculum) -> Changes:
    sides = [_titled(plan) for plan in (before, after)]
    judged = all(first_step_of(plan) is None for plan in (before, after))
    reports = [gap_report_for(plan) for plan in (before, after)] if judged else []
    lines = {line.code: line for line in reports[0].abilities} if reports else {}
    names = words_of(before).names.abilities | words_of(after).names.abilities
    asking = _Asking(lines, tuple(Action.objects.filter(program=after.program_id)), sides)
    return Changes(
        before=before,
        after=after,
        courses=tuple(_course_changes(*sides, names=names, asking=asking)),
        settings=tuple(_settings(before, after)),
        findings=finding_changes(*(found_in(report.abilities) for report in reports)) if judged else None,
        credits=_total(_("Credits"), *(side.courses["credits"].sum() for side in sides)),
        hours=_total(_("Hours by mode in all"), *(side.hours.sum().sum() for side in sides)),
    )


def _titled(plan: Curriculum) -> CurriculumFrames:
    """Courses called as the reader's language calls them, so that another language is no other name."""
    frames, named = frames_of(plan), words_of(plan).names.courses
    titles = [named.get(str(code), title) for code, title in frames.courses["title"].items()]
    return replace(frames, courses=frames.courses.assign(title=titles))


def _total(title: str, before: float, after: float) -> Difference:
    return Difference(title, formats.number(round(before, 1)), formats.number(round(after, 1)))


@dataclass(frozen=True)
class _Asking:
    """What could have asked for a change: findings of the earlier plan and actions of the program."""

    lines: dict[str, AbilityLine]
    actions: tuple[Action, ...]
    sides: Sequence[CurriculumFrames]

    def abilities(self, course: str, side: int) -> list[str]:
        rows = self.sides[side].mappings
        return list(rows.loc[rows["course"] == course, "ability"])

    def findings(self, course: str, kind: str) -> tuple[AbilityLine, ...]:
        """A gap, or what is asked for and not mapped, asks for more; what is taught too much asks for less."""
        asks = {"added": MORE, "dropped": LESS, "changed": (*MORE, *LESS)}[kind]
        named = dict.fromkeys(self.abilities(course, 1) + self.abilities(course, 0))
        found = (self.lines[code] for code in named if code in self.lines)
        return tuple(line for line in found if {line.tone, line.label} & {*asks})[:MOST_ASKED]

    def actions_on(self, course: str) -> tuple[Action, ...]:
        """Those on the course itself, and those on an ability that it serves and on no other course."""
        named = {*self.abilities(course, 0), *self.abilities(course, 1)}
        return tuple(
            each for each in self.actions if each.course == course or (not each.course and each.ability in named)
        )[:MOST_ASKED]


def _course_changes(
    before: CurriculumFrames, after: CurriculumFrames, *, names: dict[str, str], asking: _Asking
) -> Iterator[CourseChange]:
    titles = {**before.courses["title"], **after.courses["title"]}
    found = plan_differences(before, after)
    for course, rows in found.groupby("course", sort=False):
        code = str(course)
        kind = _kind(rows)
        differences = tuple(_differences(rows, names)) if kind == "changed" else ()
        actions = asking.actions_on(code)
        yield CourseChange(code, str(titles[code]), kind, differences, asking.findings(code, kind), actions)


def _kind(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    if first["what"] != "course":
        return "changed"
    return "added" if first["before"] is None else "dropped"


def _differences(rows: pd.DataFrame, names: dict[str, str]) -> Iterator[Difference]:
    facts = {"title": _("Title"), "credits": _("Credits"), "term": _("Term")}
    told: list[Any] = rows.to_dict("records")
    for row in (each for each in told if each["what"] not in CELL):
        title = facts.get(row["what"]) or _("%(mode)s, h") % {"mode": phrases.mode_text(row["what"])}
        yield Difference(title, _stated(row["before"]), _stated(row["after"]))
    cells = [each for each in told if each["what"] in CELL]
    for ability in dict.fromkeys(each["ability"] for each in cells):
        mine = [each for each in cells if each["ability"] == ability]
        was, now = ({each["what"]: each[side] for each in mine} for side in ("before", "after"))
        yield Difference(names.get(ability, ability), _cell(was), _cell(now), mapping=True)


def _stated(value: Any) -> str:
    return formats.show(value, "text" if isinstance(value, str) else "number")


def _cell(stated: dict[str, Any]) -> str:
    """What is known of it by what differs: its level, its share, or that it is not there."""
    level, share = stated.get("level"), stated.get("share")
    words = (phrases.level_text(level) if level else "", formats.share(share) if share is not None else "")
    return phrases.in_a_row(filter(None, words)) or formats.MISSING


def _settings(before: Curriculum, after: Curriculum) -> Iterator[Difference]:
    """What a finding may have changed for, though no course did."""
    pairs = [
        (_("Framework"), *(f"{plan.framework.title} {plan.framework.version}".strip() for plan in (before, after))),
        *(
            (title, *(_listed(getattr(plan, name)) for plan in (before, after)))
            for name, title in (
                ("prepares_for", _("Positions it prepares for")),
                ("certifications", _("Certificates it prepares for")),
                ("open_sources", _("Demand sources it is judged by")),
            )
        ),
        (_("Mapping signed off"), *(formats.flag(plan.signed_off) for plan in (before, after))),
    ]
    for title, was, now in pairs:
        if was != now:
            yield Difference(title, was, now)


def _listed(records: Any) -> str:
    return phrases.in_a_row(str(each) for each in records.all()) or formats.MISSING
