"""The table of programs as a file, with the sentence of each plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.tabular.writing import XLSX_TYPE, csv_bytes
from curricula.interchange.export import SheetOfRows, workbook_of
from curricula.models import Curriculum

from .presenters import change_of, figures_of, sentence_of, stale_among


def _headers() -> tuple[str, ...]:
    return (
        _("School"),
        _("Program"),
        _("Year of entry"),
        _("Version"),
        _("State"),
        _("Gaps"),
        _("Gaps before"),
        _("What changed"),
        _("Aligned"),
        _("Inconclusive"),
        _("Courses mapped"),
        _("Courses"),
        _("Postings"),
        _("From"),
        _("Until"),
        _("Computed"),
        _("Out of date"),
        _("Finding"),
    )


def _rows(plans: Sequence[Curriculum]) -> list[tuple[Any, ...]]:
    stale = stale_among(plans)
    return [(*_named(plan), *_figures(plan, stale=plan.pk in stale)) for plan in plans]


def _named(plan: Curriculum) -> tuple[Any, ...]:
    return str(plan.school), str(plan.program), plan.year, plan.version, str(plan.get_state_display())


def _figures(plan: Curriculum, *, stale: bool) -> tuple[Any, ...]:
    """Empty cells where nothing was computed: no number is better than a wrong one."""
    figures = figures_of(plan)
    if figures is None:
        return (None,) * 13
    return (
        figures.gaps,
        figures.gaps_before if figures.gaps_changed else None,
        change_of(figures),
        figures.aligned,
        figures.undecided,
        figures.mapped_courses,
        figures.courses,
        figures.postings,
        _day(figures.evidence_first),
        _day(figures.evidence_last),
        timezone.localtime(figures.computed).date().isoformat(),
        _("yes") if stale else "",
        sentence_of(figures).replace("\u00a0", " "),
    )


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _as_csv(plans: Sequence[Curriculum]) -> bytes:
    return csv_bytes([_headers(), *_rows(plans)])


def _as_workbook(plans: Sequence[Curriculum]) -> bytes:
    return workbook_of([SheetOfRows(str(_("Programs")), _headers(), _rows(plans))])


FORMATS: Final[dict[str, tuple[Callable[[Sequence[Curriculum]], bytes], str]]] = {
    "xlsx": (_as_workbook, XLSX_TYPE),
    "csv": (_as_csv, "text/csv; charset=utf-8"),
}
