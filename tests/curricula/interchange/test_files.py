"""Files that are no curriculum, or that mean harm: always a clear word, never an exception of another kind."""

import struct
import zipfile
from dataclasses import replace
from io import BytesIO
from time import perf_counter

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from curricula.interchange import ParsedCurriculum, ReadSettings, UnreadableFile, read_curriculum
from curricula.interchange.parsed import LIMITS
from tests.curricula.interchange.builders import PLAN, PLAN_MERGED, accepted, archive, codes, ods, read, text, xlsx

COURSES = [["Code", "Title", "Credits"], ["A", "Maths", "3"]]
WORKBOOK = xlsx(PLAN, merged=PLAN_MERGED)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def refused(data: bytes, *, name: str = "plan.csv", **limits: int) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read_curriculum(data, name=name, settings=ReadSettings(limits=replace(LIMITS, **limits)))
    assert str(refusal.value)
    return refusal.value.code


def with_member(name: str, content: str | bytes, workbook: bytes = WORKBOOK) -> bytes:
    with zipfile.ZipFile(BytesIO(workbook)) as packed:
        members = {member: packed.read(member) for member in packed.namelist()}
    return archive({**members, next(member for member in members if member.endswith(name)): content})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\n ", "empty_file"),
        (b",,,\n,,\n", "empty_file"),
        (b"hello world", "missing_columns"),
        (b"Company,Title,City\nA,B,C\n", "missing_columns"),
        (b"code,title\x00,credits\nA,B,1\n", "not_text"),
        (b"PK\x03\x04 no archive", "broken_workbook"),
        (WORKBOOK[: len(WORKBOOK) // 2], "broken_workbook"),
        (archive({"a.txt": "no workbook"}), "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken_workbook"),
        (b'Code,Title,Credits\n"A,B,3\n' + b"x,y,1\n" * 40_000, "bad_csv"),
        (b"\xff\xfe\x00", "unknown_encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no_table"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "no_table"),
        (b"%PDF-1.7\n1 0 obj", "no_table"),
        (xlsx([[""]]), "empty_file"),
    ],
)
def test_what_is_no_curriculum_is_refused_as_a_whole(data, code):
    assert refused(data) == code


@pytest.mark.parametrize("name", ["plan.xlsx", "PLAN.XLS", "plan.ods"])
def test_text_that_is_called_a_workbook_is_refused(name):
    assert refused(text(COURSES), name=name) == "not_a_workbook"


def test_a_workbook_is_known_by_its_content_whatever_its_name():
    assert len(accepted(WORKBOOK, name="plan.csv").courses) == 5


def test_a_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "plan"
    path.write_bytes(text(COURSES))
    assert read_curriculum(path, name="plan") == read_curriculum(str(path), name="plan")


def test_missing_columns_are_named_with_those_that_were_found():
    with pytest.raises(UnreadableFile, match=r"\(Course Code, Title\).*found: Company, Place"):
        read(b"Company,Place\nA,B\n")


def test_missing_columns_are_named_in_the_readers_language():
    with override("zh-hans"), pytest.raises(UnreadableFile) as refusal:
        read(b"Company,Place\nA,B\n")
    assert "（课程代码, 课程名称）" in str(refusal.value)
    assert "Course Code" not in str(refusal.value)


def test_recognised_columns_without_a_course_are_refused():
    assert codes(read(text([["课程代码", "课程名称", "学分"]])).refusals) == ["no_rows"]


def test_a_file_above_the_limit_is_not_even_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(UnreadableFile, match="larger than 50 MB"):
        read_curriculum(path, name="huge.csv")
    assert refused(b"x" * 101, max_bytes=100) == "too_large"


def test_a_workbook_that_says_it_unpacks_to_too_much_is_refused():
    bomb = with_member("sheet1.xml", b" " * 30_000_000)
    assert refused(bomb, max_unpacked_bytes=20_000_000) == "unpacks_too_large"


