"""Surveys and official figures by page: shown before they are saved, whole or not at all, to sources of their kind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from competencies.models import DemandSource, OfficialFigure, SurveyAnswer
from curricula.models import PendingImport
from tests.universe import Universe
from tests.uploads import upload

pytestmark = pytest.mark.django_db
SURVEY = "respondent,importance: MK.1,competence: MK.1,importance: DA.1,competence: DA.1\nE1,5,2,4,4\nE2,4,1,3,5\n"
FIGURES = "year,position,openings,graduates\n2025,Marketer,120,300\n"
FILES = {"survey": SURVEY, "figures": FIGURES}
KINDS = pytest.mark.parametrize("kind", ["survey", "figures"])


def address(kind: str) -> str:
    return f"/import/?kind={kind}"


def send(client: Client, universe: Universe, kind: str, content: str = "", **fields: Any) -> Any:
    stated = {"source": "mine", "framework": universe.framework.pk, "collected": "2026-05-01", "title": "我的来源"}
    file = upload(content or FILES[kind], f"{kind}.csv")
    return client.post(address(kind), stated | {"file": file, "note": "All members"} | fields)


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@KINDS
def test_a_file_is_shown_before_it_is_saved(kind, universe, as_user):
    client = as_user(universe.director)
    sent = send(client, universe, kind)
    shown = text_of(client.get(sent["Location"]))
    assert f"“{kind}.csv” holds" in shown
    assert "for the source mine" in shown
    assert not DemandSource.objects.exists()
    saved = client.post(sent["Location"], {"do": "save"}, follow=True)
    assert "Saved in the source 我的来源" in text_of(saved)
    source = DemandSource.objects.get()
    assert (source.kind, source.title_zh, source.note) == (kind, "我的来源", "All members")
    assert not PendingImport.objects.exists()
    again = client.get(send(client, universe, kind)["Location"])
    assert re.search(r"What saving does created changed unchanged [A-Z][a-z ]+ 0 0 [24] ", text_of(again))


def test_a_saved_survey_leads_to_its_needs(universe, as_user):
    client = as_user(universe.director)
    saved = client.post(send(client, universe, "survey")["Location"], {"do": "save"}, follow=True)
    assert saved.request["PATH_INFO"] == "/frameworks/trade/demand/needs/"
    assert "2 respondents" in text_of(saved)
    assert SurveyAnswer.objects.count() == 4


def test_the_preview_says_what_each_column_was_taken_for(universe, as_user):
    client = as_user(universe.director)
    shown = text_of(client.get(send(client, universe, "survey")["Location"]))
    assert re.search("importance: MK.1 5 · 4 importance: Search advertising respondent ability", shown)
    assert "1 – 5 assumed" in shown
    shown = text_of(client.get(send(client, universe, "figures", source="other")["Location"]))
    assert re.search(r"year 20\d\d period openings or graduates", shown)
    assert "2025-01-01 – 2025-12-31 openings Marketer" in shown


def test_a_stated_scale_is_kept_for_the_preview_and_the_import(universe, as_user):
    client = as_user(universe.director)
    sent = send(client, universe, "survey", scale_low="1", scale_high="7")
    client.post(sent["Location"], {"do": "save"})
    assert set(SurveyAnswer.objects.values_list("scale_low", "scale_high")) == {(1, 7)}


@pytest.mark.parametrize("ends", [("5", "1"), ("", "5"), ("1", "")])
def test_a_scale_has_two_ends_and_rises(ends, universe, as_user):
    answer = send(as_user(universe.director), universe, "survey", scale_low=ends[0], scale_high=ends[1])
    assert answer.status_code == 422
    assert not PendingImport.objects.exclude(target="").exists()


def test_a_scale_below_0_is_refused_where_it_was_typed(universe, as_user):
    answer = send(as_user(universe.director), universe, "survey", scale_low="-2", scale_high="2")
    assert answer.status_code == 422
    assert "add the same number to every answer" in text_of(answer)
    assert not PendingImport.objects.exclude(target="").exists()


@KINDS
def test_refusals_are_listed_and_nothing_can_be_saved(kind, universe, as_user):
    client = as_user(universe.director)
    bad = {"survey": SURVEY + "E3,very,1,1,1\n", "figures": FIGURES + "spring,,5,5\n"}[kind]
    sent = send(client, universe, kind, bad)
    assert "1 place has to be corrected" in text_of(client.get(sent["Location"]))
    assert client.post(sent["Location"], {"do": "save"}).status_code == 422
    assert not DemandSource.objects.exists()


@KINDS
def test_an_empty_file_is_refused_at_once(kind, universe, as_user):
    answer = send(as_user(universe.director), universe, kind, "\n")
    assert answer.status_code == 422
    assert not PendingImport.objects.exists()


@KINDS
def test_a_source_of_another_kind_is_refused(kind, universe, as_user):
    made = {"framework": universe.framework, "collected": "2026-01-01", "owner": universe.school}
    DemandSource.objects.create(slug="mine", **made)
    answer = send(as_user(universe.director), universe, kind)
    assert answer.status_code == 422
    assert "holds something else: job postings" in text_of(answer)


@KINDS
def test_directors_and_staff_import_and_others_do_not(kind, universe, as_user):
    staff = User.objects.create_user("staff", is_staff=True)
    for user in (universe.director, universe.administrator, universe.outsider, staff):
        assert 'type="file"' in as_user(user).get(address(kind)).content.decode()
    for user in (universe.viewer, universe.faculty):
        assert 'type="file"' not in as_user(user).get(address(kind)).content.decode()
        assert send(as_user(user), universe, kind).status_code == 403
    assert as_user(None).get(address(kind)).status_code == 302


@KINDS
def test_a_preview_is_for_the_one_who_sent_it_and_while_the_role_lasts(kind, universe, as_user):
    sent = send(as_user(universe.director), universe, kind)
    assert as_user(universe.administrator).get(sent["Location"])["Location"] == "/import/"
    universe.director.memberships.update(role="viewer")
    assert as_user(universe.director).get(sent["Location"]).status_code == 403
    assert not OfficialFigure.objects.exists()


@KINDS
def test_throwing_away_leads_back_to_the_same_kind(kind, universe, as_user):
    client = as_user(universe.director)
    answer = client.post(send(client, universe, kind)["Location"], {"do": "discard"})
    assert answer["Location"] == address(kind)
    assert not PendingImport.objects.exists()
