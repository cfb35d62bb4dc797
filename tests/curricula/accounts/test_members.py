"""Members: administrators change roles and remove people, and a school keeps an administrator."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from curricula.accounts.member_actions import LastAdministrator, change_role, remove_member
from curricula.models import Membership
from tests.queries import queries_of
from tests.universe import Universe

pytestmark = pytest.mark.django_db
MEMBERS = "/schools/north/members/"


def member(user: User) -> str:
    return f"{MEMBERS}{user.memberships.get().pk}/"


def roles(universe: Universe) -> dict[str, str]:
    return dict(universe.school.memberships.values_list("user__username", "role"))


def test_a_role_is_changed_and_a_member_removed(universe, as_user):
    client = as_user(universe.administrator)
    client.post(member(universe.viewer), {"role": "director"})
    assert roles(universe)["viewer"] == "director"
    asked = client.get(f"{member(universe.faculty)}remove/")
    assert "Remove “faculty”?" in asked.content.decode()
    assert "faculty" in roles(universe), "it asks first"
    client.post(f"{member(universe.faculty)}remove/")
    assert "faculty" not in roles(universe)


def test_who_was_removed_meanwhile_does_not_come_back_with_a_new_role(universe):
    seen = universe.faculty.memberships.get()
    remove_member(universe.faculty.memberships.get())
    change_role(seen, "director")
    assert "faculty" not in roles(universe)


def test_the_last_administrator_can_neither_be_removed_nor_lose_the_role(universe, as_user):
    client = as_user(universe.administrator)
    for last in ("remove/", ""):
        response = client.post(f"{member(universe.administrator)}{last}", {"role": "viewer"}, follow=True)
        assert "A school keeps at least one administrator" in response.content.decode()
        assert roles(universe)["administrator"] == "administrator"


def test_one_of_two_administrators_can_go(universe):
    Membership.objects.filter(user=universe.director).update(role="administrator")
    first, second = Membership.objects.filter(school=universe.school, role="administrator")
    change_role(first, "viewer")
    with pytest.raises(LastAdministrator):
        remove_member(second)


def test_an_unknown_role_changes_nothing(universe, as_user):
    response = as_user(universe.administrator).post(member(universe.viewer), {"role": "king"})
    assert response.status_code == 404
    assert roles(universe)["viewer"] == "viewer"


def test_a_member_of_another_school_cannot_be_changed_through_this_one(universe, as_user):
    foreign = universe.outsider.memberships.get()
    response = as_user(universe.administrator).post(f"{MEMBERS}{foreign.pk}/remove/")
    assert response.status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


def test_members_are_shown_with_name_role_and_last_sign_in_and_roles_are_explained(universe, as_user):
    User.objects.filter(username="director").update(first_name="Li Na", last_login=timezone.now())
    page = as_user(universe.administrator).get(MEMBERS).content.decode()
    assert "Li Na" in page
    assert timezone.localdate().isoformat() in page
    assert "Director: also edits and imports plans, and approves them" in page


def test_the_page_asks_the_same_of_the_database_for_one_member_and_for_more(universe, as_user):
    client = as_user(universe.administrator)

    def queries() -> int:
        return queries_of(client.get, MEMBERS)

    before = queries()
    for n in range(3):
        Membership.objects.create(user=User.objects.create_user(f"new{n}"), school=universe.school)
    assert queries() == before
