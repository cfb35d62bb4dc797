"""The page on an employer survey: two crosshairs, movers flagged, two measures of need, reasons where undefined."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from competencies.models import DemandSource, Framework, SurveyAnswer
from curricula.analysis.needs import mean_weighted_discrepancy, ranked_discrepancy
from curricula.plans.needs_figure import needs_figure
from curricula.plans.presenters.needs import needs_page
from tests.universe import all_demand, make_framework

pytestmark = pytest.mark.django_db
Answers = dict[str, list[tuple[float | None, float | None]]]
# DA.1 is above the middle of the scale and below the mean importance: its verdict hangs on the crosshair.
ANSWERS: Answers = {
    "MK.1": [(5, 2), (5, 1)] * 3,
    "MK.2": [(5, 4), (4, 4)] * 3,
    "DA.1": [(4, 4), (3, 4)] * 3,
    "DA.2": [(1, 1), (1, 2)] * 3,
}


@pytest.fixture
def framework() -> Framework:
    return make_framework()


def survey(framework: Framework, answers: Answers, *, slug: str = "survey", **facts: Any) -> DemandSource:
    given = {"collected": date(2026, 5, 1), "kind": "survey", "title_en": "Employers 2026"} | facts
    source = DemandSource.objects.create(slug=slug, framework=framework, **given)
    for code, pairs in answers.items():
        for number, (importance, competence) in enumerate(pairs):
            SurveyAnswer.objects.create(
                source=source,
                respondent=f"E{number}",
                ability=framework.abilities.get(code=code),
                importance=importance,
                competence=competence,
                scale_low=1,
                scale_high=5,
            )
    return source


def text(client: Client, query: str = "") -> str:
    html = client.get(reverse("demand-needs", args=["trade"]) + query).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<(script).*?</\1>|<[^>]+>", " ", html, flags=re.S))


@pytest.fixture
def reader(client: Client, django_user_model: Any) -> Client:
    client.force_login(django_user_model.objects.create_user("reader"))
    return client


def test_needs_are_those_of_the_published_measures_the_largest_first(framework: Framework) -> None:
    survey(framework, ANSWERS)
    lines = needs_page(all_demand(framework)).lines
    assert lines[0].code == "MK.1"
    for line in lines:
        importance, competence = zip(*ANSWERS[line.code], strict=True)
        assert line.discrepancy == mean_weighted_discrepancy(importance, competence)
        assert line.ranked == ranked_discrepancy(importance, competence)
        assert line.pairs == 6


def test_what_changes_its_quadrant_with_the_crosshair_is_flagged(reader: Client, framework: Framework) -> None:
    survey(framework, ANSWERS)
    page = needs_page(all_demand(framework))
    lines = {line.code: line for line in page.lines}
    assert (lines["MK.1"].by_mean, lines["MK.1"].by_midpoint, lines["MK.1"].moves) == (
        "concentrate_here",
        "concentrate_here",
        False,
    )
    assert page.midpoint == 3
    assert [line.code for line in page.movers] == [
        line.code for line in page.lines if line.by_mean != line.by_midpoint
    ]
    assert page.movers == []
    survey(framework, ANSWERS | {"DA.2": [(5, 5), (5, 5)]}, slug="other")
    moved = needs_page(all_demand(framework), source="other").movers
    assert [line.code for line in moved] == ["DA.1"]
    assert "Statistics hangs on the crosshair" in text(reader, "?source=other")


def test_the_page_says_the_finding_and_who_was_asked(reader: Client, framework: Framework) -> None:
    survey(framework, ANSWERS, note="Forty members of one chamber", region="Zhejiang")
    shown = text(reader)
    assert "1 ability is important and lacking whichever crosshair is used: Search advertising." in shown
    assert "6 respondents · scale 1 to 5" in shown
    assert "Forty members of one chamber" in shown


def test_abilities_that_nobody_rated_both_ways_are_undefined_not_zero(reader: Client, framework: Framework) -> None:
    survey(framework, {"MK.1": [(5, 2)], "DA.1": [(4, None)]})
    page = needs_page(all_demand(framework))
    assert ([line.code for line in page.lines], page.undefined) == (["MK.1"], ["Statistics"])
    assert "nobody rated both their importance and their competence: Statistics" in text(reader)


def test_a_survey_of_importance_alone_has_no_needs(reader: Client, framework: Framework) -> None:
    survey(framework, {"MK.1": [(5, None)]})
    assert "Nobody rated an ability both ways, so needs are undefined." in text(reader)


@pytest.mark.parametrize(("respondents", "concludes"), [(1, False), (4, False), (5, True)])
def test_too_few_respondents_carry_no_conclusion(
    respondents: int, concludes: bool, reader: Client, framework: Framework
) -> None:
    survey(framework, {"MK.1": [(5, 1)] * respondents, "DA.1": [(4, 5)] * respondents})
    shown = text(reader)
    assert ("1 ability is important and lacking" in shown) is concludes
    assert ("Too few answered for a conclusion: no ability was rated both ways by 5 respondents" in shown) is not (
        concludes
    )
    assert ("too few answers" in shown) is not concludes
    assert "By the means" in shown


def test_an_ability_that_few_rated_is_in_no_sentence(reader: Client, framework: Framework) -> None:
    survey(framework, {"MK.1": [(5, 1)], "DA.1": [(4, 5)] * 5})
    assert needs_page(all_demand(framework)).urgent == []
    assert "No ability that 5 respondents or more rated is important and lacking" in text(reader)
    assert "Search advertising too few answers" in text(reader)


def test_the_newest_survey_that_enough_answered_is_shown_first(framework: Framework) -> None:
    def shown() -> str:
        return needs_page(all_demand(framework)).source.slug

    survey(framework, {"MK.1": [(5, 1)]}, slug="few-old", collected=date(2024, 1, 1))
    survey(framework, {"MK.1": [(5, 1)]}, slug="few-new", collected=date(2026, 5, 3))
    assert shown() == "few-new"
    survey(framework, {"MK.1": [(5, 1)] * 5}, slug="old", collected=date(2025, 1, 1))
    survey(framework, {"MK.1": [(5, None)] * 9, "DA.1": [(1, 1)] * 4}, slug="one-sided", collected=date(2026, 5, 4))
    assert shown() == "old"
    survey(framework, {"MK.1": [(5, 1)] * 5}, slug="new", collected=date(2026, 5, 2))
    assert shown() == "new"
    assert needs_page(all_demand(framework), source="few-new").source.slug == "few-new"


def test_surveys_are_shown_one_by_one_and_never_added_up(framework: Framework) -> None:
    survey(framework, {"MK.1": [(5, 1)]}, slug="old", collected=date(2025, 1, 1))
    survey(framework, {"MK.1": [(2, 2), (2, 2)]}, slug="new")
    assert (needs_page(all_demand(framework)).source.slug, needs_page(all_demand(framework)).respondents) == ("new", 2)
    old = needs_page(all_demand(framework), source="old")
    assert (old.source.slug, old.respondents, old.lines[0].importance) == ("old", 1, 5)
    assert needs_page(all_demand(framework), source="absent").source.slug == "new"


def test_without_a_survey_the_page_leads_to_its_import(reader: Client, framework: Framework) -> None:
    html = reader.get(reverse("demand-needs", args=["trade"])).content.decode()
    assert f"{reverse('import')}?kind=survey" in html


def test_the_chart_draws_both_crosshairs_and_every_point_opens_its_ability(framework: Framework) -> None:
    survey(framework, ANSWERS | {"DA.2": [(5, 5), (5, 5)]})
    page = needs_page(all_demand(framework))
    figure = needs_figure(page, link=lambda line: f"/{line.code}/")
    assert [len(trace["x"]) for trace in figure["data"]] == [3, 1]
    assert figure["layout"]["meta"]["links"][1] == ["/DA.1/"]
    lines = figure["layout"]["shapes"]
    assert [shape["line"].get("dash", "solid") for shape in lines] == ["solid", "solid", "dot", "dot"]
    assert {shape["x0"] for shape in lines if shape["xref"] == "x"} == {page.means[0], page.midpoint}


def test_a_label_gives_way_to_the_point_beside_it(framework: Framework) -> None:
    survey(framework, {"MK.1": [(4, 2)], "MK.2": [(4, 2.2)], "DA.1": [(2, 2.1)]})
    page = needs_page(all_demand(framework))
    traces = needs_figure(page, link=lambda line: line.code)["data"]
    sides = {
        page.lines[int(rank) - 1].code: side
        for trace in traces
        for rank, side in zip(trace["text"], trace["textposition"], strict=True)
    }
    assert sides == {"MK.1": "middle left", "MK.2": "middle right", "DA.1": "middle right"}


def test_each_quadrant_is_named_in_its_corner(framework: Framework) -> None:
    survey(framework, ANSWERS)
    names = needs_figure(needs_page(all_demand(framework)), link=lambda line: line.code)["layout"]["annotations"]
    assert {each["text"]: (each["x"], each["y"]) for each in names} == {
        "concentrate here": (0, 1),
        "keep it up": (1, 1),
        "low priority": (0, 0),
        "possibly too much": (1, 0),
    }


def test_the_ranked_discrepancy_is_written_with_its_sign(reader: Client, framework: Framework) -> None:
    survey(framework, {"MK.1": [(5, 2), (5, 5)], "MK.2": [(1, 2), (2, 2)]})
    shown = text(reader)
    assert "−50.0 50 / 50 / 0 %" in shown
    assert "+50.0 0 / 50 / 50 %" in shown


def test_titles_are_text_in_the_chart(framework: Framework) -> None:
    framework.abilities.filter(code="MK.1").update(title_en="<b>Bold</b>")
    survey(framework, {"MK.1": [(5, 2)]})
    figure = needs_figure(needs_page(all_demand(framework)), link=lambda line: line.code)
    assert "<b>Bold" not in str(figure["data"])
