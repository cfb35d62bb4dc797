"""The matrix as a spreadsheet: blocks are copied, pasted and undone in one step, and two people lose nothing."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import OperationalError
from playwright.sync_api import Page, expect

from competencies.models import Ability
from curricula.models import Mapping
from tests.curricula.mapping.test_matrix_browser import cell, open_matrix, press, saved
from tests.universe import Universe, add_courses, make_universe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""
COPY = """() => {
  const data = new DataTransfer();
  const how = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("copy", how));
  return data.getData("text/plain");
}"""


@pytest.fixture
def universe(transactional_db: None) -> Universe:
    universe = make_universe()
    add_courses(universe.curriculum, 4, mapped=False)
    return universe


def held(universe: Universe) -> dict[tuple[str, str], tuple[str, float | None, str]]:
    """Read again while a save is being written, which the shared database in memory refuses."""
    for _try in range(100):
        with suppress(OperationalError):
            rows = Mapping.objects.values_list("course__code", "ability__code", "level", "share", "strength")
            return {(course, ability): tuple(rest) for course, ability, *rest in rows}
    raise AssertionError("the database stayed locked")


def settled(page: Page) -> None:
    expect(page.locator(".mx-cell.waiting")).to_have_count(0)


def requests_of(page: Page) -> list[str]:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def test_a_block_from_a_spreadsheet_is_pasted_undone_and_done_again(page, live_server, universe):
    open_matrix(page, live_server.url, universe, "faculty")
    sent = requests_of(page)
    cell(page, 1, 1).click()
    page.evaluate(PASTE, "D\tH\t✓\r\nA 40%\t\t中\r\n")
    saved(page)
    wanted = {
        ("C1", "MK.1"): ("D", None, ""),
        ("C1", "MK.2"): ("", None, "H"),
        ("C1", "DA.1"): ("", None, ""),
        ("C2", "MK.1"): ("A", 0.4, ""),
        ("C2", "DA.1"): ("", None, "M"),
    }
    assert held(universe) == wanted
    expect(cell(page, 1, 2)).to_have_text("H")
    expect(page.locator(".mx-cell.selected")).to_have_count(6)
    assert page.evaluate(COPY) == "D\tH\t✓\nA 40%\t\tM"
    press(page, "Control+z")
    expect(page.locator("#matrix-status")).to_have_text("All changes are saved.")
    expect(cell(page, 1, 1)).to_have_text("")
    settled(page)
    assert held(universe) == {}
    press(page, "Control+y")
    settled(page)
    saved(page)
    assert held(universe) == wanted
    assert len(sent) == 3, "one request each for paste, undo and redo"


def test_what_is_no_mark_is_refused_and_nothing_pasted(page, live_server, universe):
    open_matrix(page, live_server.url, universe, "faculty")
    cell(page, 1, 1).click()
    page.evaluate(PASTE, "D\tmaybe")
    expect(page.locator("#matrix-alert")).to_contain_text("“maybe” is neither a level")
    assert held(universe) == {}
    cell(page, 4, 4).click()
    page.evaluate(PASTE, "D\tA")
    expect(page.locator("#matrix-alert")).to_contain_text("the rest was left out")
    saved(page)
    assert held(universe) == {("C4", "DA.2"): ("D", None, "")}


def test_a_block_is_selected_filled_marked_and_emptied_by_keys(page, live_server, universe):
    open_matrix(page, live_server.url, universe, "faculty")
    cell(page, 1, 1).click()
    press(page, "d", "Shift+ArrowDown", "Shift+ArrowDown")
    expect(page.locator(".mx-cell.selected")).to_have_count(3)
    press(page, "Control+d")
    saved(page)
    assert set(held(universe)) == {("C1", "MK.1"), ("C2", "MK.1"), ("C3", "MK.1")}
    press(page, "a")
    saved(page)
    assert {level for level, _share, _strength in held(universe).values()} == {"A"}
    press(page, "Delete")
    saved(page)
    settled(page)
    assert held(universe) == {}
    for _step in range(3):
        press(page, "Control+z")
    saved(page)
    settled(page)
    assert set(held(universe)) == {("C1", "MK.1")}
    cell(page, 4, 1).click()
    press(page, "Control+ArrowUp")
    expect(cell(page, 1, 1)).to_be_focused()


def test_the_second_sees_what_the_first_wrote_and_chooses(page, live_server, universe):
    open_matrix(page, live_server.url, universe, "faculty")
    cell(page, 1, 1).click()
    Mapping.objects.create(course=universe.course("C1"), ability=universe.ability("MK.1"), level="A")
    page.evaluate(PASTE, "D\tD")
    dialog = page.locator("#matrix-conflict")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Course 1 × Search advertising: now A, yours D")
    expect(cell(page, 1, 1)).to_have_text("A")
    assert held(universe) == {("C1", "MK.1"): ("A", None, "")}
    dialog.get_by_role("button", name="Keep theirs, save the rest of mine").click()
    saved(page)
    settled(page)
    assert held(universe) == {("C1", "MK.1"): ("A", None, ""), ("C1", "MK.2"): ("D", None, "")}


def large(universe: Universe, courses: int, abilities: int) -> None:
    add_courses(universe.curriculum, courses - 4, mapped=False)
    area = Ability.objects.get(code="MK")
    Ability.objects.bulk_create(
        Ability(framework=universe.framework, parent=area, code=f"X.{n}", title_en=f"X {n}", order=50 + n)
        for n in range(abilities - 4)
    )


def test_60_by_20_cells_are_saved_in_one_request_and_undone_in_one_step(page, live_server, universe):
    large(universe, 60, 20)
    open_matrix(page, live_server.url, universe, "faculty")
    page.locator("#group-by").select_option("")
    sent = requests_of(page)
    cell(page, 1, 1).click()
    page.evaluate(PASTE, "\n".join("\t".join("DAIx"[(r + c) % 4] for c in range(20)) for r in range(60)))
    saved(page)
    assert len(held(universe)) == 1_200
    press(page, "Control+z")
    settled(page)
    saved(page)
    assert held(universe) == {}
    assert len(sent) == 2


EDITS = 200
Written = tuple[str, int, int, str, str]  # who, course, ability, what the author saw there and what he wrote


def work(page: Page, drawn: Random) -> None:
    """One random edit of a cell that lies anywhere."""
    cell(page, drawn.randint(1, 4), drawn.randint(1, 4)).click()
    press(page, drawn.choice("idax") if drawn.random() < 0.7 else "Delete")


def written_by(who: str, sent: str) -> Written:
    told = {name: values[0] for name, values in parse_qs(sent, keep_blank_values=True).items()}
    known = json.loads(told["known"])
    return who, int(told["course"]), int(told["ability"]), known["level"] if known else "none", told["level"]


def chains() -> dict[tuple[int, int], list[tuple[str, str]]]:
    """By cell, who made it what, one after another; at first it was empty."""
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for row in Mapping.history.order_by("history_id").select_related("history_user"):
        chain = found.setdefault((row.course_id, row.ability_id), [("", "none")])
        chain.append((row.history_user.username, "none" if row.history_type == "-" else row.level or "mapped"))
    return found


def was_seen(chain: list[tuple[str, str]], edit: Written) -> bool:
    """Whether the author wrote over what he or she saw, or the cell was so already."""
    who, _course, _ability, known, wanted = edit
    return any(before[1] == known and after == (who, wanted) for before, after in pairwise(chain)) or any(
        level == wanted for _who, level in chain
    )


def test_two_browsers_in_one_matrix_lose_nothing(new_context, page, live_server, universe):
    """An edit is stored over what its author saw, or it is refused to its author; 503 is sent again by the page."""
    drawn = Random(2026)
    other = new_context().new_page()  # closed with the test, so that it writes into no other one
    people = {"faculty": page, "director": other}
    accepted: list[Written] = []
    statuses: Counter[int] = Counter()

    def listen(who: str, response: Any) -> None:
        if response.request.method != "POST" or "/matrix/" not in response.url:
            return
        statuses[response.status] += 1
        if response.status == 200:
            accepted.append(written_by(who, response.request.post_data))

    for who, theirs in people.items():
        open_matrix(theirs, live_server.url, universe, who)
        theirs.on("response", partial(listen, who))
    for _turn in range(EDITS):
        for theirs in people.values():
            work(theirs, drawn)
    for theirs in people.values():
        until_saved(theirs)
    saved = [theirs.locator(".mx-cell.waiting").count() for theirs in people.values()]
    one, two = (texts(theirs) for theirs in reloaded(people))
    for theirs in people.values():
        theirs.goto("about:blank")  # nothing is sent any more when the tables are emptied
    assert saved == [0, 0]
    assert set(statuses) <= {200, 409, 503}, statuses
    assert statuses[200] > EDITS // 2
    found = chains()
    lost = [edit for edit in accepted if not was_seen(found[edit[1], edit[2]], edit)]
    assert not lost
    writes = Counter((who, level) for chain in found.values() for who, level in chain[1:])
    assert all(sum(1 for edit in accepted if (edit[0], edit[4]) == key) >= number for key, number in writes.items())
    assert one == two


def until_saved(page: Page) -> None:
    """What the shared database in memory refused is sent again at once, and not when the page has waited for long."""
    for _try in range(240):
        if not page.locator(".mx-cell.waiting").count():
            return
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(250)


def reloaded(people: dict[str, Page]) -> list[Page]:
    for theirs in people.values():
        theirs.reload()
        expect(theirs.get_by_role("grid")).to_be_visible()
    return list(people.values())


def texts(page: Page) -> list[str]:
    return page.locator(".mx-cell").all_inner_texts()
