"""The light of the teachers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curricula.analysis.training.checks import PartCheck, Verdict, part_check
from curricula.analysis.training.teachers import TeacherFacts, ThreeNo
from curricula.models import Teacher
from curricula.reports.panels import Block, Figure, Listing, Rule, listing
from curricula.wording import formats, phrases

from .facts import judged_teachers
from .first_steps import enter_teachers
from .gathered import Gathered
from .words import judged, months, not_stated, truth, years


def teachers_block(gathered: Gathered) -> tuple[Block, list[Verdict | None]]:
    """Who teaches with practice, and how many come from outside."""
    held, title = judged_teachers(gathered), _("Teachers")
    rules = _rules(gathered)
    if not held:
        return Block("teachers", title, rules=rules, missing=(enter_teachers(gathered),)), [None]
    practised = part_check((found.experience for _t, _f, found in held), least=gathered.rules["teachers_practised"])
    outside = part_check((facts.part_time for _t, facts, _o in held), least=gathered.rules["teachers_from_outside"])
    block = Block(
        "teachers",
        title,
        figures=(
            part_figure("practised", _("Teachers with practice"), practised, href="#teachers"),
            part_figure("part_time", _("Part-time teachers from outside"), outside, href="#teachers"),
        ),
        wanted=tuple(_wanted(gathered, practised, outside)),
        listings=(_listing(held),),
        rules=rules,
    )
    return block, [practised.verdict, outside.verdict]


def part_figure(name: str, label: str, check: PartCheck, *, href: str) -> Figure:
    """So many of so many, with how many do not state it."""
    note = _("of %(total)s; at least %(needed)s are needed") % {"total": check.total, "needed": check.needed}
    return judged(Figure(name, label, check.holds, note=note + not_stated(check.unknown), href=href), check.verdict)


def _wanted(gathered: Gathered, practised: PartCheck, outside: PartCheck) -> list[str]:
    practice = months(gathered.rules["teacher_months"])
    found = []
    if practised.short:
        text = ngettext(
            "%(count)s more teacher with at least %(months)s in an enterprise",
            "%(count)s more teachers with at least %(months)s in an enterprise",
            practised.short,
        )
        found.append(_or_stated(text % {"count": practised.short, "months": practice}, practised))
    if outside.short:
        text = ngettext("%(count)s more part-time teacher", "%(count)s more part-time teachers", outside.short)
        found.append(_or_stated(text % {"count": outside.short}, outside))
    return found


def _or_stated(text: str, check: PartCheck) -> str:
    if check.verdict != "open":
        return _("%(text)s.") % {"text": text}
    said = _("%(text)s, or the same stated for teachers whose record says nothing of it (%(count)s).")
    return said % {"text": text, "count": check.unknown}


def _rules(gathered: Gathered) -> tuple[Rule, ...]:
    rules = gathered.rules
    practice = _(
        "Practice is at least %(months)s in enterprises or %(years)s in the industry; %(part)s of the "
        "teachers of the plan should have it."
    )
    numbers = {
        "months": months(rules["teacher_months"]),
        "years": years(rules["teacher_years"]),
        "part": formats.percent(rules["teachers_practised"]),
    }
    outside = _("At least %(part)s of the teachers of the plan come from outside, part time.")
    return (
        Rule(practice % numbers, "003 §2.1; 004 §3.2"),
        Rule(outside % {"part": formats.percent(rules["teachers_from_outside"])}, "001 §3.2"),
    )


def _listing(held: list[tuple[Teacher, TeacherFacts, ThreeNo]]) -> Listing:
    return listing(
        "teachers",
        _("Teachers"),
        held,
        (
            ("code", _("Teacher"), "text", lambda row: row[1].code),
            ("courses", _("Courses"), "text", lambda row: phrases.in_a_row(row[1].courses) or None),
            ("months", _("Months in enterprises"), "number", lambda row: row[1].months),
            ("years", _("Years in the industry"), "number", lambda row: row[1].years),
            ("experience", _("Practice"), "text", lambda row: truth(row[2].experience)),
            ("part_time", _("Part time"), "text", lambda row: truth(row[1].part_time)),
        ),
        href=lambda row: row[0].get_absolute_url(),
    )
