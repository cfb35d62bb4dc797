"""The framework file of TalentGap's own, `talentgap.framework/1`; docs/architecture.md shows its layout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from competencies.frameworks.problems import unreadable
from competencies.frameworks.rows import SECTIONS, FrameworkDocument, ParsedFramework
from competencies.frameworks.validation import checked_framework

from . import Format, read_format
from .given import Given

SCHEMA = "talentgap.framework/1"


def read_framework(source: Path | bytes) -> ParsedFramework:
    return read_format("talentgap", source)


def parsed_document(document: dict[str, Any]) -> ParsedFramework:
    """The rows of a framework document, which is used up; each has its place in its list."""
    for section in SECTIONS.keys() & document.keys():
        if isinstance(document[section], list):
            document[section] = [
                record | {"row": row} if isinstance(record, dict) else record
                for row, record in enumerate(document[section], start=1)
            ]
    return checked_framework({key: value for key, value in document.items() if key != "schema"})


def document_of(rows: FrameworkDocument) -> dict[str, Any]:
    """What `parsed_document` reads."""
    return {"schema": SCHEMA} | rows.model_dump(include=set(FrameworkDocument.model_fields))


def _read(file: Given, slug: str) -> ParsedFramework:
    document = file.json()
    if not isinstance(document, dict) or not _is_ours(document):
        raise unreadable("wrong_schema", schema=SCHEMA)
    if slug and isinstance(document.get("framework"), dict):
        document["framework"]["slug"] = slug
    return parsed_document(document)


def _write(rows: ParsedFramework) -> bytes:
    return f"{json.dumps(document_of(rows), ensure_ascii=False, indent=1)}\n".encode()


def _is_ours(document: object) -> bool:
    return isinstance(document, dict) and document.get("schema") == SCHEMA


FORMATS = (Format("talentgap", lambda file: file.holds(_is_ours), _read, _write),)
