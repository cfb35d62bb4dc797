"""A scenario in a real browser: two edits, their effect, a proposal, and the next version of the plan."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from curricula.models import Curriculum, Prerequisite, Scenario
from tests.browsing import sign_in
from tests.universe import Universe, add_courses, add_postings, make_universe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan(transactional_db: None) -> Universe:
    universe = make_universe()
    add_courses(universe.curriculum, 3)
    add_postings(universe.curriculum, 120)
    Prerequisite.objects.create(course=universe.course("C2"), requires=universe.course("C1"))
    return universe


def test_two_edits_are_seen_proposed_and_applied(page: Page, live_server, plan: Universe):
    sign_in(page, live_server.url, "director")
    page.goto(live_server.url + plan.curriculum.page("scenarios"))
    page.get_by_label("Title").fill("More practice")
    page.get_by_role("button", name="Make a scenario").click()

    page.get_by_role("combobox", name="Course").select_option("C1")
    page.get_by_role("button", name="Show its hours").click()
    expect(page.get_by_role("spinbutton", name="Theory")).to_have_value("32")
    page.get_by_role("spinbutton", name="Theory").fill("16")
    page.get_by_role("spinbutton", name="Operation").fill("32")
    page.get_by_role("button", name="Add the edit").click()
    expect(page.locator("ol.edits li")).to_contain_text(["C1 Course 1: Theory 16 h, Operation 32 h"])

    page.get_by_role("link", name="Move to another term").click()
    page.get_by_label("Course").select_option("C1")
    page.get_by_label("To term").fill("4")
    page.get_by_role("button", name="Add the edit").click()
    expect(page.locator("ol.edits li")).to_have_count(2)
    expect(page.get_by_role("row", name="Operation, h 48 64")).to_be_visible()
    expect(page.get_by_text("C2 Course 2 (term 2) requires C1 Course 1, which comes in term 4.")).to_be_visible()
    expect_accessible(page)

    page.get_by_role("link", name="Proposal to print").click()
    expect(page.get_by_role("heading", name="Proposal: More practice")).to_be_visible()
    page.get_by_role("button", name="Turn into a proposal").click()
    page.get_by_role("button", name="Apply as new version").click()
    page.get_by_role("button", name="Apply", exact=True).click()
    expect(page.get_by_text("Version 2 is a draft with 2 edits done.")).to_be_visible()
    made = Curriculum.objects.get(version=2)
    assert (made.courses.get(code="C1").term, made.courses.get(code="C1").operation) == (4, 32)
    assert Scenario.objects.get().applied_as == made


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_of_what_if_scrolls_sideways(page: Page, live_server, plan: Universe, width: int):
    scenario = Scenario.objects.create(
        curriculum=plan.curriculum, title="Less", edits=[{"kind": "drop_course", "course": "C1"}]
    )
    sign_in(page, live_server.url, "faculty")
    page.set_viewport_size({"width": width, "height": 900})
    pages = [("scenarios",), ("scenario", scenario.pk), ("scenario-proposal", scenario.pk), ("advice",), ("optimise",)]
    for address in (*(plan.curriculum.page(*each) for each in pages), scenario_comparison(plan, scenario)):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        expect_accessible(page)


def expect_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def scenario_comparison(plan: Universe, scenario: Scenario) -> str:
    return f"{plan.curriculum.page('scenario-compare')}?s={scenario.pk}"
