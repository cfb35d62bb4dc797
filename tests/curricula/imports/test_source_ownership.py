"""A source of demand is changed by the schools of whoever made it, by those whose plans it judges, and by staff."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from competencies.models import DemandSource
from curricula.models import Curriculum, Membership, PendingImport, Program, School
from curricula.rules import CHANGE_SOURCE
from tests.universe import Universe
from tests.uploads import POSTINGS, upload

pytestmark = pytest.mark.django_db
FILES = {
    "postings": POSTINGS,
    "survey": "respondent,importance: MK.1,competence: MK.1\nE1,5,2\n",
    "figures": "year,position,openings,graduates\n2025,Marketer,120,300\n",
}
KINDS = pytest.mark.parametrize("kind", FILES)
REFUSED = "belongs to another school or judges its plans; choose another short name"


def send(client: Client, universe: Universe, kind: str, **fields: Any) -> Any:
    stated = {"source": "theirs", "framework": universe.framework.pk, "collected": "2026-09-30", "title": "Ours"}
    return client.post(f"/import/?kind={kind}", stated | {"file": upload(FILES[kind], f"{kind}.csv")} | fields)


def saved(client: Client, universe: Universe, kind: str, **fields: Any) -> DemandSource:
    client.post(send(client, universe, kind, **fields)["Location"], {"do": "save"})
    return DemandSource.objects.get(slug=fields.get("source", "theirs"))


def rows(source: DemandSource) -> int:
    return source.postings.count() + source.answers.count() + source.figures.count()


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@KINDS
def test_what_an_upload_makes_is_its_senders(kind, universe, as_user):
    assert saved(as_user(universe.director), universe, kind).made_by == universe.director


@KINDS
def test_a_director_elsewhere_cannot_change_it_but_a_colleague_and_staff_can(kind, universe, as_user):
    source = saved(as_user(universe.director), universe, kind)
    answer = send(as_user(universe.outsider), universe, kind, title="Mine", licence="none")
    assert answer.status_code == 422
    assert REFUSED in text_of(answer)
    staff = User.objects.create_user("staff", is_staff=True)
    for user in (universe.director, universe.administrator, *([staff] if kind != "postings" else [])):
        assert send(as_user(user), universe, kind).status_code == 302
    assert staff.has_perm(CHANGE_SOURCE, source)


@KINDS
def test_a_source_made_since_the_file_was_sent_is_refused_at_preview_and_at_saving(kind, universe, as_user):
    stranger = as_user(universe.outsider)
    sent = send(stranger, universe, kind, title="Mine", licence="none")
    source = saved(as_user(universe.director), universe, kind)
    before = rows(source)
    for answer in (stranger.get(sent["Location"], follow=True), stranger.post(sent["Location"], follow=True)):
        assert answer.redirect_chain == [(f"/import/?kind={kind}", 302)]
        assert REFUSED in text_of(answer)
    source.refresh_from_db()
    assert (source.title_en, source.licence, source.made_by, rows(source)) == ("Ours", "", universe.director, before)


@KINDS
def test_a_source_that_came_to_judge_another_schools_plan_is_refused_too(kind, universe, as_user):
    stranger = as_user(universe.outsider)
    source = saved(stranger, universe, kind)
    sent = send(stranger, universe, kind, title="Later")
    universe.curriculum.demand_sources.add(source)
    assert REFUSED in text_of(stranger.post(sent["Location"], follow=True))
    source.refresh_from_db()
    assert source.title_en == "Ours"
    assert PendingImport.objects.exists()


def test_what_a_command_made_belongs_to_the_schools_whose_plans_it_judges(universe):
    source = DemandSource.objects.create(slug="board", framework=universe.framework, collected="2026-01-01")
    assert not universe.director.has_perm(CHANGE_SOURCE, source)
    universe.curriculum.demand_sources.add(source)
    assert universe.director.has_perm(CHANGE_SOURCE, source)
    assert not universe.outsider.has_perm(CHANGE_SOURCE, source)
    assert not universe.faculty.has_perm(CHANGE_SOURCE, source)


def test_to_judge_a_plan_of_ones_own_by_it_gives_no_right_to_change_it(universe):
    made = {"framework": universe.framework, "collected": "2026-01-01", "made_by": universe.director}
    source = DemandSource.objects.create(slug="board", **made)
    program = Program.objects.create(school=School.objects.get(slug="south"), slug="trade")
    curriculum = Curriculum.objects.create(program=program, year=2026, framework=universe.framework)
    curriculum.demand_sources.add(source)
    assert not universe.outsider.has_perm(CHANGE_SOURCE, source)


def test_a_person_who_went_leaves_the_source_to_whom_it_judges(universe):
    made = {"framework": universe.framework, "collected": "2026-01-01", "made_by": universe.director}
    source = DemandSource.objects.create(slug="board", **made)
    assert universe.administrator.has_perm(CHANGE_SOURCE, source)
    Membership.objects.filter(user=universe.director).delete()
    assert not universe.administrator.has_perm(CHANGE_SOURCE, source)
    universe.curriculum.demand_sources.add(source)
    assert universe.administrator.has_perm(CHANGE_SOURCE, source)


def test_only_postings_are_offered_to_plans(universe, as_user):
    made = {"framework": universe.framework, "collected": "2026-01-01", "kind": "survey"}
    DemandSource.objects.create(slug="asked", **made)
    assert as_user(universe.director).get(reverse("source-judges", args=["asked"])).status_code == 404
