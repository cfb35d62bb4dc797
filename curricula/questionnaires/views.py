"""A school's questionnaires: their results for its members, their links and free words for its directors."""

from __future__ import annotations

import logging
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from competencies.downloads import download
from competencies.listing import arranged
from competencies.tabular.writing import XLSX_TYPE
from curricula.evaluation.questionnaires import reading_of, rows_of
from curricula.interchange.answer_export import workbook_of_answers
from curricula.models import Questionnaire, QuestionnaireLink, School
from curricula.opened import opening
from curricula.pages import render_school_page, sent
from curricula.questionnaires import actions
from curricula.questionnaires.forms import LinksForm, QuestionnaireForm
from curricula.questionnaires.presenters import results
from curricula.questionnaires.queries import open_links, questionnaires_of, words_of
from curricula.questionnaires.tables import LinkTable, QuestionnaireTable
from curricula.rules import EDIT, VIEW, school_for
from curricula.throttle import throttled
from curricula.wording.training import reason

log: Final = logging.getLogger("talentgap.security")


@require_safe
def questionnaires(request: HttpRequest, school: str) -> HttpResponse:
    """Every round of asking."""
    found = school_for(request.user, slug=school, permission=VIEW)
    table = arranged(QuestionnaireTable(questionnaires_of(found)), request, per_page=50)
    return _page(request, "questionnaires", found, table=table)


@require_safe
def questionnaire(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    """Shares with their intervals, and the two figures of the paper as lines."""
    found, held = _asked_for(request, school, pk, VIEW)
    return _page(request, "questionnaire", found, questionnaire=held, results=results(reading_of(held)))


def edit(request: HttpRequest, school: str, pk: int | None = None) -> HttpResponse:
    """Make a questionnaire, change it or remove it with its answers."""
    found = school_for(request.user, slug=school, permission=EDIT)
    held = get_object_or_404(Questionnaire, school=found, pk=pk) if pk else Questionnaire(school=found)
    if held.pk and request.POST.get("do") == "remove":
        held.delete()
        messages.success(request, _("The questionnaire and its answers are removed."))
        return redirect("questionnaires", school=school)
    with opening(request, held) as held:
        form = QuestionnaireForm(sent(request), instance=held)
        if form.is_valid():
            saved = form.save()
            messages.success(request, _("The questionnaire is saved."))
            return redirect("questionnaire-links", school=school, pk=saved.pk) if not pk else redirect(saved)
    return _page(request, "edit", found, form=form, questionnaire=held)


@never_cache
@throttled("questionnaire-links")
def links(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    """Make links, which are shown this once; those that are open can be withdrawn."""
    found, held = _asked_for(request, school, pk, EDIT)
    form = LinksForm(sent(request))
    made: list[str] = []
    if form.is_valid():
        tokens = actions.make_links(held, by=request.user, **form.cleaned_data)
        address = request.build_absolute_uri(reverse("questionnaire-answer"))
        made = [f"{address}?{urlencode({'token': token})}" for token in tokens]
        form = LinksForm()
    table = arranged(LinkTable(open_links(held)), request, per_page=50)
    return _page(request, "links", found, form=form, questionnaire=held, made=made, table=table)


@require_safe
def words(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    """What was written freely, for directors only."""
    found, held = _asked_for(request, school, pk, EDIT)
    return _page(request, "words", found, questionnaire=held, words=words_of(held))


@require_safe
@never_cache
def answers(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    """Every answer as a row that the import takes back, for directors only; fewer than ten are in no file."""
    found, held = _asked_for(request, school, pk, EDIT)
    reading = reading_of(held)
    if reading.undefined:
        messages.error(request, reason(reading.undefined))
        return redirect(held)
    rows = rows_of(held)
    log.info(
        "answers exported: account %s, questionnaire %s, %s rows",
        *(request.user.pk, held.pk, len(rows)),
        extra={"request": request},
    )
    content = workbook_of_answers(rows, title=_("Answers"), shown=reading.by_audience)
    name = f"{found.slug}-answers-{held.pk}.xlsx"
    return download(content, XLSX_TYPE, name)


@require_POST
def revoke(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    found = school_for(request.user, slug=school, permission=EDIT)
    link = get_object_or_404(QuestionnaireLink, questionnaire__school=found, pk=pk)
    actions.revoke(link)
    messages.success(request, _("The link is withdrawn: it opens nothing any more."))
    return redirect("questionnaire-links", school=school, pk=link.questionnaire_id)


def _asked_for(request: HttpRequest, school: str, pk: int, permission: str) -> tuple[School, Questionnaire]:
    found = school_for(request.user, slug=school, permission=permission)
    return found, get_object_or_404(Questionnaire.objects.select_related("school"), school=found, pk=pk)


def _page(request: HttpRequest, name: str, school: School, **shown: Any) -> HttpResponse:
    return render_school_page(request, f"curricula/questionnaires/{name}.html", school, **shown)
