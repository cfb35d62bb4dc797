"""Every label for a stated reason, and the nearest case on the other side of each rule."""

import math
from typing import Any

import numpy as np
import pytest

from curricula.analysis.ability_stats import intensity, rate_of_share
from curricula.analysis.codes import CODES
from curricula.analysis.frames import Policy
from tests.gap_universe import STANDARD, about_x, labelled

BALANCED: dict[str, Any] = {"theory": 100, "practice": 100, "mentions": 100, "mentions_before": 100}
FADED: dict[str, Any] = {"theory": 100, "practice": 100, "mentions_before": 80}
NO_HOURS: dict[str, Any] = {"levels": ("D",)}
SOCIAL: dict[str, Any] = {"kind": "social"}
EMERGING: dict[str, Any] = {"levels": ("D",), "mentions": 100, "mentions_before": 50}
MANY: dict[str, Any] = {"postings": 4000, "postings_before": 4000, "asked_of_fillers": 1000}

CASES = [
    # label, why, the parameters of about_x
    (
        "mapping_missing",
        "required, nobody mapped it, nobody signed the mapping off",
        {"levels": None, "required": "D"},
    ),
    (
        "untaught",
        "the same, signed off: an empty cell then means not taught",
        {"levels": None, "required": "D", "signed_off": True},
    ),
    ("untaught", "the same, mapped with 0 hours: somebody looked", NO_HOURS | {"required": "D"}),
    ("outside", "the same, but nothing wants it", {"levels": None}),
    (
        "mapping_missing",
        "29 of 400 postings: Wilson low .0509 is above the floor",
        {"levels": None, "mentions": 29, "mentions_before": 29},
    ),
    (
        "inconclusive",
        "28 of 400 postings: Wilson low .0489 is not",
        {"levels": None, "mentions": 28, "mentions_before": 28},
    ),
    ("untaught_emerging", "asked for, never taught, and the rate is exactly doubled", EMERGING),
    ("untaught", "the rate is not quite doubled", EMERGING | {"mentions_before": 51}),
    ("mapping_missing", "the first rule that applies counts", EMERGING | {"levels": None}),
    ("untaught_emerging", "8 of 400: Wilson low .0102 is above 1 %", NO_HOURS | {"mentions": 8}),
    ("outside", "7 of 400: Wilson low .0085 is not, and fewer than 5 % ask", NO_HOURS | {"mentions": 7}),
    ("outside", "11 of 400: Wilson high .0486 is below the floor", NO_HOURS | {"mentions": 11, "mentions_before": 11}),
    ("inconclusive", "12 of 400: Wilson high .0516 is not", NO_HOURS | {"mentions": 12, "mentions_before": 12}),
    ("theory_without_practice", "required, 100 hours of theory, no practice", {"theory": 100, "required": "D"}),
    ("theory_without_practice", "asked for, 100 hours of theory, no practice", {"theory": 100, "mentions": 100}),
    ("under_practised", "one hour of practice is some", BALANCED | {"practice": 1, "required": "D"}),
    ("over_taught", "nobody wants it, so practice is not missed", {"theory": 300}),
    ("obsolete_candidate", "300 postings need k ≤ 7", FADED | {"mentions": 7, "postings": 300}),
    ("over_taught", "300 postings, 8 mentions: Wilson high .0517", FADED | {"mentions": 8, "postings": 300}),
    ("obsolete_candidate", "93 postings need k = 0", FADED | {"mentions": 0, "postings": 93, "asked_of_fillers": 23}),
    ("over_taught", "93 postings, 1 mention", FADED | {"mentions": 1, "postings": 93, "asked_of_fillers": 23}),
    ("obsolete_candidate", "the rate is exactly halved", FADED | MANY | {"mentions": 170, "mentions_before": 340}),
    ("over_taught", "the rate is not quite halved", FADED | MANY | {"mentions": 170, "mentions_before": 339}),
    (
        "no_finding",
        "required, so neither obsolete nor more than its share of requirements",
        FADED | {"required": "D"},
    ),
    ("over_taught", "without a second period nothing fades", FADED | {"postings_before": 92, "mentions_before": 60}),
    ("under_taught_and_practised", "a fifth of its due in both", BALANCED | {"theory": 20, "practice": 20}),
    (
        "under_taught",
        "practice alone nearly suffices, so only the whole is short",
        BALANCED | {"theory": 0, "practice": 80},
    ),
    ("under_practised", "lectured enough, hardly practised", BALANCED | {"theory": 160, "practice": 20}),
    (
        "under_taught_and_practised",
        "half of the demanded share, exactly",
        BALANCED | {"theory": 900 / 19, "practice": 900 / 19},
    ),
    ("inconclusive", "a little more than half", BALANCED | {"theory": 47.5, "practice": 47.5}),
    (
        "inconclusive",
        "as short, but a credit is more than the difference",
        {"theory": 1, "practice": 1, "mentions": 100, "filler_hours": 9, "mentions_before": 100},
    ),
    (
        "inconclusive",
        "as short, but 93 postings leave it unsure",
        {"theory": 45, "practice": 45, "postings": 93, "mentions": 10, "asked_of_fillers": 10},
    ),
    (
        "level_below",
        "enough hours, but introduced only, and developed is required",
        BALANCED | {"levels": ("I",), "required": "D"},
    ),
    (
        "aligned",
        "the same, of a plan that never promised the position",
        BALANCED | {"levels": ("I",), "required": "D", "chosen": False},
    ),
    (
        "no_finding",
        "mapped with no level stated: unknown is not below",
        BALANCED | {"levels": ("",), "required": "D"},
    ),
    (
        "under_practised",
        "introduced only, and hardly practised: practice comes first",
        BALANCED | {"theory": 160, "practice": 20, "levels": ("I",), "required": "D"},
    ),
    (
        "inconclusive",
        "enough in all, though practice may be short",
        BALANCED | {"theory": 140, "practice": 60},
    ),
    (
        "inconclusive",
        "doubled, though 20 against 10 of 400 may be chance",
        NO_HOURS | {"mentions": 20, "mentions_before": 10},
    ),
    (
        "over_taught",
        "twice and a half the demanded share of 2 %, which is less than the cap",
        MANY | {"theory": 47.5, "practice": 47.5, "mentions": 190, "mentions_before": 190},
    ),
    ("aligned", "all three levels, and the required one is among them", BALANCED | {"required": "D"}),
    ("aligned", "no level is required, so none can be missed", BALANCED),
    ("aligned", "never assessed at level A: that is a flag of its own", BALANCED | {"levels": ("I", "D")}),
    (
        "inconclusive",
        "within the margins, but the interval reaches beyond them",
        BALANCED | {"theory": 60, "practice": 60},
    ),
    ("over_taught", "a quarter of the hours for a tenth of the demand", BALANCED | {"theory": 300, "practice": 300}),
    (
        "over_taught",
        "five points more than demanded, exactly",
        BALANCED | {"theory": 2700 / 17, "practice": 2700 / 17},
    ),
    (
        "inconclusive",
        "as much too much, but 93 postings leave it unsure",
        {"theory": 160, "practice": 160, "postings": 93, "mentions": 10, "asked_of_fillers": 10},
    ),
    ("over_taught", "half of the postings ask for it", BALANCED | {"theory": 300, "practice": 300, "mentions": 200}),
    (
        "no_finding",
        "more than half of the postings ask for it",
        BALANCED | {"theory": 300, "practice": 300, "mentions": 201},
    ),
    ("no_finding", "it is all that is required", BALANCED | {"theory": 300, "practice": 300, "required": "D"}),
    ("aligned", "93 postings make demand known", BALANCED | {"postings": 93, "mentions": 23, "asked_of_fillers": 23}),
    ("inconclusive", "92 postings do not", BALANCED | {"postings": 92, "mentions": 23, "asked_of_fillers": 23}),
    (
        "covered",
        "92 postings, required and at its level",
        BALANCED | {"postings": 92, "mentions": 23, "asked_of_fillers": 23, "required": "D"},
    ),
    (
        "covered",
        "no search terms, required and at its level",
        BALANCED | {"searchable": False, "mentions": 0, "required": "A"},
    ),
    (
        "level_below",
        "demand unknown, but the level is too low",
        {"theory": 9, "practice": 9, "levels": ("D",), "searchable": False, "required": "A"},
    ),
    (
        "no_finding",
        "demand unknown and no level stated",
        {"theory": 9, "practice": 9, "levels": ("",), "searchable": False, "required": "A"},
    ),
    ("no_finding", "no search terms: too much is not said", {"theory": 900, "practice": 900, "searchable": False}),
    (
        "inconclusive",
        "asked for by 80 of 92, which are too few to say so",
        NO_HOURS | {"postings": 92, "mentions": 80, "mentions_before": 80, "asked_of_fillers": 23},
    ),
    ("untaught", "demand unknown, but required", NO_HOURS | {"searchable": False, "required": "D"}),
    ("outside", "required by a position that the plan did not choose", NO_HOURS | {"required": "D", "chosen": False}),
    (
        "mapping_missing",
        "asked for by employers, which needs no position to be chosen",
        {"levels": None, "mentions": 100, "mentions_before": 100, "chosen": False},
    ),
    ("covered", "learnt inside other hours: a fifth of its due is no gap", BALANCED | SOCIAL | {"theory": 20}),
    ("covered", "nor is three times its due an excess", BALANCED | SOCIAL | {"theory": 300, "practice": 300}),
    ("untaught", "but it must be taught at all", NO_HOURS | SOCIAL | {"required": "D"}),
    ("level_below", "and to its level", BALANCED | SOCIAL | {"levels": ("I",), "required": "D"}),
    ("no_finding", "with no level stated nothing is said", BALANCED | SOCIAL | {"levels": ("",), "required": "D"}),
    ("theory_without_practice", "and be practised", SOCIAL | {"theory": 100, "required": "D"}),
    (
        "inconclusive",
        "two employers in turn post 400 times: demand is unknown",
        BALANCED | {"employers": ["e1", "e2"]},
    ),
    (
        "aligned",
        "eight employers of equal size are enough to know",
        BALANCED | {"employers": [f"e{number}" for number in range(8)], "mentions": 100},
    ),
    ("no_finding", "no search terms, nothing required: not even `outside`", NO_HOURS | {"searchable": False}),
]


