"""What every page of a curriculum shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import Course, Curriculum, School
from .queries import first_step_of
from .rules import EDIT, MANAGE, MAP, CurriculumView
from .tabs import tab_title, tabs_of

Made = TypeVar("Made")


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


def done(request: HttpRequest, write: Callable[[], Made], told: str | Callable[[Made], str]) -> bool:
    """Write, and tell of it; or tell why it cannot be written, as a ValueError says it."""
    try:
        made = write()
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, told(made) if callable(told) else told)
    return True


def language_asked(request: HttpRequest, *, usual: str = "") -> str:
    """Of a file: what `?language=` says, else the usual one or the reader's own. Raises Http404 for an unknown one."""
    language = request.GET.get("language") or usual or get_language() or "en"
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def course_or_404(curriculum: Curriculum, pk: int) -> Course:
    """One course of a plan, with all that its pages ask of the plan."""
    near = ("curriculum__program__school", "curriculum__framework")
    return get_object_or_404(Course.objects.select_related(*near), curriculum=curriculum, pk=pk)


def render_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page; one whose form comes back says so by its status."""
    form = context.get("form")
    comes_back = form is not None and (form.errors or (form.is_bound and request.method == "POST"))
    return render(request, template, context, status=422 if comes_back else 200)


def render_school_page(request: HttpRequest, template: str, school: School, **context: Any) -> HttpResponse:
    """Render one of a school's pages."""
    may_edit = request.user.has_perm(EDIT, school)
    shared = {"section": "schools", "school": school, "sample": school.sample, "may_edit": may_edit}
    return render_form(request, template, shared | context)


def render_page(
    request: HttpRequest, template: str, curriculum: Curriculum, tab: str, *, status: int = 0, **context: Any
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
    if status:
        return render(request, template, shared | context, status=status)
    return render_form(request, template, shared | context)


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
