"""The panel of attainment: what students showed, beside hours and demand (METHOD.md, 004 §4.4–4.5)."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter, itemgetter
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

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
from curricula.reports.panels import Block, Figure, Listing, Reading, Rule, listing
from curricula.reports.svg_marks import attained_svg
from curricula.wording import formats, phrases

from .attained_requirements import requirement_block
from .attained_words import VERDICTS, WHY, interval_of, notes_of, value_columns, verdict_of
from .facts import copied
from .first_steps import finish_mapping, on_page
from .gathered import Gathered
from .panel import nothing, panel

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
NOT_ATTAINED: Final = ("practised_not_attained", "short_and_not_attained")


@panel(
    "attainment",
    gettext_lazy("Attainment"),
    group="finding",
    question=gettext_lazy("What did students show of each ability?"),
    asks=gettext_lazy(
        "This page will show what students showed of each ability, beside its hours and its demand: the part of the "
        "marks with its interval, against the target."
    ),
    how=(
        gettext_lazy(
            "Attainment is the part of the marks: each part's mean over its full mark, weighted with the parts' "
            "weights. Of each course the newest term counts; classes are pooled by their students. It stands beside "
            "hours and demand and is averaged with neither."
        ),
        gettext_lazy(
            "A sheet that names no ability speaks for all that its course serves: these share one set of marks, and "
            "no difference between them is said. Over several courses the hours that each gives to the ability weigh, "
            "and the students are taken to be the same, which is the widest interval."
        ),
        gettext_lazy(
            "Direct and indirect evidence are never mixed, nor are parts of the marks and parts of the students. An "
            "interval says what another cohort of this size might show; nothing here ranks abilities, and nothing "
            "says that hours caused it."
        ),
    ),
)
def attainment(gathered: Gathered) -> Reading:
    """Attainment by ability and by course from the school's aggregates; small groups are counted and not shown."""
    if not (records := gathered.of(Attainment)):
        why = _("Enter the sheets of attainment: course, part, full mark, mean, number of students.")
        return nothing(gathered.enter(Attainment, why))
    rows = sorted_out(map(_sheet, records), fewest=int(gathered.rules["fewest_people"]))
    direct = pooled(newest(row for row in rows.shown if not row.indirect))
    indirect = pooled(newest(row for row in rows.shown if row.indirect))
    analysis, indicators = gathered.analysis, _indicators(gathered)
    found = attainment_reading(direct, indicators, analysis.cells, analysis.abilities, judged=not analysis.unfinished)
    blocks = (
        _ability_block(gathered, found),
        requirement_block(gathered, requirements_attained(direct, indicators)),
        _evidence_block(found, rows, gathered),
        _course_block(gathered, direct, indirect),
    )
    return Reading(_sentence(found, rows), blocks)


def _sheet(record: Attainment) -> Sheet:
    return copied(Sheet, record, key=record.pk, indirect=record.method == "indirect")


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
    hidden = ngettext(
        "%(count)s record has too few students to be shown.",
        "%(count)s records have too few students to be shown.",
        len(rows.hidden),
    )
    return phrases.sentences(first, hidden % {"count": len(rows.hidden)} if rows.hidden else "")


def _ability_block(gathered: Gathered, found: AttainmentReading) -> Block:
    missing = () if found.abilities else (on_page(gathered, "matrix", _name_indicators()),)
    if gathered.analysis.unfinished:
        missing = (*missing, finish_mapping(gathered))
    attained = _("Attained where the whole interval is at or above the target, not attained where it is below.")
    not_attained = _(
        "“Hours enough, not attained” is said of what a position or employers ask for, where hours and practice both "
        "fit the demand."
    )
    return Block(
        "abilities",
        _("By ability"),
        figures=tuple(_figures(found)),
        listings=(*((_abilities(gathered, found),) if found.abilities else ()), *_without(gathered, found)),
        missing=missing,
        rules=(Rule(attained, "", "method"), Rule(not_attained, "", "method")),
    )


def _name_indicators() -> str:
    return _("Map the courses of these sheets to abilities, or name an ability in the column of the indicator.")


def _figures(found: AttainmentReading) -> Iterator[Figure]:
    for code, words in FINDINGS.items():
        held = sum(each.finding == code for each in found.abilities)
        if code and held:
            figure = Figure(code, capfirst(_(words)), held, href="#attained")
            yield figure.flagged("gap", _("not attained")) if code in NOT_ATTAINED else figure
    if found.without:
        note = _("required or asked for, with hours, and no sheet says anything of them")
        yield Figure("no_evidence", _("No evidence"), len(found.without), note=note, href="#unshown")


def _abilities(gathered: Gathered, found: AttainmentReading) -> Listing:
    names, labels = gathered.names, gathered.analysis.abilities["label"]
    return listing(
        "attained",
        _("Attainment by ability"),
        found.abilities,
        (
            ("ability", _("Ability"), "text", lambda each: names.ability(each.ability)),
            *value_columns(attrgetter("shown")),
            ("verdict", _("Verdict"), "text", lambda each: verdict_of(each.shown)),
            (
                "finding",
                _("Beside the hours"),
                "text",
                lambda each: _(FINDINGS[each.finding]) if each.finding else None,
            ),
            ("label", _("Finding on hours"), "text", lambda each: phrases.label_text(labels[each.ability])),
            ("students", _("Students"), "count", lambda each: each.shown.students),
            ("courses", _("Courses"), "text", lambda each: names.courses_of(each.courses)),
            ("notes", _("Notes"), "text", lambda each: _notes(gathered, each)),
        ),
        href=lambda each: gathered.ability_page(each.ability),
        drawn=lambda each: _drawing(each.shown),
        drawn_title=_("0 to 1, target |"),
    )


