"""The year of a department in a real browser: from the first visit to the next plan's committee edition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from curricula.accounts.queries import first_visit_token
from curricula.models import Action, Comment, Curriculum, Lecturer, Membership, School, SharedLink, Snapshot
from tests.universe import make_framework

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long sentence for a password"
PEOPLE = {"director": "Dana", "second director": "Rui", "lecturer": "Wei", "other lecturer": "Lin"}


class Year:
    """Each person in a browser of his or her own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.pages: dict[str, Page] = {}

    def of(self, who: str, *, width: int = 1440) -> Page:
        if who not in self.pages:
            context = self.browser.new_context(locale="en-GB", viewport={"width": width, "height": 900})
            self.pages[who] = context.new_page()
        return self.pages[who]

    def open(self, who: str, path: str) -> Page:
        page = self.of(who)
        page.goto(self.address + path)
        return page

    def join(self, who: str, link: str) -> None:
        """Accept an invitation as a new person."""
        page = self.of(who, width=390 if who == "lecturer" else 1440)
        page.goto(link)
        _be_new(page, PEOPLE[who])
        page.get_by_role("button", name="Make my account").click()
        expect(page).to_have_url(self.address + "/")

    def end(self) -> None:
        for page in self.pages.values():
            page.context.close()


def _be_new(page: Page, name: str) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=email]", f"{name.lower()}@school.test")
    page.fill("[name=password]", PASSWORD)


@pytest.fixture
def year(browser: Browser, live_server, transactional_db: None):
    make_framework()
    made = Year(browser, live_server.url)
    yield made
    made.end()


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Plan")
    head = ["课程编码", "课程名称", "课程模块", "学分", "理论学时", "实践学时", "课程性质", "开设学期", "主讲教师"]
    sheet.write_row("A1", head)
    sheet.write_row("A2", ["S101", "搜索广告基础", "专业核心", 3, 32, 16, "必修", 1, "Wei"])
    sheet.write_row("A3", ["S102", "直播销售", "专业核心", 2, 8, 24, "必修", 2, "Wei、Lin"])
    sheet.write_row("A4", ["S103", "统计学", "专业基础", 3, 40, 8, "选修", 3, "Lin"])
    book.close()
    return path


def test_a_department_walks_through_its_year(year, plan_file, tmp_path):
    _first_visit_and_school(year)
    _invite(year)
    plan = _import(year, plan_file)
    _lecturers(year, plan)
    _ask_and_map(year, plan)
    _second_rater(year, plan)
    _comment(year, plan)
    _review(year, plan)
    token = _share(year, plan)
    after = _next_plan(year, plan)
    _loop_and_edition(year, after, tmp_path)
    closed = year.open("reader", f"/shared/?token={token}")
    expect(closed.locator("h1")).to_contain_text("Sales")


def _first_visit_and_school(year: Year) -> None:
    page = year.open("director", f"/first-visit/?token={first_visit_token()}")
    _be_new(page, PEOPLE["director"])
    page.get_by_role("button", name="Make the first account").click()
    page.fill("[name=slug]", "north")
    page.fill("[name=title_en]", "North University")
    page.get_by_role("button", name="Make the school").click()
    expect(page.locator("h1")).to_have_text("North University")


def _invite(year: Year) -> None:
    for who, role in (("second director", "director"), ("lecturer", "faculty"), ("other lecturer", "faculty")):
        page = year.open("director", "/schools/north/members/")
        page.check(f"[name=role][value={role}]")
        page.get_by_role("button", name="Invite", exact=True).click()
        year.join(who, page.locator("#invitation-link").input_value())
    assert sorted(Membership.objects.values_list("role", flat=True)) == [
        *("administrator", "director", "faculty", "faculty")
    ]


def _import(year: Year, plan_file: Path) -> Curriculum:
    page = year.open("director", "/import/?kind=curriculum")
    page.fill("[name=program]", "sales")
    page.fill("[name=program_title]", "Sales")
    page.fill("[name=year]", "2026")
    page.set_input_files("input[type=file]", str(plan_file))
    page.get_by_role("button", name="Look into the file").click()
    expect(page.locator("main")).to_contain_text("搜索广告基础")
    page.get_by_role("button", name=re.compile("Save")).click()
    expect(page).to_have_url(re.compile("/c/north/sales/2026/"))
    plan = Curriculum.objects.select_related("program__school", "framework").get()
    assert plan.courses.count() == 3
    return plan


def _lecturers(year: Year, plan: Curriculum) -> None:
    page = year.open("director", "/schools/north/lecturers/")
    for name in ("Wei", "Lin"):
        form = page.locator("form.inline", has=page.locator(f"input[name=name][value={name}]"))
        meant = form.locator("option", has_text=name).first.get_attribute("value")
        form.locator("select").select_option(meant)
        form.get_by_role("button", name="Save").click()
    assert Lecturer.objects.exclude(membership=None).count() == 2


def _ask_and_map(year: Year, plan: Curriculum) -> None:
    page = year.open("director", plan.page("ask"))
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page).to_have_url(re.compile("/asked/"))
    for who, code, ability in (("lecturer", "S101", "MK.1"), ("other lecturer", "S103", "DA.1")):
        phone = year.open(who, plan.page("course-task", plan.courses.get(code=code).pk))
        assert phone.evaluate("document.documentElement.scrollWidth") <= phone.viewport_size["width"]
        _map(phone, plan, ability, "D")
        phone.get_by_role("button", name="This course is done").click()
        expect(phone.locator(".message.success")).to_be_visible()


