"""What every page of a curriculum shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from .models import Curriculum
from .queries import first_step_of
from .rules import EDIT, MANAGE, MAP, CurriculumView
from .tabs import tab_title, tabs_of


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also where nothing was ticked; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def chosen_file(upload: Any) -> Any:
    """The uploaded file, unless it is too large to be read at all."""
    if upload.size > settings.MAX_UPLOAD_BYTES:
        message = _("The file has %(size)s; at most %(limit)s are read. Nothing was saved.")
        sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.MAX_UPLOAD_BYTES)}
        raise forms.ValidationError(message, code="too_large", params=sizes)
    return upload


def done(request: HttpRequest, write: Callable[[], object], told: str) -> bool:
    """Write, and tell of it; or tell why it cannot be written, as a ValueError says it."""
    try:
        write()
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, told)
    return True


def render_page(
    request: HttpRequest, template: str, curriculum: Curriculum, tab: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render one of a curriculum's pages with its tabs, its ribbon and what the user may do."""
    may_edit = request.user.has_perm(EDIT, curriculum)
    shared = {
        "section": "home",
        "curriculum": curriculum,
        "tabs": tabs_of(curriculum, tab, may_edit=may_edit),
        "tab": tab,
        "tab_title": tab_title(tab),
        "sample": curriculum.school.sample,
        "may_map": request.user.has_perm(MAP, curriculum),
        "may_edit": may_edit,
        "may_manage": request.user.has_perm(MANAGE, curriculum),
    }
    return render(request, template, shared | context, status=status)


def only_posted(page: str, *, numbered: bool = True) -> Callable[[CurriculumView], CurriculumView]:
    """Make a view that acts on what is posted; whoever only opens its address comes to the page that posts to it.

    That happens where a page answered a post and is loaded again by its address, as in another language. It belongs
    below `curriculum_page`, so that the right is asked for first. Numbers in the address are those of the page, where
    it has any.
    """

    def decorate(view: CurriculumView) -> CurriculumView:
        @wraps(view)
        def posted(request: HttpRequest, curriculum: Curriculum, **rest: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, curriculum, **rest)
            if request.method in ("GET", "HEAD"):
                return redirect(curriculum.page(page, *(rest.values() if numbered else ())))
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return posted

    return decorate


def once_filled(tab: str) -> Callable[[CurriculumView], CurriculumView]:
    """Make a view that shows the first step instead, as long as there is nothing to analyse."""

    def decorate(view: CurriculumView) -> CurriculumView:
        @wraps(view)
        def page(request: HttpRequest, curriculum: Curriculum, **rest: Any) -> HttpResponse:
            step = first_step_of(curriculum)
            if step is not None:
                return render_page(request, "curricula/first_step.html", curriculum, tab, step=step)
            return view(request, curriculum, **rest)

        return page

    return decorate
