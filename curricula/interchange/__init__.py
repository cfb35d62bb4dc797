from competencies.interchange.notices import Notice, UnreadableFile

from .reader import read_curriculum
from .rows import (
    LEVELS,
    MODES,
    CourseRow,
    MappingRow,
    ParsedCurriculum,
    PrerequisiteRow,
    ReadSettings,
)

__all__ = [
    "LEVELS",
    "MODES",
    "CourseRow",
    "MappingRow",
    "Notice",
    "ParsedCurriculum",
    "PrerequisiteRow",
    "ReadSettings",
    "UnreadableFile",
    "read_curriculum",
]
