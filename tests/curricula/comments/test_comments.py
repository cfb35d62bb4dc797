"""Members talk about the parts of a plan; whom it concerns is told, on the home page and, if wanted, by mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from curricula.comments.actions import answer, begin
from curricula.comments.mentions import pieces, stored
from curricula.comments.queries import for_me, threads_of
from curricula.comments.targets import Target
from curricula.models import Comment, CommentNotice, Mapping, Membership, Profile, Scenario, StaffVisit
from curricula.records.versions import next_version
from curricula.teaching.assignment_actions import Request, ask_member
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db


@pytest.fixture
def talking(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 2)
    return universe


def page(universe: Universe, **query: object) -> str:
    return universe.curriculum.page("comments", **query)


def parts(universe: Universe) -> dict[str, dict[str, object]]:
    scenario = Scenario.objects.create(curriculum=universe.curriculum, title="Less theory")
    return {
        "course": {"course": "C1"},
        "ability": {"ability": "MK.1"},
        "cell": {"course": "C1", "ability": "MK.1"},
        "finding": {"ability": "MK.1", "finding": "1"},
        "scenario": {"scenario": scenario.pk},
        "plan": {},
    }


def test_each_part_of_a_plan_has_its_own_threads_and_the_plan_shows_all(talking, as_user):
    client = as_user(talking.viewer)
    for name, asked in parts(talking).items():
        assert client.post(page(talking), {"text": f"About the {name}.", **asked}).status_code == 302
    for name, asked in parts(talking).items():
        if name == "scenario":
            continue
        told = client.get(page(talking, **asked)).content.decode()
        assert f"About the {name}." in told
        assert told.count("About the") == (6 if name == "plan" else 1), name
    assert {thread.place.words for thread in threads_of(talking.curriculum)} == {
        *("C1 Course 1", "Search advertising", "C1 Course 1 × Search advertising"),
        *("Finding: Search advertising", "What-if: Less theory", "The plan as a whole"),
    }


@pytest.mark.parametrize("asked", [{"course": "C9"}, {"ability": "XX"}, {"scenario": "77"}])
def test_what_the_plan_does_not_have_is_not_commented_on(talking, as_user, asked):
    assert as_user(talking.viewer).get(page(talking, **asked)).status_code == 404
    assert as_user(talking.viewer).post(page(talking), {"text": "x", **asked}).status_code == 404


def test_an_empty_comment_is_refused_and_a_long_one_stays_typed(talking, as_user):
    assert as_user(talking.viewer).post(page(talking), {"text": " "}).status_code == 422
    answer = as_user(talking.viewer).post(page(talking), {"text": "long " * 1000})
    assert answer.status_code == 422
    assert "long long" in answer.content.decode()
    assert not Comment.objects.exists()


def test_who_is_mentioned_and_who_wrote_before_is_told_and_nobody_else(talking, as_user):
    first = begin(talking.curriculum, Target(), text="Is this right, @Faculty?", by=talking.director)
    assert first.text == f"Is this right, @[{talking.faculty.pk}]?"
    answer(first, text="Yes. @viewer agrees, and @outsider does not count.", by=talking.faculty)
    told = set(CommentNotice.objects.values_list("user__username", "mentioned"))
    assert told == {("faculty", True), ("director", False), ("viewer", True)}
    assert "Comments for me" in as_user(talking.viewer).get("/").content.decode()
    assert "Is this right" not in as_user(talking.administrator).get("/").content.decode()
    as_user(talking.viewer).get(talking.curriculum.page("comment", first.pk))
    assert for_me(talking.viewer) == []
    assert len(for_me(talking.viewer, unseen=False)) == 1


def test_names_are_found_whole_also_in_chinese_and_a_shared_one_is_nobodys(universe):
    wei, li, wang = universe.faculty, universe.viewer, universe.administrator
    wei.username, wei.first_name = "li.wei", "李伟"
    li.username, li.first_name = "li", ""
    wang.first_name = "李伟"
    text, found = stored("@li.wei 和 @李伟请看，@li，@lina", [wei, li])
    assert (text, found) == (f"@[{wei.pk}] 和 @[{wei.pk}]请看，@[{li.pk}]，@lina", {wei.pk, li.pk})
    assert stored("@李伟", [wei, wang]) == ("@李伟", set())
    assert stored("@[7] hello", [wei]) == ("@ [7] hello", set())
    assert [piece.text for piece in pieces(text, {wei.pk: wei})][:3] == ["@李伟", " 和 ", "@李伟"]


def test_who_began_a_thread_or_directs_resolves_it_and_an_answer_opens_it_again(talking, as_user):
    thread = begin(talking.curriculum, Target(), text="Why?", by=talking.viewer)
    address = talking.curriculum.page("comment", thread.pk)
    as_user(talking.faculty).post(address, {"do": "resolve"})
    thread.refresh_from_db()
    assert thread.resolved is None
    as_user(talking.director).post(address, {"do": "resolve"})
    assert threads_of(talking.curriculum) == []
    assert len(threads_of(talking.curriculum, resolved=True)) == 1
    as_user(talking.viewer).post(address, {"text": "Because."})
    assert len(threads_of(talking.curriculum)[0].said) == 2


def test_other_schools_read_nothing_and_staff_who_entered_write_nothing(talking, as_user, django_user_model):
    thread = begin(talking.curriculum, Target(), text="Why?", by=talking.viewer)
    address = talking.curriculum.page("comment", thread.pk)
    assert as_user(talking.outsider).get(address).status_code == 404
    assert as_user(talking.outsider).post(address, {"text": "x"}).status_code == 404
    staff = django_user_model.objects.create_user("staff", is_staff=True)
    StaffVisit.objects.create(school=talking.school, user=staff, why="A report failed.")
    assert as_user(staff).get(address).status_code == 200
    as_user(staff).post(address, {"text": "x"})
    assert Comment.objects.count() == 1


def test_a_text_is_shown_as_text(talking, as_user):
    as_user(talking.viewer).post(page(talking), {"text": "<script>alert(1)</script>"})
    assert "&lt;script&gt;alert(1)" in as_user(talking.director).get(page(talking)).content.decode()


def test_the_next_version_shows_what_was_said_before(talking):
    begin(talking.curriculum, Target(course=talking.course("C1")), text="Why?", by=talking.viewer)
    [thread] = threads_of(next_version(talking.curriculum))
    assert thread.place.words == "C1 Course 1"


def test_a_second_rater_reads_no_comment_of_the_program_until_the_rating_is_handed_in(talking, as_user):
    assert Mapping.objects.exists()
    begin(talking.curriculum, Target(), text="C1 is MK.1 at D, @faculty", by=talking.director)
    request = Request(due=date(2099, 1, 1), second=True)
    ask_member(talking.curriculum, [talking.course("C1")], user=talking.faculty, request=request, by=None)
    assert "C1 is MK.1" not in as_user(talking.faculty).get("/").content.decode()
    assert "C1 is MK.1" not in as_user(talking.faculty).get("/comments/").content.decode()
    assert as_user(talking.faculty).get(page(talking)).status_code == 403


def test_mail_goes_once_a_day_to_who_wants_it_and_tells_each_comment_once(talking, as_user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for user in (talking.faculty, talking.viewer):
        user.email = f"{user.username}@north.example"
        user.save()
    as_user(talking.faculty).post("/comments/", {"mail": "on"})
    assert Profile.objects.get(user=talking.faculty).comment_mail
    begin(talking.curriculum, Target(), text="One, @faculty and @viewer.", by=talking.director)
    call_command("mail_comments", "https://gap.example/")
    [message] = mail.outbox
    assert message.to == ["faculty@north.example"]
    assert "One, @faculty" in message.body
    assert "https://gap.example/c/north/sales/2026/comments/" in message.body
    begin(talking.curriculum, Target(), text="Two, @faculty.", by=talking.director)
    call_command("mail_comments", "https://gap.example/")
    assert len(mail.outbox) == 1
    CommentNotice.objects.exclude(mailed=None).update(mailed=timezone.now() - timedelta(days=1))
    call_command("mail_comments", "https://gap.example/")
    assert ["Two," in each.body and "One," not in each.body for each in mail.outbox[1:]] == [True]


def test_who_is_forgotten_stands_in_no_comment_by_name(talking):
    talking.faculty.first_name = "Li Na"
    talking.faculty.save()
    begin(talking.curriculum, Target(), text="Ask @Li Na.", by=talking.faculty)
    begin(talking.curriculum, Target(), text="Ask @Li Na.", by=talking.director)
    call_command("delete_person", "faculty", yes=True)
    assert not Membership.objects.filter(user=talking.faculty).exists()
    threads = threads_of(talking.curriculum)
    assert len(threads) == 2
    assert "Li Na" not in str([[piece.text for piece in said.pieces] for thread in threads for said in thread.said])
    assert not CommentNotice.objects.exists()


def test_threads_cost_the_same_for_one_and_for_three(talking, as_user, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            assert as_user(talking.director).get(page(talking)).status_code == 200
        return len(counted.captured_queries)

    thread = begin(talking.curriculum, Target(), text="@viewer?", by=talking.director)
    one = queries()
    for _n in range(2):
        begin(talking.curriculum, Target(course=talking.course("C1")), text="@faculty?", by=talking.viewer)
        answer(thread, text="@director", by=talking.viewer)
    assert queries() == one
