"""Texts in the cells of tables that a spreadsheet program opens."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

ERROR_CELL = re.compile(r"#(?:DIV/0!|N/A|REF!|NAME\?|VALUE!|NUM!|NULL!)|#{3,40}")
FAILED = _("Cell %(cell)s shows the error %(value)s; it was read as blank, so correct its formula.")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD = "'"


def safe_cell(text: str) -> str:
    """A text that opens as text: an apostrophe stops what would start a formula.

    A text that would read as guarded is guarded once more, so that `plain_cell` gives back what was written.
    """
    return _GUARD + text if _starts_formula(text) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given."""
    return text[1:] if text.startswith(_GUARD) and _starts_formula(text[1:]) else text


def _starts_formula(text: str) -> bool:
    return text.lstrip(_GUARD + " ").startswith(FORMULA_STARTS)
