"""What the lists of a plan are filtered by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from competencies.listing import search_input, select_input
from curricula.fields.course import COURSE
from curricula.fields.declaration import Place
from curricula.plans.history import KINDS
from curricula.queries import courses_called
from curricula.reports.gap_report import AbilityLine, GapReport

ALL: Final = ("all", _("all columns"))


class CourseFilter(FilterSet):
    """The courses whose code or title holds some words, or that lack something."""

    q = CharFilter(label=_("Search"), method="search", widget=search_input(_("Search by code or title")))
    only = ChoiceFilter(
        label=_("Which courses"),
        choices=[("unmapped", _("Not mapped")), ("no_hours", _("No hours stated"))],
        empty_label=_("All courses"),
        method="lacking",
        widget=select_input(),
    )

    also = ChoiceFilter(
        label=_("Also show"),
        choices=lambda: [*((each.name, capfirst(each.label)) for each in COURSE.at(Place.LIST)), ALL],
        empty_label=_("Also show…"),
        method="unchanged",
        widget=select_input(),
    )

    def unchanged(self, courses: QuerySet[Any], _name: str, _column: str) -> QuerySet[Any]:
        """The table shows the column; no course is left out for it."""
        return courses

    def search(self, courses: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        return courses_called(courses, words)

    def lacking(self, courses: QuerySet[Any], _name: str, what: str) -> QuerySet[Any]:
        return courses.filter(mapping_count=0) if what == "unmapped" else courses.filter(hours_stated=False)


class AbilityFilter(forms.Form):
    """The same for the lines of a report, which are no records in the database."""

    q = forms.CharField(label=_("Search"), required=False, widget=search_input(_("Search abilities")))
    label = forms.ChoiceField(label=_("Finding"), required=False, widget=select_input())
    area = forms.ChoiceField(label=_("Area"), required=False, widget=select_input())

    def __init__(self, wishes: Mapping[str, str], *, report: GapReport) -> None:
        super().__init__(wishes)
        self.report = report
        labels = [(each.code, f"{each.text} ({each.abilities})") for each in report.labels if each.abilities]
        areas = dict.fromkeys((line.area, line.area_title) for line in report.abilities)
        self.fields["label"].choices = [("", _("All findings")), *labels]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("All areas")), *areas]  # type: ignore[attr-defined]

    @property
    def lines(self) -> Sequence[AbilityLine]:
        self.full_clean()
        return [line for line in self.report.abilities if self._matches(line)]

    def _matches(self, line: AbilityLine) -> bool:
        wanted = self.cleaned_data
        words = wanted.get("q", "").casefold()
        return (
            (words in line.title.casefold() or words in line.code.casefold())
            and wanted.get("label") in ("", None, line.label)
            and wanted.get("area") in ("", None, line.area)
        )


class HistoryFilter(forms.Form):
    kind = forms.ChoiceField(
        label=_("What changed"),
        required=False,
        choices=[("", _("everything")), *KINDS.items()],
        widget=select_input(),
    )
