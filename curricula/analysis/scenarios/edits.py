"""What a scenario is made of: one kind of edit for each thing that a plan can change, and their form in JSON."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, ConfigDict, FiniteFloat, Strict, TypeAdapter, ValidationError

from curricula.analysis.frames import LEVELS, MODES

BLANKS: Final = "\t\n\r"  # come with titles that were pasted, and harm nothing
UNWRITABLE: Final = ("Cc", "Cs")  # control characters, and halves of characters that no encoding takes


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


def is_finite(value: int | float) -> bool:
    """A whole number may have more digits than any float."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _expect(holds: Any, words: str) -> AfterValidator:
    """Refuses, in these words, a value of the right type for which it does not hold."""

    def checked(value: Any) -> Any:
        if not holds(value):
            raise ValueError(words)
        return value

    return AfterValidator(checked)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_finite(value):
        raise ValueError("must be a finite number")
    if value != int(value):
        raise ValueError("must be a whole number")
    return int(value)


Text = Annotated[str, Strict(), _expect(writable, "must be without control characters")]
Code = Annotated[Text, _expect(str.strip, "must not be empty")]
Number = Annotated[FiniteFloat, Strict()]  # an int will do, a bool or a text will not
Term = Annotated[int, BeforeValidator(_whole)]
Level = Annotated[Text, _expect(LEVELS.__contains__, "must be I, D, A or empty")]
Mode = Annotated[Text, _expect(MODES.__contains__, f"is no mode; the modes are {', '.join(MODES)}")]


@dataclass(frozen=True)
class NewMapping:
    """One ability that a new course serves; a share of None is not stated, as in a mapping."""

    ability: Code
    level: Level = ""
    share: Number | None = None


@dataclass(frozen=True)
class AddCourse:
    """A course that the plan does not have; a mode without hours is not stated."""

    code: Code
    title: Text = ""
    credits: Number | None = None
    term: Term | None = None
    hours: dict[Mode, Number] = field(default_factory=dict)
    mappings: tuple[NewMapping, ...] = ()
    reference_course: Code | None = None
    requires: tuple[Code, ...] = ()


@dataclass(frozen=True)
class DropCourse:
    """The course leaves with its hours, mapping, ratings, prerequisites and equivalences."""

    course: Code


@dataclass(frozen=True)
class MoveCourse:
    course: Code
    term: Term | None


@dataclass(frozen=True)
class SetHours:
    """New hours in the modes that are named, None for not stated; the other modes stay."""

    course: Code
    hours: dict[Mode, Number | None]


@dataclass(frozen=True)
class SetMapping:
    """The accepted cell, new or in place of the one that stands."""

    course: Code
    ability: Code
    level: Level = ""
    share: Number | None = None


@dataclass(frozen=True)
class RemoveMapping:
    course: Code
    ability: Code


@dataclass(frozen=True)
class JoinCompetition:
    """The course prepares for a competition, whose work adds hours of operation."""

    course: Code
    title: Text
    hours: Number


@dataclass(frozen=True)
class AddCertificate:
    """The curriculum prepares for the certificate as well."""

    certification: Code


Edit = AddCourse | DropCourse | MoveCourse | SetHours | SetMapping | RemoveMapping | JoinCompetition | AddCertificate

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
for _made in (NewMapping, *KINDS.values()):
    setattr(_made, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - mypy knows no such attribute
_ADAPTERS: Final[dict[str, TypeAdapter[Any]]] = {kind: TypeAdapter(made) for kind, made in KINDS.items()}
WORDS: Final = {  # of pydantic's kinds of errors
    "missing": "is missing",
    "unexpected_keyword_argument": "is no field of it",
    "string_type": "must be a text",
    "dict_type": "must be hours by mode",
    "tuple_type": "must be a list",
    "dataclass_type": "must have an ability, a level and a share",
    **dict.fromkeys(("float_type", "finite_number", "int_parsing_size"), "must be a finite number"),
}


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """The edit as plain data: its kind and its fields, whole, so that it can be stored and read again.

    >>> edit_to_json(MoveCourse("C1", term=3))
    {'kind': 'move_course', 'course': 'C1', 'term': 3}
    """
    kind = next(kind for kind, made in KINDS.items() if isinstance(edit, made))
    return {"kind": kind, **_ADAPTERS[kind].dump_python(edit, mode="json")}


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
    try:
        made: Edit = _ADAPTERS[kind].validate_python({name: value for name, value in data.items() if name != "kind"})
    except ValidationError as refused:
        raise ValueError(f"{kind}: {_refusal(refused)}") from None
    return made


def _refusal(refused: ValidationError) -> str:
    """The first thing that is wrong: where, why, and what stands there."""
    error = refused.errors(include_url=False)[0]
    parts = (part for part in error["loc"] if part != "[key]")
    place = ": ".join(f"number {part}" if isinstance(part, int) else str(part) for part in parts)
    own = error.get("ctx", {}).get("error")
    words = str(own) if own else WORDS.get(error["type"], error["msg"])
    return f"{place} {words}" if error["type"] == "missing" else f"{place} {words}, but is {error['input']!r}"
