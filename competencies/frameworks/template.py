"""The workbook that a framework can be written into: three sheets under headers in both languages, with an example."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from competencies.tabular.writing import TEXT_IS_TEXT


class Column(NamedTuple):
    header: str  # in both languages, whatever the reader's is
    note: object
    width: int = 30


class Sheet(NamedTuple):
    name: str
    columns: Sequence[Column]
    example: Sequence[Sequence[object]]


_SEVERAL: Final = gettext_lazy("Codes or names from the first sheet, with “;” between them.")
_MARKETING, _ANALYSIS = gettext_lazy("Marketing"), gettext_lazy("Data analysis")
_PLAN, _SELL = gettext_lazy("Plan a campaign"), gettext_lazy("Sell in a live stream")
_CLEAN, _TEST = gettext_lazy("Clean sales data"), gettext_lazy("Test two versions of a page")
_SPECIALIST: Final = gettext_lazy("Online marketing specialist")
_CERTIFICATE: Final = gettext_lazy("Certificate in live commerce")
SHEETS: Final = (
    Sheet(
        "Abilities 能力",
        (
            Column("Code 代码", gettext_lazy("May stay empty; then codes are made from the names."), 14),
            Column("Area 领域", gettext_lazy("An empty cell says what the cell above it says.")),
            Column("Ability 能力", gettext_lazy("One in each row; the only column that is needed.")),
            Column("Description 说明", "", 50),
            Column("Search words 检索词", gettext_lazy("By which postings are searched, with “;” between them."), 40),
        ),
        (
            (
                "M1",
                _MARKETING,
                _PLAN,
                gettext_lazy("Sets a goal, a budget and channels."),
                gettext_lazy("campaign plan; media plan"),
            ),
            ("M2", "", _SELL, "", gettext_lazy("live selling; live stream")),
            ("D1", _ANALYSIS, _CLEAN, "", gettext_lazy("data cleaning")),
            ("D2", "", _TEST, "", gettext_lazy("A/B test")),
        ),
    ),
    Sheet(
        "Positions 岗位",
        (
            Column("Position 岗位", gettext_lazy("One in each row.")),
            Column("Required abilities 所需能力", _SEVERAL, 50),
        ),
        ((_SPECIALIST, "M1; M2; D2"), (gettext_lazy("Sales analyst"), "D1; D2")),
    ),
    Sheet(
        "Certificates 证书",
        (
            Column("Certificate 证书", gettext_lazy("One row for each course that it names.")),
            Column("Course 课程", ""),
            Column("Abilities 能力", _SEVERAL, 50),
        ),
        (
            (_CERTIFICATE, gettext_lazy("Basics of live commerce"), "M2"),
            ("", gettext_lazy("Online advertising"), "M1"),
        ),
    ),
)


def template_workbook() -> bytes:
    """The example is in the reader's language; the import reads the whole as it is."""
    data = io.BytesIO()
    with Workbook(data, TEXT_IS_TEXT) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.name)
            page.write_string(0, 0, _("Example of a framework: write your own over it"))
            for place, column in enumerate(sheet.columns):
                page.set_column(place, place, column.width)
                page.write_string(2, place, column.header, bold)
                if column.note:
                    page.write_comment(2, place, str(column.note))
            for number, row in enumerate(sheet.example, start=3):
                for place, value in enumerate(row):
                    page.write_string(number, place, str(value))
            page.freeze_panes(3, 0)
    return data.getvalue()
