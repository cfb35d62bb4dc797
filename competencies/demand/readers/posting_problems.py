"""Sentences for what can be wrong with a file of postings."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.tabular.column_names import of_the_reader
from competencies.tabular.problems import Problems

from .parsed import masked
from .posting_columns import ALIASES

MESSAGES = {
    "no_title_or_text": gettext_lazy("The row has neither a title nor a text."),
    "too_many_cells": gettext_lazy(
        "The row has more cells than the header; a cell with a separator in it needs quotes."
    ),
    "text_too_long": gettext_lazy("The text is longer than any posting; a quotation mark may be missing."),
    "bad_json": gettext_lazy("The line is not JSON."),
    "not_an_object": gettext_lazy("The line is JSON, but no object with names and values."),
    "unreadable_date": gettext_lazy("No date can be read here; the posting counts as undated."),
    "ambiguous_date": gettext_lazy(
        "Day and month cannot be told apart; write 2026-03-01. The posting counts as undated."
    ),
    "order_of_dates": gettext_lazy(
        "Dates such as %(value)s do not say which number is the month. Postings count as undated until that is known."
    ),
    "future_date": gettext_lazy("The date is after the day of collection; the posting counts as undated."),
    "header_again": gettext_lazy("The row repeats the header and was skipped."),
    "unreadable_salary": gettext_lazy("No salary can be read here; the posting is taken without one."),
    "unreadable_education": gettext_lazy("No level of education can be read here; the posting is taken without one."),
    "unreadable_experience": gettext_lazy(
        "No years of experience can be read here; the posting is taken without them."
    ),
    "no_text_column": gettext_lazy(
        "No column holds a text of the posting: abilities can only be found in titles and labels."
    ),
    "no_employer_column": gettext_lazy(
        "No column names the employer: intervals cannot allow for many postings of one employer."
    ),
    "no_published_column": gettext_lazy(
        "No column holds a date: the postings count at the collection date and in no trend."
    ),
    "no_region_column": gettext_lazy("No column names a place: the region of the source is taken for all."),
}

ORDERS = (
    ("dmy", gettext_lazy("the day first, then the month")),
    ("mdy", gettext_lazy("the month first, then the day")),
)


def posting_problems() -> Problems:
    return Problems(MESSAGES, show=masked)


def warn_of_columns(problems: Problems, fields: Iterable[str]) -> None:
    """What cannot be said about postings whose file has no such columns."""
    for name in ("text", "employer", "published", "region"):
        if name not in set(fields):
            problems.warn(f"no_{name}_column", column=name)


_TEXTS = ("description", "requirements", "职位描述", "岗位职责", "任职要求")


def no_columns() -> str:
    """What is said where they are missing; what was found is still to be told."""
    return _("No column for a title (%(titles)s, …) or a text (%(texts)s, …) was found. Found: %(found)s.") % {
        "titles": ", ".join(of_the_reader(_samples("title", "title", "positionname", "职位名称", "岗位名称"))),
        "texts": ", ".join(of_the_reader(_samples("text", *_TEXTS))),
        "found": "%(found)s",
    }


def _samples(field: str, *names: str) -> list[str]:
    return [name for name in names if name in ALIASES[field]]
