"""What a decision on a proposed ability writes and undoes, that nothing counts before it, and what a school learns."""

from __future__ import annotations

import pytest

from curricula.evaluation.reports import gap_report_for
from curricula.mapping.actions import Cell, CellChanged, set_cell
from curricula.mapping.decisions import experience_of, last_decision
from curricula.mapping.presenters import course_to_decide, proposed_for
from curricula.mapping.suggestion_actions import decide, undo
from curricula.models import Course, Curriculum, Mapping, Program, School, SuggestionDecision
from curricula.records.editing import ApprovedCurriculum
from curricula.records.versions import next_version
from tests.suggesting import add_course, decisions, key, mappings, page_of, post, shown
from tests.universe import add_courses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words_only")]


# Deciding


def test_accepting_makes_one_accepted_mapping_with_the_words_as_evidence(selling, as_user):
    answer = post(as_user(selling.faculty), selling, accept=key(selling))
    assert answer.status_code == 302
    assert mappings() == [("AD", "MK.1", "A", "accepted", "declared", "search advertising")]
    assert decisions() == [("AD", "MK.1", "accepted", "A", "A", False, "faculty")]


def test_a_changed_level_is_taken_and_both_levels_are_kept(selling, as_user):
    pk = key(selling)
    post(as_user(selling.faculty), selling, accept=pk, **{f"level-{pk}": "D"})
    assert [row[:3] for row in mappings()] == [("AD", "MK.1", "D")]
    assert decisions() == [("AD", "MK.1", "changed", "A", "D", False, "faculty")]


def test_rejecting_makes_no_mapping_and_keeps_the_decision(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    assert mappings() == []
    assert decisions() == [("AD", "MK.1", "rejected", "A", "", False, "faculty")]
    kept = SuggestionDecision.objects.get()
    assert (kept.words, kept.score > 0) == (["search advertising"], True)


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


def test_the_same_decision_sent_twice_is_made_once(selling, as_user):
    client = as_user(selling.faculty)
    post(client, selling, accept=key(selling))
    post(client, selling, accept=key(selling))
    assert (len(mappings()), len(decisions())) == (1, 1)


def test_what_somebody_mapped_meanwhile_is_left_as_it_is(selling):
    course, ability = selling.course("AD"), selling.ability("MK.1")
    found = proposed_for(course, ability.pk)
    assert found
    set_cell(selling.curriculum, course=course, ability=ability, cell=Cell("I", evidence="by hand"))
    with pytest.raises(CellChanged):
        decide(course, ability, found=found.found, taken="A", who="faculty")
    assert mappings() == [("AD", "MK.1", "I", "accepted", "declared", "by hand")]
    assert decisions() == []


@pytest.mark.parametrize(
    "fields", [{"accept": "x"}, {"accept": "999999"}, {"accept": ""}, {"undo": "1"}, {"undo": "x"}, {}]
)
def test_what_is_not_proposed_is_not_written(fields, selling, as_user):
    assert post(as_user(selling.faculty), selling, **fields).status_code == 302
    assert (mappings(), decisions()) == ([], [])


def test_a_level_that_is_none_and_a_course_of_another_plan_are_not_found(selling, as_user):
    client, pk = as_user(selling.faculty), key(selling)
    assert post(client, selling, accept=pk, **{f"level-{pk}": "Z"}).status_code == 404
    assert post(client, selling, accept=pk, course=999999).status_code == 404
    assert mappings() == []


def test_an_approved_plan_takes_no_decision(selling, as_user):
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    client = as_user(selling.faculty)
    assert "This version is approved" in page_of(client, selling).content.decode()
    post(client, selling, accept=key(selling))
    with pytest.raises(ApprovedCurriculum):
        undo(SuggestionDecision(course=selling.course("AD"), ability=selling.ability("MK.1")))
    assert (mappings(), decisions()) == ([], [])


# Undoing


def test_undoing_takes_the_mapping_away_and_keeps_the_decision_as_undone(selling, as_user):
    client = as_user(selling.faculty)
    post(client, selling, accept=key(selling))
    post(client, selling, undo=SuggestionDecision.objects.get().pk)
    assert mappings() == []
    assert [row[5] for row in decisions()] == [True]
    assert sorted(shown(page_of(client, selling))) == [("MK.1", "A"), ("MK.2", "I")]


def test_each_undoes_their_own_decisions_only(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    post(as_user(selling.director), selling, undo=SuggestionDecision.objects.get().pk)
    assert [row[5] for row in decisions()] == [False]


def test_undoing_leads_back_to_its_course_and_leaves_the_syllabus_of_another_behind(selling, as_user):
    add_course(selling, "A2")
    client = as_user(selling.faculty)
    post(client, selling, reject=key(selling))
    answer = post(client, selling, "A2", undo=SuggestionDecision.objects.get().pk, syllabus="apply statistics")
    assert answer["Location"].endswith(f"?course={selling.course('AD').pk}")


def test_a_mapping_that_was_changed_since_is_not_undone(selling, as_user):
    post(as_user(selling.faculty), selling, accept=key(selling))
    set_cell(selling.curriculum, course=selling.course("AD"), ability=selling.ability("MK.1"), cell=Cell("D"))
    with pytest.raises(CellChanged):
        undo(SuggestionDecision.objects.get())
    assert [row[2] for row in mappings()] == ["D"]
    assert [row[5] for row in decisions()] == [False]


# What a school learns


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


def test_another_school_learns_nothing_from_them(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    south = School.objects.get(slug="south")
    program = Program.objects.create(school=south, slug="sales", title_en="Sales")
    theirs = Curriculum.objects.create(program=program, year=2026, framework=selling.framework)
    words = ["search advertising"]
    assert experience_of(theirs).adjusted(0.5, ability="MK.1", words=words) == 0.5
    assert experience_of(selling.curriculum).adjusted(0.5, ability="MK.1", words=words) < 0.5


def test_what_was_rejected_stays_so_in_the_next_version(selling, as_user):
    post(as_user(selling.faculty), selling, reject=key(selling))
    later = next_version(selling.curriculum)
    found = course_to_decide(later, list(later.courses.all()), who="faculty")
    assert found
    assert [line.ability.code for line in found.proposed] == ["MK.2"]
    assert last_decision(later, who="faculty") is None
