"""At most ten findings with what is proposed about each, in words and counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from curricula.reports.gap_report import AbilityLine, ActionLine, GapReport
from curricula.wording import formats, phrases

MOST: Final = 10
FIRST: Final = ("gap", "over")  # tones, in the order in which they are told
DROPPED: Final = "dropped"


@dataclass(frozen=True)
class FindingLine:
    """`meaning` is said where the label first stands, "" after that."""

    ability: str
    label: str
    label_text: str
    tone: str
    meaning: str
    facts: str
    proposals: tuple[str, ...]


def finding_lines(report: GapReport, *, explained: set[str]) -> Iterator[FindingLine]:
    """The largest gaps first, then what is too much; `explained` are labels whose meaning was said before."""
    for line in told_lines(report)[:MOST]:
        meaning = "" if line.label in explained else phrases.meaning_text(line.label)
        explained.add(line.label)
        yield FindingLine(
            ability=line.title,
            label=line.label,
            label_text=line.label_text,
            tone=line.tone,
            meaning=meaning,
            facts=facts_of(line),
            proposals=tuple(_proposals(line, report)),
        )


def told_lines(report: GapReport) -> list[AbilityLine]:
    """Every finding that asks for something, in the order of the report."""
    return [line for tone in FIRST for line in report.abilities if line.tone == tone]


def facts_of(line: AbilityLine) -> str:
    """Counts before percentages: the hours and the postings behind a finding."""
    return phrases.in_parts(filter(None, (_hours(line), _demand(line), _level(line))))


def _hours(line: AbilityLine) -> str:
    hours = {"taught": formats.in_hours(line.exposure_hours), "practised": formats.in_hours(line.practised_low)}
    if not line.exposure_hours:
        return _("no hours")
    if line.practised_high != line.practised_low:
        return _("%(taught)s, practice not stated for all of them") % hours
    return _("%(taught)s, of these %(practised)s practice") % hours


def _demand(line: AbilityLine) -> str:
    if line.demand_mentions is None or line.demand_rate is None:
        return ""
    asked = formats.plural("%(n)s posting asks for it", "%(n)s postings ask for it", line.demand_mentions)
    rate = formats.share(line.demand_rate)
    if line.demand_low is not None and line.demand_high is not None:
        between = {"rate": rate, "low": formats.share(line.demand_low), "high": formats.share(line.demand_high)}
        rate = _("%(rate)s of all (%(low)s to %(high)s)") % between
    return phrases.in_clauses((asked, rate))


def _level(line: AbilityLine) -> str:
    if line.label != "level_below":
        return ""
    levels = {"reached": phrases.level_text(line.level_reached), "required": phrases.level_text(line.level_required)}
    return _("level reached: %(reached)s, required: %(required)s") % levels


def _proposals(line: AbilityLine, report: GapReport) -> Iterator[str]:
    for advice in report.recommendations:
        if advice.ability == line.code:
            course = advice.course_title or _("a new course")
            yield phrases.in_parts(filter(None, (phrases.headed(advice.kind_text, course), advice.by_hours)))
    for action in report.actions:
        if action.ability == line.code and action.state != DROPPED:
            yield _action(action)


def _action(action: ActionLine) -> str:
    due = _("due %(day)s") % {"day": formats.day(action.due)} if action.due else ""
    facts = phrases.in_a_row(filter(None, (action.actor_text, action.state_text, due)))
    return _("Action: %(title)s (%(facts)s)") % {"title": action.title, "facts": facts}
