"""Rich Skill Descriptors of the Open Skills Management Tool: its spreadsheet, its list of skills, its collection.

Categories become areas, keywords terms. The descriptor is kept with its ability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from competencies.frameworks.codes import code_from
from competencies.frameworks.problems import framework_problems, unreadable
from competencies.frameworks.rows import LONGEST_TERM, LONGEST_TITLE, ParsedFramework
from competencies.frameworks.table_rows import named_rows
from competencies.frameworks.validation import checked_framework
from competencies.tabular.problems import UnreadableFile

from . import Format
from .given import Given, text_of

_COLUMNS = {"rsd name": "skillName", "skill statement": "skillStatement", "categories": "categories"}
_COLUMNS |= {"keywords": "keywords", "canonical url": "id"}

Skill = dict[str, Any]


def read_osmt(file: Given, slug: str) -> ParsedFramework:
    head, skills = _collection(file)
    problems = framework_problems()
    areas: dict[str, dict[str, Any]] = {}
    abilities: list[dict[str, Any]] = []
    for number, skill in enumerate(skills, start=1):
        row = skill.pop("row", number)
        area = next(iter(_names(skill.get("categories") or skill.get("category"))), "")[:LONGEST_TITLE]
        code = code_from(area, prefix="area ") if area else ""
        if area:
            areas.setdefault(code, {"row": row, "code": code, "title": {"en": area}})
        abilities.append({"row": row, "parent": code, **_ability(skill)})
    framework = {
        "title": {"en": text_of(head, "name") or slug},
        "slug": slug,
        "outside": {"osmt": head} if head else {},
    }
    framework |= {"note": {"en": text_of(head, "description")}, "publisher": text_of(head, "author")[:300]}
    return checked_framework({"framework": framework, "abilities": [*areas.values(), *abilities]}, problems=problems)


def _collection(file: Given) -> tuple[Skill, list[Skill]]:
    """What is said of all skills, and the skills."""
    if not _is_json(file):
        return {}, [_skill_of(row) for _name, rows in named_rows(file.content()) for row in rows]
    content = file.json()
    head = content if isinstance(content, dict) else {}
    skills = head.get("skills") if head else content
    if not isinstance(skills, list) or not all(isinstance(skill, dict) and "skillName" in skill for skill in skills):
        raise unreadable("not_osmt")
    return {key: value for key, value in head.items() if key != "skills"}, [dict(skill) for skill in skills]


def _skill_of(row: Mapping[str, Any]) -> Skill:
    return {_COLUMNS.get(name, name): value for name, value in row.items()}


def _is_json(file: Given) -> bool:
    return file.content().lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def _ability(skill: Skill) -> dict[str, Any]:
    title = text_of(skill, "skillName")[:LONGEST_TITLE]
    terms = [name for name in dict.fromkeys([title, *_names(skill.get("keywords"))]) if len(name) <= LONGEST_TERM]
    return {
        "code": text_of(skill, "uuid") or code_from(text_of(skill, "id").rpartition("/")[2] or title),
        "title": {"en": title},
        "statement": {"en": text_of(skill, "skillStatement")},
        "citation": text_of(skill, "id")[:300],
        "terms": [{"text": term, "language": "en"} for term in terms if term],
        "outside": {"osmt": skill},
    }


def _names(value: object) -> list[str]:
    """A list of names, of objects that have one, or a cell with ";" between them."""
    parts: Iterable[object] = value.split(";") if isinstance(value, str) else value if isinstance(value, list) else ()
    names = (part.get("name") or part.get("skillName") if isinstance(part, dict) else part for part in parts)
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def _is_osmt(file: Given) -> bool:
    if file.packed:
        return False
    if not _is_json(file):
        return b"rsd name" in file.content()[:2000].lower()
    try:
        return bool(_collection(file)[1])
    except UnreadableFile:
        return False


FORMATS = (Format("osmt", _is_osmt, read_osmt),)
