"""Numbers as every page writes them: unknown is a dash, never 0."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

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
for said in (with_percent_sign, citations.cited, citations.own_half, citations.plain_word, formats.period):
    register.filter(said)
register.filter("mode", phrases.mode_text)
register.simple_tag(phrases.space)
register.simple_tag(svg_marks.mark_svg, name="mark")


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else value  # nan is the one number that differs from itself


@register.simple_tag
def shown(value: float | None, kind: str) -> str:
    """A number of the kind that only the row knows, or a dash."""
    return formats.show(_known(value), kind)


WRITTEN: Final = {  # filter → the kind of number that it writes, or a dash
    "number": "hours",  # hours, credits and counts: 12, 12.5
    "stated": "number",  # credits and other figures that a plan states, with the digits that they have
    "hours": "in_hours",
    "percent": "share",
    "points": "points",
    "index": "index",
}
for name, kind in WRITTEN.items():
    register.filter(name, partial(shown, kind=kind))


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
def person(user: Any) -> str:
    """What others read of an account."""
    return person_name(user) if user else ""


@register.filter
def heading(text: object) -> str:
    """What stands before a list or a fact, with its colon and the space that the language puts there."""
    return phrases.headed(str(text))


@register.filter
def get(mapping: dict, key: object) -> object:
    """The entry of a mapping under a key that only the template knows."""
    return mapping.get(key)


@register.simple_tag
def index_rail(pair: PairAlignment, title: str) -> SafeString:
    return svg_marks.index_rail_svg(pair, title=title)


@register.simple_tag
def index_change_rail(before: PairAlignment, after: PairAlignment, title: str) -> SafeString:
    return svg_marks.index_change_svg(before, after, title=title)


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