def _drawing(found: Shown) -> str:
    if found.value is None:
        return formats.MISSING
    value = found.value
    said = _("%(value)s (%(interval)s)") % {"value": formats.index(value.value), "interval": interval_of(found)}
    return attained_svg((value.low, value.value, value.high), found.target, said=said)


def _notes(gathered: Gathered, each: AttainedAbility) -> str | None:
    names = gathered.names.abilities_of(each.group)
    shared = [_("the same marks as for %(names)s") % {"names": names}] if names else []
    return phrases.in_parts([*shared, *notes_of(each.shown)]) or None


def _without(gathered: Gathered, found: AttainmentReading) -> tuple[Listing, ...]:
    if not found.without:
        return ()
    names, abilities = gathered.names, gathered.analysis.abilities
    unshown = listing(
        "unshown",
        _("Wanted and with hours, without evidence"),
        found.without,
        (
            ("ability", _("Ability"), "text", names.ability),
            ("hours", _("Hours"), "hours", lambda code: float(abilities["exposure_hours"][code])),
            ("label", _("Finding on hours"), "text", lambda code: phrases.label_text(abilities["label"][code])),
            ("courses", _("Courses"), "text", lambda code: names.courses_of(abilities["courses"][code])),
        ),
        href=gathered.ability_page,
    )
    return (unshown,)


def _evidence_block(found: AttainmentReading, rows: SortedOut, gathered: Gathered) -> Block:
    listed, here, evidence = gathered.listed(Attainment), "#attained", found.evidence
    behind = _("abilities that they stand behind: %(count)s") % {"count": evidence.abilities}
    shared = _("%(count)s abilities share their marks with another one; no difference between these is said")
    alike = shared % {"count": evidence.abilities_that_share} if evidence.shared else ""
    tuned = sum(each.shown.tuned for each in found.abilities)
    few = _("fewer than %(count)s") % {"count": formats.number(gathered.rules["fewest_people"])}
    why = phrases.in_a_row(dict.fromkeys(_(WHY[why]) for why in rows.unusable.values()))
    figures = (
        Figure("sets", _("Distinct sets of marks"), evidence.distinct_sets, note=behind, href=here),
        Figure("shared", _("Abilities that share one set"), evidence.abilities_that_share, note=alike, href=here),
        Figure("tuned", _("Targets set after the results"), tuned, href=here).flagged("over", _("flag")),
        Figure("hidden", _("Records with too few students, not shown"), len(rows.hidden), note=few, href=listed),
        Figure("unusable", _("Records that cannot be read"), len(rows.unusable), note=why, href=listed),
    )
    sentence = _("Nearly all verdicts are the same: the targets tell nothing apart.") if found.saturated else ""
    return Block("evidence", _("What stands behind it"), sentence=sentence, figures=figures)


def _course_block(gathered: Gathered, direct: list[Pooled], indirect: list[Pooled]) -> Block:
    rows = [*_by_course(_("direct"), direct), *_by_course(_("indirect"), indirect)]
    table = listing(
        "attained-courses",
        _("Attainment by course"),
        rows,
        (
            ("course", _("Course"), "text", lambda row: gathered.names.course(row[1][0].course)),
            ("method", _("Evidence"), "text", lambda row: row[0]),
            *value_columns(itemgetter(2)),
            ("verdict", _("Verdict"), "text", lambda row: verdict_of(row[2])),
            ("students", _("Students"), "count", lambda row: row[2].students),
            ("weakest", _("Weakest objective"), "text", lambda row: _weakest(row[1])),
            ("notes", _("Notes"), "text", lambda row: phrases.in_parts(notes_of(row[2])) or None),
        ),
        href=lambda row: gathered.listed(Attainment, q=row[1][0].course),
    )
    rule = _("The weakest objective stands beside the lowest value to be expected if all were equally good.")
    return Block(
        "courses",
        _("By course"),
        listings=(table,) if rows else (),
        figures=(Figure("courses", _("Courses with evidence"), len(rows), href="#attained-courses"),),
        rules=(Rule(rule, "", "method"),),
    )


def _by_course(method: str, parts: list[Pooled]) -> Iterator[tuple[str, list[Pooled], Shown]]:
    """Each course with its parts and what they come to: in marks, else in shares of students."""
    for course in dict.fromkeys(part.course for part in parts):
        own = [part for part in parts if part.course == course]
        found = shown(own)
        yield method, own, found if found.parts else shown(own, SHARE)


def _weakest(parts: list[Pooled]) -> str | None:
    found = weakest_objective(parts)
    if found is None:
        return None
    said = _("%(name)s: %(value)s (%(expected)s to be expected if all were alike)")
    ends = {"value": formats.index(found.minimum), "expected": formats.index(found.expected)}
    return said % {"name": found.name, **ends}
