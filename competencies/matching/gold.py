"""Texts with the abilities that a person found in them: what matching is measured against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from competencies.tabular.column_names import column_key
from competencies.tabular.problems import Problem, UnreadableFile
from competencies.tabular.records import Cells, NoHeader, Record, read_records

_NAMES = {
    "text": ("text", "sentence", "文本", "句子"),
    "ability": ("ability", "abilitycode", "abilitytitle", "label", "能力", "能力代码"),
}
# How annotators say of a span that no ability fits it; with these, their tables can be read as they are.
_NO_MATCH = frozenset({"label not present", "underspecified"})
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names}


@dataclass(frozen=True)
class Gold:
    """Each text once, with the codes of its abilities; none means "no match"."""

    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unknown: tuple[Problem, ...] = ()  # pairs left out, because the framework has no such ability

    @property
    def pairs(self) -> int:
        return sum(map(len, self.texts.values()))

    @property
    def matched(self) -> int:
        return sum(map(bool, self.texts.values()))


class Names:
    """Abilities by code, by title, and by title whatever its capitals; a name that two share names neither."""

    def __init__(self, titles: Mapping[str, tuple[str, ...]]) -> None:
        """`titles` are each code's."""
        self._codes = {code: code for code in titles}
        pairs = [(title, code) for code, all_titles in titles.items() for title in all_titles]
        self._exact = _unambiguous(pairs)
        self._loose = _unambiguous([(title.casefold(), code) for title, code in pairs])

    def code(self, name: str) -> str | None:
        return self._codes.get(name) or self._exact.get(name) or self._loose.get(name.casefold())


def _unambiguous(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        found.setdefault(name, set()).add(code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


def read_gold(path: Path, *, names: Names) -> Gold:
    """One row a pair of text and ability (code or title). Raises UnreadableFile where it is no such table.

    A text of which no ability is known is left out, because it is no "no match" either.
    """
    found: dict[str, set[str]] = {}
    unknown: dict[str, list[Problem]] = {}
    try:
        for record in read_records(path, name=path.name, recognise=lambda cells: len(_places(cells))):
            _take(record, names=names, found=found, unknown=unknown)
    except NoHeader as error:
        raise _no_columns(error.found) from error
    kept = {text: frozenset(codes) for text, codes in found.items() if codes or text not in unknown}
    return Gold(kept, tuple(problem for notices in unknown.values() for problem in notices))


def _take(record: Record, *, names: Names, found: dict[str, set[str]], unknown: dict[str, list[Problem]]) -> None:
    places = _places(record.header)
    if places.keys() != _NAMES.keys():
        raise _no_columns(record.header)
    text, ability = (_cell(record.cells, places[column]) for column in _NAMES)
    if not text:
        return
    abilities = found.setdefault(text, set())
    code = names.code(ability) if ability else None
    if code:
        abilities.add(code)
    elif ability and ability.casefold() not in _NO_MATCH:
        message = _("the framework has no ability “%(value)s”") % {"value": ability[:80]}
        unknown.setdefault(text, []).append(Problem(record.row, "ability", ability, "unknown_ability", message))


def _places(header: Cells) -> dict[str, int]:
    known = ((_COLUMNS.get(column_key(cell)), place) for place, cell in enumerate(header))
    return {column: place for column, place in known if column}


def _cell(cells: Cells, place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _no_columns(found: Cells) -> UnreadableFile:
    message = _("The table needs the columns text and ability. Found: %(found)s.")
    return UnreadableFile("missing_columns", message % {"found": ", ".join(found)[:200] or _("nothing")})
