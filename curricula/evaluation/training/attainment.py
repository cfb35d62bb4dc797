"""The panel of attainment: what students showed, beside hours and demand (METHOD.md, 004 §4.4–4.5)."""

from __future__ import annotations

from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from curricula.analysis.training.attained import (
    SHARE,
    Pooled,
    Sheet,
    Shown,
    SortedOut,
    newest,
    pooled,
    shown,
    sorted_out,
    weakest_objective,
)
from curricula.analysis.training.attained_abilities import AttainedAbility, AttainmentReading, attainment_reading
from curricula.analysis.training.attained_requirements import requirements_attained
from curricula.models import Attainment
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.svg_marks import attained_svg
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.formats import Value

from .attained_requirements import requirement_block
from .attained_words import VERDICTS, WHY, interval_of, notes_of, verdict_of
from .gathered import Gathered

FINDINGS: Final = {
    "evidence_without_teaching": gettext_noop("shown, without an hour in the plan"),
    "attainment_open": gettext_noop("open: the interval holds the target"),
    "practised_not_attained": gettext_noop("hours enough, not attained"),
    "short_and_not_attained": gettext_noop("hours short, not attained"),
    "attained_though_short": gettext_noop("attained, though hours are short"),
    "attained": gettext_noop("attained"),
    "no_target": gettext_noop("no target stated"),
    "": "",
}


def attainment(gathered: Gathered) -> Reading:
    """Attainment by ability and by course from the school's aggregates; small groups are counted and not shown."""
    records = gathered.of(Attainment)
    sorted_rows = sorted_out((_sheet(each) for each in records), fewest=int(gathered.rules["fewest_people"]))
    if not records:
        asks = _(
            "This page will show what students showed of each ability, beside its hours and its demand: the part of "
            "the marks with its interval, against the target."
        )
        why = _("Enter the sheets of attainment: course, part, full mark, mean, number of students.")
        return Reading(asks, missing=(gathered.enter(Attainment, why),), empty=True)
    direct = pooled(newest(row for row in sorted_rows.shown if not row.indirect))
    indirect = pooled(newest(row for row in sorted_rows.shown if row.indirect))
    judged = not gathered.analysis.unfinished
    found = attainment_reading(
        direct, _indicators(gathered), gathered.analysis.cells, gathered.analysis.abilities, judged=judged
    )
    blocks = (
        _ability_block(gathered, found),
        requirement_block(gathered, requirements_attained(direct, _indicators(gathered))),
        _evidence_block(found, sorted_rows, gathered),
        _course_block(gathered, direct, indirect),
    )
    return Reading(_sentence(found, sorted_rows), blocks, how=_how())


def _sheet(record: Attainment) -> Sheet:
    return Sheet(
        key=record.pk,
        course=record.course,
        term=record.term,
        group=record.group,
        objective=record.objective,
        indicator=record.indicator,
        part=record.part,
        weight=record.weight,
        full=record.full,
        mean=record.mean,
        spread=record.spread,
        attained=record.attained,
        expected=record.expected,
        reached=record.reached,
        students=record.students,
        indirect=record.method == "indirect",
        set_on=record.set_on,
    )


def _indicators(gathered: Gathered) -> dict[str, str]:
    """What a sheet may call an ability: its code, or its title in either language."""
    rows = gathered.curriculum.framework.abilities.values_list("code", "title_en", "title_zh")
    return {name: code for code, *titles in rows for name in (code, *titles) if name}


def _sentence(found: AttainmentReading, rows: SortedOut) -> str:
    counts = {verdict: sum(each.shown.verdict == verdict for each in found.abilities) for verdict in VERDICTS}
    if not found.abilities:
        return _("No record can be shown of an ability yet.")
    first = ngettext(
        "Of %(count)s ability with evidence %(met)s reaches the target, %(not)s does not; for %(open)s it is open.",
        "Of %(count)s abilities with evidence %(met)s reach the target, %(not)s do not; for %(open)s it is open.",
        len(found.abilities),
    ) % {"count": len(found.abilities), "met": counts["met"], "not": counts["not_met"], "open": counts["open"]}
    if not rows.hidden:
        return first
    second = ngettext(
        "%(count)s record has too few students to be shown.",
        "%(count)s records have too few students to be shown.",
        len(rows.hidden),
    )
    return first + phrases.space() + second % {"count": len(rows.hidden)}


