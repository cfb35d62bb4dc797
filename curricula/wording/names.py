"""What the codes of one curriculum are called: the titles of its own records."""

from __future__ import annotations

from dataclasses import dataclass, field

from .facts import Fact


@dataclass(frozen=True)
class Names:
    """What codes are called, in the reader's language; filled by curricula.evaluation, code -> title."""

    abilities: dict[str, str]  # areas too
    positions: dict[str, str]
    certifications: dict[str, str]
    reference_courses: dict[str, str]
    courses: dict[str, str]
    directions: dict[str, str] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)  # terms of each course that runs over several
    facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)  # what a course declares for the report
