"""A list of abilities or positions over a stored framework: what the list does not speak of stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from competencies.tabular.column_names import signless, unambiguous

from .codes import code_from
from .rows import LONGEST_TERM, SECTIONS, AbilityRow, ParsedFramework, PositionRow, RequirementRow, Row, TermRow, Texts

Codes = Mapping[str, Mapping[str, str]]  # section → code in the list → code that is stored


def completed(parsed: ParsedFramework, stored: ParsedFramework) -> ParsedFramework:
    """The list with what it leaves blank or out as it is stored, as far as what that names is still there.

    What has no code in the list keeps the stored code of what bears its title.
    """
    codes = {name: _stored_codes(getattr(parsed, name), getattr(stored, name)) for name in SECTIONS}
    named = {name: [_recoded(row, name, codes) for row in getattr(parsed, name)] for name in SECTIONS}
    sections = {name: _section(name, named, getattr(stored, name), partial=parsed.partial) for name in SECTIONS}
    sections["abilities"] += _areas_above(sections["abilities"], stored)
    known = {name: {getattr(row, "code", "") for row in rows} for name, rows in sections.items()}
    for name in SECTIONS.keys() - {"abilities", "positions"}:
        sections[name] = [kept for row in sections[name] if (kept := _with_known(row, known)) is not None]
    head = _filled(parsed.framework, stored.framework)
    if parsed.framework.slug in (parsed.framework.title.en, parsed.framework.title.zh):
        head = head.model_copy(update={"title": stored.framework.title})  # the list has none
    return parsed.model_copy(update={"framework": head, "sources": parsed.sources or stored.sources, **sections})


def _stored_codes(rows: Iterable[Any], before: Iterable[Any]) -> dict[str, str]:
    """For codes that were made from titles: the code under which the title is stored."""
    titled = [row for row in before if hasattr(row, "title")]
    by_title = unambiguous((title, row.code) for row in titled for title in (row.title.en, row.title.zh))
    taken = {getattr(row, "code", "") for row in rows}
    found = {row.code: by_title.get(signless(row.title.en or row.title.zh), row.code) for row in rows if _is_made(row)}
    return {code: former for code, former in found.items() if former not in taken}


def _is_made(row: Any) -> bool:
    if not hasattr(row, "title"):
        return False
    title = row.title.en or row.title.zh
    return row.code in (code_from(title), code_from(title, prefix="area "))


def _recoded(row: Row, section: str, codes: Codes) -> Any:
    """The row under the stored codes, its own and those it refers to."""
    changes: dict[str, Any] = {}
    if hasattr(row, "code"):
        changes["code"] = codes[section].get(row.code, row.code)
    for name, target in row.refers.items():
        value, of_target = getattr(row, name), codes[target]
        several = isinstance(value, list)
        changes[name] = [of_target.get(code, code) for code in value] if several else of_target.get(value, value)
    return row.model_copy(update=changes)


def _section(name: str, named: Mapping[str, list[Any]], before: list[Any], *, partial: str) -> list[Any]:
    rows = named[name]
    if not rows and not (name == "requirements" and named["positions"]):
        return list(before)
    by_key = {_key(row): row for row in before}
    filled = [_filled(row, by_key.pop(_key(row), None)) for row in rows]
    return [*filled, *by_key.values()] if partial == "pairs" and name == "abilities" else filled


def _key(row: Any) -> tuple[object, ...]:
    """Items are numbered anew in a list, so a requirement is known by what it asks for."""
    names = ("position", "ability") if isinstance(row, RequirementRow) else row.key
    return tuple(getattr(row, name) for name in names)


def _filled(row: Any, before: Any) -> Any:
    if before is None:
        return row
    names = type(row).model_fields.keys() - {"row", "code"}
    return row.model_copy(update={name: _value(row, before, name) for name in names})


def _value(row: Any, before: Any, name: str) -> Any:
    value, former = getattr(row, name), getattr(before, name)
    if isinstance(value, Texts):
        return type(value)(en=value.en or former.en, zh=value.zh or former.zh)
    if isinstance(row, PositionRow) and name == "title_terms":
        return [*former, *(term for term in value if (term.text, term.language) not in _said(former))]
    return value if name in row.model_fields_set and value not in ("", [], {}) else former


def _said(terms: Iterable[Any]) -> set[tuple[str, str]]:
    return {(term.text, term.language) for term in terms}


def _areas_above(rows: Iterable[Any], stored: ParsedFramework) -> list[Any]:
    """The stored areas that the list does not name again, but whose abilities it does."""
    before = {row.code: row for row in stored.abilities}
    known = {row.code for row in rows}
    found: dict[str, Any] = {}
    for row in rows:
        parent = row.parent
        while parent and parent not in known and parent not in found:
            found[parent] = before[parent]
            parent = before[parent].parent
    return list(found.values())


def _with_known(row: Any, known: Mapping[str, set[str]]) -> Any | None:
    """None where it refers to what is gone; a list loses only the names that are."""
    listed = row.refers.keys() & row.tables.keys()
    lists = {name: [code for code in getattr(row, name) if code in known[row.refers[name]]] for name in listed}
    if any(code not in known[section] for name, section, code in row.codes() if name not in listed):
        return None
    return row.model_copy(update=lists)


def leaves_of(parsed: ParsedFramework) -> list[AbilityRow]:
    """The abilities in which no other lies."""
    areas = {row.parent for row in parsed.abilities}
    return [row for row in parsed.abilities if row.code not in areas]


def with_titles_as_terms(parsed: ParsedFramework) -> ParsedFramework:
    """Abilities without search words get their titles as such, as far as a term may be that long."""
    leaves = {row.code for row in leaves_of(parsed) if not row.terms}
    rows = [_titled_term(row) if row.code in leaves else row for row in parsed.abilities]
    return parsed.model_copy(update={"abilities": rows})


def _titled_term(row: AbilityRow) -> AbilityRow:
    titles = {"en": row.title.en, "zh": row.title.zh}
    terms = [TermRow(text=text, language=key) for key, text in titles.items() if text and len(text) <= LONGEST_TERM]
    return row.model_copy(update={"terms": terms})
