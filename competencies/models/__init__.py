from .answers import OfficialFigure, SurveyAnswer
from .base import Bilingual, in_reader_language
from .demand import DemandSource, Posting, PostingMention
from .framework import (
    Ability,
    AbilityTerm,
    CareerEntry,
    Certification,
    CertificationCourse,
    Crosswalk,
    Direction,
    Framework,
    Level,
    Position,
    ReferenceCourse,
    Requirement,
)
from .vocabulary import VocabularyChange

__all__ = [
    "Ability",
    "AbilityTerm",
    "Bilingual",
    "CareerEntry",
    "Certification",
    "CertificationCourse",
    "Crosswalk",
    "DemandSource",
    "Direction",
    "Framework",
    "Level",
    "OfficialFigure",
    "Position",
    "Posting",
    "PostingMention",
    "ReferenceCourse",
    "Requirement",
    "SurveyAnswer",
    "VocabularyChange",
    "in_reader_language",
]
