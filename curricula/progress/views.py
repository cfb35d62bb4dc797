"""How far work is that goes on behind its page; where it leads once it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from curricula.models import Work

from .actions import as_it_is, let_go
from .presenters import Progress
from .starting import wait_for


def work(request: HttpRequest, pk: int) -> HttpResponse:
    """A page that asks for its own part until there is an answer."""
    found = as_it_is(get_object_or_404(Work.objects.of(request.user).defer("result"), pk=pk))
    if request.method == "POST":
        if found.is_unfinished:
            let_go([found])
            wait_for(found, seconds=2)
        return redirect(found)
    shown = Progress(found)
    if found.state == Work.State.DONE and not shown.job.ready and "part" not in request.GET:
        return _answer(request, found)
    name = "part" if "part" in request.GET else "page"
    return render(request, f"curricula/progress/{name}.html", {"section": shown.job.section, "shown": shown})


def _answer(request: HttpRequest, work: Work) -> HttpResponse:
    """What it says is said once."""
    if Work.objects.filter(pk=work.pk).exclude(said=[]).update(said=[]):
        for level, text in work.said:
            messages.add_message(request, getattr(messages, level), text)
    return redirect(work.url)
