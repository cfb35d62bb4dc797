"""The demo's questionnaire: 86 invented answers of students, teachers and enterprises, and no free word of anybody."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from curricula.fields.questionnaire import BY_CODE
from curricula.models import Questionnaire, QuestionnaireAnswer, School

from .demo_data import Done, Listener

TITLE: Final = "Stakeholders 2026 (sample data) · 利益相关者问卷2026（示例数据）"
ASKED: Final = {"student": 120, "teacher": 24, "enterprise": 40}
# Audience → how many answered, and of them how many said yes by question; the others said no.
ANSWERS: Final = {
    "student": (54, (44, 29, 24, 25, 40, 22, 21, 15, 18, 37, 19)),
    "teacher": (18, (13, 8, 12, 7, 11, 6, 7, 3, 11, 13, 6)),
    "enterprise": (14, (12, 9, 6, 6, 12, 7, 6, 8, 5, 6, 4)),
}


@transaction.atomic
def load_questionnaire(school: School, listener: Listener) -> None:
    """Once: what users did to it stays."""
    if Questionnaire.objects.filter(school=school).exists():
        listener.done(Done("questionnaire", kept=True))
        return
    made = Questionnaire.objects.create(school=school, title=TITLE, asked=ASKED, closes=date(2026, 6, 30))
    answers = [
        QuestionnaireAnswer(
            questionnaire=made,
            audience=audience,
            answers={
                code: _said(place, order, yes, n) for order, (code, yes) in enumerate(zip(BY_CODE, said, strict=True))
            },
            answered=date(2026, 6, 1 + place % 28),
        )
        for audience, (n, said) in ANSWERS.items()
        for place in range(n)
    ]
    QuestionnaireAnswer.objects.bulk_create(answers)
    listener.done(Done("questionnaire", created=1 + len(answers)))


def _said(place: int, order: int, yes: int, n: int) -> str:
    """The yeses begin at another person for each question, so that answers do not all come from the same people."""
    return "yes" if (place - 5 * order) % n < yes else "no"
