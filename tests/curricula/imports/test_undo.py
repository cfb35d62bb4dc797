"""A saved file is undone as a whole, as long as nothing was built on it; else the page says what was."""

from __future__ import annotations

from typing import Any

import pytest

from curricula.interchange.export import as_tables
from curricula.models import (
    Course,
    Curriculum,
    ElectiveGroup,
    ImportRun,
    Mapping,
    Membership,
    Partnership,
    Prerequisite,
    Scenario,
    School,
)
from curricula.plans.actions import save_course
from curricula.records.exported_rows import rows_of
from curricula.schools.bin_actions import remove_plan
from tests.pages import text_of
from tests.universe import Universe, add_courses
from tests.uploads import MAPPED, PLAN, upload, zipped

pytestmark = pytest.mark.django_db
CHANGED = """Course Code,Course Title,Credits,Theory Hours,Prerequisites
C1,Renamed,4,20,
C2,Course 2,3,32,S101
S101,Search basics,3,32,
"""


def imported(
    client: Any, universe: Universe, content: str | bytes, name: str = "plan.csv", **stated: Any
) -> ImportRun:
    sent = {"target": universe.curriculum.key, "framework": universe.framework.pk} | stated
    answer = client.post(f"/import/?kind={stated.get('kind', 'curriculum')}", sent | {"file": upload(content, name)})
    assert client.post(answer["Location"], {"do": "save"}).status_code == 302
    return ImportRun.objects.latest("created")


def undone(client: Any, run: ImportRun) -> str:
    """What the page says after the button was pressed."""
    return str(client.post(run.get_absolute_url(), follow=True).content.decode())


def everything(plan: Curriculum) -> tuple[Any, ...]:
    rows = [list(model.objects.order_by("pk").values()) for model in (Course, Prerequisite, Mapping)]
    return as_tables(rows_of(plan)), rows


