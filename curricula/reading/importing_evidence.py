"""What the preview of a survey or of official figures shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competencies.actions import FiguresOutcome, SurveyOutcome
from competencies.interchange.figures import FigureRow, ParsedFigures
from competencies.interchange.surveys import AnswerRow, ParsedSurvey
from curricula.actions.evidence_uploads import FiguresFound, SurveyFound

from .importing import ROWS_SHOWN, NoticesShown

FIGURE_FIELDS: Final[Mapping[str, str | Promise]] = {
    "kind": _("openings or graduates"),
    "number": _("number"),
    "openings": _("openings"),
    "graduates": _("graduates"),
    "position": _("position"),
    "region": _("region"),
    "period": _("period"),
    "from": _("first day"),
    "to": _("last day"),
    "citation": _("citation"),
}


@dataclass(frozen=True)
class EvidenceShown:
    parsed: ParsedSurvey | ParsedFigures
    outcome: SurveyOutcome | FiguresOutcome
    columns: dict[str, str]  # the file's header -> what it was taken for
    answers: Sequence[AnswerRow]
    figures: Sequence[FigureRow]
    refusals: NoticesShown
    warnings: NoticesShown


def evidence_preview(found: SurveyFound | FiguresFound) -> EvidenceShown:
    parsed, outcome = found.parsed, found.outcome
    columns: Mapping[str, str | Promise] = parsed.columns
    if isinstance(parsed, ParsedFigures):
        columns = {header: FIGURE_FIELDS.get(name, name) for header, name in parsed.columns.items()}
    return EvidenceShown(
        parsed=parsed,
        outcome=outcome,
        columns={header: str(meaning) for header, meaning in columns.items()},
        answers=parsed.rows[:ROWS_SHOWN] if isinstance(parsed, ParsedSurvey) else (),
        figures=parsed.rows[:ROWS_SHOWN] if isinstance(parsed, ParsedFigures) else (),
        refusals=NoticesShown.of(outcome.refusals),
        warnings=NoticesShown.of(outcome.warnings),
    )
