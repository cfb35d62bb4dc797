"""From a Notice to its sentence in the active language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from django.utils.translation import gettext as _

from curricula.analysis.frames import Notice

from . import formats, phrases
from .names import Names
from .sentences import SENTENCES, chosen

Value = float | int | str

_SHARES: Final = ("share", "part", "low", "high", "most")
_THRESHOLDS: Final = ("floor", "q")
_POINTS: Final = ("difference", "margin")
_LEVELS: Final = ("reached", "required")
_HOURS: Final = {("practice_between", name) for name in ("low", "high")}
_INDICES: Final = {("raters_disagree", name) for name in ("alpha", "low", "needed")}
_MOST_TITLES: Final = 6  # of a list inside a sentence


def sentence(notice: Notice, names: Names) -> str:
    """The sentence of a Notice. Raises KeyError for a code without one; a test keeps that from happening."""
    written = {name: _written(notice.code, name, value, names) for name, value in notice.values.items()}
    numbers = {f"n_{name}": ceil(value) for name, value in notice.values.items() if not isinstance(value, str)}
    return str(chosen(notice.code, notice.values) % {**numbers, **written})


def undefined(pair: str, reason: Notice | None, names: Names) -> str:
    """Why a pair has no index, with the pair named."""
    why = reason_words(reason, names) if reason else ""
    return str(SENTENCES[f"undefined.{pair}"] % {"pair": phrases.pair_text(pair), "reason": why}).strip()


def reason_words(reason: Notice, names: Names) -> str:
    """Why an index has no value. That the mapping is not finished is told in full once, at the top of the report."""
    if reason.code == "mapping_unfinished":
        return _("The mapping is not finished, so this is not judged.")
    return sentence(reason, names)


def _written(code: str, name: str, value: Value, names: Names) -> str:
    if isinstance(value, str):
        return _word(name, value, names)
    if (code, name) in _INDICES:
        return formats.index(value)
    if (code, name) in _HOURS:
        return formats.hours(value)
    return _number(name, value)


def _word(name: str, value: str, names: Names) -> str:
    if name in ("codes", "course_codes"):
        return _titles(value.split("\n"), names.abilities if name == "codes" else names.courses)
    if name == "pairs":
        return phrases.listed([phrases.pair_text(pair) for pair in value.split("\n")])
    if name == "cycle":
        return value.replace("\n", " → ")
    if name == "evidence":
        return phrases.evidence_text(value)
    return phrases.level_text(value) if name in _LEVELS else value


def _titles(codes: Sequence[str], called: Mapping[str, str]) -> str:
    return phrases.listed(phrases.first_of([called.get(code, code) for code in codes], _MOST_TITLES))


def _number(name: str, value: float) -> str:
    if name == "p":
        return "<\u00a00.001" if value < 0.001 else "=\u00a0" + formats.number(round(value, 3))
    if name in _THRESHOLDS:
        return formats.percent(value)
    if name in _POINTS:
        return f"{abs(value) * 100:.1f}"
    if name.endswith("hours"):
        return formats.hours(value)
    if name.endswith(_SHARES):
        return formats.share(value)
    return formats.number(value)
