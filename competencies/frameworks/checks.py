"""What must hold between the rows of a framework file, whatever its format: codes, references, the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from competencies.tabular.problems import Problems

from .rows import AbilityRow, FrameworkDocument, Row, TermRow

# People lay out five or six levels; a chain far longer than that is a slip, and each level costs queries.
MOST_LEVELS = 20


def check_rows(rows: FrameworkDocument, problems: Problems) -> FrameworkDocument:
    """The same rows without repeated terms; what does not hold is told in `problems`."""
    _refuse_repeated(rows, problems)
    _refuse_unknown(rows, problems)
    _refuse_bad_tree(rows.abilities, problems)
    abilities = [_without_repeated_terms(row, problems) for row in rows.abilities]
    return rows.model_copy(update={"abilities": abilities})


def _refuse_repeated(rows: FrameworkDocument, problems: Problems) -> None:
    for section, records in rows.sections():
        seen: set[tuple[object, ...]] = set()
        for record in records:
            key = tuple(getattr(record, name) for name in record.key)
            if key in seen:
                _refuse_second(section, record, key, problems)
            elif key != ("",):
                seen.add(key)


def _refuse_second(section: str, record: Row, key: tuple[object, ...], problems: Problems) -> None:
    value = " · ".join(str(part) for part in key if part != "")
    code = "duplicate_code" if record.key == ("code",) else "duplicate_item"
    problems.refuse(code, row=record.row, column=f"{section}.{record.key[-1]}", value=value)


def _refuse_unknown(rows: FrameworkDocument, problems: Problems) -> None:
    known = {section: {getattr(row, "code", "") for row in records} for section, records in rows.sections()}
    for section, records in rows.sections():
        for record in records:
            for name, target, code in record.codes():
                if code not in known[target]:
                    problems.refuse("unknown_reference", row=record.row, column=f"{section}.{name}", value=code)


def _refuse_bad_tree(abilities: Iterable[AbilityRow], problems: Problems) -> None:
    rows = {row.code: row.row for row in abilities if row.code}
    parents = {row.code: row.parent for row in abilities if row.code and row.parent in rows}
    if cycle := first_cycle(parents):
        codes = " → ".join(cycle)
        problems.refuse("cycle", row=rows[cycle[0]], column="abilities.parent", value=cycle[0], codes=codes)
        return
    for code, depth in depths(rows, parents).items():
        if depth == MOST_LEVELS:
            problems.refuse("too_deep", row=rows[code], column="abilities.parent", value=code, levels=MOST_LEVELS)


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


def _without_repeated_terms(row: AbilityRow, problems: Problems) -> AbilityRow:
    terms: dict[tuple[str, str], TermRow] = {}
    for term in row.terms:
        if (term.language, term.text) in terms:
            problems.warn("repeated_term", row=row.row, column="abilities.terms", value=term.text)
        terms.setdefault((term.language, term.text), term)
    return row if len(terms) == len(row.terms) else row.model_copy(update={"terms": list(terms.values())})
