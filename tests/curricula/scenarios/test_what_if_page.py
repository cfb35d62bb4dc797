"""Scenarios on their pages: made and edited by faculty, read by viewers, applied by directors, whole or not at all."""

from __future__ import annotations

import re

import pytest

from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.analysis.scenarios.edits import (
    AddCertificate,
    AddCourse,
    DropCourse,
    JoinCompetition,
    MoveCourse,
    SetHours,
    SetMapping,
    edit_to_json,
)
from curricula.evaluation.scenarios import edits_of
from curricula.models import Course, Curriculum, Mapping, Prerequisite, Scenario
from curricula.scenarios.actions import (
    MOST_EDITS,
    ScenarioClosed,
    add_edits,
    apply_scenario,
    copy_scenario,
    create_scenario,
    move_edit,
    propose_scenario,
    remove_edit,
    undo_last_change,
    withdraw_scenario,
)
from tests.queries import queries_of
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
State = Scenario.State
MORE_PRACTICE = SetHours("C1", {"theory": 16.0, "operation": 32.0})


@pytest.fixture
def plan(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 3)
    add_postings(universe.curriculum, 120)
    return universe


def made(plan: Universe, *edits, title="More practice") -> Scenario:
    return create_scenario(plan.curriculum, title=title, user=plan.faculty, edits=edits)


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_faculty_makes_a_scenario_and_sees_its_effect(plan, as_user):
    client = as_user(plan.faculty)
    answer = client.post(plan.curriculum.page("scenario-new"), {"title": "More practice", "note": ""})
    scenario = Scenario.objects.get()
    assert (scenario.created_by, scenario.state, scenario.edits) == (plan.faculty, State.DRAFT, [])
    assert answer["Location"] == scenario.get_absolute_url()
    sent = {"kind": "set_hours", "course": "C1", "theory": "16", "operation": "32"}
    assert client.post(plan.curriculum.page("scenario-edit", scenario.pk), sent).status_code == 302
    scenario.refresh_from_db()
    assert edits_of(scenario) == (MORE_PRACTICE,)
    page = text_of(client.get(scenario.get_absolute_url()))
    assert "C1 Course 1: Theory 16 h, Operation 32 h" in page
    assert "Operation, h 48 64" in page
    assert plan.course("C1").theory == 32


@pytest.mark.parametrize(
    ("sent", "edit"),
    [
        ({"kind": "drop_course", "course": "C1"}, DropCourse("C1")),
        ({"kind": "move_course", "course": "C1", "term": "4"}, MoveCourse("C1", 4)),
        ({"kind": "move_course", "course": "C1", "term": ""}, MoveCourse("C1", None)),
        ({"kind": "set_hours", "course": "C1", "shown": "C1", "operation": "16"}, SetHours("C1", {"theory": None})),
        (
            {"kind": "set_mapping", "course": "C1", "ability": "MK.1", "level": "A", "share": "50"},
            SetMapping("C1", "MK.1", "A", 0.5),
        ),
        (
            {"kind": "join_competition", "course": "C2", "title": "Cup", "hours": "12"},
            JoinCompetition("C2", "Cup", 12),
        ),
        ({"kind": "add_certificate", "certification": "cert"}, AddCertificate("cert")),
    ],
    ids=lambda value: value.get("kind") if isinstance(value, dict) else "",
)
def test_each_form_makes_its_edit(plan, as_user, sent, edit):
    scenario = made(plan)
    as_user(plan.faculty).post(plan.curriculum.page("scenario-edit", scenario.pk), sent)
    scenario.refresh_from_db()
    assert scenario.edits == [edit_to_json(edit)]


def test_a_new_course_takes_title_and_abilities_of_its_reference_course(plan, as_user):
    scenario = made(plan)
    sent = {"kind": "add_course", "code": "N1", "reference_course": "ads", "credits": "2", "operation": "32"}
    as_user(plan.faculty).post(plan.curriculum.page("scenario-edit", scenario.pk), sent)
    scenario.refresh_from_db()
    (edit,) = edits_of(scenario)
    assert isinstance(edit, AddCourse)
    assert (edit.title, edit.reference_course, [cell.ability for cell in edit.mappings]) == (
        "Advertising",
        "ads",
        ["MK.1"],
    )


def test_what_was_typed_stays_when_the_plan_cannot_take_the_edit(plan, as_user):
    scenario = made(plan)
    sent = {"kind": "add_course", "code": "C1", "title": "A second first course", "credits": "2"}
    answer = as_user(plan.faculty).post(plan.curriculum.page("scenario-edit", scenario.pk), sent)
    assert answer.status_code == 422
    assert "The plan has a course “C1” already" in text_of(answer)
    assert 'value="A second first course"' in answer.content.decode()
    scenario.refresh_from_db()
    assert scenario.edits == []


