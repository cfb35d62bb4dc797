"""Files of every kind that the reader takes, made from plain rows."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from curricula.interchange import CourseRow, ParsedCurriculum, ReadSettings, read_curriculum
from tests.places import SHARED

PUBLIC = SHARED / "data" / "curricula"

Rows = Sequence[Any]  # of rows of cells


def xlsx(
    rows: Rows, *, merged: Iterable[str] = (), sheet: str = "Sheet1", more: dict[str, Rows] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    _fill(book.active, rows)
    for area in merged:
        book.active.merge_cells(area)
    for name, others in (more or {}).items():
        _fill(book.create_sheet(name), others)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(page, rows: Rows) -> None:
    for row in rows:
        page.append([None if cell == "" else cell for cell in row])


def text(rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def plan(header: str, *rows: str) -> bytes:
    """A table typed with blanks between its cells; “_” is an empty one."""
    return text([header.split(), *(row.split() for row in rows)], encoding="gb18030").replace(b"_", b"")


def ods(rows: Rows) -> bytes:
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="plan">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/></manifest:manifest>'
    )
    return archive({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(cell: object) -> str:
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def archive(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def read(data: bytes, *, name: str = "plan", settings: ReadSettings | None = None) -> ParsedCurriculum:
    return read_curriculum(data, name=name, settings=settings or ReadSettings())


def accepted(data: bytes, **options) -> ParsedCurriculum:
    parsed = read(data, **options)
    assert parsed.refusals == ()
    return parsed


def by_code(parsed: ParsedCurriculum) -> dict[str, CourseRow]:
    return {course.code: course for course in parsed.courses}


def codes(notices: Iterable) -> list[str]:
    return [notice.code for notice in notices]


# A teaching plan as schools print it; the five courses below it are what any reading of it must give.
PLAN: Rows = (
    ("某某大学电子商务专业（跨境方向）2024级培养方案", *[""] * 14),
    ("教学进程表", *[""] * 14),
    ("专业：电子商务", "", "", "学制：四年", *[""] * 11),
    (
        *("课程模块", "序号", "课程编码", "课程名称", "总学分", "总学时", "学时分配", "", "", ""),
        *("课程性质", "开设学期", "开课单位", "考核方式", "备注"),
    ),
    (*[""] * 6, "理论\n学时", "实验学时", "实践学时", "上机学时", *[""] * 5),
    ("通识教育课程", 1, "GE101", "大学英语（一）", 3, 48, 32, "", 16, "", "必修", 1, "外国语学院", "考试", ""),
    ("", 2, "GE102", "计算机基础", 2, 32, 16, "", "", 16, "必修", "大一下", "信息学院", "考查", "上机为主"),
    ("", "", "", "小计", 5, 80, 48, "", 16, 16, "", "", "", "", ""),
    ("专业核心课程", 3, "EC201", "跨境电商运营", 4, 64, 40, 8, 16, "", "专选", "3-4", "商学院", "考试", ""),
    ("学分小计", "", "", "", 9, 144, 88, 8, 32, 16, "", "", "", "", ""),
    ("集中实践环节", 4, "", "毕业实习", 4, "8周", "", "", "", "", "必修", "第7学期", "商学院", "考查", ""),
    ("", 5, "PR402", "毕业设计", 8, "", "", "", "16周", "", "必修", "大四下", "商学院", "答辩", ""),
    ("合计", "", "", "", 21, *[""] * 10),
    ("注：一周按16学时计算", *[""] * 14),
)
PLAN_MERGED = (
    *("A1:O1", "A2:O2", "G4:J4", "A6:A8", "A11:A12", "A10:D10", "A13:D13", "A14:O14"),
    *(f"{letter}4:{letter}5" for letter in "ABCDEFKLMNO"),
)
PLAN_COURSES = (
    CourseRow(
        row=6,
        code="GE101",
        title_zh="大学英语（一）",
        credits=3,
        term=1,
        module="通识教育课程",
        course_type="必修",
        required=True,
        department="外国语学院",
        examination="考试",
        total_hours=48,
        hours={"theory": 32, "operation": 16},
    ),
    CourseRow(
        row=7,
        code="GE102",
        title_zh="计算机基础",
        credits=2,
        term=2,
        module="通识教育课程",
        course_type="必修",
        required=True,
        department="信息学院",
        examination="考查",
        note="上机为主",
        total_hours=32,
        hours={"theory": 16, "simulation": 16},
    ),
    CourseRow(
        row=9,
        code="EC201",
        title_zh="跨境电商运营",
        credits=4,
        term=3,
        term_last=4,
        module="专业核心课程",
        course_type="专选",
        required=False,
        department="商学院",
        examination="考试",
        total_hours=64,
        hours={"theory": 40, "simulation": 8, "operation": 16},
        experiment_hours=8,
    ),
    CourseRow(
        row=11,
        code="毕业实习",
        title_zh="毕业实习",
        credits=4,
        term=7,
        module="集中实践环节",
        course_type="必修",
        required=True,
        department="商学院",
        examination="考查",
        total_hours=128,
        hours={"operation": 128},
        hours_assumed=True,
    ),
    CourseRow(
        row=12,
        code="PR402",
        title_zh="毕业设计",
        credits=8,
        term=8,
        module="集中实践环节",
        course_type="必修",
        required=True,
        department="商学院",
        examination="答辩",
        hours={"operation": 256},
        hours_assumed=True,
    ),
)
