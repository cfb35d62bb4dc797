"""The table of programs as a file, with the sentence of each plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.tabular.writing import XLSX_TYPE, csv_bytes
from curricula.interchange.export import SheetOfRows, workbook_of
from curricula.models import Curriculum, PlanFigures

from .presenters import change_of, figures_of, sentence_of, stale_among


def _of_plan() -> dict[str, Callable[[Curriculum], Any]]:
    return {
        _("School"): lambda plan: str(plan.school),
        _("Program"): lambda plan: str(plan.program),
        _("Year of entry"): lambda plan: plan.year,
        _("Version"): lambda plan: plan.version,
        _("State"): lambda plan: str(plan.get_state_display()),
    }


def _of_figures(stale: frozenset[int]) -> dict[str, Callable[[PlanFigures], Any]]:
    return {
        _("Gaps"): lambda figures: figures.gaps,
        _("Gaps before"): lambda figures: figures.gaps_before if figures.gaps_changed else None,
        _("What changed"): change_of,
        _("Aligned"): lambda figures: figures.aligned,
        _("Inconclusive"): lambda figures: figures.undecided,
        _("Courses mapped"): lambda figures: figures.mapped_courses,
        _("Courses"): lambda figures: figures.courses,
        _("Postings"): lambda figures: figures.postings,
        _("From"): lambda figures: _day(figures.evidence_first),
        _("Until"): lambda figures: _day(figures.evidence_last),
        _("Computed"): lambda figures: timezone.localtime(figures.computed).date().isoformat(),
        _("Out of date"): lambda figures: _("yes") if figures.curriculum_id in stale else "",
        _("Finding"): lambda figures: sentence_of(figures).replace("\u00a0", " "),
    }


def _table(plans: Sequence[Curriculum]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Headers and rows; empty cells where nothing was computed: no number is better than a wrong one."""
    named, told = _of_plan(), _of_figures(stale_among(plans))
    rows = []
    for plan in plans:
        figures = figures_of(plan)
        computed = (None if figures is None else cell(figures) for cell in told.values())
        rows.append((*(cell(plan) for cell in named.values()), *computed))
    return (*named, *told), rows


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _as_csv(plans: Sequence[Curriculum]) -> bytes:
    headers, rows = _table(plans)
    return csv_bytes([headers, *rows])


def _as_workbook(plans: Sequence[Curriculum]) -> bytes:
    return workbook_of([SheetOfRows(str(_("Programs")), *_table(plans))])


FORMATS: Final[dict[str, tuple[Callable[[Sequence[Curriculum]], bytes], str]]] = {
    "xlsx": (_as_workbook, XLSX_TYPE),
    "csv": (_as_csv, "text/csv; charset=utf-8"),
}
