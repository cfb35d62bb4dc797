from __future__ import annotations

from django.db.models import Count, QuerySet

from curricula.models import Questionnaire, QuestionnaireAnswer, QuestionnaireLink, School


def questionnaires_of(school: School) -> QuerySet[Questionnaire]:
    return Questionnaire.objects.filter(school=school).select_related("school").annotate(people=Count("answered"))


def open_links(questionnaire: Questionnaire) -> QuerySet[QuestionnaireLink]:
    return QuestionnaireLink.objects.open().filter(questionnaire=questionnaire).select_related("questionnaire__school")


def words_of(questionnaire: Questionnaire) -> QuerySet[QuestionnaireAnswer]:
    """What was written freely: for directors only, and in no order that tells who wrote it."""
    return questionnaire.answered.exclude(text="").order_by("audience", "text")
