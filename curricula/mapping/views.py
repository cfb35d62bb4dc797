"""The matrix of courses and abilities, and the one address that writes its cells."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from curricula.models import Curriculum, Mapping, PlanFigures
from curricula.pages import only_posted, render_page
from curricula.rater_codes import is_rater_code
from curricula.records.editing import ApprovedCurriculum
from curricula.records.room import PlanFull
from curricula.rules import MAP, MAP_COURSE, courses_to_map, curriculum_page, maps_every_course, own_courses

from .actions import Cell, CellChanged, CellRefused, cell_of, set_cell
from .forms import NOT_MAPPED, CellForm, in_words, written
from .matrix_wording import words
from .queries import Matrix, MatrixCell, given_by, matrix_of, open_threads, part_of, unsettled_in

NOT_ONES_OWN = gettext_lazy("You map the courses that you teach; this one is mapped by others.")


@require_safe
@gzip_page
@curriculum_page()
def matrix(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The grid as the plan has it, or as one rater (`?as=R1`) has entered it."""
    return _matrix_page(request, curriculum, rater=_rater(request.GET.get("as", "")))


@curriculum_page(MAP)
@only_posted("matrix")
def cell(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """Write one cell: JSON for the page's script, a redirect for the plain form."""
    form = CellForm(request.POST, curriculum=curriculum)
    if not form.is_valid():
        return _refused(request, curriculum, form, form.sentence())
    if not request.user.has_perm(MAP_COURSE, form.cleaned_data["course"]):
        return _refused(request, curriculum, form, str(NOT_ONES_OWN))
    try:
        set_cell(
            curriculum,
            course=form.cleaned_data["course"],
            ability=form.cleaned_data["ability"],
            rater=form.cleaned_data["rater"],
            cell=form.cell(),
            known=form.known_cell(),
        )
    except (CellRefused, CellChanged, PlanFull, ApprovedCurriculum) as refusal:
        return _refused(request, curriculum, form, str(refusal), changed=isinstance(refusal, CellChanged))
    if _by_script(request):
        given = given_by(form.cleaned_data["course"], rater=form.cleaned_data["rater"])
        return JsonResponse({"cell": written(form.cell()), "given": given})
    messages.success(request, _("Saved."))
    if form.coded:
        told = _("A rater is a code, never a name: what you typed is kept as %(code)s.")
        messages.info(request, told % {"code": form.coded})
    return redirect(_place(curriculum, form))


def _refused(
    request: HttpRequest, curriculum: Curriculum, form: CellForm, reason: str, *, changed: bool = False
) -> HttpResponse:
    status = 409 if changed else 422
    if _by_script(request):
        return JsonResponse({"message": reason, "cell": written(_stored(form))}, status=status)
    if form.is_valid():
        stored = _stored(form)
        if changed:
            form.seen(stored)
            reason += " " + _("It holds now: %(cell)s.") % {"cell": in_words(stored)}
        form.add_error(None, reason)
    return _matrix_page(request, curriculum, rater=_rater(request.POST.get("rater", "")), form=form, status=status)


def _stored(form: CellForm) -> Cell | None:
    """What the cell named by the form holds now."""
    stated = getattr(form, "cleaned_data", {})
    if not {"course", "ability", "rater"} <= stated.keys():
        return None
    place = {name: stated[name] for name in ("course", "ability", "rater")}
    return cell_of(Mapping.objects.filter(**place).first())


def _matrix_page(
    request: HttpRequest, curriculum: Curriculum, *, rater: str, form: CellForm | None = None, status: int = 200
) -> HttpResponse:
    stated = request.POST or request.GET
    words = request.GET.get("q", "").strip()
    part = part_of(curriculum, words=words, course=stated.get("course", ""))
    found = matrix_of(curriculum, part.drawn, rater=rater)
    editable = curriculum.editable and request.user.has_perm(MAP, curriculum)
    initial = _chosen(request, found) | {"rater": rater}
    form = form or CellForm(curriculum=curriculum, editable=editable, initial=initial)
    every = maps_every_course(request.user, curriculum.school)
    allowed = part.drawn if every else part.drawn.filter(pk__in=courses_to_map(request.user, curriculum))
    form.offer(allowed)
    return render_page(
        request,
        "curricula/mapping/matrix.html",
        curriculum,
        "matrix",
        status=status,
        matrix=found,
        payload=_payload(found, curriculum, rater=rater, editable=editable) | {"mine": _mine(request, curriculum)},
        form=form,
        part=part,
        words=words,
        rater=rater,
        raters=_rater_choices(found, rater),
        editable=editable,
        only_own=editable and not every,
        own=set(allowed.values_list("pk", flat=True)) if editable else (),
    )


def _chosen(request: HttpRequest, matrix: Matrix) -> dict[str, Any]:
    """The cell that the address names, with what it holds."""
    place = {name: request.GET[name] for name in ("course", "ability") if request.GET.get(name, "").isdecimal()}
    held = (c for c in matrix.cells if {"course": str(c.course), "ability": str(c.ability)} == place)
    cell: dict[str, Any] = next(map(_cell, held), {})
    opened = {"place": [int(key) for key in place.values()], **(cell or {"level": NOT_MAPPED})}
    return place | cell | {"opened": opened}


def _payload(matrix: Matrix, curriculum: Curriculum, *, rater: str, editable: bool) -> dict[str, Any]:
    """What the page's script draws the grid from: a line for each course, ability and cell that holds something."""
    return {
        "courses": [asdict(course) for course in matrix.courses],
        "abilities": [asdict(ability) for ability in matrix.abilities],
        "cells": [_cell(cell) | {"given": matrix.given.get((cell.course, cell.ability))} for cell in matrix.cells],
        "others": [_cell(cell) for cell in matrix.others],
        # Who rates alone is told neither by what others found nor by what they say of it.
        "unsettled": [] if rater else unsettled_in(curriculum, matrix),
        "threads": [] if rater else open_threads(curriculum, matrix),
        "rater": rater,
        "editable": editable,
        "save": curriculum.page("matrix-cell"),
        "saveBlock": curriculum.page("matrix-cells"),
        "effect": curriculum.page("matrix-effect") if editable and not rater else "",
        "gaps": _gaps(curriculum),
        "words": words(),
    }


def _gaps(curriculum: Curriculum) -> int | None:
    """As they were last computed."""
    return PlanFigures.objects.filter(curriculum=curriculum).values_list("gaps", flat=True).first()


def _mine(request: HttpRequest, curriculum: Curriculum) -> list[int]:
    """The courses that the reader teaches or was asked to map, which are not all that a director may change."""
    return list(own_courses(request.user, curriculum).values_list("pk", flat=True))


def _cell(cell: MatrixCell) -> dict[str, Any]:
    stored = Cell(cell.level, cell.share, cell.provenance, cell.evidence)
    place = {name: getattr(cell, name) for name in ("course", "ability", "state", "rater", "strength")}
    return place | (written(stored) or {})


def _rater(code: str) -> str:
    return code if is_rater_code(code) else ""


def _rater_choices(matrix: Matrix, rater: str) -> list[str]:
    """The raters there are, the chosen one, and the first code that is free."""
    known = {code for code in (*matrix.raters, rater) if _rater(code)}
    free = next(code for code in (f"R{n}" for n in range(1, len(known) + 2)) if code not in known)
    return [*sorted(known), free]


def _by_script(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _place(curriculum: Curriculum, form: CellForm) -> str:
    data = form.cleaned_data
    place = {"course": data["course"].pk, "ability": data["ability"].pk, "as": data["rater"]}
    return f"{curriculum.page('matrix', **place)}#cell"
