"""Abilities proposed for a course: who decides, what a decision writes, and that nothing counts before one is made."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from competencies.matching import semantic
from curricula.actions.editing import ApprovedCurriculum
from curricula.actions.mapping import Cell, CellChanged, set_cell
from curricula.actions.revising import next_version
from curricula.actions.suggestions import decide, undo
from curricula.models import Course, Curriculum, Mapping, Program, School, SuggestionDecision
from curricula.queries import gap_report_for
from curricula.queries.decisions import experience_of, last_decision
from curricula.reading.suggestions import course_to_decide, pieces, proposed_for

from .pages import text_of
from .universe import Universe, add_courses, make_universe

DESCRIPTION = "Students evaluate search advertising. They describe live selling in shops."
DECISIONS = ("course__code", "ability__code", "decision", "level_proposed", "level_taken", "undone", "who")


@pytest.fixture(autouse=True)
def words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "is_installed", lambda: False)


def add_course(universe: Universe, code: str = "AD", description: str = DESCRIPTION) -> Course:
    order = universe.curriculum.courses.count()
    return Course.objects.create(
        curriculum=universe.curriculum, code=code, title_en="Commerce", description=description, order=order
    )


@pytest.fixture
def selling(universe: Universe) -> Universe:
    """AD speaks of search advertising (MK.1), which it evaluates, and of live selling (MK.2), which it describes."""
    add_course(universe)
    return universe


def post(client: Client, universe: Universe, code: str = "AD", **fields: Any) -> Any:
    stated = {"course": universe.course(code).pk, **fields}
    return client.post(universe.curriculum.page("suggestions"), stated)


def shown(answer: Any) -> list[tuple[str, str]]:
    """The codes and levels proposed."""
    return [(line.ability.code, line.found.level) for line in answer.context["shown"].proposed]


def page_of(client: Client, universe: Universe, query: str = "") -> Any:
    return client.get(universe.curriculum.page("suggestions") + query)


def mappings() -> list[tuple[Any, ...]]:
    rows = Mapping.objects.order_by("course__code", "ability__code")
    return list(rows.values_list("course__code", "ability__code", "level", "state", "provenance", "evidence"))


def decisions() -> list[tuple[Any, ...]]:
    return list(SuggestionDecision.objects.order_by("pk").values_list(*DECISIONS))


def key(universe: Universe, code: str = "MK.1") -> int:
    return universe.ability(code).pk


# Reading


@pytest.mark.django_db
def test_faculty_and_above_see_what_a_course_is_proposed_for(selling, as_user):
    for role in ("faculty", "director", "administrator"):
        answer = page_of(as_user(getattr(selling, role)), selling)
        assert sorted(shown(answer)) == [("MK.1", "A"), ("MK.2", "I")]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("outsider", 404), (None, 302)])
def test_nobody_else_reads_or_decides(who, status, selling, as_user):
    client = as_user(who and getattr(selling, who))
    assert page_of(client, selling).status_code == status
    assert post(client, selling, accept=key(selling)).status_code == status
    assert (mappings(), decisions()) == ([], [])


@pytest.mark.django_db
def test_the_words_that_led_there_and_the_verb_of_the_level_are_shown(selling, as_user):
    page = page_of(as_user(selling.faculty), selling).content.decode()
    assert '<mark class="led">search advertising</mark>' in page
    assert "level read from “evaluate”" in page
    assert "Only words are compared (default tier)." in text_of(page)


@pytest.mark.django_db
def test_a_text_the_model_does_not_read_falls_back_and_the_page_says_so(selling, as_user, monkeypatch):
    monkeypatch.setattr("curricula.reading.suggestions.tier_in_use", lambda: "semantic")
    page = text_of(page_of(as_user(selling.faculty), selling).content.decode())
    assert "the model of the semantic tier reads English, and this text is mostly Chinese" in page


@pytest.mark.django_db
def test_what_is_mapped_or_was_rejected_is_not_proposed_again(selling, as_user):
    client = as_user(selling.faculty)
    post(client, selling, reject=key(selling))
    assert [code for code, _level in shown(page_of(client, selling))] == ["MK.2"]
    set_cell(selling.curriculum, course=selling.course("AD"), ability=selling.ability("MK.2"), cell=Cell("D"))
    answer = page_of(client, selling)
    assert shown(answer) == []
    assert "Nothing more is proposed for this course" in text_of(answer.content.decode())


@pytest.mark.django_db
def test_the_next_course_is_one_with_something_to_decide(selling, as_user):
    add_course(selling, "NO", description="Chemistry of polymers")
    add_course(selling, "ST", description="Apply statistics")
    client = as_user(selling.faculty)
    first = page_of(client, selling)
    assert first.context["shown"].course.code == "AD"
    second = page_of(client, selling, f"?after={selling.course('AD').pk}")
    assert second.context["shown"].course.code == "ST"
    around = page_of(client, selling, f"?after={selling.course('ST').pk}")
    assert around.context["shown"].course.code == "AD"


@pytest.mark.django_db
def test_a_plan_without_courses_says_what_to_bring_first(universe, as_user):
    page = text_of(page_of(as_user(universe.director), universe).content.decode())
    assert "Bring the teaching plan first" in page


@pytest.mark.django_db
def test_the_matrix_and_the_first_step_lead_there_whoever_may_decide(selling, as_user):
    link = f'href="{selling.curriculum.page("suggestions")}"'
    for name in ("matrix", "overview"):
        assert link in as_user(selling.faculty).get(selling.curriculum.page(name)).content.decode()
        assert link not in as_user(selling.viewer).get(selling.curriculum.page(name)).content.decode()


@pytest.mark.django_db
def test_more_courses_and_decisions_cost_no_more_queries(selling, as_user):
    client = as_user(selling.faculty)
    page_of(client, selling)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            page_of(client, selling)
        return len(caught)

    post(client, selling, reject=key(selling, "MK.2"))
    one = queries()
    for code in ("A2", "A3"):
        add_course(selling, code)
        post(client, selling, code, reject=key(selling, "MK.2"))
    Course.objects.filter(code__in=("AD", "A2")).update(description="Chemistry of polymers")
    assert page_of(client, selling).context["shown"].course.code == "A3"
    assert queries() == one


# Deciding


@pytest.mark.django_db
def test_accepting_makes_one_accepted_mapping_with_the_words_as_evidence(selling, as_user):
    answer = post(as_user(selling.faculty), selling, accept=key(selling))
    assert answer.status_code == 302
    assert mappings() == [("AD", "MK.1", "A", "accepted", "declared", "search advertising")]
    assert decisions() == [("AD", "MK.1", "accepted", "A", "A", False, "faculty")]


@pytest.mark.django_db
def test_a_changed_level_is_taken_and_both_levels_are_kept(selling, as_user):
    pk = key(selling)
    post(as_user(selling.faculty), selling, accept=pk, **{f"level-{pk}": "D"})
    assert [row[:3] for row in mappings()] == [("AD", "MK.1", "D")]
    assert decisions() == [("AD", "MK.1", "changed", "A", "D", False, "faculty")]


@pytest.mark.django_db
def test_rejecting_makes_no_mapping_and_keeps_the_decision(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    assert mappings() == []
    assert decisions() == [("AD", "MK.1", "rejected", "A", "", False, "faculty")]
    kept = SuggestionDecision.objects.get()
    assert (kept.words, kept.score > 0) == (["search advertising"], True)


@pytest.mark.django_db
def test_a_suggestion_does_not_count_until_it_is_accepted(selling, as_user):
    add_courses(selling.curriculum, 2)
    Course.objects.filter(code="AD").update(theory=16, operation=16)
    client = as_user(selling.faculty)

    def taught() -> float:
        report = gap_report_for(Curriculum.objects.get(pk=selling.curriculum.pk))
        return next(line.exposure_hours for line in report.abilities if line.code == "MK.1")

    before = taught()
    page_of(client, selling)
    post(client, selling, reject=key(selling, "MK.2"))
    assert (taught(), Mapping.objects.count()) == (before, 2)
    post(client, selling, accept=key(selling))
    assert (taught(), Mapping.objects.count()) == (before + 32, 3)


@pytest.mark.django_db
def test_the_same_decision_sent_twice_is_made_once(selling, as_user):
    client = as_user(selling.faculty)
    post(client, selling, accept=key(selling))
    post(client, selling, accept=key(selling))
    assert (len(mappings()), len(decisions())) == (1, 1)


@pytest.mark.django_db
def test_what_somebody_mapped_meanwhile_is_left_as_it_is(selling):
    course, ability = selling.course("AD"), selling.ability("MK.1")
    found = proposed_for(course, ability.pk)
    assert found
    set_cell(selling.curriculum, course=course, ability=ability, cell=Cell("I", evidence="by hand"))
    with pytest.raises(CellChanged):
        decide(course, ability, found=found.found, taken="A", who="faculty")
    assert mappings() == [("AD", "MK.1", "I", "accepted", "declared", "by hand")]
    assert decisions() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"accept": "x"}, {"accept": "999999"}, {"accept": ""}, {"undo": "1"}, {"undo": "x"}, {}]
)
def test_what_is_not_proposed_is_not_written(fields, selling, as_user):
    assert post(as_user(selling.faculty), selling, **fields).status_code == 302
    assert (mappings(), decisions()) == ([], [])


@pytest.mark.django_db
def test_a_level_that_is_none_and_a_course_of_another_plan_are_not_found(selling, as_user):
    client, pk = as_user(selling.faculty), key(selling)
    assert post(client, selling, accept=pk, **{f"level-{pk}": "Z"}).status_code == 404
    assert post(client, selling, accept=pk, course=999999).status_code == 404
    assert mappings() == []


@pytest.mark.django_db
def test_an_approved_plan_takes_no_decision(selling, as_user):
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    client = as_user(selling.faculty)
    assert "This version is approved" in page_of(client, selling).content.decode()
    post(client, selling, accept=key(selling))
    with pytest.raises(ApprovedCurriculum):
        undo(SuggestionDecision(course=selling.course("AD"), ability=selling.ability("MK.1")))
    assert (mappings(), decisions()) == ([], [])


# Undoing


@pytest.mark.django_db
def test_undoing_takes_the_mapping_away_and_keeps_the_decision_as_undone(selling, as_user):
    client = as_user(selling.faculty)
    post(client, selling, accept=key(selling))
    post(client, selling, undo=SuggestionDecision.objects.get().pk)
    assert mappings() == []
    assert [row[5] for row in decisions()] == [True]
    assert sorted(shown(page_of(client, selling))) == [("MK.1", "A"), ("MK.2", "I")]


@pytest.mark.django_db
def test_each_undoes_their_own_decisions_only(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    post(as_user(selling.director), selling, undo=SuggestionDecision.objects.get().pk)
    assert [row[5] for row in decisions()] == [False]


@pytest.mark.django_db
def test_undoing_leads_back_to_its_course_and_leaves_the_syllabus_of_another_behind(selling, as_user):
    add_course(selling, "A2")
    client = as_user(selling.faculty)
    post(client, selling, reject=key(selling))
    answer = post(client, selling, "A2", undo=SuggestionDecision.objects.get().pk, syllabus="apply statistics")
    assert answer["Location"].endswith(f"?course={selling.course('AD').pk}")


@pytest.mark.django_db
def test_a_mapping_that_was_changed_since_is_not_undone(selling, as_user):
    post(as_user(selling.faculty), selling, accept=key(selling))
    set_cell(selling.curriculum, course=selling.course("AD"), ability=selling.ability("MK.1"), cell=Cell("D"))
    with pytest.raises(CellChanged):
        undo(SuggestionDecision.objects.get())
    assert [row[2] for row in mappings()] == ["D"]
    assert [row[5] for row in decisions()] == [False]


# A syllabus


@pytest.mark.django_db
def test_a_pasted_syllabus_leads_further_and_is_the_provenance_of_what_it_led_to(selling, as_user):
    client = as_user(selling.faculty)
    syllabus = "Week 1: apply statistics."
    answer = post(client, selling, syllabus=syllabus, read="yes")
    assert ("DA.1", "D") in shown(answer)
    answer = post(client, selling, syllabus=syllabus, accept=key(selling, "DA.1"))
    assert answer.context["form"].initial == {"syllabus": syllabus}
    post(client, selling, syllabus=syllabus, accept=key(selling))
    assert [(row[1], row[4]) for row in mappings()] == [("DA.1", "syllabus"), ("MK.1", "declared")]


@pytest.mark.django_db
def test_a_syllabus_is_read_out_of_a_file_and_stands_in_the_page_only(selling, as_user):
    file = SimpleUploadedFile("syllabus.txt", b"Students apply statistics.")
    answer = post(as_user(selling.faculty), selling, file=file, read="yes")
    assert ("DA.1", "D") in shown(answer)
    assert "Students apply statistics.</textarea>" in answer.content.decode()


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_refused_in_words_and_nothing_is_decided(selling, as_user):
    file = SimpleUploadedFile("syllabus.pdf", b"PK\x03\x04 broken")
    answer = post(as_user(selling.faculty), selling, file=file, accept=key(selling))
    assert answer.status_code == 422
    assert "Word document" in answer.content.decode()
    assert (mappings(), decisions()) == ([], [])


# What a school learns


@pytest.mark.django_db
def test_past_decisions_of_the_school_move_the_score_of_the_next_course(selling, as_user):
    add_course(selling, "A2")
    before = proposed_for(selling.course("A2"), key(selling))
    post(as_user(selling.faculty), selling, reject=key(selling))
    after = proposed_for(selling.course("A2"), key(selling))
    assert before
    assert after
    assert after.found.score < before.found.score
    undo(SuggestionDecision.objects.get())
    again = proposed_for(selling.course("A2"), key(selling))
    assert again
    assert again.found.score == before.found.score


@pytest.mark.django_db
def test_another_school_learns_nothing_from_them(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    south = School.objects.get(slug="south")
    program = Program.objects.create(school=south, slug="sales", title_en="Sales")
    theirs = Curriculum.objects.create(program=program, year=2026, framework=selling.framework)
    words = ["search advertising"]
    assert experience_of(theirs).adjusted(0.5, ability="MK.1", words=words) == 0.5
    assert experience_of(selling.curriculum).adjusted(0.5, ability="MK.1", words=words) < 0.5


@pytest.mark.django_db
def test_what_was_rejected_stays_so_in_the_next_version(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    later = next_version(selling.curriculum)
    found = course_to_decide(later, who="faculty")
    assert found
    assert [line.ability.code for line in found.proposed] == ["MK.2"]
    assert last_decision(later, who="faculty") is None


def test_words_are_marked_whole():
    assert [(piece.text, piece.led) for piece in pieces("Art, start and art", ["art"])] == [
        ("Art, start and ", False),
        ("art", True),
    ]


# By keys, in a browser


@pytest.fixture
def opened(page: Page, live_server, transactional_db: None) -> Page:
    universe = make_universe()
    add_course(universe)
    add_course(universe, "ST", description="Apply statistics")
    page.goto(live_server.url + "/sign-in/")
    page.fill("[name=username]", "faculty")
    page.fill("[name=password]", "faculty")
    page.get_by_role("button", name="Sign in").click()
    page.goto(live_server.url + universe.curriculum.page("suggestions"))
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_keys_move_change_the_level_accept_reject_undo_and_go_on(opened):
    active = opened.locator(".proposed > li.active h3")
    press = opened.keyboard.press
    first, second = opened.locator(".proposed h3").all_text_contents()
    press("j")
    expect(active).to_have_text(second)
    press("ArrowUp")
    expect(active).to_have_text(first)
    press("d")
    press("Enter")
    expect(opened.locator(".message.success")).to_contain_text("accepted with another level")
    press("x")
    expect(opened.locator(".proposed")).to_have_count(0)
    assert [row[2] for row in decisions()] == ["changed", "rejected"]
    press("u")
    expect(active).to_have_text(second)
    press("n")
    expect(active).to_have_text("Statistics")
    press("A")
    press("a")
    expect(opened.locator(".message.success")).to_contain_text("Statistics")
    assert sorted(row[2] for row in mappings()) == ["A", "D"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_letters_typed_into_the_syllabus_are_no_keys(opened):
    opened.get_by_label("Text of the syllabus").press_sequentially("xan statistics")
    expect(opened.get_by_label("Text of the syllabus")).to_have_value("xan statistics")
    assert decisions() == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_has_no_barrier_that_axe_finds(opened):
    assert Axe().run(opened).response["violations"] == []
