from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from competencies.listing import ListColumn, ListTable, TemplateCell
from curricula.models import School


class LecturerTable(ListTable):
    """Names in the plans of a school; a director says in the list which member each of them means."""

    name = ListColumn(gettext_lazy("Name in the plans"))
    courses = ListColumn(gettext_lazy("Courses"), css="num", most_first=True)
    member = TemplateCell(
        gettext_lazy("Member"), accessor="name", template_name="curricula/teaching/_member.html", css="wide",
        orderable=False,
    )  # fmt: skip

    empty_text = gettext_lazy("No plan of the school names a lecturer.")

    def __init__(self, lecturers: Any, school: School, members: list[tuple[int, str]]) -> None:
        self.school, self.members = school, members
        super().__init__(lecturers)
