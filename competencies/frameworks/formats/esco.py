"""ESCO's skills: one CSV file of skills, or a folder with the skill groups and broader relations beside it.

Skills become leaves under the nearest skill group above them, so that a narrower skill never turns the skill above
it into an area. Labels and synonyms become terms.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from competencies.frameworks.codes import code_from, shortened
from competencies.frameworks.problems import framework_problems, unreadable
from competencies.frameworks.rows import LONGEST_TERM, LONGEST_TITLE, ParsedFramework
from competencies.frameworks.validation import checked_framework
from competencies.tabular.problems import Problems

from . import Format
from .given import Given

BASE = "http://data.europa.eu/esco/"
_HEAD = {
    "title": {"en": "ESCO skills", "zh": "ESCO 技能"},
    "publisher": "European Commission",
    "licence": "CC BY 4.0",
    "source": "ESCO, European Skills, Competences, Qualifications and Occupations",
}
_SKILLS = ("skills_??.csv", "skills_??_*.csv", "skills.csv")
_LABEL_COLUMNS = ("preferredLabel", "altLabels", "hiddenLabels")
_BETWEEN_LABELS = re.compile(r"\n| \| ")
_LANGUAGE = re.compile(r"_([a-z]{2})(?:_|\.|$)")

Line = Mapping[str, str]


def read_esco(file: Given, slug: str) -> ParsedFramework:
    """The skills as abilities."""
    skills, groups, broader = _lists(file)
    found = _LANGUAGE.search(file.first_named(*_SKILLS) if file.packed else file.name)
    language = found[1] if found else "en"
    problems = framework_problems()
    if skills and "conceptUri" not in skills[0]:
        problems.warn("codes_from_labels", column="conceptUri")
    abilities = list(_abilities(skills, groups, broader, language=language, problems=problems))
    if too_long := problems.gathered.pop("long_terms", []):
        problems.warn("long_terms", column="altLabels", value=str(len(too_long)), limit=LONGEST_TERM)
    head = _HEAD | {"slug": slug, "language": language}
    return checked_framework({"framework": head, "abilities": abilities}, problems=problems)


def _lists(file: Given) -> tuple[list[Line], list[Line], list[Line]]:
    """Skills, groups, and which is broader than which."""
    if not file.packed:
        return _lines(file, file.name, {"preferredLabel"}), [], []
    skills = file.first_named(*_SKILLS)
    if not skills:
        raise unreadable("no_skills_file")
    groups = file.first_named("skillGroups*.csv")
    broader = file.first_named("broaderRelationsSkillPillar*.csv")
    return (
        _lines(file, skills, {"preferredLabel"}),
        _lines(file, groups, {"preferredLabel", "conceptUri"}) if groups else [],
        _lines(file, broader, {"conceptUri", "broaderType", "broaderUri"}) if broader else [],
    )


def _lines(file: Given, name: str, needed: set[str]) -> list[Line]:
    try:
        text = file.content(name).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
        if missing := needed - set(reader.fieldnames or ()):
            raise unreadable("missing_columns", file=name, columns=", ".join(sorted(missing)))
        return list(reader)
    except UnicodeDecodeError as error:
        raise unreadable("not_utf8", message="not_utf8_table", file=name) from error
    except csv.Error as error:
        raise unreadable("bad_csv", file=name) from error


def _abilities(
    skills: list[Line], groups: list[Line], broader: list[Line], *, language: str, problems: Problems
) -> Iterator[dict[str, Any]]:
    areas = _areas_of(skills, groups, broader)
    used = set(areas.values())
    named = [(row, line, False) for row, line in enumerate(groups, start=2) if line["conceptUri"] in used]
    named += [(row, line, True) for row, line in enumerate(skills, start=2)]
    for row, line, is_skill in named:
        labels = [label for column in _LABEL_COLUMNS for label in _labels(line.get(column) or "")]
        if not _labels(line.get("preferredLabel") or ""):
            problems.refuse("missing_key", row=row, column="preferredLabel", key="preferredLabel")
            continue
        ability = _ability(line, labels[0], parent=areas.get(line.get("conceptUri", ""), ""), language=language)
        terms = _terms(labels, language=language, problems=problems) if is_skill else []
        yield ability | {"row": row, "terms": terms}


def _ability(line: Line, label: str, *, parent: str, language: str) -> dict[str, Any]:
    uri, side = line.get("conceptUri") or "", "zh" if language == "zh" else "en"
    return {
        "code": code_of(uri, label=label),
        "parent": code_of(parent, label="") if parent else "",
        "title": {side: label[:LONGEST_TITLE]},
        "statement": {side: _clean(line.get("description") or "")},
        "citation": uri[:300],
    }


def _terms(labels: list[str], *, language: str, problems: Problems) -> list[dict[str, str]]:
    for label in labels:
        if len(label) > LONGEST_TERM:
            problems.gather("long_terms", label)
    fitting = dict.fromkeys(label for label in labels if len(label) <= LONGEST_TERM)
    return [{"text": label, "language": language} for label in fitting]


def _areas_of(skills: list[Line], groups: list[Line], broader: list[Line]) -> dict[str, str]:
    """For each skill, and each group above one, the group that it lies in; of several the file's first counts."""
    known = {line["conceptUri"] for line in groups}
    above: dict[str, list[str]] = {}
    for line in broader:
        above.setdefault(line["conceptUri"], []).append(line["broaderUri"])
    found: dict[str, str] = {}
    waiting = [line.get("conceptUri", "") for line in skills]
    while waiting:
        uri = waiting.pop()
        area = _nearest(uri, above=above, known=known)
        if area and uri not in found:
            found[uri] = area
            waiting.append(area)
    return found


def _nearest(uri: str, *, above: Mapping[str, list[str]], known: set[str]) -> str:
    """The first group met on the way up, level by level."""
    level, seen = [uri], {uri}
    while level:
        level = [up for one in level for up in above.get(one, ()) if up not in seen]
        for up in level:
            if up in known:
                return up
        seen.update(level)
    return ""


def _labels(cell: str) -> list[str]:
    return [label for part in _BETWEEN_LABELS.split(cell) if (label := " ".join(_clean(part).split()))]


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def code_of(uri: str, *, label: str) -> str:
    """What follows ESCO's own address; without one, a code made from the label."""
    return shortened(uri.removeprefix(BASE)) if uri else code_from(label)


def _is_esco(file: Given) -> bool:
    if file.packed:
        return bool(file.first_named("skills_??.csv", "skills_??_*.csv"))
    return b"preferredLabel" in file.content()[:1000]


FORMATS = (Format("esco", _is_esco, read_esco),)
