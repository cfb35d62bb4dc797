"""Does it hold, and what lies behind levels, raters and demand: the figures of the engines, in words, with reasons."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from competencies.models import Ability, Crosswalk, Framework, Posting, PostingMention
from curricula.analysis.measures.depth import chains, vintage, webb_profiles
from curricula.evaluation import further
from curricula.evaluation.frames import frames_for
from curricula.evaluation.further import depth_for, other_frameworks, robustness_for
from curricula.evaluation.reports import POLICY
from curricula.models import Course, Mapping
from curricula.plans.presenters.robustness import robustness_page
from tests import pages
from tests.queries import queries_of
from tests.some import some
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db


def shown(client, universe, name: str, query: str = "") -> Any:
    answer = client.get(universe.curriculum.page(name) + query)
    assert answer.status_code == 200
    return answer


def words_of(answer) -> str:
    return pages.text_of(answer.content.decode())


def rate(universe, cells: dict[tuple[str, str], str], *, rater: str) -> None:
    for (course, ability), level in cells.items():
        Mapping.objects.create(
            course=universe.course(course), ability=universe.ability(ability), level=level, rater=rater
        )
    universe.curriculum.save()


def tie_rival(universe, *, codes=("MK.1", "MK.2", "DA.1", "DA.2")) -> Framework:
    """A rival framework with one ability for each of ours, entered from its side but for the last."""
    rival = Framework.objects.create(slug="rival", title_en="Rival framework")
    for number, code in enumerate(codes):
        ability = Ability.objects.create(framework=rival, code=f"R.{number}", title_en=f"R {number}", order=number)
        ends = (ability, universe.ability(code))
        first, then = ends if code != codes[-1] else ends[::-1]
        Crosswalk.objects.create(ability=first, counterpart=then, relation="exact")
    return rival


@pytest.fixture
def mapped(universe):
    """C1 to C4 serve an ability each; C5 serves MK.1 with the level A and half of C6 serves MK.2 with I."""
    courses = add_courses(universe.curriculum, 4)
    more = add_courses(universe.curriculum, 2, mapped=False)
    Mapping.objects.create(course=more[0], ability=universe.ability("MK.1"), level="A", share=0.9)
    Mapping.objects.create(course=more[1], ability=universe.ability("MK.2"), level="I", share=0.5)
    Course.objects.filter(pk=courses[0].pk).update(theory=96, demonstration=8)
    universe.curriculum.save()
    return universe


# Does it hold?


def test_the_largest_gaps_are_those_of_the_engine(mapped, as_user):
    add_postings(mapped.curriculum, 100)
    page = shown(as_user(mapped.viewer), mapped, "robustness").context["page"]
    found = robustness_for(mapped.curriculum)
    assert [round(gap.gap, 9) for gap in page.gaps] == [round(gap, 9) for gap in found.largest["gap"]]
    assert [gap.rank for gap in page.gaps] == list(range(1, len(page.gaps) + 1))
    assert [choice.rho for choice in page.choices] == [v.rho for v in found.variations if v.kind != "framework"]


def test_a_choice_that_changes_nothing_says_so(mapped, as_user):
    answer = shown(as_user(mapped.viewer), mapped, "robustness")
    lines = {choice.title: choice for choice in answer.context["page"].choices}
    untried = lines["Every requirement weighs the same"]
    assert (untried.rho, untried.tried) == (None, False)
    assert "Nothing to vary: the other choice changes nothing here." in words_of(answer)


def test_what_leaves_the_largest_is_named_under_the_choice_and_at_the_gap(mapped):
    rate(mapped, {("C1", "MK.2"): "D", ("C2", "MK.1"): "D"}, rater="R1")
    page = robustness_page(mapped.curriculum)
    (choice,) = [choice for choice in page.choices if choice.short == "rater R1"]
    for gap in some(page.gaps):
        assert ("rater R1" in gap.leaves_under) == (gap.title in [move.title for move in choice.leaving])
        assert ("rater R1" in gap.changes_under) == (gap.title in [move.title for move in choice.relabelled])
        assert gap.steady == (not gap.leaves_under)


def test_each_rater_and_each_other_framework_is_a_choice(mapped, as_user):
    for rater in ("R1", "R2"):
        rate(mapped, {("C1", "MK.1"): "D", ("C2", "MK.2"): "D"}, rater=rater)
    tie_rival(mapped)
    page = shown(as_user(mapped.viewer), mapped, "robustness").context["page"]
    assert [choice.short for choice in page.choices][-2:] == ["rater R1", "rater R2"]
    (rival,) = page.frameworks
    assert rival.title == "Rival framework"
    assert rival.unseen == ()


def test_a_crosswalk_is_read_from_either_side_and_areas_are_left_out(mapped):
    rival = tie_rival(mapped)
    area = mapped.framework.abilities.get(code="MK")
    Crosswalk.objects.create(ability=rival.abilities.first(), counterpart=area, relation="broader")
    (other,) = other_frameworks(mapped.framework, [rival]).values()
    assert {own: list(found) for own, found in other.counterparts.items()} == {
        "MK.1": ["R.0"],
        "MK.2": ["R.1"],
        "DA.1": ["R.2"],
        "DA.2": ["R.3"],
    }
    assert list(other.abilities.index) == ["R.0", "R.1", "R.2", "R.3"]


def test_what_another_framework_cannot_see_is_named(mapped, as_user):
    tie_rival(mapped, codes=("MK.1", "MK.2"))
    answer = shown(as_user(mapped.viewer), mapped, "robustness")
    (rival,) = answer.context["page"].frameworks
    assert rival.rho is None
    assert {"Statistics", "Modelling"} & set(rival.unseen)
    assert "an order needs 3" in words_of(answer)


def counted(monkeypatch, name: str) -> list[Any]:
    """Grows whenever the query of this name computes anew."""
    calls: list[Any] = []
    compute = getattr(further, name)

    def noted(*given: Any) -> Any:
        calls.append(given)
        return compute(*given)

    monkeypatch.setattr(further, name, noted)
    return calls


def test_a_change_of_the_records_or_of_the_other_framework_is_seen_at_once(mapped, monkeypatch):
    rival = tie_rival(mapped, codes=("MK.1", "MK.2", "DA.1"))
    calls = counted(monkeypatch, "_robustness")
    for _again in range(2):
        robustness_for(mapped.curriculum)
    assert len(calls) == 1
    rival.save()
    robustness_for(mapped.curriculum)
    assert len(calls) == 2
    mapped.curriculum.save()
    robustness_for(mapped.curriculum)
    assert len(calls) == 3


# Depth


def test_webb_is_that_of_the_engine_for_the_plan_and_each_area(mapped, as_user):
    page = shown(as_user(mapped.viewer), mapped, "depth").context["page"]
    profiles = webb_profiles(frames_for(mapped.curriculum))
    assert [line.objectives for line in page.webb] == [profile.objectives for profile in profiles]
    assert [line.title for line in page.webb] == ["The whole plan", "Marketing", "Data"]
    for line, profile in zip(page.webb, profiles, strict=True):
        assert bool(line.criteria) == bool(profile.criteria) == (not line.reason)
        if profile.criteria:
            assert line.criteria[0].value == str(profile.criteria.categorical_concurrence)


def test_a_level_stands_in_its_term_and_opens_its_course(mapped, as_user):
    client = as_user(mapped.viewer)
    page = shown(client, mapped, "depth").context["page"]
    found = {
        line.code: [(term, step.level) for term, cell in zip(page.terms, line.cells, strict=True) for step in cell]
        for line in page.chains
    }
    assert found == {
        "MK.1": [(1, "D"), (5, "A")],
        "MK.2": [(2, "D"), (6, "I")],
        "DA.1": [(3, "D")],
        "DA.2": [(4, "D")],
    }
    links = {step.href for line in page.chains for cell in line.cells for step in cell}
    assert all(client.get(link).status_code == 200 for link in some(links))


def test_each_chain_has_the_state_of_the_engine(mapped, as_user):
    Course.objects.filter(code="C3").update(term=None)
    page = shown(as_user(mapped.viewer), mapped, "depth").context["page"]
    states = {line.code: line.state for line in page.chains}
    table = chains(frames_for(mapped.curriculum))
    assert states == {"MK.1": "incomplete", "MK.2": "out_of_order", "DA.1": "unknown", "DA.2": "incomplete"}
    assert {code for code, state in states.items() if state == "unknown"} == set(table.index[table["reason"].notna()])
    assert page.terms[-1] is None
    reasons = {line.code: line.reason for line in page.chains}
    assert reasons["DA.1"] == "1 course that has a level has no term, so the order is unknown."
    assert sum(count.abilities for count in page.chain_counts) == len(page.chains)


def test_chains_can_be_narrowed_to_one_state(mapped, as_user):
    client = as_user(mapped.viewer)
    assert [line.code for line in shown(client, mapped, "depth", "?chain=out_of_order").context["page"].listed] == [
        "MK.2"
    ]
    page = shown(client, mapped, "depth", "?chain=nonsense").context["page"]
    assert page.listed == page.chains


def test_cells_that_raters_judge_differently_lead_to_the_matrix(mapped, as_user):
    client = as_user(mapped.viewer)
    rate(mapped, {("C1", "MK.1"): "D", ("C2", "MK.2"): "I", ("C3", "DA.1"): "I"}, rater="R1")
    rate(mapped, {("C1", "MK.1"): "D", ("C2", "MK.2"): "A"}, rater="R2")
    part = shown(client, mapped, "depth").context["page"].agreement
    assert part.raters == "R1 and R2"
    assert {(cell.course, cell.ability, cell.levels) for cell in part.unstable} == {
        ("C2 Course 2", "Live selling", "I A"),
        ("C3 Course 3", "Statistics", "I –"),
    }
    wanted = f"?course={mapped.course('C2').pk}&ability={mapped.ability('MK.2').pk}"
    assert [cell.course for cell in part.unstable if cell.href.endswith(wanted)] == ["C2 Course 2"]
    assert all(client.get(cell.href).status_code == 200 for cell in part.unstable)


def test_vintage_is_that_of_the_engine_with_its_verdict(mapped, as_user):
    source = add_postings(mapped.curriculum, 100)
    for number in range(100):
        posting = Posting.objects.create(
            source=source,
            fingerprint=f"old-{number}",
            title="Marketer",
            text="Live selling.",
            published=date(2025, 6, 1),
            collected=date(2025, 6, 1),
            language="en",
            position=mapped.framework.positions.get(code="marketer"),
        )
        PostingMention.objects.create(posting=posting, ability=mapped.ability("MK.2"), term="live selling", start=0)
    answer = shown(as_user(mapped.viewer), mapped, "depth")
    expected = vintage(frames_for(mapped.curriculum), POLICY)
    value = answer.context["page"].vintage.value
    assert (value.ratio, value.verdict) == (expected.ratio, expected.verdict)
    assert value.ratio < 1
    assert "95 % interval" in words_of(answer)
    assert f"{value.ratio:.2f}" in words_of(answer)


def test_each_measure_without_a_value_gives_its_reason(mapped, as_user):
    text = words_of(shown(as_user(mapped.viewer), mapped, "depth"))
    assert "Two years of dated postings are needed: there are 0 in the last twelve months" in text
    assert "No rater has recorded a mapping of their own, so agreement is unknown." in text
    assert "There are no postings, so nothing is specific to a position." in text
    assert not re.search(r"\b(nan|None)\b", text)


def test_what_is_specific_to_a_position_has_its_counts(mapped, as_user):
    source = add_postings(mapped.curriculum, 20)
    analyst = mapped.framework.positions.get(code="analyst")
    for number in range(20):
        posting = Posting.objects.create(
            source=source,
            fingerprint=f"analyst-{number}",
            title="Analyst",
            text="Statistics.",
            published=date(2026, 9, 1),
            collected=date(2026, 9, 1),
            language="en",
            position=analyst,
        )
        PostingMention.objects.create(posting=posting, ability=mapped.ability("DA.1"), term="statistics", start=0)
    page = shown(as_user(mapped.viewer), mapped, "depth").context["page"]
    assert {
        position.title: [(a.title, a.ratio, a.mentions) for a in position.abilities] for position in page.positions
    } == {
        "Marketer": [("Search advertising", 2.0, 20)],
        "Analyst": [("Statistics", 2.0, 20)],
    }
    assert page.specificity_reason == ""


@pytest.mark.parametrize("name", ["robustness", "depth"])
def test_a_plan_without_a_mapping_is_led_to_it(name, universe, as_user):
    add_courses(universe.curriculum, 2, mapped=False)
    text = words_of(shown(as_user(universe.faculty), universe, name))
    assert "none is mapped to an ability yet" in text


@pytest.mark.parametrize("name", ["overview", "abilities"])
def test_the_deeper_pages_are_one_step_away(name, mapped, as_user):
    page = shown(as_user(mapped.viewer), mapped, name).content.decode()
    assert mapped.curriculum.page("robustness") in page
    assert mapped.curriculum.page("depth") in page


@pytest.mark.parametrize("name", ["robustness", "depth"])
def test_no_more_queries_for_more_rows(name, universe, as_user):
    client = as_user(universe.viewer)
    rival = tie_rival(universe)
    client.get("/")

    def queries() -> int:
        return queries_of(shown, client, universe, name)

    add_courses(universe.curriculum, 1)
    add_postings(universe.curriculum, 1)
    rate(universe, {("C1", "MK.1"): "D"}, rater="R1")
    one = queries()
    add_courses(universe.curriculum, 3)
    add_postings(universe.curriculum, 3)
    rate(universe, {("C2", "MK.2"): "D", ("C3", "DA.1"): "I"}, rater="R1")
    Ability.objects.create(framework=rival, code="R.9", title_en="More", order=9)
    assert queries() <= one


def test_what_the_pages_read_is_kept_until_a_record_changes(mapped, monkeypatch):
    calls = counted(monkeypatch, "_depth")
    for _again in range(2):
        depth_for(mapped.curriculum)
    assert len(calls) == 1
    mapped.curriculum.save()
    depth_for(mapped.curriculum)
    assert len(calls) == 2
