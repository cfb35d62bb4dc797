"""Who reads the pages on demand, and how they are filtered, sorted, paged and said in both languages."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from competencies.demand.readers.postings import read_postings
from competencies.models import DemandSource, Framework, OfficialFigure, Posting, SurveyAnswer
from tests.competencies.demand.saving import save_postings
from tests.some import some
from tests.universe import Universe

pytestmark = pytest.mark.django_db

ON_PAGE = 25
FRAMEWORK_PAGES = (
    *("demand-overview", "demand-postings", "demand-trends", "demand-specificity"),
    *("demand-needs", "demand-figures", "demand-quality", "vocabulary"),
)
ASCII_IN_CHINESE = re.compile(r"[\u4e00-\u9fff]\s?[,;:!?(](?![\w./])|[,;:!?)]\s?[\u4e00-\u9fff]")


@pytest.fixture
def evidence(universe: Universe) -> Framework:
    """Thirty postings of one source with a copy, a survey of one answer and a figure, all open to every reader."""
    rows = ["title,description,company,city,date"]
    for n in range(30):
        title, words = ("Marketer", "search advertising") if n % 3 else ("Analyst", "statistics and modelling")
        day = "" if n == 7 else f"2026-0{1 + n % 9}-{1 + n % 28:02d}"
        rows.append(f"{title},{words} no. {n},Employer {n % 11},{('Beijing', 'Wuhan')[n % 2]},{day}")
    parsed = read_postings("\n".join([*rows, rows[1]]).encode(), name="p.csv", today=date(2026, 9, 30))
    save_postings(parsed, source_slug="board", framework=universe.framework, collected=date(2026, 9, 30))
    facts: dict[str, Any] = {"framework": universe.framework, "collected": "2026-01-01"}
    survey = DemandSource.objects.create(slug="asked", kind="survey", **facts)
    SurveyAnswer.objects.create(
        source=survey,
        respondent="E1",
        ability=universe.ability("MK.1"),
        importance=5,
        competence=2,
        scale_low=1,
        scale_high=5,
    )
    figures = DemandSource.objects.create(slug="official", kind="figures", **facts)
    OfficialFigure.objects.create(
        source=figures, kind="openings", first="2025-01-01", last="2025-12-31", number=12_345
    )
    return universe.framework


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create_user("reader"))
    return client


def addresses(framework: Framework) -> list[str]:
    postings = Posting.objects.filter(source__framework=framework)
    return [
        *(reverse(name, args=[framework.slug]) for name in FRAMEWORK_PAGES),
        *(reverse(name, args=["board"]) for name in ("demand-source", "demand-duplicates")),
        *(reverse("demand-source", args=[slug]) for slug in ("asked", "official")),
        reverse("demand"),
        postings.get(published=None).get_absolute_url(),
        postings.get(text__endswith="no. 0").get_absolute_url(),
        framework.abilities.get(code="MK.1").get_absolute_url(),
        f"{reverse('vocabulary', args=[framework.slug])}?ability=MK.1",
    ]


def words(response: Any) -> str:
    bare = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(bare))


def titles(client: Client, query: str = "", name: str = "demand-postings", slug: str = "trade") -> list[str]:
    page = client.get(reverse(name, args=[slug]) + query)
    return [posting.text.split("no. ")[1] for posting in page.context["postings"]]


# Paging, sorting, filtering


def test_pages_hold_every_posting_once(reader: Client, evidence: Framework) -> None:
    first, second = titles(reader), titles(reader, "?page=2")
    assert (len(first), len(second)) == (ON_PAGE, 5)
    assert sorted(first + second, key=int) == [str(n) for n in range(30)]
    assert titles(reader, "?page=99") == second
    assert titles(reader, "?page=nonsense") == first


def test_dated_postings_come_first_the_newest_on_top_and_undated_ones_last(
    reader: Client, evidence: Framework
) -> None:
    days = [
        posting.published
        for number in (1, 2)
        for posting in reader.get(reverse("demand-postings", args=["trade"]) + f"?page={number}").context["postings"]
    ]
    assert days[-1] is None
    assert days[:-1] == sorted(filter(None, days), reverse=True)
    assert len(days[:-1]) == 29


def test_the_next_page_keeps_what_was_chosen(reader: Client, evidence: Framework) -> None:
    DemandSource.objects.filter(slug="board").update(title_en="Board")
    Posting.objects.update(region="Wuhan")
    html = reader.get(reverse("demand-postings", args=["trade"]) + "?region=Wuhan&q=no.").content.decode()
    (link,) = re.findall(r'href="(\?[^"]*)" rel="next"', html)
    assert set(unescape(link)[1:].split("&")) == {"region=Wuhan", "q=no.", "page=2"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?ability=DA.2&region=Beijing", [n for n in range(30) if n % 6 == 0]),
        ("?position=analyst", [n for n in range(30) if n % 3 == 0]),
        ("?q=employer+10", [10, 21]),
        ("?from=2026-09-01", [7, 8, 17, 26]),
        ("?source=asked", []),
        ("?region=nowhere", []),
    ],
)
def test_filters_keep_what_they_name(query: str, expected: list[int], reader: Client, evidence: Framework) -> None:
    assert sorted(map(int, titles(reader, query))) == expected


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("title", lambda posting: posting.title),
        ("employer", lambda posting: posting.employer),
        ("region", lambda posting: posting.region),
        ("-mentions", lambda posting: -posting.mentions.count()),
    ],
)
def test_the_postings_of_a_source_are_sorted_as_asked(
    sort: str, key: Any, reader: Client, evidence: Framework
) -> None:
    page = reader.get(reverse("demand-source", args=["board"]) + f"?sort={sort}").context["postings"]
    keys = [key(posting) for posting in page]
    assert keys == sorted(keys)
    assert keys[0] == min(map(key, Posting.objects.all()))


@pytest.mark.parametrize("name", ["demand-overview", "demand-specificity", "demand-postings"])
def test_a_choice_that_nothing_fits_says_so(name: str, reader: Client, evidence: Framework) -> None:
    shown = words(reader.get(reverse(name, args=["trade"]) + "?region=nowhere"))
    assert "No posting fits" in shown
    assert "Show all" in shown


# What is said


def test_large_counts_are_written_with_separators(reader: Client, evidence: Framework) -> None:
    source = DemandSource.objects.get(slug="board")
    Posting.objects.bulk_create(
        Posting(source=source, fingerprint=f"x{n}", title="Cook", collected=source.collected, employer=f"e{n}")
        for n in range(1_200)
    )
    for name, expected in (
        ("demand-overview", "1,230 postings of 1,211 named employers"),
        ("demand-postings", "1,230 postings of 1,211 named employers"),
        ("demand-quality", "Postings 1,230"),
    ):
        assert expected in words(reader.get(reverse(name, args=["trade"])))
    assert "1,230 postings from 1,211 named employers" in words(reader.get(source.get_absolute_url()))
    assert "Page 1 of 50, 1,230 in all" in words(reader.get(reverse("demand-postings", args=["trade"])))
    assert "12,345" in words(reader.get(reverse("demand-figures", args=["trade"])))


def test_a_survey_stands_beside_the_postings_of_an_ability_and_not_among_them(
    reader: Client, evidence: Framework
) -> None:
    shown = words(reader.get(evidence.abilities.get(code="MK.1").get_absolute_url()))
    assert "1 respondent: importance 5.00, competence 2.00 · asked" in shown
    assert re.findall(r"Effective n (\w+) \D+ 30 postings, 93 needed\. (\d+) (\d+)", shown) == [("board", "20", "30")]
    assert "no evidence" not in shown


def test_all_identical_rows_are_counted_where_near_duplicates_are_listed(reader: Client, evidence: Framework) -> None:
    assert "1 identical row was set aside" in words(reader.get(reverse("demand-duplicates", args=["board"])))
    source = DemandSource.objects.get(slug="board")
    Posting.objects.bulk_create(
        Posting(source=source, fingerprint=f"c{n}", title="Cook", collected=source.collected, copies=2)
        for n in range(120)
    )
    shown = words(reader.get(reverse("demand-duplicates", args=["board"])))
    assert "241 identical rows were set aside" in shown
    assert "and 21 more" in shown


def test_the_age_of_a_source_without_dates_is_that_of_its_collection(reader: Client, evidence: Framework) -> None:
    Posting.objects.update(published=None)
    shown = words(reader.get(reverse("demand-quality", args=["trade"])))
    assert "Days since collection" in shown
    assert "Age of the newest, days" not in shown
    assert "Months covered –" in shown


def test_chinese_pages_are_punctuated_as_chinese(reader: Client, evidence: Framework) -> None:
    reader.cookies["django_language"] = "zh-hans"
    for address in some(addresses(evidence)):
        shown = words(reader.get(address))
        assert re.search(r"[\u4e00-\u9fff]", shown)
        assert ASCII_IN_CHINESE.search(shown) is None, (address, ASCII_IN_CHINESE.search(shown))
