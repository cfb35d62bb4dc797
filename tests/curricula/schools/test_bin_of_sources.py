"""A source of demand is removed with its rows, is read nowhere meanwhile, and comes back as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from competencies.models import DemandSource, Framework, Posting
from competencies.saving.archive import archived, goes_with
from curricula.evaluation.reports import gap_report_for
from curricula.imports.actions import replace_source
from curricula.models import Curriculum, School
from curricula.records.versions import next_version
from curricula.reports.json_report import report_data
from curricula.schools import bin_actions
from tests.universe import Universe, add_courses, add_postings, make_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(universe: Universe) -> DemandSource:
    """Of the school, and judging its plan."""
    add_courses(universe.curriculum, 2)
    made = add_postings(universe.curriculum, 12)
    DemandSource.objects.update(owner=universe.school)
    made.refresh_from_db()
    return made


def report_of(universe: Universe) -> dict[str, Any]:
    plan = Curriculum.objects.select_related("program__school", "framework").get(pk=universe.curriculum.pk)
    return report_data(gap_report_for(plan, language="en")) | {"created": None}


def test_a_source_names_what_hangs_on_it_goes_and_comes_back_as_it_was(universe, source, as_user):
    client = as_user(universe.director)
    before, report = archived(goes_with(source)), report_of(universe)
    assert report["demand"]["postings"] == 12
    asked = client.get("/demand/board/remove/").content.decode()
    assert "<dt>Postings</dt><dd>12</dd>" in asked
    assert "<dt>Plans that are judged by it</dt><dd>1</dd>" in asked
    assert client.post("/demand/board/remove/")["Location"] == "/schools/north/bin/"
    assert report_of(universe)["demand"] is None
    posting = Posting.objects.first()
    for page in ("/demand/board/", f"/demand/postings/{posting.pk}/", "/demand/board/duplicates/"):
        assert client.get(page).status_code == 404
    for page in (
        "/demand/",
        "/frameworks/trade/demand/",
        "/frameworks/trade/demand/postings/",
        "/import/?kind=postings",
    ):
        assert "Board" not in client.get(page).content.decode()
    assert "Search advertising" in client.get("/frameworks/trade/").content.decode()
    assert "Board" in client.get("/schools/north/bin/").content.decode()
    answer = client.post(f"/schools/north/bin/source/{source.pk}/restore/")
    assert answer["Location"] == "/demand/board/"
    assert archived(goes_with(DemandSource.objects.get())) == before
    assert report_of(universe) == report


def test_settings_that_are_saved_meanwhile_forget_nothing(universe, source, as_user):
    client = as_user(universe.director)
    client.post("/demand/board/remove/")
    client.post(universe.curriculum.page("curriculum-settings"), {"signed_off": "on"})
    bin_actions.restore_source(DemandSource.everything.get())
    assert list(universe.curriculum.demand_sources.all()) == [source]


def test_figures_are_not_those_of_another_source_that_was_in_the_bin(universe, source):
    others = [add_postings(universe.curriculum, postings, slug=f"other-{postings}") for postings in (20, 30)]
    bin_actions.remove_source(source, by=universe.director)
    assert report_of(universe)["demand"]["postings"] == 50
    bin_actions.restore_source(DemandSource.everything.get(pk=source.pk))
    bin_actions.remove_source(others[0], by=universe.director)
    assert report_of(universe)["demand"]["postings"] == 42


def test_a_version_that_is_made_meanwhile_is_judged_by_it_too_once_it_is_back(universe, source):
    bin_actions.remove_source(source, by=universe.director)
    made = next_version(universe.curriculum)
    assert not made.open_sources.exists()
    bin_actions.restore_source(DemandSource.everything.get())
    assert list(made.open_sources) == [source]


def test_a_plan_that_comes_back_is_judged_by_what_took_the_place_of_its_source_meanwhile(universe, source):
    bin_actions.remove_plan(universe.curriculum, by=universe.director, whole=True)
    replace_source("board", by=universe.director)
    bin_actions.restore_plan(Curriculum.everything.get())
    assert list(Curriculum.objects.get().open_sources) == [DemandSource.objects.get()]


def test_a_source_of_the_same_name_stands_in_its_way_back(universe, source, as_user):
    client = as_user(universe.director)
    client.post("/demand/board/remove/")
    add_postings(universe.curriculum, 1)
    DemandSource.objects.update(owner=universe.school)
    told = client.post(f"/schools/north/bin/source/{source.pk}/restore/", follow=True).content.decode()
    assert "There is another source “board” by now" in told


def test_a_name_that_another_school_took_keeps_neither_a_source_nor_its_school_away(universe, source, as_user):
    bin_actions.remove_source(source, by=universe.director)
    facts = {"framework": universe.framework, "collected": "2026-10-01", "owner": School.objects.get(slug="south")}
    DemandSource.objects.create(slug="board", **facts)
    answer = as_user(universe.director).post(f"/schools/north/bin/source/{source.pk}/restore/")
    assert answer["Location"] == "/demand/board-north/"
    bin_actions.remove_school(universe.school, by=universe.administrator)
    DemandSource.objects.create(slug="board-north", **facts)
    bin_actions.restore_school(School.everything.get(pk=universe.school.pk))
    back = DemandSource.objects.get(pk=source.pk)
    assert (back.slug, back.postings.count()) == ("board-north-north", 12)
    assert list(universe.curriculum.demand_sources.all()) == [back]


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_those_who_may_change_a_source_remove_it(method, universe, source, as_user):
    def answer(user: Any) -> int:
        return int(getattr(as_user(user), method)("/demand/board/remove/").status_code)

    assert (answer(universe.outsider), answer(universe.viewer), answer(universe.faculty)) == (404, 403, 403)
    assert answer(None) == 302
    DemandSource.objects.update(published=True)
    assert answer(universe.outsider) == 403
    DemandSource.objects.update(owner=None)
    assert answer(universe.director) == 403
    assert DemandSource.objects.exists()


def test_what_another_school_removed_is_neither_listed_nor_brought_back(universe, source, as_user):
    bin_actions.remove_source(source, by=universe.director)
    client = as_user(universe.outsider)
    assert "Board" not in client.get("/schools/south/bin/").content.decode()
    assert client.post(f"/schools/south/bin/source/{source.pk}/restore/").status_code == 404
    assert client.post(f"/schools/removed/sources/{source.pk}/restore/").status_code == 403


def test_the_sources_of_a_school_go_and_come_with_it(universe, source):
    before = archived(goes_with(source))
    bin_actions.remove_school(universe.school, by=universe.administrator)
    assert not DemandSource.objects.exists()
    bin_actions.restore_school(School.everything.get(pk=universe.school.pk))
    assert archived(goes_with(DemandSource.objects.get())) == before


def test_after_thirty_days_a_source_is_deleted_for_good(universe, source):
    bin_actions.remove_source(source, by=universe.director)
    assert bin_actions.empty_bin() == 0
    DemandSource.everything.update(removed_at=timezone.now() - timedelta(days=31))
    assert bin_actions.empty_bin() == 1
    for model in (DemandSource.everything, Posting.objects, DemandSource.history):
        assert not model.exists()


def test_a_framework_on_which_others_stand_outlives_its_school(universe, source):
    own = make_framework("own")
    Framework.objects.update(owner=universe.school)
    south = School.objects.get(slug="south")
    other = south.programs.create(slug="other", title_en="Other")
    Curriculum.objects.create(program=other, year=2026, framework=universe.framework)
    bin_actions.remove_school(universe.school, by=universe.administrator)
    School.everything.filter(slug="north").update(removed_at=timezone.now() - timedelta(days=31))
    bin_actions.empty_bin()
    assert not School.everything.filter(slug="north").exists()
    assert not Framework.objects.filter(pk=own.pk).exists()
    assert Framework.objects.get().owner is None