@pytest.mark.parametrize(("label", "why", "parameters"), CASES, ids=[f"{label}: {why}" for label, why, _ in CASES])
def test_label_follows_the_first_rule_that_applies(label, why, parameters):
    table = labelled(about_x(**parameters))
    assert table.loc["x", "label"] == label
    assert_reasons_are_plain_numbers(table["reasons"])


def test_the_gap_is_of_demand_and_of_requirements_only_where_demand_is_unknown():
    parameters = BALANCED | {"theory": 50, "practice": 50, "required": "D"}
    known, unknown = (x_of(about_x(**parameters | {"searchable": known})) for known in (True, False))
    assert known["gap"] == pytest.approx(100 / 1900 - 0.1)
    assert unknown["gap"] == pytest.approx(100 / 1900 - 1.0)


def test_a_course_without_hours_that_gives_nothing_leaves_no_doubt():
    frames = about_x(levels=("D",), required="D")
    frames.hours.loc["x.D"] = math.nan
    assert x_of(frames)["label"] == "no_finding"
    frames.mappings.loc[frames.mappings["ability"] == "x", "share"] = 0.0
    assert x_of(frames)["label"] == "untaught"


def test_saturated_demand_is_undone_where_a_share_becomes_a_rate_again():
    policy, rates = Policy(saturated_demand=True), np.array([0.2, 0.9])
    weights = intensity(rates, 100, policy)
    assert weights.tolist() == pytest.approx([-math.log(0.8), -math.log(0.1)])
    assert rate_of_share(weights / weights.sum(), weights.sum(), policy).tolist() == pytest.approx([0.2, 0.9])
    assert intensity(np.array([1.0]), 100, policy).tolist() == pytest.approx([-math.log(0.005)])


