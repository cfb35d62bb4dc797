"""Texts that are longer than their record can hold, found before a database cuts or refuses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from competencies.tabular.problems import Problem
from curricula.interchange.parsed import ParsedCurriculum
from curricula.models import ElectiveGroup, Prerequisite
from curricula.models import Mapping as CourseMapping

SHOWN_AT_MOST = 80  # characters of what is too long


def too_long_for(model: type[Model], stated: Mapping[str, Any], *, row: int) -> Iterator[Problem]:
    for name, text in stated.items():
        field = model._meta.get_field(name)
        limit = getattr(field, "max_length", None)
        if limit and isinstance(text, str) and len(text) > limit:
            message = _("The text has %(length)s characters, at most %(limit)s are kept; shorten it.")
            words = {"length": len(text), "limit": limit}
            shown = f"{text[:SHOWN_AT_MOST]}…"
            yield Problem(row, str(getattr(field, "verbose_name", name)), shown, "text_too_long", message % words)


def too_long_beside_courses(parsed: ParsedCurriculum) -> Iterable[Problem]:
    """Among prerequisites, elective groups and mappings; what a course itself says is looked at where it is made."""
    for item in parsed.prerequisites:
        if item.external:
            yield from too_long_for(Prerequisite, {"external": item.requires}, row=item.row)
    for group in parsed.groups:
        yield from too_long_for(ElectiveGroup, {"title": group.title}, row=group.row)
    for cell in parsed.mappings:
        yield from too_long_for(CourseMapping, {"rater": cell.rater}, row=cell.row)
