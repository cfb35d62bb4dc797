"""What the codes of one curriculum are called: the titles of its own records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from . import phrases
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

    def ability(self, code: str) -> str:
        """Its title, or the code where nothing is called so; the others alike."""
        return self.abilities.get(code, code)

    def course(self, code: str) -> str:
        return self.courses.get(code, code)

    def position(self, code: str) -> str:
        return self.positions.get(code, code)

    def reference_course(self, code: str) -> str:
        return self.reference_courses.get(code, code)

    def abilities_of(self, codes: Iterable[str]) -> str:
        return phrases.in_a_row(map(self.ability, codes))

    def courses_of(self, codes: Iterable[str]) -> str:
        return phrases.in_a_row(map(self.course, codes))
