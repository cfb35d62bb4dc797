"""Questionnaires and their links: made and withdrawn. Answers are kept by `records/answers.py`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from curricula.models import Questionnaire, QuestionnaireLink


@transaction.atomic
def make_links(
    questionnaire: Questionnaire, *, audience: str, single: bool, count: int, days: int, by: Any
) -> list[str]:
    """The secrets of new links, which are known here and to nobody later."""
    links = [
        QuestionnaireLink(questionnaire=questionnaire, audience=audience, single=single, created_by=by)
        for _each in range(count)
    ]
    tokens = [link.give_token(lasts=timedelta(days=days)) for link in links]
    QuestionnaireLink.objects.bulk_create(links)
    return tokens


def revoke(link: QuestionnaireLink) -> None:
    QuestionnaireLink.objects.filter(pk=link.pk, revoked=None).update(revoked=timezone.now())
