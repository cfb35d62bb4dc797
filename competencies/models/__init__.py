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
from .removable import KEPT_REMOVED, PRESENT, PresentManager, Removable, kept_since
from .vocabulary import VocabularyChange

__all__ = [
    "KEPT_REMOVED",
    "PRESENT",
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
    "PresentManager",
    "ReferenceCourse",
    "Removable",
    "Requirement",
    "SurveyAnswer",
    "VocabularyChange",
    "in_reader_language",
    "kept_since",
]
