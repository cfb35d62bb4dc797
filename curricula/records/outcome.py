from __future__ import annotations

from dataclasses import dataclass, field

from competencies.saving.outcome import Counts
from competencies.tabular.problems import Problem
from curricula.models import Curriculum


@dataclass
class ImportOutcome:
    """What an import did, or would do; nothing was saved when there are refusals."""

    curriculum: Curriculum | None = None
    new_version: bool = False  # the curriculum was approved, so a new version took the file
    courses: Counts = field(default_factory=Counts)
    prerequisites: Counts = field(default_factory=Counts)
    mappings: Counts = field(default_factory=Counts)
    groups: Counts = field(default_factory=Counts)
    warnings: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> Counts:
        return self.courses + self.prerequisites + self.groups + self.mappings

    @property
    def by_kind(self) -> dict[str, Counts]:
        """The kinds of record that the file speaks of: unlike things are never added up for a reader."""
        names = ("courses", "prerequisites", "mappings", "groups")
        kinds = {name: getattr(self, name) for name in names}
        return {name: counts for name, counts in kinds.items() if counts != Counts()}

    @property
    def saved(self) -> bool:
        return not self.refusals
