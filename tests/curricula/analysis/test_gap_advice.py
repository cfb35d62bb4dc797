"""Recommendations: three kinds, one an ability, those with most at stake first."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from curricula.analysis.codes import ADVICE
from curricula.analysis.frames import Notice
from curricula.analysis.gap import analyse
from tests.curricula.analysis.test_labels import BALANCED, CASES, EMERGING, FADED
from tests.gap_universe import FILLERS, Postings, about_x, curriculum, demand

KINDS = {
    "untaught": "add",
    "untaught_emerging": "add",
    "theory_without_practice": "strengthen",
    "under_taught_and_practised": "strengthen",
    "under_taught": "strengthen",
    "under_practised": "strengthen",
    "level_below": "strengthen",
    "obsolete_candidate": "retire",
    "over_taught": "retire",
}
OFFERS_X = pd.DataFrame([("R", "x")], columns=["reference_course", "ability"])
X_BEFORE_F0 = pd.DataFrame([("x.D", "f0.I")], columns=["requires", "course"])
TAUGHT: dict[str, Any] = BALANCED | {"levels": ("I", "D", "A"), "required": "D"}


def advice_on_x(frames):
    return [advice for advice in analyse(frames, draws=20).recommendations if advice.ability == "x"]


@pytest.mark.parametrize(("label", "parameters"), {label: parameters for label, _, parameters in CASES}.items())
def test_each_label_gets_its_kind_of_advice_with_numbers(label, parameters):
    frames = about_x(**parameters)
    found = advice_on_x(frames)
    never_assessed = label in ("aligned", "covered", "inconclusive", "no_finding", "practice_unstated") and len(found)
    assert [advice.kind for advice in found] == ([KINDS[label]] if label in KINDS else ["strengthen"] * never_assessed)
    for advice in found:
        assert set(advice.reason.values) == set(ADVICE[advice.reason.code])
        assert advice.worth >= 0


def test_what_nobody_has_mapped_is_to_be_mapped_first():
    found = analyse(about_x(levels=None, required="D"), draws=20)
    assert "x" not in [advice.ability for advice in found.recommendations]
    assert Notice("map_first", {"abilities": 1, "codes": "x"}) in found.warnings


def test_adding_names_the_courses_of_the_area_that_are_most_like_it_reference_courses_and_certificates():
    frames = replace(
        about_x(**EMERGING | {"filler_hours": 90}),
        reference_abilities=pd.DataFrame(
            [("R2", "x"), ("R1", "x"), ("R3", "f0")], columns=["reference_course", "ability"]
        ),
        certification_courses=pd.DataFrame(
            [("gold", "data", "R1"), ("gold", "", "R2"), ("tin", "", "R3")],
            columns=["certification", "direction", "reference_course"],
        ),
    )
    frames.hours["theory"] = frames.hours["theory"].add(pd.Series({"f3.D": 50, "f5.A": 20}), fill_value=0)
    like = pd.DataFrame([("f7.I", "x", 0.3), ("f2.A", "f0", 0.9)], columns=["course", "ability", "score"])
    frames = replace(frames, likeness=like)
    [advice] = advice_on_x(frames)
    assert (advice.kind, advice.reason.code, advice.course) == ("add", "add_emerging", "x.D")
    assert advice.candidates == ("f7.I", "f3.D", "f5.A", "f0.A")  # its text; then who gives the area most, by code
    assert (advice.reference_courses, advice.certifications) == (("R2", "R1"), ("gold",))
    assert advice.worth == pytest.approx(0.1)
    assert advice.reason.values["hours"] == pytest.approx(0.05 * (9 * 180 + 70))  # up to the margin


def test_strengthening_shifts_theory_of_the_course_with_most_hours():
    [advice] = advice_on_x(about_x(theory=90, required="D", mentions=100, mentions_before=100))
    assert (advice.kind, advice.course, advice.candidates) == ("strengthen", "x.A", ("x.D", "x.I"))
    assert advice.reason.code == "shift_to_practice"
    assert advice.reason.values == pytest.approx(
        {
            "target_share": 0.1,  # as demanded; that x is all that is required says what, not how much
            "share": 0.0,
            "hours": 30,  # no more than the course has
            "course_theory_hours": 30,
            "course_practice_hours": 0,
        }
    )


def test_where_demand_is_unknown_advice_has_no_size_and_no_worth():
    [known] = advice_on_x(about_x(required="D", mentions=100, mentions_before=100))
    [unknown] = advice_on_x(replace(about_x(required="D"), demand=None))
    assert (known.reason.code, known.reason.values["target_share"]) == ("add_untaught", pytest.approx(0.1))
    assert (unknown.reason, unknown.worth) == (Notice("add_required", {"hours": 16.0, "positions": 1}), 0.0)
    [lectured] = advice_on_x(replace(about_x(theory=90, required="D"), demand=None))
    assert lectured.reason.code == "practise_required"
    assert lectured.reason.values == pytest.approx({"hours": 16.0, "course_theory_hours": 30.0})


def test_never_less_than_a_credit_is_advised():
    [advice] = advice_on_x(about_x(theory=90, mentions=30, mentions_before=30, filler_hours=30))
    assert advice.reason.values["target_share"] == pytest.approx(30 / 930)
    assert advice.reason.values["hours"] == 16  # 30/930 of 270 hours of practice would be less than nine


def test_practice_is_what_falls_short_where_the_label_says_so():
    [advice] = advice_on_x(about_x(**BALANCED | {"theory": 160, "practice": 20}))
    assert advice.reason.code == "shift_to_practice"
    assert advice.worth == pytest.approx(0.1 - 20 / 920)


def test_more_hours_are_given_up_to_where_it_is_no_longer_short():
    [advice] = advice_on_x(about_x(**BALANCED | {"theory": 20, "practice": 20}))
    assert advice.reason.code == "give_more_hours"
    assert advice.reason.values["hours"] == pytest.approx((0.1 - 0.05 - 40 / 1840) * 1840)


def test_too_much_is_retired_down_to_what_is_required_where_that_is_more_than_demanded():
    frames = about_x(**BALANCED | {"theory": 300, "practice": 300})
    needs = [("buyer", "x", 1.0, ""), ("buyer", "f0", 4.0, "")]
    asked = pd.DataFrame(needs, columns=list(frames.requirements))
    frames = replace(frames, requirements=asked, positions=("buyer",))
    [advice] = advice_on_x(replace(frames, reference_abilities=OFFERS_X, prerequisites=X_BEFORE_F0))
    assert (advice.reason.code, advice.reference_courses) == ("retire_excess", ())
    assert advice.worth == pytest.approx(0.25 - 0.2)
    assert advice.reason.values["hours"] == pytest.approx(0.05 * 2400)
    assert advice.reason.values["target_share"] == pytest.approx(0.2)


def test_what_is_added_blocks_nothing_and_counts_both_periods():
    [advice] = advice_on_x(replace(about_x(**EMERGING), reference_abilities=OFFERS_X, prerequisites=X_BEFORE_F0))
    assert (advice.reference_courses, advice.blocking) == (("R",), None)
    assert [advice.reason.values[name] for name in ("mentions", "mentions_before")] == [100, 50]


def test_the_course_with_most_hours_on_the_ability_is_named_first():
    frames = about_x(**BALANCED | {"theory": 20, "practice": 20})
    more = pd.Series({"x.I": 2.0, "x.D": 1.0})
    frames.hours["theory"] = frames.hours["theory"].add(more, fill_value=0)
    [advice] = advice_on_x(frames)
    assert (advice.course, advice.candidates) == ("x.I", ("x.D", "x.A"))


def test_a_course_gives_an_area_what_it_gives_to_all_abilities_of_it():
    frames = curriculum(
        abilities=("a", "b", "c"),
        hours={"A": {"theory": 30, "operation": 30}, "B": {"theory": 40, "operation": 40}},
        mappings=[("A", "a", "A", 1.0), ("B", "a", "A", 0.5), ("B", "b", "A", 0.5)],
        requirements=[("buyer", "c", 1.0, "")],
        prepares_for=("buyer",),
        signed_off=True,
    )
    [advice] = analyse(frames, draws=20).recommendations
    assert (advice.ability, advice.course, advice.candidates) == ("c", "B", ("A",))  # 80 hours, though 40 at most


def test_what_nobody_wants_need_not_be_assessed():
    seen = about_x(theory=100, practice=100, levels=("I", "D"), searchable=False)
    assert analyse(seen, draws=20).abilities.loc["x", "never_assessed"]
    assert advice_on_x(seen) == []


def test_a_low_level_is_raised_and_an_unassessed_ability_assessed():
    [low] = advice_on_x(about_x(**BALANCED | {"levels": ("I",), "required": "D"}))
    assert low.reason == Notice("raise_level", {"reached": "I", "required": "D", "course_hours": 200.0})
    [unseen] = advice_on_x(about_x(**BALANCED | {"levels": ("I", "D"), "required": "D"}))
    assert (unseen.kind, unseen.reason.code) == ("strengthen", "assess")


def test_retiring_names_the_course_and_who_waits_for_it():
    frames = replace(
        about_x(**FADED),
        prerequisites=pd.DataFrame([("x.A", "f0.I"), ("f0.I", "f1.I")], columns=["requires", "course"]),
    )
    [advice] = advice_on_x(frames)
    assert (advice.kind, advice.course, advice.blocking) == ("retire", "x.A", 2)
    assert advice.reason.code == "retire_obsolete"
    assert advice.worth == pytest.approx(0.1)


def test_a_prerequisite_cycle_is_named_and_blocks_no_advice():
    frames = replace(
        about_x(**FADED),
        prerequisites=pd.DataFrame([("f0.I", "f1.I"), ("f1.I", "f0.I")], columns=["requires", "course"]),
    )
    found = analyse(frames, draws=20)
    assert Notice("prerequisite_cycle", {"cycle": "f0.I\nf1.I"}) in found.warnings
    assert [advice.blocking for advice in found.recommendations if advice.kind == "retire"] == [None]


def test_without_demand_advice_stands_in_the_frameworks_order():
    frames = curriculum(
        abilities=("c", "a", "b", "d"),
        hours={"C": {"theory": 50, "operation": 50}},
        mappings=[("C", "d", "D", 1.0)],
        requirements=[
            ("buyer", "c", 1.0, "D"),
            ("buyer", "a", 1.0, "D"),
            ("buyer", "b", 2.0, "D"),
            ("buyer", "d", 4.0, "D"),
        ],
        prepares_for=("buyer",),
        signed_off=True,
    )
    found = analyse(frames, draws=20).recommendations
    assert [(advice.ability, advice.worth) for advice in found] == [
        ("c", 0.0),
        ("a", 0.0),
        ("b", 0.0),
        ("d", 0.0),
    ]


def test_advice_names_only_courses_of_the_plan():
    frames = about_x(**TAUGHT | {"theory": 20, "practice": 20})
    for advice in analyse(frames, draws=20).recommendations:
        assert {advice.course, *advice.candidates} <= set(frames.courses.index)
        assert advice.ability in (*FILLERS, "x")


def test_what_to_retire_comes_last_and_first_what_no_course_waits_for():
    plan = {"A": {"theory": 200, "operation": 200}, "B": {"theory": 100, "operation": 100}, "C": {"operation": 10}}
    frames = curriculum(
        abilities=("a", "b", "c", "d"),
        hours=plan,
        mappings=[("A", "a", "A", 1.0), ("B", "b", "A", 1.0), ("C", "c", "A", 1.0)],
        requirements=[("buyer", "d", 1.0, "")],
        prerequisites=[("A", "C")],
        signed_off=True,
        prepares_for=("buyer",),
        demand=demand(Postings(400, {"a": 8, "b": 8, "c": 380, "d": 20}, position="buyer"), searchable="abcd"),
    )
    found = analyse(frames, draws=20).recommendations
    assert [(advice.kind, advice.ability, advice.blocking) for advice in found] == [
        ("strengthen", "c", None),
        ("add", "d", None),
        ("retire", "b", 0),
        ("retire", "a", 1),
    ]
    assert found[3].worth > found[2].worth
