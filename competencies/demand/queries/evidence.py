"""Surveys and official figures as pages and measures read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pandas as pd
from django.db.models import Count

from competencies.models import DemandSource, OfficialFigure, SurveyAnswer

from .readable import ReadableDemand


@dataclass(frozen=True)
class SurveyFrame:
    """answers: one row a respondent and an ability; columns respondent, ability, importance, competence (nan)."""

    source: DemandSource
    answers: pd.DataFrame
    scale: tuple[float, float]


@dataclass(frozen=True)
class FigureLine:
    """Openings and graduates of one position, region and period, where either is stated."""

    title: str  # of the position; "" for the whole field
    region: str
    first: date
    last: date
    openings: OfficialFigure | None
    graduates: OfficialFigure | None

    @property
    def citation(self) -> str:
        return next((each.citation for each in (self.openings, self.graduates) if each and each.citation), "")

    @property
    def ratio(self) -> float | None:
        """Openings for each graduate; None where one of them is unknown or there are no graduates."""
        if self.openings is None or self.graduates is None or not self.graduates.number:
            return None
        return self.openings.number / self.graduates.number


@dataclass(frozen=True)
class FiguresPage:
    sources: list[DemandSource]
    lines: list[tuple[DemandSource, list[FigureLine]]]

    @property
    def sample(self) -> bool:
        return any(source.sample for source in self.sources)


def surveys_with_pairs(sources: Iterable[DemandSource], *, fewest: int) -> set[int]:
    """The ids of those in which at least `fewest` respondents rated one ability both ways."""
    pairs = SurveyAnswer.objects.filter(source__in=sources, importance__isnull=False, competence__isnull=False)
    # A respondent answers once for an ability, so answers are respondents.
    counted = pairs.order_by().values("source", "ability").annotate(respondents=Count("pk"))
    return set(counted.filter(respondents__gte=fewest).values_list("source", flat=True))


def survey_frame(source: DemandSource) -> SurveyFrame:
    """All answers of a survey; a source without any has the scale 1 to 5."""
    fields = ("respondent", "ability__code", "importance", "competence", "scale_low", "scale_high")
    rows = list(SurveyAnswer.objects.filter(source=source).order_by("pk").values_list(*fields))
    frame = pd.DataFrame(rows, columns=["respondent", "ability", "importance", "competence", "low", "high"])
    scale = (float(frame["low"].iloc[0]), float(frame["high"].iloc[0])) if rows else (1.0, 5.0)
    answers = frame.drop(columns=["low", "high"]).astype({"importance": "float64", "competence": "float64"})
    return SurveyFrame(source, answers, scale)


def figures_page(demand: ReadableDemand) -> FiguresPage:
    """The official figures of a framework, source by source, the newest period first."""
    sources = demand.of(DemandSource.Kind.FIGURES)
    figures = OfficialFigure.objects.filter(source__in=sources).select_related("position", "source")
    by_source: dict[int, list[OfficialFigure]] = {}
    for figure in figures.order_by("-last", "first", "position__order", "position_id", "region", "kind"):
        by_source.setdefault(figure.source_id, []).append(figure)
    return FiguresPage(sources, [(each, _lines(by_source.get(each.pk, []))) for each in sources])


def _lines(figures: Iterable[OfficialFigure]) -> list[FigureLine]:
    def same(figure: OfficialFigure) -> tuple[date, date, int, str]:
        return figure.last, figure.first, figure.position_id or 0, figure.region

    lines = []
    for _key, group in groupby(figures, key=same):
        kinds = {figure.kind: figure for figure in group}
        any_figure = next(iter(kinds.values()))
        lines.append(
            FigureLine(
                title=any_figure.position.title if any_figure.position else "",
                region=any_figure.region,
                first=any_figure.first,
                last=any_figure.last,
                openings=kinds.get(OfficialFigure.Kind.OPENINGS),
                graduates=kinds.get(OfficialFigure.Kind.GRADUATES),
            )
        )
    return lines
