"""Scenarios in words: each edit as a line to read, and why a plan cannot take one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.measures.sequence import BrokenPrerequisite
from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.analysis.scenarios.edits import (
    AddCertificate,
    AddCourse,
    DropCourse,
    Edit,
    JoinCompetition,
    MoveCourse,
    RemoveMapping,
    SetHours,
    SetMapping,
)
from curricula.analysis.scenarios.edits_from_advice import Underivable

from . import formats, phrases
from .names import Names

Texts = Mapping[str, Any]

KINDS: Final[Texts] = {  # what a form for a new edit is called
    "set_hours": gettext_lazy("Change hours"),
    "add_course": gettext_lazy("Add a course"),
    "drop_course": gettext_lazy("Drop a course"),
    "move_course": gettext_lazy("Move to another term"),
    "set_mapping": gettext_lazy("Change a mapping"),
    "join_competition": gettext_lazy("Join a competition"),
    "add_certificate": gettext_lazy("Add a certificate"),
}
REFUSALS: Final[Texts] = {
    "unknown_course": gettext_lazy("The plan has no course “%(course)s” at this point."),
    "course_exists": gettext_lazy("The plan has a course “%(course)s” already: choose another code."),
    "unknown_ability": gettext_lazy("The framework has no ability “%(ability)s”."),
    "unknown_mode": gettext_lazy("There is no mode of hours “%(mode)s”."),
    "unknown_level": gettext_lazy("There is no level “%(level)s”."),
    "unknown_certificate": gettext_lazy("The framework has no certificate “%(certification)s”."),
    "certificate_exists": gettext_lazy("The plan prepares for “%(certification)s” already."),
    "cell_exists": gettext_lazy("Course %(course)s is mapped to “%(ability)s” twice."),
    "no_mapping": gettext_lazy("Course %(course)s is not mapped to “%(ability)s”, so there is nothing to remove."),
    "hours_out_of_range": gettext_lazy("Course %(course)s cannot have %(hours)s hours (%(mode)s)."),
    "unknown_reference_course": gettext_lazy("The framework has no reference course “%(reference_course)s”."),
    "code_too_long": gettext_lazy("The code of a course has at most %(most)s characters."),
    "title_too_long": gettext_lazy("The title of course %(course)s has more than %(most)s characters."),
    "unwritable_text": gettext_lazy("A text holds characters that cannot be shown, such as control characters."),
    "credits_out_of_range": gettext_lazy("Course %(course)s cannot have %(credits)s credits."),
    "term_out_of_range": gettext_lazy("Course %(course)s cannot be in term %(term)s: terms count from 1 to %(most)s."),
    "ends_after_plan": gettext_lazy(
        "Course %(course)s would run to term %(last)s, after the plan's last term %(plan_last)s; it can begin in "
        "term %(latest)s at the latest."
    ),
    "share_out_of_range": gettext_lazy("Course %(course)s cannot give %(share)s of itself to “%(ability)s”."),
    "shares_above_one": gettext_lazy("The shares of course %(course)s would add up to %(sum)s: lower another first."),
}
BROKEN: Final[Texts] = {
    "dropped": gettext_lazy("%(course)s requires %(requires)s, which the plan no longer has."),
    "not_before": gettext_lazy(
        "%(course)s (term %(course_term)s) requires %(requires)s, which comes in term %(requires_term)s."
    ),
    "not_together": gettext_lazy(
        "%(course)s (term %(course_term)s) must be taken together with %(requires)s (term %(requires_term)s)."
    ),
}
UNDERIVED: Final[Texts] = {  # why a recommendation is no edit yet
    "no_course": gettext_lazy("no course of the plan is near enough to carry it: choose one"),
    "new_course": gettext_lazy("hours alone do not help it: it takes a new or borrowed course, or a locked one"),
    "in_words": gettext_lazy("no hours have to change for it: agree with the course on what students shall show"),
    "other_content": gettext_lazy("the course goes on, with its hours for other content that it serves"),
}


def edit_words(edit: Edit, names: Names) -> str:
    """One line that a committee can read."""
    return _line(edit, names)


def refusal_words(refused: RefusedEdit, names: Names) -> str:
    """Why the plan cannot take an edit."""
    return str(REFUSALS[refused.code] % {name: _value(name, each, names) for name, each in refused.values.items()})


def broken_words(broken: BrokenPrerequisite, names: Names) -> str:
    """A prerequisite that the plan does not keep."""
    terms = {"course_term": broken.course_term, "requires_term": broken.requires_term}
    return str(
        BROKEN[broken.reason]
        % {"course": course_words(broken.course, names), "requires": course_words(broken.requires, names), **terms}
    )


def underived_words(reason: Underivable) -> str:
    return str(UNDERIVED[reason.code])


def names_with(names: Names, edits: Iterable[Edit]) -> Names:
    """The names, with those of the courses that the edits add; what leaves its term open has no length any more."""
    edits = tuple(edits)
    added = {edit.code: edit.title for edit in edits if isinstance(edit, AddCourse)}
    opened = {edit.course for edit in edits if isinstance(edit, MoveCourse) and edit.term is None}
    lengths = {code: terms for code, terms in names.lengths.items() if code not in opened}
    return replace(names, courses={**names.courses, **added}, lengths=lengths)


@singledispatch
def _line(edit: object, _names: Names) -> str:
    raise TypeError(f"{edit!r} is no edit")


@_line.register
def _add_course(edit: AddCourse, names: Names) -> str:
    facts = [
        _credits(edit.credits) if edit.credits is not None else "",
        _term(edit.term) if edit.term is not None else "",
        _hours(edit.hours),
        _served(edit, names),
        _required(edit.requires, names),
    ]
    head = _("Add %(course)s") % {"course": f"{edit.code} {edit.title}".strip()}
    told = [fact for fact in facts if fact]
    return phrases.headed(head, phrases.in_parts(told)) if told else head


@_line.register
def _drop_course(edit: DropCourse, names: Names) -> str:
    return _("Drop %(course)s") % {"course": course_words(edit.course, names)}


@_line.register
def _move_course(edit: MoveCourse, names: Names) -> str:
    if edit.term is None:
        return _("Leave the term of %(course)s open") % {"course": course_words(edit.course, names)}
    values = {"course": course_words(edit.course, names), "term": edit.term}
    length = names.lengths.get(edit.course, 1)
    if length > 1:
        return _("Move %(course)s to terms %(term)s–%(last)s") % {**values, "last": edit.term + length - 1}
    return _("Move %(course)s to term %(term)s") % values


@_line.register
def _set_hours(edit: SetHours, names: Names) -> str:
    return phrases.headed(course_words(edit.course, names), _hours(edit.hours))


@_line.register
def _set_mapping(edit: SetMapping, names: Names) -> str:
    said = [phrases.level_text(edit.level) if edit.level else _("level not stated")]
    said.append(_("share not stated") if edit.share is None else formats.share(edit.share))
    values = {"course": course_words(edit.course, names), "ability": _ability(edit.ability, names)}
    return _("Map %(course)s to %(ability)s: %(said)s") % {**values, "said": phrases.in_clauses(said)}


@_line.register
def _remove_mapping(edit: RemoveMapping, names: Names) -> str:
    values = {"course": course_words(edit.course, names), "ability": _ability(edit.ability, names)}
    return _("%(course)s no longer serves %(ability)s") % values


@_line.register
def _join_competition(edit: JoinCompetition, names: Names) -> str:
    values = {"course": course_words(edit.course, names), "title": edit.title, "hours": formats.hours(edit.hours)}
    return _("Join %(course)s with “%(title)s”: %(hours)s more hours of operation") % values


@_line.register
def _add_certificate(edit: AddCertificate, names: Names) -> str:
    return _("Prepare for the certificate %(title)s as well") % {
        "title": names.certifications.get(edit.certification, edit.certification)
    }


def _hours(hours: Mapping[str, float | None]) -> str:
    told = (
        _("%(mode)s not stated") % {"mode": phrases.mode_text(mode)}
        if value is None
        else _("%(mode)s %(hours)s") % {"mode": phrases.mode_text(mode), "hours": formats.in_hours(value)}
        for mode, value in hours.items()
    )
    return phrases.in_a_row(told)


def _credits(number: float) -> str:
    return formats.plural("%(count)s credit", "%(count)s credits", int(number), count=formats.number(number))


def _term(term: int) -> str:
    return _("term %(term)s") % {"term": term}


def _served(edit: AddCourse, names: Names) -> str:
    if not edit.mappings:
        return ""
    return _("serves %(abilities)s") % {
        "abilities": phrases.listed([_ability(c.ability, names) for c in edit.mappings])
    }


def _required(courses: tuple[str, ...], names: Names) -> str:
    if not courses:
        return ""
    return _("requires %(courses)s") % {"courses": phrases.listed([course_words(code, names) for code in courses])}


def course_words(code: str, names: Names) -> str:
    """A course by its code and title."""
    title = names.courses.get(code, "")
    return f"{code} {title}" if title and title != code else code


def _ability(code: str, names: Names) -> str:
    return names.abilities.get(code, code)


def _value(name: str, value: Any, names: Names) -> str:
    if name == "course":
        return str(value)
    if name == "ability":
        return _ability(value, names)
    if name == "reference_course":
        return names.reference_courses.get(value, value)
    if name == "certification":
        return names.certifications.get(value, value)
    if name == "mode":
        return phrases.mode_text(value) if value in phrases.MODES else str(value)
    if name in ("share", "sum"):
        return formats.share(value)
    return formats.number(value) if isinstance(value, int | float) else str(value)
