"""The tables of a report, made once and shown by page, print and sheet alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from curricula.analysis.frames import MODES, TAUGHT_MODES
from curricula.wording import formats, phrases
from curricula.wording.formats import Kind, Showable, Value
from curricula.wording.optimise import changed

from .advice_lines import HoursAdvice
from .credibility import credibility_facts
from .evidence import evidence_facts
from .gap_report import ABILITY, AreaLine, CourseLine, GapReport, IndexLine, RecordLine
from .panel_tables import panel_tables
from .table import Column, Table


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
    columns = [
        column
        for name, told in ABILITY.items()
        for column in (_hour_columns() if name == "hours" else (Column(name, _(told.title), told.kind),))
        if told.title
    ]
    notes = _unknown(report)
    return _table("abilities", _("Abilities"), tuple(columns), report.abilities, notes=notes, written=_ABILITY)


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
    columns = (
        Column("title", _("Area"), "text"),
        *_hour_columns(),
        Column("unsplit_hours", _("Not split into modes, h"), "hours"),
    )
    unmapped = AreaLine("", _("Without a mapping"), report.unmapped)
    return _table("areas", _("Areas"), columns, (*report.areas, unmapped))


def alignment_table(report: GapReport) -> Table:
    columns = (
        Column("title", _("Compared"), "text"),
        Column("index", _("Porter index"), "index"),
        Column("low", _("Index, low"), "index"),
        Column("high", _("Index, high"), "index"),
        Column("null_low", _("Exchanged, low"), "index"),
        Column("null_high", _("Exchanged, high"), "index"),
        Column("flat", _("Flat plan"), "index"),
        Column("ceiling", _("Ceiling"), "index"),
        Column("abilities", _("Abilities compared"), "count"),
        Column("not_searchable", _("Not searchable"), "count"),
        Column("verdict", _("What it says"), "text"),
    )
    notes = (_("An interval is given where demand is a sample; the other sides are counted in full."),)
    plain = {"title": lambda line: line.title, "verdict": lambda line: line.verdict}
    measured = {column.key: _of_pair(column.key) for column in columns if column.key not in plain}
    return _table("alignment", _("Alignment"), columns, report.indices, notes=notes, written=plain | measured)


def _of_pair(key: str) -> Callable[[IndexLine], Showable]:
    return lambda line: getattr(line.value, key)


def positions_table(report: GapReport) -> Table:
    columns = (
        Column("code", _("Code"), "text"),
        Column("title", _("Position"), "text"),
        Column("prepared", _("Prepared for"), "flag"),
        Column("required", _("Abilities required"), "count"),
        Column("taught", _("Of these taught"), "count"),
        Column("practised", _("Of these practised"), "count"),
        Column("unstated", _("Of these not stated whether practised"), "count"),
        Column("assessed", _("Of these assessed"), "count"),
    )
    return _table("positions", _("Positions"), columns, report.positions)


def certifications_table(report: GapReport) -> Table:
    columns = (
        Column("code", _("Code"), "text"),
        Column("title", _("Certificate"), "text"),
        Column("direction_title", _("Direction"), "text"),
        Column("courses_required", _("Courses required"), "count"),
        Column("courses_offered", _("Of these offered"), "count"),
        Column("missing", _("Missing courses"), "text"),
    )
    written: dict[str, Callable[[Any], Showable]] = {
        "direction_title": lambda line: line.direction_title or _("all together"),
        "missing": lambda line: phrases.in_parts(line.missing) or _("none"),
    }
    return _table("certifications", _("Certificates"), columns, report.certifications, written=written)


def courses_table(report: GapReport) -> Table:
    """With the declared fields that any course states: a column of dashes says nothing."""
    stated = {fact.name: fact.label for line in report.courses for fact in line.facts if fact.cell is not None}
    columns = (
        Column("code", _("Code"), "text"),
        Column("title", _("Course"), "text"),
        Column("credits", _("Credits"), "number"),
        Column("term", _("Term"), "number"),
        *_hour_columns("number"),
        *(Column(name, title, "text") for name, title in stated.items()),
        Column("mapped", _("Mapped"), "flag"),
        Column("not_stated", _("Not stated"), "text"),
    )
    written = {"not_stated": _not_stated, "term": _terms} | {name: _fact(name) for name in stated}
    return _table("courses", _("Courses"), columns, report.courses, written=written)


def groups_table(report: GapReport) -> Table:
    columns = (
        Column("title", _("Elective group"), "text"),
        Column("rule", _("What is chosen"), "text"),
        Column("part", _("Part of each course"), "share"),
        Column("courses", _("Courses"), "text"),
    )
    written = {"courses": lambda line: phrases.in_parts(line.courses)}
    return _table("groups", _("Elective groups"), columns, report.groups, written=written)


def record_tables(report: GapReport) -> Iterator[Table]:
    """A table for each kind of record of the school that touches the plan."""
    for kind, found in groupby(report.records, key=attrgetter("kind")):
        lines = tuple(found)
        columns = tuple(Column(fact.name, capfirst(fact.label), "text") for fact in lines[0].facts)
        written = {column.key: _fact(column.key) for column in columns}
        yield _table(f"records_{kind}", lines[0].title, columns, lines, written=written)


def _fact(name: str) -> Callable[[CourseLine | RecordLine], Showable]:
    return lambda line: next((fact.text for fact in line.facts if fact.name == name and fact.cell is not None), None)


def recommendations_table(report: GapReport) -> Table:
    columns = (
        Column("kind_text", _("Kind"), "text"),
        Column("ability_title", _("Ability"), "text"),
        Column("course_title", _("Course"), "text"),
        Column("reason", _("Reason"), "text"),
        Column("by_hours", _("By hours alone"), "text"),
        Column("candidates", _("Other courses that could"), "text"),
        Column("reference_courses", _("Reference courses"), "text"),
        Column("certifications", _("Certificates that ask for it"), "text"),
    )
    written: dict[str, Callable[[Any], Showable]] = {
        "course_title": lambda line: line.course_title or _("a new course"),
        "candidates": lambda line: phrases.in_parts(line.candidates),
        "reference_courses": lambda line: phrases.in_parts(line.reference_courses),
        "certifications": lambda line: phrases.in_parts(line.certifications),
    }
    notes = tuple(filter(None, (report.map_first, report.hours.summary if report.hours else "")))
    return _table(
        "recommendations", _("Recommendations"), columns, report.recommendations, notes=notes, written=written
    )


def hours_table(hours: HoursAdvice) -> Table:
    """Each number before and after, and in the notes what is left."""
    columns = (
        Column("course_title", _("Course"), "text"),
        Column("ability_title", _("Ability"), "text"),
        Column("exposed", _("Hours"), "text"),
        Column("practised", _("Of it practice"), "text"),
        Column("share", _("Share of the course"), "text"),
        Column("size", _("Share of all hours"), "text"),
        Column("demanded", _("Share of demand"), "text"),
        Column("label", _("Finding"), "text"),
    )
    written: dict[str, Callable[[Any], Showable]] = {
        "course_title": lambda line: f"{line.line.course} {line.course_title}",
        "exposed": lambda line: changed(line.line.exposed, formats.hours),
        "practised": lambda line: changed(line.line.practised, formats.hours),
        "share": lambda line: changed(line.line.share, formats.share),
        "size": lambda line: changed(line.line.size, formats.share),
        "demanded": lambda line: formats.share(line.line.demanded),
        "label": lambda line: changed(line.label, str),
    }
    notes = (hours.summary, *(phrases.headed(left.ability_title, left.words) for left in hours.left))
    return _table("hours_advice", _("What hours alone can do"), columns, hours.lines, notes=notes, written=written)


def actions_table(report: GapReport) -> Table:
    columns = (
        Column("title", _("Action"), "text"),
        Column("ability_title", _("Ability"), "text"),
        Column("course", _("Course"), "text"),
        Column("actor_text", _("Actor"), "text"),
        Column("due", _("Due"), "date"),
        Column("state_text", _("State"), "text"),
        Column("closed_on", _("Done or dropped on"), "date"),
        Column("evidence", _("Evidence"), "text"),
    )
    return _table("actions", _("Actions"), columns, report.actions)


def decisions_table(report: GapReport) -> Table:
    columns = (
        Column("step", _("Step"), "text"),
        Column("kind_text", _("Decision"), "text"),
        Column("day", _("Date"), "date"),
        Column("document", _("Document"), "text"),
        Column("reason", _("Reason"), "text"),
    )
    alone = _("Decided by who sent it, because the school has no other director.")
    notes = (alone,) if any(line.alone for line in report.decisions) else ()
    return _table("decisions", _("Decisions"), columns, report.decisions, notes=notes)


def evidence_table(report: GapReport) -> Table:
    return Table("evidence", _("Evidence"), _fact_columns(), tuple(evidence_facts(report)))


def credibility_table(report: GapReport) -> Table:
    facts = tuple(credibility_facts(report))
    return Table("credibility", _("How the mapping was made"), _fact_columns(), facts)


def _fact_columns() -> tuple[Column, ...]:
    return (
        Column("fact", _("Fact"), "text"),
        Column("value", _("Value"), "text"),
        Column("note", _("Note"), "text"),
    )


def next_evidence_table(report: GapReport) -> Table:
    columns = (
        Column("told", _("What to do"), "text"),
        Column("work", _("Work"), "text"),
        Column("worth", _("What it would settle"), "text"),
        Column("named", _("Abilities and chances"), "text"),
    )
    written = {"named": lambda line: phrases.in_parts(line.named)}
    return _table("next_evidence", _("Evidence to collect next"), columns, report.next_evidence, written=written)


def parameters_table(report: GapReport) -> Table:
    columns = (
        Column("title", _("Parameter"), "text"),
        Column("value", _("Value"), "text"),
        Column("reason", _("Why"), "text"),
    )
    rows = tuple((Value(line.title), Value(line.value, line.kind), Value(line.reason)) for line in report.parameters)
    return Table("parameters", _("Method"), columns, rows, notes=report.method)


def labels_table(report: GapReport) -> Table:
    columns = (
        Column("text", _("Finding"), "text"),
        Column("abilities", _("Abilities"), "count"),
        Column("meaning", _("Meaning"), "text"),
    )
    return _table("labels", _("What the findings mean"), columns, report.labels)


def warnings_table(report: GapReport) -> Table:
    columns = (Column("message", _("Warning"), "text"),)
    return _table("warnings", _("Warnings"), columns, report.warnings)


def _table(
    key: str,
    title: str,
    columns: tuple[Column, ...],
    lines: Iterable[Any],
    *,
    notes: tuple[str, ...] = (),
    written: Mapping[str, Callable[[Any], Showable]] = MappingProxyType({}),
) -> Table:
    """A row for each line: its attributes, but for those that `written` puts into words; hours by their mode."""

    def value(line: Any, name: str) -> Showable:
        if name in written:
            return written[name](line)
        in_mode = name in _HOURS and _HOURS[name] in getattr(line, "hours", ())
        return line.hours[_HOURS[name]] if in_mode else getattr(line, name)

    rows = tuple(tuple(Value(value(line, column.key), column.kind) for column in columns) for line in lines)
    return Table(key, title, columns, rows, notes)


_HOURS: Final = {f"{mode}_hours": mode for mode in TAUGHT_MODES}


def _hour_columns(kind: Kind = "hours") -> tuple[Column, ...]:
    """What a course states keeps its digits, what is computed from it is rounded."""
    titles = {mode: _("%(mode)s, h") % {"mode": phrases.mode_text(mode)} for mode in MODES}
    return tuple(Column(f"{mode}_hours", title, kind) for mode, title in titles.items())


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
