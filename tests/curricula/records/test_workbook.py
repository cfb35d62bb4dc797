"""One workbook of all kinds: out and back without a difference, refused whole, and as a template."""

from __future__ import annotations

import io
import logging
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from competencies.saving.outcome import Counts
from competencies.tabular.problems import UnreadableFile
from curricula.evaluation.reports import full_report_for
from curricula.imports.choices import entry
from curricula.models import Cohort, Incentive, Placement, School, Teacher, school_records
from curricula.records.school_records import save_records
from curricula.records.sheets import read_sheet
from curricula.records.workbook import read_workbook, save_workbook, workbook_of_school
from curricula.reports.json_report import json_report
from curricula.reports.xlsx_report import xlsx_report
from tests.universe import Universe

pytestmark = pytest.mark.django_db
MOST = 10_000_000


def rows_of(school: School) -> dict[str, list[tuple[Any, ...]]]:
    """What a school keeps, by kind, as its files have it."""
    return {
        name: [tuple(field.cell(each) for field in model.kind.fields) for each in model.objects.filter(school=school)]
        for name, model in school_records().items()
    }


def with_some(school: School) -> None:
    Teacher.objects.create(
        school=school, code="p-aaaaaaaa", practice_months=6.5, dual=True, employment="part", courses=["C1", "C2"]
    )
    Teacher.objects.create(school=school, code="p-bbbbbbbb", practice_since="2025-03-01", practice_until="2025-08-31")
    Cohort.objects.create(school=school, program="Sales", year="2025", students=80)
    Incentive.objects.create(
        school=school, title="Rules", issued="2024-03-15", amount=24_000, currency="CNY", standard="line one\nline two"
    )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_goes_out_changes_nothing_when_it_comes_back(universe: Universe, language: str):
    with_some(universe.school)
    before = rows_of(universe.school)
    with override(language):
        parsed = read_workbook(workbook_of_school(universe.school), name="all.xlsx", max_bytes=MOST)
        done = save_workbook(parsed, school=universe.school)
    assert {name: outcome.counts for name, outcome in done.items()} == {
        "teacher": Counts(0, 0, 2),
        "cohort": Counts(0, 0, 1),
        "incentive": Counts(0, 0, 1),
    }
    assert rows_of(universe.school) == before


def test_it_fills_an_empty_school_with_the_same(universe: Universe):
    with_some(universe.school)
    south = School.objects.get(slug="south")
    save_workbook(read_workbook(workbook_of_school(universe.school), name="all.xlsx", max_bytes=MOST), school=south)
    assert rows_of(south) == rows_of(universe.school)


def test_the_template_has_a_sheet_for_every_kind_and_no_record(universe: Universe):
    with_some(universe.school)
    with pytest.raises(UnreadableFile, match="No sheet of this workbook holds records"):
        read_workbook(workbook_of_school(None), name="template.xlsx", max_bytes=MOST)


def test_one_refused_row_leaves_every_sheet_unsaved_and_names_its_sheet(universe: Universe):
    Cohort.objects.create(school=universe.school, program="Sales", year="2025", students=80)
    Teacher.objects.create(
        school=universe.school, code="p-aaaaaaaa", practice_since="2025-03-01", practice_until="2025-08-31"
    )
    content = workbook_of_school(universe.school)
    south = School.objects.get(slug="south")
    parsed = read_workbook(content, name="all.xlsx", max_bytes=MOST)
    for _name, sheet in parsed.sheets:
        if sheet.kind.name == "teacher":
            sheet.rows[0].stated["title"] = "x" * 300
    done = save_workbook(parsed, school=south)
    assert [problem.sheet for problem in done["teacher"].refusals] == ["教师 teacher"]
    assert not Cohort.objects.filter(school=south).exists()


def test_a_hidden_sheet_is_offered_on_the_page_and_read_only_where_it_is_ticked(universe: Universe, as_user: Any):
    with_some(universe.school)
    book = openpyxl.load_workbook(io.BytesIO(workbook_of_school(universe.school)))
    Teacher.objects.all().delete()
    for sheet in book:
        sheet.sheet_state = "hidden" if sheet.title == "教师 teacher" else sheet.sheet_state
    file = io.BytesIO()
    book.save(file)
    client = as_user(universe.director)
    upload = {"file": SimpleUploadedFile("all.xlsx", file.getvalue()), "school": universe.school.pk}
    preview = client.post("/import/?kind=records", upload, follow=True)
    address, page = preview.request["PATH_INFO"], preview.content.decode()
    assert "Nobody who opens the file sees this sheet" in page
    assert "Teachers" not in page
    names = [sheet.title for sheet in book if sheet.title not in ("Lists", "教师 teacher")]
    ticked = {"do": "read", entry("sheets"): [*names, "教师 teacher"], "all_sheets": names}
    assert "p-aaaaaaaa" in client.post(address, ticked, follow=True).content.decode()
    client.post(address, {"do": "save"})
    assert Teacher.objects.count() == 2


def test_a_director_takes_it_out_and_brings_it_in_and_others_do_not(universe: Universe, as_user: Any):
    with_some(universe.school)
    address = "/schools/north/records.xlsx"
    content = as_user(universe.viewer).get(address).content
    assert as_user(universe.outsider).get(address).status_code == 404
    client = as_user(universe.director)
    upload = {"file": SimpleUploadedFile("all.xlsx", content), "school": universe.school.pk}
    preview = client.post("/import/?kind=records", upload, follow=True)
    assert preview.status_code == 200
    assert "holds 3 kinds of records (4)" in preview.content.decode()
    page = client.get("/schools/north/records/").content.decode()
    assert "Template for all kinds" in page
    assert client.get(f"{address}?empty=1").status_code == 200


def texts_in(workbook: bytes) -> str:
    with ZipFile(io.BytesIO(workbook)) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def test_nobody_is_named_in_what_goes_out(universe: Universe, as_user: Any, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    teachers = "工号,姓名,主讲课程,累计月数\n20190012,欧阳示例,,8\n".encode()
    placements = (
        "学号,姓名,类型,起止,校内教师,企业导师\nS2023001,司马示例,专业实习,2026.03-2026.06,诸葛示例,上官示例\n"
    ).encode()
    for model, content in ((Teacher, teachers), (Placement, placements)):
        saved = save_records(model, read_sheet(model.kind, content, name="x.csv"), school=universe.school)
        assert not saved.refusals
    report = full_report_for(universe.curriculum, language="zh-hans")
    page = as_user(universe.director).get("/c/north/sales/2026/training/teachers/").content.decode()
    out = {
        "workbook": texts_in(workbook_of_school(universe.school)),
        "report": json_report(report).decode(),
        "sheets": texts_in(xlsx_report(report)),
        "page and its links": page,
        "log": caplog.text,
    }
    people = ("欧阳示例", "司马示例", "诸葛示例", "上官示例", "20190012", "S2023001")
    assert {place: name for place, text in out.items() for name in people if name in text} == {}
    assert Teacher.objects.get().code in out["workbook"]
