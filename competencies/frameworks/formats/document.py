"""Rows of a framework as the JSON document that `talentgap.framework/1` is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from .rows import AbilityRow, FrameworkRow, ParsedFramework, PositionRow, TermRow

SCHEMA = "talentgap.framework/1"
_BOTH = ("title", "statement", "note")


def document_of(parsed: ParsedFramework) -> dict[str, Any]:
    terms = _terms_by_ability(parsed.terms)
    return {
        "schema": SCHEMA,
        "framework": _framework(parsed.framework),
        "sources": list(parsed.framework.sources),
        "abilities": [_ability(row, terms.get(row.code, [])) for row in parsed.abilities],
        "positions": [_position(row) for row in parsed.positions],
        "career_entries": [{**_plain(row), "position": row.position or None} for row in parsed.career_entries],
        "requirements": [{**_plain(row), "weight": _short(row.weight)} for row in parsed.requirements],
        "certifications": _all_plain(parsed.certifications),
        "reference_courses": [{**_plain(row), "abilities": list(row.abilities)} for row in parsed.reference_courses],
        "certification_courses": _all_plain(parsed.certification_courses),
        "crosswalks": _all_plain(parsed.crosswalks),
    }


def _terms_by_ability(terms: Iterable[TermRow]) -> dict[str, list[dict[str, str]]]:
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for term in terms:
        found[term.ability].append({"text": term.text, "language": term.language})
    return found


def _framework(row: FrameworkRow) -> dict[str, Any]:
    document = _plain(row)
    del document["sources"]
    return document


def _ability(row: AbilityRow, terms: list[dict[str, str]]) -> dict[str, Any]:
    return {**_plain(row), "parent": row.parent or None, "terms": terms}


def _position(row: PositionRow) -> dict[str, Any]:
    return {
        **_plain(row),
        "occupation_codes": list(row.occupation_codes),
        "title_terms": list(row.title_terms),
    }


def _all_plain(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [_plain(row) for row in rows]


def _plain(row: Any) -> dict[str, Any]:
    """The fields of a row under the document's names: two languages in one object, no row number."""
    document: dict[str, Any] = {}
    for name in row.__dataclass_fields__:
        stem, _underscore, language = name.rpartition("_")
        if stem in _BOTH and language in ("en", "zh"):
            if text := getattr(row, name):
                document.setdefault(stem, {})[language] = text
        elif name != "row":
            document[name] = getattr(row, name)
    return document


def _short(weight: float) -> float | int:
    return int(weight) if weight.is_integer() else weight
