"""How a number is written for a reader: one place, so that page, print and sheet say the same."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, Literal, NamedTuple
from unicodedata import east_asian_width

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from competencies.figures import with_percent_sign

Kind = Literal["text", "count", "hours", "share", "percent", "points", "number", "index", "date", "flag"]
Showable = str | int | float | bool | date | datetime | None

NUMERIC: Final = ("count", "hours", "share", "percent", "points", "number", "index")
LARGEST: Final = 10**15  # from here on nobody reads the digits
RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MISSING: Final = "–"  # never 0, never an empty place: the reason stands beside it
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Value(NamedTuple):
    """One cell: the value itself for sheets, its kind for whoever writes it out."""

    value: Showable
    kind: Kind = "text"

    @property
    def text(self) -> str:
        return show(self.value, self.kind)

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


def show(value: Showable, kind: str = "text") -> str:
    """`value` as a reader sees it; what is unknown becomes a dash."""
    if value is None or isinstance(value, str):
        return MISSING if value is None else value
    return _WRITERS[kind](value)


def span(first: float | None, last: float | None) -> str:
    """One stated figure, or from one to another: "2", "2–3"."""
    written = show(first, "number")
    return f"{written}–{number(last)}" if last and last != first else written


def printable(text: str) -> str:
    """Text without control characters, which no font shows and no XML holds."""
    return _UNPRINTABLE.sub(" ", text)


def width(text: str) -> int:
    """In letters; those of Chinese are twice as wide."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def hours(value: float) -> str:
    """16 hours are "16", sixteen and a half "16.5", and less than a twentieth of an hour is not written as none."""
    return _trimmed(value, decimals=1)


def in_hours(value: float) -> str:
    """Hours with their unit, which never stand on two lines: "16 h"."""
    return (_("%(hours)s h") % {"hours": hours(value)}).replace(" ", "\u00a0")


def share(value: float) -> str:
    """0.0584 is "5.8 %"; exactly nothing is "0 %", and a trace is not written as nothing."""
    return with_percent_sign(_trimmed(value * 100, decimals=1, keep=True))


def percent(value: float) -> str:
    """A threshold, with no more digits than it has: 0.05 is "5 %"."""
    return with_percent_sign(_trimmed(value * 100, decimals=2))


def points(value: float) -> str:
    """A difference of two shares, in percentage points, always with its sign."""
    rounded = round(value * 100, 1)
    return "0.0" if rounded == 0 else f"{rounded:+.1f}".replace("-", "−")


def index(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def number(value: float) -> str:
    """A number without a unit: as few digits as it has, at most three."""
    return _trimmed(value, decimals=3)


def count(value: int) -> str:
    """12,345; a number of more digits than anybody reads is rounded to a power of ten."""
    return f"{value:,}" if abs(value) < LARGEST else _power(value)


def plural(one: str, more: str, number: int, **values: Any) -> str:
    """The words for one or for more, filled with their number, as %(n)s or %(count)s, and what else they take."""
    return ngettext(one, more, number) % {"n": count(number), "count": count(number), **values}


def _power(value: float) -> str:
    """Python writes no integer of more than some thousand digits, and as a float it would be infinite."""
    exponent = math.floor(math.log10(abs(value)))
    leading = 10 ** (math.log10(abs(value)) - exponent)
    return f"≈{'−' if value < 0 else ''}{leading:.1f}×10{str(exponent).translate(RAISED)}"


def flag(value: bool) -> str:
    return _("yes") if value else _("no")


def day(value: date) -> str:
    return formats.date_format(value, "DATE_FORMAT")


def month(value: date) -> str:
    return formats.date_format(value, "YEAR_MONTH_FORMAT")


def period(first: date, last: date) -> str:
    """From one month to another as tables have it: "2025-10 – 2026-09"."""
    short = pgettext("month in a table, as a date format", "Y-m")
    ends = {"first": formats.date_format(first, short), "last": formats.date_format(last, short)}
    return pgettext("period in a table", "%(first)s – %(last)s") % ends


def moment(value: datetime) -> str:
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return formats.date_format(local, "DATETIME_FORMAT")


def _trimmed(value: float, *, decimals: int, keep: bool = False) -> str:
    least = 10**-decimals
    if value == 0:
        return "0"
    if abs(value) >= LARGEST:
        return _power(value)
    if 0 < value < least / 2:
        return f"<{least:g}"
    # Half is rounded up, as spreadsheets do: 20.25 is "20.3" on the page and in the workbook.
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,}".replace("-", "−")
    return text if keep else text.rstrip("0").rstrip(".")


_WRITERS: Final[dict[str, Callable[[Any], str]]] = {
    "text": str,
    "count": count,
    "hours": hours,
    "in_hours": in_hours,
    "share": share,
    "percent": percent,
    "points": points,
    "number": number,
    "index": index,
    "date": day,
    "flag": flag,
}
