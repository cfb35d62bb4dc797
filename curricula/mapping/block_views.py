"""The address that writes many cells at once, and the one that says what came of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curricula.evaluation.reports import figures_for
from curricula.models import Curriculum
from curricula.pages import only_posted
from curricula.queries import first_step_of
from curricula.rater_codes import is_rater_code
from curricula.records.editing import ApprovedCurriculum
from curricula.records.room import PlanFull
from curricula.rules import MAP, courses_to_map, curriculum_page
from curricula.wording.phrases import in_a_row

from .actions import CellRefused, cell_of
from .block_actions import BlockChanged, Edit, set_block
from .block_forms import Refused, edits_from, shown
from .queries import given_to

MOST_NAMED = 5


@curriculum_page(MAP)
@only_posted("matrix")
def block(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """All of the cells that are sent, or none; where others wrote meanwhile, what they wrote."""
    rater = request.POST.get("rater", "")
    try:
        edits = edits_from(request.POST.get("block", ""))
        _expect_allowed(request, curriculum, edits, rater)
        set_block(curriculum, edits, rater=rater)
    except BlockChanged as changed:
        return JsonResponse({"message": str(changed), "changed": _changed(changed)}, status=409)
    except (Refused, CellRefused, PlanFull, ApprovedCurriculum) as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return JsonResponse({"given": given_to(curriculum, {edit.place[0] for edit in edits}, rater=rater)})


def _expect_allowed(request: HttpRequest, curriculum: Curriculum, edits: list[Edit], rater: str) -> None:
    """Raises Refused where one of the cells is not of this plan, or not the writer's to map."""
    if rater and not is_rater_code(rater):
        raise Refused(_("What was pasted could not be read; nothing was saved."))
    courses = dict(curriculum.courses.values_list("pk", "code"))
    abilities = set(curriculum.framework.abilities.leaves().values_list("pk", flat=True))
    if any(edit.place[0] not in courses or edit.place[1] not in abilities for edit in edits):
        raise Refused(_("The plan has changed: load the page again. Nothing was saved."))
    allowed = set(courses_to_map(request.user, curriculum).values_list("pk", flat=True))
    others = [courses[pk] for pk in dict.fromkeys(edit.place[0] for edit in edits) if pk not in allowed]
    if others:
        message = _("You map the courses that you teach; these are mapped by others: %(courses)s. Nothing was saved.")
        raise Refused(message % {"courses": in_a_row([*others[:MOST_NAMED], *(["…"] if others[MOST_NAMED:] else [])])})


def _changed(changed: BlockChanged) -> list[dict[str, Any]]:
    return [
        {"course": course, "ability": ability, "cell": shown(row, cell_of(row))}
        for (course, ability), row in changed.current.items()
    ]


@require_safe
@curriculum_page(MAP)
def effect(_request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What the mapping as it stands now makes of the gaps, for the page that is being edited."""
    if first_step_of(curriculum) is not None:
        return JsonResponse({"gaps": None, "sentence": ""})
    figures = figures_for(curriculum)
    return JsonResponse({"gaps": figures.gaps, "sentence": figures.sentences.get(get_language() or "en", "")})
