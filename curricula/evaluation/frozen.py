"""What an analysis and its report read of one plan, kept as JSON and read again bit for bit, without the records."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from curricula.analysis.frames import CurriculumFrames, DemandFrames, Policy
from curricula.reports.gap_report import ActionLine, DecisionLine, GapReport, RecordLine, ReportSubject
from curricula.reports.panels import Block, Figure, Listing, Missing, PanelSection, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording.facts import Fact
from curricula.wording.formats import Value
from curricula.wording.names import Names


@dataclass(frozen=True)
class Words:
    """What codes are called in one language, whose plan it is, and what is recorded of it beside the analysis."""

    names: Names
    subject: ReportSubject
    records: tuple[RecordLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    panels: tuple[PanelSection, ...] = ()

    def beside(self, report: GapReport) -> GapReport:
        """The report with what is recorded beside the analysis."""
        return replace(
            report, records=self.records, decisions=self.decisions, actions=self.actions, panels=self.panels
        )


@dataclass(frozen=True)
class Inputs:
    """Everything that it takes to say again what a report said."""

    frames: CurriculumFrames
    policy: Policy
    words: dict[str, Words]  # by language


KIND: Final = "is"
CLASSES: Final[dict[str, type[Any]]] = {
    each.__name__: each
    for each in (
        *(CurriculumFrames, DemandFrames, Policy, Inputs, Words, Names, ReportSubject),
        *(RecordLine, DecisionLine, ActionLine, Fact),
        *(PanelSection, Reading, Block, Figure, Listing, Rule, Missing, Table, Column, Value),
    )
}


def packed(value: Any) -> bytes:
    """Compressed; the same value gives the same bytes."""
    return zlib.compress(canonical(_plain(value)), 6)


def unpacked(stored: bytes | memoryview) -> Any:
    """What was packed. A field that a class has lost since is passed over, a new one has its default."""
    return _object(json.loads(zlib.decompress(stored)))


def canonical(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        columns = [[name, *_column(value[name])] for name in value.columns]
        return {KIND: "frame", "index": [value.index.name, *_column(value.index.to_series())], "columns": columns}
    if type(value).__name__ in CLASSES:
        held = {name: _plain(getattr(value, name)) for name in _field_names(type(value))}
        return {KIND: type(value).__name__, "held": held}
    if isinstance(value, date):
        return {KIND: "datetime" if isinstance(value, datetime) else "date", "held": value.isoformat()}
    if isinstance(value, tuple | frozenset):
        members = sorted(value) if isinstance(value, frozenset) else value
        return {KIND: type(value).__name__, "held": [_plain(each) for each in members]}
    if isinstance(value, Mapping):
        return {KIND: "dict", "held": [[key, _plain(each)] for key, each in value.items()]}
    return [_plain(each) for each in value] if isinstance(value, list) else _word(value)


def _word(value: Any) -> Any:
    """Texts in the language of the moment become those texts."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _column(values: pd.Series) -> tuple[str, list[Any]]:
    if pd.api.types.is_datetime64_dtype(values):
        return str(values.dtype), values.astype("int64").tolist()
    return str(values.dtype), values.tolist()


def _series(dtype: Any, values: list[Any]) -> pd.Series:
    if dtype.startswith("datetime64"):
        return pd.Series(values, dtype="int64").astype(dtype)
    return pd.Series(values, dtype=dtype)


def _field_names(kind: type[Any]) -> tuple[str, ...]:
    named: tuple[str, ...] = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else kind._fields
    return named


def _object(data: Any) -> Any:
    if isinstance(data, list):
        return [_object(each) for each in data]
    if not isinstance(data, dict):
        return data
    kind = data[KIND]
    if kind in CLASSES:
        known = _field_names(CLASSES[kind])
        return CLASSES[kind](**{name: _object(held) for name, held in data["held"].items() if name in known})
    return _MAKERS[kind](data)


def _frame(data: dict[str, Any]) -> pd.DataFrame:
    name, *index = data["index"]
    held = {column: _series(dtype, values).array for column, dtype, values in data["columns"]}
    return pd.DataFrame(held, columns=list(held), index=pd.Index(_series(*index), name=name))


_MAKERS: Final[dict[str, Any]] = {
    "frame": _frame,
    "datetime": lambda data: datetime.fromisoformat(data["held"]),
    "date": lambda data: date.fromisoformat(data["held"]),
    "tuple": lambda data: tuple(map(_object, data["held"])),
    "frozenset": lambda data: frozenset(map(_object, data["held"])),
    "dict": lambda data: {key: _object(held) for key, held in data["held"]},
}
