from math import isclose

import pytest

from competencies.matching.baselines import ExactLabels, PlainAverage
from competencies.matching.evaluation import (
    MEASURES,
    Answer,
    Quality,
    difference,
    hit,
    quality,
    r_precision,
    reciprocal_rank,
)
from competencies.matching.vocabulary import Naming, Vocabulary

A, B, C = frozenset("a"), frozenset("ab"), frozenset("abcdef")
NONE: frozenset[str] = frozenset()


def values(found: Quality) -> dict[str, float | None]:
    estimates = {measure: getattr(found, measure) for measure in MEASURES}
    return {measure: estimate and estimate.value for measure, estimate in estimates.items()}


# One text, by hand


@pytest.mark.parametrize(
    ("gold", "proposed", "expected"),
    [
        (A, "a", 1.0),
        (A, "bcdea", 1.0),
        (A, "bcdefa", 0.0),  # sixth
        (B, "axxxx", 0.5),
        (B, "xaxxb", 1.0),
        (C, "abcde", 1.0),  # six are right, five fit
        (C, "abxxx", 0.4),
        (B, "", 0.0),
    ],
)
def test_rp_5_is_the_hits_among_five_over_five_or_over_all_there_are(gold, proposed, expected):
    assert r_precision(gold, proposed, first=5) == expected


def test_a_hit_is_any_gold_ability_among_the_first():
    assert hit(B, "xxb", first=3)
    assert not hit(B, "xxb", first=2)


def test_the_reciprocal_rank_counts_from_the_first_gold_ability():
    assert reciprocal_rank(B, "xxba") == 1 / 3
    assert reciprocal_rank(B, "xxx") == 0.0


# Several texts, by hand


def test_every_measure_of_a_small_gold_file_is_what_a_hand_finds():
    gold = [B, A, NONE]
    answers = [
        Answer("xab", frozenset("xa")),  # one of two stated is right; ranks 2 and 3
        Answer("bcdefa", frozenset()),  # right at rank 6
        Answer("a", frozenset("a")),  # nothing to find: a false alarm
    ]
    assert values(quality(gold, answers)) == {
        "precision": 1 / 3,
        "recall": 1 / 3,
        "hit_1": 0.0,
        "hit_5": 0.5,
        "hit_10": 1.0,
        "rp_5": 0.5,
        "mrr": pytest.approx((1 / 2 + 1 / 6) / 2),
    }


def test_what_has_nothing_to_divide_by_is_no_figure():
    found = quality([NONE], [Answer()])
    assert set(values(found).values()) == {None}
    assert quality([], []).rp_5 is None


def test_a_method_that_only_proposes_has_neither_precision_nor_recall():
    found = quality([A], [Answer("a")])
    assert (found.precision, found.recall) == (None, None)
    silent = quality([A], [Answer("a", frozenset())])
    assert silent.precision is None
    assert silent.recall is not None
    assert silent.recall.value == 0


def test_the_measures_read_as_many_answers_as_there_are_texts():
    with pytest.raises(ValueError, match="zip"):
        quality([A, B], [Answer()])


# Intervals


def test_the_interval_holds_the_value_and_is_the_same_in_every_run():
    gold = [A, B, C, A] * 10
    answers = [Answer("a"), Answer("x"), Answer("ab"), Answer("")] * 10
    first, second = quality(gold, answers).rp_5, quality(gold, answers).rp_5
    assert first == second
    assert first is not None
    assert first.low < first.value < first.high


def test_the_interval_of_a_mean_is_about_as_wide_as_its_standard_error_says():
    # 100 texts, half of them right: standard error .05, so .40 to .60
    found = quality([A] * 100, [Answer("a"), Answer("x")] * 50, draws=20_000).hit_1
    assert found is not None
    assert isclose(found.low, 0.40, abs_tol=0.011)
    assert isclose(found.high, 0.60, abs_tol=0.011)


def test_without_any_spread_the_interval_is_the_value():
    found = quality([A] * 5, [Answer("a")] * 5).mrr
    assert found is not None
    assert (found.low, found.value, found.high) == (1, 1, 1)


# The baselines

VOCABULARY = Vocabulary.of(
    [
        Naming("W", ("web design",), ("design of sites", "page layout")),
        Naming("S", ("statistics",), ("statistical methods",)),
        Naming("T", ("team work",)),
    ]
)


def test_exact_labels_are_found_where_they_stand_and_synonyms_only_when_asked_for():
    assert ExactLabels(VOCABULARY).answer("Team work and web design, page layout").proposed == ("T", "W")
    assert ExactLabels(VOCABULARY).answer("page layout") == Answer((), frozenset())
    assert ExactLabels(VOCABULARY, synonyms=True).answer("page layout") == Answer(("W",), frozenset("W"))


def test_the_plain_average_is_the_mean_of_two_cosines_each_by_the_nearest_form():
    from sklearn.feature_extraction.text import TfidfVectorizer

    text = "statistical design methods"
    expected = {}
    for naming in VOCABULARY.namings:
        parts = []
        for settings in ({"ngram_range": (1, 2)}, {"analyzer": "char", "ngram_range": (3, 5)}):
            vectorizer = TfidfVectorizer(**settings).fit(VOCABULARY.forms)
            parts.append(
                max(float((vectorizer.transform([text]) @ vectorizer.transform([f]).T).sum()) for f in naming.forms)
            )
        expected[naming.ability] = sum(parts) / 2
    order = sorted((a for a in expected if expected[a] > 0), key=lambda ability: -expected[ability])
    assert PlainAverage(VOCABULARY).answer(text).proposed == order
    assert order[0] == "S"


def test_the_plain_average_proposes_nothing_for_a_text_without_a_common_letter_group():
    assert PlainAverage(VOCABULARY).answer("区块链").proposed == []


# Two methods on the same texts


def test_the_difference_of_two_methods_is_paired():
    gold = [A, B, A, A]
    better, worse = [Answer("a")] * 4, [Answer("xa")] * 4
    found = difference(gold, better, worse)
    # Of every draw the one has 1 and the other 1/2: nothing of it is chance.
    assert (found.mrr.value, found.mrr.low, found.mrr.high) == (0.5, 0.5, 0.5)
    assert found.hit_1.value == 1
    assert found.precision is None
    assert difference(gold, better, better).rp_5.high == 0