def test_nothing_is_saved_when_one_of_the_edits_is_impossible(plan):
    scenario = made(plan, MORE_PRACTICE)
    with pytest.raises(RefusedEdit):
        add_edits(scenario, [MoveCourse("C2", 5), DropCourse("absent")])
    with pytest.raises(RefusedEdit):
        add_edits(scenario, [SetHours("C2", {"theory": 50_000})])
    scenario.refresh_from_db()
    assert edits_of(scenario) == (MORE_PRACTICE,)


def test_edits_are_removed_moved_and_undone(plan):
    scenario = made(plan, MORE_PRACTICE, MoveCourse("C2", 5), DropCourse("C3"))
    move_edit(scenario, 2, 0)
    assert edits_of(scenario) == (DropCourse("C3"), MORE_PRACTICE, MoveCourse("C2", 5))
    remove_edit(scenario, 1)
    assert edits_of(scenario) == (DropCourse("C3"), MoveCourse("C2", 5))
    assert undo_last_change(scenario)
    assert edits_of(scenario) == (DropCourse("C3"), MORE_PRACTICE, MoveCourse("C2", 5))
    with pytest.raises(ScenarioClosed):
        remove_edit(scenario, 7)
    assert not undo_last_change(made(plan))


def test_an_edit_that_others_build_on_cannot_be_removed(plan, as_user):
    scenario = made(plan, AddCourse("N1"), MoveCourse("N1", 3))
    sent = {"do": "remove", "place": "0", "seen": scenario.stamp}
    answer = as_user(plan.faculty).post(plan.curriculum.page("scenario-change", scenario.pk), sent, follow=True)
    assert "The plan has no course “N1” at this point." in text_of(answer)
    assert Scenario.objects.get().edits == scenario.edits


def test_an_edit_added_twice_by_two_clicks_is_one_edit(plan, as_user):
    scenario = made(plan)
    client, address = as_user(plan.faculty), plan.curriculum.page("scenario-edit", scenario.pk)
    sent = {"kind": "join_competition", "course": "C1", "title": "Contest", "hours": "4", "seen": scenario.stamp}
    for _click in range(2):
        assert client.post(address, sent).status_code == 302
    scenario.refresh_from_db()
    once = len(scenario.edits)
    client.post(address, {**sent, "seen": scenario.stamp})  # once more, but after having seen the first
    scenario.refresh_from_db()
    assert [len(scenario.edits) - once, scenario.edits[-1] == scenario.edits[-2]] == [1, True]


@pytest.mark.parametrize("do", ["remove", "earlier", "later", "undo"])
def test_what_is_posted_twice_is_done_once(plan, as_user, do):
    scenario = made(plan, MORE_PRACTICE, MoveCourse("C2", 5), DropCourse("C3"))
    add_edits(scenario, [MoveCourse("C1", 4)])
    client, address = as_user(plan.faculty), plan.curriculum.page("scenario-change", scenario.pk)
    shown = client.get(scenario.get_absolute_url()).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen is not None
    sent = {"do": do, "place": "1", "seen": seen[1]}
    client.post(address, sent)
    once = Scenario.objects.get().edits
    assert once != scenario.edits
    answer = client.post(address, sent, follow=True)
    assert "The scenario was changed in the meantime" in text_of(answer)
    assert Scenario.objects.get().edits == once


def test_undoing_is_offered_where_there_is_something_to_undo(plan, as_user):
    scenario, client = made(plan, MORE_PRACTICE), as_user(plan.faculty)
    assert "Undo the last change" not in text_of(client.get(scenario.get_absolute_url()))
    add_edits(scenario, [DropCourse("C3")])
    assert "Undo the last change" in text_of(client.get(scenario.get_absolute_url()))


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "²", "-1"])
def test_a_number_that_is_no_key_finds_nothing(plan, as_user, number):
    scenario, client = made(plan, MORE_PRACTICE), as_user(plan.faculty)
    assert client.get(plan.curriculum.page("scenario-compare"), {"s": [number, scenario.pk]}).status_code == 200
    sent = {"do": "remove", "place": number, "seen": scenario.stamp}
    answer = client.post(plan.curriculum.page("scenario-change", scenario.pk), sent, follow=True)
    assert "This edit is not in the scenario any more." in text_of(answer)
    assert client.get("/compare/", {"c": f"north/sales/{number}"}).status_code == 404


