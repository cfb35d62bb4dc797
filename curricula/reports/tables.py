"""The tables of a report, made once and shown by page, print and sheet alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from curricula.analysis.frames import MODES
from curricula.wording import formats, phrases
from curricula.wording.formats import Kind, Showable, Value
from curricula.wording.optimise import changed

from .advice_lines import HoursAdvice
from .evidence import credibility_facts, evidence_facts
from .gap_report import ABILITY, AbilityLine, AreaLine, CourseLine, GapReport, RecordLine, Told
from .panel_tables import panel_tables
from .table import Cells, Table, in_order, table_of


def report_tables(report: GapReport) -> tuple[Table, ...]:
    """Every table of the report, in the order of a reader's questions, in the report's language."""
    with override(report.subject.language):
        return (
            abilities_table(report),
            areas_table(report),
            alignment_table(report),
            positions_table(report),
            certifications_table(report),
            courses_table(report),
            *(groups_table(report) for _each in report.groups[:1]),
            *record_tables(report),
            *panel_tables(report.panels),
            recommendations_table(report),
            *((hours_table(report.hours),) if report.hours and report.hours.plan.targets else ()),
            *(actions_table(report) for _each in report.actions[:1]),
            *(decisions_table(report) for _each in report.decisions[:1]),
            evidence_table(report),
            *(next_evidence_table(report) for _each in report.next_evidence[:1]),
            credibility_table(report),
            parameters_table(report),
            labels_table(report),
            warnings_table(report),
        )


def abilities_table(report: GapReport) -> Table:
    columns = ability_cells(lambda told: told.title, written=_ABILITY)
    return table_of("abilities", _("Abilities"), report.abilities, *columns, notes=_unknown(report))


def ability_cells(
    wanted: Callable[[Told], object], written: Mapping[str, Callable[[Any], Showable]] = MappingProxyType({})
) -> Iterator[Cells]:
    """The wanted columns of an ability with their plain values, but for those that `written` puts into words."""
    for name, told in ABILITY.items():
        if wanted(told) and name == "hours":
            yield from _hours()
        elif wanted(told):
            yield Cells(name, _(told.title) if told.title else "", told.kind, written.get(name))


_ABILITY: Final[Mapping[str, Callable[[Any], Showable]]] = {
    "level_reached": lambda line: phrases.level_text(line.level_reached) if line.courses else _("none"),
    "level_required": lambda line: phrases.level_text(line.level_required) if line.level_required else _("none"),
    "exposure_status": lambda line: phrases.status_text(line.exposure_status),
    "theory_status": lambda line: phrases.status_text(line.theory_status),
    "practice_status": lambda line: phrases.status_text(line.practice_status),
    "courses": lambda line: phrases.in_a_row(line.courses) or _("none"),
    "reasons": lambda line: phrases.space().join(line.reasons),
}


def areas_table(report: GapReport) -> Table:
    return table_of(
        "areas",
        _("Areas"),
        (*report.areas, AreaLine("", _("Without a mapping"), report.unmapped)),
        Cells("title", _("Area")),
        *_hours(),
        Cells("unsplit_hours", _("Not split into modes, h"), "hours", lambda line: line.hours["unsplit"]),
    )


def alignment_table(report: GapReport) -> Table:
    def measured(key: str, title: str, kind: Kind = "index") -> Cells:
        return Cells(key, title, kind, attrgetter(f"value.{key}"))

    return table_of(
        "alignment",
        _("Alignment"),
        report.indices,
        Cells("title", _("Compared")),
        measured("index", _("Porter index")),
        measured("low", _("Index, low")),
        measured("high", _("Index, high")),
        measured("null_low", _("Exchanged, low")),
        measured("null_high", _("Exchanged, high")),
        measured("flat", _("Flat plan")),
        measured("ceiling", _("Ceiling")),
        measured("abilities", _("Abilities compared"), "count"),
        measured("not_searchable", _("Not searchable"), "count"),
        Cells("verdict", _("What it says")),
        notes=(_("An interval is given where demand is a sample; the other sides are counted in full."),),
    )


def positions_table(report: GapReport) -> Table:
    return table_of(
        "positions",
        _("Positions"),
        report.positions,
        Cells("code", _("Code")),
        Cells("title", _("Position")),
        Cells("prepared", _("Prepared for"), "flag"),
        Cells("required", _("Abilities required"), "count"),
        Cells("taught", _("Of these taught"), "count"),
        Cells("practised", _("Of these practised"), "count"),
        Cells("unstated", _("Of these not stated whether practised"), "count"),
        Cells("assessed", _("Of these assessed"), "count"),
    )


def certifications_table(report: GapReport) -> Table:
    return table_of(
        "certifications",
        _("Certificates"),
        report.certifications,
        Cells("code", _("Code")),
        Cells("title", _("Certificate")),
        Cells("direction_title", _("Direction"), of=lambda line: line.direction_title or _("all together")),
        Cells("courses_required", _("Courses required"), "count"),
        Cells("courses_offered", _("Of these offered"), "count"),
        Cells("missing", _("Missing courses"), of=lambda line: phrases.in_parts(line.missing) or _("none")),
    )


def courses_table(report: GapReport) -> Table:
    """With the declared fields that any course states: a column of dashes says nothing."""
    stated = {fact.name: fact.label for line in report.courses for fact in line.facts if fact.cell is not None}
    return table_of(
        "courses",
        _("Courses"),
        report.courses,
        Cells("code", _("Code")),
        Cells("title", _("Course")),
        Cells("credits", _("Credits"), "number"),
        Cells("term", _("Term"), "number", _terms),
        *_hours("number"),
        *(_fact(name, title) for name, title in stated.items()),
        Cells("mapped", _("Mapped"), "flag"),
        Cells("not_stated", _("Not stated"), of=_not_stated),
    )


def groups_table(report: GapReport) -> Table:
    return table_of(
        "groups",
        _("Elective groups"),
        report.groups,
        Cells("title", _("Elective group")),
        Cells("rule", _("What is chosen")),
        Cells("part", _("Part of each course"), "share"),
        _parts("courses", _("Courses")),
    )


def record_tables(report: GapReport) -> Iterator[Table]:
    """A table for each kind of record of the school that touches the plan."""
    for kind, found in groupby(report.records, key=attrgetter("kind")):
        lines = tuple(found)
        columns = (_fact(fact.name, capfirst(fact.label)) for fact in lines[0].facts)
        yield table_of(f"records_{kind}", lines[0].title, lines, *columns)


def _fact(name: str, title: str) -> Cells:
    def told(line: CourseLine | RecordLine) -> Showable:
        return next((fact.text for fact in line.facts if fact.name == name and fact.cell is not None), None)

    return Cells(name, title, of=told)


def recommendations_table(report: GapReport) -> Table:
    return table_of(
        "recommendations",
        _("Recommendations"),
        report.recommendations,
        Cells("kind_text", _("Kind")),
        Cells("ability_title", _("Ability")),
        Cells("course_title", _("Course"), of=lambda line: line.course_title or _("a new course")),
        Cells("reason", _("Reason")),
        Cells("by_hours", _("By hours alone")),
        _parts("candidates", _("Other courses that could")),
        _parts("reference_courses", _("Reference courses")),
        _parts("certifications", _("Certificates that ask for it")),
        notes=tuple(filter(None, (report.map_first, report.hours.summary if report.hours else ""))),
    )


def _parts(key: str, title: str) -> Cells:
    return Cells(key, title, of=lambda line: phrases.in_parts(getattr(line, key)))


def hours_table(hours: HoursAdvice) -> Table:
    """Each number before and after, and in the notes what is left."""
    return table_of(
        "hours_advice",
        _("What hours alone can do"),
        hours.lines,
        Cells("course_title", _("Course"), of=lambda line: f"{line.line.course} {line.course_title}"),
        Cells("ability_title", _("Ability")),
        Cells("exposed", _("Hours"), of=lambda line: changed(line.line.exposed, formats.hours)),
        Cells("practised", _("Of it practice"), of=lambda line: changed(line.line.practised, formats.hours)),
        Cells("share", _("Share of the course"), of=lambda line: changed(line.line.share, formats.share)),
        Cells("size", _("Share of all hours"), of=lambda line: changed(line.line.size, formats.share)),
        Cells("demanded", _("Share of demand"), of=lambda line: formats.share(line.line.demanded)),
        Cells("label", _("Finding"), of=lambda line: changed(line.label, str)),
        notes=(hours.summary, *(phrases.headed(left.ability_title, left.words) for left in hours.left)),
    )


def actions_table(report: GapReport) -> Table:
    return table_of(
        "actions",
        _("Actions"),
        report.actions,
        Cells("title", _("Action")),
        Cells("ability_title", _("Ability")),
        Cells("course", _("Course")),
        Cells("actor_text", _("Actor")),
        Cells("due", _("Due"), "date"),
        Cells("state_text", _("State")),
        Cells("closed_on", _("Done or dropped on"), "date"),
        Cells("evidence", _("Evidence")),
    )


def decisions_table(report: GapReport) -> Table:
    alone = _("Decided by who sent it, because the school has no other director.")
    return table_of(
        "decisions",
        _("Decisions"),
        report.decisions,
        Cells("step", _("Step")),
        Cells("kind_text", _("Decision")),
        Cells("day", _("Date"), "date"),
        Cells("document", _("Document")),
        Cells("reason", _("Reason")),
        notes=(alone,) if any(line.alone for line in report.decisions) else (),
    )


def evidence_table(report: GapReport) -> Table:
    return table_of("evidence", _("Evidence"), evidence_facts(report), *_fact_columns())


def credibility_table(report: GapReport) -> Table:
    return table_of("credibility", _("How the mapping was made"), credibility_facts(report), *_fact_columns())


def _fact_columns() -> tuple[Cells, ...]:
    return in_order(fact=_("Fact"), value=_("Value"), note=_("Note"))


def next_evidence_table(report: GapReport) -> Table:
    return table_of(
        "next_evidence",
        _("Evidence to collect next"),
        report.next_evidence,
        Cells("told", _("What to do")),
        Cells("work", _("Work")),
        Cells("worth", _("What it would settle")),
        _parts("named", _("Abilities and chances")),
    )


def parameters_table(report: GapReport) -> Table:
    return table_of(
        "parameters",
        _("Method"),
        report.parameters,
        Cells("title", _("Parameter")),
        Cells("value", _("Value"), of=lambda line: Value(line.value, line.kind)),
        Cells("reason", _("Why")),
        notes=report.method,
    )


def labels_table(report: GapReport) -> Table:
    return table_of(
        "labels",
        _("What the findings mean"),
        report.labels,
        Cells("text", _("Finding")),
        Cells("abilities", _("Abilities"), "count"),
        Cells("meaning", _("Meaning")),
    )


def warnings_table(report: GapReport) -> Table:
    return table_of("warnings", _("Warnings"), report.warnings, Cells("message", _("Warning")))


def _hours(kind: Kind = "hours") -> Iterator[Cells]:
    """What a course states keeps its digits, what is computed from it is rounded."""
    for mode in MODES:
        title = _("%(mode)s, h") % {"mode": phrases.mode_text(mode)}
        yield Cells(f"{mode}_hours", title, kind, partial(_in_mode, mode))


def _in_mode(mode: str, line: AbilityLine | AreaLine | CourseLine) -> float | None:
    return line.hours[mode]


def _unknown(report: GapReport) -> tuple[str, ...]:
    """Why whole columns of the abilities have no value; what concerns one ability stands among its reasons."""
    sentences = {
        "taught_share": _("No ability has hours of theory, so there is no share of them."),
        "practised_share": _("No ability has stated hours of practice, or too few to take shares of."),
        "required_share": _(
            "No position that the plan prepares for requires an ability, so there is no required share."
        ),
        "demand_share": _("Demand is unknown, so there is no share of it."),
        "change": _("No change of demand can be told: one of its two periods has too few dated postings."),
    }
    lines = report.abilities
    return tuple(said for name, said in sentences.items() if all(getattr(line, name) is None for line in lines))


def _terms(line: CourseLine) -> Showable:
    """The number of its term, or from the first to the last."""
    several = line.term_last is not None and line.term_last != line.term
    return formats.span(line.term, line.term_last) if several else line.term


def _not_stated(line: CourseLine) -> str:
    missing = [phrases.mode_text(mode) for mode, hours in line.hours.items() if hours is None]
    stated = [(_("credits"), line.credits), (_("term"), line.term)]
    return phrases.listed([title for title, value in stated if value is None] + missing)
