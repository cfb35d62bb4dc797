"""The cells of one row by what their column means; what cannot be read is refused here, with row and column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from curricula.fields.texts import BadValue, is_blank
from curricula.fields.values import ValueKind
from curricula.limits import MOST_CREDITS, MOST_HOURS, MOST_TERM

from .amounts import Amount
from .columns import Column
from .headers import Row, Table
from .problems import Problems
from .teaching_plan import Carrier

LIMITS = {"absurd_hours": MOST_HOURS, "absurd_credits": MOST_CREDITS, "term_out_of_range": MOST_TERM}
_EXAMPLES = {"credits": 3, "credits_max": 3, "weeks": 2, "weekly_hours": 4}  # of others: hours, such as 48


_BREAK = re.compile(r"\s{0,9}\n\s{0,9}")
_CHINESE_BREAK = re.compile(r"(?<=[\u3400-\u9fff])\s*\n\s*(?=[\u3400-\u9fff])")


def one_line(text: str) -> str:
    """A label as it is said: narrow cells break Chinese after every letter, and write it downwards."""
    return _BREAK.sub(" ", _CHINESE_BREAK.sub("", text)) if "\n" in text else text


@dataclass(frozen=True)
class Figure:
    """One figure with the place that it came from."""

    column: Column
    text: str
    amount: Amount


class Cells:
    def __init__(self, table: Table, problems: Problems) -> None:
        self.table = table
        self.problems = problems
        self.carrier = Carrier(table)
        self.exact = table.ours  # our own export: what stands there is meant, even “-” or “&amp;”
        self.columns: dict[str, list[Column]] = defaultdict(list)
        for column in table.columns:
            self.columns[column.field].append(column)

    def header(self, *fields: str) -> str:
        return next((column.header for field in fields for column in self.columns[field]), "")

    def texts(self, row: Row, field: str) -> list[str]:
        found = []
        for column in self.columns[field]:
            text = self.carrier.text(row, column)
            if text and (self.exact or not is_blank(text)):
                found.append(column.label if column.ticked else text)
        return found if self.exact or field == "title" else [one_line(text) for text in found]

    def text(self, row: Row, field: str) -> str:
        return next(iter(self.texts(row, field)), "")

    def prose(self, row: Row, field: str) -> str:
        """Free text as it stands: “-” and “无” may be what somebody meant to say."""
        return "\n".join(filter(None, (row.at(column.index) for column in self.columns[field])))

    def figures(self, row: Row, field: str, parse: Callable[[str], Amount]) -> list[Figure]:
        read = (self._figure(row, column, parse) for column in self.columns[field])
        return [figure for figure in read if figure is not None]

    def _figure(self, row: Row, column: Column, parse: Callable[[str], Amount]) -> Figure | None:
        text = row.at(column.index)
        if is_blank(text):
            return None
        try:
            amount = parse(text)
        except BadValue as problem:
            example = _EXAMPLES.get(column.field, 48)
            self.refuse(problem, row, column.header, text, example=example)
            return None
        if amount.assumed:
            self.problems.warn(amount.assumed, row=row.number, column=column.header, value=text)
            if amount.assumed == "no_figure":
                return None
        return Figure(column=column, text=text, amount=amount)

    def value(self, kind: ValueKind, row: Row, header: str, text: str) -> Any:
        """The cell as its kind reads it; blank once it has been refused."""
        try:
            return kind.read(text)
        except BadValue as problem:
            self.refuse(problem, row, header, text)
            return kind.blank

    def refuse(self, problem: BadValue, row: Row, header: str, text: str, **words: object) -> None:
        limit = LIMITS.get(problem.code, "")
        self.problems.refuse(problem.code, row=row.number, column=header, value=text, limit=limit, **words)
