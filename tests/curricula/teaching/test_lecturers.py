from __future__ import annotations

import pytest

from curricula.models import Lecturer, Mapping, Membership
from curricula.rules import courses_to_map
from tests.universe import Universe, add_courses, make_universe

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(db: None) -> Universe:
    """Faculty map their own courses alone: C1 is “Li Wei”'s, C2 “Zhao Min”'s and “Li Wei”'s, C3 nobody's."""
    universe = make_universe()
    universe.school.faculty_map_all = False
    universe.school.save()
    for course, names in zip(
        add_courses(universe.curriculum, 3, mapped=False), (["Li Wei"], ["Zhao Min", "Li Wei"], []), strict=True
    ):
        course.lecturers = names
        course.save()
    return universe


def tie(universe: Universe, name: str, user) -> None:
    Lecturer.objects.create(
        school=universe.school, name=name, membership=Membership.objects.get(user=user, school=universe.school)
    )


def write(client, universe: Universe, code: str):
    sent = {"course": universe.course(code).pk, "ability": universe.ability("MK.1").pk, "level": "D"}
    return client.post(universe.curriculum.page("matrix-cell"), sent, headers={"accept": "application/json"})


def test_faculty_write_the_cells_of_their_own_courses_alone(closed, as_user):
    tie(closed, "Zhao Min", closed.faculty)
    client = as_user(closed.faculty)
    assert [write(client, closed, code).status_code for code in ("C1", "C2", "C3")] == [422, 200, 422]
    assert [mapping.course.code for mapping in Mapping.objects.all()] == ["C2"]


def test_directors_write_every_cell_and_faculty_too_where_the_school_opens_all(closed, as_user):
    assert write(as_user(closed.director), closed, "C3").status_code == 200
    closed.school.faculty_map_all = True
    closed.school.save()
    assert write(as_user(closed.faculty), closed, "C1").status_code == 200


def test_a_name_tied_to_a_viewer_gives_no_right_to_map(closed, as_user):
    tie(closed, "Li Wei", closed.viewer)
    assert write(as_user(closed.viewer), closed, "C1").status_code == 403
    assert not courses_to_map(closed.viewer, closed.curriculum).exists()


def test_suggestions_walk_ones_own_courses_and_take_nothing_for_others(closed, as_user):
    client, page = as_user(closed.faculty), closed.curriculum.page("suggestions")
    assert "None of these courses is yours yet" in client.get(page).content.decode()
    tie(closed, "Zhao Min", closed.faculty)
    assert client.get(page).context["shown"].course.code == "C2"
    sent = {"course": closed.course("C1").pk, "accept": closed.ability("MK.1").pk}
    assert client.post(page, sent).status_code == 403
    assert not Mapping.objects.exists()


def test_a_director_ties_a_name_to_a_member_and_takes_it_back(closed, as_user):
    client, address = as_user(closed.director), f"/schools/{closed.school.slug}/lecturers/"
    rows = client.get(address).context["table"].data.data
    assert [(row.name, row.courses, row.membership) for row in rows] == [("Li Wei", 2, None), ("Zhao Min", 1, None)]
    member = Membership.objects.get(user=closed.faculty).pk
    client.post(address, {"name": "Li Wei", "member": member})
    assert [course.code for course in courses_to_map(closed.faculty, closed.curriculum)] == ["C1", "C2"]
    client.post(address, {"name": "Li Wei", "member": ""})
    assert not Lecturer.objects.exists()


def test_who_is_no_director_or_of_another_school_ties_nothing(closed, as_user):
    address = f"/schools/{closed.school.slug}/lecturers/"
    member = Membership.objects.get(user=closed.faculty).pk
    for user, status in ((closed.faculty, 403), (closed.viewer, 403), (closed.outsider, 404)):
        assert as_user(user).post(address, {"name": "Li Wei", "member": member}).status_code == status
    foreign = Membership.objects.get(user=closed.outsider).pk
    assert as_user(closed.director).post(address, {"name": "Li Wei", "member": foreign}).status_code == 404
    assert not Lecturer.objects.exists()
