"""Plans, programs and schools are removed with what hangs on them, and come back exactly as they were."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F, ProtectedError
from django.utils import timezone

from competencies.models import DemandSource, Framework
from competencies.saving.archive import archived, goes_with
from curricula.evaluation.reports import gap_report_for
from curricula.interchange.export import as_tables
from curricula.models import (
    Course,
    Curriculum,
    Mapping,
    Membership,
    Prerequisite,
    Program,
    RemovedCourse,
    Scenario,
    School,
    SuggestionDecision,
)
from curricula.plans.actions import remove_course
from curricula.records.exported_rows import rows_of
from curricula.records.versions import next_version
from curricula.reports.json_report import report_data
from curricula.schools import bin_actions
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(universe: Universe) -> Universe:
    """A plan with something of everything."""
    plan = universe.curriculum
    first, second, _third = add_courses(plan, 3)
    add_postings(plan, 3)
    plan.prepares_for.add(universe.framework.positions.get(code="marketer"))
    Prerequisite.objects.create(course=second, requires=first)
    Scenario.objects.create(curriculum=plan, title="Less theory", created_by=universe.faculty)
    ability = universe.ability("MK.1")
    SuggestionDecision.objects.create(course=first, ability=ability, score=0.5, decision="rejected", who="somebody")
    Mapping.objects.create(course=first, ability=ability, level="I", rater="R1")
    remove_course(add_courses(plan, 1)[0], by=universe.director)
    return universe


def everything(plan: Curriculum) -> tuple[Any, ...]:
    """All of a plan: its rows in the database, its export and its report."""
    report = report_data(gap_report_for(plan, language="en"))
    links = [
        list(getattr(plan, name).values_list("pk")) for name in ("prepares_for", "certifications", "demand_sources")
    ]
    return archived(goes_with(plan)), links, as_tables(rows_of(plan)), report | {"created": None}


def stored(pk: int) -> Curriculum:
    return Curriculum.objects.select_related("program__school", "framework").get(pk=pk)


def bin_of(universe: Universe) -> str:
    return f"/schools/{universe.school.slug}/bin/"


def test_a_plan_names_what_hangs_on_it_goes_and_comes_back_exactly(full, as_user):
    plan, client = stored(full.curriculum.pk), as_user(full.director)
    before = everything(plan)
    asked = client.get(plan.page("curriculum-remove")).content.decode()
    for words in ("<dt>Courses</dt><dd>3</dd>", "<dt>Mappings</dt><dd>4</dd>", "<dt>Scenarios</dt><dd>1</dd>"):
        assert words in asked
    answer = client.post(plan.page("curriculum-remove"), {"version": 1})
    assert answer["Location"] == bin_of(full)
    for page in ("overview", "courses", "matrix", "report-download"):
        arguments = ("json",) if page == "report-download" else ()
        assert client.get(plan.page(page, *arguments)).status_code == 404
    assert "entry 2026" not in client.get("/").content.decode()
    listed = client.get(bin_of(full)).content.decode()
    assert "Sales 2026, version 1" in listed
    assert "director" in listed
    answer = client.post(f"{bin_of(full)}plan/{plan.pk}/restore/")
    assert answer["Location"] == plan.get_absolute_url()
    assert everything(stored(plan.pk)) == before


def test_a_removed_plan_leaves_its_name_to_another_which_stands_in_its_way_back(full, as_user):
    plan, client = full.curriculum, as_user(full.director)
    client.post(plan.page("curriculum-remove"), {"version": 1})
    other = Curriculum.objects.create(program=plan.program, year=plan.year, framework=full.framework)
    answer = client.post(f"{bin_of(full)}plan/{plan.pk}/restore/", follow=True)
    assert "There is another plan of Sales 2026 by now" in answer.content.decode()
    assert list(Curriculum.objects.all()) == [other]


def test_one_version_can_go_alone_and_a_second_press_takes_no_other(full, as_user):
    plan, client = full.curriculum, as_user(full.director)
    Curriculum.objects.update(state="approved")
    plan.refresh_from_db()
    second = next_version(plan)
    sent = {"version": 2, "what": "version"}
    client.post(plan.page("curriculum-remove"), sent)
    assert [each.version for each in Curriculum.objects.all()] == [1]
    answer = client.post(plan.page("curriculum-remove"), sent, follow=True)
    assert "nothing was removed" in answer.content.decode()
    assert [each.version for each in Curriculum.objects.all()] == [1]
    client.post(f"{bin_of(full)}plan/{second.pk}/restore/")
    assert sorted(each.version for each in Curriculum.objects.all()) == [1, 2]
    client.post(plan.page("curriculum-remove"), {"version": 2, "what": "plan"})
    assert not Curriculum.objects.exists()
    assert "Sales 2026, version 1–2" in client.get(bin_of(full)).content.decode()
    client.post(f"{bin_of(full)}plan/{second.pk}/restore/")
    assert Curriculum.objects.count() == 2


def test_a_program_goes_with_its_plans_and_back_but_not_with_one_removed_before(full, as_user):
    plan, client = full.curriculum, as_user(full.director)
    older = Curriculum.objects.create(program=plan.program, year=2025, framework=full.framework)
    bin_actions.remove_plan(older, by=full.director, whole=True)
    before = everything(stored(plan.pk))
    page = f"/schools/north/programs/{plan.program.slug}/remove/"
    assert "<dt>Curricula</dt><dd>1</dd>" in client.get(page).content.decode()
    client.post(page)
    assert not Program.objects.filter(slug="sales").exists()
    assert client.get(plan.get_absolute_url()).status_code == 404
    told = client.post(f"{bin_of(full)}plan/{older.pk}/restore/", follow=True).content.decode()
    assert "bring that back first" in told
    assert client.post(f"{bin_of(full)}plan/{plan.pk}/restore/").status_code == 404  # it comes with its program
    client.post(f"{bin_of(full)}program/{plan.program_id}/restore/")
    assert everything(stored(plan.pk)) == before
    assert list(Curriculum.objects.values_list("year", flat=True)) == [2026]


def test_a_school_goes_and_only_staff_bring_it_back(full, as_user, django_user_model):
    plan, client = full.curriculum, as_user(full.administrator)
    before = everything(stored(plan.pk))
    asked = client.get("/schools/north/remove/").content.decode()
    for words in ("<dt>Programs</dt><dd>1</dd>", "<dt>Memberships</dt><dd>4</dd>", "<dt>Courses</dt><dd>3</dd>"):
        assert words in asked
    client.post("/schools/north/remove/", {"slug": "nort"})
    assert School.objects.filter(slug="north").exists()
    client.post("/schools/north/remove/", {"slug": "north"})
    for page in ("/schools/north/", bin_of(full), plan.get_absolute_url()):
        assert as_user(full.administrator).get(page).status_code == 404
    assert "North" not in as_user(full.director).get("/import/").content.decode()
    restore = f"/schools/removed/{full.school.pk}/restore/"
    assert as_user(full.administrator).post(restore).status_code == 403
    assert as_user(None).post(restore)["Location"].startswith("/sign-in/")
    staff = as_user(django_user_model.objects.create_user("staff", is_staff=True))
    assert "North University" in staff.get("/schools/").content.decode()
    staff.post(restore)
    assert everything(stored(plan.pk)) == before
    assert as_user(full.administrator).get("/schools/north/").status_code == 200


def test_a_new_school_may_take_the_name_of_a_removed_one(full, as_user, django_user_model):
    staff = as_user(django_user_model.objects.create_user("staff", is_staff=True))
    new = {"slug": "north", "title_en": "Another", "hours_per_week": 16}
    assert "of this short name already" in staff.post("/schools/", new).content.decode()
    bin_actions.remove_school(full.school, by=full.administrator)
    assert staff.post("/schools/", new).status_code == 302
    told = staff.post(f"/schools/removed/{full.school.pk}/restore/", follow=True).content.decode()
    assert "There is another school “north” by now" in told
    assert School.objects.get(slug="north").title_en == "Another"


@pytest.mark.parametrize("page", ["/schools/north/bin/", "/schools/north/programs/sales/remove/"])
def test_only_those_who_edit_open_the_bin(page, universe, as_user):
    assert as_user(universe.outsider).get(page).status_code == 404
    assert as_user(None).get(page).status_code == 302
    for role, status in {"viewer": 403, "faculty": 403, "director": 200, "administrator": 200}.items():
        assert as_user(getattr(universe, role)).get(page).status_code == status
    assert as_user(universe.director).get("/schools/north/remove/").status_code == 403


def test_nobody_brings_back_what_another_school_removed(full, as_user):
    bin_actions.remove_plan(full.curriculum, by=full.director, whole=True)
    for school, status in {"south": 404, "north": 404}.items():
        address = f"/schools/{school}/bin/plan/{full.curriculum.pk}/restore/"
        assert as_user(full.outsider).post(address).status_code == status
    assert not Curriculum.objects.exists()


def test_after_thirty_days_all_is_deleted_for_good_with_its_history(full, capsys):
    plan = full.curriculum
    bin_actions.remove_plan(plan, by=full.director, whole=True)
    call_command("empty_bin")
    assert Curriculum.everything.count() == 1
    Curriculum.everything.update(removed_at=timezone.now() - timedelta(days=30, minutes=1))
    call_command("empty_bin")
    assert "deleted: 1" in capsys.readouterr().out
    for model in (Curriculum.everything, Course.objects, RemovedCourse.objects, Mapping.history, Curriculum.history):
        assert not model.exists()
    assert not Course.history.exists()
    assert Program.objects.filter(slug="sales").exists()


def test_a_school_is_deleted_for_good_and_only_it(full):
    other = Program.objects.create(school=School.objects.get(slug="south"), slug="kept")
    bin_actions.remove_school(full.school, by=full.administrator)
    School.everything.filter(slug="north").update(removed_at=F("removed_at") - timedelta(days=31))
    bin_actions.empty_bin()
    assert list(Program.everything.all()) == [other]
    assert list(Membership.objects.values_list("user__username", flat=True)) == ["outsider"]


def test_the_bin_asks_no_more_for_more(full, as_user, django_assert_max_num_queries):
    client = as_user(full.director)

    def queries() -> int:
        with django_assert_max_num_queries(30) as asked:
            client.get(bin_of(full))
        return len(asked)

    bin_actions.remove_plan(full.curriculum, by=full.director, whole=True)
    queries()
    few = queries()
    for year in range(2010, 2015):
        plan = Curriculum.objects.create(program=full.curriculum.program, year=year, framework=full.framework)
        bin_actions.remove_plan(plan, by=full.director, whole=True)
    assert queries() == few


def test_what_something_still_refers_to_stays_in_the_bin_and_keeps_nothing_else(universe, monkeypatch):
    """Before, a framework that happened to have the same number went over to the site."""
    held, _other = (make_source(universe, slug) for slug in ("held", "other"))
    framework, _made = Framework.objects.get_or_create(pk=held.pk, defaults={"slug": "own", "title_en": "Own"})
    Framework.objects.filter(pk=framework.pk).update(owner=universe.school)
    DemandSource.everything.update(removed_at=timezone.now() - timedelta(days=31))
    delete = bin_actions.delete_for_good

    def protected(record):
        if record == held:
            raise ProtectedError("it is in use", {universe.curriculum})
        delete(record)

    told: list[str] = []
    monkeypatch.setattr(bin_actions, "delete_for_good", protected)
    monkeypatch.setattr(bin_actions.logger, "warning", lambda text, *said: told.append(text % said))
    assert bin_actions.empty_bin() == 1
    assert list(DemandSource.everything.values_list("slug", flat=True)) == ["held"]
    assert len(told) == 1
    assert "“held” stays, because something else still refers to it" in told[0]
    assert str(universe.curriculum) in told[0]
    framework.refresh_from_db()
    assert framework.owner == universe.school


def make_source(universe, slug):
    facts = {"framework": universe.framework, "owner": universe.school, "collected": date(2026, 1, 1)}
    return DemandSource.objects.create(slug=slug, **facts)
