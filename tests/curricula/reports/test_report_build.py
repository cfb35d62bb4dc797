"""From numbers and codes to lines: the order, what is unknown, and words that no code lacks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from django.utils.translation import get_language, override

from curricula.analysis.frames import PAIRS, Agreement, Notice, Policy
from curricula.reports.gap_report import GapReport
from curricula.wording.phrases import LABELS
from tests.report_parts import EVIDENCE, RECOMMENDATIONS
from tests.report_universe import NAN, abilities, analysis, names, report, subject


def codes(made: GapReport) -> list[str]:
    return [line.code for line in made.abilities]


def line_of(made: GapReport, code: str):
    return next(line for line in made.abilities if line.code == code)


def test_gaps_come_first_then_excess_what_is_missing_and_what_fits_each_by_size():
    assert codes(report()) == ["MK.1", "MK.2", "DA.1", "DA.2", "DA.3", "MK.3"]


def test_where_practice_lacks_the_gap_of_practice_orders_the_report():
    # Its hours as a whole nearly fit, while none of the 5 % that employers ask for is practised.
    line = line_of(report(), "MK.2")
    assert (line.gap, line.misalignment) == (-0.0125, 0.05)


def test_where_demand_is_unknown_practice_is_held_against_requirements():
    table = abilities(MK_2={"demand_unknown": True, "demand_share": NAN, "gap": -0.07})
    assert line_of(report(analysis=analysis(abilities=table)), "MK.2").misalignment == 0.25


def test_equal_gaps_stand_in_the_order_of_their_codes():
    same = {"label": "untaught", "gap": -0.1}
    made = report(analysis=analysis(abilities=abilities(MK_3=same, DA_1=same, MK_1=same, MK_2=same)))
    assert codes(made)[:4] == ["DA.1", "MK.1", "MK.2", "MK.3"]


def test_the_reason_for_signing_off_is_printed_where_more_than_half_of_the_hours_reach_no_ability():
    said = subject(signed_off_because="Placements are judged elsewhere.")
    warned = {part: report(subject=said, analysis=analysis(unmapped_part=part)).warnings for part in (0.5, 0.6)}
    found = {part: [w.message for w in lines if w.code == "signed_off_unmapped"] for part, lines in warned.items()}
    assert found[0.5] == []
    assert [message.endswith("Reason given: Placements are judged elsewhere.") for message in found[0.6]] == [True]


def test_only_counted_abilities_are_lines():
    assert "MK.3" not in codes(report(analysis=analysis(abilities=abilities(MK_3={"counted": False}))))


def test_what_is_not_a_number_becomes_none():
    line = line_of(report(), "DA.3")
    unknown = (
        "demand_mentions",
        "demand_rate",
        "demand_low",
        "demand_high",
        "demand_share",
        "change",
        "gap",
        "misalignment",
    )
    assert {getattr(line, name) for name in unknown} == {None}


def test_counts_are_whole_numbers():
    assert repr(line_of(report(), "MK.1").demand_mentions) == "41"
    assert [course.term for course in report().courses] == [1, 3, 5, None]


def test_a_code_without_a_title_stands_for_itself():
    made = report(names=names(abilities={}, courses={}, positions={}))
    assert line_of(made, "MK.1").title == "MK.1"
    assert made.courses[0].title == "Foreign trade"
    assert made.positions[0].title == "P1"


def test_courses_tell_what_they_lack():
    thesis = report().courses[-1]
    assert (thesis.credits, thesis.mapped, set(thesis.hours.values())) == (None, False, {None})


def test_sample_data_is_the_first_warning_and_only_where_it_is_true():
    assert report().warnings[0].code == "sample_data"
    assert "sample_data" not in [line.code for line in report(subject=subject(sample=False)).warnings]


def test_an_undefined_index_is_told_once_with_its_whole_reason():
    told = [line.message for line in report().warnings if line.code == "undefined.theory_required"]
    assert told == ["Theory and requirements: no index. No position requires any of the abilities compared here."]


def test_every_undefined_index_has_its_warning_even_where_the_analysis_gave_none():
    made = report(analysis=analysis(alignment={}, warnings=()))
    assert [line.code for line in made.warnings[1:]] == [*(f"undefined.{pair}" for pair in PAIRS), "no_attainment"]


def test_an_undefined_index_shows_its_reason_as_the_verdict():
    verdicts = {line.pair: line.verdict for line in report().indices}
    assert verdicts["theory_required"] == "No position requires any of the abilities compared here."
    assert verdicts["theory_demand"].startswith("No closer than if the abilities were exchanged (0.52 to 0.64)")


@pytest.mark.parametrize(
    ("blocking", "ending"),
    [
        (0, "No other course waits for this one."),
        (1, "1 course waits for this one."),
        (3, "3 courses wait for this one."),
    ],
)
def test_advice_to_retire_says_how_many_courses_wait(blocking, ending):
    advice = replace(RECOMMENDATIONS[1], blocking=blocking)
    made = report(analysis=analysis(recommendations=(advice,)))
    assert made.recommendations[0].reason.endswith(ending)


def test_advice_names_what_could_carry_and_certify_it():
    advice = report().recommendations[0]
    assert (advice.kind_text, advice.course_title, advice.candidates) == ("Add", "Store practice", ("Foreign trade",))
    assert (advice.reference_courses, advice.certifications) == (("Trade practice",), ("E-commerce certificate",))


def test_certificates_count_as_a_whole_and_by_direction():
    whole, direction = report().certifications
    assert (whole.courses_required, whole.courses_offered, whole.missing) == (3, 1, ("Live selling", "Customs"))
    assert (direction.direction_title, direction.courses_required, direction.missing) == ("Data", 1, ())


@pytest.mark.parametrize(
    ("low", "verdict"),
    [
        (0.81, "The raters agree firmly."),
        (0.7, "The raters agree well enough for tentative conclusions."),
        (0.5, "The raters may not agree: every finding is provisional."),
    ],
)
def test_agreement_is_judged_on_its_lower_bound(low, verdict):
    agreement = Agreement(raters=2, alpha=0.85, low=low, high=0.9, unstable=pd.DataFrame())
    assert report(analysis=analysis(agreement=agreement)).agreement.verdict == verdict


def test_one_rater_is_said_and_not_counted_as_agreement():
    agreement = report().agreement
    assert agreement.alpha is None
    assert agreement.verdict == "1 rater's own mapping is recorded, too few to say whether raters agree."


def test_the_legend_counts_every_label_in_the_order_of_the_rules():
    made = report()
    assert [line.code for line in made.labels] == list(LABELS)
    assert sum(line.abilities for line in made.labels) == len(made.abilities)


def test_the_thresholds_of_the_result_are_printed_not_the_defaults():
    made = report(analysis=analysis(policy=Policy(least_hours=18.0)))
    assert [line.value for line in made.parameters if line.key == "least_hours"] == [18.0]


def test_the_report_speaks_its_own_language_and_leaves_the_readers_alone():
    with override("en"):
        made = report(subject=subject(language="zh-hans"))
        assert get_language() == "en"
    assert "2025年10月" in made.evidence


def test_a_code_without_words_is_an_error_rather_than_a_hole():
    with pytest.raises(KeyError):
        report(analysis=analysis(warnings=(Notice("no_such_code"),)))


def test_demand_without_postings_has_no_line():
    assert report(analysis=analysis(evidence=None)).demand is None


def test_an_unknown_design_effect_is_none():
    made = report(analysis=analysis(evidence=replace(EVIDENCE, design_effect_max=NAN)))
    assert made.demand is not None
    assert made.demand.design_effect_max is None