def _ability_block(gathered: Gathered, found: AttainmentReading) -> Block:
    counted = {code: [each for each in found.abilities if each.finding == code] for code in FINDINGS}
    figures = tuple(
        Figure(code, capfirst(_(FINDINGS[code])), len(held), href="#attained", tone=_tone(code),
               verdict=_("not attained") if _tone(code) else "")
        for code, held in counted.items()
        if code and held
    )  # fmt: skip
    if found.without:
        note = _("required or asked for, with hours, and no sheet says anything of them")
        figures += (Figure("no_evidence", _("No evidence"), len(found.without), note=note, href="#unshown"),)
    missing = () if found.abilities else (_name_indicators(gathered),)
    if gathered.analysis.unfinished:
        text = _("Finish the mapping of courses and abilities, or sign it off.")
        missing = (*missing, Missing("", text, gathered.curriculum.page("matrix"), _("Matrix")))
    return Block(
        "abilities",
        _("By ability"),
        figures=figures,
        listings=(*((_abilities(gathered, found),) if found.abilities else ()), *_without(gathered, found)),
        missing=missing,
        rules=(
            Rule(_("Attained where the whole interval is at or above the target, not attained where it is below."),
                 "", "method"),
            Rule(_("“Hours enough, not attained” is said of what a position or employers ask for, where hours and "
                   "practice both fit the demand."), "", "method"),
        ),
    )  # fmt: skip


def _tone(finding: str) -> str:
    return "gap" if finding in ("practised_not_attained", "short_and_not_attained") else ""


def _name_indicators(gathered: Gathered) -> Missing:
    text = _("Map the courses of these sheets to abilities, or name an ability in the column of the indicator.")
    return Missing("", text, gathered.curriculum.page("matrix"), _("Matrix"))


def _abilities(gathered: Gathered, found: AttainmentReading) -> Listing:
    columns = (
        Column("ability", _("Ability"), "text"),
        Column("attained", _("Attainment"), "index"),
        Column("interval", _("Interval"), "text"),
        Column("target", _("Target"), "index"),
        Column("verdict", _("Verdict"), "text"),
        Column("finding", _("Beside the hours"), "text"),
        Column("label", _("Finding on hours"), "text"),
        Column("students", _("Students"), "count"),
        Column("courses", _("Courses"), "text"),
        Column("notes", _("Notes"), "text"),
    )
    rows = tuple(_row(gathered, each) for each in found.abilities)
    hrefs = tuple(gathered.curriculum.page("curriculum-ability", each.ability) for each in found.abilities)
    drawn = tuple(_drawing(each.shown) for each in found.abilities)
    title = _("0 to 1, target |")
    return Listing(Table("attained", _("Attainment by ability"), columns, rows), hrefs, drawn=drawn, drawn_title=title)


def _drawing(found: Shown) -> str:
    if found.value is None:
        return formats.MISSING
    value = found.value
    said = _("%(value)s (%(interval)s)") % {"value": formats.index(value.value), "interval": interval_of(found)}
    return attained_svg((value.low, value.value, value.high), found.target, said=said)


def _row(gathered: Gathered, each: AttainedAbility) -> tuple[Value, ...]:
    names, labels = gathered.names, gathered.analysis.abilities["label"]
    value = each.shown.value
    return (
        Value(names.abilities.get(each.ability, each.ability)),
        Value(value.value if value else None, "index"),
        Value(interval_of(each.shown)),
        Value(each.shown.target, "index"),
        Value(verdict_of(each.shown)),
        Value(_(FINDINGS[each.finding]) if each.finding else None),
        Value(phrases.label_text(labels[each.ability])),
        Value(each.shown.students, "count"),
        Value(phrases.in_a_row(names.courses.get(code, code) for code in each.courses)),
        Value(phrases.in_parts([*_shared(gathered, each), *notes_of(each.shown)]) or None),
    )


def _shared(gathered: Gathered, each: AttainedAbility) -> list[str]:
    names = phrases.in_a_row(gathered.names.abilities.get(code, code) for code in each.group)
    return [_("the same marks as for %(names)s") % {"names": names}] if names else []


def _without(gathered: Gathered, found: AttainmentReading) -> tuple[Listing, ...]:
    if not found.without:
        return ()
    names, abilities = gathered.names, gathered.analysis.abilities
    columns = (
        Column("ability", _("Ability"), "text"),
        Column("hours", _("Hours"), "hours"),
        Column("label", _("Finding on hours"), "text"),
        Column("courses", _("Courses"), "text"),
    )
    rows = tuple(
        (
            Value(names.abilities.get(code, code)),
            Value(float(abilities["exposure_hours"][code]), "hours"),
            Value(phrases.label_text(abilities["label"][code])),
            Value(phrases.in_a_row(names.courses.get(course, course) for course in abilities["courses"][code])),
        )
        for code in found.without
    )
    hrefs = tuple(gathered.curriculum.page("curriculum-ability", code) for code in found.without)
    return (Listing(Table("unshown", _("Wanted and with hours, without evidence"), columns, rows), hrefs),)


