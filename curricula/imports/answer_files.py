"""What a survey site exported of a questionnaire, on its way in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.saving.outcome import Counts
from competencies.saving.undoing import Rows
from curricula.fields.questionnaire import ANSWERS, AUDIENCES, BY_CODE
from curricula.interchange.questionnaire import MEANINGS, TEXT, AnswerRow, ParsedAnswers, read_answers
from curricula.models import PendingImport, Questionnaire, School
from curricula.records.answers import AnswersOutcome, save_answers

from .flow import Fact, Found, ImportKind, Scope, read_by
from .forms import AnswersUploadForm
from .tables import Column, Table

_SAID: Final = {code: label for code, (label, _words) in ANSWERS.known.items()}
_ASKED: Final = {code: label for code, (label, _words) in AUDIENCES.known.items()}


class AnswersFile(ImportKind):
    code = "answers"
    title = gettext_lazy("Questionnaire answers")
    form = AnswersUploadForm

    def reading(self, pending: PendingImport) -> Callable[[], ParsedAnswers]:
        return read_by(read_answers, pending)

    def school(self, pending: PendingImport) -> School:
        return _questionnaire(pending).school

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        return list(MEANINGS.items())

    def save(self, pending: PendingImport, parsed: ParsedAnswers, *, dry_run: bool) -> AnswersOutcome:
        audience = pending.options.get("audience", "")
        return save_answers(parsed, questionnaire=_questionnaire(pending), audience=audience)

    def stands_on(self, pending: PendingImport) -> Sequence[Any]:
        questionnaire = _questionnaire(pending)
        return (questionnaire.history.count(), questionnaire.answered.count())

    def scope(self, pending: PendingImport) -> Scope:
        questionnaire = _questionnaire(pending)
        return Scope([Rows(questionnaire.answered.all())], school=questionnaire.school)

    def verdict(self, pending: PendingImport, parsed: ParsedAnswers) -> str:
        words = {"name": pending.name, "n": len(parsed.rows), "title": _questionnaire(pending).title}
        return _("“%(name)s” holds answers (%(n)s) to “%(title)s”.") % words

    def facts(self, found: Found) -> Sequence[Fact]:
        asked = [str(BY_CODE[code].label) for code in found.parsed.questions]
        return ((_("Questions found"), "、".join(asked) or "–"),)

    def counts(self, outcome: AnswersOutcome) -> Sequence[tuple[str, Counts]]:
        return ((str(self.title), outcome.counts),)

    def tables(self, pending: PendingImport, parsed: ParsedAnswers) -> Sequence[Table]:
        columns = [
            Column(_("Number"), lambda row: row.number),
            Column(_("Who is asked"), _who(pending.options.get("audience", ""))),
            Column(_("Answers"), _said, "wide"),
            Column(str(MEANINGS[TEXT]), lambda row: _("kept, for directors only") if row.text else ""),
        ]
        return (Table(self.code, str(self.title), parsed.rows, columns),)

    def place(self, pending: PendingImport, outcome: AnswersOutcome) -> str:
        return _questionnaire(pending).title

    def next_page(self, pending: PendingImport, outcome: AnswersOutcome) -> str:
        school, pk = pending.target.split("/")
        return reverse("questionnaire", args=[school, pk])


def _who(usual: str) -> Any:
    return lambda row: _ASKED.get(row.audience or usual, "")


def _said(row: AnswerRow) -> str:
    answers: Mapping[str, str] = row.answers
    return "; ".join(f"{BY_CODE[code].label}: {_SAID[said]}" for code, said in answers.items())


def _questionnaire(pending: PendingImport) -> Questionnaire:
    """By the target of an upload, which is its school and its number."""
    school, _slash, pk = pending.target.partition("/")
    found = Questionnaire.objects.filter(school__slug=school, school__removed_at=None, pk=pk if pk.isdigit() else 0)
    questionnaire = found.select_related("school").first()
    if questionnaire is None:
        raise Http404
    return questionnaire
