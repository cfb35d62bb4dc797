"""How the hours of one course are put together from totals, parts and weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from curricula.fields.texts import BadValue, number, within, yes
from curricula.limits import MOST_HOURS

from .aliases import MODE_FIELDS, paired_field
from .amounts import Amount, hour_amount
from .cells import Cells, Figure
from .headers import Row
from .parsed import ReadSettings
from .terms import Terms, parse_terms

_MODE_OF = {name: name for name in MODE_FIELDS} | {"experiment": "simulation", "assessment_hours": "assessment"}
_ROUNDING = 0.5  # plans print whole hours


@dataclass
class Hours:
    by_mode: dict[str, float] = field(default_factory=dict)
    total: float | None = None
    experiment: float | None = None
    assumed: bool = False
    rest_as_theory: bool = False

    def add(self, mode: str, value: float) -> None:
        self.by_mode[mode] = self.by_mode.get(mode, 0.0) + value


def read_hours(cells: Cells, row: Row, settings: ReadSettings) -> Hours:
    reader = _HoursReader(cells, row, settings)
    reader.add_modes()
    reader.add_total()
    reader.add_weeks()
    reader.add_rest()
    reader.check_sum()
    return reader.hours


class _HoursReader:
    def __init__(self, cells: Cells, row: Row, settings: ReadSettings) -> None:
        self.cells = cells
        self.row = row
        self.rate = settings.hours_per_week
        self.weeks = settings.weeks_per_term
        self.hours = Hours(assumed=yes(cells.text(row, "hours_assumed")))

    def add_modes(self) -> None:
        for name in MODE_FIELDS:
            for figure in self.cells.figures(self.row, name, self._hour_amount):
                self._add_mode(name, self._over_a_term(figure) if figure.column.weekly else figure)
        self._add_pairs()
        for figure in self.cells.figures(self.row, "experiment_part", self._hour_amount):
            self.hours.experiment = figure.amount.value

    def _over_a_term(self, figure: Figure) -> Figure:
        self.hours.assumed = True
        return replace(figure, amount=replace(figure.amount, value=figure.amount.value * self.weeks))

    def _add_pairs(self) -> None:
        """“32/16” under “学时（理论/实践）”; a figure alone is the theory, as there is nothing to part."""
        for figure in self.cells.figures(self.row, "paired_hours", self._paired_amount):
            header = figure.column
            practice = paired_field(header.label) or paired_field("".join(header.parts))
            for name, text in zip(("theory", practice), _halves(figure.text), strict=False):
                self._add_mode(name, replace(figure, text=text, amount=self._hour_amount(text)))

    def _paired_amount(self, text: str) -> Amount:
        """Refuses a pair of which a half is no hours, or which has more than two."""
        parts = [self._hour_amount(part) for part in _halves(text)]
        if len(parts) > 2:
            raise BadValue("unreadable_number")
        return Amount(value=sum(part.value for part in parts))

    def _add_mode(self, name: str, figure: Figure) -> None:
        """Weeks are practice in whatever column they stand, so they count as operation."""
        amount = figure.amount
        if amount.value or not amount.weeks:
            self.hours.add(_MODE_OF[name], amount.value)
            if name == "experiment":
                self.hours.experiment = (self.hours.experiment or 0.0) + amount.value
        if amount.weeks:
            self._add_operation(figure)

    def add_total(self) -> None:
        for figure in self.cells.figures(self.row, "total_hours", self._hour_amount):
            amount = figure.amount
            if amount.weeks and not self.hours.by_mode:
                self._add_operation(figure)
            self.hours.total = amount.value * self._terms(figure) + amount.weeks * self.rate

    def _terms(self, figure: Figure) -> int:
        """“每学期8学时” over eight terms is 64; over how many, the column of terms says."""
        if not figure.amount.each_term:
            return 1
        count = self._count_of_terms()
        place: dict[str, Any] = {"row": self.row.number, "column": figure.column.header, "value": figure.text}
        self.cells.problems.warn("hours_each_term", **place, hours=f"{figure.amount.value * count:g}", terms=count)
        return count

    def _count_of_terms(self) -> int:
        try:
            terms = parse_terms(self.cells.text(self.row, "term"))
        except BadValue:
            terms = Terms(1)
        return (terms.last or terms.first) - terms.first + 1

    def add_weeks(self) -> None:
        """A column of weeks says how many hours there are only where nothing else does."""
        if self.hours.total is not None or self.hours.by_mode:
            return
        weekly = self.cells.figures(self.row, "weekly_hours", _weekly_amount)
        weeks = self.cells.figures(self.row, "weeks", _week_amount)
        for figure in weeks:
            if weekly:
                self._multiply(weekly[0], figure.amount.weeks, figure.text)
            else:
                self._add_operation(figure)
                self.hours.total = figure.amount.weeks * self.rate
        if weekly and not weeks and weekly[0].amount.value:
            self._over_one_term(weekly[0])

    def _over_one_term(self, weekly: Figure) -> None:
        """Whether “2” over four terms means each of them, only the school knows."""
        if self._count_of_terms() == 1:
            self._multiply(weekly, self.weeks, f"{self.weeks:g}")
        else:
            place: dict[str, Any] = {"row": self.row.number, "column": weekly.column.header, "value": weekly.text}
            self.cells.problems.warn("weekly_over_terms", **place)

    def add_rest(self) -> None:
        """A plan that states the total and the practice only leaves the theory to be counted by its reader."""
        hours, columns = self.hours, self.cells.columns
        rest = (hours.total or 0.0) - sum(hours.by_mode.values())
        told = not hours.assumed and hours.total is not None and rest > _ROUNDING
        if told and not columns["theory"] and any(columns[name] for name in MODE_FIELDS):
            hours.add("theory", rest)
            hours.assumed = hours.rest_as_theory = True

    def check_sum(self) -> None:
        hours, total = self.hours, sum(self.hours.by_mode.values())
        if hours.by_mode and hours.total is not None and abs(total - hours.total) > _ROUNDING:
            words = {"value": f"{total:g}", "total": f"{hours.total:g}"}
            header = self.cells.header("total_hours")
            self.cells.problems.warn("hours_sum", row=self.row.number, column=header, **words)

    def _hour_amount(self, text: str) -> Amount:
        amount = hour_amount(text)
        within(amount.value + amount.weeks * self.rate, MOST_HOURS, "absurd_hours")
        return amount

    def _add_operation(self, figure: Figure) -> None:
        hours = figure.amount.weeks * self.rate
        self.hours.add("operation", hours)
        self.hours.assumed = True
        place: dict[str, Any] = {"row": self.row.number, "column": figure.column.header, "value": figure.text}
        self.cells.problems.warn("weeks_to_hours", **place, hours=f"{hours:g}", rate=f"{self.rate:g}")

    def _multiply(self, weekly: Figure, weeks: float, said: str) -> None:
        self.hours.total = weeks * weekly.amount.value
        self.hours.assumed = True
        self.cells.problems.warn(
            "hours_from_weekly",
            row=self.row.number,
            column=weekly.column.header,
            value=weekly.text,
            weekly=weekly.text,
            weeks=said,
            hours=f"{self.hours.total:g}",
        )


def _halves(text: str) -> list[str]:
    return re.split(r"\s{0,9}[/／]\s{0,9}", text.strip())


def _week_amount(text: str) -> Amount:
    amount = hour_amount(text)
    return Amount(weeks=within(amount.weeks or amount.value, 104, "absurd_hours"))


def _weekly_amount(text: str) -> Amount:
    """“3-1” is three hours of lectures and one of practice a week."""
    return Amount(value=within(sum(number(part) for part in text.replace("+", "-").split("-")), 168, "absurd_hours"))
