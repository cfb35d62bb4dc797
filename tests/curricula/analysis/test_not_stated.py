"""What is not stated is unknown, an unfinished mapping accuses nobody, and thin demand judges nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from curricula.analysis.frames import MODES, PAIRS, CurriculumFrames
from curricula.analysis.gap import analyse
from tests.gap_universe import Postings, about_x, curriculum, demand, labelled

FEW = 50  # draws
BALANCED: dict[str, Any] = {"theory": 100, "practice": 100, "mentions": 100, "mentions_before": 100, "required": "D"}
JUDGED_BY_DEMAND = {"aligned", "obsolete_candidate", "over_taught"}


def unstated(frames: CurriculumFrames, *modes: str, totals: float | None = None) -> CurriculumFrames:
    """The same plan with nothing said of some modes, and perhaps a total for each course."""
    hours = frames.hours.assign(**dict.fromkeys(modes, math.nan))
    courses = frames.courses if totals is None else frames.courses.assign(total_hours=totals)
    return replace(frames, hours=hours, courses=courses)


def codes(found: Any) -> set[str]:
    return {notice.code for notice in found}


# Practice


def test_a_plan_of_lectures_alone_is_not_said_to_lack_practice():
    found = analyse(unstated(about_x(**BALANCED), "simulation", "operation"), draws=FEW)
    x = found.abilities.loc["x"]
    assert (x["label"], x["practised_low"], x["practice_status"]) == ("practice_unstated", 0.0, "unknown")
    assert math.isnan(x["practised_high"])
    assert "practice_open" in codes(x["reasons"])
    for pair in PAIRS:
        reason = found.alignment[pair].reason
        assert (reason is not None) == ("practice" in pair)
        assert reason is None or reason.code == "practice_not_stated"
    assert "practice_not_stated" in codes(found.warnings)


def test_where_another_course_states_practice_a_blank_is_none():
    frames = about_x(**BALANCED | {"practice": 0})
    frames.hours.loc[[course for course in frames.hours.index if course.startswith("x")], "operation"] = math.nan
    x = labelled(frames).loc["x"]
    assert (x["label"], x["practised_high"]) == ("theory_without_practice", 0.0)


def test_a_plan_of_totals_alone_is_judged_by_all_its_hours():
    frames = about_x(**BALANCED | {"theory": 0, "practice": 0})
    found = analyse(unstated(frames, *MODES, totals=60.0), draws=FEW)
    x = found.abilities.loc["x"]
    assert (x["exposure_hours"], x["unsplit_hours"], x["practised_high"]) == (180.0, 180.0, 180.0)
    assert (x["taught_hours"], x["practised_low"]) == (0.0, 0.0)
    assert math.isnan(x["taught_share"])
    assert math.isnan(x["practised_share"])
    assert x["exposure_share"] == pytest.approx(0.1)
    assert (x["exposure_status"], x["label"]) == ("within", "inconclusive")
    assert "settled_by_practice" in codes(x["reasons"])
    assert {pair: found.alignment[pair].reason.code for pair in PAIRS} == {  # type: ignore[union-attr]
        pair: "practice_not_stated" if "practice" in pair else "theory_not_stated" for pair in PAIRS
    }


@pytest.mark.parametrize(("stating", "said"), [(2, True), (15, False)])
def test_practice_that_few_courses_of_a_plan_of_totals_state_is_said_to_rest_on_them(stating, said):
    """Of 30 courses of 60 hours; the method compares practice wherever some is stated and totals bound the rest."""
    frames = unstated(about_x(**BALANCED), *MODES, totals=60.0)
    frames.hours.iloc[:stating] = [30, 0, 0, 30, 0]
    found = analyse(frames, draws=FEW)
    assert "practice_not_stated" not in codes(found.warnings)
    assert ("practice_rests_on_few" in codes(found.warnings)) == said


@pytest.mark.parametrize(("stating", "told"), [(1, True), (3, False)])
def test_it_is_said_where_findings_of_practice_rest_on_a_few_courses(stating, told):
    frames = unstated(about_x(**BALANCED | {"practice": 0}), "simulation", "operation")
    frames.hours.iloc[:stating, frames.hours.columns.get_loc("operation")] = 20.0
    found = [notice for notice in analyse(frames, draws=FEW).warnings if notice.code == "practice_rests_on_few"]
    assert [notice.values for notice in found] == ([{"courses": 1, "of": len(frames.courses)}] if told else [])


def test_where_no_course_states_assessment_nothing_is_said_never_to_be_assessed():
    """x reaches the level D and no course says how many of its hours are assessment."""
    frames = about_x(**BALANCED | {"levels": ("I", "D"), "required": None})
    assert analyse(frames, draws=FEW).abilities.loc["x", "never_assessed"]
    found = analyse(unstated(frames, "assessment"), draws=FEW)
    x = found.abilities.loc["x"]
    assert (x["never_assessed"], x["assessment_open"]) == (False, True)
    assert "assessment_open" in codes(x["reasons"])
    assert "assessment_not_stated" in codes(found.warnings)
    assert not [advice for advice in found.recommendations if advice.reason.code == "assess"]


def test_hours_are_conserved_with_those_that_no_mode_takes():
    frames = about_x(**BALANCED)
    frames = replace(frames, courses=frames.courses.assign(total_hours=frames.hours.sum(axis=1) + 10))
    found = analyse(frames, draws=FEW)
    stated = frames.hours.to_numpy().sum()
    assert found.abilities["exposure_hours"].sum() == pytest.approx(stated + 10 * len(frames.courses))
    x = found.abilities.loc["x"]
    assert (x["practised_low"], x["practised_high"]) == (pytest.approx(100), pytest.approx(130))
    assert x["practised_share_low"] < x["practised_share_high"]


def test_practice_that_may_suffice_is_not_called_too_little():
    hours = BALANCED | {"theory": 160, "practice": 20}
    assert labelled(about_x(**hours)).loc["x", "label"] == "under_practised"
    frames = about_x(**hours | {"theory": 60})
    own = frames.courses.index.str.startswith("x")
    totals = frames.hours.sum(axis=1) + own * 100 / 3
    x = labelled(replace(frames, courses=frames.courses.assign(total_hours=totals))).loc["x"]
    assert (x["practice_status"], x["label"]) == ("unsure", "inconclusive")


# Shares


def test_assumed_shares_let_nothing_be_called_aligned():
    frames = about_x(**BALANCED)
    assert labelled(frames).loc["x", "label"] == "aligned"
    frames.mappings.loc[frames.mappings["ability"] == "x", "share"] = math.nan
    x = labelled(frames).loc["x"]
    assert (x["shares_assumed"], x["label"]) == (True, "inconclusive")
    told = next(reason for reason in x["reasons"] if reason.code == "settled_by_shares")
    assert told.values["course_codes"] == "x.I\nx.D\nx.A"


def test_a_size_label_carries_the_flag():
    frames = about_x(**BALANCED | {"theory": 20, "practice": 20})
    frames.mappings.loc[frames.mappings["ability"] == "x", "share"] = math.nan
    x = labelled(frames).loc["x"]
    assert (x["shares_assumed"], x["label"]) == (True, "under_taught_and_practised")


# An unfinished mapping


def mapped_in_part(mapped: int, **changes: Any) -> CurriculumFrames:
    """Ten courses of 40 hours for ten abilities, so many of them mapped; all ten are required."""
    abilities = [f"a{place}" for place in range(10)]
    hours = {f"c{place}": {"theory": 20 + place, "operation": 20 - place} for place in range(10)}
    return curriculum(
        abilities=abilities,
        hours=hours,
        mappings=[(f"c{place}", f"a{place}", "I", 1.0) for place in range(mapped)],
        requirements=[("buyer", ability, 1.0, "A") for ability in abilities],
        prepares_for=("buyer",),
        **changes,
    )


def test_a_mapping_a_tenth_done_gets_what_to_map_next_and_no_verdicts():
    searched = demand(Postings(200, {"a0": 100, "a1": 100}, position="buyer"), searchable=["a0", "a1"])
    found = analyse(mapped_in_part(1, demand=searched), draws=FEW)
    assert found.unfinished
    assert found.abilities["label"].tolist() == ["no_finding", *["mapping_missing"] * 9]
    assert found.recommendations == ()
    assert {aligned.reason.code for aligned in found.alignment.values() if aligned.reason} == {"mapping_unfinished"}
    assert all(aligned.index is None for aligned in found.alignment.values())
    assert not found.abilities[["never_assessed", "chain_incomplete"]].any().any()
    first, following = found.warnings[:2]
    assert (first.code, first.values["part"]) == ("mapping_unfinished", pytest.approx(0.9))
    assert following.values == {"courses": 9, "course_codes": "c1\nc2\nc3\nc4\nc5"}


@pytest.mark.parametrize(
    ("mapped", "signed_off", "unfinished"), [(7, False, True), (8, False, False), (1, True, False)]
)
def test_a_quarter_of_the_hours_may_be_open_and_all_of_them_where_somebody_signed(mapped, signed_off, unfinished):
    found = analyse(mapped_in_part(mapped, signed_off=signed_off), draws=FEW)
    assert found.unfinished == unfinished
    assert ("level_below" in set(found.abilities["label"])) == (not unfinished)


# Positions


def test_a_plan_that_chose_no_position_lacks_nothing_by_requirement_alone():
    frames = mapped_in_part(9)
    assert analyse(frames, draws=FEW).abilities["wanted"].all()
    found = analyse(replace(frames, prepares_for=()), draws=FEW)
    assert not found.abilities["wanted"].any()
    assert found.warnings[0].code == "positions_not_chosen"
    assert found.alignment["theory_required"].index is not None
    assert "level_below" not in set(found.abilities["label"])


# Demand

ONE = ["one"]
MOST_OF_ONE = [*["one"] * 9, None]  # of every ten postings nine are of one employer


@pytest.mark.parametrize(
    ("postings", "employers", "unknown"),
    [
        (0, None, "too_few_postings"),
        (10, None, "too_few_postings"),
        (92, None, "too_few_postings"),
        (93, None, ""),
        (1000, ONE, "too_few_employers"),
        (1000, MOST_OF_ONE, "too_few_employers"),
        (1000, [f"e{place}" for place in range(8)], ""),
    ],
)
def test_thin_demand_judges_nothing_and_is_compared_with_nothing(postings, employers, unknown):
    asked = max(1, postings // 4)
    frames = about_x(
        **BALANCED
        | {"postings": postings, "postings_before": postings, "employers": employers}
        | {"mentions": min(asked, postings), "mentions_before": 0}
        | {"asked_of_fillers": min(asked, postings)}
    )
    found = analyse(frames, draws=FEW)
    assert found.demand_unknown == unknown
    assert found.abilities["demand_unknown"].all() == bool(unknown)
    for pair in ("theory_demand", "practice_demand"):
        reason = found.alignment[pair].reason
        assert (reason.code if reason else "") == unknown
    labels = set(found.abilities["label"])
    assert bool(labels & JUDGED_BY_DEMAND) == (not unknown)
    if unknown:
        assert {advice.worth for advice in found.recommendations} <= {0.0}
        assert found.abilities.loc["x", "label"] == "covered"


# What would settle an open finding


def test_so_many_postings_as_are_named_would_tell():
    hours = {"theory": 40, "practice": 40, "required": None}
    few = about_x(**hours, mentions=10, asked_of_fillers=10, postings=93)
    x = labelled(few).loc["x"]
    assert x["label"] == "inconclusive"
    told = next(reason.values for reason in x["reasons"] if reason.code == "settled_by_postings")
    assert (told["postings"], told["employers"]) == (93, 93)
    times = int(told["needed_postings"]) / 93
    many = about_x(
        **hours,
        mentions=round(10 * times),
        asked_of_fillers=round(10 * times),
        postings=int(told["needed_postings"]),
    )
    assert labelled(many).loc["x", "label"] != "inconclusive"


def test_a_share_on_the_margin_is_told_by_no_number_of_postings():
    x = labelled(about_x(**BALANCED | {"theory": 47.4, "practice": 47.4})).loc["x"]
    assert "on_the_margin" in codes(x["reasons"])