def x_of(frames, policy=STANDARD):
    """Everything said about x, as a dict."""
    return labelled(frames, policy).loc["x"].to_dict()


def assert_reasons_are_plain_numbers(reasons_by_ability):
    for reasons in reasons_by_ability:
        assert reasons
        for reason in reasons:
            values = reason.values.values()
            assert set(reason.values) == set(CODES[reason.code])
            assert all(type(value) in (int, float, str) for value in values), reason
            assert all(value == value for value in values), reason  # nan differs from itself


def reasons_for(**parameters):
    return {reason.code: reason.values for reason in x_of(about_x(**parameters))["reasons"]}


def test_a_shortage_can_be_checked_by_hand():
    reason = reasons_for(**BALANCED | {"theory": 20, "practice": 20})["exposure_below"]
    assert reason["hours"] == pytest.approx(40)
    assert reason["of_hours"] == pytest.approx(1840)
    assert reason["share"] == pytest.approx(40 / 1840)
    assert reason["demand_share"] == pytest.approx(100 / 1000)
    assert reason["difference"] == pytest.approx(40 / 1840 - 0.1)
    assert reason["margin"] == pytest.approx(max(16 / 1840, min(0.1 - 0.1 / 2, 0.05)))
    assert reason["p"] < reason["q"] == 0.10


