"""Partnerships from a school's own sheet to the list, the form, the history and back into a sheet."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from competencies.tabular.problems import UnreadableFile
from curricula.evaluation.reports import full_report_for, gap_report_for
from curricula.fields.partnership import PARTNERSHIP
from curricula.models import Partnership, SchoolRecord, school_records
from curricula.records.school_records import save_records, workbook_of_records
from curricula.records.sheets import ParsedRecords, read_sheet
from curricula.reports.html_report import html_report
from curricula.reports.json_report import json_report, report_data
from curricula.reports.tables import report_tables
from tests.queries import queries_of
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
HEADER = [
    *("企业全称", "信用代码", "合作形式", "协议编号", "签订日期", "有效期", "内容", "共建课程/教材"),
    *("年接收实习人数", "年录用人数", "负责人", "履行情况"),
]
ROWS = [
    ["某某大学校企合作一览表"],
    HEADER,
    [
        *("云海电商有限公司", "9133", "现代产业学院", "XY-01", "2024年9月1日", "2024.09–2027.08", "共建"),
        *("C1、《跨境电商》", "40人", 8, "王某", "在履行"),
    ],
    ["省电商协会", "", "订单班", "", "2025-03", "2025年3月至8月", "—", "", "", "", "", ""],
    ["合计", "", "", "", "", "", "", "", 40, 8, "", ""],
    ["注：截至2025年"],
]


def sheet(rows: list[list[Any]]) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def read(rows: list[list[Any]]) -> ParsedRecords:
    return read_sheet(PARTNERSHIP, sheet(rows), name="partners.xlsx")


def saved(universe: Universe, rows: list[list[Any]]) -> list[Partnership]:
    assert save_records(Partnership, read(rows), school=universe.school).refusals == []
    return list(Partnership.objects.order_by("pk"))


def stored() -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k != "id"} for row in Partnership.objects.order_by("partner").values()]


def test_every_kind_of_record_holds_what_its_declaration_names():
    for model in school_records().values():
        assert issubclass(model, SchoolRecord)
        held = {field.name for field in model._meta.get_fields()}
        assert {name for field in model.kind.fields for name in field.attributes} <= held


def test_a_sheet_with_a_title_sums_and_remarks_goes_in_as_it_is(universe):
    add_courses(universe.curriculum, 1)
    first, second = saved(universe, ROWS)
    assert (first.partner, first.partner_code, first.cooperation, first.document) == (
        "云海电商有限公司",
        "9133",
        "现代产业学院",
        "XY-01",
    )
    assert (first.signed, first.since, first.until) == (date(2024, 9, 1), date(2024, 9, 1), date(2027, 8, 31))
    assert (first.interns, first.hires, first.contact, first.state) == (40, 8, "王某", "在履行")
    assert first.courses == ["C1", "《跨境电商》"]
    assert (second.signed, second.since, second.until) == (date(2025, 3, 1), date(2025, 3, 1), date(2025, 8, 31))
    assert (second.content, second.courses, second.interns) == ("", [], None)


def test_what_was_not_read_and_what_no_plan_has_is_told(universe):
    add_courses(universe.curriculum, 1)
    outcome = save_records(Partnership, read(ROWS), school=universe.school)
    told = {warning.code: warning.message for warning in outcome.warnings}
    assert set(told) == {"sums_skipped", "remarks_skipped", "unknown_course"}
    assert "合计 (5)" in told["sums_skipped"]
    assert "《跨境电商》" in told["unknown_course"]


def test_courses_are_known_by_their_titles_too(universe):
    add_courses(universe.curriculum, 1)
    (record,) = saved(universe, [["企业全称", "共建课程"], ["云海", "course 1"]])
    assert record.courses == ["C1"]


@pytest.mark.parametrize(
    ("rows", "refusals"),
    [
        ([["云海", "2024年13月", ""]], [(2, "签订日期", "unreadable_date")]),
        ([["", "2024年1月", ""]], [(2, "企业全称", "missing_value")]),
        ([["云海", "", "2025.08-2025.03"]], [(2, "有效期", "period_ends_early")]),
        ([["云海", "", "三年"]], [(2, "有效期", "unreadable_period")]),
        ([["云海", "2024", ""], ["云海", "2025", ""]], [(3, "", "duplicate_record")]),
        ([["云" * 201, "", ""]], [(2, "partner", "text_too_long")]),
    ],
)
def test_what_cannot_be_taken_is_refused_by_row_and_nothing_is_saved(universe, rows, refusals):
    parsed = read([["企业全称", "签订日期", "有效期"], *rows, ["别家", "", ""]])
    outcome = save_records(Partnership, parsed, school=universe.school)
    assert [(each.row, each.column, each.code) for each in outcome.refusals] == refusals
    assert not Partnership.objects.exists()


def test_a_sheet_of_something_else_is_refused_as_a_whole():
    with pytest.raises(UnreadableFile, match=r"“Partner”.*课程代码"):
        read([["课程代码", "课程名称"], ["C1", "营销"]])


def test_an_exported_sheet_comes_back_unchanged_and_whole(universe):
    add_courses(universe.curriculum, 1)
    first, _second = saved(universe, ROWS)
    texts = ("training_agreed", "training_in_place", "assessment_agreed", "assessment_in_place")
    for name in (*texts, "development_agreed", "development_in_place"):
        setattr(first, name, f"=1+1 {name}\nsecond line")
    first.actor = "enterprise"
    first.save()
    before = stored()
    content = workbook_of_records(Partnership, Partnership.objects.all())
    back = save_records(Partnership, read_sheet(PARTNERSHIP, content, name="x.xlsx"), school=universe.school)
    assert (back.counts.created, back.counts.changed, back.counts.unchanged) == (0, 0, 2)
    Partnership.objects.all().delete()
    save_records(Partnership, read_sheet(PARTNERSHIP, content, name="x.xlsx"), school=universe.school)
    assert stored() == before


def test_a_blank_cell_leaves_what_is_there(universe):
    saved(universe, [["企业全称", "履行情况", "年录用人数"], ["云海", "在履行", 8]])
    (record,) = saved(universe, [["企业全称", "履行情况", "年录用人数"], ["云海", "已到期", ""]])
    assert (record.state, record.hires) == ("已到期", 8)


# Pages


def address(universe: Universe, name: str = "records", *args: int) -> str:
    return reverse(name, args=[universe.school.slug, "partnership", *args])


def test_a_sheet_is_previewed_and_saved_by_the_director(universe, client: Client):
    client.force_login(universe.director)
    sent = {"school": universe.school.pk, "file": SimpleUploadedFile("partners.xlsx", sheet(ROWS))}
    preview = client.post(f"{reverse('import')}?kind=partnership", sent, follow=True)
    assert "云海电商有限公司" in preview.text
    assert "合计 (5)" in preview.text
    assert not Partnership.objects.exists()
    page = client.post(preview.request["PATH_INFO"], {"do": "save"}, follow=True)
    assert page.request["PATH_INFO"] == address(universe)
    assert Partnership.objects.count() == 2


def test_refusals_are_shown_by_row_and_nothing_can_be_saved(universe, client: Client):
    client.force_login(universe.director)
    content = sheet([["企业全称", "签订日期"], ["云海", "someday"]])
    sent = {"school": universe.school.pk, "file": SimpleUploadedFile("partners.xlsx", content)}
    preview = client.post(f"{reverse('import')}?kind=partnership", sent, follow=True)
    assert "someday" in preview.text
    assert client.post(preview.request["PATH_INFO"], {"do": "save"}).status_code == 422
    assert not Partnership.objects.exists()


def test_the_list_is_filtered_and_sorted(universe, client: Client):
    saved(universe, [["企业全称", "主体类型", "截止日期"], ["B", "企业", "2025-01"], ["A", "政府", "2026-01"]])
    client.force_login(universe.viewer)

    def partners(**wishes: str) -> list[str]:
        return [row.record.partner for row in client.get(address(universe), wishes).context["table"].paginated_rows]

    assert partners() == ["A", "B"]
    assert partners(sort="until") == ["B", "A"]
    assert partners(sort="-until") == ["A", "B"]
    assert partners(actor="enterprise") == ["B"]
    assert partners(q="a") == ["A"]


def test_the_list_asks_the_same_of_the_database_for_any_number_of_rows(universe, client: Client):
    client.force_login(universe.viewer)

    def queries() -> int:
        return queries_of(client.get, address(universe))

    saved(universe, [["企业全称"], ["A"]])
    queries()
    one = queries()
    saved(universe, [["企业全称"], ["B"], ["C"]])
    assert queries() == one


def test_a_record_is_entered_changed_and_removed_with_its_history(universe, client: Client):
    client.force_login(universe.director)
    sent = {"partner": "云海", "courses": "C1; C2", "since": "2025-01-01", "until": "2024-01-01"}
    refused = client.post(address(universe, "record-new"), sent)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"until"}
    client.post(address(universe, "record-new"), sent | {"until": "2026-01-01"})
    record = Partnership.objects.get()
    assert (record.courses, record.school) == (["C1", "C2"], universe.school)
    assert client.post(address(universe, "record-new"), {"partner": "云海"}).status_code == 422
    client.post(address(universe, "record-edit", record.pk), {"partner": "云海", "state": "在履行"})
    page = client.get(address(universe, "record", record.pk))
    newest, first = page.context["versions"]
    assert ("state of fulfilment", "–", "在履行") in newest.changes
    assert (newest.who, first.who, first.changes) == ("director", "director", ())
    client.post(address(universe, "record-edit", record.pk), {"do": "remove"})
    assert not Partnership.objects.exists()


def test_a_kind_that_there_is_not_is_not_found(universe, client: Client):
    client.force_login(universe.director)
    assert client.get(reverse("records", args=[universe.school.slug, "nothing"])).status_code == 404


def test_every_report_lists_the_partnerships_that_touch_the_plan_and_nobody_by_name(universe: Universe):
    add_courses(universe.curriculum)
    partner = saved(universe, ROWS)[0]
    elsewhere = [*ROWS[2][:3], "XY-02", *ROWS[2][4:7], "ZZ9", *ROWS[2][8:]]
    saved(universe, [HEADER, elsewhere])
    assert "C1" in partner.courses
    report = full_report_for(universe.curriculum, language="en")
    assert [line["document"] for line in report_data(report)["records"]] == ["XY-01", None]
    table = next(table for table in report_tables(report) if table.key == "records_partnership")
    assert table.title == "Partnerships"
    assert [row[0].text for row in table.rows] == ["云海电商有限公司", "省电商协会"]
    for rendered in (html_report(report), json_report(report)):
        assert "云海电商有限公司" in rendered.decode()
        assert "王某" not in rendered.decode()
    assert gap_report_for(universe.curriculum).records == ()
