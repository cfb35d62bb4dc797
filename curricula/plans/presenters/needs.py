"""What an employer survey says should be done first: importance against competence, ability by ability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competencies.analysis import UndefinedMeasure
from competencies.demand.presenters.filters import ability_titles, rows_of
from competencies.demand.queries.evidence import SurveyFrame, survey_frame, surveys_with_pairs
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import DemandSource
from curricula.analysis.needs import (
    RankedDiscrepancy,
    importance_performance,
    mean_weighted_discrepancy,
    ranked_discrepancy,
)

# Who rated an ability both ways, for a sentence to be built on it. Pragmatic: of five, one who changes an answer by
# a point moves the mean by a fifth of a point; of one, by the whole.
FEWEST_RESPONDENTS: Final = 5
QUADRANTS: Final[Mapping[str, str | Promise]] = {
    "concentrate_here": _("concentrate here"),
    "keep_up": _("keep it up"),
    "low_priority": _("low priority"),
    "possible_overkill": _("possibly too much"),
}
TONES: Final[Mapping[str, str]] = {
    "concentrate_here": "gap",
    "keep_up": "ok",
    "low_priority": "na",
    "possible_overkill": "over",
}


@dataclass(frozen=True)
class NeedLine:
    """One ability that was rated both ways by somebody."""

    code: str
    title: str
    pairs: int  # respondents who rated both
    importance: float
    competence: float
    by_mean: str
    by_midpoint: str
    moves: bool  # the verdict hangs on the crosshair
    discrepancy: float  # Borich's mean weighted discrepancy
    ranked: RankedDiscrepancy

    @property
    def ranked_share(self) -> float:
        """The ranked discrepancy from −1 to 1, which is written in points."""
        return self.ranked.score / 100

    @property
    def enough(self) -> bool:
        return self.pairs >= FEWEST_RESPONDENTS

    @property
    def words(self) -> tuple[str, str]:
        return str(QUADRANTS[self.by_mean]), str(QUADRANTS[self.by_midpoint])

    @property
    def tone(self) -> str:
        return TONES[self.by_mean]


@dataclass(frozen=True)
class NeedsPage:
    sources: list[DemandSource]
    source: DemandSource | None
    respondents: int
    scale: tuple[float, float]
    lines: list[NeedLine]  # the largest need first
    undefined: list[str]  # titles of abilities that nobody rated both ways

    @property
    def midpoint(self) -> float:
        return sum(self.scale) / 2

    @property
    def means(self) -> tuple[float, float]:
        """Of competence and of importance over the abilities: where the first crosshair lies."""
        n = len(self.lines)
        return sum(line.competence for line in self.lines) / n, sum(line.importance for line in self.lines) / n

    @property
    def notes(self) -> list[DemandSource]:
        return [self.source] if self.source else []

    @property
    def movers(self) -> list[NeedLine]:
        return [line for line in self.lines if line.moves]

    @property
    def fewest(self) -> int:
        return FEWEST_RESPONDENTS

    @property
    def too_few(self) -> bool:
        """Nothing was rated by enough respondents, so that no sentence can be built on the survey."""
        return not any(line.enough for line in self.lines)

    @property
    def thin(self) -> bool:
        """Something was rated by too few, so that a sentence cannot speak of all abilities."""
        return not all(line.enough for line in self.lines)

    @property
    def urgent(self) -> list[NeedLine]:
        """What both crosshairs put first, by the answers of enough respondents."""
        return [line for line in self.lines if line.enough and line.by_mean == line.by_midpoint == "concentrate_here"]


def needs_page(demand: ReadableDemand, *, source: str = "") -> NeedsPage:
    """One survey of a framework; surveys are never added up.

    Where none is chosen, the newest that enough respondents answered, or else the newest.
    """
    sources = sorted(demand.of(DemandSource.Kind.SURVEY), key=lambda each: each.collected, reverse=True)
    chosen = next((each for each in sources if each.slug == source), None) or _first_shown(sources)
    if chosen is None:
        return NeedsPage([], None, 0, (1.0, 5.0), [], [])
    survey = survey_frame(chosen)
    titles = ability_titles(demand.framework)
    both = survey.answers.dropna(subset=["importance", "competence"])
    unpaired = [code for code in survey.answers["ability"].unique() if code not in set(both["ability"])]
    return NeedsPage(
        sources=sources,
        source=chosen,
        respondents=survey.answers["respondent"].nunique(),
        scale=survey.scale,
        lines=_lines(both, survey, titles),
        undefined=[titles[code] for code in unpaired],
    )


def _first_shown(sources: Sequence[DemandSource]) -> DemandSource | None:
    enough = surveys_with_pairs(sources, fewest=FEWEST_RESPONDENTS)
    return next((each for each in sources if each.pk in enough), sources[0] if sources else None)


def _lines(both: pd.DataFrame, survey: SurveyFrame, titles: Mapping[str, str]) -> list[NeedLine]:
    answers = {str(code): group for code, group in both.groupby("ability", sort=False)}
    means = both.groupby("ability", sort=False)[["importance", "competence"]].mean()
    try:
        placed = importance_performance(means["importance"], means["competence"], scale=survey.scale)
    except UndefinedMeasure:  # nobody rated anything both ways: the page says so in place of a table
        return []
    lines = [
        NeedLine(
            code=code,
            title=titles[code],
            pairs=len(answers[code]),
            importance=row["importance"],
            competence=row["performance"],
            by_mean=row["quadrant_mean"],
            by_midpoint=row["quadrant_midpoint"],
            moves=row["moves"],
            discrepancy=mean_weighted_discrepancy(answers[code]["importance"], answers[code]["competence"]),
            ranked=ranked_discrepancy(answers[code]["importance"], answers[code]["competence"]),
        )
        for code, row in rows_of(placed)
    ]
    return sorted(lines, key=lambda line: -line.discrepancy)
