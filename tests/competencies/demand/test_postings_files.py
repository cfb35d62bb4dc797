import datetime
import io
import json
import tracemalloc

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies.demand.readers.postings import read_postings
from competencies.tabular.problems import UnreadableFile
from tests.curricula.interchange.builders import archive, ods
from tests.places import ROOT
from tests.posting_files import TODAY, read, refused


def workbook(*rows: list[object], before: str = "") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"}) as book:
        if before:
            book.add_worksheet(before).write_row(0, 0, ["About", "this file"])
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    return buffer.getvalue()


def test_a_workbook_is_read_from_the_sheet_that_has_the_columns():
    day = datetime.datetime(2026, 3, 1)
    data = workbook(
        ["Postings"], ["职位名称", "描述", "日期", "工资"], ["分析师", "会SQL", day, 8000.0], before="About"
    )
    for parsed in (read_postings(data, name="a.xlsx", today=TODAY), read_postings(data, name="a", today=TODAY)):
        (row,) = parsed.rows
        assert (row.row, row.title, row.text) == (3, "分析师", "会SQL")
        assert (row.published, row.salary_low) == (day.date(), 8_000)


def test_a_workbook_on_disk_is_read_like_one_in_memory(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(["Title", "Text"], ["A", "B"], [], ["C", "D"]))
    assert [row.row for row in read_postings(path, name=path.name).rows] == [2, 4]


def test_an_old_workbook_is_read_from_its_path_and_from_memory():
    path = ROOT / "tests/curricula/interchange/teaching_plan.xls"
    for source in (path, path.read_bytes()):
        assert refused(source, name=path.name).code == "missing_columns"


def test_an_open_document_is_read():
    parsed = read_postings(ods([["Title", "Text"], ["A", "会SQL"]]), name="a.ods", today=TODAY)
    assert [(row.row, row.title, row.text) for row in parsed.rows] == [(2, "A", "会SQL")]


def test_json_lines_are_read_with_lists_and_objects_inside():
    lines = [
        json.dumps({"Title": "A", "company": {"name": "甲"}, "skills": ["SQL", "C, C++"], "salary": 8000.0}),
        "",
        "{broken",
        "[1]",
        json.dumps({"Title": None, "city": "X"}),
        '{"text": "lone \\ud800 half", "title": true}',
    ]
    parsed = read("\n".join(lines), name="a.jsonl")
    assert [(notice.row, notice.code) for notice in parsed.refusals] == [
        (3, "bad_json"),
        (4, "not_an_object"),
        (5, "no_title_or_text"),
    ]
    first, last = parsed.rows
    assert (first.title, first.employer, first.salary_low) == ("A", "甲", 8_000)
    assert first.skills[0] == "SQL"
    assert (last.row, last.text, last.title) == (6, "lone ? half", "True")


def test_a_json_array_is_read_like_its_lines():
    parsed = read(json.dumps([{"title": "A"}, 1, {"title": "B"}]), name="a.json")
    assert [row.row for row in parsed.rows] == [1, 3]
    assert [(notice.row, notice.code) for notice in parsed.refusals] == [(2, "not_an_object")]


def test_json_without_the_columns_is_refused_as_a_table_is():
    assert refused(b'{"Name": "A"}\n{"Name": "B"}', name="a.jsonl").code == "missing_columns"


# Files that are refused whole


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "empty_file"),
        (b"\xef\xbb\xbf\n \n", "a.csv", "empty_file"),
        (b"\n\n", "a.jsonl", "empty_file"),
        (b"title,text\n", "a.csv", "no_rows"),
        (b"title,text\nA,B\n", "a.xlsx", "not_a_workbook"),
        (b"<html><table></table></html>", "a.xls", "missing_columns"),
        (b"PK\x03\x04 and nothing", "a.xlsx", "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "broken_workbook"),
        (archive({"word/document.xml": b"<w"}), "a.docx", "broken_document"),
        (b"title,text\nA,\0\n", "a.csv", "not_text"),
        (b"\xff\xfet", "a.csv", "unknown_encoding"),
        (b"title,text\nA,\xff\xff\xff\n", "a.csv", "unknown_encoding"),
        (b'title,text\nA,"' + b"x" * 140_000, "a.csv", "bad_csv"),
        (b"title,text\nA," + b"x" * 2_200_000, "a.csv", "line_too_long"),
        (b"nonsense", "a.jsonl", "not_json"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.csv", "no_table"),
        (b"%PDF-1.7\n1 0 obj", "a.xlsx", "no_table"),
        (b"[{]", "a.json", "not_json"),
        (b"[" * 100_000, "a.json", "not_json"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(data, name, code):
    error = refused(data, name=name)
    assert error.code == code
    assert str(error).endswith(".")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile):
        read_postings(tmp_path / "none.csv", name="none.csv")
    with pytest.raises(UnreadableFile):
        read_postings(tmp_path, name="folder.csv")


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(201 * 2**20)
    assert refused(b"title\n" + b"A\n" * 600, max_bytes=1_000).code == "too_large"
    tracemalloc.start()
    with pytest.raises(UnreadableFile) as caught:
        read_postings(path, name=path.name, max_bytes=200 * 2**20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "too_large"
    assert peak < 2**20


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(2**20)})
    declared = (2**20).to_bytes(4, "little")
    claims = bomb.replace(declared, (2**31).to_bytes(4, "little"))
    assert refused(claims, name="a.xlsx").code == "unpacks_too_large"


def test_a_workbook_of_a_few_bytes_that_claims_billions_of_cells_kills_nobody():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Title")
        sheet.write(1_048_575, 16_383, "far")
    assert refused(buffer.getvalue(), name="a.xlsx").code == "workbook_failed"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: ("title,text\n" + text).encode("utf-8", "replace")),
        st.text('[]{}",:\\u0 \n', max_size=80).map(lambda text: ('{"title": ' + text).encode()),
        st.binary(max_size=100).map(lambda tail: b"PK\x03\x04" + tail),
    ),
    name=st.sampled_from(["a.csv", "a.tsv", "a.jsonl", "a.json", "a.xlsx", "a.xls", "a.ods", "a", ""]),
)
def test_arbitrary_bytes_raise_nothing_but_a_reason(data, name):
    try:
        parsed = read_postings(data, name=name, today=TODAY)
    except UnreadableFile:
        return
    assert parsed.rows_read == len(parsed.rows) + len(parsed.refusals) + len(parsed.duplicates)
