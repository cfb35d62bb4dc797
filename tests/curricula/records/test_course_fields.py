"""A field of a course goes from the school's file to every place that its declaration names."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdf import PdfReader

from curricula.evaluation.reports import gap_report_for
from curricula.fields.course import COURSE
from curricula.fields.declaration import Field, Place
from curricula.interchange.bundles import read_file
from curricula.interchange.export import as_workbook
from curricula.models import Course
from curricula.plans.history import history_of
from curricula.records.exported_rows import rows_of
from curricula.records.saving import import_curriculum
from curricula.records.versions import next_version
from curricula.reports.csv_report import csv_report
from curricula.reports.html_report import html_report
from curricula.reports.json_report import json_report
from curricula.reports.pdf_report import pdf_report
from curricula.reports.tables import courses_table
from curricula.reports.xlsx_report import xlsx_report
from tests.universe import Universe

pytestmark = pytest.mark.django_db
KEY = "north/sales/2026"


def imported(universe: Universe, *rows: str) -> Course:
    parsed = read_file("\n".join(rows).encode(), name="plan.csv")
    outcome = import_curriculum(parsed, key=KEY, framework=universe.framework)
    assert outcome.refusals == []
    return universe.course("A1")


def report_column(universe: Universe, title: str) -> list[Any]:
    table = courses_table(gap_report_for(universe.curriculum, language="en"))
    places = [place for place, column in enumerate(table.columns) if column.title == title]
    return [row[place].value for row in table.rows for place in places]


def test_every_declared_field_is_held_by_the_model():
    held = {field.name for field in Course._meta.get_fields()}
    assert {name for field in COURSE.fields for name in field.attributes} <= held


def test_what_names_a_person_cannot_be_declared_for_the_report():
    with pytest.raises(ValueError, match="stays inside the school"):
        Field("dean", "dean", places=Place.REPORT, person=True)


@pytest.mark.parametrize("header", ["授课语言", "Language of instruction", "教学语言", "语种"])
def test_the_language_of_instruction_is_read_under_the_headers_of_schools(universe, header):
    course = imported(universe, f"Course Code,Title,Credits,{header}", "A1,Sales,2,英文")
    assert course.language_of_instruction == "英文"


def test_the_language_of_instruction_goes_from_the_file_to_the_report(universe, client: Client):
    course = imported(universe, "Course Code,Title,Credits,授课语言", "A1,Sales,2,英文", "A2,Service,2,")
    client.force_login(universe.director)
    page = course.get_absolute_url()
    assert "<dt>Language of instruction</dt><dd>英文</dd>" in client.get(page).text
    assert 'name="language_of_instruction" value="英文"' in client.get(f"{page}edit/").text
    assert report_column(universe, "Language of instruction") == ["英文", None]
    report = gap_report_for(universe.curriculum, language="en")
    stated = {row["code"]: row["language_of_instruction"] for row in json.loads(json_report(report))["courses"]}
    assert stated == {"A1": "英文", "A2": None}
    assert "英文" in html_report(report).decode()
    back = read_file(as_workbook(rows_of(universe.curriculum)), name="export.xlsx")
    assert [row.language_of_instruction for row in back.courses] == ["英文", ""]
    assert next_version(universe.curriculum).courses.get(code="A1").language_of_instruction == "英文"


def test_a_column_that_no_course_states_is_left_out_of_the_report(universe):
    imported(universe, "Course Code,Title,Credits", "A1,Sales,2")
    assert report_column(universe, "Language of instruction") == []


def test_the_history_tells_of_another_language(universe):
    course = imported(universe, "Course Code,Title,Credits,授课语言", "A1,Sales,2,中文")
    course.language_of_instruction = "英文"
    course.save()
    changes = [c for line in history_of(universe.curriculum).lines for e in line.entries for c in e.changes]
    assert [(c.field, c.before, c.after) for c in changes] == [("language of instruction", "中文", "英文")]


@pytest.mark.parametrize(
    ("header", "cell", "lecturers"),
    [
        ("主讲教师", "张三、李四", ["张三", "李四"]),
        ("任课教师", "T01；T02", ["T01", "T02"]),
        ("Lecturer", '"Smith, John; Doe, Jane"', ["Smith, John", "Doe, Jane"]),
        ("Instructor", "Ann Lee", ["Ann Lee"]),
    ],
)
def test_lecturers_are_kept_as_the_school_writes_them(universe, header, cell, lecturers):
    assert imported(universe, f"Course Code,Title,Credits,{header}", f"A1,Sales,2,{cell}").lecturers == lecturers


def test_lecturers_are_in_the_schools_own_files_and_pages(universe, client: Client):
    course = imported(universe, "Course Code,Title,Credits,主讲教师", "A1,Sales,2,张三、李四")
    client.force_login(universe.viewer)
    assert "<dt>Lecturers</dt><dd>张三, 李四</dd>" in client.get(course.get_absolute_url()).text
    client.force_login(universe.director)
    form = client.get(f"{course.get_absolute_url()}edit/").context["form"]
    assert form["lecturers"].value() == "张三; 李四"
    sent = {name: value for name, value in form.initial.items() if value is not None} | {"lecturers": "张三; T07"}
    sent |= {"prerequisites-TOTAL_FORMS": 0, "prerequisites-INITIAL_FORMS": 0}
    assert client.post(f"{course.get_absolute_url()}edit/", sent).status_code == 302
    (back,) = read_file(as_workbook(rows_of(universe.curriculum)), name="export.xlsx").courses
    assert list(back.lecturers) == ["张三", "T07"]
    assert next_version(universe.curriculum).courses.get(code="A1").lecturers == ["张三", "T07"]


@pytest.mark.parametrize("write", [html_report, json_report, pdf_report, xlsx_report, csv_report])
def test_no_report_names_a_lecturer(universe, write):
    imported(universe, "Course Code,Title,Credits,主讲教师", "A1,Sales,2,Zhangsan")
    written = write(gap_report_for(universe.curriculum, language="en"))
    text = text_of(written)
    assert len(text) > 100
    assert "Zhangsan" not in text


def text_of(written: bytes) -> str:
    """What a person can read in a report of any format."""
    if written.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)
    if written.startswith(b"PK"):
        archive = ZipFile(io.BytesIO(written))
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return written.decode()
