from competencies.tabular.problems import Problem, UnreadableFile
from curricula.fields.course import MODES

from .parsed import LEVELS, CourseRow, MappingRow, ParsedCurriculum, PrerequisiteRow, ReadSettings
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
