"""Schools and their programs: who opens them, and what is saved."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from curricula.models import Membership, School
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
SCHOOL = "/schools/north/"
PROGRAM = "/schools/north/programs/sales/"


def test_everybody_sees_their_own_schools_and_roles(universe, as_user):
    page = as_user(universe.viewer).get("/schools/").content.decode()
    assert "North University" in page
    assert "South University" not in page
    assert f'href="{SCHOOL}"' not in page, "only administrators are led to a school's page"
    assert SCHOOL in as_user(universe.administrator).get("/schools/").content.decode()


def test_who_belongs_to_no_school_is_told_what_to_do(universe, as_user):
    alone = "You are not a member of a school yet"
    assert alone in as_user(User.objects.create_user("new")).get("/schools/").content.decode()
    staff = as_user(User.objects.create_user("staff", is_staff=True)).get("/schools/").content.decode()
    assert "Make the school" in staff
    assert alone not in staff


def test_titles_and_hours_of_a_week_are_saved(universe, as_user):
    stated = {"title_en": "North College", "title_zh": "", "hours_per_week": "20"}
    response = as_user(universe.administrator).post(SCHOOL, stated, follow=True)
    assert "The school is saved." in response.content.decode()
    school = School.objects.get(slug="north")
    assert (school.title_en, school.title_zh, school.hours_per_week) == ("North College", "", 20)


@pytest.mark.parametrize(
    "wrong", [{"hours_per_week": "0"}, {"hours_per_week": "200"}, {"title_en": "", "title_zh": ""}]
)
def test_a_school_that_makes_no_sense_is_refused_and_what_was_typed_stays(universe, as_user, wrong):
    stated = {"title_en": "North College", "title_zh": "北", "hours_per_week": "16"} | wrong
    response = as_user(universe.administrator).post(SCHOOL, stated)
    assert response.status_code == 422
    assert f'value="{stated["hours_per_week"]}"' in response.content.decode()
    assert School.objects.get(slug="north").title_en == "North University"


def test_a_program_made_by_an_import_gets_its_titles(universe, as_user):
    stated = {"title_en": "Selling", "title_zh": "营销", "host_major": "E-commerce", "degree": "bachelor"}
    director = as_user(universe.director)
    page = director.post(PROGRAM, stated, follow=True).content.decode()
    assert "The program is saved." in page
    program = universe.school.programs.get()
    assert {name: getattr(program, name) for name in stated} == stated
    assert program.slug == "sales"
    assert PROGRAM in director.get(universe.curriculum.page("curriculum-settings")).content.decode()
    assert PROGRAM in as_user(universe.administrator).get(SCHOOL).content.decode()


def test_a_program_keeps_a_title_and_what_was_typed_stays(universe, as_user):
    response = as_user(universe.director).post(PROGRAM, {"title_en": "", "title_zh": "", "host_major": "Commerce"})
    assert response.status_code == 422
    assert "A program needs a title in one language at least." in response.content.decode()
    assert 'value="Commerce"' in response.content.decode()
    assert universe.school.programs.get().title_en == "Sales"


@pytest.mark.parametrize(
    ("user", "status"), [("viewer", 403), ("faculty", 403), ("outsider", 404), ("director", 200), (None, 302)]
)
def test_a_programs_titles_are_its_directors_matter(universe, as_user, user, status):
    client = as_user(getattr(universe, user) if user else None)
    assert client.get(PROGRAM).status_code == status
    posted = client.post(PROGRAM, {"title_en": "Mine"})
    assert posted.status_code == (302 if status in (200, 302) else status)
    assert (universe.school.programs.get().title_en == "Mine") == (user == "director")
    assert client.get(PROGRAM.replace("sales", "none")).status_code in {302, 403, 404}


def test_staff_start_a_school_and_become_its_administrator(universe, as_user):
    staff = User.objects.create_user("staff", is_staff=True)
    stated = {"slug": "east", "title_en": "East", "hours_per_week": "16"}
    response = as_user(staff).post("/schools/", stated)
    assert response.url == reverse("school", args=["east"])
    assert School.objects.get(slug="east").memberships.get().role == "administrator"
    assert staff.memberships.get().school.slug == "east"


@pytest.mark.parametrize("slug", ["north", "two words", ""])
def test_a_new_school_needs_a_short_name_of_its_own(universe, as_user, slug):
    staff = User.objects.create_user("staff", is_staff=True)
    response = as_user(staff).post("/schools/", {"slug": slug, "title_en": "East", "hours_per_week": "16"})
    assert response.status_code == 422
    assert 'value="East"' in response.content.decode()
    assert School.objects.count() == 2


def test_staff_take_a_school_that_nobody_belongs_to(as_user, universe):
    made = School.objects.create(slug="by-command", title_en="By command")
    staff = User.objects.create_user("root", is_staff=True)
    page = as_user(staff).get("/schools/").content.decode()
    assert "By command" in page
    assert "/schools/north/take/" not in page, "a school with members stays theirs"
    as_user(staff).post("/schools/by-command/take/")
    assert list(made.memberships.values_list("user__username", "role")) == [("root", "administrator")]


def test_a_school_with_members_is_not_taken_nor_taken_by_others(universe, as_user):
    staff = User.objects.create_user("root", is_staff=True)
    before = set(universe.school.memberships.values_list("user", "role"))
    answer = as_user(staff).post("/schools/north/take/", follow=True)
    assert "one of its administrators can add you" in answer.content.decode()
    assert as_user(universe.administrator).post("/schools/north/take/").status_code == 403
    assert set(universe.school.memberships.values_list("user", "role")) == before


def test_only_staff_start_schools(universe, as_user):
    stated = {"slug": "east", "title_en": "East", "hours_per_week": "16"}
    assert as_user(universe.administrator).post("/schools/", stated).status_code == 403
    assert not School.objects.filter(slug="east").exists()


@pytest.mark.parametrize("address", ["/schools/", SCHOOL])
def test_more_rows_make_no_more_queries(universe, as_user, address):
    client = as_user(universe.administrator)
    counts = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            Membership.objects.create(user=User.objects.create_user(name), school=universe.school)
            Membership.objects.create(user=universe.administrator, school=School.objects.create(slug=name))
        client.get(address)
        counts.append(queries_of(client.get, address))
    assert counts[0] == counts[1]


def test_the_page_leads_to_records_questionnaires_and_rules_that_open(universe, as_user):
    client = as_user(universe.administrator)
    page = client.get(SCHOOL).content.decode()
    for place in ("records/", "questionnaires/", "training-rules/"):
        assert f'href="{SCHOOL}{place}"' in page
        assert client.get(f"{SCHOOL}{place}").status_code == 200
