from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.urls import reverse

from competencies.demand.presenters.overview import lines_of_source
from competencies.demand.queries.sources import (
    Passage,
    demand_sources_summary,
    passages,
    posting_page,
    postings_of,
)
from competencies.demand.readers.postings import read_postings
from competencies.models import Ability, AbilityTerm, DemandSource, Framework, Posting, PostingMention
from tests.competencies.demand.saving import save_postings
from tests.queries import queries_of
from tests.universe import make_framework

pytestmark = pytest.mark.django_db

FILE = """title,description,company,city,date
Marketer,We want search advertising and statistics,Acme,Beijing,2026-09-01
Marketer,We want search advertising and statistics,Acme,Beijing,2026-09-01
Analyst,Statistics,Bolt,Shanghai,2026-03-01
Cook,<b>Cooks</b> & <script>alert(1)</script>,,,
"""


@pytest.fixture
def framework() -> Framework:
    return make_framework()


@pytest.fixture
def source(framework: Framework) -> DemandSource:
    parsed = read_postings(FILE.encode(), name="postings.csv", today=date(2026, 9, 30))
    save_postings(
        parsed, source_slug="board", framework=framework, collected=date(2026, 9, 30), note="One board", sample=True
    )
    return DemandSource.objects.get()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create_user("reader"))
    return client


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_page_says_what_to_do_first(reader: Client) -> None:
    assert f"{reverse('import')}?kind=postings" in page(reader, "demand")


def test_the_summary_says_how_far_a_source_reaches(source: DemandSource) -> None:
    DemandSource.objects.create(slug="bare", framework=source.framework, collected="2026-01-01")
    bare, board = demand_sources_summary(AnonymousUser())
    assert (board.postings, board.undated, board.employers, board.copies) == (3, 1, 2, 1)
    assert (board.first, board.last) == (date(2026, 3, 1), date(2026, 9, 1))
    assert (board.mentions, board.with_position, board.without_mention, board.near_duplicates) == (3, 2, 1, 0)
    assert (bare.postings, bare.first, bare.mentions, bare.without_mention) == (0, None, 0, 0)
    assert [summary.source.slug for summary in demand_sources_summary(AnonymousUser(), slug="board")] == ["board"]


def test_near_duplicates_are_those_beyond_the_first_of_each_group(source: DemandSource) -> None:
    for n, group in enumerate(("a", "a", "a", "b", "b")):
        Posting.objects.create(
            source=source, fingerprint=str(n), title="x", collected=source.collected, near_group=group
        )
    assert demand_sources_summary(AnonymousUser())[0].near_duplicates == 3


def test_abilities_asked_for_stand_in_order_with_their_counts(source: DemandSource) -> None:
    asked = lines_of_source(source)
    assert [(line.code, line.mentions) for line in asked] == [("DA.1", 2), ("MK.1", 1)]
    assert asked[0].low < asked[0].rate < asked[0].high


def test_postings_are_found_by_words_ability_and_position(source: DemandSource) -> None:
    def titles(**asked: str) -> list[str]:
        return [posting.title for posting in postings_of(source, **asked)]

    assert titles() == ["Marketer", "Analyst", "Cook"]
    assert titles(sort="published") == ["Analyst", "Marketer", "Cook"]
    assert titles(sort="weird") == titles()
    assert titles(words="STATISTICS acme") == ["Marketer"]
    assert titles(ability="DA.1") == ["Marketer", "Analyst"]
    assert titles(position="analyst") == ["Analyst"]
    assert titles(position="none") == ["Cook"]
    assert titles(sort="-mentions")[0] == "Marketer"


def test_the_source_page_says_what_stands_behind_its_numbers(reader: Client, source: DemandSource) -> None:
    html = page(reader, "demand-source", "board")
    for words in ("3 postings from 2 named employers", "1 identical row was set aside", "1 is undated", "One board"):
        assert words in html
    assert "Invented sample data" in html
    assert "that mention “Statistics”" in page(reader, "demand-source", "board", query="?ability=DA.1")
    assert "Nothing found" in page(reader, "demand-source", "board", query="?q=nowhere")


@pytest.mark.parametrize(("kind", "leads_to"), [("survey", "needs/?source=other"), ("figures", "figures/")])
def test_a_source_of_another_kind_leads_to_its_own_page(
    kind: str, leads_to: str, reader: Client, framework: Framework
) -> None:
    DemandSource.objects.create(slug="other", kind=kind, framework=framework, collected="2026-01-01", note="A note")
    html = page(reader, "demand-source", "other")
    assert f"/frameworks/trade/demand/{leads_to}" in html
    assert "A note" in html
    assert "posting" not in html.split("<main", 1)[1].lower()


