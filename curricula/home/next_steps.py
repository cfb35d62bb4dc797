"""What to do next about a plan: the first thing that holds, for those who may do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curricula.models import Curriculum, Membership, PlanFigures
from curricula.rules import RANK
from curricula.wording import formats

if TYPE_CHECKING:
    from .queries import OpenActions

State = Curriculum.State


@dataclass(frozen=True)
class NextStep:
    text: str
    url: str
    urgent: bool = False  # somebody waits for it


@dataclass(frozen=True)
class Situation:
    """How a plan stands, as far as its next step depends on it."""

    plan: Curriculum
    figures: PlanFigures | None
    courses: int
    mapped: int
    returned: bool
    newest: bool  # of its program, to which the actions belong
    actions: OpenActions


def next_step(now: Situation, role: str) -> NextStep | None:
    """None for those who only read, and where nothing is to be done."""
    rank = RANK.get(role, -1)
    if rank >= RANK[Membership.Role.DIRECTOR]:
        return next(_for_directors(now), None)
    if rank >= RANK[Membership.Role.FACULTY] and now.plan.editable:
        return next(_mapping(now), None)
    return None


def _for_directors(now: Situation) -> Iterator[NextStep]:
    plan = now.plan
    if not now.courses:
        yield NextStep(_("Import its courses"), reverse("import", query={"to": plan.key}))
        return
    if plan.state == State.IN_REVIEW:
        yield NextStep(_("It is in review: see what was decided, or decide"), plan.page("review"), urgent=True)
        return
    if now.returned:
        yield NextStep(_("Answer what the review returned it for"), plan.page("review"), urgent=True)
    if now.newest and now.actions.overdue:
        yield _overdue(now)
    if plan.editable:
        yield from _mapping(now)
        yield from _improving(now)
        yield NextStep(_("Send it to review"), plan.page("review"))
    elif now.newest and now.actions.unfinished:
        yield NextStep(_("Follow its actions"), plan.page("actions"))


def _overdue(now: Situation) -> NextStep:
    number = now.actions.overdue
    text = ngettext("Follow up %(count)s overdue action", "Follow up %(count)s overdue actions", number)
    return NextStep(text % {"count": formats.count(number)}, now.plan.page("actions"), urgent=True)


def _mapping(now: Situation) -> Iterator[NextStep]:
    open_courses = now.courses - now.mapped
    if open_courses > 0 and not now.plan.signed_off:
        text = ngettext("Map the %(count)s course left", "Map the %(count)s courses left", open_courses)
        yield NextStep(text % {"count": formats.count(open_courses)}, now.plan.page("matrix"))


def _improving(now: Situation) -> Iterator[NextStep]:
    figures = now.figures
    if figures and figures.gaps and not now.actions.unfinished:
        text = ngettext("Decide what to do about its gap", "Decide what to do about its %(count)s gaps", figures.gaps)
        yield NextStep(text % {"count": formats.count(figures.gaps)}, now.plan.page("advice"))
    if figures and figures.undecided:
        text = ngettext(
            "Collect what would settle the inconclusive finding",
            "Collect what would settle %(count)s inconclusive findings",
            figures.undecided,
        )
        yield NextStep(text % {"count": formats.count(figures.undecided)}, now.plan.page("next-evidence"))
