"""Every number and label of a plan is the same on page, table, PDF, XLSX, CSV, JSON, HTML and demand pages.

Walked on the demo's plans and on two plans that were imported from public files.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from competencies.models import DemandSource
from curricula.evaluation.reports import gap_report_for, hours_plan_for
from curricula.models import Curriculum, Mapping, Membership, School
from curricula.queries import curriculum_by_key
from curricula.reports.gap_report import AbilityLine, GapReport
from curricula.reports.printed_tables import printed_tables
from curricula.reports.render import render
from curricula.wording import formats
from tests.curricula.reports.test_report_pages import Cells

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

DEMO = (
    "demo/e-commerce/2025",
    "demo/e-commerce/2026",
    "demo/international-trade/2025",
    "demo/international-trade/2026",
)
IMPORTED = {
    "public/training/2026": "zh_training_plan.csv",
    "public/engineering/2026": "curricular_analytics/examples__UH_EE_plan.csv",
}
FIGURES = ("taught_hours", "practised_hours", "assessed_hours", "demand_mentions", "demand_rate", "demand_low")
SHARES = ("taught_share", "practised_share", "exposure_share", "required_share", "demand_share")


@pytest.fixture(scope="module")
def plans(demo: School, shared: Path) -> dict[str, Curriculum]:
    for key, name in IMPORTED.items():
        path = shared / "data" / "curricula" / name
        call_command(
            "import_curriculum", path, to=key, framework="cross-border-e-commerce", create=True, stdout=StringIO()
        )
        _map_and_judge(curriculum_by_key(key))
    return {key: curriculum_by_key(key) for key in (*DEMO, *IMPORTED)}


def _map_and_judge(plan: Curriculum) -> None:
    """Each course serves two abilities, by turns; demand is what the demo's postings of 2026 ask for."""
    leaves, courses = list(plan.framework.abilities.leaves()), list(plan.courses.all())
    served = [
        (course, leaves[(2 * place + step) % len(leaves)]) for place, course in enumerate(courses) for step in (0, 1)
    ]
    common = {"level": "D", "provenance": Mapping.Provenance.DECLARED, "state": Mapping.State.ACCEPTED}
    Mapping.objects.bulk_create(Mapping(course=course, ability=ability, **common) for course, ability in served)
    sources = DemandSource.objects.filter(slug__contains="2026", kind=DemandSource.Kind.POSTINGS)
    sources.update(published=True)  # they belong to the demo's school, and this plan does not
    plan.demand_sources.set(sources)


@pytest.fixture
def reader(plans: dict[str, Curriculum]) -> Client:
    user = get_user_model().objects.create_user("reads-everything")
    for school in {plan.program.school for plan in plans.values()}:
        Membership.objects.create(user=user, school=school, role=Membership.Role.VIEWER)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(params=(*DEMO, *IMPORTED))
def plan(request: pytest.FixtureRequest, plans: dict[str, Curriculum]) -> Curriculum:
    return plans[request.param]


@pytest.fixture
def report(plan: Curriculum) -> GapReport:
    made = gap_report_for(plan, language="en", plan=hours_plan_for(plan))
    assert made.abilities
    return made


def cells_of(content: bytes) -> list[str]:
    parser = Cells()
    parser.feed(content.decode())
    return [plain(text) for text in parser.texts]


def plain(text: str) -> str:
    """Blanks that do not break, and lines that do, as one blank each."""
    return " ".join(text.split())


def shown_as(value: Any, kind: formats.Kind) -> str:
    return plain(formats.show(value, kind))


def squeezed(text: str) -> str:
    return "".join(text.split())


def rows_of(texts: list[str], titles: set[str]) -> Iterator[list[str]]:
    """The cells from each ability's title on."""
    for place, text in enumerate(texts):
        if text in titles:
            yield texts[place : place + 12]


