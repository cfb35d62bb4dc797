"""Every code of the analysis has words, and the words use what the code promises."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

import pytest

from curricula.analysis.codes import CODES
from curricula.analysis.frames import LEVELS, PAIRS, TAUGHT_MODES, Notice, PairAlignment, Policy
from curricula.analysis.reasons import BEHIND
from curricula.wording import formats, phrases
from curricula.wording.messages import sentence
from curricula.wording.sentences import SENTENCES
from tests.report_universe import names

ONLY_IN_REPORTS = {"sample_data", "signed_off_unmapped", "no_attainment"}
FILLED_BY_THE_REPORT = {"pair"}


class Asked(dict):
    """Values that note which names a sentence asks for, in the plural form of `number`."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.names: set[str] = set()

    def __missing__(self, name: str) -> int | str:
        if name.startswith("n_"):
            return self.number
        self.names.add(name)
        return name


def placeholders(code: str) -> set[str]:
    forms = Asked(1), Asked(2)
    for values in forms:
        str(SENTENCES[code] % values)
    return set.union(*(values.names for values in forms))


def said(code: str, **values: float | int | str) -> str:
    return sentence(Notice(code, values), names())


def test_every_code_of_the_analysis_has_a_sentence_and_no_sentence_is_left_over():
    assert set(SENTENCES) == set(CODES) | ONLY_IN_REPORTS


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_uses_only_the_values_that_its_code_promises(code):
    assert placeholders(code) <= set(CODES[code]) | FILLED_BY_THE_REPORT


NEVER_ONE = {  # code -> what is two or more wherever it is said
    "too_few_employers": "postings",
    "agreement_undefined": "raters",
    "raters_disagree": "raters",
    "settled_by_postings": "postings",
    "practice_between": "hours",  # between none and one
}
COUNTED = "postings|courses|abilities|employers|positions|mappings|cells|raters|groups|requirements|hours"


@pytest.mark.parametrize("code", sorted(set(CODES) - {"one_ability", "least_evidence"} - set(NEVER_ONE)))
def test_one_of_a_thing_is_not_said_in_the_plural(code):
    texts = {"codes", "course_codes", "cycle", "reason", "pair"}
    values = {name: "A" if name in texts else 1 for name in (*CODES[code], *FILLED_BY_THE_REPORT)}
    text = sentence(Notice(code, values), names())
    assert not re.search(rf"(?<!of )(?<![\d.,])\b1 (?:\w+ )?(?:{COUNTED})\b", text), text


def test_every_label_has_a_name_a_tone_and_a_meaning():
    assert set(BEHIND) == set(phrases.LABELS) == set(phrases.TONES) == set(phrases.MEANINGS)
    assert set(phrases.TONES.values()) == {"gap", "ok", "over", "na"}


def test_every_mode_level_pair_and_threshold_has_words():
    assert set(phrases.MODES) == set(TAUGHT_MODES)
    assert set(phrases.LEVELS) == set(LEVELS)
    assert set(phrases.PAIRS) == set(PAIRS)
    assert set(phrases.PARAMETERS) == {field.name for field in fields(Policy)}


@pytest.mark.parametrize(
    ("courses", "expected"),
    [
        (1, "1 of 12 courses is not mapped to any ability."),
        (2, "2 of 12 courses are not mapped to any ability."),
    ],
)
def test_a_sentence_agrees_with_its_number(courses, expected):
    assert said("courses_unmapped", courses=courses, of=12) == expected


def test_a_count_that_arrives_as_a_float_still_agrees():
    assert said("required", weight=1.0, positions=1.0) == "Required by 1 position."


@pytest.mark.parametrize(("p", "written"), [(0.0004, "<\u00a00.001"), (0.0213, "=\u00a00.021"), (0.5, "=\u00a00.5")])
def test_p_values_are_written_with_as_many_digits_as_matter(p, written):
    values = {"mentions": 3, "postings": 300, "mentions_before": 9, "postings_before": 300, "q": 0.1}
    assert f"(adjusted p {written})" in said("falling", p=p, **values)


def test_levels_are_written_as_words():
    assert said("level_below", reached="I", required="A") == "Level reached: introduced. Required: assessed."


def test_codes_become_titles_and_a_long_list_is_cut():
    few = said("map_first", abilities=2, codes="MK.1\nMK.2")
    assert few == "2 wanted abilities have no mapping yet; map first: Live-stream selling and Customs declaration."
    many = said("map_first", abilities=9, codes="\n".join(f"X.{n}" for n in range(9)))
    assert many.endswith("map first: X.0, X.1, X.2, X.3, X.4, X.5 and 3 more.")


def test_a_circle_of_prerequisites_is_named_in_its_order():
    assert said("prerequisite_cycle", cycle="EC 1\nEC 2\nEC 1") == "Prerequisites form a circle: EC 1 → EC 2 → EC 1."


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, "share", "–"),
        (0.0, "share", "0\u00a0%"),
        (0.0004, "share", "<0.1\u00a0%"),
        (0.05844, "share", "5.8\u00a0%"),
        (0.05, "percent", "5\u00a0%"),
        (-0.0321, "points", "−3.2"),
        (0.0001, "points", "0.0"),
        (16.0, "hours", "16"),
        (1816.75, "hours", "1,816.8"),
        (0.01, "hours", "<0.1"),
        (0.491, "index", "0.49"),
        (2.5, "number", "2.5"),
        (12345, "count", "12,345"),
        (2 * 10**400, "count", "≈2.0×10⁴⁰⁰"),
        (-(10**400), "hours", "≈−1.0×10⁴⁰⁰"),
        (True, "flag", "yes"),
        (date(2026, 9, 3), "date", "Sept. 3, 2026"),
        ("", "text", ""),
    ],
)
def test_a_number_is_written_in_one_way(value, kind, expected):
    assert formats.show(value, kind) == expected


@pytest.mark.parametrize(
    ("index", "ceiling", "expected"),
    [
        (0.7, None, "More alike than if the abilities were exchanged (0.50 to 0.60)."),
        (0.4, None, "No closer than if the abilities were exchanged (0.50 to 0.60)."),
        (0.6, 0.88, "No closer than if the abilities were exchanged (0.50 to 0.60). At best 0.88 could be seen."),
        (0.5, 1.0, "No closer than if the abilities were exchanged (0.50 to 0.60)."),
    ],
)
def test_the_verdict_says_where_an_index_stands(index, ceiling, expected):
    assert phrases.verdict(PairAlignment(index=index, null_low=0.5, null_high=0.6, ceiling=ceiling)) == expected


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")]
)
def test_a_list_reads_as_english(items, expected):
    assert phrases.listed(items) == expected
