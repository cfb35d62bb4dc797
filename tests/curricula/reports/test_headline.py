"""The sentence that a dean reads aloud stays grammatical and honest, however little is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from competencies.analysis.effective import Repetition
from curricula.analysis.frames import DemandEvidence
from tests.report_universe import (
    EMPTY_TABLE,
    EVIDENCE,
    NO_COURSES,
    TITLES,
    UNKNOWN_DEMAND,
    abilities,
    analysis,
    frames,
    names,
    report,
)

CODES = ("MK_1", "MK_2", "MK_3", "DA_1", "DA_2", "DA_3")
NOTHING = {
    "wanted": False,
    "label": "inconclusive",
    "theory": 0.0,
    "simulation": 0.0,
    "operation": 0.0,
    "demonstration": 0.0,
}
PRACTISED = {"wanted": True, "label": "aligned", "operation": 16.0}
LECTURED = {"wanted": True, "label": "theory_without_practice", "theory": 16.0}
OPEN = LECTURED | {"label": "practice_unstated", "unsplit": 16.0}
LEFT_OUT = {"wanted": True, "label": "untaught"}
UNMAPPED = {"wanted": True, "label": "mapping_missing"}
UNSTATED = {"wanted": True, "label": "inconclusive"}


def finding(*rows: dict, trend: str = "steady", **changes: object) -> str:
    """The sentence where the first abilities are `rows` and the others nobody wants."""
    filled = [NOTHING | row for row in rows] + [NOTHING] * (len(CODES) - len(rows))
    table = abilities(**{code: {"gap": -0.1, "trend": trend} | row for code, row in zip(CODES, filled, strict=True)})
    return report(analysis=analysis(abilities=table, **changes)).sentence


def test_the_sentence_counts_what_is_practised_lectured_left_out_and_unmapped():
    assert report().sentence == (
        "Employers and the positions of this plan ask for 5 abilities. This plan practises 2, only lectures on 1, "
        "leaves out 1 and has no mapping yet for 1; the largest shortfall is Live-stream selling, "
        "and demand for it is growing."
    )


def test_what_states_the_gap_is_marked_in_one_piece():
    assert [part.text for part in report().sentence_parts if part.strong] == ["only lectures on 1, leaves out 1"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([PRACTISED], "This plan practises it; no gap is certain."),
        ([PRACTISED] * 2, "This plan practises all of them; no gap is certain."),
        ([LECTURED], "This plan only lectures on it; the largest shortfall is Live-stream selling."),
        (
            [LECTURED, LEFT_OUT],
            "This plan practises none, only lectures on 1 and leaves out 1; the largest shortfall is",
        ),
        (
            [OPEN, LEFT_OUT],
            "This plan does not say whether it practises 1 and leaves out 1; the largest shortfall is",
        ),
        ([LEFT_OUT], "This plan leaves it out; the largest shortfall is Live-stream selling."),
        ([LEFT_OUT] * 3, "This plan leaves out all of them; the largest shortfall is"),
        (
            [PRACTISED, PRACTISED, LEFT_OUT],
            "This plan practises 2 and leaves out 1; the largest shortfall is Store operation.",
        ),
        ([UNMAPPED, PRACTISED], "This plan practises 1 and has no mapping yet for 1; no gap is certain."),
        ([UNSTATED, PRACTISED], "This plan practises 1 and states no hours for 1; no gap is certain."),
    ],
)
def test_the_sentence_reads_well_for_none_one_and_many(rows, expected):
    # An ability that nobody wants holds some hours, so that the plan as a whole has any.
    kept = [*rows, *([{}] * (5 - len(rows))), {"theory": 8.0}]
    assert expected in finding(*kept)


@pytest.mark.parametrize(
    ("trend", "ending"),
    [
        ("rising", "; the largest shortfall is Live-stream selling, and demand for it is growing."),
        ("falling", "; the largest shortfall is Live-stream selling, though demand for it is falling."),
        ("steady", "; the largest shortfall is Live-stream selling."),
        ("unknown", "; the largest shortfall is Live-stream selling."),
    ],
)
def test_the_largest_gap_says_where_demand_for_it_goes(trend, ending):
    assert finding(LECTURED, PRACTISED, trend=trend).endswith(ending)


def test_one_wanted_ability_is_not_called_abilities():
    assert finding(PRACTISED).startswith("Employers ask for 1 ability. ")


def test_only_employers_are_named_where_all_is_asked_for_in_postings():
    asked = {"demand_low": 0.2}
    assert finding(PRACTISED | asked, LECTURED | asked).startswith("Employers ask for 2 abilities. ")


def unknown(reason: str = "too_few_postings", evidence: DemandEvidence | None = None, **changes: dict) -> str:
    rows = {code: UNKNOWN_DEMAND | changes.get(code, {}) for code in CODES}
    return report(analysis=analysis(abilities=abilities(**rows), evidence=evidence, demand_unknown=reason)).sentence


def test_without_demand_the_sentence_counts_and_names_in_the_frameworks_order():
    assert unknown(evidence=replace(EVIDENCE, postings=79)) == (
        "Employers' demand is unknown (79 postings, 93 needed). Of 5 required abilities the plan leaves out 1: "
        "Live-stream selling; it only lectures on 1: Customs declaration; it has no mapping yet for 1: Modelling."
    )
    several = unknown(evidence=replace(EVIDENCE, postings=1), MK_3=LEFT_OUT | {"simulation": 0.0, "operation": 0.0})
    assert several.startswith("Employers' demand is unknown (1 posting, 93 needed). Of 5 required abilities the plan ")


def test_no_postings_and_too_few_employers_are_told_apart():
    assert unknown().startswith("Employers' demand is unknown (no postings). ")
    few = replace(
        EVIDENCE, repetition=Repetition(312, 9, effective_employers=2.34, effective_postings=4.0, largest=300)
    )
    assert unknown("too_few_employers", few).startswith(
        "Employers' demand is unknown (312 postings, whose employers count as 2.3 of equal size, 8 needed). "
    )
    line = report(analysis=analysis(demand_unknown="too_few_employers", evidence=few)).evidence
    assert "312 postings" in line
    assert "worth" not in line  # what is worth next to nothing is not told as a number of postings


def test_without_demand_nothing_is_largest_or_a_shortfall():
    assert not {"largest", "shortfall"} & set(unknown().replace(";", " ").split())


def test_an_unfinished_mapping_is_said_before_anything_is_judged():
    text = report(analysis=analysis(unfinished=True, unmapped_part=0.64)).sentence
    assert text == (
        "Employers and the positions of this plan ask for 5 abilities. The mapping is not finished, so nothing is "
        "judged yet: 64.0\xa0% of all theory and practice reach no ability, and 1 of them has no course."
    )


def test_practice_that_is_not_stated_is_not_called_missing():
    assert "does not say whether it practises 1" in finding(LECTURED | {"unsplit": 8.0}, PRACTISED)


def test_without_courses_there_is_nothing_to_compare():
    text = report(frames=frames(**NO_COURSES)).sentence
    assert text == "This plan has no courses yet, so there is nothing to compare."


def test_without_mappings_no_gap_is_claimed():
    text = report(frames=frames(mappings=EMPTY_TABLE)).sentence
    assert text == (
        "Employers and the positions of this plan ask for 5 abilities. "
        "None of the 4 courses of this plan is mapped to an ability yet, so no gap can be measured."
    )


def test_without_hours_no_share_is_claimed():
    text = finding(UNSTATED, UNSTATED)
    assert text.endswith("The mapped courses state no hours of theory or practice, so no share can be measured.")


def test_where_nothing_is_wanted_the_plan_is_not_judged():
    text = finding({"theory": 8.0})
    assert text == "No ability is required, or asked for often enough, to judge this plan by."


def test_the_evidence_line_counts_what_stands_behind_and_what_was_set_aside():
    assert report().evidence == (
        "312 postings from 187 employers, worth 240 because employers repeat themselves, "
        "October 2025 to September 2026 · 4 undated, in no trend · "
        "26 duplicates set aside"
    )


def test_the_evidence_line_says_what_stays_open_and_what_would_help():
    table = abilities(MK_3={"label": "inconclusive"})
    assert report(analysis=analysis(abilities=table)).evidence.endswith(
        "1 ability is inconclusive; its reasons say what would tell"
    )


def test_one_posting_in_one_month_whose_employer_is_not_named():
    first = EVIDENCE.last.replace(day=1)
    evidence = replace(EVIDENCE, postings=1, employers=None, first=first, undated=0, duplicates_removed=0)
    assert report(analysis=analysis(evidence=evidence)).evidence == (
        "1 posting whose employers are not named, September 2026"
    )


def test_without_postings_the_evidence_line_says_what_is_compared():
    assert report(analysis=analysis(evidence=None)).evidence == (
        "No postings: the plan is compared with itself and with the positions' requirements only"
    )


def test_a_source_without_postings_for_the_positions_counts_none():
    evidence = replace(EVIDENCE, postings=0, employers=None, undated=0, duplicates_removed=0)
    assert report(analysis=analysis(evidence=evidence)).evidence == "0 postings"


def test_a_title_is_never_taken_for_a_template():
    hostile = names(abilities=TITLES | {"MK.1": "100 %(count)s %d <em>"})
    assert "the largest shortfall is 100 %(count)s %d <em>, and" in report(names=hostile).sentence
