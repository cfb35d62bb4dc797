"""What members who speak for industry said of a plan, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from competencies.citations import own_half
from curricula.models import STORED_MENTION, Comment, Curriculum, Decision, Membership
from curricula.reports.committee.edition import Opinion
from curricula.wording import formats, phrases
from curricula.wording.names import Names


def opinions_on(curriculum: Curriculum, names: Names) -> Iterator[Opinion]:
    """Every thread that such a member began, in the order of time; nobody is named, because it leaves the school."""
    replies = Prefetch("replies", Comment.objects.order_by("created", "pk"))
    for first in _threads(curriculum).select_related("ability", "scenario").prefetch_related(replies):
        yield Opinion(
            day=first.created.date(), about=_about(first, names), words=_words(first), followed=_followed(first)
        )


def _threads(curriculum: Curriculum) -> QuerySet[Comment]:
    """Of an approved plan those that were there when it was approved."""
    spoken = Membership.objects.filter(user=OuterRef("author"), school=curriculum.school, from_industry=True)
    found = Comment.objects.of_plan(curriculum).threads().filter(Exists(spoken))
    if curriculum.state == Curriculum.State.APPROVED:
        passed = Decision.objects.filter(curriculum=curriculum, kind=Decision.Kind.PASSED).order_by("-created").first()
        found = found.filter(created__lte=passed.created) if passed else found
    return found.order_by("created", "pk")


def _about(first: Comment, names: Names) -> str:
    if first.scenario is not None:
        return phrases.headed(_("What-if"), first.scenario.title)
    parts = []
    if first.course:
        parts.append(f"{first.course} {names.courses.get(first.course, '')}".strip())
    if first.ability is not None:
        parts.append(names.abilities.get(first.ability.code, first.ability.title))
    return " × ".join(parts) or _("The plan as a whole")


def _words(comment: Comment) -> str:
    return own_half(STORED_MENTION.sub("@…", comment.text))


def _followed(first: Comment) -> str:
    answers = [reply for reply in first.replies.all() if reply.author_id != first.author_id]
    said = _words(answers[-1]) if answers else ""
    day = formats.day(first.resolved.date()) if first.resolved else ""
    if day and said:
        return _("settled on %(day)s: “%(words)s”") % {"day": day, "words": said}
    if day:
        return _("settled on %(day)s") % {"day": day}
    return _("answered and not settled yet: “%(words)s”") % {"words": said} if said else _("not answered yet")
