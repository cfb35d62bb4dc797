"""The rows of a framework, declared once: JSON, csv and xlsx, the checks, saving and export all read this.

Rows refer to one another by code, and bear the names of the model's own fields. What a text may hold (length,
choices, whether it may be empty) is asked of the model that stores it. `row` says where a row stood, for problems.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.core.validators import slug_re
from django.db import models
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_serializer,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from competencies.models import (
    Ability,
    AbilityTerm,
    CareerEntry,
    Certification,
    CertificationCourse,
    Crosswalk,
    Framework,
    Position,
    ReferenceCourse,
    Requirement,
)
from competencies.tabular.problems import Doubt, Problem
from competencies.tabular.recognised import RecognisedFile

MOST_OF_AN_INTEGER = 2_147_483_647  # what an integer column of PostgreSQL holds
LONGEST_CODE = Ability._meta.get_field("code").max_length or 0
LONGEST_TITLE = Ability._meta.get_field("title_en").max_length or 0
LONGEST_TERM = AbilityTerm._meta.get_field("text").max_length or 0
_HALF_PAIR = re.compile(rb"\xed[\xa0-\xbf]")
LENIENT = {"lenient": True}  # as context: what is missing was told before


class Refers(NamedTuple):
    """The field holds a code of this section, or several."""

    section: str


class Table(NamedTuple):
    """The list has a table of its own: the column that names its owner, and the list's where it holds texts."""

    name: str
    owner: str
    column: str = ""


class Column(NamedTuple):
    """What a model's column says of a text."""

    limit: int | None
    choices: tuple[str, ...]
    default: str
    required: bool


@cache
def _column(model: type[models.Model], name: str) -> Column | None:
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    choices = tuple(value for value, _label in getattr(field, "choices", None) or () if value)
    default = str(field.get_default()) if field.has_default() else ""
    limit = None if choices else getattr(field, "max_length", None)
    return Column(limit, choices, default, required=not (field.blank or default))


def _needed(value: Any, info: ValidationInfo) -> Any:
    if not value and info.context != LENIENT:
        raise PydanticCustomError("missing_key", "")
    return value


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    if b"\\u0000" in text or _HALF_PAIR.search(text):
        raise PydanticCustomError("unstorable_text", "")
    return value


# No database stores the null character.
Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]*$")]
Filled = Annotated[Text, Field(min_length=1)]
Outside = Annotated[dict[str, Any], AfterValidator(_storable)]  # what another format says and we do not model
Needed = Annotated[Text, AfterValidator(_needed)]