def test_an_excess_can_be_checked_by_hand():
    reason = reasons_for(**BALANCED | {"theory": 300, "practice": 300})["exposure_above"]
    assert reason["difference"] == pytest.approx(600 / 2400 - 0.1)
    assert reason["margin"] == pytest.approx(0.05)


def test_untaught_says_who_wants_it():
    assert reasons_for(**NO_HOURS, required="D", mentions=100, mentions_before=100) == {
        "no_exposure": {"courses": 1},
        "required": {"weight": 1.0, "positions": 1},
        "demanded": {
            "mentions": 100,
            "postings": 400,
            "low": pytest.approx(0.2101, abs=1e-4),
            "high": pytest.approx(0.2947, abs=1e-4),
            "floor": 0.05,
        },
    }


def test_emerging_says_both_periods():
    assert reasons_for(**EMERGING)["rising"] | {"p": 0.0} == {
        "mentions": 100,
        "postings": 400,
        "mentions_before": 50,
        "postings_before": 400,
        "p": 0.0,
        "q": 0.10,
    }


def test_what_nothing_is_said_of_says_what_is_missing():
    assert reasons_for(**BALANCED | {"levels": ("",), "required": "D"}) == {
        "exposed": {"hours": pytest.approx(200), "courses": 1},
        "required": {"weight": 1.0, "positions": 1},
        "demanded": pytest.approx(reasons_for(**BALANCED | {"levels": ("",), "required": "D"})["demanded"]),
        "exposure_within": pytest.approx(reasons_for(**BALANCED)["exposure_within"]),
        "practice_within": pytest.approx(reasons_for(**BALANCED)["practice_within"]),
        "level_unstated": {"required": "D"},
        "steady": {
            "mentions": 100, "postings": 400, "mentions_before": 100, "postings_before": 400, "p": 1.0, "q": 0.1,
        },
        "never_assessed": {"hours": pytest.approx(200)},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parameters", "flagged"),
    [
        ({"levels": ("I", "D")}, True),
        ({"levels": ("I", "D", "A")}, False),
        ({"levels": ("I", "D"), "assessment": 2}, False),
        ({"levels": ("I", "D"), "theory": 0, "practice": 0}, False),  # not exposed, so nothing to assess
    ],
)
def test_never_assessed_asks_for_assessment_hours_or_the_level_a(parameters, flagged):
    assert x_of(about_x(**BALANCED | parameters))["never_assessed"] == flagged


@pytest.mark.parametrize(("postings", "unknown"), [(92, True), (93, False)])
def test_demand_is_unknown_below_the_least_number_of_postings(postings, unknown):
    table = labelled(about_x(**BALANCED | {"postings": postings, "mentions": 23, "asked_of_fillers": 23}))
    assert table["demand_unknown"].tolist() == [unknown] * 10
    assert (table.loc["x", "exposure_status"] == "unknown") == unknown
    assert table.loc["x", "demand_mentions"] == 23  # the count is shown all the same


@pytest.mark.parametrize(
    ("policy", "label"),
    [
        (Policy(), "under_taught_and_practised"),
        (Policy(ratio=9, cap=0.2), "aligned"),  # a ninth would be too little, not a fifth
        (Policy(least_hours=200), "aligned"),
        (Policy(fdr=1e-40), "inconclusive"),
        (Policy(min_postings=401), "inconclusive"),
        (Policy(demand_floor=0.3), "under_taught_and_practised"),
    ],
)
def test_a_school_can_set_its_own_thresholds(policy, label):
    assert x_of(about_x(**BALANCED | {"theory": 20, "practice": 20}), policy)["label"] == label


def test_the_demand_floor_decides_what_is_wanted():
    frames = about_x(levels=None, mentions=28, mentions_before=28)
    assert not x_of(frames)["wanted"]
    assert x_of(frames, Policy(demand_floor=0.04))["wanted"]


def test_hours_that_nobody_stated_are_not_called_untaught():
    frames = about_x(levels=("D",), required="D")
    frames.hours.loc["x.D"] = float("nan")
    row = x_of(frames)
    assert row["label"] == "no_finding"
    assert "hours_unstated" in {reason.code for reason in row["reasons"]}


def test_employers_who_repeat_themselves_make_a_gap_unsure():
    short: dict[str, Any] = BALANCED | {
        "theory": 40,
        "practice": 40,
        "mentions": 60,
        "mentions_before": 60,
        "asked_of_fillers": 60,
    }
    assert x_of(about_x(**short))["label"] == "under_taught_and_practised"
    few = x_of(about_x(**short, employers=[f"e{place // 40}" for place in range(400)]))
    assert few["design_effect"] > 5
    assert few["label"] == "inconclusive"
