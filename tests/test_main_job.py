"""The main job in a real browser: sign in, import a teaching plan, map it, read the overview, take the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from curricula.models import Curriculum, Mapping
from tests.universe import Universe, add_courses, add_postings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A Chinese teaching plan as schools keep it: title rows, a two-row header, a subtotal."""
    path = tmp_path / "培养方案.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("教学进程")
    sheet.merge_range("A1:I1", "北方大学 2027 级销售专业教学计划")
    head = ["课程模块", "课程编码", "课程名称", "总学分", "总学时", "学时分配", "", "课程性质", "开设学期"]
    sheet.write_row("A2", head)
    sheet.merge_range("F2:G2", "学时分配")
    sheet.write_row("A3", ["", "", "", "", "", "理论学时", "实践学时", "", ""])
    sheet.write_row("A4", ["专业核心", "S101", "搜索广告基础", 3, 48, 32, 16, "必修", 1])
    sheet.write_row("A5", ["专业核心", "S102", "直播销售", 2, 32, 8, 24, "必修", 2])
    sheet.write_row("A6", ["小计", "", "", 5, 80, 40, 40, "", ""])
    book.close()
    return path


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address + "/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", name)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My curricula")


def test_from_the_schools_own_plan_to_the_report(page, live_server, transactional_universe, plan, tmp_path):
    sign_in(page, live_server.url, "director")
    page.goto(live_server.url + "/import/?to=north/sales/2026")
    page.set_input_files("input[type=file]", str(plan))
    page.locator("main form button.primary").first.click()
    expect(page.locator("main")).to_contain_text("搜索广告基础")
    assert not Curriculum.objects.get(year=2026).courses.exists(), "nothing is saved before the preview is agreed to"
    page.get_by_role("button", name=re.compile("Save")).click()
    curriculum = Curriculum.objects.get(year=2026)
    assert list(curriculum.courses.values_list("code", "theory", "operation")) == [("S101", 32, 16), ("S102", 8, 24)]
    expect(page).to_have_url(re.compile("/matrix/"))
    ability = curriculum.framework.abilities.get(code="MK.1")
    Mapping.objects.create(course=curriculum.courses.get(code="S101"), ability=ability, level="D")
    page.goto(live_server.url + curriculum.page("overview"))
    expect(page.locator(".lead")).not_to_be_empty()
    page.goto(live_server.url + curriculum.page("reports"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("PDF")).click()
    report = tmp_path / "report.pdf"
    waiting.value.save_as(report)
    assert report.read_bytes().startswith(b"%PDF")


@pytest.fixture
def transactional_universe(transactional_db: None) -> Universe:
    from tests.universe import make_universe

    return make_universe()


def test_the_chart_is_drawn_and_a_mark_opens_what_is_behind_it(page, live_server, transactional_universe):
    curriculum = transactional_universe.curriculum
    add_courses(curriculum, 4)
    add_postings(curriculum, 100)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, live_server.url, "viewer")
    page.goto(live_server.url + curriculum.page("overview"))
    expect(page.locator(".chart .scatterlayer .point").first).to_be_visible()
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    page.get_by_role("link", name="Search advertising").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search advertising")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["overview", "abilities", "courses", "positions", "certificates", "reports"])
def test_pages_fit_their_width_and_pass_the_accessibility_check(
    name, width, page, live_server, transactional_universe
):
    curriculum = transactional_universe.curriculum
    add_courses(curriculum, 4)
    add_postings(curriculum, 100)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server.url, "director")
    page.goto(live_server.url + curriculum.page(name))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert [violation["id"] for violation in found.response["violations"]] == []
