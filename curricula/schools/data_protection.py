"""All that a school holds, as a file for the school, and gone for good."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from simple_history.utils import get_history_model_for_model

from competencies.models import DemandSource, Framework
from competencies.saving.archive import archived, goes_with
from competencies.saving.bulk import LISTED_AT_ONCE, batches, keeps_history
from curricula.models import Invitation, PendingImport, QuestionnaireLink, School, Work
from curricula.schools.bin_actions import delete_school_for_good

FORMAT: Final = "talentgap.school/1"
NOT_OF_THE_SCHOOL: Final = (
    Invitation,
    PendingImport,
    QuestionnaireLink,
    Work,
)  # what lets somebody in, and what waits for its owner


def stored_of(school: School) -> dict[str, Any]:
    """Its records with the history of each, and the names by which its people sign in."""
    records = _records(school)
    rows = archived(record for record in records if not isinstance(record, NOT_OF_THE_SCHOOL))
    return {
        "format": FORMAT,
        "created": timezone.now().isoformat(),
        "school": school.slug,
        "people": dict(User.objects.filter(memberships__school=school).values_list("pk", "username")),
        "records": rows,
        "history": _history(records),
    }


def _records(school: School) -> list[models.Model]:
    """A school's frameworks and sources are its own, though others may stand on them."""
    roots = [*Framework.objects.filter(owner=school), *DemandSource.everything.filter(owner=school), school]
    found = {(type(each), each.pk): each for root in roots for each in goes_with(root)}
    return list(found.values())


def _history(records: list[models.Model]) -> list[dict[str, Any]]:
    keys: dict[type[models.Model], list[Any]] = defaultdict(list)
    for each in records:
        if keeps_history(type(each)):
            keys[type(each)].append(each.pk)
    return [
        row
        for model, found in keys.items()
        for batch in batches(found, LISTED_AT_ONCE)
        for row in archived(get_history_model_for_model(model).objects.filter(id__in=batch))
    ]


@transaction.atomic
def forget(school: School) -> None:
    """Without the 30 days of the bin."""
    delete_school_for_good(school)