def test_a_proposal_stands_still_and_a_copy_goes_on(plan):
    scenario = made(plan, MORE_PRACTICE)
    propose_scenario(scenario)
    with pytest.raises(ScenarioClosed, match="proposed"):
        add_edits(scenario, [DropCourse("C3")])
    copy = copy_scenario(scenario, curriculum=plan.curriculum, title="Again", user=plan.director)
    assert (copy.state, edits_of(copy)) == (State.DRAFT, (MORE_PRACTICE,))
    withdraw_scenario(scenario)
    assert scenario.state == State.WITHDRAWN
    with pytest.raises(ScenarioClosed):
        apply_scenario(scenario)


def test_a_scenario_is_made_with_no_more_edits_than_it_may_come_to_hold(plan):
    with pytest.raises(ScenarioClosed, match="at most 200 edits"):
        made(plan, *[MORE_PRACTICE] * (MOST_EDITS + 1))
    assert not Scenario.objects.exists()


def test_a_title_is_cut_to_what_its_field_holds(plan):
    assert made(plan, MORE_PRACTICE, title="t" * 300).title == "t" * 200


def test_a_course_over_several_terms_is_moved_with_its_end_and_its_credits_are_spread(plan, as_user):
    Course.objects.filter(code="C1").update(term_last=2)
    plan.curriculum.save()
    scenario = made(plan, MoveCourse("C1", 2))
    propose_scenario(scenario)
    client = as_user(plan.director)
    for address in (scenario.get_absolute_url(), plan.curriculum.page("scenario-proposal", scenario.pk)):
        page = text_of(client.get(address))
        assert "Move C1 Course 1 to terms 2–3" in page
        assert "The credits of a course over several terms are spread evenly over them." in page
        assert "2 4.5 4.5" in page
    assert "Move C1 Course 1 to terms 2–3" in text_of(client.post(plan.curriculum.page("scenario-apply", scenario.pk)))


def test_a_course_that_would_end_after_the_plan_is_refused_in_words(plan, as_user):
    Course.objects.filter(code="C1").update(term_last=2)
    plan.curriculum.save()
    sent = {"kind": "move_course", "course": "C1", "term": "3"}
    answer = as_user(plan.faculty).post(plan.curriculum.page("scenario-edit", made(plan).pk), sent)
    assert answer.status_code == 422
    assert "it can begin in term 2 at the latest" in text_of(answer)


def test_nothing_is_no_proposal(plan):
    with pytest.raises(ScenarioClosed, match="without edits"):
        propose_scenario(made(plan))


def test_a_director_applies_a_proposal_as_the_next_version(plan, as_user):
    scenario = made(plan, MORE_PRACTICE, AddCertificate("cert"), JoinCompetition("C2", "Cup", 8))
    propose_scenario(scenario)
    page = plan.curriculum.page("scenario-apply", scenario.pk)
    assert as_user(plan.faculty).post(page, {"confirmed": "1"}).status_code == 403
    assert "Apply “More practice” as a new version?" in text_of(as_user(plan.director).post(page))
    assert Curriculum.objects.count() == 1
    answer = as_user(plan.director).post(page, {"confirmed": "1"})
    scenario.refresh_from_db()
    new = Curriculum.objects.get(version=2)
    assert answer["Location"] == new.get_absolute_url()
    assert (scenario.state, scenario.applied_as, new.state) == (State.APPLIED, new, "draft")
    assert (new.courses.get(code="C1").theory, plan.course("C1").theory) == (16, 32)
    assert [certificate.code for certificate in new.certifications.all()] == ["cert"]
    assert (new.courses.get(code="C2").operation, new.courses.get(code="C2").note) == (24, "Cup")


