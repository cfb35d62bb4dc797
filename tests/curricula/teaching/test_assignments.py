"""A director asks, lecturers map on one page a course, and the director follows how far it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from curricula.models import AssignedCourse, Assignment, Lecturer, Mapping, Membership, SuggestionDecision
from curricula.rules import MAP_COURSE
from curricula.teaching.assignment_actions import (
    NothingToAsk,
    Request,
    ask_lecturers,
    ask_member,
    close,
    finish,
    reassign,
    reopen,
)
from curricula.teaching.assignment_queries import my_courses
from tests.universe import Universe, add_courses, make_universe

pytestmark = pytest.mark.django_db
SOON = Request(due=date(2099, 6, 30), note="Before the committee meets.")


@pytest.fixture
def closed(db: None) -> Universe:
    """Faculty map their own courses alone: C1 is “Li Wei”'s, C2 “Li Wei”'s and “Zhao Min”'s, C3 nobody's."""
    universe = make_universe()
    universe.school.faculty_map_all = False
    universe.school.save()
    named: Any = (["Li Wei"], ["Li Wei", "Zhao Min"], [])
    for course, names in zip(add_courses(universe.curriculum, 3, mapped=False), named, strict=True):
        course.lecturers = names
        course.description = "An introduction to search advertising."
        course.save()
    member = Membership.objects.get(user=universe.faculty, school=universe.school)
    Lecturer.objects.create(school=universe.school, name="Li Wei", membership=member)
    return universe


def courses(universe: Universe, *codes: str) -> list[Any]:
    return [universe.course(code) for code in codes]


def task(universe: Universe, code: str = "C1") -> str:
    return universe.curriculum.page("course-task", universe.course(code).pk)


def test_lecturers_are_asked_for_their_courses_by_account_where_there_is_one(closed):
    outcome = ask_lecturers(closed.curriculum, courses(closed, "C1", "C2", "C3"), request=SOON, by=closed.director)
    asked = {made.who: [line.course.code for line in made.courses.all()] for made in outcome.made}
    assert asked == {"faculty": ["C1", "C2"], "Zhao Min": ["C2"]}
    assert [course.code for course in outcome.without] == ["C3"]
    again = ask_lecturers(closed.curriculum, courses(closed, "C1", "C2"), request=SOON, by=closed.director)
    assert (again.made, len(again.already)) == ([], 3)


def test_who_is_asked_maps_the_course_without_teaching_it_until_it_is_closed(closed):
    assert not closed.faculty.has_perm(MAP_COURSE, closed.course("C3"))
    made = ask_member(closed.curriculum, courses(closed, "C3"), user=closed.faculty, request=SOON, by=None).made[0]
    again = type(closed.faculty).objects.get(pk=closed.faculty.pk)
    assert again.has_perm(MAP_COURSE, closed.course("C3"))
    close(made)
    later = type(closed.faculty).objects.get(pk=closed.faculty.pk)
    assert not later.has_perm(MAP_COURSE, closed.course("C3"))


def test_my_courses_tells_what_is_asked_by_when_and_what_is_done(closed, as_user):
    ask_lecturers(closed.curriculum, courses(closed, "C1"), request=SOON, by=closed.director)
    page = as_user(closed.faculty).get("/my-courses/")
    told = page.content.decode()
    assert "Before the committee meets." in told
    assert "0 of 1 course done." in told
    assert "Course 1" in told
    assert "Course 2" in told, "taught and not asked"
    assert "Course 3" not in told
    finish(AssignedCourse.objects.get())
    assert "1 of 1 course done." in as_user(closed.faculty).get("/my-courses/").content.decode()


def test_home_says_what_waits_and_nothing_when_nothing_does(closed, as_user):
    client = as_user(closed.faculty)
    assert "Asked of me" not in client.get("/").content.decode()
    ask_member(closed.curriculum, courses(closed, "C1", "C3"), user=closed.faculty, request=SOON, by=None)
    assert "2 courses wait for your mapping" in client.get("/").content.decode()
    assert "Asked of me" not in as_user(closed.director).get("/").content.decode()


def test_who_left_the_school_is_asked_nothing(closed, as_user):
    ask_member(closed.curriculum, courses(closed, "C1"), user=closed.faculty, request=SOON, by=None)
    Membership.objects.filter(user=closed.faculty).delete()
    assert my_courses(closed.faculty).waiting == 0
    assert as_user(closed.faculty).get(task(closed)).status_code == 404


def test_the_page_of_a_course_takes_a_proposal_adds_an_ability_and_is_done(closed, as_user):
    ask_member(closed.curriculum, courses(closed, "C1", "C3"), user=closed.faculty, request=SOON, by=None)
    client, page = as_user(closed.faculty), task(closed)
    found = client.get(page).context["task"]
    assert [each.ability.code for each in found.shown.proposed] == ["MK.1"]
    mk1, da1 = closed.ability("MK.1"), closed.ability("DA.1")
    client.post(page, {"accept": mk1.pk, f"level-{mk1.pk}": "I"})
    client.post(page, {"do": "cell", "ability": da1.pk, "level": "D", "share": "40", "known": "null"})
    cells = Mapping.objects.values_list("ability__code", "level", "share", "rater")
    assert sorted(cells) == [("DA.1", "D", 0.4, ""), ("MK.1", "I", None, "")]
    assert Mapping.history.filter(history_user=closed.faculty).count() == 2
    answer = client.post(page, {"do": "done"})
    assert answer["Location"] == task(closed, "C3"), "the next course that was asked"
    assert client.post(task(closed, "C3"), {"do": "done"})["Location"] == "/my-courses/"
    assert not AssignedCourse.objects.filter(done=None).exists()


def test_a_proposal_is_rejected_and_taken_back(closed, as_user):
    client, page, mk1 = as_user(closed.faculty), task(closed), closed.ability("MK.1")
    client.post(page, {"reject": mk1.pk})
    decision = SuggestionDecision.objects.get()
    assert client.get(page).context["task"].shown.proposed == []
    client.post(page, {"undo": decision.pk})
    assert [each.ability.code for each in client.get(page).context["task"].shown.proposed] == ["MK.1"]


def test_what_is_refused_stays_typed_with_its_reason_beside_it(closed, as_user):
    course = closed.course("C1")
    for code, share in (("MK.1", 0.7), ("DA.1", 0.2)):
        Mapping.objects.create(course=course, ability=closed.ability(code), level="D", share=share)
    client, page = as_user(closed.faculty), task(closed)
    lines = {each.ability.code: each for each in client.get(page).context["task"].chosen}
    sent = {"do": "cell", "ability": lines["DA.1"].ability.pk, "level": "A", "share": "60"}
    answer = client.post(page, sent | {"opened": lines["DA.1"].opened})
    assert answer.status_code == 422
    line = next(each for each in answer.context["task"].chosen if each.ability.code == "DA.1")
    assert (line.level, line.share, "add up to 130 %" in line.refusal) == ("A", "60", True)
    assert Mapping.objects.get(ability__code="DA.1").level == "D"


def test_what_another_person_wrote_meanwhile_is_not_written_over(closed, as_user):
    mapping = Mapping.objects.create(course=closed.course("C1"), ability=closed.ability("MK.1"), level="I")
    client, page = as_user(closed.faculty), task(closed)
    [line] = client.get(page).context["task"].chosen
    Mapping.objects.filter(pk=mapping.pk).update(level="A")
    sent = {"do": "cell", "ability": line.ability.pk, "level": "D", "opened": line.opened}
    answer = client.post(page, sent)
    assert (answer.status_code, Mapping.objects.get().level) == (422, "A")
    [refused] = answer.context["task"].chosen
    client.post(page, sent | {"opened": refused.opened})
    assert Mapping.objects.get().level == "D", "sent once more it is what the person wants"


def test_the_page_says_what_a_course_does_in_the_whole(closed, as_user):
    for code, theory, operation in (("C1", 32, 16), ("C2", 48, 0)):
        closed.curriculum.courses.filter(code=code).update(theory=theory, operation=operation)
        Mapping.objects.create(course=closed.course(code), ability=closed.ability("MK.1"), level="D")
    told = as_user(closed.faculty).get(task(closed)).content.decode()
    assert "The only one that practises it; 1 other course serves it." in told
    Mapping.objects.filter(course__code="C2").delete()
    assert "The only course that practises it" in as_user(closed.faculty).get(task(closed)).content.decode()


def test_a_course_that_is_not_ones_own_and_not_asked_is_closed(closed, as_user):
    assert as_user(closed.faculty).get(task(closed, "C3")).status_code == 403
    assert as_user(closed.viewer).get(task(closed)).status_code == 403
    assert as_user(closed.outsider).get(task(closed)).status_code == 404
    assert as_user(closed.director).get(task(closed, "C3")).status_code == 200


def test_a_director_asks_by_the_form(closed, as_user):
    client, page = as_user(closed.director), closed.curriculum.page("ask")
    due = timezone.localdate() + timedelta(days=3)
    client.post(page, {"which": "unmapped", "whom": "lecturers", "due": due, "note": "Please"})
    assert sorted(made.who for made in Assignment.objects.all()) == ["Zhao Min", "faculty"]
    answer = client.post(page, {"which": "module", "whom": "member", "due": due - timedelta(days=9)})
    assert set(answer.context["form"].errors) == {"module", "member", "due"}
    assert answer.status_code == 422
    told = client.get(closed.curriculum.page("asked")).content.decode()
    assert "0 of 2 courses done." in told
    assert "no account" in told


def test_who_gave_work_takes_it_back_and_gives_it_to_another_with_what_was_done_kept(closed, as_user):
    made = ask_member(closed.curriculum, courses(closed, "C1", "C2"), user=closed.faculty, request=SOON, by=None).made[
        0
    ]
    finish(made.courses.get(course__code="C1"))
    as_user(closed.director).post(
        closed.curriculum.page("asked-change", made.pk), {"do": "reassign", "to": closed.director.pk}
    )
    asked = {each.who: [line.course.code for line in each.courses.all()] for each in Assignment.objects.all()}
    assert asked == {"faculty": ["C1"], "director": ["C2"]}
    with pytest.raises(NothingToAsk):
        reassign(Assignment.objects.get(person=closed.faculty), to=closed.director, by=None)
    as_user(closed.director).post(closed.curriculum.page("asked-change", made.pk), {"do": "close"})
    assert Assignment.objects.get(pk=made.pk).closed is not None


def test_for_a_lecturer_without_an_account_the_director_says_that_it_is_done(closed, as_user):
    ask_lecturers(closed.curriculum, courses(closed, "C2"), request=SOON, by=None)
    name, member = Assignment.objects.get(lecturer="Zhao Min"), Assignment.objects.get(person=closed.faculty)
    client = as_user(closed.director)
    for made, status in ((name, 302), (member, 404)):
        sent = {"do": "done", "line": made.courses.get().pk}
        assert client.post(closed.curriculum.page("asked-change", made.pk), sent).status_code == status
    assert [line.done is not None for line in (name.courses.get(), member.courses.get())] == [True, False]


def test_a_reminder_goes_once_a_day_to_one_person_in_the_language_of_the_person(closed, as_user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    closed.faculty.email = "li@north.example"
    closed.faculty.save()
    made = [
        ask_member(closed.curriculum, courses(closed, code), user=closed.faculty, request=SOON, by=None).made[0]
        for code in ("C1", "C2")
    ]
    client = as_user(closed.director)
    for each in made:
        client.post(closed.curriculum.page("asked-change", each.pk), {"do": "remind"})
    assert [message.to for message in mail.outbox] == [["li@north.example"]]
    assert "C1 Course 1" in mail.outbox[0].body
    assert "/my-courses/" in mail.outbox[0].body
    Assignment.objects.update(reminded=timezone.localdate() - timedelta(days=1))
    client.post(closed.curriculum.page("asked-change", made[1].pk), {"do": "remind"})
    assert len(mail.outbox) == 2


def test_where_mail_is_not_set_up_the_page_shows_the_address_and_the_day_is_not_taken(closed, as_user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    closed.faculty.email = "li@north.example"
    closed.faculty.save()
    made = ask_member(closed.curriculum, courses(closed, "C1"), user=closed.faculty, request=SOON, by=None).made[0]
    answer = as_user(closed.director).post(
        closed.curriculum.page("asked-change", made.pk), {"do": "remind"}, follow=True
    )
    assert "/my-courses/" in str(*answer.context["messages"])
    made.refresh_from_db()
    assert made.reminded is None


def test_done_is_said_once_and_opened_again(closed):
    line = ask_member(closed.curriculum, courses(closed, "C1"), user=closed.faculty, request=SOON, by=None).made[0]
    course = line.courses.get()
    finish(course)
    first = AssignedCourse.objects.get().done
    finish(course)
    assert AssignedCourse.objects.get().done == first
    reopen(course)
    assert AssignedCourse.objects.get().done is None


@pytest.mark.parametrize("name", ["asked", "my-courses"])
def test_more_people_and_courses_cost_no_more_queries(closed, as_user, name, django_assert_max_num_queries):
    def queries(client) -> int:
        with django_assert_max_num_queries(60) as counted:
            assert client.get(page).status_code == 200
        return len(counted.captured_queries)

    page = "/my-courses/" if name == "my-courses" else closed.curriculum.page("asked")
    user = closed.faculty if name == "my-courses" else closed.director
    ask_member(closed.curriculum, courses(closed, "C1"), user=closed.faculty, request=SOON, by=closed.director)
    client = as_user(user)
    one = queries(client)
    add_courses(closed.curriculum, 3)
    for code in ("C3", "C4", "C5"):
        ask_member(closed.curriculum, courses(closed, code), user=closed.faculty, request=SOON, by=closed.director)
    assert queries(client) == one
