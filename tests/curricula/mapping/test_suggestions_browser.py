"""Proposed abilities decided by keys, in a browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsing import sign_in
from tests.suggesting import add_course, decisions, mappings
from tests.universe import make_universe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("words_only")]


@pytest.fixture
def opened(page: Page, live_server, transactional_db: None) -> Page:
    universe = make_universe()
    add_course(universe)
    add_course(universe, "ST", description="Apply statistics")
    sign_in(page, live_server.url, "faculty")
    page.goto(live_server.url + universe.curriculum.page("suggestions"))
    return page


def test_keys_move_change_the_level_accept_reject_undo_and_go_on(opened):
    active = opened.locator(".proposed > li.active h3")
    press = opened.keyboard.press
    first, second = opened.locator(".proposed h3").all_text_contents()
    press("j")
    expect(active).to_have_text(second)
    press("ArrowUp")
    expect(active).to_have_text(first)
    press("d")
    press("Enter")
    expect(opened.locator(".message.success")).to_contain_text("accepted with another level")
    press("x")
    expect(opened.locator(".proposed")).to_have_count(0)
    assert [row[2] for row in decisions()] == ["changed", "rejected"]
    press("u")
    expect(active).to_have_text(second)
    press("n")
    expect(active).to_have_text("Statistics")
    press("A")
    press("a")
    expect(opened.locator(".message.success")).to_contain_text("Statistics")
    assert sorted(row[2] for row in mappings()) == ["A", "D"]


def test_the_chosen_row_of_the_matrix_leads_to_its_own_suggestions(opened: Page) -> None:
    opened.get_by_role("link", name="Matrix").first.click()
    opened.locator(".mx-row").nth(1).locator(".mx-cell").first.click()
    expect(opened.locator("[data-show=course]")).to_contain_text("ST")
    opened.get_by_role("link", name="What it seems to serve").click()
    expect(opened.get_by_text("Course 2 of 2")).to_be_visible()
    expect(opened.locator(".proposed h3").first).to_have_text("Statistics")


def test_letters_typed_into_the_syllabus_are_no_keys(opened):
    opened.get_by_label("Text of the syllabus").press_sequentially("xan statistics")
    expect(opened.get_by_label("Text of the syllabus")).to_have_value("xan statistics")
    assert decisions() == []


def test_the_page_has_no_barrier_that_axe_finds(opened):
    assert Axe().run(opened).response["violations"] == []
