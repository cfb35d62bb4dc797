"""The only writers of what industry asks for: each saves whole or not at all and says what it did."""

from .correcting import correct_position
from .figures import figures_of, save_figures, save_figures_file
from .framework import save_framework
from .outcome import FiguresOutcome, Outcome, PostingsOutcome, SurveyOutcome
from .postings import save_posting_file, save_postings
from .retagging import retag_framework, retag_source
from .sources import SourceFacts
from .surveys import save_survey, save_survey_file, survey_of
from .vocabulary import TermRefused, add_term, withdraw_term

__all__ = [
    "FiguresOutcome",
    "Outcome",
    "PostingsOutcome",
    "SourceFacts",
    "SurveyOutcome",
    "TermRefused",
    "add_term",
    "correct_position",
    "figures_of",
    "retag_framework",
    "retag_source",
    "save_figures",
    "save_figures_file",
    "save_framework",
    "save_posting_file",
    "save_postings",
    "save_survey",
    "save_survey_file",
    "survey_of",
    "withdraw_term",
]
