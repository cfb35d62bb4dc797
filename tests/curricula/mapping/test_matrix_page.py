"""The matrix: who reads it, who writes a cell, what is refused, and that nothing is lost or changed twice."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from curricula.mapping.actions import Cell, CellChanged, CellRefused, set_cell
from curricula.mapping.matrix_wording import WORDS
from curricula.models import Curriculum, Mapping
from curricula.rater_codes import rater_code
from tests.queries import queries_of
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def payload(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="matrix-data" type="application/json">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


def matrix(client: Client, curriculum: Curriculum, query: str = "") -> dict[str, Any]:
    return payload(client.get(curriculum.page("matrix") + query).content.decode())


def post(client: Client, universe: Universe, *, course: str = "C1", ability: str = "MK.1", **fields: Any) -> Any:
    stated = {"course": universe.course(course).pk, "ability": universe.ability(ability).pk, "level": "D"}
    return client.post(universe.curriculum.page("matrix-cell"), stated | fields, headers=JSON)


@pytest.fixture
def mapped(universe: Universe) -> Universe:
    """C1 serves MK.1 with all of its hours, C2 serves MK.2; C3 is not mapped."""
    add_courses(universe.curriculum, 2)
    add_courses(universe.curriculum, 1, mapped=False)
    return universe


def cells(universe: Universe) -> list[tuple[str, str, str, float | None, str]]:
    rows = Mapping.objects.order_by("course__code", "ability__code", "rater")
    return list(rows.values_list("course__code", "ability__code", "level", "share", "rater"))


# Reading


def test_courses_are_rows_and_leaf_abilities_columns_side_by_side_with_their_area(mapped, as_user):
    shown = matrix(as_user(mapped.viewer), mapped.curriculum)
    assert [course["code"] for course in shown["courses"]] == ["C1", "C2", "C3"]
    assert [(a["area"], a["code"]) for a in shown["abilities"]] == [
        ("Marketing", "MK.1"),
        ("Marketing", "MK.2"),
        ("Data", "DA.1"),
        ("Data", "DA.2"),
    ]
    assert [(c["level"], c["share"], c["state"]) for c in shown["cells"]] == [("D", 100, "accepted")] * 2


def test_only_cells_that_hold_something_are_sent(mapped, as_user):
    assert len(matrix(as_user(mapped.viewer), mapped.curriculum)["cells"]) == 2


def test_unmapped_rows_and_columns_are_counted_in_words(mapped, as_user):
    page = as_user(mapped.viewer).get(mapped.curriculum.page("matrix")).content.decode()
    assert "1 of 3 courses and 2 of 4 abilities unmapped" in page


def test_without_the_script_the_mapped_cells_are_a_plain_table(mapped, as_user):
    page = as_user(mapped.viewer).get(mapped.curriculum.page("matrix")).content.decode()
    table = page[page.index('<div id="matrix-box"') : page.index("</table>")]
    assert re.findall(r"(C\d) Course", table) == ["C1", "C2"]


def test_a_viewer_gets_a_grid_that_is_read_only(mapped, as_user):
    client = as_user(mapped.viewer)
    assert matrix(client, mapped.curriculum)["editable"] is False
    assert 'name="level" autocomplete="off" disabled' in client.get(mapped.curriculum.page("matrix")).content.decode()


def test_faculty_and_those_above_get_a_grid_that_can_be_edited(mapped, as_user):
    for user in (mapped.faculty, mapped.director, mapped.administrator):
        assert matrix(as_user(user), mapped.curriculum)["editable"] is True


def test_titles_come_in_the_readers_language(mapped, as_user):
    client = as_user(mapped.viewer)
    client.cookies["django_language"] = "zh-hans"
    shown = matrix(client, mapped.curriculum)
    assert (shown["courses"][0]["title"], shown["abilities"][0]["title"]) == ("课程1", "搜索广告")


def test_no_script_can_be_smuggled_in_by_a_title(mapped, as_user):
    mapped.course("C1").__class__.objects.update(title_en="</script><script>alert(1)</script>")
    page = as_user(mapped.viewer).get(mapped.curriculum.page("matrix")).content.decode()
    assert "<script>alert" not in page


def test_a_plan_without_courses_asks_for_them(universe, as_user):
    page = as_user(universe.director).get(universe.curriculum.page("matrix")).content.decode()
    assert "Import a teaching plan" in page
    assert "matrix-data" not in page


def test_the_number_of_queries_does_not_grow_with_the_rows(universe, as_user):
    client = as_user(universe.faculty)
    counts = []
    for added in (1, 2):
        add_courses(universe.curriculum, added)
        client.get(universe.curriculum.page("matrix"))
        counts.append(queries_of(client.get, universe.curriculum.page("matrix")))
    assert counts[0] == counts[1]


def test_the_script_says_only_what_the_server_translates_and_all_of_it():
    scripts = "".join(path.read_text() for path in (settings.BASE_DIR / "static" / "matrix").glob("*.js"))
    said = set(re.findall(r"words\.(\w+)", scripts))
    by_name = {f"level_{level}" for level in ("I", "D", "A", "mapped")} | {"proposed", "disputed"}
    by_name |= {"saved", "saving", "offline", "trouble", "signed_out"}
    assert said | by_name == set(WORDS)


# Who may write


def test_a_course_of_another_curriculum_cannot_be_written_through_this_one(mapped, as_user):
    other = Curriculum.objects.create(program=mapped.curriculum.program, year=2020, framework=mapped.framework)
    (foreign,) = add_courses(other, 1, mapped=False)
    response = as_user(mapped.faculty).post(
        mapped.curriculum.page("matrix-cell"),
        {"course": foreign.pk, "ability": mapped.ability("MK.1").pk, "level": "D"},
        headers=JSON,
    )
    assert response.status_code == 422
    assert not foreign.mappings.exists()


def test_an_area_is_no_column_to_map_to(mapped, as_user):
    assert post(as_user(mapped.faculty), mapped, course="C3", ability="MK").status_code == 422
    assert not mapped.course("C3").mappings.exists()


# Writing


def test_a_letter_and_a_share_are_written(mapped, as_user):
    response = post(as_user(mapped.faculty), mapped, course="C3", level="A", share="40")
    assert response.json() == {
        "cell": {"level": "A", "share": 40, "provenance": "declared", "evidence": ""},
        "given": {str(mapped.ability("MK.1").pk): 40},
    }
    assert ("C3", "MK.1", "A", 0.4, "") in cells(mapped)


def test_open_shares_are_given_by_strength_and_writing_leaves_the_strength_as_it_is(mapped, as_user):
    client, course = as_user(mapped.faculty), mapped.course("C3")
    for code, strength in (("MK.1", "H"), ("MK.2", "L")):
        Mapping.objects.create(course=course, ability=mapped.ability(code), strength=strength)
    shown = matrix(client, mapped.curriculum)["cells"]
    assert [(c["strength"], c["given"]) for c in shown if c["course"] == course.pk] == [("H", 75), ("L", 25)]
    answer = post(client, mapped, course="C3", ability="MK.2", level="D").json()
    assert answer["given"] == {str(mapped.ability(code).pk): given for code, given in (("MK.1", 75), ("MK.2", 25))}


def test_a_cell_can_be_mapped_without_a_level_or_a_share(mapped, as_user):
    post(as_user(mapped.faculty), mapped, course="C3", level="mapped", share="")
    assert ("C3", "MK.1", "", None, "") in cells(mapped)


def test_a_cell_can_be_emptied(mapped, as_user):
    assert post(as_user(mapped.faculty), mapped, level="none").json() == {"cell": None, "given": {}}
    assert cells(mapped) == [("C2", "MK.2", "D", 1, "")]


def test_writing_the_same_again_changes_nothing_and_leaves_no_trace(mapped, as_user):
    client = as_user(mapped.faculty)
    post(client, mapped, course="C3", share="33.3")
    changed, traces = Curriculum.objects.get().changed, Mapping.history.count()
    assert post(client, mapped, course="C3", share="33.3").status_code == 200
    assert (Curriculum.objects.get().changed, Mapping.history.count()) == (changed, traces)


def test_a_change_marks_the_curriculum_as_changed_and_names_who_made_it(mapped, as_user):
    before = Curriculum.objects.get().changed
    post(as_user(mapped.faculty), mapped, course="C3")
    assert Curriculum.objects.get().changed > before
    assert Mapping.history.latest().history_user == mapped.faculty


def test_shares_above_the_whole_course_are_refused_with_what_to_do(mapped, as_user):
    response = post(as_user(mapped.faculty), mapped, ability="MK.2", share="20")
    assert response.status_code == 422
    assert response.json() == {
        "message": "The shares of this course would add up to 120 %: lower another first.",
        "cell": None,
    }
    assert cells(mapped) == [("C1", "MK.1", "D", 1, ""), ("C2", "MK.2", "D", 1, "")]


def test_thirds_fit_into_a_course(mapped):
    course = mapped.course("C3")
    for code in ("MK.1", "MK.2", "DA.1"):
        set_cell(mapped.curriculum, course=course, ability=mapped.ability(code), cell=Cell(share=0.333333333 + 1e-10))
    with pytest.raises(CellRefused):
        set_cell(mapped.curriculum, course=course, ability=mapped.ability("DA.2"), cell=Cell(share=0.001))


@pytest.mark.parametrize("share", ["-1", "101", "nan", "inf", "much"])
def test_a_share_is_a_number_from_0_to_100(mapped, as_user, share):
    response = post(as_user(mapped.faculty), mapped, course="C3", share=share)
    assert response.status_code == 422
    assert response.json()["message"]
    assert not mapped.course("C3").mappings.exists()


def test_an_unknown_level_is_refused(mapped, as_user):
    assert post(as_user(mapped.faculty), mapped, course="C3", level="Z").status_code == 422
    assert not mapped.course("C3").mappings.exists()


def test_a_cell_that_somebody_changed_meanwhile_is_not_overwritten(mapped, as_user):
    client = as_user(mapped.faculty)
    seen = {"level": "D", "share": 100, "provenance": "declared", "evidence": ""}
    post(as_user(mapped.director), mapped, level="I", share="50")
    response = post(client, mapped, level="A", share="100", known=json.dumps(seen))
    assert response.status_code == 409
    assert response.json()["cell"] == {"level": "I", "share": 50, "provenance": "declared", "evidence": ""}
    assert ("C1", "MK.1", "I", 0.5, "") in cells(mapped)


def test_a_change_that_arrived_but_whose_answer_was_lost_can_be_sent_again(mapped, as_user):
    client = as_user(mapped.faculty)
    for _attempt in range(2):
        assert post(client, mapped, course="C3", level="I", known="null").status_code == 200
    assert ("C3", "MK.1", "I", None, "") in cells(mapped)


def test_undoing_puts_back_what_stood_there(mapped, as_user):
    client = as_user(mapped.faculty)
    before: dict[str, Any] = {"level": "D", "share": 100, "provenance": "declared", "evidence": ""}
    after: dict[str, Any] = {"level": "A", "share": 60, "provenance": "declared", "evidence": "syllabus 3"}
    post(client, mapped, **after, known=json.dumps(before))
    assert post(client, mapped, **before, known=json.dumps(after)).status_code == 200
    assert ("C1", "MK.1", "D", 1, "") in cells(mapped)


@pytest.mark.parametrize(
    "known", ["{", '"D"', '{"share": "much"}', "[1]", "[" * 100_000, '{"share": 1' + "0" * 400 + "}", '{"share": NaN}']
)
def test_what_the_page_last_showed_must_make_sense(mapped, as_user, known):
    assert post(as_user(mapped.faculty), mapped, level="A", known=known).status_code == 422
    assert ("C1", "MK.1", "D", 1, "") in cells(mapped)


def test_setting_a_proposed_cell_accepts_it(mapped):
    Mapping.objects.filter(course__code="C1").update(state=Mapping.State.PROPOSED)
    place = {"course": mapped.course("C1"), "ability": mapped.ability("MK.1")}
    assert set_cell(mapped.curriculum, **place, cell=Cell("D", 1))
    assert Mapping.objects.get(course__code="C1").state == Mapping.State.ACCEPTED


def test_the_writer_refuses_by_raising(mapped):
    place = {"course": mapped.course("C1"), "ability": mapped.ability("MK.1")}
    with pytest.raises(CellChanged) as changed:
        set_cell(mapped.curriculum, **place, cell=Cell("A"), known=None)
    assert changed.value.current == Cell("D", 1)


# Raters


def test_a_raters_rows_are_kept_beside_the_plan(mapped, as_user):
    post(as_user(mapped.faculty), mapped, level="I", share="100", rater="R1")
    assert cells(mapped)[:2] == [("C1", "MK.1", "D", 1, ""), ("C1", "MK.1", "I", 1, "R1")]


def test_a_rater_sees_neither_the_plan_nor_the_other_raters(mapped, as_user):
    client = as_user(mapped.faculty)
    for rater in ("R1", "R2"):
        post(client, mapped, level="I", rater=rater)
    shown = matrix(client, mapped.curriculum, "?as=R1")
    assert [cell["rater"] for cell in shown["cells"]] == ["R1"]
    assert shown["others"] == []


def test_the_plan_shows_the_raters_rows_beside_it(mapped, as_user):
    client = as_user(mapped.faculty)
    post(client, mapped, level="I", rater="R1")
    assert [(cell["rater"], cell["level"]) for cell in matrix(client, mapped.curriculum)["others"]] == [("R1", "I")]


def test_the_next_free_rater_code_is_offered(mapped, as_user):
    client = as_user(mapped.faculty)
    post(client, mapped, level="I", rater="R1")
    page = client.get(mapped.curriculum.page("matrix")).content.decode()
    assert re.findall(r'<option value="(R\d)"', page) == ["R1", "R2"]


@pytest.mark.parametrize("rater", ["Prof. Wang Li", "王丽", "x" * 21, "<b>"])
def test_a_rater_is_a_code_and_never_a_name(mapped, as_user, rater):
    assert post(as_user(mapped.faculty), mapped, rater=rater).status_code == 200
    stored = Mapping.objects.exclude(rater="").values_list("rater", flat=True)
    assert list(stored) == [rater_code(mapped.school, rater)]
    assert re.fullmatch(r"r-[a-z2-7]{8}", stored[0], re.IGNORECASE)


# Approved


def test_an_approved_plan_is_never_edited(mapped, as_user):
    before = cells(mapped)
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    client = as_user(mapped.director)
    assert matrix(client, mapped.curriculum)["editable"] is False
    assert "Make next version" in client.get(mapped.curriculum.page("matrix")).content.decode()
    response = post(client, mapped, course="C3")
    assert response.status_code == 422
    assert "approved" in response.json()["message"]
    assert cells(mapped) == before


# Without the script


def test_the_plain_form_saves_and_comes_back_to_its_cell(mapped, as_user):
    course, ability = mapped.course("C3"), mapped.ability("DA.1")
    client = as_user(mapped.faculty)
    stated = {"course": course.pk, "ability": ability.pk, "level": "I", "share": "25", "evidence": "week 4"}
    response = client.post(mapped.curriculum.page("matrix-cell"), stated)
    assert response.url == f"{mapped.curriculum.page('matrix')}?course={course.pk}&ability={ability.pk}#cell"
    page = client.get(response.url).content.decode()
    assert "Saved." in page
    assert re.search(r'name="evidence" value="week 4"', page)
    assert re.search(r'<option value="I" selected', page)


def test_the_plain_form_keeps_what_was_typed_when_it_is_refused(mapped, as_user):
    course, ability = mapped.course("C1"), mapped.ability("DA.1")
    stated = {"course": course.pk, "ability": ability.pk, "level": "I", "share": "20", "evidence": "week 4"}
    response = as_user(mapped.faculty).post(mapped.curriculum.page("matrix-cell"), stated)
    page = response.content.decode()
    assert response.status_code == 422
    assert "lower another first" in page
    assert re.search(r'name="evidence" value="week 4"', page)
    assert not Mapping.objects.filter(ability=ability).exists()
