"""How many postings stand behind this bar, from when, from how many employers, and may I read them? Three clicks."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from competencies.models import DemandSource, Framework, Position, Posting, PostingMention
from tests.browsing import sign_in
from tests.universe import Universe, add_courses, add_postings, make_universe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
POSTINGS = 100  # enough for demand to be known, so that it is drawn


@pytest.fixture
def asked(transactional_db: None) -> Universe:
    """Twelve postings of twelve employers that mention search advertising, and a plan that they judge."""
    universe = make_universe()
    add_courses(universe.curriculum, 3)
    add_postings(universe.curriculum, POSTINGS)
    DemandSource.objects.update(licence="CC BY 4.0", note="One board only", owner=universe.school)
    Framework.objects.update(owner=universe.school)
    Posting.objects.update(text="We want search advertising, every day.")
    PostingMention.objects.update(start=len("Marketer\nWe want "))
    return universe


def opened(page: Page, address: str, path: str) -> Page:
    sign_in(page, address, "director")
    page.goto(address + path)
    return page


def told(page: Page) -> None:
    """How many, from whom, from when."""
    expect(page.locator(".behind")).to_contain_text(f"{POSTINGS} postings of {POSTINGS} named employers · 2026-09-01")


def readable(page: Page) -> None:
    expect(page.locator("mark.chosen").first).to_have_text("search advertising")
    expect(page.get_by_text("May it be read and quoted?")).to_be_visible()
    expect(page.get_by_text("CC BY 4.0")).to_be_visible()


def press(page: Page, place: Locator) -> None:
    """A click of the mouse where a drawn thing stands: drawings have no layout that could be waited for."""
    box = place.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def draws(page: Page) -> None:
    expect(page.locator(".chart .plot-container")).to_be_visible()


def test_from_the_demand_overview_to_the_marked_words_in_two_clicks(page: Page, live_server, asked: Universe) -> None:
    opened(page, live_server.url, "/frameworks/trade/demand/")
    draws(page)
    press(page, page.locator(".chart text").get_by_text("Search advertising").first)
    told(page)
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    readable(page)


def test_a_mark_of_the_chart_opens_what_its_name_opens(page: Page, live_server, asked: Universe) -> None:
    opened(page, live_server.url, "/frameworks/trade/demand/")
    draws(page)
    mark = page.locator(".chart .scatterlayer .trace").last.locator("path.point").first
    mark.hover(force=True)
    expect(page.locator(".hoverlayer")).to_contain_text(f"{POSTINGS} of {POSTINGS} postings")
    press(page, mark)
    told(page)


def test_from_the_overview_of_a_plan_to_the_marked_words_in_three_clicks(
    page: Page, live_server, asked: Universe
) -> None:
    opened(page, live_server.url, asked.curriculum.get_absolute_url())
    draws(page)
    press(page, page.locator(".chart text").get_by_text("Search advertising").first)
    told(page)
    page.get_by_role("link", name="Read all of them").click()
    told(page)
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    readable(page)


@pytest.mark.parametrize("tab", ["", "trends/", "specificity/", "needs/", "figures/", "quality/", "postings/"])
def test_nothing_scrolls_sideways_on_a_phone_but_the_map(page: Page, live_server, asked: Universe, tab: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, live_server.url, f"/frameworks/trade/demand/{tab}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_posting_stays_within_the_window_whatever_its_positions_are_called(
    page: Page, live_server, asked: Universe
) -> None:
    Position.objects.update(title_en="PC and mobile web page designer, website developer and maintainer")
    opened(page, live_server.url, Posting.objects.all()[0].get_absolute_url())
    expect(page.get_by_role("button", name="Correct")).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_undefined_cells_of_the_map_lengthen_no_page(page: Page, live_server, asked: Universe) -> None:
    Position.objects.create(framework=asked.framework, code="rare", title_en="Rare", order=9)
    opened(page, live_server.url, "/frameworks/trade/demand/specificity/")
    expect(page.locator(".map td.zero").first).to_be_visible()
    # What is said of them to screen readers would lie far below the page if it were not placed within the map.
    assert page.evaluate("document.querySelector('.map td.zero span').offsetParent.className") == "map-wrap"


@pytest.mark.parametrize("path", ["demand/", "demand/specificity/", "demand/quality/", "vocabulary/?ability=MK.1"])
def test_pages_break_no_rule_of_accessibility(page: Page, live_server, asked: Universe, path: str) -> None:
    opened(page, live_server.url, f"/frameworks/trade/{path}")
    results = Axe().run(page)
    serious = [v for v in results.response["violations"] if v["impact"] in ("serious", "critical")]
    # Plotly draws its own texts; their names stand in the table beside the chart.
    assert [violation["id"] for violation in serious] == [], results.generate_report()


def test_a_term_is_added_and_searched_for_on_one_page(page: Page, live_server, asked: Universe) -> None:
    opened(page, live_server.url, "/frameworks/trade/vocabulary/?ability=DA.2")
    page.get_by_label("New term").fill("every day")
    page.get_by_role("button", name="Add").first.click()  # below it a school adds words of its own
    expect(page.get_by_text("“every day” is looked for from now on.")).to_be_visible()
    page.get_by_role("button", name="Search them again").click()
    expect(page.get_by_text(re.compile(f"{POSTINGS} mentions came"))).to_be_visible()
