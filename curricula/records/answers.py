"""Answers to a questionnaire on their way in: one from a link, or a survey site's export, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from competencies.saving.bulk import batches
from competencies.saving.outcome import Counts
from competencies.tabular.problems import Problem, Problems
from curricula.interchange.questionnaire import MESSAGES, ParsedAnswers
from curricula.models import Questionnaire, QuestionnaireAnswer, QuestionnaireLink

AT_ONCE = 500


class NotOpen(ValueError):
    """The link takes no answer any more."""


@transaction.atomic
def answer(token: str, *, answers: Mapping[str, str], text: str) -> None:
    """Keep one answer: the day of it, and nothing of who or which link sent it. Raises NotOpen."""
    link = QuestionnaireLink.objects.open().by_token(token).select_for_update(of=("self",)).first()
    if link is None:
        raise NotOpen
    QuestionnaireLink.objects.filter(pk=link.pk).update(answers=F("answers") + 1)
    QuestionnaireAnswer.objects.create(
        questionnaire_id=link.questionnaire_id,
        audience=link.audience,
        answers=dict(answers),
        text=text,
        answered=timezone.localdate(),
    )


@dataclass
class AnswersOutcome:
    """What saving a file did, or would do; nothing was saved when there are refusals."""

    counts: Counts = Counts()  # noqa: RUF009 - frozen
    warnings: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


@transaction.atomic
def save_answers(parsed: ParsedAnswers, *, questionnaire: Questionnaire, audience: str) -> AnswersOutcome:
    """An answer is known again by its number, and what the file says of it then counts."""
    outcome = AnswersOutcome(warnings=list(parsed.warnings), refusals=list(parsed.refusals))
    if outcome.refusals:
        return outcome
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if not parsed.numbered and (linked := questionnaire.answered.filter(number="").count()):
        problems = Problems(MESSAGES)
        problems.warn("added_to_links", value=linked)
        outcome.warnings += problems.warnings
    held = {each.number: each for each in questionnaire.answered.exclude(number="")}
    made, changed = [], []
    for row in parsed.rows:
        stated: dict[str, Any] = {
            "audience": row.audience or audience,
            "answers": dict(row.answers),
            "text": QuestionnaireAnswer._meta.get_field("text").to_python(row.text),
            "answered": row.answered,
        }
        known = held.get(row.number)
        if known is None:
            made.append(QuestionnaireAnswer(questionnaire=questionnaire, number=row.number, **stated))
        elif any(getattr(known, name) != value for name, value in stated.items()):
            for name, value in stated.items():
                setattr(known, name, value)
            changed.append(known)
    QuestionnaireAnswer.objects.bulk_create(made, batch_size=AT_ONCE)
    for batch in batches(changed, AT_ONCE):
        QuestionnaireAnswer.objects.bulk_update(batch, ["audience", "answers", "text", "answered"])
    outcome.counts = Counts(len(made), len(changed), len(parsed.rows) - len(made) - len(changed))
    return outcome
