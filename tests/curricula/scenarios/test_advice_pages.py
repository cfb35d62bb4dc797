"""Recommendations, the solver and the proposal: from each of them into a scenario, and from there onto paper."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from competencies.models import Requirement
from curricula.analysis.scenarios.edits import DropCourse, MoveCourse, SetHours, SetMapping
from curricula.evaluation.scenarios import edits_of
from curricula.models import Mapping, Prerequisite, Scenario
from curricula.records.versions import next_version
from curricula.scenarios.actions import create_scenario, propose_scenario
from tests.queries import queries_of
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
MORE_PRACTICE = SetHours("C1", {"theory": 16.0, "operation": 32.0})


@pytest.fixture
def plan(universe: Universe) -> Universe:
    """C1 gives MK.1, which every posting asks for, 4.8 of 48 hours, the rest to DA.1; nobody serves DA.2."""
    add_courses(universe.curriculum, 3)
    Mapping.objects.all().delete()
    cells = (("C1", "MK.1", 0.1), ("C1", "DA.1", 0.9), ("C3", "MK.2", 1.0))
    for course, ability, share in cells:
        cell = {"level": "A", "share": share}
        Mapping.objects.create(course=universe.course(course), ability=universe.ability(ability), **cell)
    universe.curriculum.signed_off = True
    universe.curriculum.save()
    add_postings(universe.curriculum, 120)
    return universe


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


GIVEN = (SetMapping("C1", "DA.1", "A", 0.608333), SetMapping("C1", "MK.1", "A", 0.391666))  # 14 of 48 hours


def test_each_recommendation_names_its_courses_and_its_edits(plan, as_user):
    page = text_of(as_user(plan.viewer).get(plan.curriculum.page("advice")))
    assert "Strengthen: Search advertising" in page
    assert "C1 Course 1 10.0 % 3 0 0" in page
    assert "Map C1 Course 1 to Search advertising: assessed, 39.2 %" in page
    assert "0 of 1 no longer short; 14 hours re-purposed in 1 course; plan total unchanged; they cure nothing" in page
    assert "Add to a scenario" not in page


def test_a_recommendation_goes_into_a_new_scenario_or_a_chosen_one_and_never_twice(plan, as_user):
    client = as_user(plan.faculty)
    client.post(plan.curriculum.page("advice-add"), {"ability": "MK.1"})
    made = Scenario.objects.get()
    assert (made.title, edits_of(made)) == ("Search advertising", GIVEN)
    chosen = create_scenario(plan.curriculum, title="All", user=plan.faculty, edits=[MoveCourse("C1", 3)])
    for _again in range(2):
        client.post(plan.curriculum.page("advice-add"), {"ability": "MK.1", "scenario": chosen.pk})
        chosen.refresh_from_db()
        assert len(chosen.edits) == 3
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
    assert [len(each.edits) for each in Scenario.objects.all()] == [2, 2]


def test_what_the_overview_says_of_hours_becomes_one_scenario_that_says_what_is_left(plan, as_user):
    client = as_user(plan.faculty)
    page = text_of(client.get(plan.curriculum.get_absolute_url(), {"hours": "asked"}))
    assert "0 of 1 no longer short; 14 hours re-purposed in 1 course; plan total unchanged; they cure nothing" in page
    assert "By hours alone: C1 4.8 → 18.8 h; still short" in page.replace("\u00a0", " ")
    client.post(plan.curriculum.page("scenario-try"))
    made = Scenario.objects.get()
    assert (made.title, edits_of(made)) == ("What hours alone can do", GIVEN)
    assert "Search advertising: " in made.note
    assert "One credit more of C1 Course 1 (16\u00a0h) would bring it 6.3\u00a0h." in made.note


def test_levels_are_advised_in_words(plan, as_user):
    plan.curriculum.prepares_for.set(plan.framework.positions.all())
    Requirement.objects.filter(ability__code="MK.2").update(level="A", level_assumed=False)
    Mapping.objects.filter(ability__code="MK.2").update(level="I")
    page = text_of(as_user(plan.viewer).get(plan.curriculum.page("advice")))
    assert "Not an edit yet: no hours have to change for it" in page


def test_the_page_of_hours_shows_each_number_before_and_after(plan, as_user):
    client = as_user(plan.faculty)
    page = text_of(client.get(plan.curriculum.page("optimise")))
    assert "C1 Course 1 14 hours go to other content that it serves already" in page
    assert re.search(
        r"Search advertising So that less is missing: \S+ → \S+ h In the plan: \S+ % → \S+ % of all hours, "
        r".{5,40} of demand 4.8 → becomes 18.8 ",
        page,
    )
    assert "10.0 % → becomes 39.2 %" in page
    client.post(plan.curriculum.page("optimise-take"))
    assert edits_of(Scenario.objects.get()) == GIVEN


def test_other_limits_give_other_edits_on_the_page_and_in_the_scenario(plan, as_user):
    client, asked = as_user(plan.faculty), "?given=10&shifted=25&carried=25"
    assert "4 hours re-purposed in 1 course" in text_of(client.get(plan.curriculum.page("optimise") + asked))
    client.post(plan.curriculum.page("optimise-take") + asked)
    assert edits_of(Scenario.objects.get())[1] == SetMapping("C1", "MK.1", "A", 0.183333)
    wrong = asked.replace("given=10", "given=-1")
    assert client.get(plan.curriculum.page("optimise") + wrong).status_code == 422
    assert client.post(plan.curriculum.page("optimise-take") + wrong).status_code == 302
    assert Scenario.objects.count() == 1


def test_a_director_locks_a_course_and_unlocks_it(plan, as_user):
    client, lock = as_user(plan.director), plan.curriculum.page("course-lock")
    client.post(lock, {"course": "C1", "locked": "1"})
    page = text_of(client.get(plan.curriculum.page("optimise")))
    assert plan.course("C1").locked is True
    assert "1 course is locked" in page
    assert "Hours alone do not help the 1 ability that is surely short." in page
    assert "It is served by what is locked: C1 Course 1." in page
    client.post(lock, {"course": "C1", "locked": "0"})
    assert plan.course("C1").locked is False
    assert "14 hours re-purposed" in text_of(client.get(plan.curriculum.page("optimise")))
    assert client.post(lock, {"course": "gone", "locked": "1"}).status_code == 404
    assert next_version(plan.curriculum).courses.get(code="C1").locked is False


def test_a_placement_is_locked_until_a_director_unlocks_it(plan, as_user):
    plan.curriculum.courses.filter(code="C1").update(title_en="Professional placement")
    plan.curriculum.save()
    client = as_user(plan.director)
    assert "1 course is locked" in text_of(client.get(plan.curriculum.page("optimise")))
    client.post(plan.curriculum.page("course-lock"), {"course": "C1", "locked": "0"})
    assert "0 courses are locked" in text_of(client.get(plan.curriculum.page("optimise")))


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


def test_a_mapping_that_is_far_from_finished_comes_before_every_advice(plan, as_user):
    client, said = as_user(plan.viewer), "The mapping is not finished: 33.3 % of all theory and practice"
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
        counts.append(queries_of(client.get, plan.curriculum.page("advice")))
        add_courses(plan.curriculum, 3)
        plan.curriculum.save()
    assert counts[0] == counts[1]
