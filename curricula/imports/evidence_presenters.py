"""What the preview of a survey or of official figures shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from competencies.demand.presenters.filters import ability_titles
from competencies.demand.readers.figures import FigureRow, ParsedFigures
from competencies.demand.readers.surveys import AnswerRow, ParsedSurvey
from competencies.models import Framework
from competencies.saving.outcome import FiguresOutcome, SurveyOutcome

from .evidence_uploads import FiguresFound, SurveyFound
from .presenters import ROWS_SHOWN, NoticesShown

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
SURVEY_FIELDS: Final[Mapping[str, str | Promise]] = {
    "respondent": _("respondent"),
    "ability": _("ability"),
    "importance": _("importance"),
    "competence": _("competence"),
}


@dataclass(frozen=True)
class AnswerShown:
    """One answer under the title of its ability."""

    row: AnswerRow
    title: str


@dataclass(frozen=True)
class FigureShown:
    row: FigureRow
    position: str  # its title; "" for the whole field


@dataclass(frozen=True)
class EvidenceShown:
    parsed: ParsedSurvey | ParsedFigures
    outcome: SurveyOutcome | FiguresOutcome
    columns: dict[str, str]  # the file's header -> what it was taken for
    answers: Sequence[AnswerShown]
    figures: Sequence[FigureShown]
    refusals: NoticesShown
    warnings: NoticesShown


def evidence_preview(found: SurveyFound | FiguresFound, framework: Framework) -> EvidenceShown:
    parsed, outcome = found.parsed, found.outcome
    titles = ability_titles(framework) if isinstance(parsed, ParsedSurvey) else {}
    return EvidenceShown(
        parsed=parsed,
        outcome=outcome,
        columns={header: _meaning(name, titles) for header, name in parsed.columns.items()},
        answers=_answers(parsed, titles) if isinstance(parsed, ParsedSurvey) else (),
        figures=_figures(parsed, framework) if isinstance(parsed, ParsedFigures) else (),
        refusals=NoticesShown.of(outcome.refusals),
        warnings=NoticesShown.of(outcome.warnings),
    )


def _meaning(name: str, titles: Mapping[str, str]) -> str:
    """What a column was taken for: a field, or in a survey with a column for each rating, the rating of an ability."""
    field, _colon, code = name.partition(": ")
    words = str(SURVEY_FIELDS.get(field) or FIGURE_FIELDS[field])
    return gettext("%(rating)s: %(ability)s") % {"rating": words, "ability": titles[code]} if code else words


def _answers(survey: ParsedSurvey, titles: Mapping[str, str]) -> list[AnswerShown]:
    return [AnswerShown(row, titles[row.ability]) for row in survey.rows[:ROWS_SHOWN]]


def _figures(figures: ParsedFigures, framework: Framework) -> list[FigureShown]:
    titles = {position.code: position.title for position in framework.positions.all()}
    return [FigureShown(row, titles.get(row.position, "")) for row in figures.rows[:ROWS_SHOWN]]
