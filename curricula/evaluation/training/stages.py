"""The panel of the five stages: what goes from theory to certification, and what stops on the way (002 §IV.A)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from curricula.analysis.electives import chosen_parts
from curricula.analysis.frames import MODES
from curricula.analysis.training.stages import (
    STOPS,
    AbilityStages,
    StageProfile,
    ability_stages,
    profiles_by,
    stage_profile,
    stage_table,
)
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.svg_marks import stages_svg
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.formats import Value

from .gathered import Gathered
from .words import first_titles

STOP_WORDS: Final = {
    "theory": gettext_noop("stops at theory"),
    "demonstration": gettext_noop("stops at demonstration"),
    "simulation": gettext_noop("stops at simulation"),
    "before_assessment": gettext_noop("carried out, not assessed"),
    "assessment_open": gettext_noop("carried out, assessment not stated"),
    "complete": gettext_noop("carried out and assessed"),
    "unknown": gettext_noop("not stated how far"),
    "untaught": gettext_noop("no hours"),
}
STOP_LABELS: Final = {
    "theory": gettext_noop("Abilities that stop at theory"),
    "demonstration": gettext_noop("Abilities that stop at demonstration"),
    "simulation": gettext_noop("Abilities that stop at simulation"),
    "before_assessment": gettext_noop("Abilities carried out and never assessed"),
    "assessment_open": gettext_noop("Abilities carried out, assessment not stated"),
    "complete": gettext_noop("Abilities carried out and assessed"),
    "unknown": gettext_noop("Abilities of which the plan does not say how far they go"),
}
SHOWN: Final = tuple(stop for stop in STOPS if stop != "untaught")


def stages(gathered: Gathered) -> Reading:
    """Hours by stage of the plan, its parts and its courses, and where each ability stops."""
    table = _table(gathered)
    whole = stage_profile(table)
    if not whole.total:
        return Reading(_asks(), missing=(_hours_missing(gathered),), empty=True)
    judged = _judged(gathered, table)
    blocks = (_ability_block(gathered, judged, whole), _plan_block(gathered, table, whole), _apart_block(whole))
    return Reading(_sentence(whole, judged), blocks, how=_how())


def _table(gathered: Gathered) -> pd.DataFrame:
    """The courses by stage; of those in an elective group the part that is chosen."""
    frames = gathered.frames
    parts = chosen_parts(frames, gathered.analysis.policy)
    held = {code: course.experiment_hours for code, course in gathered.courses.items()}
    experiment = pd.Series(held, dtype=float).reindex(frames.hours.index)
    totals = frames.courses["total_hours"].astype(float)
    return stage_table(frames.hours.mul(parts, axis=0), totals * parts, experiment * parts)


def _judged(gathered: Gathered, table: pd.DataFrame) -> list[AbilityStages]:
    """The abilities with hours; none while the mapping is not finished, which accuses nobody."""
    analysis = gathered.analysis
    if analysis.unfinished or analysis.cells.empty:
        return []
    found = ability_stages(table, analysis.cells, map(str, analysis.abilities.index))
    taught = (each for each in found if each.courses and each.stop != "untaught")
    return sorted(taught, key=lambda each: STOPS.index(each.stop))


def _asks() -> str:
    return _(
        "This page will show how many hours the plan gives to theory, demonstration, simulation, operation and "
        "assessment, and which abilities stop on the way."
    )


def _hours_missing(gathered: Gathered) -> Missing:
    text = _("Import the teaching plan, or state the hours of its courses by stage.")
    return Missing("", text, gathered.curriculum.page("courses"), _("Courses"))


def _sentence(whole: StageProfile, judged: list[AbilityStages]) -> str:
    if not judged:
        operation = whole.part("operation")
        if operation is None:
            return _("The plan does not state how many of its hours students carry out themselves.")
        said = _("%(part)s of the hours are operation. Where abilities stop is said once the mapping is finished.")
        return said % {"part": formats.share(operation)}
    counts = {stop: sum(each.stop == stop for each in judged) for stop in SHOWN}
    first = ngettext(
        "%(done)s of the %(count)s ability with hours is carried out and assessed.",
        "%(done)s of the %(count)s abilities with hours are carried out and assessed.",
        len(judged),
    ) % {"done": counts["complete"], "count": len(judged)}
    rest = [
        phrases.counted(_(STOP_WORDS[stop]), counts[stop]) for stop in SHOWN if stop != "complete" and counts[stop]
    ]
    if not rest:
        return first
    return first + phrases.space() + _("The others: %(list)s.") % {"list": phrases.in_a_row(rest)}


def _plan_block(gathered: Gathered, table: pd.DataFrame, whole: StageProfile) -> Block:
    courses = gathered.courses
    types = {code: course.course_type for code, course in courses.items()}
    modules = {code: course.module for code, course in courses.items()}
    figures = [
        Figure(
            mode, phrases.mode_text(mode), whole.hours[mode], "hours", note=_part(whole, mode), href="#stage-courses"
        )
        for mode in MODES
    ]
    if whole.unsplit:
        note = _("of stated totals; the plan does not say in which stage")
        figures.append(Figure("unsplit", phrases.mode_text("unsplit"), whole.unsplit, "hours", note=note))
    listings = (
        _grouped("modules", _("By module"), _("Module"), table, whole, modules),
        _grouped("types", _("By type of course"), _("Type of course"), table, whole, types),
        _courses(gathered, table, whole),
    )
    missing = (_silent(gathered, whole),) if whole.silent else ()
    return Block("plan", _("Hours by stage"), figures=tuple(figures), listings=listings, missing=missing)


def _part(whole: StageProfile, mode: str) -> str:
    part = whole.part(mode)
    if part is None:
        return _("no course of the plan states it")
    return _("%(part)s of all hours") % {"part": formats.share(part)}


def _silent(gathered: Gathered, whole: StageProfile) -> Missing:
    count = len(whole.silent)
    text = ngettext("State the hours of %(count)s course.", "State the hours of %(count)s courses.", count)
    return Missing("", text % {"count": count}, gathered.curriculum.page("courses"), _("Courses"))


def _columns(first: Column, whole: StageProfile) -> tuple[Column, ...]:
    """The stages in their order; experiment and what is not split only where the plan has any."""
    named = [Column(mode, phrases.mode_text(mode), "hours") for mode in MODES]
    experiment = [Column("experiment", _("of it experiment"), "hours")] if whole.experiment is not None else []
    unsplit = [Column("unsplit", phrases.mode_text("unsplit"), "hours")] if whole.unsplit else []
    return (first, *named[:3], *experiment, *named[3:], *unsplit)


def _hours(profile: StageProfile, whole: StageProfile) -> tuple[Value, ...]:
    amounts = [profile.hours[mode] for mode in MODES]
    experiment = [profile.experiment] if whole.experiment is not None else []
    unsplit = [profile.unsplit] if whole.unsplit else []
    return tuple(Value(each, "hours") for each in (*amounts[:3], *experiment, *amounts[3:], *unsplit))


def _grouped(
    key: str, title: str, group: str, table: pd.DataFrame, whole: StageProfile, groups: dict[str, str]
) -> Listing:
    rows = tuple(
        (Value(name or _("not stated")), *_hours(profile, whole), Value(profile.courses, "count"))
        for name, profile in profiles_by(table, groups).items()
    )
    columns = (*_columns(Column("group", group, "text"), whole), Column("courses", _("Courses"), "count"))
    return Listing(Table(key, title, columns, rows))


def _courses(gathered: Gathered, table: pd.DataFrame, whole: StageProfile) -> Listing:
    names, courses = gathered.names.courses, gathered.courses
    codes = [str(code) for code in table.index]
    rows = tuple(
        (Value(names.get(code, code)), *_hours(stage_profile(table.loc[[code]], within=table), whole))
        for code in codes
    )
    hrefs = tuple(courses[code].get_absolute_url() if code in courses else "" for code in codes)
    title = _("Courses by stage")
    return Listing(
        Table("stage-courses", title, _columns(Column("course", _("Course"), "text"), whole), rows), hrefs, False
    )


def _apart_block(whole: StageProfile) -> Block:
    """Experiment apart from practice, simulation apart from operation."""
    open_note = _("not stated which part of simulation is experiment")
    experiment = "" if whole.experiment is not None else open_note
    practice = _("operation, and simulation that is no experiment") if whole.practice is not None else open_note
    return Block(
        "apart",
        _("Experiment and practice, simulation and operation"),
        figures=(
            Figure("theory_part", _("Theory and demonstration"), whole.theory, "hours"),
            Figure("experiment_part", _("Experiment"), whole.experiment, "hours", note=experiment),
            Figure("practice_part", _("Practice"), whole.practice, "hours", note=practice),
            Figure("simulated", phrases.mode_text("simulation"), whole.hours["simulation"], "hours"),
            Figure("carried_out", phrases.mode_text("operation"), whole.hours["operation"], "hours"),
        ),
        rules=(
            Rule(_("Experiment is kept apart from practice, as in the modules of theory, experiment and practice."),
                 "003 §4.1", "method"),
            Rule(_("Simulation and operation are never added without showing both: simulating is not doing."),
                 "004 §3.3", "method"),
        ),
    )  # fmt: skip


def _ability_block(gathered: Gathered, judged: list[AbilityStages], whole: StageProfile) -> Block:
    title = _("Where abilities stop")
    if not judged:
        text = _("Finish the mapping of courses and abilities, or sign it off.")
        missing = Missing("", text, gathered.curriculum.page("matrix"), _("Matrix"))
        return Block("abilities", title, missing=(missing,))
    wanted = gathered.analysis.abilities["wanted"].astype(bool)
    figures = tuple(
        Figure(stop, _(STOP_LABELS[stop]), len(held), note=_wanted_of(held, wanted), href="#stage-abilities")
        for stop in SHOWN
        if (held := [each for each in judged if each.stop == stop])
    )
    listings = (_abilities(gathered, judged, whole),)
    steps = tuple(_steps(gathered, [each for each in judged if wanted[each.ability]]))
    return Block("abilities", title, figures=figures, wanted=steps, listings=listings, rules=_rules())


def _steps(gathered: Gathered, wanted: list[AbilityStages]) -> Iterator[str]:
    """What to do next about abilities that are required or asked for."""
    early = [each.ability for each in wanted if each.stop in ("theory", "demonstration", "simulation")]
    if early:
        said = _("Required or asked for, and not carried out yet: %(list)s. Give them hours of operation.")
        yield said % {"list": first_titles(gathered.names.abilities, early)}
    if unassessed := [each.ability for each in wanted if each.stop == "before_assessment"]:
        said = _("Required or asked for, carried out and not assessed: %(list)s. Agree with the teachers how.")
        yield said % {"list": first_titles(gathered.names.abilities, unassessed)}


def _wanted_of(held: Iterable[AbilityStages], wanted: pd.Series) -> str:
    count = sum(bool(wanted[each.ability]) for each in held)
    return _("%(count)s of them required or asked for") % {"count": count} if count else ""


def _abilities(gathered: Gathered, judged: list[AbilityStages], whole: StageProfile) -> Listing:
    names, labels = gathered.names.abilities, gathered.analysis.abilities["label"]
    columns = (
        Column("ability", _("Ability"), "text"),
        Column("stop", _("How far it goes"), "text"),
        *_columns(Column("", "", "text"), whole)[1:],
        Column("label", _("Finding"), "text"),
    )
    rows = tuple(
        (
            Value(names.get(each.ability, each.ability)),
            Value(_(STOP_WORDS[each.stop])),
            *_hours(each.profile, whole),
            Value(phrases.label_text(labels[each.ability])),
        )
        for each in judged
    )
    hrefs = tuple(gathered.curriculum.page("curriculum-ability", each.ability) for each in judged)
    drawn = tuple(_drawing(each.profile, _(STOP_WORDS[each.stop])) for each in judged)
    title = _("From theory to assessment")
    table = Table("stage-abilities", _("Abilities by stage"), columns, rows)
    return Listing(table, hrefs, drawn=drawn, drawn_title=title)


def _drawing(profile: StageProfile, said: str) -> str:
    return stages_svg((profile.hours[mode] for mode in MODES), said=said)


def _rules() -> tuple[Rule, ...]:
    return (
        Rule(
            _(
                "An ability stops at the last stage with stated hours. Demonstration that nobody writes down is no "
                "stop. Where hours may lie in a stage that is not stated, how far it goes is not said."
            ),
            "002 §IV.A",
            "method",
        ),
        Rule(
            _("Assessed is an ability with hours of assessment, or with a course that reaches the level A."),
            "002 §IV.A",
            "method",
        ),
    )


def _how() -> tuple[str, ...]:
    return (
        _(
            "The five stages are theory, demonstration, simulation, operation and certification assessment. An "
            "ability gets of each course the part that the mapping hands to it."
        ),
        _(
            "A blank of a stage that another course states counts as none; a stage that no course states is unknown. "
            "To stop at theory is no defect in itself: whether practice is missing the finding of the ability says."
        ),
    )
