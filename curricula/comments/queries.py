"""Threads of a plan, and what is there for one person to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from curricula.models import Comment, CommentNotice, Curriculum, Membership, person_name
from curricula.rules import programs_rated_alone

from .mentions import Piece, numbers_in, pieces
from .targets import Place, Target, place_of

NEAR: Final = ("author", "ability", "scenario__curriculum__program__school", "resolved_by")


@dataclass(frozen=True)
class Said:
    comment: Comment
    who: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Thread:
    first: Comment
    place: Place
    said: list[Said]

    @property
    def open(self) -> bool:
        return self.first.resolved is None

    @property
    def resolved_by(self) -> str:
        return person_name(self.first.resolved_by) if self.first.resolved_by is not None else ""


def threads_of(curriculum: Curriculum, target: Target | None = None, *, resolved: bool = False) -> list[Thread]:
    """The newest first: those on one part of the plan, or all; open ones, or those that are resolved."""
    wanted = Comment.objects.of_plan(curriculum).threads().filter(resolved__isnull=not resolved)
    if target is not None and not target.whole:
        wanted = wanted.filter(**target.stored())
    return _threads(curriculum, wanted)


def thread_of(curriculum: Curriculum, pk: int) -> Thread | None:
    found = _threads(curriculum, Comment.objects.of_plan(curriculum).threads().filter(pk=pk))
    return found[0] if found else None


def _threads(curriculum: Curriculum, wanted: QuerySet[Comment]) -> list[Thread]:
    replies = Prefetch("replies", Comment.objects.select_related("author"))
    firsts = list(wanted.select_related("curriculum", *NEAR).prefetch_related(replies).order_by("-created", "-pk"))
    courses = {course.code: course for course in curriculum.courses.all()} if firsts else {}
    people = _people(comment for first in firsts for comment in (first, *first.replies.all()))
    return [
        Thread(
            first=first,
            place=place_of(first, curriculum, courses),
            said=[_said(comment, people) for comment in (first, *first.replies.all())],
        )
        for first in firsts
    ]


def _people(comments: Iterable[Comment]) -> dict[int, Any]:
    numbers = numbers_in(comment.text for comment in comments)
    return User.objects.in_bulk(numbers) if numbers else {}


def _said(comment: Comment, people: dict[int, Any]) -> Said:
    who = person_name(comment.author) if comment.author is not None else ""
    return Said(comment, who, list(pieces(comment.text, people)))


@dataclass(frozen=True)
class ForMe:
    """One comment that is for somebody to read."""

    notice: CommentNotice
    curriculum: Curriculum
    thread: int
    said: Said


def for_me(user: Any, *, unseen: bool = True) -> list[ForMe]:
    """In schools where the person still is; a second rater reads nothing of the program meanwhile."""
    member = Membership.objects.filter(user=user, school=OuterRef("comment__curriculum__program__school"))
    mine = CommentNotice.objects.filter(Exists(member), user=user, comment__curriculum__removed_at=None)
    mine = mine.exclude(comment__curriculum__program__in=programs_rated_alone(user))
    if unseen:
        mine = mine.filter(seen=None)
    found = list(mine.select_related("comment__author", "comment__curriculum__program__school")[:50])
    people = _people(each.comment for each in found)
    return [
        ForMe(each, each.comment.curriculum, each.comment.begins_id or each.comment_id, _said(each.comment, people))
        for each in found
    ]
