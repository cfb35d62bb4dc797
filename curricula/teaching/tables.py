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


class ModuleTable(ListTable):
    """How far the mapping is, module by module."""

    title = ListColumn(gettext_lazy("Module"))
    courses = ListColumn(gettext_lazy("Courses"), css="num", most_first=True)
    mapped = ListColumn(gettext_lazy("Mapped"), css="num", most_first=True)
    waiting = ListColumn(gettext_lazy("Asked, not done"), css="num", most_first=True)
    done = ListColumn(gettext_lazy("Said to be done"), css="num", most_first=True)

    unsorted = gettext_lazy("In the order of the plan")
    empty_text = gettext_lazy("The plan has no courses yet.")
