"""Recommendations, the solver and the proposal: from each of them into a scenario, and from there onto paper."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from curricula.analysis.scenarios.edits import DropCourse, MoveCourse, SetHours, edit_from_json
from curricula.evaluation.scenarios import edits_of
from curricula.models import Mapping, Prerequisite, Scenario
from curricula.scenarios.actions import create_scenario, propose_scenario
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
MORE_PRACTICE = SetHours("C1", {"theory": 16.0, "operation": 32.0})


@pytest.fixture
def plan(universe: Universe) -> Universe:
    """MK.1 is lectured on only, and asked for by every posting; MK.2 is in nobody's course."""
    add_courses(universe.curriculum, 3)
    Mapping.objects.filter(course__code="C2").delete()
    universe.curriculum.courses.filter(code="C1").update(operation=0)
    universe.curriculum.signed_off = True
    universe.curriculum.save()
    add_postings(universe.curriculum, 120)
    return universe


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_each_recommendation_names_its_courses_and_its_edits(plan, as_user):
    page = text_of(as_user(plan.viewer).get(plan.curriculum.page("advice")))
    assert "Strengthen: Search advertising" in page
    assert "C1 Course 1 100.0 % +16.7 3 0 0" in page  # 16 of 80 + 16 hours
    assert "C1 Course 1: Theory 16 h, Operation 16 h" in page
    assert "Add to a scenario" not in page


def test_a_recommendation_goes_into_a_new_scenario_or_a_chosen_one(plan, as_user):
    client = as_user(plan.faculty)
    client.post(plan.curriculum.page("advice-add"), {"ability": "MK.1"})
    made = Scenario.objects.get()
    assert (made.title, edits_of(made)) == (
        "Search advertising",
        (SetHours("C1", {"theory": 16.0, "operation": 16.0}),),
    )
    chosen = create_scenario(plan.curriculum, title="All", user=plan.faculty, edits=[MoveCourse("C1", 3)])
    client.post(plan.curriculum.page("advice-add"), {"ability": "MK.1", "scenario": chosen.pk})
    chosen.refresh_from_db()
    assert len(chosen.edits) == 2
    assert client.post(plan.curriculum.page("advice-add"), {"ability": "nothing"}).status_code == 404


def test_a_scenario_that_the_plan_cannot_take_any_more_is_refused_in_words(plan, as_user):
    stale = create_scenario(plan.curriculum, title="Stale", user=plan.faculty, edits=[MoveCourse("C2", 3)])
    plan.course("C2").delete()
    plan.curriculum.save()
    sent = {"ability": "MK.1", "scenario": stale.pk}
    answer = as_user(plan.faculty).post(plan.curriculum.page("advice-add"), sent, follow=True)
    assert "The plan has no course “C2” at this point." in text_of(answer)


def test_a_scenario_whose_number_is_no_key_is_none(plan, as_user):
    for number in ("9" * 25, "9" * 5000):
        sent = {"ability": "MK.1", "scenario": number}
        assert as_user(plan.faculty).post(plan.curriculum.page("advice-add"), sent).status_code == 302
    assert [len(each.edits) for each in Scenario.objects.all()] == [1, 1]


def test_the_recommendations_of_the_overview_become_one_scenario(plan, as_user):
    client = as_user(plan.faculty)
    assert "Try these together" in text_of(client.get(plan.curriculum.get_absolute_url()))
    client.post(plan.curriculum.page("scenario-try"))
    made = Scenario.objects.get()
    assert made.title == "What is worth doing first"
    assert SetHours("C1", {"theory": 16.0, "operation": 16.0}) in edits_of(made)
    assert "Not turned into an edit" in made.note or len(made.edits) > 1


def test_what_could_not_be_an_edit_is_said(plan, as_user):
    Mapping.objects.filter(course__code="C1").update(level="A")
    plan.curriculum.courses.filter(code="C1").update(theory=0, demonstration=32)
    plan.curriculum.save()
    page = text_of(as_user(plan.viewer).get(plan.curriculum.page("advice")))
    assert "Not an edit yet: the course has no hours of theory to move." in page


def test_the_solver_answers_with_edits_that_make_a_scenario(plan, as_user):
    client, address = as_user(plan.faculty), plan.curriculum.page("optimise")
    page = client.get(address, {"ask": "1", "abilities": ["MK.1"]})
    assert page.status_code == 200
    edits = page.context["edits"]
    assert "What is really reached" in text_of(page)
    client.post(plan.curriculum.page("optimise-take"), {"edits": edits})
    made = Scenario.objects.get()
    assert edits_of(made) == tuple(edit_from_json(each) for each in json.loads(edits))
    assert made.edits


def test_an_impossible_wish_names_the_bound_to_blame(plan, as_user):
    answer = as_user(plan.faculty).get(
        plan.curriculum.page("optimise"), {"ask": "1", "abilities": ["MK.1"], "total_change": "0", "course_hours": "1"}
    )
    page = text_of(answer)
    assert "Impossible within the bounds" in page
    assert "The plan may grow or shrink by 0 hours. With" in page


def test_what_hours_cannot_cure_is_said(plan, as_user):
    page = text_of(as_user(plan.faculty).get(plan.curriculum.page("optimise"), {"ask": "1", "abilities": ["DA.2"]}))
    assert "Hours cannot bring the chosen ability into line." in page
    assert "No course is mapped to it." in page


