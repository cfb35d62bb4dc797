"""The lists of schools and of what was removed from them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.listing import ButtonCell, ListColumn, ListTable, MomentColumn, linked, local_day, tag
from curricula.models import Membership, School, person_name


class SchoolTable(ListTable):
    """The schools of one person, with the role there."""

    school = ListColumn(gettext_lazy("School"), order_by=("school__title_en", "school__title_zh"))
    role = ListColumn(gettext_lazy("My role"), orderable=False)
    programs = ListColumn(gettext_lazy("Programs"), css="num", order_by="-programs", most_first=True)
    members = ListColumn(gettext_lazy("Members"), css="num", order_by="-members", most_first=True)

    def render_school(self, value: Any, record: Membership) -> SafeString:
        sample = tag(_("sample data"), "sample") if value.sample else ""
        if record.role == Membership.Role.ADMINISTRATOR:
            return linked(reverse("school", args=[value.slug]), value, sample)
        return format_html("{}{}", value, sample)


class BinTable(ListTable):
    """What was removed from a school, to be brought back."""

    name = ListColumn(gettext_lazy("Name"))
    what = ListColumn(gettext_lazy("Kind"))
    removed_at = MomentColumn(gettext_lazy("Removed"), most_first=True)
    removed_by = ListColumn(gettext_lazy("By"), accessor="record__removed_by", orderable=False, show=person_name)
    kept_until = ListColumn(gettext_lazy("Kept until"), css="nowrap", show=local_day, orderable=False)
    restore = ButtonCell("curricula/schools/_restore.html", css="wide", accessor="kind")

    unsorted = gettext_lazy("Newest first")
    empty_text = gettext_lazy("Nothing was removed in the last 30 days.")

    def __init__(self, removed: Any, school: School) -> None:
        self.school = school
        super().__init__(removed)


class VisitTable(ListTable):
    """Who of the staff read the school's records, when and why."""

    began = MomentColumn(gettext_lazy("From"), orderable=False)
    ends = MomentColumn(gettext_lazy("Until"), orderable=False)
    user = ListColumn(gettext_lazy("Username"), orderable=False)
    why = ListColumn(gettext_lazy("Why"), orderable=False)

    empty_text = gettext_lazy("Nobody who runs the site has read this school's records.")


class ChangeTable(ListTable):
    """Who changed what about a school and its members."""

    when = MomentColumn(gettext_lazy("When"), orderable=False)
    who = ListColumn(gettext_lazy("By"), orderable=False)
    what = ListColumn(gettext_lazy("Change"), css="wide", orderable=False)

    empty_text = gettext_lazy("Nothing was changed yet.")
