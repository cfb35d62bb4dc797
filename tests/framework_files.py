"""A framework file in which every kind of record occurs once or twice."""

from __future__ import annotations

import copy
import json
from typing import Any

from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats.talentgap import read_framework
from competencies.frameworks.rows import ParsedFramework
from competencies.saving.outcome import Outcome

DOCUMENT: dict[str, Any] = {
    "schema": "talentgap.framework/1",
    "framework": {
        "slug": "trade",
        "title": {"en": "Trade", "zh": "贸易"},
        "version": "2",
        "language": "en",
        "publisher": "A press",
        "licence": "CC BY",
        "status": "published",
        "source": "A paper",
        "note": {"en": "A note", "zh": "说明"},
    },
    "sources": [{"key": "002", "citation": "Authors, title, 2020"}],
    "abilities": [
        # The area stands behind its ability: a file need not list areas first.
        {
            "code": "MK.1",
            "parent": "MK",
            "title": {"en": "Search advertising", "zh": "搜索广告"},
            "statement": {"en": "Buys words", "zh": "购买关键词"},
            "kind": "professional",
            "horizon": "emerging",
            "citation": "002 §III.A",
            "note": {"en": "Compound", "zh": "复合"},
            "terms": [{"text": "SEM", "language": "en"}, {"text": "搜索广告", "language": "zh"}],
        },
        {"code": "MK", "parent": None, "title": {"en": "Marketing", "zh": "营销"}, "kind": "professional"},
        {
            "code": "SO",
            "parent": None,
            "title": {"en": "Social"},
            "kind": "social",
            "note": {"en": "Named without contents"},
        },
    ],
    "positions": [
        {
            "code": "marketer",
            "title": {"en": "Marketer", "zh": "营销员"},
            "direction": "operation",
            "degree": "bachelor",
            "layer": "specialist",
            "echelon": "professional",
            "occupation_codes": ["13-1161"],
            "trade_model": "B2C",
            "citation": "002 Table II row 1",
            "title_terms": [{"text": "marketer", "language": "en"}],
        }
    ],
    "career_entries": [
        {
            "code": "entry",
            "title": {"en": "Marketer"},
            "direction": "operation",
            "degree": "bachelor",
            "position": "marketer",
            "citation": "002 Table I",
        }
    ],
    "requirements": [
        {
            "position": "marketer",
            "ability": "MK.1",
            "item": 1,
            "weight": 1.5,
            "level": "D",
            "level_assumed": True,
            "statement": {"en": "Familiar with SEM", "zh": "熟悉"},
            "citation": "002 Table II row 1 item 1",
        }
    ],
    "certifications": [
        {"code": "engineer", "title": {"en": "Engineer"}, "degree": "bachelor", "citation": "002 Table III"}
    ],
    "reference_courses": [
        {"code": "ads", "title": {"en": "Advertising"}, "citation": "002 Table III", "abilities": ["MK.1"]}
    ],
    "certification_courses": [
        {"certification": "engineer", "direction": "operation", "course": "ads", "citation": "002 Table III"}
    ],
    "crosswalks": [
        {"ability": "MK.1", "framework": "rival", "to": "R1", "relation": "close", "citation": "our reading"}
    ],
}

RIVAL: dict[str, Any] = {
    "schema": "talentgap.framework/1",
    "framework": {"slug": "rival", "title": {"en": "Rival"}},
    "abilities": [{"code": "R1", "title": {"en": "Promotion"}}],
}


def a_document(**changes: Any) -> dict[str, Any]:
    """A copy of the document with some of its sections replaced."""
    return copy.deepcopy(DOCUMENT) | changes


def as_file(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def many(count: int) -> dict[str, Any]:
    """A framework of `count` areas with an ability, a term, a position, a requirement and a course each."""
    numbers = range(count)
    return {
        "schema": "talentgap.framework/1",
        "framework": {"slug": "many", "title": {"en": "Many"}},
        "abilities": [
            record
            for n in numbers
            for record in (
                {"code": f"A{n}", "title": {"en": f"Area {n}"}},
                {
                    "code": f"A{n}.1",
                    "parent": f"A{n}",
                    "title": {"en": f"Ability {n}"},
                    "terms": [{"text": f"word {n}", "language": "en"}],
                },
            )
        ],
        "positions": [{"code": f"P{n}", "title": {"en": f"Position {n}"}} for n in numbers],
        "requirements": [{"position": f"P{n}", "ability": f"A{n}.1"} for n in numbers],
        "certifications": [{"code": "C", "title": {"en": "Certificate"}}],
        "reference_courses": [
            {"code": f"R{n}", "title": {"en": f"Course {n}"}, "abilities": [f"A{n}.1"]} for n in numbers
        ],
        "certification_courses": [{"certification": "C", "direction": "data", "course": f"R{n}"} for n in numbers],
    }


def parse(document: object) -> ParsedFramework:
    return read_framework(as_file(document))


def save(document: object, **options: Any) -> Outcome:
    return save_framework(parse(document), **options)
