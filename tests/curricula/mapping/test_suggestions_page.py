"""Abilities proposed for a course: who sees them, with which words and levels, and what a syllabus adds."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from competencies.frameworks import rankers
from competencies.matching.reading_behind import Reading
from curricula.mapping.actions import Cell, set_cell
from curricula.mapping.presenters import pieces
from curricula.models import Course, SuggestionDecision
from tests.pages import text_of
from tests.queries import queries_of
from tests.suggesting import add_course, decisions, key, mappings, page_of, post, shown

pytestmark = pytest.mark.django_db


# Reading


def test_faculty_and_above_see_what_a_course_is_proposed_for(selling, as_user):
    for role in ("faculty", "director", "administrator"):
        answer = page_of(as_user(getattr(selling, role)), selling)
        assert sorted(shown(answer)) == [("MK.1", "A"), ("MK.2", "I")]


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("outsider", 404), (None, 302)])
def test_nobody_else_reads_or_decides(who, status, selling, as_user):
    client = as_user(who and getattr(selling, who))
    assert page_of(client, selling).status_code == status
    assert post(client, selling, accept=key(selling)).status_code == status
    assert (mappings(), decisions()) == ([], [])


def test_the_words_that_led_there_and_the_verb_of_the_level_are_shown(selling, as_user):
    page = page_of(as_user(selling.faculty), selling).content.decode()
    assert '<mark class="led">search advertising</mark>' in page
    assert "level read from “evaluate”" in page
    assert "Only words are compared (default tier)." in text_of(page)


def test_a_text_the_model_does_not_read_falls_back_and_the_page_says_so(selling, as_user, monkeypatch):
    monkeypatch.setattr("curricula.mapping.presenters.tier_in_use", lambda: "semantic")
    page = text_of(page_of(as_user(selling.faculty), selling).content.decode())
    assert "none of the installed models reads the language of this text" in page


def test_while_the_models_read_the_framework_words_are_compared_and_the_page_says_how_far_they_are(
    selling, as_user, monkeypatch
):
    monkeypatch.setattr(rankers, "tier_in_use", lambda tier="auto": "semantic")
    monkeypatch.setattr(rankers.semantic, "is_read", lambda vocabulary, folder: False)
    monkeypatch.setattr(rankers, "read_behind", lambda vocabulary, folder: Reading(40, 160))
    answer = page_of(as_user(selling.faculty), selling)
    assert sorted(shown(answer)) == [("MK.1", "A"), ("MK.2", "I")]
    assert "25 % of its titles so far" in text_of(answer.content.decode())


def test_a_suggestion_says_what_such_ones_came_to_in_the_validation_files(selling, as_user):
    page = text_of(page_of(as_user(selling.faculty), selling).content.decode())
    assert re.search(r"of suggestions like this, about \d+ in 10 were right in the validation files", page)


def test_from_fifty_decisions_on_the_school_itself_says_what_such_ones_came_to(selling, as_user):
    course, ability = selling.course("AD"), selling.ability("DA.1")
    decide = lambda many, taken: SuggestionDecision.objects.bulk_create(  # noqa: E731 - told twice below
        SuggestionDecision(
            course=course, ability=ability, score=0.9, tier="default", decision=taken, who="faculty", words=[]
        )
        for _ in range(many)
    )
    decide(40, "accepted")
    decide(9, "rejected")
    client = as_user(selling.faculty)
    assert "in the validation files" in text_of(page_of(client, selling).content.decode())
    decide(1, "rejected")
    page = text_of(page_of(client, selling).content.decode())
    assert "of suggestions like this, about 8 in 10 were accepted here (50 decisions)" in page


def test_what_is_mapped_or_was_rejected_is_not_proposed_again(selling, as_user):
    client = as_user(selling.faculty)
    post(client, selling, reject=key(selling))
    assert [code for code, _level in shown(page_of(client, selling))] == ["MK.2"]
    set_cell(selling.curriculum, course=selling.course("AD"), ability=selling.ability("MK.2"), cell=Cell("D"))
    answer = page_of(client, selling)
    assert shown(answer) == []
    assert "Nothing more is proposed for this course" in text_of(answer.content.decode())


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


def test_a_plan_without_courses_says_what_to_bring_first(universe, as_user):
    page = text_of(page_of(as_user(universe.director), universe).content.decode())
    assert "Bring the teaching plan first" in page


def test_the_matrix_and_the_first_step_lead_there_whoever_may_decide(selling, as_user):
    link = f'href="{selling.curriculum.page("suggestions")}"'
    for name in ("matrix", "overview"):
        assert link in as_user(selling.faculty).get(selling.curriculum.page(name)).content.decode()
        assert link not in as_user(selling.viewer).get(selling.curriculum.page(name)).content.decode()


def test_more_courses_and_decisions_cost_no_more_queries(selling, as_user):
    client = as_user(selling.faculty)
    page_of(client, selling)

    def queries() -> int:
        return queries_of(page_of, client, selling)

    post(client, selling, reject=key(selling, "MK.2"))
    one = queries()
    for code in ("A2", "A3"):
        add_course(selling, code)
        post(client, selling, code, reject=key(selling, "MK.2"))
    Course.objects.filter(code__in=("AD", "A2")).update(description="Chemistry of polymers")
    assert page_of(client, selling).context["shown"].course.code == "A3"
    assert queries() == one


# A syllabus


def test_a_pasted_syllabus_leads_further_and_is_the_provenance_of_what_it_led_to(selling, as_user):
    client = as_user(selling.faculty)
    syllabus = "Week 1: apply statistics."
    answer = post(client, selling, syllabus=syllabus, read="yes")
    assert ("DA.1", "D") in shown(answer)
    answer = post(client, selling, syllabus=syllabus, accept=key(selling, "DA.1"))
    assert answer.context["form"].initial == {"syllabus": syllabus}
    post(client, selling, syllabus=syllabus, accept=key(selling))
    assert [(row[1], row[4]) for row in mappings()] == [("DA.1", "syllabus"), ("MK.1", "declared")]


def test_a_syllabus_is_read_out_of_a_file_and_stands_in_the_page_only(selling, as_user):
    file = SimpleUploadedFile("syllabus.txt", b"Students apply statistics.")
    answer = post(as_user(selling.faculty), selling, file=file, read="yes")
    assert ("DA.1", "D") in shown(answer)
    assert "Students apply statistics.</textarea>" in answer.content.decode()


def test_a_file_that_cannot_be_read_is_refused_in_words_and_nothing_is_decided(selling, as_user):
    file = SimpleUploadedFile("syllabus.pdf", b"PK\x03\x04 broken")
    answer = post(as_user(selling.faculty), selling, file=file, accept=key(selling))
    assert answer.status_code == 422
    assert "Word document" in answer.content.decode()
    assert (mappings(), decisions()) == ([], [])


def test_words_are_marked_whole():
    assert [(piece.text, piece.led) for piece in pieces("Art, start and art", ["art"])] == [
        ("Art, start and ", False),
        ("art", True),
    ]
