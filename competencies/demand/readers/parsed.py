"""What every reader of demand gives back, and how it refuses a file in which no row can be a header."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from competencies.personal_data import mask_personal_data
from competencies.tabular.problems import Doubt, Problem, UnreadableFile
from competencies.tabular.recognised import RecognisedFile

_LONGEST_VALUE, _MOST_NAMES = 80, 30


@dataclass(frozen=True)
class Parsed:
    """One file, read whole. Nothing may be saved while `refusals` is not empty."""

    rows: tuple[Any, ...] = ()
    rows_read: int = 0  # those that repeat another one and those that are refused too
    warnings: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: RecognisedFile = RecognisedFile()  # noqa: RUF009 - frozen


def masked(value: object) -> str:
    """A value as a problem shows it: short, and what is personal masked, because it may end in a log."""
    return mask_personal_data(str(value))[:_LONGEST_VALUE]


def no_rows() -> UnreadableFile:
    return UnreadableFile("no_rows", _("The file has a header and no rows below it."))


def missing_columns(message: str, found: Iterable[str], recognised: RecognisedFile | None) -> UnreadableFile:
    """With the names that were found in the place of %(found)s."""
    names = ", ".join([masked(name) for name in found][:_MOST_NAMES]) or _("nothing")
    return UnreadableFile("missing_columns", message % {"found": names}).with_columns(recognised)
