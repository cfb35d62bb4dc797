"""What a change in the history is about, and what its fields held before and after, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Field
from django.utils.translation import gettext as _

from competencies.models import in_reader_language
from curricula.models import Course, Curriculum, ElectiveGroup, Mapping, Prerequisite
from curricula.wording import facts, formats, phrases

MODELS: Final[dict[str, Any]] = {
    "courses": Course,
    "mappings": Mapping,
    "prerequisites": Prerequisite,
    "groups": ElectiveGroup,
    "settings": Curriculum,
}
# What identifies a record, or only sorts it, is no change to tell of.
UNTOLD: Final = {
    "id",
    "curriculum",
    "course",
    "ability",
    "requires",
    "external",
    "rater",
    "order",
    "created",
    "changed",
    "program",
    "revises",
}
TOLD_AT_ONCE: Final = {"level", "share", "evidence"}
LINKS: Final = {
    "prepares_for": "position_id",
    "certifications": "certification_id",
    "demand_sources": "demandsource_id",
}
NOTHING: Final = formats.MISSING


@dataclass(frozen=True)
class Subjects:
    """What the records that a history mentions are called today, or were called when they were removed."""

    courses: dict[int, str]
    groups: dict[int, str]
    abilities: dict[int, str]
    links: dict[str, dict[int, str]]

    def name(self, kind: str, row: Any) -> str:
        if kind == "courses":
            return f"{row.code} {in_reader_language(row.title_en, row.title_zh)}"
        if kind == "groups":
            return str(row.title)
        if kind == "mappings":
            return self._cell(row)
        if kind == "prerequisites":
            return (
                f"{self.course(row.requires_id) if row.requires_id else row.external} → {self.course(row.course_id)}"
            )
        return ""  # the plan itself, whose page this is

    def course(self, pk: int) -> str:
        return self.courses.get(pk) or _("a course that was removed")

    def _cell(self, row: Any) -> str:
        cell = f"{self.course(row.course_id)} × {self.abilities.get(row.ability_id, NOTHING)}"
        return _("%(cell)s, rater %(rater)s") % {"cell": cell, "rater": row.rater} if row.rater else cell


def subjects_of(curriculum: Curriculum) -> Subjects:
    framework = curriculum.framework
    return Subjects(
        courses={pk: f"{code} {title}" for pk, code, title in _all_courses(curriculum)},
        groups=dict(curriculum.elective_groups.values_list("pk", "title")),
        abilities={pk: title or code for pk, code, title in _coded(framework.abilities.order_by("order"))},
        links={
            "prepares_for": _titles(framework.positions.all()),
            "certifications": _titles(framework.certifications.all()),
            "demand_sources": _titles(framework.demand_sources.open_to(curriculum.school)),
        },
    )


def _coded(records: Any) -> Iterator[tuple[int, str, str]]:
    for pk, code, english, chinese in records.values_list("id", "code", "title_en", "title_zh"):
        yield pk, code, in_reader_language(english, chinese)


def _all_courses(curriculum: Curriculum) -> Iterator[tuple[int, str, str]]:
    """Courses that are gone under their last name, then those of today."""
    yield from _coded(Course.history.filter(curriculum=curriculum.pk, history_type="-").order_by("history_date"))
    yield from _coded(curriculum.courses.all())


def _titles(records: Any) -> dict[int, str]:
    return {record.pk: str(record) for record in records}


def changes_between(kind: str, before: Any, after: Any, subjects: Subjects) -> Iterator[facts.Change]:
    """Each field that differs, as it is called on the page; None stands for a record not there (yet, or any more).

    Of a record that came or went only what matters in it is told.
    """
    whole = before is not None and after is not None
    for field in MODELS[kind]._meta.concrete_fields:
        if field.name in UNTOLD or not (whole or field.name in TOLD_AT_ONCE):
            continue
        old, new = (getattr(state, field.attname, None) for state in (before, after))
        if field.name == "elective_group":
            old, new = (
                subjects.groups.get(value, _("a group that was removed")) if value else None for value in (old, new)
            )
        told = facts.Change(str(field.verbose_name), _said(field, old), _said(field, new))
        if told.before != told.after:
            yield told
    if whole and kind == "settings":
        yield from _changed_links(before, after, subjects)


def _said(field: Field[Any, Any], value: Any) -> str:
    if field.choices and value:
        return str(dict(field.flatchoices).get(value, value))
    return formats.share(value) if field.name == "share" and value is not None else facts.said(value)


def _changed_links(before: Any, after: Any, subjects: Subjects) -> Iterator[facts.Change]:
    for name in LINKS:
        old, new = linked(before, name), linked(after, name)
        if old != new:
            title = str(Curriculum._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield facts.Change(title, _listed(old, subjects.links[name]), _listed(new, subjects.links[name]))


def linked(row: Any, name: str) -> frozenset[int]:
    """Which records a state of the settings named."""
    return frozenset(getattr(link, LINKS[name]) for link in getattr(row, accessor(name)).all())


def accessor(name: str) -> str:
    """By which name a state of the settings reaches the links that it had, all at once."""
    return f"historicalcurriculum_{name}_set"


def _listed(chosen: frozenset[int], titles: dict[int, str]) -> str:
    return phrases.in_a_row(sorted(titles.get(pk, NOTHING) for pk in chosen)) or NOTHING
