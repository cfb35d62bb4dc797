"""A director of a new school, with nothing but the browser: from three files that nobody prepared to a report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from competencies.models import Framework, Posting
from curricula.models import Course, Curriculum, Mapping, Membership, School
from tests.places import SHARED

CASES = SHARED / "cases"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("words_only"),
    pytest.mark.skipif(not CASES.exists(), reason="the files stand beside the project, in ../shared/cases"),
]


@pytest.fixture
def director(page: Page, live_server, transactional_db: None) -> Page:
    user = User.objects.create_user("ana", password="correct horse battery")
    Membership.objects.create(
        user=user, school=School.objects.create(slug="new", title_en="New School"), role=Membership.Role.DIRECTOR
    )
    page.goto(live_server.url + "/sign-in/")
    page.fill("[name=username]", "ana")
    page.fill("[name=password]", "correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    return page


def upload(page: Page, kind: str, path: Path, *ticked: str, **fields: str) -> None:
    page.get_by_role("link", name="Import", exact=True).first.click()
    page.get_by_role("navigation", name="What to import").get_by_role("link", name=kind, exact=True).click()
    page.set_input_files("[name=file]", path)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    for label in ticked:
        page.get_by_label(label).check()
    page.get_by_role("button", name="Look into the file").click()


def column(page: Page, name: str):
    return page.locator(".means tr", has=page.get_by_role("rowheader", name=name, exact=True))


def saves(page: Page):
    return page.get_by_role("button", name="Save", exact=True)


def brings_framework(page: Page) -> None:
    upload(page, "A framework", CASES / "framework_three_columns.xlsx", "Search postings by the titles of abilities")
    saves(page).click()
    framework = Framework.objects.get()
    abilities = framework.abilities.filter(children=None)
    assert (abilities.count(), framework.positions.count()) == (15, 3)


def brings_plan(page: Page) -> None:
    """Project is practice once that was said, not before; the file's own totals agree with what was read."""
    upload(page, "A curriculum", CASES / "trade_plan.xlsx", program="trade", year="2026")
    expect(page.get_by_text("One question before this can be saved")).to_be_visible()
    expect(saves(page)).to_have_count(0)
    expect(column(page, "Lecturer")).to_contain_text("T01")
    expect(column(page, "Lecturer").get_by_role("combobox")).to_have_value("")
    expect(column(page, "Contact hours / Project")).to_contain_text("asked above")
    page.get_by_label("hours of operation (practice)").check()
    expect(saves(page)).to_be_visible()
    expect(column(page, "Contact hours / Project").get_by_role("combobox")).to_have_value("operation")
    whole = re.compile(r"^Total \(53\) Credits 213 213 none")
    expect(page.locator("#totals").get_by_role("row", name=whole)).to_be_visible()
    saves(page).click()
    expect(page.locator(".message.success")).to_contain_text("Courses: 40 created")
    courses = Course.objects.all()
    assert courses.filter(operation__gt=0).count() == 6
    assert courses.get(code="BUS106").operation == 14
    assert not courses.filter(lecturers=[]).exists()
    assert set(courses.values_list("required", flat=True)) == {True, False}


def brings_postings(page: Page) -> None:
    upload(page, "Job postings", CASES / "postings_posted_on.xlsx", source="board")
    expect(column(page, "Posted on")).to_contain_text("by its name")
    saves(page).click()
    assert Posting.objects.filter(published__isnull=False).count() == 150
    page.get_by_label(re.compile("trade")).check()
    page.get_by_role("button", name="Judge these plans by it").click()


def maps_with_suggestions(page: Page, address: str) -> None:
    curriculum = Curriculum.objects.get()
    page.goto(address + curriculum.page("suggestions"))
    for _course in range(curriculum.courses.count()):
        accept = page.get_by_role("button", name=re.compile("^Accept ")).first
        if accept.count():
            accept.click()
        page.get_by_role("link", name="Next course").click()
    assert Mapping.objects.count() > 5


def gets_a_report(page: Page, address: str) -> None:
    curriculum = Curriculum.objects.get()
    page.goto(address + curriculum.page("overview"))
    text = page.locator("main").inner_text()
    assert "theory only" not in text.lower()
    assert "postings from 39 employers" in text
    assert "The mapping is not finished" in text, "most hours reach no ability yet, and the report says so first"
    page.goto(address + curriculum.page("reports"))
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("PDF")).first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def test_from_three_files_to_a_report(director: Page, live_server) -> None:
    brings_framework(director)
    brings_plan(director)
    brings_postings(director)
    maps_with_suggestions(director, live_server.url)
    gets_a_report(director, live_server.url)


def test_without_script_a_button_reads_the_file_again(director: Page, live_server, browser) -> None:
    Framework.objects.create(slug="any", title_en="Any")
    state = director.context.storage_state()
    page = browser.new_context(java_script_enabled=False, storage_state=state).new_page()
    page.goto(live_server.url + "/import/")
    page.set_input_files("[name=file]", CASES / "trade_plan.xlsx")
    page.fill("[name=program]", "trade")
    page.fill("[name=year]", "2026")
    page.get_by_role("button", name="Look into the file").click()
    page.get_by_label("hours of simulation").check()
    page.get_by_role("button", name="Answer").click()
    expect(saves(page)).to_be_visible()
    expect(column(page, "Contact hours / Project").get_by_role("combobox")).to_have_value("simulation")


def test_the_page_of_columns_has_no_barrier_that_axe_finds(director: Page) -> None:
    Framework.objects.create(slug="any", title_en="Any")
    upload(director, "A curriculum", CASES / "trade_plan.xlsx", program="trade", year="2026")
    assert Axe().run(director).response["violations"] == []
