"""The sections of the gap report on paper and as a web page, of which a reader chooses; the method is always there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from curricula.fields.values import Words

METHOD: Final = "method"  # parameters, evidence and warnings: no report goes without them
_KEYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("shares", "hours", "demand", "levels", "bands", "reasons", "alignment"), "abilities"),
    **dict.fromkeys(("positions", "certifications"), "positions"),
    **dict.fromkeys(("courses", "groups"), "courses"),
    **dict.fromkeys(("recommendations", "hours_advice", "actions", "decisions"), "proposals"),
    "panels_missing": "conditions",
}


@dataclass(frozen=True)
class Section:
    code: str
    title: Words
    usual: bool = True  # chosen unless somebody says otherwise


SECTIONS: Final = (
    Section("abilities", _("Abilities and indices")),
    Section("positions", _("Positions and certificates")),
    Section("courses", _("Courses")),
    Section("records", _("Records of the school"), usual=False),
    Section("conditions", _("Conditions of training: findings")),
    Section("condition_tables", _("Conditions of training: the tables behind them"), usual=False),
    Section("proposals", _("Proposals, actions and decisions")),
)
EVERY_SECTION: Final = (*(section.code for section in SECTIONS), METHOD)


def section_of(key: str) -> str:
    """In which section a table stands.

    >>> section_of("panel_teachers"), section_of("panel_teachers_courses"), section_of("warnings")
    ('conditions', 'condition_tables', 'method')
    """
    if key.startswith("records_"):
        return "records"
    if key.startswith("panel_"):
        return "condition_tables" if key.count("_") > 1 else "conditions"
    return _KEYS.get(key, METHOD)


def left_out(chosen: Iterable[str]) -> list[Section]:
    held = set(chosen)
    return [section for section in SECTIONS if section.code not in held]
