from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from competencies.listing import ButtonCell, ListColumn, ListTable, MomentColumn, linked
from curricula.models import Questionnaire


class QuestionnaireTable(ListTable):
    title = ListColumn(_("Questionnaire"), css="wide")
    people = ListColumn(_("Answers"), css="num", most_first=True)
    created = ListColumn(_("Made on"), show=lambda moment: f"{moment:%Y-%m-%d}", css="nowrap", most_first=True)
    closes = ListColumn(_("Closes on"), css="nowrap")

    def render_title(self, record: Questionnaire) -> SafeString:
        return linked(record.get_absolute_url(), record.named)

    def render_closes(self, value: Any) -> str:
        return str(value)


class LinkTable(ListTable):
    audience = ListColumn(_("Who is asked"), accessor="get_audience_display", orderable=False)
    single = ListColumn(_("Answers a link"), orderable=False)
    answers = ListColumn(_("Answers"), css="num", orderable=False)
    expires = MomentColumn(_("Open until"))
    revoke = ButtonCell("curricula/questionnaires/_revoke.html")

    def render_single(self, value: bool) -> str:
        return str(_("one") if value else _("any number"))
