"""The framework file of TalentGap's own, `talentgap.framework/1`; docs/architecture.md shows its layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from competencies.frameworks.stored import stored_framework
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
from competencies.tabular.problems import UnreadableFile

from .checks import check_references
from .document import SCHEMA, document_of
from .json_records import Record, Report, load_json
from .rows import (
    AbilityRow,
    CareerEntryRow,
    CertificationCourseRow,
    CertificationRow,
    CrosswalkRow,
    FrameworkRow,
    ParsedFramework,
    PositionRow,
    ReferenceCourseRow,
    RequirementRow,
    TermRow,
)
from .size import framework_bytes

Row = TypeVar("Row")

_TITLED = {"code", "title", "citation"}
_KEYS = {
    "": {
        *("schema", "framework", "sources", "abilities", "positions", "career_entries", "requirements"),
        *("certifications", "reference_courses", "certification_courses", "crosswalks"),
    },
    "framework": {
        *("slug", "title", "version", "language", "publisher", "licence", "status", "source", "note"),
    },
    "abilities": {*_TITLED, "parent", "statement", "kind", "horizon", "note", "terms"},
    "positions": {
        *_TITLED,
        *("direction", "degree", "layer", "echelon", "occupation_codes", "trade_model", "title_terms"),
    },
    "career_entries": {*_TITLED, "direction", "degree", "position"},
    "requirements": {
        *("position", "ability", "item", "weight", "level", "level_assumed", "statement", "citation"),
    },
    "certifications": {*_TITLED, "degree"},
    "reference_courses": {*_TITLED, "abilities"},
    "certification_courses": {"certification", "direction", "course", "citation"},
    "crosswalks": {"ability", "framework", "to", "relation", "citation"},
}


def read_framework(source: Path | bytes) -> ParsedFramework:
    """A framework file, checked; what cannot be read at all comes back as one refusal."""
    try:
        document = load_json(framework_bytes(source))
        if not isinstance(document, dict) or document.get("schema") != SCHEMA:
            message = _("This is not a framework file: its “schema” is not “%(schema)s”.") % {"schema": SCHEMA}
            raise UnreadableFile("wrong_schema", message)
    except UnreadableFile as error:
        return ParsedFramework(FrameworkRow(""), refusals=(error.problem(),))
    return parsed_document(document)


def framework_document(framework: Framework) -> dict[str, Any]:
    """What `read_framework` reads, made from what is stored: export and import lose nothing."""
    return document_of(stored_framework(framework))


def parsed_document(document: dict[str, Any]) -> ParsedFramework:
    """The rows of a framework document, whatever kind of file it was made from."""
    report = Report()
    root = Record(document, report=report)
    root.warn_of_unknown(_KEYS[""])
    abilities, terms = _abilities(root)
    parsed = ParsedFramework(
        framework=_framework(root),
        abilities=abilities,
        terms=terms,
        positions=_rows(root, "positions", _position),
        career_entries=_rows(root, "career_entries", _career_entry),
        requirements=_rows(root, "requirements", _requirement),
        certifications=_rows(root, "certifications", _certification),
        reference_courses=_rows(root, "reference_courses", _reference_course),
        certification_courses=_rows(root, "certification_courses", _certification_course),
        crosswalks=_rows(root, "crosswalks", _crosswalk),
    )
    return check_references(parsed, report)


def _rows(root: Record, section: str, read: Callable[[Record], Row]) -> tuple[Row, ...]:
    rows = []
    for record in root.records(section, numbered=True):
        record.warn_of_unknown(_KEYS[section])
        rows.append(read(record))
    return tuple(rows)


def _framework(root: Record) -> FrameworkRow:
    record = root.record("framework")
    record.warn_of_unknown(_KEYS["framework"])
    slug = record.field(Framework, "slug")
    try:
        if slug:
            validate_slug(slug)
    except ValidationError:
        record.refuse("slug", slug, code="bad_slug", message=_("A slug has letters, digits, “-” and “_” only."))
    names = ("version", "language", "publisher", "licence", "status", "source")
    return FrameworkRow(
        slug=slug,
        **record.both(Framework, "title", required=True),
        **record.both(Framework, "note"),
        **{name: record.field(Framework, name) for name in names},
        sources=tuple(
            {"key": entry.text("key"), "citation": entry.text("citation")} for entry in root.records("sources")
        ),
    )


def _abilities(root: Record) -> tuple[tuple[AbilityRow, ...], tuple[TermRow, ...]]:
    abilities: list[AbilityRow] = []
    terms: list[TermRow] = []
    for record in root.records("abilities", required=True, numbered=True):
        record.warn_of_unknown(_KEYS["abilities"])
        abilities.append(_ability(record))
        terms.extend(_terms(record, ability=abilities[-1].code))
    return tuple(abilities), tuple(terms)


def _ability(record: Record) -> AbilityRow:
    return AbilityRow(
        row=record.row,
        code=record.field(Ability, "code"),
        parent=record.text("parent"),
        **record.both(Ability, "title", required=True),
        **record.both(Ability, "statement"),
        **record.both(Ability, "note"),
        **{name: record.field(Ability, name) for name in ("kind", "horizon", "citation")},
    )


def _terms(record: Record, *, ability: str) -> Iterable[TermRow]:
    for term in record.records("terms"):
        yield TermRow(
            row=record.row,
            ability=ability,
            text=term.field(AbilityTerm, "text"),
            language=term.field(AbilityTerm, "language"),
        )


def _position(record: Record) -> PositionRow:
    names = ("code", "direction", "degree", "layer", "echelon", "trade_model", "citation")
    return PositionRow(
        row=record.row,
        **{name: record.field(Position, name) for name in names},
        **record.both(Position, "title", required=True),
        occupation_codes=record.texts("occupation_codes"),
        title_terms=tuple(
            {"text": term.field(AbilityTerm, "text"), "language": term.field(AbilityTerm, "language")}
            for term in record.records("title_terms")
        ),
    )


def _career_entry(record: Record) -> CareerEntryRow:
    return CareerEntryRow(
        row=record.row,
        position=record.text("position"),
        **record.both(CareerEntry, "title", required=True),
        **{name: record.field(CareerEntry, name) for name in ("code", "direction", "degree", "citation")},
    )


def _requirement(record: Record) -> RequirementRow:
    return RequirementRow(
        row=record.row,
        position=record.text("position"),
        ability=record.text("ability"),
        item=record.whole("item", default=1),
        weight=record.positive("weight", default=1),
        level=record.field(Requirement, "level"),
        level_assumed=record.flag("level_assumed"),
        **record.both(Requirement, "statement"),
        citation=record.field(Requirement, "citation"),
    )


def _certification(record: Record) -> CertificationRow:
    return CertificationRow(
        row=record.row,
        **record.both(Certification, "title", required=True),
        **{name: record.field(Certification, name) for name in ("code", "degree", "citation")},
    )


def _reference_course(record: Record) -> ReferenceCourseRow:
    return ReferenceCourseRow(
        row=record.row,
        code=record.field(ReferenceCourse, "code"),
        **record.both(ReferenceCourse, "title", required=True),
        citation=record.field(ReferenceCourse, "citation"),
        abilities=record.texts("abilities"),
    )


def _certification_course(record: Record) -> CertificationCourseRow:
    return CertificationCourseRow(
        row=record.row,
        certification=record.text("certification"),
        course=record.text("course"),
        direction=record.field(CertificationCourse, "direction"),
        citation=record.field(CertificationCourse, "citation"),
    )


def _crosswalk(record: Record) -> CrosswalkRow:
    return CrosswalkRow(
        row=record.row,
        ability=record.text("ability"),
        framework=record.required_text("framework"),
        to=record.required_text("to"),
        relation=record.field(Crosswalk, "relation"),
        citation=record.field(Crosswalk, "citation"),
    )