def test_postings_searched_with_former_terms_say_so_and_staff_may_search_again(
    reader: Client, source: DemandSource
) -> None:
    again = reverse("demand-search-again", args=["board"])
    assert "terms changed" not in page(reader, "demand-source", "board")
    AbilityTerm.objects.create(ability=Ability.objects.get(code="DA.2"), text="cooks", language="en")
    Framework.objects.update(vocabulary_version=2)
    html = page(reader, "demand-source", "board")
    assert "terms changed" in html
    assert again not in html
    assert reader.post(again).status_code == 403
    assert not PostingMention.objects.filter(ability__code="DA.2").exists()
    reader.force_login(User.objects.create_user("staff", is_staff=True))
    assert again in page(reader, "demand-source", "board")
    assert reader.get(again).status_code == 405
    html = reader.post(again, follow=True).content.decode()
    assert "1 mentions came, 0 moved, 0 went" in html
    assert "terms changed" not in html


def test_a_posting_marks_the_words_that_were_found(reader: Client, source: DemandSource) -> None:
    html = page(reader, "posting", Posting.objects.get(employer="Acme").pk)
    assert '<mark title="Search advertising">search advertising</mark>' in html
    assert '<mark title="Statistics">statistics</mark>' in html
    assert "and 1 identical row" in html


def test_a_posting_is_shown_as_text_never_as_markup(reader: Client, framework: Framework) -> None:
    source = DemandSource.objects.create(slug="evil", framework=framework, collected="2026-01-01")
    evil = "<script>alert(1)</script>"
    posting = Posting.objects.create(
        source=source, fingerprint="1", title=evil, text=evil, employer=evil, collected="2026-01-01"
    )
    PostingMention.objects.create(
        posting=posting, ability=framework.abilities.get(code="MK.1"), term="<script>", start=0
    )
    html = page(reader, "posting", posting.pk) + page(reader, "demand-source", "evil")
    assert evil not in html
    assert '<mark title="Search advertising">&lt;script&gt;</mark>' in html


def test_near_duplicates_of_a_posting_are_one_click_away(reader: Client, source: DemandSource) -> None:
    marketer, analyst = Posting.objects.filter(copies=1).get(), Posting.objects.get(title="Analyst")
    Posting.objects.filter(pk__in=[marketer.pk, analyst.pk]).update(near_group="g")
    assert analyst.get_absolute_url() in page(reader, "posting", marketer.pk)


def test_passages_join_to_the_whole_text() -> None:
    ability, other = Ability(title_en="A"), Ability(title_en="B")
    text = "use SQL daily, use SQL"
    found = [
        PostingMention(ability=ability, term="SQL", start=4),
        PostingMention(ability=other, term="SQL", start=4),
        PostingMention(ability=other, term="QL d", start=5),  # overlaps, so it is not marked
        PostingMention(ability=other, term="gone", start=1),  # no longer there
        PostingMention(ability=other, term="SQL", start=19),
    ]
    cut = passages(text, found, start=0, end=len(text))
    assert cut == [
        Passage("use "),
        Passage("SQL", (ability, other)),
        Passage(" daily, use "),
        Passage("SQL", (other,)),
    ]
    assert passages("", [], start=0, end=0) == []


def test_a_posting_with_a_text_only_has_a_page(reader: Client, source: DemandSource) -> None:
    posting = Posting.objects.create(source=source, fingerprint="1", text="Only text", collected=source.collected)
    assert "Posting without a title" in page(reader, "posting", posting.pk)
    found = posting_page(AnonymousUser(), posting.pk)
    assert found is not None
    assert (found.title, found.text) == ([], [Passage("Only text")])


@pytest.mark.parametrize("name", ["demand", "demand-source", "posting"])
def test_no_page_makes_more_queries_for_more_rows(reader: Client, source: DemandSource, name: str) -> None:
    marketer = Posting.objects.get(employer="Acme")
    Posting.objects.filter(pk=marketer.pk).update(near_group="g")
    arguments: dict[str, list[Any]] = {"demand": [], "demand-source": ["board"], "posting": [marketer.pk]}

    def queries() -> int:
        return queries_of(page, reader, name, *arguments[name])

    few = queries()
    for n, ability in enumerate(source.framework.abilities.filter(parent__isnull=False)):
        DemandSource.objects.create(slug=f"more-{n}", framework=source.framework, collected=source.collected)
        posting = Posting.objects.create(
            source=source,
            fingerprint=f"x{n}",
            title="x",
            collected=source.collected,
            position=marketer.position,
            near_group="g",
        )
        PostingMention.objects.create(posting=posting, ability=ability, term="x")
        PostingMention.objects.get_or_create(posting=marketer, ability=ability, defaults={"term": "x"})
    source.save()  # as every writer does; what was computed before is computed anew
    # A page with near-duplicates asks for them once, however many there are.
    assert queries() == few


def test_what_takes_long_of_the_sources_is_counted_once_until_a_record_changes(source: DemandSource) -> None:
    def queries() -> int:
        return queries_of(demand_sources_summary, AnonymousUser())

    cold = queries()
    assert queries() == cold - 2  # of the postings, of their mentions
    Posting.objects.filter(employer="Acme").delete()
    source.save()
    assert queries() == cold
    assert demand_sources_summary(AnonymousUser())[0].postings == 2
