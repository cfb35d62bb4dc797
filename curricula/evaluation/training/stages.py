"""The panel of the five stages: what goes from theory to certification, and what stops on the way (002 §IV.A)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter, itemgetter
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
from curricula.reports.panels import Block, Figure, Item, Listing, Missing, Reading, Rule, Told, listing
from curricula.reports.svg_marks import stages_svg
from curricula.wording import formats, phrases

from .first_steps import finish_mapping, on_page
from .gathered import Gathered
from .panel import nothing, panel
from .words import first_titles

STOP_WORDS: Final = {
    "theory": gettext_lazy("stops at theory"),
    "demonstration": gettext_lazy("stops at demonstration"),
    "simulation": gettext_lazy("stops at simulation"),
    "before_assessment": gettext_lazy("carried out, not assessed"),
    "assessment_open": gettext_lazy("carried out, assessment not stated"),
    "complete": gettext_lazy("carried out and assessed"),
    "unknown": gettext_lazy("not stated how far"),
    "untaught": gettext_lazy("no hours"),
}
STOP_LABELS: Final = {
    "theory": gettext_lazy("Abilities that stop at theory"),
    "demonstration": gettext_lazy("Abilities that stop at demonstration"),
    "simulation": gettext_lazy("Abilities that stop at simulation"),
    "before_assessment": gettext_lazy("Abilities carried out and never assessed"),
    "assessment_open": gettext_lazy("Abilities carried out, assessment not stated"),
    "complete": gettext_lazy("Abilities carried out and assessed"),
    "unknown": gettext_lazy("Abilities of which the plan does not say how far they go"),
}
SHOWN: Final = tuple(stop for stop in STOPS if stop != "untaught")


@panel(
    "stages",
    gettext_lazy("Stages"),
    group="plan",
    papers=("2.5", "2.6", "3.2", "4.2", "4.5"),
    question=gettext_lazy("How far does training go, from theory to certification, and what stops on the way?"),
    asks=gettext_lazy(
        "This page will show how many hours the plan gives to theory, demonstration, simulation, operation and "
        "assessment, and which abilities stop on the way."
    ),
    how=(
        gettext_lazy(
            "The five stages are theory, demonstration, simulation, operation and certification assessment. An "
            "ability gets of each course the part that the mapping hands to it."
        ),
        gettext_lazy(
            "A blank of a stage that another course states counts as none; a stage that no course states is unknown. "
            "To stop at theory is no defect in itself: whether practice is missing the finding of the ability says."
        ),
    ),
)
def stages(gathered: Gathered) -> Reading:
    """Hours by stage of the plan, its parts and its courses, and where each ability stops."""
    table = _table(gathered)
    whole = stage_profile(table)
    if not whole.total:
        text = _("Import the teaching plan, or state the hours of its courses by stage.")
        return nothing(on_page(gathered, "courses", text))
    judged = _judged(gathered, table)
    blocks = (_ability_block(gathered, judged, whole), _plan_block(gathered, table, whole), _apart_block(whole))
    return Reading(_sentence(whole, judged), blocks)


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
    stopped = [stop for stop in SHOWN if stop != "complete" and counts[stop]]
    rest = phrases.in_a_row(phrases.counted(str(STOP_WORDS[stop]), counts[stop]) for stop in stopped)
    return phrases.sentences(first, _("The others: %(list)s.") % {"list": rest} if stopped else "")


def _plan_block(gathered: Gathered, table: pd.DataFrame, whole: StageProfile) -> Block:
    courses, here = gathered.courses, "#stage-courses"
    types = {code: course.course_type for code, course in courses.items()}
    modules = {code: course.module for code, course in courses.items()}
    figures = [
        Figure(mode, phrases.mode_text(mode), whole.hours[mode], "hours", _part(whole, mode), here) for mode in MODES
    ]
    if whole.unsplit:
        note = _("of stated totals; the plan does not say in which stage")
        figures.append(Figure("unsplit", phrases.mode_text("unsplit"), whole.unsplit, "hours", note))
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
    return on_page(gathered, "courses", text % {"count": count})


def _hours(whole: StageProfile, profile: Callable[[Item], StageProfile]) -> Iterator[Told[Item]]:
    """The stages in their order; experiment and what is not split only where the plan has any."""
    for mode in MODES:
        yield mode, phrases.mode_text(mode), "hours", _in_stage(mode, profile)
        if mode == "simulation" and whole.experiment is not None:
            yield "experiment", _("of it experiment"), "hours", lambda item: profile(item).experiment
    if whole.unsplit:
        yield "unsplit", phrases.mode_text("unsplit"), "hours", lambda item: profile(item).unsplit


def _in_stage(mode: str, profile: Callable[[Item], StageProfile]) -> Callable[[Item], float | None]:
    return lambda item: profile(item).hours[mode]


def _grouped(
    key: str, title: str, group: str, table: pd.DataFrame, whole: StageProfile, groups: dict[str, str]
) -> Listing:
    return listing(
        key,
        title,
        profiles_by(table, groups).items(),
        (
            ("group", group, "text", lambda row: row[0] or _("not stated")),
            *_hours(whole, itemgetter(1)),
            ("courses", _("Courses"), "count", lambda row: row[1].courses),
        ),
    )


def _courses(gathered: Gathered, table: pd.DataFrame, whole: StageProfile) -> Listing:
    courses = gathered.courses
    return listing(
        "stage-courses",
        _("Courses by stage"),
        [(str(code), stage_profile(table.loc[[code]], within=table)) for code in table.index],
        (
            ("course", _("Course"), "text", lambda row: gathered.names.course(row[0])),
            *_hours(whole, itemgetter(1)),
        ),
        href=lambda row: courses[row[0]].get_absolute_url() if row[0] in courses else "",
        printed=False,
    )


def _apart_block(whole: StageProfile) -> Block:
    """Experiment apart from practice, simulation apart from operation."""
    open_note = _("not stated which part of simulation is experiment")
    experiment = "" if whole.experiment is not None else open_note
    practice = _("operation, and simulation that is no experiment") if whole.practice is not None else open_note
    apart = _("Experiment is kept apart from practice, as in the modules of theory, experiment and practice.")
    never = _("Simulation and operation are never added without showing both: simulating is not doing.")
    return Block(
        "apart",
        _("Experiment and practice, simulation and operation"),
        figures=(
            Figure("theory_part", _("Theory and demonstration"), whole.theory, "hours"),
            Figure("experiment_part", _("Experiment"), whole.experiment, "hours", experiment),
            Figure("practice_part", _("Practice"), whole.practice, "hours", practice),
            Figure("simulated", phrases.mode_text("simulation"), whole.hours["simulation"], "hours"),
            Figure("carried_out", phrases.mode_text("operation"), whole.hours["operation"], "hours"),
        ),
        rules=(Rule(apart, "003 §4.1", "method"), Rule(never, "004 §3.3", "method")),
    )


def _ability_block(gathered: Gathered, judged: list[AbilityStages], whole: StageProfile) -> Block:
    title = _("Where abilities stop")
    if not judged:
        return Block("abilities", title, missing=(finish_mapping(gathered),))
    wanted = gathered.analysis.abilities["wanted"].astype(bool)
    figures = tuple(
        Figure(stop, str(STOP_LABELS[stop]), len(held), note=_wanted_of(held, wanted), href="#stage-abilities")
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
        yield said % {"list": first_titles(gathered.names, early)}
    if unassessed := [each.ability for each in wanted if each.stop == "before_assessment"]:
        said = _("Required or asked for, carried out and not assessed: %(list)s. Agree with the teachers how.")
        yield said % {"list": first_titles(gathered.names, unassessed)}


def _wanted_of(held: Iterable[AbilityStages], wanted: pd.Series) -> str:
    count = sum(bool(wanted[each.ability]) for each in held)
    return _("%(count)s of them required or asked for") % {"count": count} if count else ""


def _abilities(gathered: Gathered, judged: list[AbilityStages], whole: StageProfile) -> Listing:
    labels = gathered.analysis.abilities["label"]
    return listing(
        "stage-abilities",
        _("Abilities by stage"),
        judged,
        (
            ("ability", _("Ability"), "text", lambda each: gathered.names.ability(each.ability)),
            ("stop", _("How far it goes"), "text", lambda each: str(STOP_WORDS[each.stop])),
            *_hours(whole, attrgetter("profile")),
            ("label", _("Finding"), "text", lambda each: phrases.label_text(labels[each.ability])),
        ),
        href=lambda each: gathered.ability_page(each.ability),
        drawn=_drawing,
        drawn_title=_("From theory to assessment"),
    )


def _drawing(each: AbilityStages) -> str:
    return stages_svg((each.profile.hours[mode] for mode in MODES), said=str(STOP_WORDS[each.stop]))


def _rules() -> tuple[Rule, ...]:
    stops = _(
        "An ability stops at the last stage with stated hours. Demonstration that nobody writes down is no stop. "
        "Where hours may lie in a stage that is not stated, how far it goes is not said."
    )
    assessed = _("Assessed is an ability with hours of assessment, or with a course that reaches the level A.")
    return (Rule(stops, "002 §IV.A", "method"), Rule(assessed, "002 §IV.A", "method"))
