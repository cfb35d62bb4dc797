"""Postings, answers and figures are taken back as a whole; a better file takes the place of a source's postings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from competencies.demand.actions.posting_position import correct_position
from competencies.models import DemandSource, OfficialFigure, Posting, PostingMention, SurveyAnswer
from curricula.evaluation.reports import gap_report_for
from curricula.models import Curriculum, ImportRun
from curricula.reports.json_report import report_data
from curricula.schools.bin_actions import empty_bin
from tests.universe import Universe, add_courses
from tests.uploads import POSTINGS, upload

pytestmark = pytest.mark.django_db
MORE = """职位名称,职位描述,公司名称,城市,发布时间
搜索专员,负责搜索广告投放,甲公司,北京,2026-08-01
主播,直播销售和搜索广告,丙公司,上海,2026-09-01
"""
ASKED = "respondent,importance: MK.1,competence: MK.1\n"
SURVEYS = (ASKED + "E1,5,2\n", ASKED + "E1,4,2\nE2,3,1\n")
COUNTED = "year,position,openings,graduates\n"
FIGURES = (COUNTED + "2025,Marketer,120,300\n", COUNTED + "2025,Marketer,130,\n2026,Marketer,90,80\n")


def imported(client: Any, universe: Universe, content: str, *, kind: str = "postings", **stated: Any) -> ImportRun:
    sent = {"source": "mine", "school": universe.school.pk, "collected": "2026-09-30"} | stated
    sent |= {"framework": universe.framework.pk, "file": upload(content, f"{kind}.csv")}
    answer = client.post(f"/import/?kind={kind}", sent)
    assert client.post(answer["Location"], {"do": "save"}).status_code == 302
    return ImportRun.objects.latest("created")


def undone(client: Any, run: ImportRun) -> str:
    return str(client.post(run.get_absolute_url(), follow=True).content.decode())


def everything() -> tuple[Any, ...]:
    """Of the sources that are not in the bin."""
    places = {Posting: "source", PostingMention: "posting__source", SurveyAnswer: "source", OfficialFigure: "source"}
    present = {model: {f"{place}__removed_at": None} for model, place in places.items()}
    rows = [list(model._base_manager.filter(**kept).order_by("pk").values()) for model, kept in present.items()]
    facts = DemandSource.objects.order_by("pk").values("pk", "slug", "title_en", "region", "note", "collected")
    return rows, list(facts)


def test_postings_are_exactly_as_they_were_before_the_file(universe, as_user):
    client = as_user(universe.director)
    imported(client, universe, POSTINGS, region="北京")
    before = everything()
    run = imported(client, universe, MORE, collected="2026-10-31", title="Board", note="Another")
    assert everything() != before
    assert run.counts["competencies.posting"][0] == 1
    changed = DemandSource.objects.get().changed
    assert "everything is as it was before" in undone(client, run)
    assert everything() == before
    assert DemandSource.objects.get().changed > changed


def test_what_a_better_reading_filled_in_is_taken_back_with_what_was_found_in_it(universe, as_user):
    client = as_user(universe.director)
    imported(client, universe, POSTINGS)
    poor = Posting.objects.get(employer="甲公司")
    Posting.objects.filter(pk=poor.pk).update(text="", employer="", published=None)
    poor.mentions.all().delete()
    before = everything()
    run = imported(client, universe, POSTINGS)
    poor.refresh_from_db()
    assert (poor.text, poor.mentions.count()) == ("负责搜索广告投放", 1)
    undone(client, run)
    rows, facts = everything()
    assert [{**row, "sketch": None} for row in rows[0]] == [{**row, "sketch": None} for row in before[0][0]]
    assert (rows[1:], facts) == (before[0][1:], before[1])


@pytest.mark.parametrize(("kind", "files"), [("survey", SURVEYS), ("figures", FIGURES)])
def test_answers_and_figures_are_exactly_as_they_were(kind, files, universe, as_user):
    client = as_user(universe.director)
    imported(client, universe, files[0], kind=kind)
    before = everything()
    run = imported(client, universe, files[1], kind=kind)
    assert [sum(each) for each in zip(*run.counts.values(), strict=True)][:2] != [0, 0]
    undone(client, run)
    assert everything() == before


def test_a_source_that_a_file_made_goes_into_the_bin_and_its_plans_remember_it(universe, as_user):
    client = as_user(universe.director)
    run = imported(client, universe, POSTINGS)
    universe.curriculum.demand_sources.add(run.source)
    undone(client, run)
    assert not DemandSource.objects.exists()
    assert "mine" in client.get("/schools/north/bin/").content.decode()
    client.post(f"/schools/north/bin/source/{run.source_id}/restore/")
    assert list(universe.curriculum.demand_sources.values_list("slug", flat=True)) == ["mine"]


def test_a_position_that_a_person_corrected_keeps_the_file(universe, as_user):
    client = as_user(universe.director)
    imported(client, universe, POSTINGS)
    run = imported(client, universe, MORE)
    position = universe.framework.positions.get(code="analyst")
    correct_position(Posting.objects.get(region="上海"), position, user=universe.director)
    assert "orrections of postings: 1" in undone(client, run)
    assert Posting.objects.filter(region="上海").exists()


def test_a_better_file_takes_the_place_of_the_postings_and_judges_the_same_plans(universe, as_user):
    add_courses(universe.curriculum, 2)
    client = as_user(universe.director)
    old = imported(client, universe, POSTINGS, title="Board").source
    universe.curriculum.demand_sources.add(old)
    plan = Curriculum.objects.get(pk=universe.curriculum.pk)
    before = everything(), report_data(gap_report_for(plan, language="en")) | {"created": None}
    sent = {"source": "mine", "school": universe.school.pk, "collected": "2026-09-30", "replace": "on"}
    sent |= {"framework": universe.framework.pk, "file": upload(MORE, "better.csv")}
    preview = client.post("/import/?kind=postings", sent)["Location"]
    assert "postings 2, of these with a position that a person corrected 0" in client.get(preview).content.decode()
    assert everything() == before[0]
    client.post(preview, {"do": "save"})
    new = DemandSource.objects.get()
    assert new.pk != old.pk
    assert (new.title_en, new.owner) == ("Board", universe.school)
    assert sorted(new.postings.values_list("employer", flat=True)) == ["丙公司", "甲公司"]
    assert list(universe.curriculum.demand_sources.all()) == [new]
    undone(client, ImportRun.objects.latest("created"))
    plan = Curriculum.objects.get(pk=universe.curriculum.pk)
    assert list(DemandSource.objects.all()) == [old]
    assert everything() == before[0]
    assert report_data(gap_report_for(plan, language="en")) | {"created": None} == before[1]


def test_another_school_neither_sees_nor_undoes_the_file(universe, as_user):
    run = imported(as_user(universe.director), universe, POSTINGS)
    assert as_user(universe.outsider).post(run.get_absolute_url()).status_code == 404
    assert as_user(universe.viewer).get(run.get_absolute_url()).status_code == 404
    assert Posting.objects.count() == 2


def test_of_the_site_only_staff_see_and_undo_files(universe, as_user, django_user_model):
    staff = as_user(django_user_model.objects.create_user("staff", is_staff=True))
    run = imported(staff, universe, POSTINGS, school="")
    assert run.school is None
    assert as_user(universe.director).get(run.get_absolute_url()).status_code == 404
    undone(staff, run)
    assert "mine" in staff.get("/schools/").content.decode()
    staff.post(f"/schools/removed/sources/{run.source_id}/restore/")
    assert DemandSource.objects.count() == 1


def replaced(client: Any, universe: Universe) -> tuple[Any, ImportRun]:
    """A source in the bin, and the file in whose place it went."""
    old = imported(client, universe, POSTINGS).source
    run = imported(client, universe, MORE, replace="on")
    assert DemandSource.everything.get(pk=old.pk).removed_at
    return old, run


def test_a_file_whose_replaced_source_is_deleted_for_good_stays(universe, as_user):
    client = as_user(universe.director)
    old, run = replaced(client, universe)
    DemandSource.everything.filter(pk=old.pk).update(removed_at=timezone.now() - timedelta(days=31))
    assert empty_bin() == 1
    assert "was deleted for good after 30 days" in undone(client, run)
    assert DemandSource.objects.get().postings.count() == 2
    assert not ImportRun.objects.get(pk=run.pk).undone_at


def test_a_file_whose_replaced_source_is_back_under_another_name_stays(universe, as_user):
    client = as_user(universe.director)
    old, run = replaced(client, universe)
    DemandSource.everything.filter(pk=old.pk).update(removed_at=None, slug="mine-2")
    assert "back already, as “mine-2”" in undone(client, run)
    assert set(DemandSource.objects.values_list("slug", flat=True)) == {"mine", "mine-2"}
