"""Review and decision: by another person than who sent it, step by step, with what a committee would look up."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from curricula.loop.actions import SamePerson, WrongStep, decide
from curricula.loop.queries import steps_left
from curricula.models import Curriculum, Decision, Membership, Snapshot
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
State = Curriculum.State
Kind = Decision.Kind


def decided(universe: Universe, kind: str, *, by: User, **facts: Any) -> Decision:
    return decide(Curriculum.objects.get(), Decision(kind=kind, **facts), by=by)


def state() -> str:
    return Curriculum.objects.get().state


def post(client: Any, universe: Universe, kind: str, **facts: str) -> Any:
    sent = {"kind": kind, "decided_on": "2026-11-01", **facts}
    return client.post(universe.curriculum.page("review-decide"), sent, follow=True)


def test_a_plan_is_sent_and_approved_by_another_person(universe, as_user):
    add_courses(universe.curriculum, 2)
    page = post(as_user(universe.director), universe, "sent").content.decode()
    assert "The plan is now: in review." in page
    assert "somebody else who directs the school decides on it" in page
    assert (
        "The plan is now: approved."
        in post(
            as_user(universe.administrator), universe, "passed", document="Minutes 12/2026", reason="Sound."
        ).content.decode()
    )
    sent, passed = Decision.objects.all()
    assert (sent.by, sent.kind, passed.by, passed.kind) == (
        universe.director,
        "sent",
        universe.administrator,
        "passed",
    )
    assert (passed.document, passed.alone, str(passed.decided_on)) == ("Minutes 12/2026", False, "2026-11-01")
    assert Snapshot.objects.get().kind == "approval"


def test_who_sent_it_does_not_decide_on_it(universe, as_user):
    decided(universe, Kind.SENT, by=universe.director)
    for kind in (Kind.PASSED, Kind.RETURNED):
        with pytest.raises(SamePerson):
            decided(universe, kind, by=universe.director, reason="Mine.")
    refused = post(as_user(universe.director), universe, "passed").content.decode()
    assert "somebody else who directs the school decides on it" in refused
    assert state() == State.IN_REVIEW
    assert Decision.objects.count() == 1


def test_the_only_director_of_a_school_decides_alone_and_the_record_says_so(universe, as_user):
    Membership.objects.filter(user=universe.administrator).delete()
    decided(universe, Kind.SENT, by=universe.director)
    page = as_user(universe.director).get(universe.curriculum.page("review")).content.decode()
    assert "nobody else directs this school: the record will say so" in page
    assert decided(universe, Kind.PASSED, by=universe.director).alone
    page = as_user(universe.viewer).get(universe.curriculum.page("review")).content.decode()
    assert "Decided by who sent it, because the school has no other director." in page


def test_a_director_who_cannot_sign_in_any_more_is_no_other_director(universe):
    User.objects.filter(pk=universe.administrator.pk).update(is_active=False)
    decided(universe, Kind.SENT, by=universe.director)
    assert decided(universe, Kind.PASSED, by=universe.director).alone


def test_steps_that_the_school_has_named_are_passed_in_their_order(universe):
    universe.school.review_steps = ["教研室", "学院", "教务处"]
    universe.school.save()
    decided(universe, Kind.SENT, by=universe.director)
    for step, left in (("教研室", ["学院", "教务处"]), ("学院", ["教务处"])):
        assert decided(universe, Kind.PASSED, by=universe.administrator).step == step
        assert (steps_left(Curriculum.objects.get()), state()) == (left, State.IN_REVIEW)
    assert decided(universe, Kind.PASSED, by=universe.administrator).step == "教务处"
    assert state() == State.APPROVED


def test_what_is_returned_is_a_draft_again_and_its_director_reads_why(universe, as_user):
    add_courses(universe.curriculum, 1)
    decided(universe, Kind.SENT, by=universe.director)
    without = post(as_user(universe.administrator), universe, "returned")
    assert without.status_code == 422
    assert "Say why the plan is returned" in without.content.decode()
    post(as_user(universe.administrator), universe, "returned", reason="Term 5 has 32 credits.")
    assert state() == State.DRAFT
    client = as_user(universe.director)
    for page in ("review", "overview"):
        assert "Term 5 has 32 credits." in client.get(universe.curriculum.page(page)).content.decode()


def test_a_round_begins_anew_after_a_return(universe):
    universe.school.review_steps = ["one", "two"]
    universe.school.save()
    decided(universe, Kind.SENT, by=universe.director)
    decided(universe, Kind.PASSED, by=universe.administrator)
    decided(universe, Kind.RETURNED, by=universe.administrator, reason="Once more.")
    decided(universe, Kind.SENT, by=universe.administrator)
    assert steps_left(Curriculum.objects.get()) == ["one", "two"]
    assert decided(universe, Kind.PASSED, by=universe.director).step == "one"


@pytest.mark.parametrize(
    ("held", "kind"),
    [("draft", "passed"), ("draft", "returned"), ("draft", "withdrawn"), ("in_review", "sent")]
    + [("approved", kind) for kind in Kind.values],
)
def test_no_step_is_left_out_or_taken_back(universe, held, kind):
    Curriculum.objects.update(state=held)
    with pytest.raises(WrongStep):
        decided(universe, kind, by=universe.director, reason="Why not.")
    assert state() == held
    assert not Decision.objects.exists()


def test_who_sent_it_may_take_it_back(universe):
    decided(universe, Kind.SENT, by=universe.director)
    decided(universe, Kind.WITHDRAWN, by=universe.director)
    assert state() == State.DRAFT


def test_the_report_of_an_approved_plan_stays_when_its_framework_changes(universe, as_user):
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 120)
    decided(universe, Kind.SENT, by=universe.director)
    decided(universe, Kind.PASSED, by=universe.administrator)
    client, plan = as_user(universe.viewer), universe.curriculum
    address = plan.page("report-download", "json")
    before, pages = client.get(address).json(), client.get(plan.page("abilities")).content.decode()
    universe.framework.abilities.filter(code="MK.1").update(title_en="Renamed since")
    universe.framework.version = "2"
    universe.framework.save()
    add_postings(plan, 400)
    assert client.get(address).json() == before
    assert "Renamed since" not in client.get(plan.page("abilities")).content.decode()
    assert "Renamed since" not in pages
    overview = client.get(plan.page("overview")).content.decode()
    assert "As approved on" in overview
    assert "Renamed since" not in overview
    today = client.get(plan.page("overview-today")).content.decode()
    assert "Renamed since" in today
    assert "As it was approved" in today
