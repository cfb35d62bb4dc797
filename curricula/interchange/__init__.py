from competencies.tabular.problems import Notice, UnreadableFile

from .parsed import LEVELS, MODES, CourseRow, MappingRow, ParsedCurriculum, PrerequisiteRow, ReadSettings
from .reader import read_curriculum

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