def test_the_solver_needs_something_to_solve_and_readable_edits(plan, as_user):
    client = as_user(plan.faculty)
    assert client.get(plan.curriculum.page("optimise"), {"ask": "1"}).status_code == 422
    deep, huge = "[" * 100_000, '[{"kind": "set_hours", "course": "C1", "hours": {"theory": 1' + "0" * 400 + "}}]"
    control = '[{"kind": "set_hours", "course": "C1\\u0000", "hours": {}}]'
    other = '[{"kind": "drop_course", "course": "C1"}]'  # the solver moves hours and nothing else
    for edits in ("", "[1]", "{}x", '[{"kind": "absent"}]', '[{"kind": []}]', deep, huge, control, other):
        assert client.post(plan.curriculum.page("optimise-take"), {"edits": edits}).status_code == 400
    assert (
        client.post(
            plan.curriculum.page("optimise-take"), {"edits": '[{"kind": "set_hours", "course": "Q", "hours": {}}]'}
        ).status_code
        == 302
    )
    assert not Scenario.objects.exists()


def test_a_proposal_is_a_page_and_three_files_that_say_the_same(plan, as_user):
    Prerequisite.objects.create(course=plan.course("C3"), requires=plan.course("C2"))
    scenario = create_scenario(
        plan.curriculum, title="Less", user=plan.faculty, edits=[MORE_PRACTICE, DropCourse("C2")], note="A first try."
    )
    propose_scenario(scenario)
    client = as_user(plan.viewer)
    page = text_of(client.get(plan.curriculum.page("scenario-proposal", scenario.pk)))
    html = text_of(client.get(plan.curriculum.page("scenario-report", scenario.pk, "html")))
    pdf = PdfReader(BytesIO(client.get(plan.curriculum.page("scenario-report", scenario.pk, "pdf")).content))
    printed = " ".join(" ".join(one.extract_text() for one in pdf.pages).split())
    for text in (page, html, printed):
        assert "C1 Course 1: Theory 16 h, Operation 32 h" in text
        assert "A first try." in text
        assert "Credits 9 6" in text
        assert "C3 Course 3 requires C2 Course 2, which the plan no longer has. yes" in text
    data = client.get(plan.curriculum.page("scenario-report", scenario.pk, "json")).json()
    assert data["schema"] == "talentgap.proposal/1"
    assert [edit["kind"] for edit in data["edits"]] == ["set_hours", "drop_course"]
    assert data["effect"]["totals"][0] == {"title": "Credits", "before": 9.0, "after": 6.0}
    assert [course["code"] for course in data["report"]["courses"]] == ["C1", "C3"]


def test_a_proposal_is_written_in_the_language_asked_for(plan, as_user):
    scenario = create_scenario(plan.curriculum, title="Less", user=plan.faculty, edits=[MORE_PRACTICE])
    address = plan.curriculum.page("scenario-report", scenario.pk, "html")
    assert '<html lang="zh-hans">' in as_user(plan.viewer).get(address, {"language": "zh-hans"}).content.decode()
    assert as_user(plan.viewer).get(address, {"language": "xx"}).status_code == 404


def test_a_scenario_that_the_plan_cannot_take_has_no_proposal(plan, as_user):
    scenario = create_scenario(plan.curriculum, title="Less", user=plan.faculty, edits=[DropCourse("C2")])
    plan.course("C2").delete()
    plan.curriculum.save()
    client = as_user(plan.viewer)
    assert client.get(plan.curriculum.page("scenario-proposal", scenario.pk)).status_code == 302
    assert client.get(plan.curriculum.page("scenario-report", scenario.pk, "json")).status_code == 404


def test_what_advice_leaves_undone_stands_with_its_edits_and_in_the_scenario(plan, as_user):
    plan.curriculum.courses.filter(code="C3").update(theory=500)
    plan.curriculum.save()
    page = text_of(as_user(plan.viewer).get(plan.curriculum.page("advice")))
    said = "One recommendation takes at most half of a course's hours, or half of its theory to practice; it asks for"
    assert said in page.replace("&#x27;", "'")
    as_user(plan.faculty).post(plan.curriculum.page("advice-add"), {"ability": "DA.1"})
    scenario = Scenario.objects.get()
    assert said in scenario.note
    assert "Credits are left as they are where only hours change." in text_of(
        as_user(plan.viewer).get(scenario.get_absolute_url())
    )


def test_a_mapping_that_is_far_from_finished_comes_before_every_advice(plan, as_user):
    client, said = as_user(plan.viewer), "Finish the mapping first: 37.5 % of all theory and practice"
    pages = (plan.curriculum.page("advice"), plan.curriculum.get_absolute_url())
    assert not any(said in text_of(client.get(page)) for page in pages)  # signed off
    plan.curriculum.signed_off = False
    plan.curriculum.save()
    for page in pages:
        assert said in text_of(client.get(page))


def test_advice_asks_as_often_for_three_more_courses(plan, as_user):
    client, counts = as_user(plan.viewer), []
    for _again in range(2):
        client.get(plan.curriculum.page("advice"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(plan.curriculum.page("advice")).status_code == 200
        counts.append(len(queries))
        add_courses(plan.curriculum, 3)
        plan.curriculum.save()
    assert counts[0] == counts[1]


def test_what_to_retire_frees_hours_and_closes_nothing(plan, as_user):
    page = text_of(as_user(plan.viewer).get(plan.curriculum.page("advice")))
    retired = page[page.index("Reduce: ") :]
    assert "“Frees” is the share that one credit less of it would give back." in page
    assert "Course Share Frees Credits" in retired
    assert "C3 Course 3 100.0 % −20.0 3 0 0" in retired  # 16 of 80
