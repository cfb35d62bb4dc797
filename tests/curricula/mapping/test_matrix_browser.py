"""The matrix by keyboard in a real browser: a spreadsheet's manners, and nothing typed is lost."""

from __future__ import annotations

import re
from contextlib import suppress
from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import OperationalError
from playwright.sync_api import Locator, Page, Route, expect

from curricula.analysis.exposure import completed_shares
from curricula.mapping.actions import Cell, set_cell
from curricula.models import Curriculum, Mapping
from tests.browsing import sign_in
from tests.universe import Universe, add_courses, make_universe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mapped(transactional_db: None) -> Universe:
    """C1 serves MK.1 with all of its hours, C2 serves MK.2; C3 is not mapped."""
    universe = make_universe()
    add_courses(universe.curriculum, 2)
    add_courses(universe.curriculum, 1, mapped=False)
    return universe


@pytest.fixture
def grid(page: Page, live_server, mapped: Universe) -> Page:
    return open_matrix(page, live_server.url, mapped, "faculty")


def open_matrix(page: Page, address: str, universe: Universe, user: str, query: str = "") -> Page:
    sign_in(page, address, user)
    page.goto(address + universe.curriculum.page("matrix") + query)
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def cell(page: Page, course: int, ability: int) -> Locator:
    """Counted from 1."""
    return page.locator(".mx-row").nth(course - 1).locator(".mx-cell").nth(ability - 1)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page) -> None:
    expect(page.locator("#matrix-status")).to_have_text("All changes are saved.")


def stored(course: str, ability: str) -> tuple[str, float | None] | None:
    return Mapping.objects.filter(course__code=course, ability__code=ability).values_list("level", "share").first()


def wait_until_stored(page: Page, course: str, ability: str, wanted: tuple[str, float | None] | None) -> None:
    """The page's words can be those of the save before; what is stored is what counts."""
    for _try in range(150):
        # Server and test share one database in memory, which refuses to read while a save is being written.
        with suppress(OperationalError):
            if stored(course, ability) == wanted:
                return
        page.wait_for_timeout(100)
    assert stored(course, ability) == wanted


def test_letters_set_levels_and_digits_a_share(grid):
    cell(grid, 3, 1).click()
    press(grid, "d", "ArrowRight", "a", "ArrowRight", "I", "ArrowRight", "x")
    saved(grid)
    found = [stored("C3", code) for code in ("MK.1", "MK.2", "DA.1", "DA.2")]
    assert found == [(level, None) for level in ("D", "A", "I", "")]
    cell(grid, 3, 1).focus()
    press(grid, "4", "0", "Enter")
    saved(grid)
    wait_until_stored(grid, "C3", "MK.1", ("D", 0.4))
    expect(cell(grid, 3, 1)).to_have_attribute("aria-label", re.compile("developed, 40 % of the course"))


def test_what_is_assumed_is_said_and_what_is_unmapped_is_marked(grid):
    expect(grid.locator("#matrix-counts")).to_have_text("1 of 3 courses and 2 of 4 abilities unmapped")
    expect(grid.locator(".mx-row.unmapped .mx-name")).to_contain_text("unmapped")
    cell(grid, 3, 3).click()
    press(grid, "d", "ArrowRight", "d", "ArrowLeft")
    expect(cell(grid, 3, 3)).to_be_focused()
    expect(cell(grid, 3, 3)).to_have_attribute("aria-label", re.compile("share not stated, assumed 50 %"))
    expect(grid.locator("#matrix-counts")).to_have_text("0 of 3 courses and 0 of 4 abilities unmapped")
    expect(grid.locator(".unmapped")).to_have_count(0)


def test_keys_move_as_in_a_spreadsheet(grid):
    cell(grid, 1, 1).click()
    for keys, place in (
        (["ArrowDown", "ArrowRight"], (2, 2)),
        (["End"], (2, 4)),
        (["Tab"], (3, 1)),
        (["Shift+Tab"], (2, 4)),
        (["Home"], (2, 1)),
        (["ArrowLeft", "PageUp"], (1, 1)),
        (["Control+End"], (3, 4)),
        (["Control+Home"], (1, 1)),
    ):
        press(grid, *keys)
        expect(cell(grid, *place)).to_be_focused()


def test_tab_leaves_the_grid_after_escape_and_at_its_ends(grid):
    cell(grid, 1, 1).click()
    press(grid, "Escape", "Tab")
    expect(grid.locator(".mx-cell:focus")).to_have_count(0)
    cell(grid, 3, 4).click()
    press(grid, "Tab")
    expect(grid.locator(".mx-cell:focus")).to_have_count(0)


