"""The totals that a file states itself (小计, 合计, “Sum of semester”), beside those of the courses that were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from curricula.fields.texts import BadValue, figure_word, number

from .cells import Cells
from .columns import CODE_LIKE, IDENTITY
from .headers import Row, is_subtotal
from .parsed import CourseRow, StatedTotal
from .problems import Problems
from .teaching_plan import SUMMED

_STATED = ("credits", "total_hours")
ROUNDING = 0.051  # a plan prints one decimal


@dataclass
class Totals:
    """Goes down a table with its rows; each total is held against the sums that it can be."""

    cells: Cells
    read: list[CourseRow] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=lambda: {"total": 0, "heading": 0})
    found: list[StatedTotal] = field(default_factory=list)
    chosen: bool = False  # some courses stand to choose from, of which a total counts a part

    def heading(self) -> None:
        self.starts["heading"] = len(self.read)

    def total(self, row: Row, problems: Problems) -> None:
        label = next((cell for cell in row.cells if is_subtotal(cell)), next(filter(None, row.cells), ""))
        for name in _STATED:
            stated = self._figure(row, name)
            if stated and (sums := self._sums(name)):
                nearest = min(sums, key=lambda each: abs(each - stated))
                self.found.append(StatedTotal(row.number, problems.sheet, label, name, stated, nearest))
                if name == "credits" and abs(nearest - stated) > ROUNDING and not self.chosen:
                    words = {"stated": f"{stated:g}", "read": f"{nearest:g}"}
                    column = self.cells.header(name)
                    problems.warn("total_differs", row=row.number, column=column, value=label, **words)
        self.starts["total"] = len(self.read)

    def adds_up(self, row: Row) -> bool:
        """A row that is the sum of courses above it, whatever it is called; it has no code or no title."""
        code, titled = (
            self.cells.text(row, "code"),
            [*filter(self.cells.columns.get, ("title", "title_zh", "title_en"))],
        )
        if CODE_LIKE.fullmatch(code) or not titled or (code and any(self.cells.text(row, each) for each in titled)):
            return False
        filled = {c.field for c in self.cells.table.columns if row.at(c.index)} - IDENTITY - {"sequence", "note", ""}
        stated = self._figure(row, "credits")
        return len(self.read) > 1 and filled <= SUMMED and stated is not None and stated in self._sums("credits")

    def _figure(self, row: Row, name: str) -> float | None:
        try:
            return next(number(figure_word(row.at(c.index))) for c in self.cells.columns[name] if row.at(c.index))
        except (BadValue, StopIteration):
            return None

    def _sums(self, name: str) -> set[float]:
        """Since the last total, since the last heading, by its module, or of the whole table."""
        module = self.read[-1].module if self.read else ""
        parts: list[Iterable[CourseRow]] = [self.read[start:] for start in {0, *self.starts.values()}]
        parts.append([course for course in self.read if course.module == module])
        return {round(sum(getattr(course, name) or 0 for course in part), 3) for part in parts} - {0}
