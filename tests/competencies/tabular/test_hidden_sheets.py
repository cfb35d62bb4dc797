"""A sheet that nobody sees who opens the file: named, never read unless it is chosen."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from competencies.demand.readers.figures import read_figures
from competencies.demand.readers.surveys import read_survey
from competencies.frameworks.formats import read_any
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.problems import UnreadableFile
from curricula.interchange import ReadSettings, read_curriculum

OLD = Choices(sheets=("old",))


def book(seen: list[list[Any]], hidden: list[list[Any]], *, state: str = "hidden", first: bool = True) -> bytes:
    made = openpyxl.Workbook()
    sheets = [made.active, made.create_sheet()]
    old, now = sheets if first else reversed(sheets)
    old.title, now.title, old.sheet_state = "old", "now", state
    made.active = sheets.index(now)
    for sheet, rows in ((now, seen), (old, hidden)):
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def courses(data: bytes, choices: Choices) -> Any:
    return read_curriculum(data, name="a.xlsx", settings=ReadSettings(choices=choices))


def framework(data: bytes, choices: Choices) -> Any:
    return read_any(data, file_name="a.xlsx", slug="t", choices=choices)


def figures(data: bytes, choices: Choices) -> Any:
    return read_figures(data, name="a.xlsx", positions={}, choices=choices)


def survey(data: bytes, choices: Choices) -> Any:
    return read_survey(data, name="a.xlsx", abilities={"plan": "plan"}, choices=choices)


KINDS = {
    courses: ([["Code", "Title", "Credits"], ["A1", "Export", 3]], [["Code", "Title", "Credits"], ["B1", "Old", 3]]),
    framework: ([["Area", "Ability"], ["Sell", "Plan"]], [["Area", "Ability"], ["Sell", "Forget"]]),
    figures: ([["period", "openings"], ["2024", 5]], [["period", "openings"], ["2019", 7]]),
    survey: (
        [["respondent", "ability", "importance"], ["r1", "plan", 5]],
        [["respondent", "ability", "importance"], ["r9", "plan", 1]],
    ),
}


def said(parsed: Any) -> str:
    return repr(getattr(parsed, "courses", None) or getattr(parsed, "abilities", None) or parsed.rows)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("read", KINDS)
def test_a_hidden_sheet_is_named_and_read_only_where_it_is_chosen(read: Any, first: bool, state: str) -> None:
    seen, hidden = KINDS[read]
    data = book(seen, hidden, state=state, first=first)
    usual, alone = read(data, NO_CHOICES), read(book(seen, []), NO_CHOICES)
    assert said(usual) == said(alone)
    assert usual.recognised.hidden == ["old"]
    assert {sheet.name: sheet.hidden for sheet in usual.recognised.sheets} == {"now": False, "old": True}
    chosen = read(data, OLD)
    assert said(chosen) == said(read(book(hidden, []), NO_CHOICES))
    assert chosen.recognised.hidden == []


@pytest.mark.parametrize("read", KINDS)
def test_a_file_of_hidden_sheets_alone_is_refused_and_can_be_chosen(read: Any) -> None:
    data = book([], KINDS[read][0])
    with pytest.raises(UnreadableFile) as caught:
        read(data, NO_CHOICES)
    assert caught.value.recognised
    assert caught.value.recognised.hidden == ["old"]
    assert said(read(data, OLD)) == said(read(book(KINDS[read][0], []), NO_CHOICES))
