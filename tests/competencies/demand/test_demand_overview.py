"""The pages on what a framework's postings ask for, each figure with what stands behind it."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from competencies.analysis.frames import MIN_POSTINGS
from competencies.demand.actions.retagging import retag_sources
from competencies.demand.presenters.overview import overview_page, trends_page
from competencies.demand.presenters.specificity import specificity_page
from competencies.demand.queries.posting_frames import DemandChoice
from competencies.demand.queries.postings_chosen import facts_of, postings_chosen
from competencies.demand.readers.postings import read_postings
from competencies.models import DemandSource, Framework, OfficialFigure, Posting, PostingMention, SurveyAnswer
from tests.competencies.demand.saving import save_postings
from tests.queries import queries_of
from tests.some import some
from tests.universe import all_demand, make_framework

pytestmark = pytest.mark.django_db

HEADER = "title,description,company,city,date\n"
PAGES = ("demand-overview", "demand-postings", "demand-trends", "demand-specificity", "demand-quality")
ALL_PAGES = (*PAGES, "demand-figures", "demand-needs", "vocabulary")


@pytest.fixture
def framework() -> Framework:
    return make_framework()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create_user("reader"))
    return client


def add(framework: Framework, rows: list[str], *, slug: str = "board", **facts: Any) -> DemandSource:
    parsed = read_postings((HEADER + "\n".join(rows)).encode(), name="p.csv", today=date(2026, 9, 30))
    save_postings(parsed, source_slug=slug, framework=framework, collected=date(2026, 9, 30), **facts)
    return DemandSource.objects.get(slug=slug)


def asking(
    count: int, words: str, *, title: str = "Marketer", city: str = "Beijing", day: str = "2026-09-01"
) -> list[str]:
    return [f"{title},{words} no. {n} of {title},Employer {n} {title},{city},{day}" for n in range(count)]


@pytest.fixture
def source(framework: Framework) -> DemandSource:
    rows = asking(3, "search advertising") + asking(2, "statistics", title="Analyst", city="Wuhan", day="2026-03-01")
    return add(framework, rows, note="One board only", licence="CC BY", sample=True)


def text(client: Client, name: str, query: str = "", slug: str = "trade") -> str:
    response = client.get(reverse(name, args=[slug]) + query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S))


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_page_leads_to_the_import(name: str, reader: Client, framework: Framework) -> None:
    assert f"{reverse('import')}?kind=postings" in reader.get(reverse(name, args=["trade"])).content.decode()
    assert "no posting" in text(reader, name).lower()


@pytest.mark.parametrize("name", ALL_PAGES)
def test_no_page_makes_more_queries_for_more_rows(name: str, reader: Client, framework: Framework) -> None:
    def queries() -> int:
        return queries_of(text, reader, name, "?ability=MK.1")

    def grow(n: int) -> None:
        add(framework, asking(1, "search advertising and statistics", title=f"Marketer {n}"), slug=f"s{n}")
        survey = DemandSource.objects.create(slug=f"v{n}", kind="survey", framework=framework, collected="2026-01-01")
        figures = DemandSource.objects.create(
            slug=f"f{n}", kind="figures", framework=framework, collected="2026-01-01"
        )
        for ability in framework.abilities.all():
            SurveyAnswer.objects.create(
                source=survey, respondent="E1", ability=ability, importance=4, competence=n, scale_low=1, scale_high=5
            )
        for kind in ("openings", "graduates"):
            OfficialFigure.objects.create(source=figures, kind=kind, first="2025-01-01", last="2025-12-31", number=n)

    grow(1)
    few = queries()
    grow(2)
    grow(3)
    assert queries() == few


@pytest.mark.parametrize("name", PAGES)
def test_where_the_figures_come_from_stands_on_every_page(name: str, reader: Client, source: DemandSource) -> None:
    shown = text(reader, name)
    assert "One board only" in shown
    assert "CC BY" in shown
    assert "Invented sample data" in shown


# Overview


def test_each_ability_says_how_many_postings_and_employers_ask_for_it(source: DemandSource) -> None:
    page = overview_page(all_demand(source.framework), DemandChoice())
    lines = {line.code: (line.mentions, line.rate, line.employers) for line in page.lines}
    assert lines == {"MK.1": (3, 0.6, 3), "DA.1": (2, 0.4, 2)}
    assert (page.unasked, page.unsearchable) == (2, 0)
    assert page.evidence is not None
    assert (page.evidence.postings, page.evidence.employers) == (5, 5)


def test_the_overview_says_its_finding_with_its_doubt(reader: Client, framework: Framework) -> None:
    add(framework, asking(60, "search advertising") + asking(40, "statistics", title="Analyst", day="2026-03-01"))
    shown = text(reader, "demand-overview")
    assert "Most asked for: Search advertising, in 60 of 100 postings (60.0" in shown
    assert "100 postings of 100 named employers · 2026-03-01 – 2026-09-01" in shown
    assert "Employers hardly repeat themselves: 100 postings count as 100." in shown


def test_the_overview_says_what_one_employer_costs(reader: Client, framework: Framework) -> None:
    loud = [line.replace("Employer 0 Analyst", "Loud") for line in asking(1, "statistics", title="Analyst")]
    rows = asking(160, "search advertising") + [line.replace("no. 0", f"no. {n}") for n in range(40) for line in loud]
    add(framework, rows)
    shown = text(reader, "demand-overview")
    assert re.search(r"200 postings count as about \d+: one employer posted 40 of them\.", shown)


def test_unknown_demand_draws_no_mark_and_names_none(reader: Client, source: DemandSource) -> None:
    answer = reader.get(reverse("demand-overview", args=["trade"]))
    assert answer.context["figure"] is None
    assert 'class="key"' not in answer.content.decode()
    shown = text(reader, "demand-overview")
    assert "Employers' demand is unknown: 5 postings, 93 needed." in shown.replace("&#x27;", "'")
    assert "Search advertising 3 60.0" in shown


def test_of_one_employer_there_are_counts_and_no_interval(reader: Client, framework: Framework) -> None:
    add(framework, asking(100, "statistics"))
    Posting.objects.update(employer="Same")
    page = overview_page(all_demand(framework), DemandChoice())
    assert page.unknown == "too_few_employers"
    [line] = page.lines
    assert (line.mentions, line.effective, math.isnan(line.low)) == (page.evidence.postings, None, True)
    assert "are of one employer, so no interval can be given." in text(reader, "demand-overview")


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("?position=analyst", 2),
        ("?region=Wuhan", 2),
        ("?source=board", 5),
        ("?from=2026-06-01", 3),
        ("?to=2026-06-01", 2),
        ("?from=2026-06-01&region=Wuhan", 0),
        ("?from=nonsense", 5),
    ],
)
def test_a_choice_counts_what_it_lists(query: str, n: int, reader: Client, source: DemandSource) -> None:
    choice = DemandChoice.of(dict(part.split("=") for part in query[1:].split("&")))
    page = overview_page(all_demand(source.framework), choice)
    assert (page.evidence.postings if page.evidence else 0) == n
    assert facts_of(postings_chosen(all_demand(source.framework), choice)).postings == n
    assert ("No posting fits" in text(reader, "demand-overview", query)) == (n == 0)


def test_a_bar_leads_to_as_many_postings_as_it_counts(reader: Client, source: DemandSource) -> None:
    for line in some(overview_page(all_demand(source.framework), DemandChoice(region="Beijing")).lines):
        shown = reader.get(line.href)
        assert shown.context["facts"].postings == line.mentions
        assert shown.context["facts"].employers == line.employers


def test_figures_are_computed_anew_when_postings_or_terms_change(source: DemandSource) -> None:
    def first() -> tuple[str, int]:
        line = overview_page(all_demand(Framework.objects.get(slug="trade")), DemandChoice()).lines[0]
        return line.code, line.mentions

    assert first() == ("MK.1", 3)
    add(source.framework, asking(3, "live selling and statistics", title="Seller"))
    assert first() == ("DA.1", 5)
    source.framework.abilities.get(code="DA.1").terms.all().delete()
    retag_sources(source.framework.demand_sources.all())
    assert first() == ("MK.1", 3)


# The postings behind a figure


def test_the_postings_of_a_figure_say_how_many_from_when_and_from_whom(reader: Client, source: DemandSource) -> None:
    shown = text(reader, "demand-postings", "?ability=MK.1")
    assert "Postings that mention “Search advertising”" in shown
    assert "3 postings of 3 named employers · 2026-09-01 – 2026-09-01" in shown
    assert reader.get(reverse("demand-postings", args=["trade"]) + "?ability=none").status_code == 404
    assert "No posting fits" in text(reader, "demand-postings", "?q=nowhere")


def test_the_words_of_the_ability_asked_about_stand_out(reader: Client, source: DemandSource) -> None:
    posting = Posting.objects.filter(title="Marketer")[0]
    html = reader.get(posting.get_absolute_url() + "?ability=MK.1").content.decode()
    assert '<mark class="chosen" title="Search advertising">search advertising</mark>' in html
    assert "May it be read and quoted?" in html
    assert "CC BY" in html


# Trends


def two_years(framework: Framework) -> None:
    rows = asking(MIN_POSTINGS, "statistics", title="A", day="2025-05-01")
    rows += asking(MIN_POSTINGS, "live selling", title="B", day="2026-05-01")
    add(framework, rows + asking(3, "modelling", title="C", day=""))


def test_trends_name_what_is_new_and_what_falls(reader: Client, framework: Framework) -> None:
    two_years(framework)
    page = trends_page(all_demand(framework), DemandChoice())
    assert {line.code: line.state for line in page.moved} == {"MK.2": "new", "DA.1": "falling"}
    assert page.trends.left_out.undated == 3
    shown = text(reader, "demand-trends")
    assert "Abilities asked for more than a year before: 1, for less: 1." in shown
    assert "Added up over all abilities, rates rose by 100 points and fell by 100." in shown


def test_without_two_periods_the_page_gives_its_reason(reader: Client, source: DemandSource) -> None:
    shown = text(reader, "demand-trends")
    assert "The earlier twelve months hold too few postings for a trend." in shown
    assert "A period needs 93 dated postings" in shown


def test_postings_of_former_terms_are_left_out_until_they_are_searched_again(framework: Framework) -> None:
    two_years(framework)
    Framework.objects.update(vocabulary_version=2)
    framework.refresh_from_db()
    page = trends_page(all_demand(framework), DemandChoice())
    assert (page.trends.reason, page.trends.left_out.other_vocabulary) == ("no_dated", 2 * MIN_POSTINGS)
    retag_sources(framework.demand_sources.all())
    assert trends_page(all_demand(framework), DemandChoice()).trends.reason == ""


# Specificity


def test_the_map_gives_ratio_and_count_and_says_what_is_undefined(reader: Client, source: DemandSource) -> None:
    page = specificity_page(all_demand(source.framework), DemandChoice())
    cells = {
        (row.code, column.code): cell
        for row in page.rows
        for column, cell in zip(page.columns, row.cells, strict=True)
    }
    assert (cells["MK.1", "marketer"].ratio, cells["MK.1", "marketer"].mentions) == (pytest.approx(5 / 3), 3)
    assert (cells["DA.1", "marketer"].ratio, cells["DA.1", "analyst"].ratio) == (0, 2.5)
    assert reader.get(cells["DA.1", "analyst"].href).context["facts"].postings == 2
    assert page.unasked == 2
    shown = text(reader, "demand-specificity", "?region=Beijing")
    assert "Analyst (no posting of this position)" in shown


def test_postings_without_positions_leave_nothing_to_compare(reader: Client, framework: Framework) -> None:
    add(framework, asking(2, "statistics", title="Baker"))
    assert "Nothing can be compared" in text(reader, "demand-specificity")


# Quality


def test_quality_says_what_speaks_against_a_source_and_what_to_collect(reader: Client, source: DemandSource) -> None:
    shown = text(reader, "demand-quality")
    assert "With fewer than 93 postings a rate is known to no better than 10 points." in shown
    assert "Between its first and its last month there are months without a posting." in shown
    assert "93 postings give a rate of ±10 points" in shown
    assert "Analyst 2 ±" in shown


# Official figures


def test_official_figures_stand_side_by_side_with_their_ratio(reader: Client, framework: Framework) -> None:
    figures = DemandSource.objects.create(slug="f", kind="figures", framework=framework, collected="2026-01-01")
    for kind, number in (("openings", 300), ("graduates", 120)):
        OfficialFigure.objects.create(
            source=figures, kind=kind, first="2025-01-01", last="2025-12-31", number=number, citation="Yearbook p. 4"
        )
    OfficialFigure.objects.create(source=figures, kind="openings", first="2024-01-01", last="2024-12-31", number=0)
    shown = text(reader, "demand-figures")
    assert "2025-01-01 – 2025-12-31 whole field – 300 120 2.50 Yearbook p. 4" in shown
    assert "2024-01-01 – 2024-12-31 whole field – 0 – –" in shown


def test_without_official_figures_the_page_leads_to_their_import(reader: Client, framework: Framework) -> None:
    address, link = reverse("demand-figures", args=["trade"]), f"{reverse('import')}?kind=figures"
    assert link not in reader.get(address).content.decode()  # who may not import is not sent there
    User.objects.update(is_staff=True)
    assert link in reader.get(address).content.decode()


# Near-duplicates


def test_near_duplicates_are_listed_with_where_they_differ(reader: Client, framework: Framework) -> None:
    long = "We look for somebody who knows our customers well and writes to them every day. " * 6
    rows = [f"Marketer,{long},Acme,Beijing,2026-09-0{day}" for day in (1, 2)]
    rows.append(f"Marketer,{long} Soon.,Acme,Beijing,2026-09-03")
    source = add(framework, [*rows, rows[0]])
    shown = text(reader, "demand-duplicates", slug=source.slug)
    assert "2 postings nearly repeat another one." in shown
    assert "1 group · They are counted" in shown
    assert "the same words on another day" in shown
    assert "nearly the same words" in shown
    assert "and 1 identical row" in shown
    first = Posting.objects.order_by("pk")[0]
    assert "the same words on another day" in reader.get(first.get_absolute_url()).content.decode()
    alone = add(framework, asking(1, "x"), slug="alone")
    assert "No two postings of this source say nearly the same." in text(reader, "demand-duplicates", slug=alone.slug)


def test_the_page_of_near_duplicates_makes_no_more_queries_for_more_groups(
    reader: Client, framework: Framework
) -> None:
    source = add(framework, asking(1, "x"))

    def queries(groups: int) -> int:
        for group in range(groups):
            for n in range(2):
                Posting.objects.create(
                    source=source,
                    fingerprint=f"{groups}{group}{n}",
                    title="x",
                    collected=source.collected,
                    near_group=f"{groups}-{group}",
                    copies=n,
                )
        return queries_of(text, reader, "demand-duplicates", slug=source.slug)

    assert queries(1) == queries(4)


# Mentions of areas


def test_mentions_of_what_is_no_leaf_any_more_are_not_counted(source: DemandSource) -> None:
    area = source.framework.abilities.get(code="MK")
    PostingMention.objects.create(posting=Posting.objects.all()[0], ability=area, term="x")
    assert "MK" not in {line.code for line in overview_page(all_demand(source.framework), DemandChoice()).lines}


def test_the_precision_of_the_search_words_stands_beside_demand(reader: Client, source: DemandSource) -> None:
    for name in ("demand-overview", "demand-trends", "demand-specificity", "demand-postings"):
        assert "has not been measured" in text(reader, name)
    Framework.objects.filter(slug="trade").update(slug="cross-border-e-commerce")
    assert "221 were right, 95.3" in text(reader, "demand-overview", slug="cross-border-e-commerce")


def test_all_rates_together_show_a_change_only_above_what_chance_would_show(
    reader: Client, framework: Framework
) -> None:
    def year(day: str, statistics: int) -> list[str]:
        return asking(statistics, "statistics", title="A", day=day) + asking(
            200 - statistics, "modelling", title="B", day=day
        )

    add(framework, year("2025-05-01", 100) + year("2026-05-01", 104))
    assert "so demand as a whole shows no change." in text(reader, "demand-trends")
