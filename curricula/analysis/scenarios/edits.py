"""What a scenario is made of: one kind of edit for each thing that a plan can change, and their form in JSON."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any, Final

from curricula.analysis.frames import LEVELS, MODES


@dataclass(frozen=True)
class NewMapping:
    """One ability that a new course serves; a share of None is not stated, as in a mapping."""

    ability: str
    level: str = ""
    share: float | None = None


@dataclass(frozen=True)
class AddCourse:
    """A course that the plan does not have; a mode without hours is not stated."""

    code: str
    title: str = ""
    credits: float | None = None
    term: int | None = None
    hours: Mapping[str, float] = field(default_factory=dict)
    mappings: tuple[NewMapping, ...] = ()
    reference_course: str | None = None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class DropCourse:
    """The course leaves with its hours, mapping, ratings, prerequisites and equivalences."""

    course: str


@dataclass(frozen=True)
class MoveCourse:
    course: str
    term: int | None


@dataclass(frozen=True)
class SetHours:
    """New hours in the modes that are named, None for not stated; the other modes stay."""

    course: str
    hours: Mapping[str, float | None]


@dataclass(frozen=True)
class SetMapping:
    """The accepted cell, new or in place of the one that stands."""

    course: str
    ability: str
    level: str = ""
    share: float | None = None


@dataclass(frozen=True)
class RemoveMapping:
    course: str
    ability: str


@dataclass(frozen=True)
class JoinCompetition:
    """The course prepares for a competition, whose work adds hours of operation."""

    course: str
    title: str
    hours: float


@dataclass(frozen=True)
class AddCertificate:
    """The curriculum prepares for the certificate as well."""

    certification: str


Edit = AddCourse | DropCourse | MoveCourse | SetHours | SetMapping | RemoveMapping | JoinCompetition | AddCertificate

BLANKS: Final = "\t\n\r"  # come with titles that were pasted, and harm nothing
UNWRITABLE: Final = ("Cc", "Cs")  # control characters, and halves of characters that no encoding takes
KINDS: Final[dict[str, type[Any]]] = {
    "add_course": AddCourse,
    "drop_course": DropCourse,
    "move_course": MoveCourse,
    "set_hours": SetHours,
    "set_mapping": SetMapping,
    "remove_mapping": RemoveMapping,
    "join_competition": JoinCompetition,
    "add_certificate": AddCertificate,
}


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """The edit as plain data: its kind and its fields, whole, so that it can be stored and read again.

    >>> edit_to_json(MoveCourse("C1", term=3))
    {'kind': 'move_course', 'course': 'C1', 'term': 3}
    """
    kind = next(kind for kind, made in KINDS.items() if isinstance(edit, made))
    return {"kind": kind, **{each.name: _plain(getattr(edit, each.name)) for each in fields(edit)}}


def edit_from_json(data: Mapping[str, Any]) -> Edit:
    """The edit that `edit_to_json` wrote, or that a form or another program composed.

    Raises ValueError that names the field which is missing, unknown or of the wrong type. Whether the edit
    suits a plan is another question, which `apply_edits` answers.

    >>> edit_from_json({"kind": "set_hours", "course": "C1", "hours": {"operation": 24}})
    SetHours(course='C1', hours={'operation': 24.0})
    """
    kind = data.get("kind")
    if kind not in KINDS:
        raise ValueError(f"an edit has no kind {kind!r}; the kinds are {', '.join(KINDS)}")
    made, given = KINDS[kind], {name: value for name, value in data.items() if name != "kind"}
    return made(**_read_fields(made, given, name=kind))


def writable(value: Any) -> bool:
    """No text in the edit, or whatever it is made of, holds what no record can keep or no reader can see.

    >>> writable(DropCourse("数据\u3000分析")), writable(DropCourse("C1\x00")), writable(DropCourse("C1\ud800"))
    (True, False, False)
    """
    if isinstance(value, str):
        return not any(unicodedata.category(letter) in UNWRITABLE and letter not in BLANKS for letter in value)
    if isinstance(value, Mapping):
        return all(writable(each) for pair in value.items() for each in pair)
    if isinstance(value, tuple | list):
        return all(map(writable, value))
    return not is_dataclass(value) or all(writable(getattr(value, each.name)) for each in fields(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, NewMapping):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _read_fields(made: type[Any], given: Mapping[str, Any], *, name: str) -> dict[str, Any]:
    known = {each.name: each for each in fields(made)}
    for odd in given:
        if odd not in known:
            raise ValueError(f"{name}: there is no field {odd!r}; the fields are {', '.join(known)}")
    for wanted, each in known.items():
        if wanted not in given and each.default is MISSING and each.default_factory is MISSING:
            raise ValueError(f"{name}: the field {wanted!r} is missing")
    return {key: _reader(made, key)(value, f"{name}: {key}") for key, value in given.items()}


def _reader(made: type[Any], key: str) -> Callable[[Any, str], Any]:
    return _number if made is JoinCompetition and key == "hours" else READERS[key]


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text, but is {value!r}")
    if not writable(value):
        raise ValueError(f"{name} must be without control characters, but is {value!r}")
    return value


def _code(value: Any, name: str) -> str:
    if not _text(value, name).strip():
        raise ValueError(f"{name} must not be empty")
    return str(value)


def _number(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_finite(value):
        raise ValueError(f"{name} must be a finite number, but is {value!r}")
    return float(value)


def is_finite(value: int | float) -> bool:
    """A whole number may have more digits than any float."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _term(value: Any, name: str) -> int:
    if _number(value, name) != int(value):
        raise ValueError(f"{name} must be a whole number, but is {value!r}")
    return int(value)


def _level(value: Any, name: str) -> str:
    if value not in LEVELS:
        raise ValueError(f"{name} must be I, D, A or empty, but is {value!r}")
    return str(value)


def _optional(read: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    return lambda value, name: None if value is None else read(value, name)


def _hours(value: Any, name: str) -> dict[str, float | None]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} must be hours by mode, but is {value!r}")
    for mode in value:
        if mode not in MODES:
            raise ValueError(f"{name}: there is no mode {mode!r}; the modes are {', '.join(MODES)}")
    return {mode: _optional(_number)(hours, f"{name}: {mode}") for mode, hours in value.items()}


def _cells(value: Any, name: str) -> tuple[NewMapping, ...]:
    cells = _list(value, name)
    for place, cell in enumerate(cells):
        if not isinstance(cell, Mapping):
            raise ValueError(f"{name}: number {place} must have an ability, a level and a share, but is {cell!r}")
    return tuple(
        NewMapping(**_read_fields(NewMapping, cell, name=f"{name}: number {place}"))
        for place, cell in enumerate(cells)
    )


def _codes(value: Any, name: str) -> tuple[str, ...]:
    return tuple(_code(each, f"{name}: number {place}") for place, each in enumerate(_list(value, name)))


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name} must be a list, but is {value!r}")
    return list(value)


READERS: Final[dict[str, Callable[[Any, str], Any]]] = {
    "code": _code,
    "course": _code,
    "ability": _code,
    "certification": _code,
    "title": _text,
    "reference_course": _optional(_code),
    "credits": _optional(_number),
    "share": _optional(_number),
    "term": _optional(_term),
    "level": _level,
    "hours": _hours,
    "mappings": _cells,
    "requires": _codes,
}
