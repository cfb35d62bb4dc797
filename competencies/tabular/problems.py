"""What readers of files tell about places in a file, and how they refuse a file as a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to tell about one place in a file; `row` counts from 1 as a spreadsheet does, 0 means the file."""

    row: int
    column: str
    value: str
    code: str  # stable, for tests and translation: "no_title_or_text", "negative_hours", …
    message: str  # already translated, one sentence that says what to do
    sheet: str = ""  # said only where a workbook has several

    def __str__(self) -> str:
        column = f"column {self.column}" if self.column else ""
        place = ", ".join(filter(None, (f"row {self.row}" if self.row else "", column)))
        sheet = f" (sheet {self.sheet})" if self.sheet else ""
        return f"{place}: {self.message}{sheet}" if place else f"{self.message}{sheet}"


class UnreadableFile(ValueError):
    """The file as a whole cannot be taken; the message says why and what to do. `code` is stable.

    `facts` are the figures of the message, for a reader that says the same in words of its own.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.facts = facts

    def problem(self, name: str = "") -> Problem:
        """The same as a problem about the file of this name."""
        return Problem(row=0, column="", value=name, code=self.code, message=str(self))
