"""Numbers as every page writes them: unknown is a dash, never 0."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString

from competencies import citations
from competencies.figures import with_percent_sign
from curricula.analysis.frames import PairAlignment
from curricula.links import Linked, mended_at
from curricula.models import person_name
from curricula.reports import svg_marks
from curricula.wording import formats, phrases
from curricula.wording.method import MEASURES

register = template.Library()
register.filter("with_percent_sign", with_percent_sign)


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else value  # nan is the one number that differs from itself


@register.filter
def number(value: float | None) -> str:
    """Hours, credits and counts: 12, 12.5, or a dash."""
    return formats.show(_known(value), "hours")


@register.filter
def stated(value: float | None) -> str:
    """Credits and other figures that a plan states, with the digits that they have, or a dash."""
    return formats.show(_known(value), "number")


class _Counted(int):
    def __str__(self) -> str:
        return formats.show(int(self), "count")


@register.filter
def counted(value: float) -> int:
    """A count that writes itself as 12,345, also inside a sentence that `blocktranslate` counts by it."""
    return _Counted(round(value))


@register.filter
def whole(value: float | None) -> str:
    """A number that need not be whole, as a count, or a dash."""
    known = _known(value)
    return formats.show(None if known is None else round(known), "count")


@register.filter
def listed(items: Iterable[object]) -> str:
    """Items in a row, divided as the reader's language divides them."""
    return phrases.in_a_row(map(str, items))


@register.filter
def cited(citation: str) -> str:
    """Where a record was found, in the reader's language."""
    return citations.cited(citation)


@register.filter
def own_half(text: str) -> str:
    """Of prose in both languages the reader's half."""
    return citations.own_half(text)


@register.filter
def plain_word(text: str) -> str:
    """A degree or an echelon in the reader's language."""
    return citations.plain_word(text)


@register.filter
def person(user: Any) -> str:
    """What others read of an account."""
    return person_name(user) if user else ""


@register.filter
def hours(value: float | None) -> str:
    """Hours with their unit, or a dash."""
    return formats.show(_known(value), "in_hours")


@register.filter
def heading(text: object) -> str:
    """What stands before a list or a fact, with its colon and the space that the language puts there."""
    return phrases.headed(str(text))


@register.filter
def percent(value: float | None) -> str:
    """A share between 0 and 1 as a percentage, or a dash."""
    return formats.show(_known(value), "share")


@register.filter
def points(value: float | None) -> str:
    """A difference of two shares in percentage points with its sign, or a dash."""
    return formats.show(_known(value), "points")


@register.filter
def index(value: float | None) -> str:
    """An index between 0 and 1 with two decimals, or a dash."""
    return formats.show(_known(value), "index")


@register.filter
def period(first: date, last: date) -> str:
    """From the month of one day to that of another."""
    return formats.period(first, last)


@register.simple_tag
def space() -> str:
    """What stands between two sentences of the reader's language."""
    return phrases.space()


@register.filter
def get(mapping: dict, key: object) -> object:
    """The entry of a mapping under a key that only the template knows."""
    return mapping.get(key)


@register.simple_tag
def mark(kind: str) -> SafeString:
    """One of the marks for theory, practice, demand, assessed, or the interval."""
    return svg_marks.mark_svg(kind)


@register.simple_tag
def index_rail(pair: PairAlignment, title: str) -> SafeString:
    return svg_marks.index_rail_svg(pair, title=title)


@register.simple_tag
def index_change_rail(before: PairAlignment, after: PairAlignment, title: str) -> SafeString:
    return svg_marks.index_change_svg(before, after, title=title)


@register.simple_tag
def shown(value: float | None, kind: str) -> str:
    """A number of the kind that only the row knows, or a dash."""
    return formats.show(_known(value), kind)


@register.filter
def mode(code: str) -> str:
    return phrases.mode_text(code)


@register.simple_tag
def curriculum_url(curriculum: Any, page: str, *args: str | int, **query: Any) -> str:
    """The address of one of a curriculum's pages, with what it is asked for."""
    return curriculum.page(page, *args, **query)


@register.simple_tag(takes_context=True)
def mending(context: dict[str, Any], code: str) -> Linked | None:
    """Where the reader of a plan's page can mend what a warning says."""
    return mended_at(context["curriculum"], code, may_edit=bool(context.get("may_edit")))


@register.inclusion_tag("curricula/_how_to_read.html")
def how_to_read(measure: str) -> dict[str, Any]:
    """The collapsed explanation of one measure, where it stands."""
    return {"how": MEASURES[measure], "key": measure}
