"""Sentences for what can be wrong with a file of postings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from competencies.tabular.problems import Problem, UnreadableFile

from .personal_data import mask_personal_data
from .posting_columns import ALIASES

_LONGEST_VALUE, _MOST_NAMES = 80, 30


def refusal(code: str, *, row: int, column: str = "", value: str = "") -> Problem:
    messages = {
        "no_title_or_text": _("The row has neither a title nor a text."),
        "too_many_cells": _("The row has more cells than the header; a cell with a separator in it needs quotes."),
        "text_too_long": _("The text is longer than any posting; a quotation mark may be missing."),
        "bad_json": _("The line is not JSON."),
        "not_an_object": _("The line is JSON, but no object with names and values."),
    }
    return _notice(code, messages[code], row=row, column=column, value=value)


def unreadable(code: str, *, row: int, column: str, value: str) -> Problem:
    messages = {
        "unreadable_date": _("No date can be read here; the posting counts as undated."),
        "ambiguous_date": _("Day and month cannot be told apart; write 2026-03-01. The posting counts as undated."),
        "future_date": _("The date is after the day of collection; the posting counts as undated."),
        "unreadable_salary": _("No salary can be read here; the posting is taken without one."),
    }
    return _notice(code, messages[code], row=row, column=column, value=value)


def unlisted(code: str, *, count: int) -> Problem:
    message = _("%(count)d more cells of this kind are not listed.") % {"count": count}
    return Problem(row=0, column="", value="", code=code, message=message)


def warnings_of_columns(fields: Iterable[str]) -> Iterator[Problem]:
    """What cannot be said about postings whose file has no such columns."""
    messages = {
        "text": _("No column holds a text of the posting: abilities can only be found in titles and labels."),
        "employer": _("No column names the employer: intervals cannot allow for many postings of one employer."),
        "published": _("No column holds a date: the postings count at the collection date and in no trend."),
        "region": _("No column names a place: the region of the source is taken for all."),
    }
    missing = set(messages) - set(fields)
    for name in messages:
        if name in missing:
            yield Problem(row=0, column=name, value="", code=f"no_{name}_column", message=messages[name])


def missing_columns(found: Iterable[str]) -> UnreadableFile:
    names = [mask_personal_data(name)[:_LONGEST_VALUE] for name in found][:_MOST_NAMES]
    message = _("No column for a title (%(titles)s, …) or a text (%(texts)s, …) was found. Found: %(found)s.") % {
        "titles": ", ".join(_samples("title", "title", "positionname", "职位名称", "岗位名称")),
        "texts": ", ".join(_samples("text", "description", "requirements", "职位描述", "岗位职责", "任职要求")),
        "found": ", ".join(names) or _("nothing"),
    }
    return UnreadableFile("missing_columns", message)


def _samples(field: str, *names: str) -> list[str]:
    return [name for name in names if name in ALIASES[field]]


def _notice(code: str, message: str, *, row: int, column: str, value: str) -> Problem:
    """The value is shown to people and may end in a log: what is personal in it is masked like in a text."""
    return Problem(
        row=row, column=column, value=mask_personal_data(value)[:_LONGEST_VALUE], code=code, message=message
    )
