"""A person gets all that is stored of the account, and can be forgotten; what a school recorded stays whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from curricula.accounts.actions import invite
from curricula.models import (
    AssignedCourse,
    Assignment,
    CellDecision,
    CellQuestion,
    Invitation,
    Mapping,
    Membership,
    Profile,
    Rating,
    SignedIn,
    SuggestionDecision,
)
from curricula.rater_codes import member_code
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
NAME, MAIL = "Li Na", "li.na@north.example"


@pytest.fixture
def li(universe: Universe) -> User:
    """A director with a name, who signed in, invited somebody, mapped a course and decided on a suggestion."""
    user = universe.director
    User.objects.filter(pk=user.pk).update(first_name=NAME, email=MAIL, username="li.na")
    user.refresh_from_db()
    Profile.objects.create(user=user, language="en")
    Invitation.objects.create(school=universe.school, email=MAIL, token_hash="0" * 64, expires="2026-01-01T00:00Z")
    invite(universe.school, role="viewer", email="", by=user)
    client = Client()
    client.force_login(user)
    [course] = add_courses(universe.curriculum, 1, mapped=False)
    mapping: Any = Mapping(course=course, ability=universe.ability("MK.1"), level="D", share=1)
    mapping._history_user = user
    mapping.save()
    SuggestionDecision.objects.create(course=course, ability=universe.ability("MK.2"), who="li.na", score=1, words=[])
    AccessAttempt.objects.create(username="li.na", failures_since_start=1, ip_address="203.0.113.9")
    return user


def exported(tmp_path: Path, command: str, name: str) -> dict:
    path = tmp_path / "file.json"
    call_command(command, name, output=path)
    assert path.stat().st_mode & 0o077 == 0, "only its owner reads it"
    return json.loads(path.read_text())


def test_the_file_holds_every_row_that_names_the_person_and_no_secret(li, tmp_path):
    found = exported(tmp_path, "export_person", "li.na")
    assert (found["account"]["first_name"], found["account"]["email"]) == (NAME, MAIL)
    assert {
        *("curricula.Membership", "curricula.Profile", "curricula.Invitation", "curricula.SignedIn"),
        *("curricula.HistoricalMapping", "curricula.SuggestionDecision", "axes.AccessAttempt"),
    } <= set(found["rows"])
    told = json.dumps(found)
    assert li.password not in told
    assert SignedIn.objects.get().session_key not in told


def test_what_stands_under_the_code_of_the_person_is_in_the_file_and_stays_under_it(li, universe, tmp_path):
    code = member_code(universe.school, li)
    course = universe.course("C1")
    asked: Any = {"curriculum": universe.curriculum, "due": "2026-12-01"}
    Assignment.objects.create(person=li, **asked).courses.create(course=course)
    Assignment.objects.create(lecturer="Zhao Min", **asked)
    Mapping.objects.create(course=course, ability=universe.ability("DA.1"), rater=code, level="D")
    Rating.objects.create(course=course, rater=code)
    met: Any = {"curriculum": universe.curriculum, "ability": universe.ability("DA.1"), "met_on": "2026-11-01"}
    for present in ([code], ["r-somebody"]):
        CellDecision.objects.create(course="C1", mapped=True, present=present, **met)
    rows = exported(tmp_path, "export_person", "li.na")["rows"]
    kinds = ("curricula.Mapping by code", "curricula.Rating by code", "curricula.CellDecision by code")
    assert [len(rows[kind]) for kind in (*kinds, "curricula.Assignment")] == [1, 1, 1, 1]
    call_command("delete_person", "li.na", yes=True)
    assert Assignment.objects.get(lecturer="").person.username.startswith("person-")
    assert Rating.objects.get().rater == code


def test_a_school_is_deleted_with_what_it_asked_rated_and_settled(li, universe):
    course = universe.course("C1")
    asked: Any = {"curriculum": universe.curriculum, "due": "2026-12-01"}
    Assignment.objects.create(person=li, **asked).courses.create(course=course)
    Rating.objects.create(course=course, rater="R1")
    place: Any = {"curriculum": universe.curriculum, "ability": universe.ability("DA.1"), "course": "C1"}
    CellDecision.objects.create(mapped=False, met_on="2026-11-01", **place)
    CellQuestion.objects.create(note="Why?", **place)
    call_command("delete_school", "north", yes=True)
    for model in (Assignment, AssignedCourse, Rating, CellDecision, CellQuestion):
        assert not model._base_manager.exists(), model


def test_what_is_forgotten_stands_in_no_table_and_what_was_done_stays_under_a_code(li, universe):
    history = Mapping.history.get()
    call_command("delete_person", "li.na", yes=True)
    history.refresh_from_db()
    code = history.history_user.username
    assert code.startswith("person-")
    assert Mapping.objects.count() == 1
    assert SuggestionDecision.objects.get().who == code
    values = [str(list(model._base_manager.values())) for model in apps.get_models(include_auto_created=True)]
    for personal in ("li.na", NAME, MAIL):
        assert not [text for text in values if personal in text], personal
    assert not Membership.objects.filter(user=li).exists()
    assert not Invitation.objects.open().exists()


def test_nobody_signs_in_as_who_was_forgotten(li):
    client = Client()
    client.force_login(li)
    call_command("delete_person", "li.na", yes=True)
    assert client.get("/")["Location"].startswith("/sign-in/")
    li.refresh_from_db()
    assert not li.has_usable_password()
    assert not li.is_active


def test_the_only_administrator_of_others_cannot_be_deleted(universe):
    with pytest.raises(CommandError, match="the only administrator of north"):
        call_command("delete_person", "administrator", yes=True)
    assert User.objects.filter(username="administrator").exists()


@pytest.mark.parametrize("command", ["delete_person", "delete_school"])
def test_deleting_asks_and_another_answer_deletes_nothing(command, universe, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    with pytest.raises(CommandError, match="nothing was deleted"):
        call_command(command, {"delete_person": "director", "delete_school": "north"}[command])
    assert universe.school.memberships.count() == 4


@pytest.mark.parametrize("command", ["export_person", "export_school"])
def test_a_name_that_is_not_there_is_named(command, db, tmp_path):
    with pytest.raises(CommandError, match="nobody"):
        call_command(command, "nobody", output=tmp_path / "file.json")
