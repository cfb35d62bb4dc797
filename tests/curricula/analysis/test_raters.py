"""Agreement between raters: over the cells that anyone mapped, on the lower bound."""

import pandas as pd
import pytest

from curricula.analysis.agreement import krippendorff_alpha
from curricula.analysis.frames import Notice
from curricula.analysis.gap import analyse
from curricula.analysis.raters import differing, is_provisional, judgements, plan_credibility, rater_agreement
from tests.gap_universe import curriculum

CELLS = [(f"C{place}", "a") for place in range(12)]
LEVELS = ("I", "D", "A", "")


def ratings(*raters):
    """One row a rater, course and ability; a rater is a word of levels, `-` for not mapped and `?` for no level."""
    rows = [
        (f"r{number}", course, ability, "" if level == "?" else level)
        for number, levels in enumerate(raters)
        for (course, ability), level in zip(CELLS, levels, strict=False)
        if level != "-"
    ]
    return curriculum(abilities="a", ratings=rows).ratings


def agreement(*raters):
    return rater_agreement(ratings(*raters), draws=500, seed=0)


@pytest.mark.parametrize("raters", [(), ("IDA",)])
def test_one_rater_says_nothing_about_agreement(raters):
    found = agreement(*raters)
    assert (found.raters, found.alpha, found.low, found.high) == (len(raters), None, None, None)
    assert found.reason == Notice("agreement_unknown", {"raters": len(raters)})
    assert found.unstable.empty
    assert not is_provisional(found)


def test_full_agreement_is_one_and_firm():
    found = agreement("IDAIDAIDAIDA", "IDAIDAIDAIDA", "IDAIDAIDAIDA")
    assert (found.raters, found.alpha, found.low, found.high) == (3, 1.0, 1.0, 1.0)
    assert found.unstable.empty
    assert not is_provisional(found)


def test_ratings_without_variation_are_undefined_not_zero():
    found = agreement("DDDD", "DDDD")
    assert (found.alpha, found.low, found.reason) == (
        None,
        None,
        Notice("agreement_undefined", {"raters": 2, "cells": 4}),
    )
    assert not is_provisional(found)


def test_a_cell_left_empty_is_the_judgement_not_mapped():
    found = agreement("IDA-?", "IDAD-")
    assert found.alpha == pytest.approx(krippendorff_alpha([[2, 3, 4, 0, 1], [2, 3, 4, 3, 0]], level="ordinal"))
    assert found.unstable.values.tolist() == [["C3", "a", "– D"], ["C4", "a", "? –"]]


def test_who_rated_a_part_says_nothing_of_the_rest():
    rows = ratings("IDAID", "IDA--", "---AD")
    part = pd.DataFrame(
        [("r1", "C0"), ("r1", "C1"), ("r1", "C2"), ("r2", "C3"), ("r2", "C4")], columns=["rater", "course"]
    )
    found = rater_agreement(rows, part_rated=part, draws=500, seed=0)
    nan = float("nan")
    by_hand = [[2, 3, 4, 2, 3], [2, 3, 4, nan, nan], [nan, nan, nan, 4, 3]]
    assert found.alpha == pytest.approx(krippendorff_alpha(by_hand, level="ordinal"))
    assert found.unstable.to_numpy().tolist() == [["C3", "a", "I · A"]]
    assert rater_agreement(rows, draws=500, seed=0).alpha < found.alpha, "a blank would count as not mapped"


def test_raters_who_share_no_course_say_nothing_of_agreement():
    part = pd.DataFrame([("r0", "C0"), ("r1", "C1")], columns=["rater", "course"])
    found = rater_agreement(ratings("I-", "-D"), part_rated=part, draws=50, seed=0)
    assert (found.alpha, found.reason) == (None, Notice("agreement_unknown", {"raters": 2}))


def test_rows_of_a_rater_in_a_course_that_is_not_rated_yet_are_left_out():
    part = pd.DataFrame([("r1", "C0")], columns=["rater", "course"])
    cells = judgements(ratings("I", "ID"), part_rated=part)
    assert cells.columns.tolist() == [("C0", "a")]
    assert differing(cells).empty


def test_a_cell_that_nobody_mapped_is_no_unit():
    assert agreement("IDA--IDA", "IDD--IDA").alpha == pytest.approx(agreement("IDAIDA", "IDDIDA").alpha)


def test_too_few_cells_for_an_interval_are_undefined_too():
    assert agreement("ID", "ID").reason == Notice("agreement_undefined", {"raters": 2, "cells": 2})


def test_the_lower_bound_decides_what_is_provisional():
    close, torn = agreement("IDAIDAIDAIDA", "IDAIDAIDAIDD"), agreement("IDAIDAIDAIDA", "AIDAIDIIDAID")
    assert 0.667 <= close.low < close.alpha <= close.high <= 1
    assert not is_provisional(close)
    between = agreement("IDAIDAIDAIDA", "IDAIDAIDAIID")
    assert between.low < 0.667 < between.alpha
    assert is_provisional(between)
    assert torn.low < 0.667
    assert is_provisional(torn)


def test_raters_who_disagree_make_every_label_provisional():
    rows = ratings("IDAIDAIDAIDA", "AIDAIDIIDAID").drop(columns="share").to_numpy().tolist()
    frames = curriculum(abilities="a", hours={course: {} for course, _ in CELLS}, ratings=rows)
    found = analyse(frames, draws=100)
    assert found.abilities["provisional"].all()
    [warning] = [warning for warning in found.warnings if warning.code == "raters_disagree"]
    assert warning.values == {
        "raters": 2, "alpha": found.agreement.alpha, "low": found.agreement.low, "needed": 0.667,
    }  # fmt: skip


def test_a_mapping_counts_what_states_no_level_as_mapped_and_in_nothing_that_reads_levels():
    hours = {course: {"theory": 8.0} for course in ("C", "D", "E")}
    cells = [("C", "a", "A", 0.5), ("C", "b", "A", 0.5), ("D", "a", "", 0.5), ("D", "b", "I", 0.5)]
    found = plan_credibility(curriculum(abilities="ab", hours=hours, mappings=cells))
    assert found
    assert (found.mapped.cells, found.mapped.possible, found.mapped.courses_to_four_fifths) == (4, 6, 2)
    assert (found.levelled.cells, found.levelled.top_level, found.levelled.straight_rows) == (3, 2, 1)


def test_without_a_course_no_cell_could_be_mapped():
    assert plan_credibility(curriculum(abilities="ab")) is None