def _evidence_block(found: AttainmentReading, rows: SortedOut, gathered: Gathered) -> Block:
    listed, evidence = gathered.listed(Attainment), found.evidence
    shared = _("%(count)s abilities share their marks with another one; no difference between these is said")
    tuned = sum(each.shown.tuned for each in found.abilities)
    figures = [
        Figure("sets", _("Distinct sets of marks"), evidence.distinct_sets, href="#attained",
               note=_("abilities that they stand behind: %(count)s") % {"count": evidence.abilities}),
        Figure("shared", _("Abilities that share one set"), evidence.abilities_that_share, href="#attained",
               note=shared % {"count": evidence.abilities_that_share} if evidence.shared else ""),
        Figure("tuned", _("Targets set after the results"), tuned, href="#attained",
               tone="over" if tuned else "", verdict=_("flag") if tuned else ""),
        Figure("hidden", _("Records with too few students, not shown"), len(rows.hidden), href=listed,
               note=_("fewer than %(count)s") % {"count": formats.number(gathered.rules["fewest_people"])}),
        Figure("unusable", _("Records that cannot be read"), len(rows.unusable), href=listed,
               note=phrases.in_a_row(dict.fromkeys(_(WHY[why]) for why in rows.unusable.values()))),
    ]  # fmt: skip
    sentence = _("Nearly all verdicts are the same: the targets tell nothing apart.") if found.saturated else ""
    return Block("evidence", _("What stands behind it"), sentence=sentence, figures=tuple(figures))


def _course_block(gathered: Gathered, direct: list[Pooled], indirect: list[Pooled]) -> Block:
    names = gathered.names.courses
    columns = (
        Column("course", _("Course"), "text"),
        Column("method", _("Evidence"), "text"),
        Column("attained", _("Attainment"), "index"),
        Column("interval", _("Interval"), "text"),
        Column("target", _("Target"), "index"),
        Column("verdict", _("Verdict"), "text"),
        Column("students", _("Students"), "count"),
        Column("weakest", _("Weakest objective"), "text"),
        Column("notes", _("Notes"), "text"),
    )
    rows, hrefs = [], []
    for method, parts in ((_("direct"), direct), (_("indirect"), indirect)):
        for course in dict.fromkeys(part.course for part in parts):
            own = [part for part in parts if part.course == course]
            found = shown(own)
            if not found.parts:
                found = shown(own, SHARE)
            rows.append(
                (
                    Value(names.get(course, course)),
                    Value(method),
                    Value(found.value.value if found.value else None, "index"),
                    Value(interval_of(found)),
                    Value(found.target, "index"),
                    Value(verdict_of(found)),
                    Value(found.students, "count"),
                    Value(_weakest(own)),
                    Value(phrases.in_parts(notes_of(found)) or None),
                )
            )
            hrefs.append(gathered.listed(Attainment, q=course))
    table = Table("attained-courses", _("Attainment by course"), columns, tuple(rows))
    rule = _("The weakest objective stands beside the lowest value to be expected if all were equally good.")
    return Block(
        "courses",
        _("By course"),
        listings=(Listing(table, tuple(hrefs)),) if rows else (),
        figures=(Figure("courses", _("Courses with evidence"), len(rows), href="#attained-courses"),),
        rules=(Rule(rule, "", "method"),),
    )


def _weakest(parts: list[Pooled]) -> str | None:
    found = weakest_objective(parts)
    if found is None:
        return None
    said = _("%(name)s: %(value)s (%(expected)s to be expected if all were alike)")
    return said % {
        "name": found.name, "value": formats.index(found.minimum), "expected": formats.index(found.expected)
    }  # fmt: skip


def _how() -> tuple[str, ...]:
    return (
        _(
            "Attainment is the part of the marks: each part's mean over its full mark, weighted with the parts' "
            "weights. Of each course the newest term counts; classes are pooled by their students. It stands beside "
            "hours and demand and is averaged with neither."
        ),
        _(
            "A sheet that names no ability speaks for all that its course serves: these share one set of marks, and "
            "no difference between them is said. Over several courses the hours that each gives to the ability "
            "weigh, and the students are taken to be the same, which is the widest interval."
        ),
        _(
            "Direct and indirect evidence are never mixed, nor are parts of the marks and parts of the students. An "
            "interval says what another cohort of this size might show; nothing here ranks abilities, and nothing "
            "says that hours caused it."
        ),
    )
