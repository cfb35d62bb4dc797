"""Search words by page: read by all, changed by those whose framework it is, each change told and kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from competencies.demand.readers.postings import read_postings
from competencies.models import AbilityTerm, DemandSource, Framework, Position, Posting, PostingMention
from curricula.models import School
from tests.competencies.demand.saving import save_postings
from tests.universe import Universe

pytestmark = pytest.mark.django_db
FILE = "title,text\nMarketer,We want search advertising\nCook,Cooks well\n"


@pytest.fixture
def framework(universe: Universe) -> Framework:
    parsed = read_postings(FILE.encode(), name="postings.csv", today=date(2026, 9, 30))
    universe.framework.owner = universe.school
    universe.framework.save()
    save_postings(parsed, source_slug="board", framework=universe.framework, owner=universe.school)
    return universe.framework


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(client: Client, query: str = "") -> str:
    return text(client.get(reverse("vocabulary", args=["trade"]) + query))


def change(client: Client, **posted: Any) -> Any:
    return client.post(reverse("vocabulary-terms", args=["trade"]), posted, follow=True)


CHANGES = ("vocabulary-terms", "vocabulary-search-again", "posting-position", "demand-search-again")


def arguments(name: str) -> list[Any]:
    if name == "posting-position":
        return [Posting.objects.all()[0].pk]
    return ["board" if name == "demand-search-again" else "trade"]


POSTED = {"ability": "MK.1", "text": "paid search", "position": "analyst"}
HIDDEN = {"posting-position": 404, "demand-search-again": 404}  # to whom the source is not open


@pytest.mark.parametrize("name", CHANGES)
def test_only_directors_of_its_school_change_what_belongs_to_a_school(name, universe, framework, as_user):
    address = reverse(name, args=arguments(name))
    staff = User.objects.create_user("staff", is_staff=True)
    for user in (universe.viewer, universe.faculty):
        assert as_user(user).post(address, POSTED).status_code == 403
    for user in (universe.outsider, staff, User.objects.create_user("nobody")):
        assert as_user(user).post(address, POSTED).status_code == HIDDEN.get(name, 403)
    assert as_user(None).post(address, POSTED)["Location"].startswith("/sign-in/")
    assert not AbilityTerm.objects.filter(text="paid search").exists()
    assert not Posting.objects.filter(position_corrected=True).exists()
    for user in (universe.director, universe.administrator):
        assert as_user(user).post(address, POSTED).status_code == 302
        assert as_user(user).get(address).status_code == 405


@pytest.mark.parametrize("name", CHANGES)
def test_only_staff_change_what_belongs_to_the_site(name, universe, framework, as_user):
    Framework.objects.update(owner=None)
    DemandSource.objects.update(owner=None)
    address = reverse(name, args=arguments(name))
    for user in (universe.director, universe.outsider, universe.viewer):
        assert as_user(user).post(address, POSTED).status_code == 403
    staff = User.objects.create_user("staff", is_staff=True)
    assert as_user(staff).post(address, POSTED).status_code == 302


def test_searching_again_leaves_the_sources_of_others_as_they_are(universe, framework, as_user):
    other = DemandSource.objects.create(
        slug="other",
        framework=framework,
        collected="2026-01-01",
        owner=School.objects.get(slug="south"),
        published=True,
    )
    posting = Posting.objects.create(source=other, fingerprint="1", title="Cook", collected="2026-01-01")
    client = as_user(universe.director)
    change(client, ability="DA.2", text="cook")
    assert "1 mentions came" in text(client.post(reverse("vocabulary-search-again", args=["trade"]), follow=True))
    assert not posting.mentions.exists()
    assert "searched with former terms other 1 posting" in page(client)
    assert "Search them again" not in page(client)


def test_a_term_is_added_and_found_once_the_postings_are_searched_again(universe, framework, as_user):
    client = as_user(universe.director)
    shown = text(change(client, ability="DA.2", text="cooks"))
    assert "“cooks” is looked for from now on." in shown
    assert "version 2 of the vocabulary" in shown
    assert "searched with former terms board 2 postings" in shown
    assert "2 added “cooks” Modelling" in shown
    again = client.post(reverse("vocabulary-search-again", args=["trade"]), {"ability": "DA.2"}, follow=True)
    assert "1 mentions came, 0 moved, 0 went" in text(again)
    assert "former terms" not in text(again)
    assert PostingMention.objects.filter(ability__code="DA.2").exists()
    assert "cooks English 1" in page(client, "?ability=DA.2")


@pytest.mark.parametrize("number", ["", "x", "1.5", "-1", "²", "9" * 40])
def test_a_term_that_is_no_number_is_not_found(number, universe, framework, as_user):
    assert change(as_user(universe.director), ability="MK.1", withdraw=number).status_code == 404
    assert AbilityTerm.objects.filter(text="search advertising").exists()


def test_a_term_is_withdrawn(universe, framework, as_user):
    client = as_user(universe.director)
    term = AbilityTerm.objects.get(text="search advertising")
    assert "“search advertising” is no longer looked for." in text(change(client, ability="MK.1", withdraw=term.pk))
    assert not AbilityTerm.objects.filter(pk=term.pk).exists()
    other = AbilityTerm.objects.get(text="live selling")
    assert change(client, ability="MK.1", withdraw=other.pk).status_code == 404


def test_a_term_that_cannot_be_looked_for_is_refused_in_words(universe, framework, as_user):
    assert "is among the terms of this ability already" in text(
        change(as_user(universe.director), ability="MK.1", text="Search Advertising")
    )
    assert change(as_user(universe.director), ability="absent", text="x").status_code == 404


def test_readers_see_the_words_and_no_buttons(universe, framework, as_user):
    client = as_user(universe.viewer)
    html = client.get(reverse("vocabulary", args=["trade"]) + "?ability=MK.1").content.decode()
    assert "search advertising" in html
    assert reverse("vocabulary-terms", args=["trade"]) not in html
    assert "Nothing since the framework was imported." in html
    assert "1 term" not in page(client, "?q=nothing of the kind")


def test_a_word_of_two_abilities_says_so(universe, framework, as_user):
    AbilityTerm.objects.create(ability=universe.ability("DA.2"), text="statistics", language="en")
    assert "statistics English 0 Modelling" in page(as_user(universe.viewer), "?ability=DA.1")


def test_the_page_of_an_ability_leads_to_its_words(universe, framework, as_user):
    html = as_user(universe.viewer).get(universe.ability("MK.1").get_absolute_url()).content.decode()
    assert f"{reverse('vocabulary', args=['trade'])}?ability=MK.1#terms" in html


# Positions of postings


def correct(client: Client, posting: Posting, code: str) -> str:
    return text(client.post(reverse("posting-position", args=[posting.pk]), {"position": code}, follow=True))


def test_a_position_is_corrected_and_says_by_whom(universe, framework, as_user):
    client, posting = as_user(universe.director), Posting.objects.get(title="Cook")
    assert "Analyst set by a person" in correct(client, posting, "analyst")
    posting.refresh_from_db()
    assert (posting.position, posting.position_corrected) == (Position.objects.get(code="analyst"), True)
    assert "None of the framework" in correct(client, posting, "")
    absent = client.post(reverse("posting-position", args=[posting.pk]), {"position": "absent"})
    assert absent.status_code == 404


def test_corrections_are_kept_with_who_and_when(universe, framework, as_user):
    posting = Posting.objects.get(title="Marketer")
    correct(as_user(universe.director), posting, "analyst")
    shown = correct(as_user(universe.administrator), posting, "")
    first, last = reversed(posting.corrections.all())
    assert (first.user, first.before.code, first.after.code) == (universe.director, "marketer", "analyst")
    assert (last.user, last.before.code, last.after) == (universe.administrator, "analyst", None)
    assert first.made <= last.made
    assert "administrator Analyst → none of them" in shown
    assert "Analyst → none" not in text(as_user(universe.viewer).get(posting.get_absolute_url()))


def test_the_figures_of_a_plan_follow_a_corrected_position(universe, framework, as_user):
    before = Posting.objects.get(title="Cook").source.changed
    correct(as_user(universe.director), Posting.objects.get(title="Cook"), "marketer")
    assert Posting.objects.get(title="Cook").source.changed > before