def test_the_files_say_what_the_report_says(report: GapReport) -> None:
    data = {line["code"]: line for line in json.loads(render(report, "json").content)["abilities"]}
    rows = csv.DictReader(StringIO(render(report, "csv").content.decode("utf-8-sig"), newline=""))
    table = {row["code"]: row for row in rows}
    sheet = load_workbook(BytesIO(render(report, "xlsx").content))["Abilities"]
    places = {cell.value: place for place, cell in enumerate(sheet[1])}
    book = {row[places["Code"]]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert list(data) == [line.code for line in report.abilities]
    for line in report.abilities:
        for name in (*FIGURES, *SHARES):
            value = getattr(line, name)
            assert data[line.code][name] == value, (line.code, name)
            assert table[line.code][name] == ("" if value is None else table[line.code][name])
            assert value is None or float(table[line.code][name]) == value, (line.code, name)
        assert data[line.code]["label"] == table[line.code]["label"] == line.label
        assert book[line.code][places["Finding"]] == line.label_text
        assert book[line.code][places["Taught, h"]] == pytest.approx(line.taught_hours)


def test_page_and_print_write_what_the_tables_write(report: GapReport) -> None:
    texts = cells_of(render(report, "html").content)
    printed = squeezed(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(render(report, "pdf").content)).pages)
    )
    tables = printed_tables(report)
    assert tables["hours"].rows
    for key in ("shares", "hours", "demand"):
        for row in tables[key].rows:
            written = [plain(cell.text) for cell in row]
            assert any(texts[i : i + len(row)] == written for i, text in enumerate(texts) if text == written[0]), (
                written
            )
            assert squeezed("".join(written[1:])) in printed, (key, written)


def test_the_api_answers_with_the_report(plan: Curriculum, report: GapReport, reader: Client) -> None:
    address = reverse("api-report", args=plan.key.split("/"))
    answered = reader.get(address, {"language": "en"}).json()
    made = json.loads(render(report, "json").content)
    for key in ("abilities", "alignment", "positions", "certifications", "courses", "recommendations", "demand"):
        assert answered[key] == made[key], key


def test_the_overview_and_the_pages_of_abilities_show_the_report(
    plan: Curriculum, report: GapReport, reader: Client
) -> None:
    lines = {line.title: line for line in report.abilities}
    shown = list(rows_of(cells_of(reader.get(plan.page("overview")).content), set(lines)))
    assert shown
    for row in shown:
        line = lines[row[0]]
        assert shown_as(line.taught_share, "share") in row[1], row
        assert line.label_text in row, row
    for line in one_of_each_label(report):
        page = reader.get(plan.page("curriculum-ability", line.code)).content.decode().replace("\xa0", " ")
        assert line.label_text in page
        assert shown_as(line.taught_hours, "hours") in page
        assert shown_as(line.practised_hours, "hours") in page


def one_of_each_label(report: GapReport) -> list[AbilityLine]:
    return list({line.label: line for line in report.abilities}.values())


def test_what_is_worth_doing_first_is_the_same_on_every_medium(
    plan: Curriculum, report: GapReport, reader: Client
) -> None:
    """The statement on hours, and what hours alone do for each of the first, on page, HTML, PDF, XLSX and JSON."""
    page, html = (
        text_of(each) for each in (reader.get(plan.page("overview")).content, render(report, "html").content)
    )
    pages = PdfReader(BytesIO(render(report, "pdf").content)).pages
    printed = squeezed(" ".join(each.extract_text() for each in pages))
    book = load_workbook(BytesIO(render(report, "xlsx").content))
    sheets = {plain(str(cell)) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    data = json.loads(render(report, "json").content)
    assert bool(report.hours) == bool(report.recommendations and report.demand_known) == bool(data["hours"])
    if report.hours:
        said = [report.hours.summary, *(line.by_hours for line in report.recommendations[:5] if line.by_hours)]
        assert all(plain(each) in page and plain(each) in html and plain(each) in sheets for each in said)
        assert all(squeezed(each) in printed for each in said)
        assert data["hours"]["statement"] == report.hours.summary
        assert [line["by_hours"] for line in data["recommendations"]] == [
            line.by_hours for line in report.recommendations
        ]


def text_of(content: bytes) -> str:
    return plain(unescape(re.sub(r"<[^>]+>", " ", content.decode())))


@pytest.mark.parametrize("key", IMPORTED)
def test_the_demand_pages_count_what_the_report_counts(key: str, plans: dict[str, Curriculum], reader: Client) -> None:
    """A plan that names no position is judged by all postings of its source, which is what the demand page counts."""
    plan, report = plans[key], gap_report_for(plans[key], language="en")
    assert report.demand
    source = plan.demand_sources.get()
    address = reverse("demand-overview", args=[plan.framework.slug])
    texts = cells_of(reader.get(address, {"source": source.slug}).content)
    lines = {line.title: line for line in report.abilities if line.demand_mentions}
    rows = list(rows_of(texts, set(lines)))
    assert len(rows) == len(lines) > 10
    for row in rows:
        line: Any = lines[row[0]]
        assert row[1] == shown_as(line.demand_mentions, "count")
        assert row[2] == shown_as(line.demand_rate, "share")
        assert row[3] == f"{shown_as(line.demand_low, 'share')} – {shown_as(line.demand_high, 'share')}"