def test_delete_empties_and_control_z_brings_back(grid):
    cell(grid, 1, 1).click()
    press(grid, "Delete")
    saved(grid)
    wait_until_stored(grid, "C1", "MK.1", None)
    press(grid, "ArrowDown", "Control+z")
    expect(cell(grid, 1, 1)).to_be_focused()
    expect(cell(grid, 1, 1)).to_have_text("D")
    expect(grid.locator("#matrix-status")).not_to_contain_text("Saving")
    wait_until_stored(grid, "C1", "MK.1", ("D", 1))


def test_a_refused_share_is_said_and_the_cell_is_as_before(grid):
    cell(grid, 1, 2).click()
    press(grid, "2", "0", "Enter")
    expect(grid.get_by_role("alert")).to_contain_text("add up to 120 %: lower another first")
    expect(cell(grid, 1, 2)).to_have_text("")
    expect(grid.locator("#matrix-status")).to_have_text("")
    wait_until_stored(grid, "C1", "MK.2", None)


def test_more_than_the_whole_course_is_not_even_sent(grid):
    cell(grid, 3, 1).click()
    press(grid, "1", "2", "0", "Enter")
    expect(grid.get_by_role("alert")).to_contain_text("120 was not taken")
    wait_until_stored(grid, "C3", "MK.1", None)


def test_escape_leaves_a_share_that_was_begun(grid):
    cell(grid, 1, 1).click()
    press(grid, "5", "Backspace", "6", "0", "Escape")
    expect(cell(grid, 1, 1)).to_have_text("D")
    wait_until_stored(grid, "C1", "MK.1", ("D", 1))


def test_nothing_typed_is_lost_without_a_connection(grid):
    grid.route("**/matrix/cell/", lambda route: route.abort())
    cell(grid, 3, 1).click()
    press(grid, "d", "ArrowRight", "a")
    status = grid.locator("#matrix-status")
    expect(status).to_contain_text("No connection. 2 changes not saved yet: kept on this page and tried again")
    expect(cell(grid, 3, 1)).to_have_text("D")
    expect(cell(grid, 3, 1)).to_have_class(re.compile("waiting"))
    grid.unroute("**/matrix/cell/")
    grid.evaluate("window.dispatchEvent(new Event('online'))")
    saved(grid)
    assert (stored("C3", "MK.1"), stored("C3", "MK.2")) == (("D", None), ("A", None))


def test_trouble_of_the_server_keeps_the_change_as_well(grid):
    answers = iter([lambda route: route.fulfill(status=502, body="bad gateway"), Route.continue_])
    grid.route("**/matrix/cell/", lambda route: next(answers, Route.continue_)(route))
    cell(grid, 3, 1).click()
    press(grid, "d")
    expect(grid.locator("#matrix-status")).to_contain_text("The server has trouble. 1 change not saved yet")
    saved(grid)
    wait_until_stored(grid, "C3", "MK.1", ("D", None))


def test_a_change_by_somebody_else_is_shown_and_not_overwritten(grid, mapped):
    place = {"course": mapped.course("C1"), "ability": mapped.ability("MK.1")}
    set_cell(mapped.curriculum, **place, cell=Cell("I", 0.5))
    cell(grid, 1, 1).click()
    press(grid, "a")
    expect(grid.get_by_role("alert")).to_contain_text("Somebody else changed this cell meanwhile")
    expect(cell(grid, 1, 1)).to_have_text("I")
    wait_until_stored(grid, "C1", "MK.1", ("I", 0.5))


def test_the_bar_edits_the_chosen_cell_and_escape_comes_back(grid):
    cell(grid, 1, 1).click()
    expect(grid.locator("#cell-form")).to_contain_text("C1 Course 1 × MK.1 Search advertising")
    press(grid, "Enter")
    expect(grid.locator("[name=level]")).to_be_focused()
    grid.select_option("[name=level]", "A")
    grid.fill("[name=evidence]", "week 4")
    press(grid, "Enter")
    expect(cell(grid, 1, 1)).to_be_focused()
    saved(grid)
    grid.fill("[name=share]", "70")
    press(grid, "Escape")
    saved(grid)
    found = Mapping.objects.get(course__code="C1")
    assert (found.level, found.evidence, found.share) == ("A", "week 4", 1)


