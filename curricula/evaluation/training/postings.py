"""Postings that a plan is judged by, as far as a panel counts them itself: by position, by age, by what they name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import DateField, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from competencies.kept import kept
from competencies.models import Posting
from curricula.analysis.demand_periods import yearly_periods
from curricula.analysis.measures.lag import CurriculumLag, Period, YearOfDemand, curriculum_lag, years_of_demand
from curricula.analysis.training.trade import models_in
from curricula.evaluation.frames import frames_for
from curricula.models import Curriculum

from .gathered import Gathered

YEAR = 365


@dataclass(frozen=True)
class PostingCounts:
    """`by_position`: "" where the title names none; of the twelve months up to the newest."""

    total: int
    newest: date | None
    collected: date | None
    by_position: dict[str, int]


def _counted(curriculum: Curriculum) -> QuerySet[Any]:
    """Those of its sources, each with the day on which it counts."""
    day = Coalesce("published", "collected", output_field=DateField())
    return Posting.objects.filter(source__in=curriculum.open_posting_sources).annotate(day=day)


def posting_counts(gathered: Gathered) -> PostingCounts:
    """How many there are, how new, and for which positions."""
    found = _counted(gathered.curriculum)
    ends = found.aggregate(newest=Max("day"), collected=Max("collected"))
    newest = ends["newest"]
    if newest is None:
        return PostingCounts(0, None, None, {})
    recent = found.filter(day__gt=_year_before(newest)).order_by()
    counts = Counter(code or "" for code in recent.values_list("position__code", flat=True))
    return PostingCounts(sum(counts.values()), newest, ends["collected"], dict(counts))


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day - timedelta(days=YEAR)


def trade_models_named(gathered: Gathered) -> list[tuple[str, frozenset[str]]]:
    """Of each posting of the last twelve months its position, and the trade models that it names, none for most."""
    counts = posting_counts(gathered)
    if counts.newest is None:
        return []
    recent = _counted(gathered.curriculum).filter(day__gt=_year_before(counts.newest)).order_by()
    named = Q(title__contains="2") | Q(text__contains="2") | Q(title__icontains=" to ") | Q(text__icontains=" to ")
    texts = {pk: f"{title} {text}" for pk, title, text in recent.filter(named).values_list("pk", "title", "text")}
    positions = recent.values_list("pk", "position__code")
    return [(code or "", models_in(texts.get(pk, ""))) for pk, code in positions]


def lag_of(gathered: Gathered) -> CurriculumLag:
    """Which year's demand the plan is most like; kept, because every year is resampled. Raises UndefinedMeasure."""
    return kept(f"lag-{_stamp(gathered)}", lambda: curriculum_lag(*_plan_and_years(gathered)))


def years_behind(gathered: Gathered) -> list[YearOfDemand]:
    """The years of postings that a lag would compare, oldest first."""
    return kept(f"lag-years-{_stamp(gathered)}", lambda: years_of_demand(*_plan_and_years(gathered)))


def _stamp(gathered: Gathered) -> str:
    curriculum = gathered.curriculum
    sources = list(curriculum.open_sources.order_by("pk").values_list("pk", "changed"))
    parts = (curriculum.pk, curriculum.changed, curriculum.framework.changed, sources)
    return sha256(repr(parts).encode()).hexdigest()


def _plan_and_years(gathered: Gathered) -> tuple[Any, dict[int, Period]]:
    """The hours of the searchable abilities, and each year's postings with their employers."""
    years, searchable = yearly_periods(frames_for(gathered.curriculum))
    hours = gathered.analysis.abilities["exposure_hours"].reindex(searchable)
    return hours, {year: (period.matrix, list(period.employers)) for year, period in years.items()}
