"""Every figure of the demand pages is a plain count of the rows that were imported: each is counted again by hand."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from competencies.analysis.demand import effective_postings
from competencies.demand.presenters.overview import lines_of_source, overview_page, trends_page
from competencies.demand.presenters.quality import quality_page
from competencies.demand.presenters.specificity import specificity_page
from competencies.demand.queries.posting_frames import DemandChoice
from competencies.demand.queries.postings_chosen import facts_of, postings_chosen
from competencies.demand.queries.sources import demand_sources_summary
from competencies.demand.readers.postings import read_postings
from competencies.models import Framework
from tests.competencies.demand.saving import save_postings
from tests.some import some
from tests.universe import all_demand, make_framework

pytestmark = pytest.mark.django_db

COLLECTED = date(2026, 9, 30)
WORDS = {"MK.1": "search advertising", "MK.2": "live selling", "DA.1": "statistics", "DA.2": "modelling"}
POSITIONS = {"Marketer": "marketer", "Analyst": "analyst", "Cook": ""}
EDUCATION = {"本科": "bachelor", "大专": "college", "": "none stated"}
YEARS = {"1-3": "1", "2+": "1", "3-5": "3", "": "none stated"}
PAY = {"5-8": "5000", "8-12": "8000", "": "none stated"}
CHOICES = [
    DemandChoice(),
    DemandChoice(position="marketer"),
    DemandChoice(region="Wuhan"),
    DemandChoice(source="second"),
    DemandChoice(first=date(2026, 1, 1)),
    DemandChoice(last=date(2026, 1, 1), position="analyst"),
    DemandChoice(first=date(2025, 6, 1), last=date(2026, 6, 1), region="Beijing", source="first"),
    DemandChoice(education="bachelor"),
    DemandChoice(experience="1", region="Wuhan"),
    DemandChoice(pay="5000"),
]


@dataclass(frozen=True)
class Row:
    title: str
    says: frozenset[str]  # codes
    employer: str
    region: str
    published: date | None
    source: str
    education: str
    years: str
    pay: str  # thousands a month

    @property
    def counted_on(self) -> date:
        return self.published or COLLECTED

    def fits(self, choice: DemandChoice) -> bool:
        return (
            choice.position in ("", POSITIONS[self.title])
            and choice.region in ("", self.region)
            and choice.source in ("", self.source)
            and choice.education in ("", EDUCATION[self.education])
            and choice.experience in ("", YEARS[self.years])
            and choice.pay in ("", PAY[self.pay])
            and (choice.first is None or choice.first <= self.counted_on)
            and (choice.last is None or self.counted_on <= choice.last)
        )


def some_rows(count: int, seed: int) -> list[Row]:
    rng = random.Random(seed)
    return [
        Row(
            title=rng.choice(list(POSITIONS)),
            says=frozenset(code for code in WORDS if rng.random() < 0.4),
            employer=rng.choice(["", *(f"Employer {letter}" for letter in "ABCDEFGHIJKL")]),
            region=rng.choice(["Beijing", "Wuhan", ""]),
            published=rng.choice([None, *[COLLECTED - timedelta(days=rng.randrange(720))] * 5]),
            source=rng.choice(["first", "second"]),
            education=rng.choice(list(EDUCATION)),
            years=rng.choice(list(YEARS)),
            pay=rng.choice(list(PAY)),
        )
        for _ in range(count)
    ]


def import_rows(rows: list[Row], framework: Framework, *, prefix: str = "") -> None:
    for slug in ("first", "second"):
        lines = ["title,description,company,city,date,学历,experience,薪资"]
        for number, row in enumerate(rows):
            if row.source == slug:
                words = " and ".join(WORDS[code] for code in sorted(row.says)) or "something else"
                day = row.published or ""
                years = f"{row.years} years" if row.years else ""
                asks = f"{row.education},{years},{row.pay}{'K' if row.pay else ''}"
                lines.append(f"{row.title},No. {number}: {words},{row.employer},{row.region},{day},{asks}")
        parsed = read_postings("\n".join(lines).encode(), name="p.csv", today=COLLECTED)
        save_postings(parsed, source_slug=prefix + slug, framework=framework, collected=COLLECTED)


@pytest.fixture
def framework() -> Framework:
    return make_framework()


@pytest.fixture
def rows(framework: Framework) -> list[Row]:
    rows = some_rows(160, seed=4)
    import_rows(rows, framework)
    return rows


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.query() or "all")
def test_the_overview_counts_what_the_rows_say(choice: DemandChoice, rows: list[Row], framework: Framework) -> None:
    fitting = [row for row in rows if row.fits(choice)]
    page = overview_page(all_demand(framework), choice)
    assert page.evidence
    assert (page.evidence.postings, page.evidence.undated, page.evidence.unnamed) == (
        len(fitting),
        sum(row.published is None for row in fitting),
        sum(not row.employer for row in fitting),
    )
    assert page.evidence.employers == len({row.employer for row in fitting} - {""})
    assert page.evidence.first.date() == min(row.counted_on for row in fitting)
    assert page.evidence.last.date() == max(row.counted_on for row in fitting)
    counted = Counter(code for row in fitting for code in row.says)
    assert {line.code: line.mentions for line in page.lines} == dict(counted)
    assert [line.mentions for line in page.lines] == sorted(counted.values(), reverse=True)
    for line in some(page.lines):
        asking = [row for row in fitting if line.code in row.says]
        assert line.employers == len({row.employer for row in asking} - {""})
        assert line.rate == pytest.approx(len(asking) / len(fitting))
        says, employers = [line.code in row.says for row in fitting], [row.employer or None for row in fitting]
        worth = effective_postings(says, employers)
        assert len(asking) < 5 or (line.low, line.high) == pytest.approx((worth.low, worth.high))
        assert (line.first.date(), line.last.date()) == (
            min(row.counted_on for row in asking),
            max(row.counted_on for row in asking),
        )
        assert line.low <= line.rate <= line.high


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.query() or "all")
def test_the_postings_behind_a_figure_are_as_many_as_it_says(
    choice: DemandChoice, rows: list[Row], framework: Framework
) -> None:
    for code in ("", *WORDS):
        fitting = [row for row in rows if row.fits(choice) and (not code or code in row.says)]
        facts = facts_of(postings_chosen(all_demand(framework), choice, ability=code))
        assert facts.postings == len(fitting)
        assert facts.employers == len({row.employer for row in fitting} - {""})
        assert facts.unnamed == sum(not row.employer for row in fitting)
        assert facts.undated == sum(row.published is None for row in fitting)


def test_trends_count_the_dated_postings_of_two_years(framework: Framework) -> None:
    rows = some_rows(400, seed=7)
    import_rows(rows, framework)
    newest = max(row.counted_on for row in rows)
    turn, start = date(newest.year - 1, newest.month, newest.day), date(newest.year - 2, newest.month, newest.day)
    later = [row for row in rows if row.published and turn < row.published <= newest]
    earlier = [row for row in rows if row.published and start < row.published <= turn]
    page = trends_page(all_demand(framework), DemandChoice())
    assert page.trends.reason == ""
    assert page.trends.before
    assert page.trends.after
    assert (page.trends.before.postings, page.trends.after.postings) == (len(earlier), len(later))
    assert page.trends.left_out.undated == sum(row.published is None for row in rows)
    rates = {}
    for line in (*page.moved, *page.others):
        before, after = (sum(line.code in row.says for row in period) for period in (earlier, later))
        assert (line.before, line.after) == (before, after)
        assert line.difference == pytest.approx(after / len(later) - before / len(earlier))
        rates[line.code] = line.difference
    assert set(rates) == set(WORDS)
    assert page.growth_points == pytest.approx(100 * sum(change for change in rates.values() if change > 0))
    assert page.decline_points == pytest.approx(-100 * sum(change for change in rates.values() if change < 0))


def test_the_map_is_a_ratio_of_shares_of_mentions(rows: list[Row], framework: Framework) -> None:
    page = specificity_page(all_demand(framework), DemandChoice())
    placed = [row for row in rows if POSITIONS[row.title]]
    counts = Counter((code, POSITIONS[row.title]) for row in placed for code in row.says)
    everything = counts.total()
    for row, (place, column) in product(page.rows, enumerate(page.columns)):
        cell = row.cells[place]
        of_ability = sum(counts[row.code, other.code] for other in page.columns)
        of_position = sum(counts[code, column.code] for code in WORDS)
        assert cell.mentions == counts[row.code, column.code]
        assert cell.ratio == pytest.approx((cell.mentions / of_position) / (of_ability / everything))
    assert [column.postings for column in page.columns] == [
        sum(POSITIONS[row.title] == column.code for row in rows) for column in page.columns
    ]


def test_the_quality_of_a_source_is_counted_from_its_rows(rows: list[Row], framework: Framework) -> None:
    lines = {
        line.source.slug: line.quality for line in quality_page(all_demand(framework), today=date(2026, 10, 10)).lines
    }
    for slug, quality in some(lines.items()):
        own = [row for row in rows if row.source == slug]
        months = {row.published.replace(day=1) for row in own if row.published}
        span = max(months).year * 12 + max(months).month - min(months).year * 12 - min(months).month + 1
        employers = Counter(row.employer for row in own if row.employer)
        assert (quality.postings, quality.undated) == (len(own), sum(row.published is None for row in own))
        assert (quality.months, quality.empty_months) == (span, span - len(months))
        assert quality.without_mention == sum(not row.says for row in own)
        assert quality.without_position == sum(not POSITIONS[row.title] for row in own)
        assert quality.employers == len(employers)
        assert quality.largest_employer_share == pytest.approx(max(employers.values()) / len(own))
        assert quality.mentions_per_posting == pytest.approx(sum(len(row.says) for row in own) / len(own))
        assert quality.age == (date(2026, 10, 10) - max(row.counted_on for row in own)).days


def test_what_is_lacking_is_93_less_what_there_is(rows: list[Row], framework: Framework) -> None:
    newest = max(row.counted_on for row in rows)
    recent = date(newest.year - 1, newest.month, newest.day)
    for line in some(quality_page(all_demand(framework), today=COLLECTED).wanted):
        there = sum(POSITIONS[row.title] == line.wanted.position and row.counted_on > recent for row in rows)
        assert (line.wanted.postings, line.wanted.lacking) == (there, max(0, 93 - there))


def test_a_source_says_the_counts_of_its_own_rows(rows: list[Row], framework: Framework) -> None:
    for summary in some(demand_sources_summary(AnonymousUser())):
        own = [row for row in rows if row.source == summary.source.slug]
        assert (summary.postings, summary.undated) == (len(own), sum(row.published is None for row in own))
        assert summary.employers == len({row.employer for row in own} - {""})
        assert summary.mentions == sum(len(row.says) for row in own)
        assert summary.with_position == sum(bool(POSITIONS[row.title]) for row in own)
        asked = {line.code: line.mentions for line in lines_of_source(summary.source)}
        assert asked == dict(Counter(code for row in own for code in row.says))


def test_the_pages_count_every_posting_of_the_framework_and_no_other(rows: list[Row], framework: Framework) -> None:
    import_rows(some_rows(20, seed=1), make_framework("rival"), prefix="rival-")
    counted = overview_page(all_demand(framework), DemandChoice()).evidence
    assert counted
    assert counted.postings == len(rows)


def test_every_field_of_a_choice_is_tried() -> None:
    tried = {field.name for choice in CHOICES for field in fields(choice) if getattr(choice, field.name)}
    assert tried == {field.name for field in fields(DemandChoice)}