def test_an_answer_that_comes_late_does_not_wipe_what_is_being_typed(grid):
    grid.evaluate(
        "const now = fetch; window.fetch = (...to) => new Promise((go) => setTimeout(go, 300)).then(() => now(...to))"
    )
    cell(grid, 1, 1).click()
    grid.select_option("[name=level]", "A")
    grid.fill("[name=evidence]", "week")
    saved(grid)
    expect(grid.locator("[name=evidence]")).to_have_value("week")
    grid.locator("[name=evidence]").press_sequentially(" 4")
    press(grid, "Enter")
    expect(grid.locator("#matrix-status")).to_contain_text("Saving")
    saved(grid)
    assert Mapping.objects.get(course__code="C1").evidence == "week 4"


def test_a_field_that_is_left_by_a_click_belongs_to_its_own_cell(grid):
    cell(grid, 1, 1).click()
    grid.fill("[name=share]", "70")
    cell(grid, 2, 2).click()
    saved(grid)
    assert (stored("C1", "MK.1"), stored("C2", "MK.2")) == (("D", 0.7), ("D", 1))


def test_filters_keep_rows_and_columns(grid):
    grid.fill("#filter-courses", "course 2")
    expect(grid.locator(".mx-row")).to_have_count(1)
    grid.fill("#filter-abilities", "data")
    expect(grid.locator(".mx-head")).to_have_count(2)
    grid.fill("#filter-courses", "")
    grid.check("#only-courses")
    expect(grid.locator(".mx-row")).to_have_count(1)
    expect(grid.locator(".mx-row")).to_contain_text("C3")
    grid.fill("#filter-courses", "nothing like it")
    expect(grid.locator("#no-match")).to_be_visible()


def test_a_rater_enters_own_rows(page, live_server, mapped):
    open_matrix(page, live_server.url, mapped, "faculty")
    page.select_option("#matrix-rater", "R1")
    expect(page).to_have_url(re.compile("as=R1"))
    cell(page, 1, 1).click()
    expect(cell(page, 1, 1)).to_have_text("")
    press(page, "i")
    saved(page)
    assert list(Mapping.objects.filter(course__code="C1").values_list("rater", "level")) == [("", "D"), ("R1", "I")]


def test_who_may_not_edit_moves_but_changes_nothing(page, live_server, mapped):
    open_matrix(page, live_server.url, mapped, "viewer")
    cell(page, 1, 1).click()
    press(page, "a", "5", "0", "Enter", "Delete", "ArrowRight")
    expect(cell(page, 1, 2)).to_be_focused()
    expect(cell(page, 1, 1)).to_have_text("D")
    wait_until_stored(page, "C1", "MK.1", ("D", 1))


def test_an_approval_after_the_page_was_opened_is_told(grid):
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    cell(grid, 3, 1).click()
    press(grid, "d")
    expect(grid.get_by_role("alert")).to_contain_text("approved")
    expect(cell(grid, 3, 1)).to_have_text("")


def test_the_question_mark_shows_the_keys(grid):
    cell(grid, 1, 1).click()
    press(grid, "?")
    expect(grid.get_by_role("dialog", name="Keys of the matrix")).to_be_visible()
    press(grid, "Escape")
    expect(cell(grid, 1, 1)).to_be_focused()


def test_an_address_opens_its_cell_and_that_of_an_ability_alone_its_column(page, live_server, mapped):
    course, ability, alone = mapped.course("C2").pk, mapped.ability("DA.2").pk, mapped.ability("MK.2")
    open_matrix(page, live_server.url, mapped, "faculty", f"?course={course}&ability={ability}")
    expect(cell(page, 2, 4)).to_be_focused()
    page.goto(f"{live_server.url}{mapped.curriculum.page('matrix')}?ability={alone.pk}#cell")
    expect(page.locator(".mx-head.here")).to_contain_text(alone.title)


@pytest.mark.parametrize("width", [1440, 390])
def test_only_the_grid_scrolls_sideways_and_the_page_passes_the_accessibility_check(width, page, live_server, mapped):
    page.set_viewport_size({"width": width, "height": 900})
    open_matrix(page, live_server.url, mapped, "faculty")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert [violation["id"] for violation in found.response["violations"]] == []


def test_a_whole_catalogue_is_drawn_in_parts(page, live_server, mapped):
    add_courses(mapped.curriculum, 298, mapped=False)
    last = mapped.course("C301").pk
    open_matrix(page, live_server.url, mapped, "faculty")
    expect(page.locator(".mx-row")).to_have_count(300)
    expect(page.locator("#more-rows")).to_contain_text("300 of 301 courses are drawn")
    page.click("#show-more")
    expect(page.locator(".mx-row")).to_have_count(301)
    expect(page.locator("#more-rows")).to_be_hidden()
    page.goto(f"{live_server.url}{mapped.curriculum.page('matrix')}?course={last}")
    expect(page.locator("#cell-form")).to_contain_text("C301 Course 301")


