"""Threads on the parts of a plan, and what is there for the reader."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from curricula.models import Curriculum, Profile, person_name
from curricula.pages import render_page, sent
from curricula.rules import EDIT, curriculum_page, role_in

from .actions import answer, begin, reopen, resolve, see, want_mail
from .forms import CommentForm
from .queries import Thread, for_me, thread_of, threads_of
from .targets import target_in

TAB: Final = "comments"


def mine(request: HttpRequest) -> HttpResponse:
    """What is for the reader, whatever the plan; what is posted says whether it comes by mail."""
    user: Any = request.user
    if request.method == "POST":
        want_mail(user, wanted="mail" in request.POST)
        messages.success(request, _("Saved."))
        return redirect("my-comments")
    wanted = Profile.objects.filter(user=user, comment_mail=True).exists()
    context = {"section": "home", "lines": for_me(user, unseen=False), "mail": wanted}
    return render(request, "curricula/comments/mine.html", context)


@curriculum_page()
def comments(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The threads on one part of the plan (`?course=`, `?ability=`, `?finding=`, `?scenario=`) or on all of it."""
    target = target_in(curriculum, request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and not _writes(request, curriculum):
        return redirect(curriculum.page("comments"))
    form = CommentForm(sent(request))
    if form.is_valid():
        made = begin(curriculum, target, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The comment is written."))
        return redirect(f"{curriculum.page('comments', **target.asked())}#comment-{made.pk}")
    shown: dict[str, Any] = {
        "target": target,
        "threads": threads_of(curriculum, target),
        "resolved": threads_of(curriculum, target, resolved=True),
        "form": form,
    }
    return _page(request, curriculum, "comments", **shown)


@curriculum_page()
def comment(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """One thread; what is posted answers it, resolves it or opens it again."""
    thread = thread_of(curriculum, pk)
    if thread is None:
        raise Http404
    if request.method == "POST" and not _writes(request, curriculum):
        return redirect(curriculum.page("comment", pk))
    if request.POST.get("do") in ("resolve", "reopen"):
        _resolve(request, curriculum, thread)
        return redirect(curriculum.page("comment", pk))
    form = CommentForm(sent(request))
    if form.is_valid():
        answer(thread.first, text=form.cleaned_data["text"], by=request.user)
        return redirect(curriculum.page("comment", pk))
    see(request.user, threads=[thread.first])
    return _page(request, curriculum, "thread", thread=thread, form=form)


def _page(request: HttpRequest, curriculum: Curriculum, template: str, **context: Any) -> HttpResponse:
    members = curriculum.school.memberships.select_related("user").order_by("user__username")
    names = [person_name(member.user) for member in members]
    writes = role_in(request.user, curriculum.school) is not None
    shown = context | {"names": names, "writes": writes}
    return render_page(request, f"curricula/comments/{template}.html", curriculum, TAB, **shown)


def _writes(request: HttpRequest, curriculum: Curriculum) -> bool:
    """Members do; staff who entered the school only read."""
    if role_in(request.user, curriculum.school) is not None:
        return True
    messages.error(request, _("You read here and do not write: comments are of the school's members."))
    return False


def _resolve(request: HttpRequest, curriculum: Curriculum, thread: Thread) -> None:
    """Who began a thread, and directors."""
    if thread.first.author_id != request.user.pk and not request.user.has_perm(EDIT, curriculum):
        messages.error(request, _("Who began the thread resolves it, or a director."))
        return
    if request.POST["do"] == "resolve":
        resolve(thread.first, by=request.user)
    else:
        reopen(thread.first)
