"""Kinds of faults in Word files, web pages and exports of other systems, each with a small file of its own."""

import pytest

from curricula.interchange import UnreadableFile
from tests.curricula.interchange.builders import accepted, archive, codes, read, text

HEADER = ["Course Code", "Title", "Credits"]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*rows: str) -> bytes:
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>第三学期</w:t></w:r></w:p><w:tbl>{body}</w:tbl>'
    return archive({"word/document.xml": f"{document}</w:body></w:document>"})


def cell(said: object = "", merged: str = "") -> str:
    return f"<w:tc><w:tcPr>{merged}</w:tcPr><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:tc>"


def test_the_tables_of_a_word_file_are_read_with_their_merged_cells():
    begun, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    parsed = accepted(
        word(
            "".join(map(cell, ("课程模块", "课程编码", "课程名称", "学分"))),
            cell("专业核心课", begun) + "".join(map(cell, ("A1", "甲", 2))),
            cell("", goes_on) + "".join(map(cell, ("A2", "乙", 3))),
            cell("小计", '<w:gridSpan w:val="3"/>') + cell(5),
        )
    )
    assert [(c.code, c.module, c.term) for c in parsed.courses] == [("A1", "专业核心课", 3), ("A2", "专业核心课", 3)]


def test_a_word_file_without_tables_says_so():
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>'
    with pytest.raises(UnreadableFile) as caught:
        read(archive({"word/document.xml": document}))
    assert caught.value.code == "no_table_in_word"


def test_a_table_behind_an_empty_column_is_another_one():
    rows = [
        [*HEADER, "", "Type", "Hours"],
        ["A", "a", 3, "", "", ""],
        ["B", "b", 3, "", "Core", 40],
        ["", "", "", "", "All", 80],
    ]
    parsed = accepted(text(rows))
    assert [(c.code, c.course_type, c.total_hours) for c in parsed.courses] == [("A", "", None), ("B", "", None)]
    assert "table_beside" in codes(parsed.warnings)


def test_a_table_with_a_total_of_its_own_is_another_one():
    beside = [["Core", 24], ["Elective", 9], ["Total", 33]]
    rows = [
        [*HEADER, "", "Category", "Required"],
        *([c, c.lower(), 3, "", *more] for c, more in zip("ABC", beside, strict=True)),
    ]
    assert [course.course_type for course in accepted(text(rows)).courses] == ["", "", ""]


@pytest.mark.parametrize("name", ["plan.html", "plan.xls"])
def test_a_web_page_is_read_whatever_it_is_called(name):
    page = (
        "<html><head><style>td {}</style></head><body><h3>第二学期</h3><table><tr><th rowspan=2>课程编码"
        "<th rowspan=2>课程名称<th rowspan=2>学分<th colspan=2>学时</tr><tr><th>理论<th>实践</tr>"
        "<tr><td>A1</td><td>管&nbsp;理学<br></td><td>3<td>40<td>8</tr></table></body></html>"
    )
    (course,) = accepted(page.encode("gb18030"), name=name).courses
    assert (course.code, course.title_zh, course.credits, course.term) == ("A1", "管 理学", 3, 2)
    assert course.hours == {"theory": 40, "operation": 8}


def test_a_web_page_with_cells_that_reach_too_far_is_refused():
    page = "<table><tr><td>Code<td>Title<td>Credits</tr>" + "<tr><td colspan=1000 rowspan=1000>x</tr>" * 3
    with pytest.raises(UnreadableFile) as caught:
        read(page.encode())
    assert caught.value.code == "unpacks_too_large"


def test_a_table_within_a_cell_is_a_table_of_its_own():
    inner = "<table><tr><td>Code<td>Title<td>Credits</tr><tr><td>A1<td>Export<td>3</tr></table>"
    page = f"<html><table><tr><td>Menu</td><td>{inner}</td></tr></table></html>"
    assert [course.code for course in accepted(page.encode()).courses] == ["A1"]


def test_objects_are_rows():
    data = b'[{"code": "A1", "title": "Export", "credits": 3}, {"code": "A2", "title": "Law", "term": 2}]'
    assert [(c.code, c.credits, c.term) for c in accepted(data).courses] == [("A1", 3, None), ("A2", None, 2)]


def test_headers_in_traditional_letters_are_read():
    rows = [["課程代碼", "課程名稱", "學分", "開課學期", "修別"], ["A1", "國際貿易", 3, "第二學期", "選修"]]
    (course,) = accepted(text(rows)).courses
    assert (course.code, course.title_zh, course.credits, course.term) == ("A1", "國際貿易", 3, 2)
    assert course.required is False


def test_exports_of_american_systems_are_read():
    rows = [["SUBJ_CODE", "CRSE_NUMB", "TITLE", "CREDIT_HR_LOW", "CREDIT_HR_HIGH"], ["CS", "101", "Programming", 1, 4]]
    (course,) = accepted(text(rows)).courses
    assert (course.code, course.title_en, course.credits, course.credits_max) == ("CS 101", "Programming", 1, 4)
