"""The lists of the loop: each declares its columns."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.citations import plain_word
from competencies.listing import ListColumn, linked, local_time, tag
from curricula.links import PlanTable
from curricula.models import Action, Curriculum
from curricula.wording import formats, phrases

TONES = {"open": "na", "under_way": "sample", "done": "ok", "dropped": "na"}


class ActionTable(PlanTable):
    title = ListColumn(gettext_lazy("Action"))
    concerns = ListColumn(gettext_lazy("Concerns"), accessor="pk", order_by=("ability", "course"))
    actor = ListColumn(gettext_lazy("Actor"))
    owner = ListColumn(gettext_lazy("In charge"), order_by="owner__username")
    due = ListColumn(gettext_lazy("Due"), css="nowrap", show=formats.day)
    state = ListColumn(gettext_lazy("State"))

    unsorted = gettext_lazy("Newest first")
    empty_text = gettext_lazy("No action matches.")

    def __init__(self, data: Any, curriculum: Curriculum, titles: dict[str, str]) -> None:
        self.titles = titles
        super().__init__(data, curriculum)

    def render_title(self, record: Action) -> SafeString:
        return linked(self.curriculum.page("action", record.pk), record.named)

    def render_concerns(self, record: Action) -> str:
        named = (f"{code} {self.titles.get(code, '')}".strip() for code in (record.ability, record.course) if code)
        return " · ".join(named) or formats.MISSING

    def render_state(self, record: Action) -> SafeString:
        late = not record.closed and record.due is not None and record.due < timezone.localdate()
        state = tag(str(record.get_state_display()), TONES[record.state])
        return format_html("{}{}", state, tag(_("late"), "gap") if late else "")


class SnapshotTable(PlanTable):
    created = ListColumn(gettext_lazy("Made"), css="nowrap")
    plan = ListColumn(gettext_lazy("Plan"), accessor="curriculum", order_by=("curriculum__year", "created"))
    kind = ListColumn(gettext_lazy("Kind"), accessor="get_kind_display", orderable=False)
    note = ListColumn(gettext_lazy("Note"), orderable=False, css="wide")
    made_by = ListColumn(gettext_lazy("By"), order_by="made_by__username")
    gaps = ListColumn(gettext_lazy("Gaps"), accessor="findings", orderable=False, css="num")

    unsorted = gettext_lazy("Newest first")
    empty_text = gettext_lazy("No snapshot has been made yet.")

    def render_created(self, record: Any) -> SafeString:
        return linked(self.curriculum.page("snapshot", record.pk), local_time(record.created))

    def render_note(self, value: str) -> str:
        return plain_word(value)

    def render_plan(self, value: Curriculum) -> str:
        return plan_words(value)

    def render_gaps(self, value: list[dict[str, Any]]) -> str:
        return str(sum(phrases.label_tag(each["label"]).tone == "gap" for each in value))


def plan_words(curriculum: Curriculum) -> str:
    """A plan among those of its program: its year, and its version where there are several."""
    version = _("version %(version)s") % {"version": curriculum.version} if curriculum.version > 1 else ""
    return " · ".join(filter(None, (curriculum.year_of_entry, version)))
