"""Snapshots: an analysis frozen with all that it read, and repeated from that to see whether it says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from zlib import decompress

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from curricula.analysis.gap import Prepared, prepare
from curricula.analysis.next_evidence import next_evidence
from curricula.analysis.optimise.optimiser import HoursPlan, hours_plan
from curricula.models import Curriculum, Snapshot
from curricula.reports.build import build_report, evidence_lines
from curricula.reports.gap_report import GapReport
from curricula.reports.json_report import report_data
from curricula.reports.table import Column, Table
from curricula.reports.tables import report_tables
from curricula.wording.formats import Value

from .frames import frames_for
from .frozen import Inputs, Words, canonical, packed, unpacked
from .made_with import made_with
from .reports import POLICY, as_of_today, words_of_records

PROGRAM: Final = "talentgap"
INSIDE: Final = {"parameters": "key", "warnings": "code"}  # columns that were kept once and are no reader's business
IN_WORDS: Final = ("message", "reason", "reasons", "told", "title", "tables", "sentence", "evidence")


def inputs_of(curriculum: Curriculum, *, moment: datetime | None = None) -> Inputs:
    """Everything that the report of a plan reads by now, in every language; dated as of `moment`."""
    plan, words = as_of_today(curriculum), {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said = words_of_records(plan, records=True)
            words[language] = replace(said, subject=replace(said.subject, created=moment or timezone.now()))
    with override(settings.LANGUAGE_CODE):
        return Inputs(frames_for(plan), POLICY, words)


def frozen(curriculum: Curriculum, *, inputs: Inputs | None = None, **facts: Any) -> Snapshot:
    """A snapshot that is not stored yet; `facts` are its kind, note, maker and moment."""
    facts.setdefault("created", timezone.now())
    inputs = inputs or inputs_of(curriculum, moment=facts["created"])
    held = packed(inputs)
    reports = dict(_reports(unpacked(held)))
    result = packed(_told(reports))
    framework = curriculum.framework
    return Snapshot(
        curriculum=curriculum,
        framework=framework.slug,
        framework_version=framework.version,
        vocabulary_version=framework.vocabulary_version,
        made_with=made_with(),
        parameters=asdict(inputs.policy),
        counts=_counts(next(iter(reports.values()))),
        findings=_findings(reports),
        inputs=held,
        result=result,
        digest=_digest(held, result),
        **facts,
    )


def _digest(inputs: bytes | memoryview, result: bytes | memoryview) -> str:
    return sha256(decompress(inputs) + decompress(result)).hexdigest()


def _reports(inputs: Inputs) -> Iterator[tuple[str, GapReport]]:
    """The report in every language, from what was frozen alone."""
    prepared = prepare(inputs.frames, inputs.policy)
    steps, plan = next_evidence(prepared), hours_plan(prepared)
    for language, words in inputs.words.items():
        with override(language):
            yield language, _report(prepared, steps, plan, words)


def _report(prepared: Prepared, steps: Any, plan: HoursPlan, words: Words) -> GapReport:
    frames, analysis = prepared.frames, prepared.analysis
    report = build_report(analysis, frames=frames, subject=words.subject, names=words.names, plan=plan)
    lines = evidence_lines(steps, analysis, words.names, positions=list(frames.prepares_for))
    return replace(words.beside(report), next_evidence=lines)


def _told(reports: dict[str, GapReport]) -> dict[str, Any]:
    """What is kept of a report: its figures as programs read them, and its words as people do."""
    return {
        language: {
            "report": report_data(report),
            "sentence": report.sentence,
            "evidence": report.evidence,
            "tables": [_stored_table(table) for table in report_tables(report)],
        }
        for language, report in reports.items()
    }


def _stored_table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "columns": [[column.key, column.title, column.kind] for column in table.columns],
        "rows": [[cell.text for cell in row] for row in table.rows],
        "notes": list(table.notes),
    }


@dataclass(frozen=True)
class Kept:
    """A report as it was, in one language."""

    report: dict[str, Any]
    sentence: str
    evidence: str
    tables: tuple[Table, ...]


def kept_report(snapshot: Snapshot, language: str) -> Kept:
    """What was said when the snapshot was made, whatever the program says by now."""
    stored = unpacked(snapshot.result)
    told = stored.get(language) or next(iter(stored.values()))
    return Kept(told["report"], told["sentence"], told["evidence"], tuple(map(_table, told["tables"])))


def _table(stored: dict[str, Any]) -> Table:
    inside = INSIDE.get(stored["key"])
    kept = [place for place, column in enumerate(stored["columns"]) if column[0] != inside]
    columns = tuple(Column(*stored["columns"][place]) for place in kept)
    rows = tuple(tuple(Value(row[place]) for place in kept) for row in stored["rows"])
    return Table(stored["key"], stored["title"], columns, rows, tuple(stored["notes"]))


def _counts(report: GapReport) -> dict[str, Any]:
    demand = report.demand
    return {
        "courses": len(report.courses),
        "mapped_courses": sum(line.mapped for line in report.courses),
        "cells": len(report.analysis.cells),
        "raters": report.agreement.raters,
        "postings": demand.postings if demand else 0,
        "employers": demand.employers if demand else None,
        "from": demand.first.isoformat() if demand else None,
        "to": demand.last.isoformat() if demand else None,
    }


def _findings(reports: dict[str, GapReport]) -> list[dict[str, Any]]:
    titles = {language: {a.code: a.title for a in report.abilities} for language, report in reports.items()}
    first = next(iter(reports.values()))
    return [
        {
            "code": line.code,
            "title": {language: named[line.code] for language, named in titles.items()},
            "label": line.label,
            "gap": line.gap,
        }
        for line in first.abilities
    ]


@dataclass(frozen=True)
class Verification:
    """Whether a snapshot says the same when it is made again from what was frozen."""

    intact: bool  # nobody wrote over it
    figures: tuple[str, ...]  # places where a number or a finding differs
    words: int  # places where only the wording differs
    changed: dict[str, tuple[str, str]]  # what it was made with that differs from today: before, now
    refused: str = ""  # why this program cannot repeat it at all

    @property
    def same(self) -> bool:
        return self.intact and not self.figures and not self.words and not self.refused


def verification_of(snapshot: Snapshot) -> Verification:
    """Repeats the analysis from the frozen inputs and compares it, figure by figure, with the frozen result."""
    now = made_with()
    changed = {name: (str(was), now.get(name, "")) for name, was in snapshot.made_with.items() if was != now.get(name)}
    intact = _digest(snapshot.inputs, snapshot.result) == snapshot.digest
    stored = unpacked(snapshot.result)
    try:
        again = unpacked(packed(_told(dict(_reports(unpacked(snapshot.inputs))))))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Frames of another program's time may lack what this one reads; then what was kept still stands.
        return Verification(intact, (), 0, changed, refused=repr(error))
    places = () if canonical(stored) == canonical(again) else tuple(_differing(stored, again, ""))
    figures = tuple(place for place in places if not _is_wording(place))
    return Verification(intact, figures, len(places) - len(figures), changed)


def _is_wording(place: str) -> bool:
    return any(part in IN_WORDS for part in place.split("."))


def _differing(was: Any, now: Any, place: str) -> Iterator[str]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted(was.keys() | now.keys()):  # the same ones are named each time
            yield from _differing(was.get(key), now.get(key), f"{place}.{key}".lstrip("."))
    elif isinstance(was, list | tuple) and isinstance(now, list | tuple) and len(was) == len(now):
        for number, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _differing(one, other, f"{place}.{number}")
    elif was != now:
        yield place
