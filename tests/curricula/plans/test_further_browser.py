"""The deeper pages in a real browser: a graph that answers to pointer and keyboard, and pages that fit a phone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from curricula.models import Curriculum, Mapping, Prerequisite
from tests.browsing import sign_in
from tests.universe import Universe, add_courses, add_postings, make_universe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("prerequisites", "depth", "robustness")


@pytest.fixture
def planned(transactional_db: None) -> Universe:
    """C1 → C2 → C4 and C1 → C3, in terms 1 to 4; C5 stands alone. 2025 holds the first two courses."""
    universe = make_universe()
    courses = add_courses(universe.curriculum, 5)
    for course, required in ((1, 0), (2, 0), (3, 1)):
        Prerequisite.objects.create(course=courses[course], requires=courses[required])
    for rater, level in (("R1", "I"), ("R2", "D")):
        Mapping.objects.create(course=courses[0], ability=universe.ability("MK.1"), level=level, rater=rater)
        Mapping.objects.create(course=courses[1], ability=universe.ability("MK.2"), level="D", rater=rater)
    add_postings(universe.curriculum, 100)
    older = Curriculum.objects.create(program=universe.curriculum.program, year=2025, framework=universe.framework)
    add_courses(older, 2)
    return universe


@pytest.fixture
def reader(page: Page, live_server, planned: Universe) -> Page:
    sign_in(page, live_server.url, "viewer")
    return page


def opened(page: Page, live_server, planned: Universe, name: str) -> Page:
    if name == "compare":
        page.goto(f"{live_server.url}/compare/?c=north/sales/2025&c=north/sales/2026")
    else:
        page.goto(live_server.url + planned.curriculum.page(name))
    return page


def box(page: Page, code: str):
    return page.locator(".graph .annotation", has_text=re.compile(rf"^{code}Course"))


def test_pointing_at_a_course_shows_what_hangs_on_it(reader, live_server, planned):
    opened(reader, live_server, planned, "prerequisites")
    box(reader, "C2").hover()
    expect(reader.locator("#said")).to_contain_text("C2 Course 2 – before it: 1 · waiting for it: 1")
    expect(box(reader, "C3")).to_have_class(re.compile(r"\boff\b"))
    for code in ("C1", "C2", "C4"):
        expect(box(reader, code)).not_to_have_class(re.compile(r"\boff\b"))
    expect(reader.locator(".graph .scatterlayer .trace.off")).to_have_count(1)
    reader.mouse.move(2, 2)
    expect(reader.locator("#said")).to_contain_text("Point at a course")


def test_a_course_is_reached_and_opened_by_keyboard(reader, live_server, planned):
    opened(reader, live_server, planned, "prerequisites")
    expect(box(reader, "C1")).to_be_visible()
    box(reader, "C1").locator("a").focus()
    expect(reader.locator("#said")).to_contain_text("C1 Course 1 – before it: 0 · waiting for it: 3")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(r"/courses/\d+/$"))


def test_a_click_anywhere_in_a_box_opens_its_course(reader, live_server, planned):
    opened(reader, live_server, planned, "prerequisites")
    box(reader, "C5").locator("rect.bg").click(position={"x": 90, "y": 20})
    expect(reader.get_by_role("heading", level=1)).to_contain_text("C5")


def test_on_a_phone_lists_stand_in_place_of_the_drawing(reader, live_server, planned):
    reader.set_viewport_size({"width": 390, "height": 800})
    opened(reader, live_server, planned, "prerequisites")
    expect(reader.locator(".graph")).to_be_hidden()
    expect(reader.locator(".instead")).to_contain_text("requires C1")


def test_a_mark_of_a_panel_opens_the_ability_in_its_plan(reader, live_server, planned):
    opened(reader, live_server, planned, "compare")
    expect(reader.locator(".chart .main-svg").first).to_be_visible()
    marks = reader.locator(".chart .scatterlayer .trace .point")
    assert marks.count() >= 12
    marks.last.click(force=True)
    expect(reader).to_have_url(re.compile(r"/c/north/sales/2026/abilities/"))


@pytest.mark.parametrize("name", [*PAGES, "compare"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_and_nobody_is_kept_out(name, scheme, reader, live_server, planned):
    reader.emulate_media(color_scheme=scheme)
    for width in (1440, 390):
        reader.set_viewport_size({"width": width, "height": 900})
        opened(reader, live_server, planned, name)
        expect(reader.get_by_role("heading", level=1)).to_be_visible()
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(reader, options={"runOnly": ["wcag2a", "wcag2aa"]})
        assert [violation["id"] for violation in found.response["violations"]] == []


@pytest.mark.parametrize("width", [1440, 1024])
def test_six_plans_with_long_names_stay_inside_the_page(width, reader, live_server, planned):
    planned.curriculum.program.title_en = "International trade and cross-border e-commerce (taught in English)"
    planned.curriculum.program.save()
    keys = ["north/sales/2025", "north/sales/2026"]
    other = planned.school.programs.create(
        slug="other", title_en="A second program, so that every column says its own"
    )
    for year in (2021, 2022, 2023, 2024):
        plan = Curriculum.objects.create(program=other, year=year, framework=planned.framework)
        add_courses(plan, 2)
        keys.append(plan.key)
    reader.set_viewport_size({"width": width, "height": 800})
    reader.goto(f"{live_server.url}/compare/?" + "&".join(f"c={key}" for key in keys))
    expect(reader.locator(".chart .main-svg").first).to_be_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_the_tab_that_is_open(reader, live_server, planned):
    reader.set_viewport_size({"width": 390, "height": 800})
    opened(reader, live_server, planned, "history")
    expect(reader.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("width", [390, 1000])
def test_the_report_as_a_file_fits_its_page_and_its_chart_is_no_thumbnail(width, reader, live_server, planned):
    address = live_server.url + planned.curriculum.page("report-download", "html")
    reader.set_viewport_size({"width": width, "height": 800})
    reader.set_content(reader.request.get(address).text())
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    assert reader.locator(".shares .row svg").first.bounding_box()["width"] >= 250


@pytest.mark.parametrize("width", [390, 1440])
def test_no_field_of_the_settings_runs_out_of_its_card(width, page, live_server, planned):
    planned.framework.title_en = "A framework whose title is a good deal longer than the card that it is chosen in"
    planned.framework.save()
    empty = Curriculum.objects.create(program=planned.curriculum.program, year=2031, framework=planned.framework)
    sign_in(page, live_server.url, "director")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + empty.page("curriculum-settings"))
    field = page.locator("select[name=framework]")
    card = page.locator(".panel", has=field).bounding_box()
    box = field.bounding_box()
    assert box["x"] + box["width"] <= card["x"] + card["width"]
