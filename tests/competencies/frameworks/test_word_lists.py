"""毕业要求 and 指标点 as training plans list them, most of them in Word files."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from competencies.frameworks.formats import read_any
from competencies.tabular.problems import UnreadableFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BEGUN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
KNOWN = "能够运用数学与统计学知识表述跨境电商问题"
COMPARED = "能够运用数据分析方法比较方案"
FOUND = "能够识别海外市场的需求"
TREE = [
    ("1", "", "工程知识", "掌握数学知识"),
    ("1.1", "1", KNOWN, ""),
    ("1.2", "1", COMPARED, ""),
    ("2", "", "问题分析", "分析复杂问题"),
    ("2.1", "2", FOUND, ""),
]
AREAS = ("1.工程知识：掌握数学知识", "2.问题分析：分析复杂问题")


def cell(text: str, merged: str = "") -> str:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{merged}</w:tcPr>{lines}</w:tc>"


def table(*rows: list[str]) -> str:
    cells = ("".join(each if each.startswith("<w:tc>") else cell(each) for each in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def word(*parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = "".join(part if part.startswith("<w:") else cell(part)[19:-7] for part in parts)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def tree(*parts: str) -> list[tuple[str, str, str, str]]:
    parsed: Any = read_any(word(*parts), file_name="毕业要求.docx", slug="t")
    assert parsed.refusals == ()
    assert parsed.warnings == ()
    return [(row.code, row.parent, row.title.zh, row.statement.zh) for row in parsed.abilities]


@pytest.mark.parametrize("header", ["指标点", "毕业要求指标点", "指标点分解", "观测点"])
def test_requirements_beside_their_points_are_areas_and_abilities(header: str) -> None:
    rows = table(
        ["毕业要求", header],
        [cell(AREAS[0], BEGUN), f"1.1 {KNOWN}"],
        [cell("", GOES_ON), f"指标点1.2：{COMPARED}"],
        [AREAS[1], f"2.1 {FOUND}"],
    )
    assert tree("三、毕业要求", rows) == TREE


def test_points_below_each_other_in_one_cell_are_as_many_abilities() -> None:
    points = f"1.1 {KNOWN[:8]}\n{KNOWN[8:]}\n1.2 {COMPARED}"  # a line that goes on belongs to the point above it
    found = tree(table(["毕业要求", "指标点"], [AREAS[0], points], [AREAS[1], f"2.1 {FOUND}"]))
    assert [row[:2] for row in found] == [row[:2] for row in TREE]
    assert found[1][2].replace("\n", "") == KNOWN


@pytest.mark.parametrize("header", [["编号", "毕业要求"], ["序号", "毕业要求内容"], ["毕业要求编号", "毕业要求"]])
def test_requirements_and_points_in_one_column_are_told_apart_by_their_numbers(header: list[str]) -> None:
    numbers = ["1", "1.1", "1.2", "2", "2.1"]
    texts = ["工程知识：掌握数学知识", KNOWN, COMPARED, "问题分析：分析复杂问题", FOUND]
    assert tree(table(header, *map(list, zip(numbers, texts, strict=True)))) == TREE


def test_the_numbers_may_stand_before_the_texts() -> None:
    texts = [AREAS[0], f"1.1 {KNOWN}", f"1.2 {COMPARED}", AREAS[1], f"2.1 {FOUND}"]
    assert tree(table(["毕业要求"], *([text] for text in texts))) == TREE


def test_a_column_without_numbers_is_no_tree() -> None:
    """Which of them would be areas, nobody can tell."""
    with pytest.raises(UnreadableFile) as caught:
        tree(table(["毕业要求"], ["工程知识"], [KNOWN], ["问题分析"]))
    assert caught.value.code == "missing_columns"
    assert caught.value.recognised, "its columns can be chosen"


def test_of_a_whole_plan_only_the_requirements_are_read() -> None:
    courses = table(["课程代码", "课程名称", "学分"], ["A1", "高等数学", "4"])
    points = table(["毕业要求", "指标点"], [AREAS[0], f"1.1 {KNOWN}"])
    matrix = table(["课程名称", "1.1", "1.2"], ["高等数学", "H", "M"])
    parsed: Any = read_any(word("培养方案", courses, points, matrix), file_name="a.docx", slug="t")
    assert [row.code for row in parsed.abilities] == ["1", "1.1"]


def test_a_word_file_without_tables_says_that_only_tables_are_read() -> None:
    with pytest.raises(UnreadableFile) as caught:
        tree("1.1 能够")
    assert (caught.value.code, str(caught.value)) == (
        "no_table_in_word",
        "The Word file holds no table; only tables are read.",
    )
