from .answers import OfficialFigure, SurveyAnswer
from .base import Bilingual, account_field, in_reader_language, person_field
from .demand import DemandSource, Posting, PostingCorrection, PostingMention
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
from .free_text import FreeText, as_kept
from .owned import Owned, owner_model
from .removable import KEPT_REMOVED, PRESENT, PresentManager, Removable, kept_since
from .vocabulary import OwnTerm, VocabularyChange

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
    "FreeText",
    "Level",
    "OfficialFigure",
    "OwnTerm",
    "Owned",
    "Position",
    "Posting",
    "PostingCorrection",
    "PostingMention",
    "PresentManager",
    "ReferenceCourse",
    "Removable",
    "Requirement",
    "SurveyAnswer",
    "VocabularyChange",
    "account_field",
    "as_kept",
    "in_reader_language",
    "kept_since",
    "owner_model",
    "person_field",
]
