"""What must hold between the rows of a framework file, whatever its format: codes, references, the tree."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext as _

from .json_records import Report
from .rows import ParsedFramework, TermRow

# People lay out five or six levels; a chain far longer than that is a slip, and each level costs queries.
MOST_LEVELS = 20
Key = TypeVar("Key", bound=Hashable)


class Reference(NamedTuple):
    row: int
    column: str
    code: str
    required: bool = True


def check_references(parsed: ParsedFramework, report: Report) -> ParsedFramework:
    """The same rows with the notices of `report` and of the checks between rows."""
    _refuse_repeated_codes(parsed, report)
    _refuse_repeated_links(parsed, report)
    for known, references in _references(parsed):
        _refuse_unknown(references, known=known, report=report)
    _refuse_bad_tree(parsed, report)
    terms = tuple(_without_repeated_terms(parsed.terms, report))
    return replace(parsed, terms=terms, warnings=tuple(report.warnings), refusals=tuple(report.refusals))


def _refuse_repeated_codes(parsed: ParsedFramework, report: Report) -> None:
    for section in ("abilities", "positions", "career_entries", "certifications", "reference_courses"):
        codes = ((row.row, row.code) for row in getattr(parsed, section) if row.code)
        for row, code in _repeated(codes):
            message = _("The code “%(code)s” stands here a second time.") % {"code": code}
            report.refuse(row=row, column=f"{section}.code", value=code, code="duplicate_code", message=message)


def _refuse_repeated_links(parsed: ParsedFramework, report: Report) -> None:
    links: dict[str, Iterable[tuple[int, Hashable]]] = {
        "requirements.item": ((row.row, (row.position, row.item)) for row in parsed.requirements),
        "certification_courses.course": (
            (row.row, (row.certification, row.direction, row.course)) for row in parsed.certification_courses
        ),
        "crosswalks.to": ((row.row, (row.ability, row.framework, row.to)) for row in parsed.crosswalks),
    }
    for column, keys in links.items():
        for row, key in _repeated(keys):
            value = " · ".join(str(part) for part in key if part != "")  # type: ignore[attr-defined]
            message = _("%(value)s stands here a second time.") % {"value": value}
            report.refuse(row=row, column=column, value=value, code="duplicate_item", message=message)


def _repeated(rows: Iterable[tuple[int, Key]]) -> Iterator[tuple[int, Key]]:
    seen: set[Key] = set()
    for row, key in rows:
        if key in seen:
            yield row, key
        seen.add(key)


def _references(parsed: ParsedFramework) -> Iterator[tuple[set[str], Iterable[Reference]]]:
    """Pairs of the codes that exist and the places that refer to them."""
    abilities = {row.code for row in parsed.abilities}
    positions = {row.code for row in parsed.positions}
    yield abilities, (Reference(row.row, "abilities.parent", row.parent, required=False) for row in parsed.abilities)
    yield abilities, (Reference(row.row, "requirements.ability", row.ability) for row in parsed.requirements)
    yield abilities, (Reference(row.row, "crosswalks.ability", row.ability) for row in parsed.crosswalks)
    yield (
        abilities,
        (
            Reference(row.row, "reference_courses.abilities", code)
            for row in parsed.reference_courses
            for code in row.abilities
        ),
    )
    yield positions, (Reference(row.row, "requirements.position", row.position) for row in parsed.requirements)
    yield (
        positions,
        (Reference(row.row, "career_entries.position", row.position, required=False) for row in parsed.career_entries),
    )
    yield (
        {row.code for row in parsed.certifications},
        (
            Reference(row.row, "certification_courses.certification", row.certification)
            for row in parsed.certification_courses
        ),
    )
    yield (
        {row.code for row in parsed.reference_courses},
        (Reference(row.row, "certification_courses.course", row.course) for row in parsed.certification_courses),
    )


def _refuse_unknown(references: Iterable[Reference], *, known: set[str], report: Report) -> None:
    for row, column, code, required in references:
        if code and code not in known:
            message = _("“%(code)s” is not in this file.") % {"code": code}
            report.refuse(row=row, column=column, value=code, code="unknown_reference", message=message)
        elif required and not code:
            message = _("%(key)s is missing or empty.") % {"key": column.rpartition(".")[2]}
            report.refuse(row=row, column=column, value="", code="missing_key", message=message)


def _refuse_bad_tree(parsed: ParsedFramework, report: Report) -> None:
    rows = {row.code: row.row for row in parsed.abilities if row.code}
    parents = {row.code: row.parent for row in parsed.abilities if row.code and row.parent in rows}
    cycle = first_cycle(parents)
    if cycle:
        message = _("These areas lie in one another: %(codes)s.") % {"codes": " → ".join(cycle)}
        row = rows[cycle[0]]
        report.refuse(row=row, column="abilities.parent", value=cycle[0], code="cycle", message=message)
        return
    for code, depth in depths(rows, parents).items():
        if depth == MOST_LEVELS:
            message = _("Areas lie more than %(levels)d levels deep.") % {"levels": MOST_LEVELS}
            report.refuse(row=rows[code], column="abilities.parent", value=code, code="too_deep", message=message)


def first_cycle(parents: Mapping[str, str]) -> list[str]:
    """The codes of one cycle, its first code again at the end; empty where there is none.

    a → b → c → a, d → a   gives   a, b, c, a
    """
    finished: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        code = start
        while code in parents and code not in finished:
            if code in way:
                cycle = list(way)[list(way).index(code) :]
                return [*cycle, code]
            way[code] = None
            code = parents[code]
        finished.update(way)
    return []


def depths(codes: Iterable[str], parents: Mapping[str, str]) -> dict[str, int]:
    """How many areas lie above each code; the parents have no cycle."""
    found: dict[str, int] = {}
    for start in codes:
        way = []
        code = start
        while code in parents and code not in found:
            way.append(code)
            code = parents[code]
        depth = found.setdefault(code, 0)
        for step, below in enumerate(reversed(way), start=1):
            found[below] = depth + step
    return found


def _without_repeated_terms(terms: Iterable[TermRow], report: Report) -> Iterator[TermRow]:
    seen: set[tuple[str, str, str]] = set()
    for term in terms:
        key = (term.ability, term.language, term.text)
        if key not in seen:
            seen.add(key)
            yield term
            continue
        message = _("The term “%(text)s” is listed twice for this ability and was read once.") % {"text": term.text}
        report.warn(row=term.row, column="abilities.terms", value=term.text, code="repeated_term", message=message)
