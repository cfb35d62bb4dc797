"""Invitations: one person, once, within two weeks, into one school with one role; only a hash is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from curricula.accounts.actions import accept, free_username, invite
from curricula.models import Invitation, Membership
from tests.universe import Universe

pytestmark = pytest.mark.django_db
MEMBERS = "/schools/north/members/"
PERSON = {"name": "Wei Zhang", "email": "Wei.Zhang@north.example", "password": "a long quiet evening"}


def invited(universe: Universe, *, role: str = "faculty", email: str = "") -> str:
    return invite(universe.school, role=role, email=email, by=universe.administrator)[1]


def link_on(page: str) -> str:
    return re.search(r'value="http://testserver(/invitation/\?token=[\w-]+)"', page)[1]


def test_a_new_person_comes_in_by_the_link_that_the_page_shows_once(universe, as_user):
    administrator, new = as_user(universe.administrator), Client()
    link = link_on(
        administrator.post(MEMBERS, {"email": "", "role": "director", "from_industry": "on"}).content.decode()
    )
    again = administrator.get(MEMBERS).content.decode()
    assert link not in again
    assert 'director <span class="soft small">speaks for industry</span>' in again
    page = new.get(link).content.decode()
    assert "administrator invites you as director." in page
    answer = new.post(link, PERSON, follow=True)
    assert "You belong to “North University” now." in answer.content.decode()
    user = User.objects.get(email="wei.zhang@north.example")
    assert (user.username, user.first_name, user.is_staff) == ("wei.zhang", "Wei Zhang", False)
    member = user.memberships.get()
    assert (member.role, member.from_industry) == ("director", True)


def test_a_link_works_once(universe, as_user):
    token = invited(universe)
    Client().post("/invitation/", {"token": token} | PERSON)
    again = as_user(universe.outsider).post("/invitation/", {"token": token})
    assert again.status_code == 410
    assert not universe.outsider.memberships.filter(school=universe.school).exists()


def test_somebody_with_an_account_accepts_signed_in(universe, as_user):
    token = invited(universe)
    page = as_user(universe.outsider).get(f"/invitation/?token={token}").content.decode()
    assert "Accept as outsider" in page
    assert 'name="password"' not in page
    as_user(universe.outsider).post("/invitation/", {"token": token})
    assert universe.outsider.memberships.get(school=universe.school).role == "faculty"
    assert Invitation.objects.get().accepted_by == universe.outsider


@pytest.mark.parametrize(("had", "offered"), [("viewer", "director"), ("director", "viewer")])
def test_who_is_a_member_already_keeps_the_higher_role(had, offered, universe):
    member = getattr(universe, had)
    accept(invited(universe, role=offered), user=member)
    assert member.memberships.get().role == "director"


@pytest.mark.parametrize("how", ["late", "withdrawn", "school removed", "wrong"])
def test_what_is_not_open_lets_nobody_in_and_makes_no_account(how, universe, as_user):
    token = invited(universe)
    invitation = Invitation.objects.get()
    if how == "late":
        Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    if how == "withdrawn":
        as_user(universe.administrator).post(f"/schools/north/invitations/{invitation.pk}/revoke/")
    if how == "school removed":
        universe.school.removed_at = timezone.now()
        universe.school.save()
    if how == "wrong":
        token = token[:-1]
    before = User.objects.count()
    assert Client().post("/invitation/", {"token": token} | PERSON).status_code == 410
    assert User.objects.count() == before


def test_it_is_open_for_two_weeks_and_the_database_holds_no_token(universe):
    token = invited(universe)
    invitation = Invitation.objects.get()
    assert abs(invitation.expires - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)
    assert token not in str(Invitation.objects.values().get())
    assert len(token) >= 43  # 256 bits


def test_it_goes_by_mail_in_words_and_a_second_one_to_the_same_person_ends_the_first(universe, as_user):
    first = invited(universe, email="li@north.example")
    page = as_user(universe.administrator).post(MEMBERS, {"email": "Li@north.example", "role": "viewer"}).content
    assert "The invitation to Li@north.example is sent" in page.decode()
    [sent] = mail.outbox
    assert sent.to == ["Li@north.example"]
    assert link_on(page.decode()) in sent.body
    assert Client().get(f"/invitation/?token={first}").status_code == 410


def test_without_mail_the_administrator_reads_that_the_link_is_to_be_handed_over(universe, as_user, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = as_user(universe.administrator).post(MEMBERS, {"email": "li@north.example", "role": "viewer"})
    assert "This site sends no mail yet, so hand over the link yourself." in page.content.decode()
    assert link_on(page.content.decode())


def test_a_mail_that_does_not_go_is_told_and_the_link_shown(universe, as_user, monkeypatch):
    def refused(*_args: object, **_options: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("curricula.mailing.send_mail", refused)
    page = as_user(universe.administrator).post(MEMBERS, {"email": "li@north.example", "role": "viewer"})
    assert "The mail could not be sent" in page.content.decode()
    assert link_on(page.content.decode())


def test_an_invitation_of_another_school_cannot_be_withdrawn_through_this_one(universe, as_user):
    south = universe.outsider.memberships.get().school
    other, _token = invite(south, role="viewer", email="", by=universe.outsider)
    assert as_user(universe.administrator).post(f"/schools/north/invitations/{other.pk}/revoke/").status_code == 404
    assert Invitation.objects.open().count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "wei.zhang@north"}, "too similar"),
        ({"password": "password1234"}, "too common"),
        ({"email": "no address"}, "valid email"),
        ({"name": ""}, "required"),
    ],
)
def test_a_person_who_types_something_wrong_reads_what_and_the_link_still_works(wrong, said, universe):
    token = invited(universe)
    answer = Client().post("/invitation/", {"token": token} | PERSON | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Invitation.objects.open().count() == 1


def test_an_address_that_has_an_account_is_led_to_sign_in(universe):
    User.objects.create_user("wei", "wei.zhang@NORTH.example", "x")
    answer = Client().post("/invitation/", {"token": invited(universe)} | PERSON)
    assert answer.status_code == 422
    assert "There is an account with this e-mail already" in answer.content.decode()


def test_names_for_signing_in_are_free_ones(db):
    assert free_username("Wei.Zhang@a.example") == "wei.zhang"
    User.objects.create_user("Wei.Zhang")
    User.objects.create_user("wei.zhang3")
    assert free_username("wei.zhang@b.example") == "wei.zhang2"
    assert free_username("张伟@a.example") == "member"


def test_what_a_removed_administrator_had_sent_ends(universe, as_user):
    Membership.objects.filter(user=universe.director).update(role="administrator")
    invited(universe)
    member = universe.administrator.memberships.get()
    as_user(universe.director).post(f"{MEMBERS}{member.pk}/remove/")
    assert not Invitation.objects.open().exists()