def test_a_plan_is_exactly_as_it_was_before_the_file(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    before, client = everything(universe.curriculum), as_user(universe.director)
    run = imported(client, universe, CHANGED)
    assert everything(universe.curriculum) != before
    assert run.counts == {
        "curricula.course": [1, 1, 0],
        "curricula.prerequisite": [1, 0, 1],
    }
    assert "C1" not in text_of(client.get("/import/saved/").content.decode())
    assert "plan.csv" in client.get("/import/saved/").content.decode()
    changed = Curriculum.objects.get().changed
    assert "everything is as it was before" in undone(client, run)
    assert everything(universe.curriculum) == before
    assert Curriculum.objects.get().changed > changed  # what was computed is computed anew
    run.refresh_from_db()
    assert run.undone_by == universe.director
    assert "It is undone already" in undone(client, run)


def test_a_mapping_is_taken_back_too(universe, as_user):
    client = as_user(universe.director)
    imported(client, universe, PLAN)
    before = everything(universe.curriculum)
    run = imported(client, universe, MAPPED, "mapping.csv")
    assert Mapping.objects.count() == 2
    undone(client, run)
    assert everything(universe.curriculum) == before


def build_course(universe: Universe) -> None:
    course = universe.course("S101")
    course.title_en = "Corrected"
    save_course(course)


def build_mapping(universe: Universe) -> None:
    Mapping.objects.create(course=universe.course("S101"), ability=universe.ability("MK.1"), level="D")


def build_nothing(universe: Universe) -> None:
    course = universe.course("C1")  # the file says nothing of it
    course.title_en = "Corrected"
    save_course(course)
    Scenario.objects.create(curriculum=universe.curriculum, title="Less theory")


@pytest.mark.parametrize(("build", "told"), [(build_course, "Courses: 1"), (build_mapping, "Mappings: 1")])
def test_what_was_built_on_a_file_keeps_it_and_is_named(build, told, universe, as_user):
    add_courses(universe.curriculum, 1)
    client = as_user(universe.director)
    run = imported(client, universe, PLAN)
    build(universe)
    before = everything(universe.curriculum)
    assert told in client.get(run.get_absolute_url()).content.decode()
    assert told in undone(client, run)
    assert everything(universe.curriculum) == before
    assert ImportRun.objects.get().undone_at is None


def test_what_has_nothing_to_do_with_a_file_does_not_keep_it(universe, as_user):
    add_courses(universe.curriculum, 1)
    client = as_user(universe.director)
    run = imported(client, universe, PLAN)
    build_nothing(universe)
    undone(client, run)
    assert list(universe.curriculum.courses.values_list("code", "title_en")) == [("C1", "Corrected")]


def test_files_are_undone_in_the_opposite_order(universe, as_user):
    client = as_user(universe.director)
    before = everything(universe.curriculum)
    first, second = imported(client, universe, PLAN), imported(client, universe, MAPPED, "mapping.csv")
    assert "undo “mapping.csv” first" in undone(client, first)
    undone(client, second)
    undone(client, first)
    assert everything(universe.curriculum) == before


def test_the_next_version_that_a_file_made_goes_into_the_bin(universe, as_user):
    add_courses(universe.curriculum, 1)
    Curriculum.objects.update(state="approved")
    client = as_user(universe.director)
    run = imported(client, universe, PLAN)
    assert Curriculum.objects.count() == 2
    undone(client, run)
    assert list(Curriculum.objects.values_list("version", flat=True)) == [1]
    assert "version 2" in client.get("/schools/north/bin/").content.decode()


def test_a_new_plan_with_a_scenario_stays(universe, as_user):
    client = as_user(universe.director)
    run = imported(client, universe, PLAN, target="", school=universe.school.pk, program="new", year=2027)
    made = Curriculum.objects.get(year=2027)
    Scenario.objects.create(curriculum=made, title="Less theory")
    assert "Scenarios: 1" in undone(client, run)
    Scenario.objects.all().delete()
    undone(client, run)
    assert not Curriculum.objects.filter(year=2027).exists()


def test_a_file_into_an_approved_plan_stays(universe, as_user):
    client = as_user(universe.director)
    run = imported(client, universe, PLAN)
    Curriculum.objects.update(state="approved")
    assert "approved" in undone(client, run)
    assert universe.curriculum.courses.count() == 2


def test_a_file_that_says_nothing_new_is_not_listed(universe, as_user):
    client = as_user(universe.director)
    imported(client, universe, PLAN)
    imported(client, universe, PLAN)
    assert ImportRun.objects.count() == 1


def test_records_of_a_school_are_taken_back(universe, as_user):
    client = as_user(universe.director)
    sent = {"kind": "partnership", "school": universe.school.pk}
    imported(client, universe, "企业全称,合作形式,状态\n云海电商,订单班,筹备\n", "one.csv", **sent)
    before = list(Partnership.objects.values())
    run = imported(
        client, universe, "企业全称,合作形式,状态\n云海电商,订单班,运行\n星河,基地,运行\n", "two.csv", **sent
    )
    assert list(Partnership.objects.values()) != before
    undone(client, run)
    assert list(Partnership.objects.values()) == before
    held = Partnership.objects.get()
    held.state = "ended"
    held.save()
    assert "Partnerships: 1" in undone(client, ImportRun.objects.earliest("created"))
    assert Partnership.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_those_who_import_into_a_school_see_and_undo_its_files(method, universe, as_user):
    run = imported(as_user(universe.director), universe, PLAN)
    address = run.get_absolute_url()
    for person in (universe.outsider, universe.viewer, universe.faculty):
        assert getattr(as_user(person), method)(address).status_code == 404
        assert "plan.csv" not in as_user(person).get("/import/saved/").content.decode()
    assert getattr(as_user(None), method)(address)["Location"].startswith("/sign-in/")
    assert universe.curriculum.courses.count() == 2
    assert as_user(universe.administrator).get(address).status_code == 200


def test_who_left_the_school_undoes_nothing_more(universe, as_user):
    run = imported(as_user(universe.director), universe, PLAN)
    Membership.objects.filter(user=universe.director).delete()
    assert as_user(universe.director).post(run.get_absolute_url()).status_code == 404


def test_files_of_a_removed_plan_are_not_listed(universe, as_user):
    client = as_user(universe.director)
    run = imported(client, universe, PLAN)
    remove_plan(universe.curriculum, by=universe.director, whole=True)
    assert client.get(run.get_absolute_url()).status_code == 404
    assert School.objects.filter(slug="north").exists()


def test_the_list_asks_no_more_for_more_files(universe, as_user, django_assert_max_num_queries):
    client = as_user(universe.director)

    def queries() -> int:
        with django_assert_max_num_queries(20) as asked:
            client.get("/import/saved/")
        return len(asked)

    imported(client, universe, PLAN)
    queries()
    few = queries()
    imported(client, universe, MAPPED, "mapping.csv")
    imported(client, universe, zipped(courses=CHANGED), "plan.zip")
    assert queries() == few


def test_elective_groups_of_courses_that_were_there_are_taken_back_too(universe, as_user):
    add_courses(universe.curriculum, 2)
    before, client = everything(universe.curriculum), as_user(universe.director)
    run = imported(client, universe, "Elective Group,Courses to Choose,Courses\nChoice,1,C1; C2\n")
    assert universe.course("C1").elective_group.title == "Choice"
    assert "everything is as it was before" in undone(client, run)
    assert everything(universe.curriculum) == before
    assert not universe.curriculum.elective_groups.exists()


def test_what_a_file_removed_and_somebody_wrote_again_is_named(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    client = as_user(universe.director)
    run = imported(client, universe, CHANGED)
    again = Prerequisite.objects.create(course=second, requires=first)
    assert "Prerequisites: 1" in undone(client, run)
    again.delete()
    assert "everything is as it was before" in undone(client, run)
    assert list(Prerequisite.objects.values_list("course", "requires")) == [(second.pk, first.pk)]


def test_a_group_that_was_removed_since_does_not_keep_a_file(universe, as_user):
    add_courses(universe.curriculum, 2)
    old = ElectiveGroup.objects.create(curriculum=universe.curriculum, title="Old", choose=1)
    universe.curriculum.courses.update(elective_group=old)
    client = as_user(universe.director)
    run = imported(client, universe, "Elective Group,Courses to Choose,Courses\nNew,1,C1\n")
    old.delete()
    undone(client, run)
    assert not universe.curriculum.elective_groups.exists()
    assert set(universe.curriculum.courses.values_list("elective_group", flat=True)) == {None}
