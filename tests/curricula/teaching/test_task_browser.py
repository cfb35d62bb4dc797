"""Ask, map on a phone, let a second rater rate, differ and settle, in a real browser of a phone's width."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from curricula.models import CellDecision, Lecturer, Mapping, Membership
from curricula.rater_codes import member_code
from tests.universe import Universe, add_courses, make_universe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def asked(transactional_db: None) -> Universe:
    """“Li Wei” teaches C1 and means the lecturer `first`; faculty map their own courses alone."""
    universe = make_universe()
    universe.school.faculty_map_all = False
    universe.school.save()
    first = User.objects.create_user("first", password="first")
    member = Membership.objects.create(user=first, school=universe.school, role="faculty")
    Lecturer.objects.create(school=universe.school, name="Li Wei", membership=member)
    [course] = add_courses(universe.curriculum, 1, mapped=False)
    course.lecturers = ["Li Wei"]
    course.description = "An introduction to search advertising. Students run one campaign."
    course.save()
    return universe


def signed_in(browser: Browser, address: str, name: str) -> Page:
    page = browser.new_context(viewport=PHONE, base_url=address, locale="en-GB", has_touch=True).new_page()
    page.goto("/sign-in/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", name)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My curricula")
    return page


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and nobody is kept out."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    violations = Axe().run(page).response["violations"]
    assert [each["id"] for each in violations if each["impact"] in ("serious", "critical")] == []


def open_course(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="My courses").last.click()
    fits(page)
    page.get_by_role("link", name=re.compile("Course 1")).click()
    fits(page)


def test_from_asking_to_what_a_meeting_settled(browser, live_server, asked):
    plan, address = asked.curriculum, live_server.url
    director = signed_in(browser, address, "director")
    director.goto(plan.page("ask"))
    fits(director)
    director.get_by_role("button", name="Ask", exact=True).click()
    expect(director.locator("main")).to_contain_text("0 of 1 course done.")
    fits(director)

    first = signed_in(browser, address, "first")
    open_course(first)
    first.get_by_role("button", name="Accept Search advertising").click()
    line = first.locator("#chosen li").first
    expect(line).to_contain_text("The only course that practises it")
    line.get_by_label("Level").select_option("D")
    line.get_by_label("Share, %").fill("60")
    line.get_by_role("button", name="Save").click()
    expect(first.locator("#chosen")).to_contain_text("add up to 60 %")
    first.get_by_role("button", name="This course is done").click()
    expect(first.locator("main")).to_contain_text("1 of 1 course done.")

    director.goto(plan.page("ask", course=asked.course("C1").pk))
    director.get_by_label("a second rater").check()
    director.get_by_label("Member", exact=False).last.select_option(label="faculty")
    director.get_by_role("button", name="Ask", exact=True).click()
    expect(director.locator("main")).to_contain_text("second rating")

    second = signed_in(browser, address, "faculty")
    second.goto(plan.page("matrix"))
    expect(second.get_by_role("heading", level=1)).to_have_text("Closed while you rate")
    open_course(second)
    expect(second.locator("#chosen li")).to_have_count(0)
    second.get_by_role("button", name="Accept Search advertising").click()
    second.locator("#chosen li").first.get_by_label("Level").select_option("A")
    second.locator("#chosen li").first.get_by_role("button", name="Save").click()
    expect(second.locator("main")).to_contain_text("Saved.")
    second.get_by_role("button", name="Hand in this course").click()
    expect(second.locator("main")).to_contain_text("1 of 1 course done.")
    second.goto(plan.page("matrix"))
    expect(second.get_by_role("heading", level=1)).to_contain_text("Sales")

    director.goto(plan.page("agenda"))
    expect(director.locator("main")).to_contain_text("1 cell is to be settled.")
    fits(director)
    director.get_by_label("faculty").check()
    director.get_by_label("Decision").select_option("A")
    director.get_by_label("Reason").fill("The campaign is graded.")
    director.get_by_role("button", name="Record the decisions").click()
    expect(director.locator("main")).to_contain_text("1 cell is settled.")
    expect(director.locator("main")).to_contain_text("Nothing is to be settled.")

    [decision] = CellDecision.objects.all()
    assert decision.present == [member_code(asked.school, asked.faculty)]
    assert Mapping.objects.cells().get().level == "A"
    kept = Mapping.objects.exclude(rater="").order_by("level").values_list("level", flat=True)
    assert list(kept) == ["A", "D"], "both ratings stay as they were"
