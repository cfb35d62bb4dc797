"""Many cells in one request: all or none, and nobody's work is written over unseen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from competencies.models import Ability
from curricula.models import Lecturer, Mapping
from tests.queries import queries_of
from tests.universe import Universe, add_courses, make_universe

pytestmark = pytest.mark.django_db


@pytest.fixture
def universe(db: None) -> Universe:
    universe = make_universe()
    add_courses(universe.curriculum, 4, mapped=False)
    return universe


def edit(universe: Universe, course: str, ability: str, cell: Any = "D", known: Any = None) -> dict[str, Any]:
    wanted = {"level": cell, "share": None} if isinstance(cell, str) else cell
    place = {"course": universe.course(course).pk, "ability": universe.ability(ability).pk}
    return place | {"cell": wanted, "known": known}


def send(client, universe: Universe, *edits: Any, rater: str = ""):
    body = {"block": json.dumps({"edits": edits}), "rater": rater}
    return client.post(universe.curriculum.page("matrix-cells"), body, headers={"accept": "application/json"})


def held() -> dict[tuple[str, str], tuple[str, float | None, str]]:
    rows = Mapping.objects.values_list("course__code", "ability__code", "level", "share", "strength")
    return {(course, ability): tuple(rest) for course, ability, *rest in rows}


def test_a_block_is_written_changed_and_emptied_with_its_history(universe, as_user):
    client = as_user(universe.faculty)
    strong = {"level": "mapped", "share": 40.0, "strength": "H"}
    answer = send(client, universe, edit(universe, "C1", "MK.1"), edit(universe, "C2", "DA.1", strong))
    assert answer.status_code == 200
    assert held() == {("C1", "MK.1"): ("D", None, ""), ("C2", "DA.1"): ("", 0.4, "H")}
    assert answer.json()["given"][str(universe.course("C2").pk)] == {str(universe.ability("DA.1").pk): 40.0}
    before = {"level": "D", "share": None}
    again = send(
        client, universe, edit(universe, "C1", "MK.1", None, before), edit(universe, "C2", "DA.1", "A", strong)
    )
    assert again.status_code == 200
    assert held() == {("C2", "DA.1"): ("A", None, "")}
    kinds = Mapping.history.order_by("history_id").values_list("history_type", "history_user__username")
    assert sorted(kinds) == [("+", "faculty"), ("+", "faculty"), ("-", "faculty"), ("~", "faculty")]


def test_where_others_wrote_meanwhile_nothing_is_saved_and_their_cells_come_back(universe, as_user):
    Mapping.objects.create(course=universe.course("C1"), ability=universe.ability("MK.1"), level="A", strength="L")
    answer = send(
        as_user(universe.director), universe, edit(universe, "C1", "MK.1"), edit(universe, "C2", "MK.1", "I")
    )
    assert answer.status_code == 409
    theirs = {"level": "A", "share": None, "provenance": "declared", "evidence": "", "strength": "L"}
    [changed] = answer.json()["changed"]
    assert changed["cell"] == theirs | {"state": "accepted"}
    assert held() == {("C1", "MK.1"): ("A", None, "L")}
    chosen = send(as_user(universe.director), universe, edit(universe, "C1", "MK.1", "D", theirs))
    assert chosen.status_code == 200
    assert held() == {("C1", "MK.1"): ("D", None, "")}


def test_a_strength_that_somebody_else_changed_meanwhile_is_not_written_over_unseen(universe, as_user):
    client = as_user(universe.faculty)
    seen = {"level": "mapped", "share": None, "strength": "H"}
    row = Mapping.objects.create(
        course=universe.course("C1"), ability=universe.ability("MK.1"), level="", strength="L"
    )
    change = edit(universe, "C1", "MK.1", seen | {"share": 40.0}, seen)
    assert send(client, universe, change).status_code == 409
    assert held() == {("C1", "MK.1"): ("", None, "L")}
    Mapping.objects.filter(pk=row.pk).update(strength="H")
    assert send(client, universe, change).status_code == 200
    assert held() == {("C1", "MK.1"): ("", 0.4, "H")}


def test_a_course_that_would_give_more_than_all_of_its_hours_refuses_the_whole_block(universe, as_user):
    much = {"level": "D", "share": 60}
    answer = send(
        as_user(universe.director),
        universe,
        edit(universe, "C3", "MK.1"),
        edit(universe, "C1", "MK.1", much),
        edit(universe, "C1", "MK.2", much),
    )
    assert answer.status_code == 422
    assert "The shares of C1 would add up to 120 %" in answer.json()["message"]
    assert not held()


def test_faculty_who_map_their_own_courses_paste_into_no_others(universe, as_user):
    universe.school.faculty_map_all = False
    universe.school.save()
    mine = universe.course("C1")
    mine.lecturers = ["Li Wei"]
    mine.save()
    member = universe.faculty.memberships.get()
    Lecturer.objects.create(school=universe.school, name="Li Wei", membership=member)
    client = as_user(universe.faculty)
    answer = send(client, universe, edit(universe, "C1", "MK.1"), edit(universe, "C2", "MK.1"))
    assert answer.status_code == 422
    assert "these are mapped by others: C2" in answer.json()["message"]
    assert not held()
    assert send(client, universe, edit(universe, "C1", "MK.1")).status_code == 200


def test_cells_of_other_plans_and_what_is_no_block_are_refused(universe, as_user):
    client = as_user(universe.director)
    one = edit(universe, "C1", "MK.1")
    area = Ability.objects.get(code="MK")
    for edits in (
        [one | {"course": 999_999}],
        [one | {"ability": area.pk}],
        [one | {"ability": 2**70}],
        [one, one],
        [],
        [one | {"cell": {"level": "Z"}}],
        [one | {"cell": {"level": "D", "share": 101}}],
        [one | {"cell": {"level": "D", "share": "NaN"}}],
        ["nothing"],
    ):
        assert send(client, universe, *edits).status_code == 422, edits
    for text in ("", "[", "[" * 100_000, "null", "{}", '{"edits": 1}'):
        assert client.post(universe.curriculum.page("matrix-cells"), {"block": text}).status_code == 422
    assert send(client, universe, one, rater="Li Wei").status_code == 422
    assert not held()


def test_a_rater_pastes_into_the_own_rows(universe, as_user):
    assert send(as_user(universe.faculty), universe, edit(universe, "C1", "MK.1"), rater="R1").status_code == 200
    assert list(Mapping.objects.values_list("rater", flat=True)) == ["R1"]


def test_60_by_20_cells_cost_as_many_queries_as_two_and_come_back_in_one_step(universe, as_user):
    plan = universe.curriculum
    add_courses(plan, 56, mapped=False)
    area = Ability.objects.get(code="MK")
    Ability.objects.bulk_create(
        Ability(framework=universe.framework, parent=area, code=f"X.{n}", title_en=f"X {n}", order=50 + n)
        for n in range(20)
    )
    courses = list(plan.courses.values_list("pk", flat=True))
    abilities = list(Ability.objects.filter(code__startswith="X.").values_list("pk", flat=True))
    cell = {"level": "D", "share": None}
    block = [{"course": c, "ability": a, "cell": cell, "known": None} for c in courses for a in abilities]
    assert len(block) == 1_200
    client = as_user(universe.director)
    send(client, universe, *[dict(each, cell=None) for each in block[:2]])

    def queries(*edits: Any) -> int:
        return queries_of(send, client, universe, *edits)

    few = queries(*block[:2])
    many = queries(*block[2:])
    assert Mapping.objects.count() == 1_200
    assert many - few < 60, "rows go in batches"
    back = [each | {"cell": None, "known": cell} for each in block]
    assert send(client, universe, *back).status_code == 200
    assert not Mapping.objects.exists()


def test_the_effect_on_the_gaps_is_that_of_the_mapping_as_it_stands(universe, as_user):
    plan = universe.curriculum
    plan.prepares_for.set(universe.framework.positions.all())
    plan.signed_off = True
    plan.save()
    client = as_user(universe.director)
    assert client.get(plan.page("matrix-effect")).json() == {"gaps": None, "sentence": ""}
    send(client, universe, edit(universe, "C1", "MK.1"))
    first = client.get(plan.page("matrix-effect")).json()
    send(client, universe, edit(universe, "C2", "MK.2"), edit(universe, "C3", "DA.1"))
    then = client.get(plan.page("matrix-effect")).json()
    assert (first["gaps"], then["gaps"]) == (2, 0)
    assert first["sentence"] != then["sentence"]
