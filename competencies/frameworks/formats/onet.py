"""O*NET's tables, as text or workbooks: a folder or archive of them, or one.

The elements that occupations are rated on become abilities under the content model's own tree, occupations positions,
and what is important to an occupation its requirements, weighted by importance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from competencies.frameworks.problems import framework_problems, unreadable
from competencies.frameworks.rows import ParsedFramework
from competencies.frameworks.table_rows import TableRow, named_rows
from competencies.frameworks.validation import checked_framework

from . import Format
from .given import Given

_HEAD = {
    "title": {"en": "O*NET", "zh": "O*NET"},
    "publisher": "U.S. Department of Labor",
    "licence": "CC BY 4.0",
    "source": "O*NET Database",
    "note": {"en": "A requirement is an element of importance 3 or more; its weight is the importance (1 to 5)."},
}
_MODEL, _OCCUPATIONS = "Content Model Reference.*", "Occupation Data.*"
_RATED = ("Skills.*", "Knowledge.*", "Abilities.*", "Work Activities.*")
_LEAST_IMPORTANCE = 3.0  # O*NET's own reports call an element important from there on
_ID, _NAME, _SOC = "element id", "element name", "o*net-soc code"


def read_onet(file: Given, slug: str) -> ParsedFramework:
    tables = _tables(file)
    elements: dict[str, TableRow] = {row[_ID]: row for row in tables["elements"] if _ID in row}
    ratings = [row for row in tables["ratings"] if row.get("scale id") == "IM"]
    rated = {row[_ID]: row for row in ratings if _ID in row}
    if not elements and not rated:
        raise unreadable("not_onet")
    wanted = _with_areas(rated, elements) if rated else set(elements)
    requirements = list(_requirements(ratings))
    document: dict[str, Any] = {
        "framework": _HEAD | {"slug": slug},
        "abilities": [_ability(elements.get(code) or rated[code], wanted) for code in sorted(wanted)],
        "requirements": requirements,
    }
    named = {requirement["position"] for requirement in requirements}
    occupations = tables["occupations"] or [{"row": 0, _SOC: code, "title": code} for code in sorted(named)]
    document["positions"] = [_position(row) for row in occupations if row.get(_SOC) in named]
    return checked_framework(document, problems=framework_problems())


def _tables(file: Given) -> dict[str, list[TableRow]]:
    found: dict[str, list[TableRow]] = {"elements": [], "occupations": [], "ratings": []}
    for name in file.files if not file.packed else _known(file):
        for _sheet, rows in named_rows(file.content(name)):
            found[_kind(rows)] += rows
    return found


def _known(file: Given) -> Iterator[str]:
    names = (file.first_named(pattern) for pattern in (_MODEL, _OCCUPATIONS, *_RATED))
    return (name for name in names if name)


def _kind(rows: list[TableRow]) -> str:
    columns = rows[0].keys() if rows else set()
    if "scale id" in columns:
        return "ratings"
    return "elements" if _ID in columns else "occupations"


def _with_areas(rated: Iterable[str], elements: Iterable[str]) -> set[str]:
    """2.A.1.a lies in 2.A.1, that in 2.A, and that in 2."""
    known, wanted = set(elements), set(rated)
    for code in list(wanted):
        parts = code.split(".")
        wanted.update(known.intersection(".".join(parts[:length]) for length in range(1, len(parts))))
    return wanted


def _ability(row: TableRow, wanted: set[str]) -> dict[str, Any]:
    code = row[_ID]
    return {
        "row": row["row"],
        "code": code,
        "parent": _area(code, wanted),
        "title": {"en": row.get(_NAME, "")},
        "statement": {"en": row.get("description", "")},
        "citation": f"O*NET element {code}",
        "terms": [{"text": row[_NAME], "language": "en"}] if row.get(_NAME) else [],
    }


def _area(code: str, wanted: set[str]) -> str:
    parts = code.split(".")
    above = (".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((area for area in above if area in wanted), "")


def _position(row: TableRow) -> dict[str, Any]:
    code, title = row[_SOC], row.get("title", "")
    return {
        "row": row["row"],
        "code": code,
        "title": {"en": title},
        "occupation_codes": [code],
        "citation": f"O*NET-SOC {code}",
        "title_terms": [{"text": title, "language": "en"}] if title else [],
    }


def _requirements(ratings: list[TableRow]) -> Iterator[dict[str, Any]]:
    items: dict[str, int] = {}
    for row in ratings:
        value, occupation = _importance(row), row.get(_SOC, "")
        if value >= _LEAST_IMPORTANCE and row.get("recommend suppress") != "Y":
            items[occupation] = items.get(occupation, 0) + 1
            citation = f"O*NET importance {value:g}, N {row.get('n', '?')}, {row.get('date', '')}".rstrip(", ")
            yield {
                **{"row": row["row"], "position": occupation, "ability": row.get(_ID, "")},
                **{"item": items[occupation], "weight": value, "citation": citation},
            }


def _importance(row: TableRow) -> float:
    try:
        return float(row.get("data value", ""))
    except ValueError:
        return 0.0


def _is_onet(file: Given) -> bool:
    if file.packed:
        return bool(file.first_named(_MODEL, *_RATED)) and not file.first_named("abilities.csv")
    start = file.content()[:300].lower()
    return b"element id" in start or b"o*net-soc code" in start


FORMATS = (Format("onet", _is_onet, read_onet),)
