"""Comments are written, answered, resolved and read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from curricula.models import Comment, CommentNotice, Curriculum, Profile

from .mentions import stored
from .targets import Target


@transaction.atomic
def begin(curriculum: Curriculum, target: Target, *, text: str, by: Any) -> Comment:
    """A new thread; the members that it mentions are told."""
    return _write(Comment(curriculum=curriculum, author=by, **target.stored()), text)


@transaction.atomic
def answer(thread: Comment, *, text: str, by: Any) -> Comment:
    """One more comment in a thread; whoever wrote in it is told. A resolved thread is open again."""
    Comment.objects.filter(pk=thread.pk).update(resolved=None, resolved_by=None)
    place = {name: getattr(thread, name) for name in ("course", "ability", "finding", "scenario")}
    return _write(Comment(curriculum=thread.curriculum, author=by, begins=thread, **place), text)


def _write(comment: Comment, text: str) -> Comment:
    members = list(User.objects.filter(memberships__school=comment.curriculum.school, is_active=True))
    comment.text, mentioned = stored(text, members)
    comment.save()
    told = dict.fromkeys(_in_thread(comment) & {member.pk for member in members}, False)
    told |= dict.fromkeys(mentioned, True)
    told.pop(comment.author_id or 0, None)
    CommentNotice.objects.bulk_create(
        [CommentNotice(comment=comment, user_id=user, mentioned=at) for user, at in told.items()]
    )
    return comment


def _in_thread(comment: Comment) -> set[int]:
    if comment.begins is None:
        return set()
    first = comment.begins
    authors = {first.author_id, *first.replies.values_list("author", flat=True)}
    return {author for author in authors if author is not None}


def resolve(thread: Comment, *, by: Any) -> None:
    Comment.objects.filter(pk=thread.pk, resolved=None).update(resolved=timezone.now(), resolved_by=by)


def reopen(thread: Comment) -> None:
    Comment.objects.filter(pk=thread.pk).update(resolved=None, resolved_by=None)


def see(user: Any, *, threads: list[Comment]) -> None:
    """The person has the threads open: what they tell is read."""
    keys = [thread.pk for thread in threads]
    mine = CommentNotice.objects.filter(user=user, seen=None)
    mine.filter(comment__in=keys).update(seen=timezone.now())
    mine.filter(comment__begins__in=keys).update(seen=timezone.now())


def want_mail(user: Any, *, wanted: bool) -> None:
    """Whether new comments for this person come by mail, once a day."""
    Profile.objects.update_or_create(user=user, defaults={"comment_mail": wanted})
