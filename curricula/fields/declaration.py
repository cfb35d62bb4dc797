"""What a field and a kind of record are: all that import, export, form, list, page and report ask about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Flag, auto
from functools import cached_property
from typing import Any, Final

from django.utils.translation import get_language

from .person_codes import codes_for
from .values import Choice, CourseCode, NameList, Text, ValueKind, Words, Written


class Place(Flag):
    """Where a field stands. The history tells of every field of a record but its code."""

    IMPORT = auto()
    EXPORT = auto()
    FORM = auto()
    PAGE = auto()
    LIST = auto()
    REPORT = auto()  # leaves the school: never with what names a person


FILES: Final = Place.IMPORT | Place.EXPORT
RECORDED: Final = FILES | Place.FORM | Place.PAGE


@dataclass(frozen=True)
class Field:
    """One field of a record.

    `words` are the headers that schools write above its column, without spaces, in any language; `header` is the one
    that our own files write in English, the first Chinese word the one in Chinese. `column` is what the reader of
    columns calls it. `parts` are the attributes that hold it
    where it takes several. `person` marks what names people: it stays inside the school. `coded` marks numbers and
    names of people that are kept as codes only.
    """

    name: str
    label: Words
    header: str = ""
    words: str = ""
    value: ValueKind = Text()  # noqa: RUF009 - frozen
    places: Place = RECORDED
    column: str = ""
    parts: tuple[str, ...] = ()
    required: bool = False
    missed: bool = False  # a dash says where it is not stated; other blanks are left out
    person: bool = False
    coded: bool = False

    def __post_init__(self) -> None:
        if self.person and Place.REPORT in self.places:
            raise ValueError(f"{self.name} names people and stays inside the school")

    @property
    def file_header(self) -> str:
        """What our own files write above its column for the reader of today: the first of its words in Chinese."""
        if not (get_language() or "").startswith("zh"):
            return self.header
        return next((word for word in self.words.split() if not word.isascii()), self.header)

    @property
    def bilingual_header(self) -> str:
        """Both in one cell, as the workbook of all kinds has it: “工号 Staff Code”."""
        chinese = next((word for word in self.words.split() if not word.isascii()), "")
        return f"{chinese} {self.header}".strip()

    @property
    def names_courses(self) -> bool:
        return isinstance(self.value, NameList | CourseCode) and self.value.courses

    @property
    def heading(self) -> str:
        return self.column or self.name

    @property
    def attributes(self) -> tuple[str, ...]:
        return self.parts or (self.name,)

    def held(self, record: Any) -> Any:
        """Its value in a record; several attributes make a tuple."""
        values = tuple(getattr(record, name) for name in self.attributes)
        return values if self.parts else values[0]

    def stated(self, value: Any) -> dict[str, Any]:
        """Attribute → value, blanks left out: a file states what it states."""
        values = value if self.parts else (value,)
        found = zip(self.attributes, values, strict=True)
        return {name: part for name, part in found if part is not None and part not in ("", [], ())}

    def cell(self, record: Any) -> Written:
        return self.value.write(self.held(record))


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: what it is called, its fields in their order, and which of them tell two records apart.

    `dropped` are headers of columns that name people and are not read. `numbered` is the text of the key that counts
    records which a file does not tell apart, such as two teams with the same award.
    """

    name: str
    label: Words
    plural: Words
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    in_order: tuple[tuple[str, str], ...] = ()  # days of which the second does not come before the first
    dropped: str = ""
    numbered: str = ""

    def __post_init__(self) -> None:
        """A template would take the field for what the kind itself says."""
        if taken := {field.name for field in self.fields} & {each.name for each in fields(self)}:
            raise ValueError(f"{taken} of {self.name} means something else of a kind")

    def __getitem__(self, name: str) -> Field:
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    def at(self, place: Place) -> Iterator[Field]:
        return (field for field in self.fields if place in field.places)

    @property
    def first_required(self) -> Field:
        """The field without which there is no record, by which a sheet of this kind is known."""
        return next((field for field in self.fields if field.required), self[self.key[0]])

    def label_of(self, name: str) -> Words:
        return self[name].label

    def choices_of(self, name: str) -> list[tuple[str, Words]]:
        """The codes that a field may hold, with their labels; none where it is free."""
        value = self[name].value
        return value.choices if isinstance(value, Choice) else []

    def with_codes(self, stated: dict[str, Any], salt: str) -> dict[str, Any]:
        """What is stated of a record, with a code in place of each number or name of a person."""
        held = (field.name for field in self.fields if field.coded and stated.get(field.name))
        return stated | {name: codes_for(stated[name], salt) for name in held}

    def courses_named(self, record: Any) -> list[str]:
        """Codes of the courses that a record names."""
        named = (field.held(record) or () for field in self.fields if field.names_courses)
        return [code for each in named for code in ([each] if isinstance(each, str) else each)]

    def ends_early(self, stated: Mapping[str, Any]) -> Field | None:
        """The field that lies before the one that it has to follow."""
        pairs = ((stated.get(first), stated.get(last), last) for first, last in self.in_order)
        return next((self[name] for first, last, name in pairs if first and last and last < first), None)

    def stated_names(self, *, without: Collection[str] = ()) -> tuple[str, ...]:
        """The names of the attributes that a row of a file may state."""
        fields = (field for field in self.at(Place.IMPORT) if field.name not in without)
        return tuple(name for field in fields for name in field.attributes)


def stated(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """What a row of a file states of a record, by the names of its attributes; blanks are left out."""
    values = ((name, getattr(record, name)) for name in names)
    return {name: value for name, value in values if value is not None and value not in ("", [], ())}