def test_two_hundred_courses_by_three_hundred_abilities_stay_usable(page, live_server, mapped):
    parent = mapped.ability("MK")
    mapped.framework.abilities.bulk_create(
        parent.__class__(framework=mapped.framework, parent=parent, code=f"X.{n}", title_en=f"Ability {n}", order=99)
        for n in range(296)
    )
    add_courses(mapped.curriculum, 197, mapped=False)
    open_matrix(page, live_server.url, mapped, "faculty")
    expect(page.locator(".mx-row")).to_have_count(200)
    took = page.evaluate(
        """() => {
            const began = performance.now();
            document.getElementById("filter-courses").dispatchEvent(new Event("input"));
            document.querySelector(".mx").getBoundingClientRect();
            return performance.now() - began;
        }"""
    )
    assert took < 3000, f"drawing 60,000 cells took {took:.0f} ms"
    cell(page, 1, 1).click()
    press(page, "Control+End", "d")
    saved(page)
    assert Mapping.objects.count() == 3


def test_the_preview_of_what_is_typed_follows_the_servers_rule(grid, live_server):
    """Rows of every kind: stated, open, mixed, full, with and without strengths."""
    rng = np.random.default_rng(0)
    rows = [
        [(_share(rng), str(rng.choice(["", "H", "M", "L"]))) for _ in range(rng.integers(1, 7))] for _ in range(200)
    ]
    frame = pd.DataFrame(
        [(course, share / len(row), strength) for course, row in enumerate(rows) for share, strength in row],
        columns=["course", "share", "strength"],
    )
    script = """async ([address, cells]) => {
      const { Cells } = await import(address);
      const made = new Cells(cells);
      for (const course of made.rows.keys()) made.preview(course);
      return cells.map((cell) => made.get(cell.course, cell.ability).given);
    }"""
    cells = [
        {"course": int(course), "ability": place, "share": None if isnan(share) else 100 * share, "strength": strength}
        | {"state": "accepted", "given": None}
        for place, (course, share, strength) in enumerate(frame.itertuples(index=False))
    ]
    previewed = grid.evaluate(script, [f"{live_server.url}/static/matrix/cells.js", cells])
    assert len(previewed) > 400
    assert np.allclose(previewed, 100 * completed_shares(frame)["share"], atol=1e-6)


def _share(rng: np.random.Generator) -> float:
    return nan if rng.random() < 0.6 else float(rng.choice([0, 0.2, 0.5, 1]))


def test_what_the_server_counts_replaces_the_preview(grid):
    cell(grid, 3, 1).click()
    press(grid, "d", "ArrowRight", "d")
    saved(grid)
    wait_until_stored(grid, "C3", "MK.2", ("D", None))
    widths = "place => place.querySelector('i').style.getPropertyValue('--share')"
    assert [cell(grid, 3, place).evaluate(widths) for place in (1, 2)] == ["50%", "50%"]


def test_map_it_on_a_course_leads_to_the_row_of_that_course(page, live_server, mapped):
    open_matrix(page, live_server.url, mapped, "faculty")
    page.goto(live_server.url + mapped.curriculum.courses.get(code="C3").get_absolute_url())
    page.get_by_role("link", name="Map it").click()
    expect(page.locator(".mx-row.here")).to_contain_text("C3")
    expect(page.locator("[data-show=course]")).to_contain_text("C3")


def test_c_opens_the_comments_on_the_cell_and_the_bar_says_how_many_are_open(grid, mapped):
    link = grid.locator("[data-show=comments]")
    cell(grid, 1, 2).click()
    expect(link).to_have_text("Comments")
    press(grid, "c")
    expect(grid.locator("main")).to_contain_text("C1 Course 1 × Live selling")
    grid.fill("[name=text]", "Is this taught at all?")
    grid.get_by_role("button", name="Write", exact=True).click()
    expect(grid.locator(".thread")).to_contain_text("Is this taught at all?")
    grid.goto(grid.url.split("comments/")[0] + "matrix/")
    cell(grid, 1, 2).click()
    expect(link).to_have_text("Comments (1 open)")
    press(grid, "ArrowLeft")
    expect(link).to_have_text("Comments")
    assert Mapping.objects.count() == 2, "no key that opens comments maps anything"
