"""What was typed is kept in the tab until it is saved, and nowhere longer than that."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.universe import Universe, add_courses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('draft:')).length"


@pytest.fixture
def form(page: Page, live_server, universe: Universe) -> str:
    """The address of a course's form, with its director signed in."""
    course = add_courses(universe.curriculum)[0]
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("[name=username]", "director")
    page.fill("[name=password]", "director")
    assert page.evaluate(KEPT) == 0, "a sign-in is never kept"
    page.click("main button")
    return f"{live_server.url}{universe.curriculum.page('course-edit', course.pk)}"


def send_into_the_void(page: Page) -> None:
    """The server answers as it does without its database."""
    page.route("**/edit/", lambda route: route.fulfill(status=503, body="Not available for a moment"))
    page.click("main form button.primary")
    expect(page.locator("body")).to_have_text("Not available for a moment")
    page.unroute("**/edit/")


def test_what_a_failed_save_held_is_back_in_the_form_until_it_is_saved(page, form):
    page.goto(form)
    page.fill("[name=title_en]", "Typed at length")
    send_into_the_void(page)
    page.goto(form)
    expect(page.locator("[name=title_en]")).to_have_value("Typed at length")
    expect(page.locator("main .message")).to_contain_text("was not saved yet")
    page.click("main form button.primary")
    expect(page.locator(".message.success")).to_be_visible()
    assert page.evaluate(KEPT) == 0
    page.goto(form)
    expect(page.locator("[name=title_en]")).to_have_value("Typed at length")
    expect(page.locator("main .message")).to_have_count(0)


def test_a_form_that_was_refused_is_kept_too(page, form):
    page.goto(form)
    page.fill("[name=title_en]", "Mine")
    page.fill("[name=title_zh]", "")
    page.fill("[name=code]", " ")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main form button.primary")
    expect(page.locator(".is-invalid").first).to_be_visible()
    page.goto(form)
    expect(page.locator("[name=title_en]")).to_have_value("Mine")


def test_it_is_gone_where_somebody_discards_it_or_signs_out(page, form):
    page.goto(form)
    page.fill("[name=title_en]", "Never mind")
    page.reload()
    page.click("main .message button")
    expect(page.locator("[name=title_en]")).to_have_value("Course 1")
    assert page.evaluate(KEPT) == 0
    page.fill("[name=title_en]", "On a shared machine")
    assert page.evaluate(KEPT) == 1
    page.click("text=Sign out")
    expect(page.locator("[name=password]")).to_be_visible()
    assert page.evaluate(KEPT) == 0


def test_rows_are_added_one_by_one_and_come_back_with_what_was_typed_into_them(page, form, universe):
    page.goto(form)
    expect(page.locator("table.requisites tbody tr")).to_have_count(1)
    for number, name in enumerate(("Statistics", "Accounting", "English")):
        if number:
            page.click("text=Add a row")
        page.fill(f"[name=prerequisites-{number}-external]", name)
    send_into_the_void(page)
    page.goto(form)
    expect(page.locator("[name=prerequisites-2-external]")).to_have_value("English")
    page.click("main form button.primary")
    expect(page.locator(".message.success")).to_be_visible()
    stored = universe.curriculum.courses.get().prerequisites.values_list("external", flat=True)
    assert sorted(stored) == ["Accounting", "English", "Statistics"]
