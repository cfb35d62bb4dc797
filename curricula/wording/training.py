"""Why a reading of the conditions of training has no number, or no interval, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.frames import Notice
from curricula.analysis.training.questionnaire import QuestionnaireReading
from curricula.fields.questionnaire import BY_CODE, COOPERATION

from . import formats

REASONS: Final[Mapping[str, Any]] = {
    "no_answers": gettext_lazy("Nobody has answered yet."),
    "too_few_people": gettext_lazy("Not shown: %(people)s people, and fewer than %(needed)s could be told apart."),
    "no_openings_and_graduates": gettext_lazy(
        "No year states both openings and graduates: import official figures, or the school's own numbers."
    ),
    "no_hours_stated": gettext_lazy("No course of the plan states its hours."),
    "practice_not_stated_in_half": gettext_lazy(
        "Of %(total)s hours %(hours)s are split neither into theory nor into practice: more than half, so nothing is "
        "said of practice."
    ),
    "too_few_assigned": gettext_lazy(
        "%(postings)s postings could be assigned by their titles, and %(needed)s are needed to compare."
    ),
    "one_stratum": gettext_lazy("The positions of the plan are all of one kind, which overlaps with itself."),
    "no_hours_by_stratum": gettext_lazy("No hours of the plan reach an ability that one of these requires."),
    "no_strata": gettext_lazy("No position of the framework states it: add it on the framework's pages."),
    "no_graduates": gettext_lazy("No graduate is recorded yet."),
    "no_teachers": gettext_lazy("No teacher is recorded yet."),
    "no_postings_at_all": gettext_lazy("The plan is judged by no postings yet."),
    "no_hours_of_abilities": gettext_lazy("No hours of the plan reach an ability."),
    "nothing_required": gettext_lazy("No position of the framework requires anything."),
    "nothing_rises": gettext_lazy("No ability surely rises, so there is no growth to touch."),
    "no_trend": gettext_lazy("Postings of two years are needed to tell what rises."),
    "no_trade_model": gettext_lazy("No position names a trade model, and no posting of %(postings)s does."),
    "lag_too_few_years": gettext_lazy(
        "A lag needs three yearly periods of %(needed)s postings each; %(years)s of them are there."
    ),
    "lag_no_change": gettext_lazy(
        "Demand of the oldest and of the newest year does not differ, so no year is closest."
    ),
    "mapping_unfinished": gettext_lazy("The mapping is not finished, so nothing is judged by it yet."),
}
NO_INTERVAL: Final[Mapping[str, Any]] = {
    "counted_whole": gettext_lazy("no interval: counted whole, not a sample"),
    "too_few_cells_for_a_band": gettext_lazy("no band of chance: too few cells to exchange"),
}


def reason(notice: Notice | None) -> str:
    """The sentence of a reason; "" where there is none."""
    if notice is None:
        return ""
    written = {
        name: value if isinstance(value, str) else formats.number(value) for name, value in notice.values.items()
    }
    return str(REASONS[notice.code] % written)


def no_interval(code: str) -> str:
    return str(NO_INTERVAL[code]) if code else ""


# Questionnaires


def label_of(item: str) -> str:
    return str(BY_CODE[item].label) if item in BY_CODE else _("Any of the three problems that the paper names")


def most_words(reading: QuestionnaireReading) -> str:
    """Which problem is seen most, said only where the paired interval excludes 0."""
    if reading.most is None:
        return ""
    first, second, found = reading.most
    words = {
        "first": label_of(first),
        "second": label_of(second),
        "points": formats.points(found.difference),
        "low": formats.points(found.low),
        "high": formats.points(found.high),
    }
    sure = _(
        "“%(first)s” is named most: %(points)s points more than “%(second)s” (%(low)s to %(high)s, by the same "
        "respondents)."
    )
    alike = _(
        "“%(first)s” and “%(second)s” are named about as often: %(points)s points apart (%(low)s to %(high)s), so "
        "none is said to be named most."
    )
    return (sure if reading.most_is_sure else alike) % words


def paper_words(item: str) -> str:
    """The paper's own figure, with what it leaves open."""
    if item == COOPERATION:
        return _("Paper 000 §III: 67.86 % of its respondents (Zhengzhou). It gives no sample size, so no interval.")
    return _(
        "Paper 000 §III: “more than 60 %”, one figure for incomplete content, too little investment and unreasonable "
        "settings together. It gives no sample size, so no interval."
    )