def _map(page: Page, plan: Curriculum, ability: str, level: str) -> None:
    page.get_by_text("Add an ability", exact=True).click()
    form = page.locator("details.add-ability form")
    form.locator("[name=ability]").select_option(str(plan.framework.abilities.get(code=ability).pk))
    form.locator("[name=level]").select_option(level)
    form.get_by_role("button", name="Add").click()
    expect(page.locator("#chosen li")).to_have_count(1)


def _second_rater(year: Year, plan: Curriculum) -> None:
    """Who sees nothing of the first rates otherwise, and a meeting settles it."""
    course = plan.courses.get(code="S101")
    page = year.open("director", plan.page("ask", course=course.pk))
    page.check("[name=whom][value=second]")
    page.select_option("[name=member]", label=PEOPLE["other lecturer"])
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page).to_have_url(re.compile("/asked/"))
    rater = year.open("other lecturer", plan.page("course-task", course.pk))
    expect(rater.locator("#chosen li")).to_have_count(0)
    _map(rater, plan, "MK.1", "A")
    rater.get_by_role("button", name="Hand in this course").click()
    page = year.open("director", plan.page("agenda"))
    expect(page.locator(".agenda-item")).to_have_count(1)
    page.locator(".meeting [type=checkbox]").first.check()
    page.locator(".agenda-item select").first.select_option("A")
    page.locator(".agenda-item .grow input, .agenda-item .grow textarea").first.fill("It ends in an examination.")
    page.get_by_role("button", name="Record the decisions").click()
    expect(page.locator("main")).to_contain_text("It ends in an examination.")
    assert plan.courses.get(code="S101").mappings.get(rater="").level == "A"


def _comment(year: Year, plan: Curriculum) -> None:
    """Who is mentioned on a course is told at home, answers on a phone, and who began the thread resolves it."""
    page = year.open("director", plan.page("course", plan.courses.get(code="S102").pk))
    page.locator(".act").get_by_role("link", name="Comments", exact=True).click()
    page.fill("[name=text]", "Which platform is practised here, @Wei?")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.locator(".thread b")).to_have_text("@Wei")
    other = year.open("other lecturer", "/")
    expect(other.locator("main")).not_to_contain_text("Which platform is practised here")
    phone = year.open("lecturer", "/")
    phone.get_by_role("link", name="Which platform is practised here").click()
    phone.fill("[name=text]", "Taobao Live, since this year.")
    phone.get_by_role("button", name="Answer", exact=True).click()
    expect(phone.locator(".said")).to_have_count(2)
    page = year.open("director", "/")
    page.get_by_role("link", name="Taobao Live, since this year.").click()
    page.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.locator(".thread h2")).to_contain_text("resolved")
    expect(year.open("lecturer", "/").locator("main")).not_to_contain_text("Which platform is practised here")
    assert Comment.objects.threads().get().resolved_by.first_name == PEOPLE["director"]


def _decide(year: Year, who: str, plan: Curriculum, button: str, **facts: str) -> None:
    page = year.open(who, plan.page("review"))
    for name, text in facts.items():
        page.fill(f"[name={name}]", text)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".message.success")).to_contain_text("Recorded")


def _review(year: Year, plan: Curriculum) -> None:
    _decide(year, "director", plan, "Send to review", reason="A plan for the new program.")
    _decide(year, "second director", plan, "Return with reason", reason="Say who teaches statistics.")
    _decide(year, "director", plan, "Send to review", reason="It is said now.")
    _decide(year, "second director", plan, "Pass", document="2026-14")
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert Snapshot.objects.get().kind == "approval"


def _share(year: Year, plan: Curriculum) -> str:
    page = year.open("director", plan.page("sharing"))
    page.select_option("[name=what]", "snapshot")
    page.select_option("[name=snapshot]", str(Snapshot.objects.get().pk))
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("#shared-address").input_value()
    reader = year.of("reader")
    reader.goto(link)
    expect(reader.locator("h1")).to_contain_text("Sales")
    assert SharedLink.objects.get().openings.count() == 1
    return link.split("token=")[1]


def _next_plan(year: Year, plan: Curriculum) -> Curriculum:
    page = year.open("director", plan.page("action-new"))
    page.fill("[name=title]", "Practise statistics on a partner's data")
    page.select_option("[name=ability]", "DA.1")
    page.get_by_role("button", name="Save").click()
    assert Action.objects.get().program == plan.program
    page = year.open("director", plan.page("curriculum-settings"))
    page.get_by_role("button", name="Copy as the next year").click()
    expect(page.locator(".message.success")).to_contain_text("Copied as entry 2027")
    after = Curriculum.objects.select_related("program__school", "framework").get(year=2027)
    page = year.open("director", after.page("course-edit", after.courses.get(code="S103").pk))
    page.fill("[name=operation]", "24")
    page.fill("[name=total_hours]", "64")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state()
    assert after.courses.get(code="S103").operation == 24
    page = year.open("director", after.page("snapshots"))
    page.fill("[name=note]", "After the change")
    page.get_by_role("button", name="Make a snapshot").click()
    expect(page.locator(".message.success")).to_contain_text("snapshot")
    assert Snapshot.objects.count() == 2
    return after


def _loop_and_edition(year: Year, after: Curriculum, tmp_path: Path) -> None:
    page = year.open("director", after.page("loop"))
    expect(page.locator("main")).to_contain_text("2026")
    page = year.open("director", after.page("changes"))
    expect(page.locator("main")).to_contain_text("统计学")
    page = year.open("director", after.page("committee"))
    page.fill("[name=reason]", "Employers ask for statistics on real data.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".message.success")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("^PDF")).click()
    waiting.value.save_as(tmp_path / "edition.pdf")
    assert (tmp_path / "edition.pdf").read_bytes().startswith(b"%PDF")
    assert User.objects.count() == 4
    assert School.objects.get().slug == "north"