class Part(BaseModel):
    """An object of the document; null says as much as a key that is not there."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _without_null(cls, values: Any) -> Any:
        return {key: value for key, value in values.items() if value is not None} if type(values) is dict else values


class Texts(Part):
    """A text in English, in Chinese, or in both."""

    en: Text = ""
    zh: Text = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    @model_serializer
    def _stated(self) -> dict[str, str]:
        return {language: text for language, text in (("en", self.en), ("zh", self.zh)) if text}


class Title(Texts):
    en: Annotated[Text, Field(max_length=LONGEST_TITLE)] = ""
    zh: Annotated[Text, Field(max_length=LONGEST_TITLE)] = ""


NeededTitle = Annotated[Title, AfterValidator(_needed)]


class Row(Part):
    stored_as: ClassVar[type[models.Model]]
    key: ClassVar[tuple[str, ...]] = ("code",)
    within: ClassVar[str] = ""  # the reference that leads to the framework, where the record has none itself
    refers: ClassVar[Mapping[str, str]] = {}  # field → section, of single codes
    tables: ClassVar[Mapping[str, Table]] = {}  # field → table, of lists

    row: int = 0

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        said = [(name, fact) for name, field in cls.model_fields.items() for fact in field.metadata]
        cls.tables = {name: fact for name, fact in said if isinstance(fact, Table)}
        cls.refers = {name: fact.section for name, fact in said if isinstance(fact, Refers)}

    @field_validator("*")
    @classmethod
    def _fits(cls, value: Any, info: ValidationInfo) -> Any:
        column = _column(cls.stored_as, info.field_name or "") if isinstance(value, str) else None
        if column is None:
            return value
        if not value:
            return column.default or (_needed(value, info) if column.required else value)
        if column.choices and value not in column.choices:
            raise PydanticCustomError("unknown_value", "", {"choices": ", ".join(column.choices)})
        if column.limit and len(value) > column.limit:
            raise PydanticCustomError("too_long", "", {"limit": column.limit})
        return value

    @model_serializer(mode="wrap")
    def _as_in_a_file(self, dump: Any) -> dict[str, Any]:
        """Without the place, and without texts that nobody wrote; a reference to nothing is null."""
        values = {name: None if name in self.refers and value == "" else value for name, value in dump(self).items()}
        return {name: value for name, value in values.items() if name != "row" and value != {}}

    def codes(self) -> Iterator[tuple[str, str, str]]:
        """Field, section and code of each reference."""
        for name, section in self.refers.items():
            value = getattr(self, name)
            yield from ((name, section, code) for code in (value if isinstance(value, list) else [value]) if code)

    def stored_values(self) -> dict[str, Any]:
        """What the model stores under its own names, without references and what refers to this row."""
        values: dict[str, Any] = {}
        for name in type(self).model_fields.keys() - self.refers.keys() - {"row", "terms"}:
            value = getattr(self, name)
            if name == "outside" and not value:
                continue  # a format that knows nothing of others leaves alone what they said
            if isinstance(value, Texts):
                values |= {f"{name}_en": value.en, f"{name}_zh": value.zh}
            else:
                values[name] = [_plain(part) for part in value] if isinstance(value, list) else value
        return values


def _plain(part: Any) -> Any:
    return part.model_dump() if isinstance(part, Part) else part


class TitledRow(Row):
    code: Text = ""
    title: NeededTitle = Title()


class SourceRow(Part):
    key: Text = ""
    citation: Text = ""


class FrameworkRow(Row):
    stored_as = Framework
    slug: Text = ""
    title: NeededTitle = Title()
    version: Text = ""
    language: Text = ""
    publisher: Text = ""
    licence: Text = ""
    status: Text = ""
    source: Text = ""
    note: Texts = Texts()
    outside: Outside = {}

    @field_validator("slug")
    @classmethod
    def _is_slug(cls, slug: str) -> str:
        if slug and not slug_re.match(slug):
            raise PydanticCustomError("bad_slug", "")
        return slug


class TermRow(Row):
    stored_as = AbilityTerm
    text: Text = ""
    language: Text = ""


class AbilityRow(Row):
    stored_as = Ability
    code: Text = ""
    parent: Annotated[Text, Refers("abilities")] = ""  # its area; an area may have none
    title: NeededTitle = Title()
    statement: Texts = Texts()
    kind: Text = ""
    horizon: Text = ""
    citation: Text = ""
    note: Texts = Texts()
    outside: Outside = {}
    terms: Annotated[list[TermRow], Table("terms", "ability")] = []


class PositionRow(TitledRow):
    stored_as = Position
    direction: Text = ""
    degree: Text = ""
    layer: Text = ""
    echelon: Text = ""
    trade_model: Text = ""
    citation: Text = ""
    occupation_codes: Annotated[list[Filled], Table("occupation_codes", "position", "occupation_code")] = []
    title_terms: Annotated[list[TermRow], Table("title_terms", "position")] = []


class CareerEntryRow(TitledRow):
    stored_as = CareerEntry
    direction: Text = ""
    degree: Text = ""
    position: Annotated[Text, Refers("positions")] = ""
    citation: Text = ""


class RequirementRow(Row):
    stored_as = Requirement
    key = ("position", "item")
    within = "position"
    position: Annotated[Text, Refers("positions")] = ""
    ability: Annotated[Text, Refers("abilities")] = ""
    item: Annotated[int, Field(ge=0, le=MOST_OF_AN_INTEGER)] = 1
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1
    level: Text = ""
    level_assumed: bool = False
    statement: Texts = Texts()
    citation: Text = ""

    @field_serializer("weight")
    def _short(self, weight: float) -> float | int:
        return int(weight) if weight.is_integer() else weight


class CertificationRow(TitledRow):
    stored_as = Certification
    degree: Text = ""
    citation: Text = ""


class ReferenceCourseRow(TitledRow):
    stored_as = ReferenceCourse
    citation: Text = ""
    abilities: Annotated[list[Filled], Refers("abilities"), Table("course_abilities", "course", "ability")] = []


class CertificationCourseRow(Row):
    stored_as = CertificationCourse
    key = ("certification", "direction", "course")
    within = "certification"
    certification: Annotated[Text, Refers("certifications")] = ""
    direction: Text = ""
    course: Annotated[Text, Refers("reference_courses")] = ""
    citation: Text = ""


class CrosswalkRow(Row):
    stored_as = Crosswalk
    key = ("ability", "framework", "to")
    within = "ability"
    ability: Annotated[Text, Refers("abilities")] = ""
    framework: Needed = ""  # the slug of the other framework
    to: Needed = ""  # the code of the ability there
    relation: Text = ""
    citation: Text = ""


class FrameworkDocument(Part):
    """One framework, whole: what the JSON file holds beside the name of its schema."""

    framework: FrameworkRow = {}  # type: ignore[assignment]  # so that each key that is missing is told by name
    sources: list[SourceRow] = []
    abilities: list[AbilityRow] = []
    positions: list[PositionRow] = []
    career_entries: list[CareerEntryRow] = []
    requirements: list[RequirementRow] = []
    certifications: list[CertificationRow] = []
    reference_courses: list[ReferenceCourseRow] = []
    certification_courses: list[CertificationCourseRow] = []
    crosswalks: list[CrosswalkRow] = []

    def sections(self) -> Iterator[tuple[str, list[Any]]]:
        """The lists of rows that are checked and saved."""
        return ((name, getattr(self, name)) for name in SECTIONS)


SECTIONS: dict[str, type[Row]] = {
    "abilities": AbilityRow,
    "positions": PositionRow,
    "career_entries": CareerEntryRow,
    "requirements": RequirementRow,
    "certifications": CertificationRow,
    "reference_courses": ReferenceCourseRow,
    "certification_courses": CertificationCourseRow,
    "crosswalks": CrosswalkRow,
}


class ParsedFramework(FrameworkDocument):
    """What a reader gives back. Nothing may be saved while `refusals` is not empty."""

    warnings: tuple[Problem, ...] = ()
    partial: str = ""  # "lists" leave what they do not speak of as it is, and "pairs" the abilities they do not name
    refusals: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: RecognisedFile = RecognisedFile()


def refused(problem: Problem, *, slug: str = "") -> ParsedFramework:
    """A file that cannot be read at all."""
    return ParsedFramework.model_construct(framework=FrameworkRow.model_construct(slug=slug), refusals=(problem,))