def test_a_workbook_that_lies_about_its_size_is_refused():
    size = 30_000_000
    bomb = with_member("sheet1.xml", b" " * size).replace(struct.pack("<I", size), struct.pack("<I", 1000))
    assert refused(bomb, max_unpacked_bytes=20_000_000) == "unpacks_too_large"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
            "workbook_failed",
        ),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>', "too_many_cells"),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>',
            "too_many_cells",
        ),
    ],
)
def test_a_sheet_that_claims_a_far_cell_is_refused(cells, code):
    assert refused(with_member("sheet1.xml", SHEET.format(cells))) == code


def test_merged_ranges_that_cover_everything_do_no_harm():
    merged = "</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1000 + "</mergeCells>"
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert refused(with_member("sheet1.xml", SHEET.format(rows).replace("</sheetData>", merged))) == "missing_columns"


def test_an_open_document_that_repeats_a_cell_a_million_times_is_refused():
    repeated = '<table:table-row table:number-rows-repeated="1048576">'
    with zipfile.ZipFile(BytesIO(ods(COURSES))) as packed:
        content = packed.read("content.xml").decode().replace("<table:table-row>", repeated, 1)
    assert refused(with_member("content.xml", content, ods(COURSES))) == "too_many_cells"


@pytest.mark.parametrize("limits", [{"max_rows": 10}, {"max_columns": 2}, {"max_cells": 20}])
def test_rows_columns_and_cells_of_a_text_are_limited(limits):
    assert refused(text([*COURSES, *[["B", "x", "1"]] * 12]), **limits) == "too_many_cells"


def test_a_text_that_is_too_long_is_refused_with_its_place():
    (refusal,) = read(text([["Code", "Title", "Credits", "Description"], ["A", "B", "1", "x" * 20_001]])).refusals
    assert (refusal.code, refusal.row, refusal.column) == ("text_too_long", 2, "D")
    assert len(refusal.value) < 100


def test_a_protected_workbook_is_named_as_such():
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refused(compound) == "encrypted"


def test_hidden_sheets_are_not_read_but_named():
    book = openpyxl.load_workbook(BytesIO(xlsx(COURSES, more={"old": COURSES})))
    book["old"].sheet_state = "hidden"
    file = BytesIO()
    book.save(file)
    assert accepted(file.getvalue()).warnings[0].message == "Hidden sheets were not read: old"


@pytest.mark.parametrize("piece", ["(", "（", "第", "课（", "季学期", "1+", "A,", "和 ", " co:a", "大一上~", "&amp;"])
def test_no_text_makes_the_reader_think_for_long(piece):
    prose = (piece * 20_000)[:19_000]
    header = [
        "课程代码",
        "课程名称",
        "学分",
        "学时",
        "学期",
        "课程性质",
        "先修课程",
        "毕业要求",
        "备注",
        "考核方式",
        "理论",
    ]
    start = perf_counter()
    assert outcome(text([header, ["A", "甲", *[prose] * 9], [prose] * 11])) is not None
    assert perf_counter() - start < 5


def outcome(data: bytes) -> ParsedCurriculum | str:
    try:
        return read(data)
    except UnreadableFile as refusal:
        return refusal.code


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b'"')
@settings(max_examples=150, deadline=None)
def test_arbitrary_bytes_give_a_curriculum_or_a_refusal(data):
    assert outcome(data) is not None


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_workbook_gives_a_curriculum_or_a_refusal(data):
    damaged = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(damaged)) is not None


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_plan_with_cells_changed_at_random_gives_a_curriculum_or_a_refusal(data):
    words = ["", "abc", "-1", "nan", "√", "2周", "小计", "课程名称", "学分", "1-4", "A;B", "一、课程", "0.5", "x" * 50]
    rows = [list(row) for row in PLAN]
    for _ in range(data.draw(st.integers(1, 30))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(words))
    assert outcome(text(rows, encoding="gb18030")) is not None
