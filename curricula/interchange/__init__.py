from competencies.tabular.problems import Problem, UnreadableFile

from .parsed import LEVELS, MODES, CourseRow, MappingRow, ParsedCurriculum, PrerequisiteRow, ReadSettings
from .reader import read_curriculum

__all__ = [
    "LEVELS",
    "MODES",
    "CourseRow",
    "MappingRow",
    "ParsedCurriculum",
    "PrerequisiteRow",
    "Problem",
    "ReadSettings",
    "UnreadableFile",
    "read_curriculum",
]
