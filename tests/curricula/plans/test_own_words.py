"""A school's own words count for its own plans only: nobody else sees them, counts them or gets them in a file."""

from __future__ import annotations

import html
from typing import Any

import pytest

from competencies.models import Framework, OwnTerm, Posting, PostingMention
from curricula.evaluation.frames import frames_for
from curricula.models import Curriculum, Program
from tests.documents import framework_document
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
ADDRESS = "/frameworks/trade/vocabulary/own/"


@pytest.fixture
def two_schools(universe: Universe) -> Universe:
    """The south has a plan on the same framework, judged by the same source of the site."""
    source = add_postings(universe.curriculum, 3)
    Posting.objects.update(text="We want search advertising and a gift of the gab.")
    add_courses(universe.curriculum, 2)
    south = universe.outsider.memberships.get().school
    program = Program.objects.create(school=south, slug="south-sales", title_en="South sales")
    plan = Curriculum.objects.create(program=program, year=2026, framework=universe.framework)
    plan.demand_sources.add(source)
    return universe


def mentioned(curriculum: Curriculum) -> list[str]:
    demand = frames_for(Curriculum.objects.get(pk=curriculum.pk)).demand
    assert demand is not None
    return sorted(demand.mentions["ability"])


def south_of(universe: Universe) -> Curriculum:
    return Curriculum.objects.exclude(pk=universe.curriculum.pk).get()


def add(client: Any, text: str = "gift of the gab", owner: str = "north", ability: str = "MK.2") -> Any:
    return client.post(ADDRESS, {"ability": ability, "text": text, "owner": owner}, follow=True)


def test_a_word_of_ones_own_counts_for_ones_own_plans_only(two_schools: Universe, as_user: Any) -> None:
    before = mentioned(two_schools.curriculum)
    assert before == mentioned(south_of(two_schools)) == ["MK.1"] * 3
    done = add(as_user(two_schools.director)).content.decode()
    assert "“gift of the gab” counts for the plans of North University from now on." in done
    assert mentioned(two_schools.curriculum) == ["MK.1"] * 3 + ["MK.2"] * 3
    assert mentioned(south_of(two_schools)) == before
    assert PostingMention.objects.filter(ability__code="MK.2").count() == 0
    behind = as_user(two_schools.director).get("/c/north/sales/2026/postings/?ability=MK.2")
    assert behind.context["table"].page.paginator.count == 3
    term = OwnTerm.objects.get()
    as_user(two_schools.director).post(ADDRESS, {"ability": "MK.2", "withdraw": term.pk})
    assert mentioned(two_schools.curriculum) == before


def test_nobody_else_sees_or_changes_them(two_schools: Universe, as_user: Any) -> None:
    add(as_user(two_schools.director))
    page = "/frameworks/trade/vocabulary/?ability=MK.2"
    assert "gift of the gab" in as_user(two_schools.viewer).get(page).content.decode()
    assert "gift of the gab" not in as_user(two_schools.outsider).get(page).content.decode()
    assert "gift of the gab" not in str(framework_document(Framework.objects.get()))
    term = OwnTerm.objects.get()
    assert as_user(two_schools.outsider).post(ADDRESS, {"ability": "MK.2", "withdraw": term.pk}).status_code == 404
    assert as_user(two_schools.viewer).post(ADDRESS, {"ability": "MK.2", "withdraw": term.pk}).status_code == 403
    for who, owner in ((two_schools.viewer, "north"), (two_schools.outsider, "north"), (two_schools.director, "")):
        assert add(as_user(who), "another", owner=owner).status_code == 403
    assert as_user(None).post(ADDRESS, {"ability": "MK.2"}).status_code == 302
    assert OwnTerm.objects.count() == 1


def test_an_ability_that_only_own_words_name_is_known_to_their_school(two_schools: Universe, as_user: Any) -> None:
    two_schools.ability("MK.2").terms.all().delete()
    add(as_user(two_schools.director))
    for plan, known in ((two_schools.curriculum, True), (south_of(two_schools), False)):
        demand = frames_for(Curriculum.objects.get(pk=plan.pk)).demand
        assert demand is not None
        assert ("MK.2" in demand.searchable) == known


@pytest.mark.parametrize("text", ["live selling", "!!!", "gift of the  gab"])
def test_what_is_looked_for_already_or_cannot_be_is_refused(text: str, two_schools: Universe, as_user: Any) -> None:
    add(as_user(two_schools.director))
    add(as_user(two_schools.director), text)
    assert OwnTerm.objects.count() == 1


def test_postings_that_only_a_word_of_ones_own_finds_are_marked_as_such(two_schools: Universe, as_user: Any) -> None:
    client = as_user(two_schools.director)
    add(client)
    own = "by a word of the school's own"

    def read(address: str) -> str:
        return html.unescape(client.get(address).content.decode())

    for address in ("/c/north/sales/2026/postings/?ability=MK.2", "/c/north/sales/2026/abilities/MK.2/"):
        page = read(address)
        assert page.count(own) == 3, address
        assert page.count("gift of the gab") >= 3, "the word that was found is named"
    assert read("/c/north/sales/2026/postings/").count(own) == 3
    for address in ("/c/north/sales/2026/postings/?ability=MK.1", "/c/north/sales/2026/abilities/MK.1/"):
        assert own not in read(address), "a term of the framework finds them"
