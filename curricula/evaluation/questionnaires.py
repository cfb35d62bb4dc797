"""The answers to a questionnaire, as shares."""

from __future__ import annotations

from curricula.analysis.training.questionnaire import Answered, QuestionnaireReading, questionnaire_reading
from curricula.fields.questionnaire import BY_CODE, CITED, PROBLEMS
from curricula.models import Questionnaire


def rows_of(questionnaire: Questionnaire) -> list[tuple[str, dict[str, str]]]:
    """Who answered, and what of the questions; who wrote own words alone answered none."""
    rows = questionnaire.answered.values_list("audience", "answers")
    return [(audience, said) for audience, said in rows if said]


def reading_of(questionnaire: Questionnaire) -> QuestionnaireReading:
    """Of its answers, without their free words."""
    answers = [Answered(audience, said) for audience, said in rows_of(questionnaire)]
    return questionnaire_reading(
        answers, items=tuple(BY_CODE), problems=PROBLEMS, cited=CITED, asked=questionnaire.asked
    )
