"""Columns whose words have meanings: which words stand in a file, what they can mean, and what they are read as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from competencies.tabular.choices import Choices
from competencies.tabular.recognised import MOST_WORDS
from curricula.fields.texts import BadValue, is_blank, required_flag

from .columns import Column
from .headers import Row, Table
from .terms import TERMS_PER_YEAR, parse_terms

_MARKS: Final = (
    ("√", _("served, level not stated")),
    ("I", _("level I, introduced")),
    ("D", _("level D, developed")),
    ("A", _("level A, assessed")),
    ("H", _("strong support (H)")),
    ("M", _("medium support (M)")),
    ("L", _("weak support (L)")),
    ("-", _("not served")),
)
_YEARS = 5
# code of a meaning → what its words can mean: what the reader is given in place of the word, and what it says
VOCABULARIES: Final[Mapping[str, Sequence[tuple[str, Any]]]] = {
    "nature": (("yes", _("required")), ("no", _("elective"))),
    "term": tuple((str(term), str(term)) for term in range(1, _YEARS * TERMS_PER_YEAR + 1)),
    "mark": _MARKS,
    "level": _MARKS,
}


def _read_as(meaning: str, word: str) -> str:
    """The code of what a word is read as, or nothing where only the whole file tells."""
    if meaning == "nature":
        return {True: "yes", False: "no", None: ""}[required_flag(word)]
    if meaning == "term":
        return _term(word)
    return word.upper() if word.upper() in dict(_MARKS) else ""


def _term(word: str) -> str:
    try:
        terms = parse_terms(word)
    except BadValue:
        return ""
    return "" if terms.last else str(terms.first)


def words_of(tables: Sequence[Table]) -> dict[str, dict[str, str]]:
    """Meaning → the words under its columns → what each is read as; figures need no explanation."""
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        for column in _spoken(table, VOCABULARIES):
            texts = (row.at(column.index) for row in table.rows)
            found.setdefault(column.field, {}).update(
                (text, None) for text in texts if not (is_blank(text) or text.isdigit())
            )
    return {
        meaning: {word: _read_as(meaning, word) for word in sorted(words)}
        for meaning, words in found.items()
        if 0 < len(words) <= MOST_WORDS
    }


def with_words(table: Table, choices: Choices) -> Table:
    """The table with the words that were given a meaning replaced by what the reader knows."""
    meanings = {column.index: column.field for column in _spoken(table, choices.values)}
    if not meanings:
        return table
    merged = {
        number: {index: choices.word(meanings.get(index, ""), text) for index, text in texts.items()}
        for number, texts in table.merged_down.items()
    }
    return replace(table, rows=tuple(_said(row, meanings, choices) for row in table.rows), merged_down=merged)


def _spoken(table: Table, values: Mapping[str, Any]) -> list[Column]:
    return [column for column in table.columns if column.field in values and not column.ticked]


def _said(row: Row, meanings: Mapping[int, str], choices: Choices) -> Row:
    cells = enumerate(row.cells)
    return replace(row, cells=tuple(choices.word(meanings.get(index, ""), text) for index, text in cells))
