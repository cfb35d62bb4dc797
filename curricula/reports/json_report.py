"""The gap report as JSON, schema 1: keys and codes for programs, titles only of its own records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from curricula.analysis.frames import PAIRS
from curricula.analysis.optimise.optimiser import Line

from .advice_lines import HoursAdvice
from .evidence import credibility_data
from .gap_report import (
    ABILITY,
    AbilityLine,
    ActionLine,
    CertificationLine,
    CourseLine,
    DecisionLine,
    DemandLine,
    EvidenceLine,
    GapReport,
    GroupLine,
    IndexLine,
    RecordLine,
)
from .panel_tables import panel_data

SCHEMA: Final = "talentgap.gap-report/1"
PARAMETERS: Final = (
    *("ratio", "least_hours", "cap", "demand_floor", "min_postings", "fdr"),
    *("all_electives", "least_evidence"),
)
_POSITION: Final = ("code", "title", "required", "taught", "practised", "unstated", "assessed")
_COURSE: Final = ("code", "title", "credits", "term", "term_last", "hours", "mapped")
_RECOMMENDATION: Final = ("kind", "ability", "course", "reason", "by_hours")


def json_report(report: GapReport) -> bytes:
    """UTF-8, indented; what is unknown is null, and a number that JSON does not know is an error."""
    text = json.dumps(report_data(report), ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode()


def report_data(report: GapReport) -> dict[str, Any]:
    """The same as plain dictionaries and lists, for the API."""
    school, program, _year = report.subject.key.split("/")
    return {
        "schema": SCHEMA,
        "school": school,
        "program": program,
        **_stated(report.subject, "year", "version", "state", "framework", "framework_version"),
        "created": report.subject.created.isoformat(),
        "parameters": _stated(report.policy, *PARAMETERS),
        "demand": _demand(report.demand) if report.demand else None,
        "alignment": dict.fromkeys(PAIRS) | {line.pair: _index(line) for line in report.indices},
        "abilities": [_ability(line) for line in report.abilities],
        "positions": [_stated(line, *_POSITION) for line in report.positions],
        "certifications": list(_certifications(report.certifications)),
        "courses": [_stated(line, *_COURSE) | _facts(line) for line in report.courses],
        "elective_groups": [_group(line) for line in report.groups],
        "next_evidence": [_evidence(line) for line in report.next_evidence],
        "records": [_stated(line, "kind") | _facts(line) for line in report.records],
        "decisions": [_decision(line) for line in report.decisions],
        "actions": [_action(line) for line in report.actions],
        "panels": [panel_data(section) for section in report.panels],
        "recommendations": [_stated(line, *_RECOMMENDATION) for line in report.recommendations],
        "hours": _hours(report.hours) if report.hours else None,
        "credibility": credibility_data(report),
        "warnings": [_stated(line, "code", "message") for line in report.warnings],
    }


def _stated(line: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(line, name) for name in names}


def _facts(line: CourseLine | RecordLine) -> dict[str, Any]:
    return {fact.name: fact.cell for fact in line.facts}


def _demand(line: DemandLine) -> dict[str, Any]:
    return {
        "sources": list(line.sources),
        "from": line.first.isoformat(),
        "to": line.last.isoformat(),
        **_stated(line, "postings", "employers", "effective_employers", "duplicates_removed"),
    }


def _index(line: IndexLine) -> dict[str, float | None] | None:
    keys = ("index", "null_low", "null_high", "ceiling", "flat", "low", "high")
    return None if line.value.index is None else _stated(line.value, *keys)


def _ability(line: AbilityLine) -> dict[str, Any]:
    values = _stated(line, *(name for name, told in ABILITY.items() if told.json))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _certifications(lines: tuple[CertificationLine, ...]) -> Iterator[dict[str, Any]]:
    """Each certificate as a whole, with its directions inside."""
    for whole in (line for line in lines if not line.direction):
        directions = [line for line in lines if line.code == whole.code and line.direction]
        yield {
            **_stated(whole, "code", "title"),
            **_readiness(whole),
            "directions": [{"direction": line.direction, **_readiness(line)} for line in directions],
        }


def _evidence(line: EvidenceLine) -> dict[str, Any]:
    chances = [{"code": code, "chance": chance} for code, _title, chance in line.findings]
    return _stated(line, "kind", "told", "minutes", "expected") | {"abilities": chances}


def _readiness(line: CertificationLine) -> dict[str, Any]:
    return _stated(line, "courses_required", "courses_offered") | {"missing": list(line.missing_codes)}


def _group(line: GroupLine) -> dict[str, Any]:
    return _stated(line, "title", "choose", "credits", "hours", "part") | {"courses": list(line.courses)}


def _decision(line: DecisionLine) -> dict[str, Any]:
    return _stated(line, "step", "kind", "document", "reason", "alone") | {"date": line.day.isoformat()}


def _action(line: ActionLine) -> dict[str, Any]:
    days = {name: day.isoformat() if day else None for name, day in _stated(line, "due", "closed_on").items()}
    return _stated(line, "title", "ability", "course", "actor", "state", "evidence") | days


def _hours(hours: HoursAdvice) -> dict[str, Any]:
    """What hours alone can do: every number before and after."""
    plan = hours.plan
    return {
        "statement": hours.summary,
        "targets": list(plan.targets),
        "no_longer_short": list(plan.cured),
        "hours": plan.hours,
        "courses": list(plan.courses),
        "edits": [_hours_edit(each.line) for each in hours.lines],
        "left": [_stated(left, "ability", "hours") for left in plan.left],
    }


def _hours_edit(line: Line) -> dict[str, Any]:
    changes = {"hours": line.exposed, "practised": line.practised, "share": line.share, "label": line.label}
    return _stated(line, "course", "ability") | {
        f"{name}_{side}": getattr(change, side) for name, change in changes.items() for side in ("before", "after")
    }
