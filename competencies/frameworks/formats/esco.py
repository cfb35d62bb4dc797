"""ESCO's skills: one CSV file of skills, or a folder with the skill groups and broader relations beside it.

Skills become leaves under the nearest skill group above them, so that a narrower skill never turns the skill above
it into an area. Labels and synonyms become terms.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from competencies.models import Ability, AbilityTerm
from competencies.tabular.problems import UnreadableFile

from .checks import check_references
from .json_records import Report
from .rows import AbilityRow, FrameworkRow, ParsedFramework, TermRow
from .size import framework_bytes

BASE = "http://data.europa.eu/esco/"
_LONGEST_CODE = Ability._meta.get_field("code").max_length or 0
_LONGEST_TITLE = Ability._meta.get_field("title_en").max_length or 0
_LONGEST_TERM = AbilityTerm._meta.get_field("text").max_length or 0
_LABEL_COLUMNS = ("preferredLabel", "altLabels", "hiddenLabels")
_BETWEEN_LABELS = re.compile(r"\n| \| ")
_LANGUAGE = re.compile(r"_([a-z]{2})(?:_|\.|$)")

Line = Mapping[str, str]


@dataclass
class _Reading:
    report: Report = field(default_factory=Report)
    abilities: list[AbilityRow] = field(default_factory=list)
    terms: dict[tuple[str, str], TermRow] = field(default_factory=dict)
    long_terms: int = 0


def read_esco(path: Path, *, slug: str) -> ParsedFramework:
    """The skills as abilities; what cannot be read at all comes back as one refusal."""
    try:
        skills, groups, broader = _files(path)
        return _parsed(skills, groups, broader, slug=slug, language=_language_of(path))
    except UnreadableFile as error:
        return ParsedFramework(FrameworkRow(slug), refusals=(error.problem(path.name),))


def _files(path: Path) -> tuple[list[Line], list[Line], list[Line]]:
    if not path.is_dir():
        return _lines(path, {"preferredLabel"}), [], []
    skills = _first_of(path, "skills_??.csv", "skills_??_*.csv", "skills.csv")
    if skills is None:
        raise UnreadableFile("no_skills_file", _("The folder holds no file of skills, such as skills_en.csv."))
    groups = _first_of(path, "skillGroups*.csv")
    broader = _first_of(path, "broaderRelationsSkillPillar*.csv")
    return (
        _lines(skills, {"preferredLabel"}),
        _lines(groups, {"preferredLabel", "conceptUri"}) if groups else [],
        _lines(broader, {"conceptUri", "broaderType", "broaderUri"}) if broader else [],
    )


def _first_of(folder: Path, *patterns: str) -> Path | None:
    return next((path for pattern in patterns for path in sorted(folder.glob(pattern))), None)


def _lines(path: Path, needed: set[str]) -> list[Line]:
    try:
        text = framework_bytes(path).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
        missing = needed - set(reader.fieldnames or ())
        if missing:
            message = _("The file %(file)s has no column %(columns)s.")
            raise UnreadableFile(
                "missing_columns", message % {"file": path.name, "columns": ", ".join(sorted(missing))}
            )
        return list(reader)
    except UnicodeDecodeError as error:
        raise UnreadableFile("not_utf8", _("The file %(file)s is not UTF-8.") % {"file": path.name}) from error
    except csv.Error as error:
        raise UnreadableFile("bad_csv", _("The file %(file)s is not CSV.") % {"file": path.name}) from error


def _language_of(path: Path) -> str:
    name = path.name
    if path.is_dir():
        skills = _first_of(path, "skills_??.csv", "skills_??_*.csv")
        name = skills.name if skills else ""
    found = _LANGUAGE.search(name)
    return found.group(1) if found else "en"


def _parsed(
    skills: list[Line], groups: list[Line], broader: list[Line], *, slug: str, language: str
) -> ParsedFramework:
    reading = _Reading()
    areas = _areas_of(skills, groups, broader)
    used = set(areas.values())
    for row, line in enumerate(groups, start=2):
        if line["conceptUri"] in used:
            _add(reading, line, row=row, parent=areas.get(line["conceptUri"], ""), language=language, terms=False)
    for row, line in enumerate(skills, start=2):
        parent = areas.get(line.get("conceptUri", ""), "")
        _add(reading, line, row=row, parent=parent, language=language, terms=True)
    _warn(reading, without_uri=bool(skills) and "conceptUri" not in skills[0])
    parsed = ParsedFramework(
        framework=FrameworkRow(
            slug=slug,
            title_en="ESCO skills",
            title_zh="ESCO 技能",
            language=language,
            publisher="European Commission",
            licence="CC BY 4.0",
            source="ESCO, European Skills, Competences, Qualifications and Occupations",
        ),
        abilities=tuple(reading.abilities),
        terms=tuple(reading.terms.values()),
    )
    return check_references(parsed, reading.report)


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


def _add(reading: _Reading, line: Line, *, row: int, parent: str, language: str, terms: bool) -> None:
    labels = [label for column in _LABEL_COLUMNS for label in _labels(line.get(column) or "")]
    if not _labels(line.get("preferredLabel") or ""):
        message = _("This row has no label.")
        reading.report.refuse(row=row, column="preferredLabel", value="", code="missing_key", message=message)
        return
    uri = line.get("conceptUri") or ""
    code = code_of(uri, label=labels[0])
    side = "zh" if language == "zh" else "en"
    reading.abilities.append(
        AbilityRow(
            row=row,
            code=code,
            parent=code_of(parent, label="") if parent else "",
            citation=uri[:300],
            **{
                f"title_{side}": labels[0][:_LONGEST_TITLE],
                f"statement_{side}": _clean(line.get("description") or ""),
            },
        )
    )
    if terms:
        reading.long_terms += sum(len(label) > _LONGEST_TERM for label in labels)
        fitting = (label for label in labels if len(label) <= _LONGEST_TERM)
        reading.terms |= {(code, label): TermRow(row, code, label, language) for label in fitting}


def _labels(cell: str) -> list[str]:
    return [label for part in _BETWEEN_LABELS.split(cell) if (label := " ".join(_clean(part).split()))]


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def code_of(uri: str, *, label: str) -> str:
    """What follows ESCO's own address; without one, the label in small letters with "-" for blanks."""
    code = uri.removeprefix(BASE) if uri else "-".join(label.casefold().split())
    if len(code) <= _LONGEST_CODE:
        return code
    digest = hashlib.sha256(code.encode()).hexdigest()[:12]
    return f"{code[: _LONGEST_CODE - 13]}-{digest}"


def _warn(reading: _Reading, *, without_uri: bool) -> None:
    if without_uri:
        message = _("The file gives no concept addresses, so codes were made from the labels.")
        reading.report.warn(row=0, column="conceptUri", value="", code="codes_from_labels", message=message)
    if reading.long_terms:
        message = _("%(count)d synonyms are longer than %(limit)d characters and were left out.")
        reading.report.warn(
            row=0,
            column="altLabels",
            value=str(reading.long_terms),
            code="long_terms",
            message=message % {"count": reading.long_terms, "limit": _LONGEST_TERM},
        )