def test_applying_is_whole_or_nothing(plan, monkeypatch):
    scenario = made(plan, MORE_PRACTICE, DropCourse("C3"))
    propose_scenario(scenario)
    monkeypatch.setattr(Course, "delete", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        apply_scenario(scenario)
    scenario.refresh_from_db()
    assert (Curriculum.objects.count(), Course.objects.count(), Mapping.objects.count()) == (1, 3, 3)
    assert scenario.state == State.PROPOSED


def test_a_plan_that_changed_meanwhile_takes_nothing_and_says_which_edit(plan, as_user):
    scenario = made(plan, MORE_PRACTICE, DropCourse("C3"))
    propose_scenario(scenario)
    Course.objects.get(code="C3").delete()
    Curriculum.objects.get().save()
    plan.curriculum.refresh_from_db()
    scenario = Scenario.objects.get()
    with pytest.raises(RefusedEdit):
        apply_scenario(scenario)
    assert Curriculum.objects.count() == 1
    page = text_of(as_user(plan.viewer).get(scenario.get_absolute_url()))
    assert "The plan has no course “C3” at this point." in page
    assert "No effect can be told" in page


def test_a_scenario_for_an_earlier_version_is_copied_before_it_is_applied(plan, as_user):
    first, second = made(plan, MORE_PRACTICE), made(plan, DropCourse("C3"), title="Less")
    for each in (first, second):
        propose_scenario(each)
    new = apply_scenario(first)
    with pytest.raises(ScenarioClosed, match="newer version"):
        apply_scenario(second)
    page = text_of(as_user(plan.faculty).get(second.get_absolute_url()))
    assert "Made for version 1" in page
    as_user(plan.faculty).post(plan.curriculum.page("scenario-change", second.pk), {"do": "copy"})
    copy = Scenario.objects.latest("pk")
    assert (copy.title, copy.curriculum) == ("Copy of Less", new)


def test_broken_prerequisites_and_overfull_terms_are_told(plan, as_user):
    Prerequisite.objects.create(course=plan.course("C2"), requires=plan.course("C1"))
    scenario = made(plan, MoveCourse("C1", 2), MoveCourse("C3", 2))
    page = text_of(as_user(plan.viewer).get(scenario.get_absolute_url() + "?credits=8"))
    assert "C2 Course 2 (term 2) requires C1 Course 1, which comes in term 2. new" in page
    assert "2 3 9 above 8" in page


def test_scenarios_stand_side_by_side_with_today(plan, as_user):
    one, two = made(plan, MORE_PRACTICE, title="One"), made(plan, DropCourse("C3"), title="Two")
    answer = as_user(plan.viewer).get(plan.curriculum.page("scenario-compare"), {"s": [one.pk, two.pk]})
    page = text_of(answer)
    assert "Today One Two" in page
    assert "Credits 9 9 6" in page
    assert "Theory, h 96 80 64" in page


def test_an_index_that_no_scenario_has_says_why_beside_the_table(universe, as_user):
    add_courses(universe.curriculum, 3)  # and no postings
    scenario = made(universe, DropCourse("C3"))
    page = text_of(as_user(universe.viewer).get(universe.curriculum.page("scenario-compare"), {"s": [scenario.pk]}))
    assert "Theory and demand – –" in page
    assert "Theory and demand: Demand is unknown: there are no postings." in page


def test_a_scenario_left_out_of_the_comparison_says_why(plan, as_user):
    applied, stale = made(plan, DropCourse("C3"), title="Less"), made(plan, DropCourse("C3"), title="Old")
    propose_scenario(applied)
    new = apply_scenario(applied)
    answer = as_user(plan.viewer).get(new.page("scenario-compare"), {"s": [applied.pk, stale.pk]})
    page = text_of(answer)
    assert "“Less” is left out. It was applied as version 2." in page
    assert "The present version cannot take edit 1: The plan has no course “C3” at this point." in page


def test_the_list_asks_as_often_for_three_scenarios_as_for_one(plan, as_user):
    client = as_user(plan.viewer)
    counts = []
    for number in (1, 2):
        for _again in range(number):
            made(plan, MORE_PRACTICE)
        counts.append(queries_of(client.get, plan.curriculum.page("scenarios")))
    assert counts[0] == counts[1]


def test_the_editor_asks_as_often_for_three_edits_as_for_one(plan, as_user):
    client, scenario = as_user(plan.faculty), made(plan, MORE_PRACTICE)
    client.get(scenario.get_absolute_url())
    counts = []
    for added in ((), (MoveCourse("C2", 4), MoveCourse("C3", 5))):
        add_edits(scenario, added) if added else None
        counts.append(queries_of(client.get, scenario.get_absolute_url()))
    assert counts[0] == counts[1]
    assert counts[0] < 40


def test_a_viewer_reads_but_has_no_buttons(plan, as_user):
    scenario = made(plan, MORE_PRACTICE)
    page = as_user(plan.viewer).get(scenario.get_absolute_url()).content.decode()
    assert "Add the edit" not in page
    assert 'name="do"' not in page


def test_a_scenario_of_another_plan_is_not_found(plan, as_user):
    scenario = made(plan)
    other = Curriculum.objects.create(program=plan.curriculum.program, year=2027, framework=plan.framework)
    assert as_user(plan.director).get(other.page("scenario", scenario.pk)).status_code == 404
