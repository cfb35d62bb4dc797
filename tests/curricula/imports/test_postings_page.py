"""Postings by page: counted before they are saved, offered to the plans they may judge, brought by directors only."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from competencies.models import DemandSource, Posting
from curricula.models import Curriculum, PendingImport
from tests.curricula.imports.test_import_page import POSTINGS_START, new_curriculum, save, send, text_of
from tests.universe import Universe, add_postings, make_framework
from tests.uploads import POSTINGS, upload

pytestmark = pytest.mark.django_db


def send_postings(client: Client, universe: Universe, content: str | bytes = POSTINGS, **fields: Any) -> Any:
    stated = {"source": "board", "title": "Board", "framework": universe.framework.pk, "collected": "2026-09-30"}
    return client.post(POSTINGS_START, stated | {"file": upload(content, "postings.csv")} | fields)


def test_postings_are_counted_before_they_are_saved(universe, as_user):
    client = as_user(universe.director)
    sent = send_postings(client, universe)
    text = text_of(client.get(sent["Location"]))
    assert "“postings.csv” holds 2 postings for the source board." in text
    assert "Rows read 3 Identical rows set aside 1" in text
    assert "Without a date 1" in text
    assert "Mentions of abilities in new ones 2" in text
    assert not DemandSource.objects.exists()


def test_saved_postings_lead_to_the_plans_they_may_judge(universe, as_user):
    client = as_user(universe.director)
    done = save(
        client, send_postings(client, universe, region="China", licence="CC0", covers="2025", note="two cities")
    )
    source = DemandSource.objects.get()
    assert (source.slug, source.title_en, source.covers, source.licence) == ("board", "Board", "2025", "CC0")
    assert done.redirect_chain[-1][0] == reverse("source-judges", args=["board"])
    assert "Saved in the source Board. Postings: 2 created, 0 changed, 0 unchanged." in text_of(done)
    told = client.post(done.redirect_chain[-1][0], {"curricula": [universe.curriculum.pk]}, follow=True)
    assert "1 plan is judged by it now." in text_of(told)
    assert list(universe.curriculum.demand_sources.all()) == [source]


def test_the_same_postings_twice_change_nothing(universe, as_user):
    client = as_user(universe.director)
    save(client, send_postings(client, universe))
    done = save(client, send_postings(client, universe))
    assert "Postings: 0 created, 0 changed, 2 unchanged" in text_of(done)
    assert Posting.objects.count() == 2


def test_approved_plans_and_those_of_other_schools_are_not_offered(universe, as_user):
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    source = DemandSource.objects.create(slug="board", framework=universe.framework, collected="2026-09-30")
    client = as_user(universe.director)
    address = reverse("source-judges", args=["board"])
    assert "No plan of yours on this framework can take it" in client.get(address).content.decode()
    assert client.post(address, {"curricula": [universe.curriculum.pk]}).status_code == 422
    assert not source.curricula.exists()


def test_a_source_of_another_school_is_not_anybodys_to_change(universe, as_user):
    add_postings(universe.curriculum, 1)
    DemandSource.objects.update(owner=universe.school)
    response = send_postings(as_user(universe.outsider), universe)
    assert response.status_code == 422
    assert "is not yours to change" in response.content.decode()
    assert send_postings(as_user(universe.director), universe).status_code == 302


def test_a_short_name_in_chinese_is_told_which_letters_are_possible(universe, as_user):
    client = as_user(universe.director)
    answers = (
        send(client, **new_curriculum(universe, program="电子商务")),
        send_postings(client, universe, source="招聘"),
    )
    for answer in answers:
        assert answer.status_code == 422
        assert "Only Latin letters, digits, “-” and “_” are possible here" in text_of(answer)


def test_a_source_stays_on_its_framework(universe, as_user):
    add_postings(universe.curriculum, 1)
    DemandSource.objects.update(owner=universe.school)
    response = send_postings(as_user(universe.director), universe, framework=make_framework("other").pk)
    assert response.status_code == 422
    assert "is searched with the framework" in response.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing"])
def test_postings_that_cannot_be_read_are_said_beside_the_file(universe, as_user, content):
    response = send_postings(as_user(universe.director), universe, content, region="China")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="China"' in page
    assert re.search(r'id="id_file_error".*?<strong>[^<]{10,}</strong>', page, re.S)
    assert not PendingImport.objects.exists()


def test_only_directors_bring_postings(universe, as_user):
    assert send_postings(as_user(universe.faculty), universe).status_code == 403
    assert as_user(universe.faculty).get(reverse("source-judges", args=["x"])).status_code == 403
    assert send_postings(as_user(None), universe)["Location"].startswith("/sign-in/")
