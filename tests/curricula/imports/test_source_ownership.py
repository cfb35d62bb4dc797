"""A source of demand belongs to a school or to the site: who changes it, who publishes it, whose plans it judges."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from competencies.models import DemandSource
from competencies.permissions import CHANGE_SOURCE
from curricula.models import Curriculum, Membership, Program, School
from tests.universe import Universe
from tests.uploads import POSTINGS, upload

pytestmark = pytest.mark.django_db
FILES = {
    "postings": POSTINGS,
    "survey": "respondent,importance: MK.1,competence: MK.1\nE1,5,2\n",
    "figures": "year,position,openings,graduates\n2025,Marketer,120,300\n",
}
KINDS = pytest.mark.parametrize("kind", FILES)
REFUSED = "is taken by a source that is not yours to change; choose another one"


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
def test_what_an_upload_makes_belongs_to_the_school_of_its_sender(kind, universe, as_user):
    source = saved(as_user(universe.director), universe, kind)
    assert (source.owner, source.published) == (universe.school, False)
    assert [state.history_user for state in source.history.filter(history_type="+")] == [universe.director]


def test_who_directs_two_schools_chooses_whose_it_is(universe, as_user):
    south = School.objects.get(slug="south")
    Membership.objects.create(user=universe.director, school=south, role="director")
    client = as_user(universe.director)
    assert send(client, universe, "postings").status_code == 422
    assert saved(client, universe, "postings", school=south.pk).owner == south


@KINDS
def test_staff_make_sources_of_the_site(kind, universe, as_user):
    staff = User.objects.create_user("staff", is_staff=True)
    source = saved(as_user(staff), universe, kind)
    assert source.owner is None
    assert staff.has_perm(CHANGE_SOURCE, source)
    assert not universe.director.has_perm(CHANGE_SOURCE, source)


@KINDS
def test_a_director_elsewhere_cannot_change_it_but_a_colleague_can(kind, universe, as_user):
    source = saved(as_user(universe.director), universe, kind)
    staff = User.objects.create_user("staff", is_staff=True)
    for stranger in (universe.outsider, staff):
        answer = send(as_user(stranger), universe, kind, title="Mine", licence="none")
        assert answer.status_code == 422
        assert REFUSED in text_of(answer)
        assert not stranger.has_perm(CHANGE_SOURCE, source)
    for user in (universe.director, universe.administrator):
        assert send(as_user(user), universe, kind).status_code == 302


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
    assert (source.title_en, source.licence, source.owner, rows(source)) == ("Ours", "", universe.school, before)


def test_to_judge_a_plan_by_a_published_source_changes_nothing_of_whose_it_is(universe, as_user):
    source = saved(as_user(universe.director), universe, "postings")
    as_user(universe.director).post(reverse("demand-publish", args=[source.slug]), {"published": "yes"})
    program = Program.objects.create(school=School.objects.get(slug="south"), slug="trade")
    curriculum = Curriculum.objects.create(program=program, year=2026, framework=universe.framework)
    offered = as_user(universe.outsider).post(
        reverse("source-judges", args=["theirs"]), {"curricula": [curriculum.pk]}
    )
    assert offered.status_code == 302
    assert list(curriculum.open_sources) == [source]
    assert universe.director.has_perm(CHANGE_SOURCE, source)
    assert not universe.outsider.has_perm(CHANGE_SOURCE, source)


def test_the_private_source_of_a_school_judges_no_plan_of_another(universe, as_user):
    source = saved(as_user(universe.director), universe, "postings")
    south = School.objects.get(slug="south")
    curriculum = Curriculum.objects.create(
        program=Program.objects.create(school=south, slug="trade"), year=2026, framework=universe.framework
    )
    chosen, address = {"curricula": [curriculum.pk]}, reverse("source-judges", args=["theirs"])
    assert as_user(universe.outsider).post(address, chosen).status_code == 404
    settings = curriculum.page("curriculum-settings")
    assert as_user(universe.outsider).post(settings, {"demand_sources": [source.pk]}).status_code == 422
    Membership.objects.create(user=universe.director, school=south, role="director")
    assert as_user(universe.director).post(address, chosen).status_code == 422
    assert not curriculum.demand_sources.exists()


def test_publishing_is_for_its_directors(universe, as_user):
    source = saved(as_user(universe.director), universe, "postings")
    address = reverse("demand-publish", args=[source.slug])
    staff = User.objects.create_user("staff", is_staff=True)
    for user, answer in ((universe.viewer, 403), (universe.outsider, 404), (staff, 404)):
        assert as_user(user).post(address, {"published": "yes"}).status_code == answer
    assert as_user(universe.outsider).get(source.get_absolute_url()).status_code == 404
    as_user(universe.director).post(address, {"published": "yes"})
    assert "North University, published to all" in text_of(as_user(universe.outsider).get(source.get_absolute_url()))
    as_user(universe.administrator).post(address, {"published": "no"})
    assert as_user(universe.outsider).get(source.get_absolute_url()).status_code == 404
    assert [state.history_user.username for state in source.history.all()[:2]] == ["administrator", "director"]


def test_only_postings_are_offered_to_plans(universe, as_user):
    made = {"framework": universe.framework, "collected": "2026-01-01", "kind": "survey"}
    DemandSource.objects.create(slug="asked", **made)
    assert as_user(universe.director).get(reverse("source-judges", args=["asked"])).status_code == 404


def test_plans_to_be_judged_are_offered_by_their_names(universe, as_user):
    source = saved(as_user(universe.director), universe, "postings")
    page = as_user(universe.director).get(reverse("source-judges", args=[source.slug])).content.decode()
    assert f"{universe.curriculum.name} – {universe.school}" in page
    assert universe.curriculum.key not in page
