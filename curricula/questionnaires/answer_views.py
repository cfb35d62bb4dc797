"""Where a questionnaire is answered: by link, without an account, on a phone as well."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from curricula.models import QuestionnaireLink
from curricula.pages import render_form, sent
from curricula.questionnaires.forms import AnswerForm
from curricula.records import answers
from curricula.throttle import throttled


@never_cache
@login_not_required
@throttled("questionnaire")
@throttled("questionnaire-page", method="GET")
def answer(request: HttpRequest) -> HttpResponse:
    """The questionnaire of a link; what is sent is kept once, and of the sender nothing."""
    token = request.POST.get("token") or request.GET.get("token", "")
    link = QuestionnaireLink.objects.open().by_token(token).select_related("questionnaire__school").first()
    if link is None:
        return render(request, "curricula/questionnaires/closed.html", status=410)
    form = AnswerForm(sent(request))
    if form.is_valid():
        try:
            answers.answer(token, answers=form.answers, text=form.cleaned_data["words"])
        except answers.NotOpen:
            return render(request, "curricula/questionnaires/closed.html", status=410)
        return render(request, "curricula/questionnaires/thanks.html", {"sample": link.questionnaire.school.sample})
    questionnaire = link.questionnaire
    context = {"form": form, "token": token, "questionnaire": questionnaire, "sample": questionnaire.school.sample}
    return render_form(request, "curricula/questionnaires/answer.html", context | {"link": link})
