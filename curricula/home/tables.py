"""The table of all programs; on home it shows its first page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2.rows import BoundRows

from competencies.listing import ListColumn, ListTable, linked, note, tag
from curricula.models import Curriculum, PlanFigures
from curricula.queries import schools_read_by
from curricula.wording import formats

from .presenters import PlanLine, plan_lines
from .queries import these


class ProgramTable(ListTable):
    """One row a plan, with the figures that are stored of it."""

    program = ListColumn(
        gettext_lazy("Program"), accessor="pk", order_by=("program__title_en", "program__title_zh", "-year")
    )
    school = ListColumn(gettext_lazy("School"), accessor="program__school", order_by="program__school__slug")
    state = ListColumn(gettext_lazy("State"), order_by="state")
    gaps = ListColumn(gettext_lazy("Gaps"), css="num", accessor="figures__gaps", most_first=True)
    change = ListColumn(
        gettext_lazy("Since before"),
        css="num",
        accessor="figures__gap_change",
        order_by="figures__gaps_changed",
        most_first=True,
    )
    aligned = ListColumn(gettext_lazy("Aligned"), css="num", accessor="figures__aligned", most_first=True)
    undecided = ListColumn(gettext_lazy("Inconclusive"), css="num", accessor="figures__undecided", most_first=True)
    mapped = ListColumn(gettext_lazy("Courses mapped"), css="num", accessor="figures__mapped_part", most_first=True)
    evidence = ListColumn(
        gettext_lazy("Postings until"), css="nowrap", accessor="figures__evidence_last", show=formats.month
    )
    computed = ListColumn(gettext_lazy("Computed"), css="nowrap", accessor="figures__computed")
    step = ListColumn(gettext_lazy("Next step"), css="wide", accessor="pk", orderable=False)

    unsorted = gettext_lazy("By school and program")
    empty_text = gettext_lazy("No plan matches.")

    def __init__(self, plans: QuerySet[Curriculum], *, user: Any) -> None:
        self.user = user
        super().__init__(plans.only("pk"), exclude=() if len(schools_read_by(user)) > 1 else ("school",))

    @cached_property
    def paginated_rows(self) -> BoundRows:
        return BoundRows(these(row.record.pk for row in super().paginated_rows), table=self)

    @cached_property
    def lines(self) -> dict[int, PlanLine]:
        """Of the page that is shown."""
        lines = plan_lines([row.record for row in self.paginated_rows], self.user)
        return {line.plan.pk: line for line in lines}

    def render_program(self, record: Curriculum) -> SafeString:
        return linked(record.get_absolute_url(), record.name)

    def render_state(self, value: Any, record: Curriculum) -> SafeString:
        tone = {"approved": "ok", "in_review": "sample"}.get(record.state, "na")
        return tag(str(record.get_state_display()), tone)

    def render_change(self, value: int) -> str:
        return f"{value:+d}".replace("-", "−") if value else "0"

    def render_mapped(self, record: Curriculum) -> SafeString:
        figures: PlanFigures = record.figures
        return format_html("{} / {}", formats.count(figures.mapped_courses), formats.count(figures.courses))

    def render_computed(self, value: Any, record: Curriculum) -> SafeString:
        stale = note(_("out of date")) if self.lines[record.pk].stale else ""
        return format_html("{} {}", f"{timezone.localtime(value):%Y-%m-%d}", stale)

    def render_step(self, record: Curriculum) -> SafeString | str:
        step = self.lines[record.pk].step
        return linked(step.url, step.text) if step else ""
