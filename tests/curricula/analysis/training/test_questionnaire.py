from __future__ import annotations

import pytest

from curricula.analysis.training.questionnaire import Answered, questionnaire_reading

ITEMS = ("cooperation", "content", "investment")


def reading(answers, **asked):
    return questionnaire_reading(answers, items=ITEMS, problems=ITEMS[1:], cited=ITEMS[1:], asked=asked)


def some(n, audience="student", **answers):
    return [Answered(audience, answers)] * n


def test_a_share_has_the_interval_of_a_finite_population():
    found = reading(some(15, cooperation="yes") + some(5, cooperation="no"), student=40)
    cooperation = found.items[0]
    assert (cooperation.yes, cooperation.answered, cooperation.share.share) == (15, 20, 0.75)
    assert cooperation.share.effective == 39  # 20 · 39 / 20
    # Wilson of 29.25 in 39: centre (0.75 + 1.9207/39) / (1 + 3.8415/39) = 0.7276, half-width
    # 1.96 · √(0.1875/39 + 3.8415/6084) / 1.0985 = 0.1316
    assert (cooperation.share.low, cooperation.share.high) == pytest.approx((0.5960, 0.8592), abs=5e-5)
    assert (cooperation.share.silent_none, cooperation.share.silent_all) == (15 / 40, 35 / 40)


def test_a_census_has_no_interval_and_an_unknown_population_a_plain_one():
    everybody = some(12, cooperation="yes") + some(8, cooperation="no")
    census = reading(everybody, student=20).items[0].share
    assert (census.effective, census.low, census.high) == (None, 0.6, 0.6)
    assert reading(everybody).items[0].share.effective == 20


def test_more_answers_than_people_asked_make_the_population_unknown():
    assert reading(some(12, cooperation="yes"), student=11).asked is None


def test_who_cannot_say_is_in_the_base_and_who_did_not_answer_is_not():
    found = reading(some(6, content="yes") + some(4, content="unsure") + some(5, cooperation="yes")).items[1]
    assert (found.yes, found.unsure, found.answered, found.share.share) == (6, 4, 10, 0.6)


def test_fewer_than_ten_answers_are_not_shown():
    found = reading(some(9, cooperation="yes"))
    assert found.undefined.code == "too_few_people"
    assert found.items[0].yes is None
    assert found.most is None
    assert reading([]).undefined.code == "no_answers"


def test_an_audience_that_would_tell_of_a_smaller_one_is_hidden_too():
    answers = [
        *some(30, "student", cooperation="yes"),
        *some(12, "teacher", cooperation="no"),
        *some(3, "enterprise", cooperation="yes"),
    ]
    found = reading(answers)
    assert set(found.by_audience) == {"student"}  # 45 − 30 − 12 would be what 3 people said
    assert {each.audience: each.answered for each in found.audiences} == {
        "student": 30,
        "teacher": None,
        "enterprise": None,
    }


def test_small_audiences_that_are_many_together_hide_no_other():
    answers = some(30, "student", cooperation="yes") + some(9, "teacher") + some(9, "enterprise")
    assert set(reading(answers).by_audience) == {"student"}


def test_any_problem_is_yes_to_one_no_to_all_and_else_nothing():
    answers = [
        *some(7, content="yes", investment="no"),
        *some(2, content="no", investment="no"),
        *some(1, content="no", investment="unsure"),
        *some(4, content="no"),  # did not answer the other: says nothing
    ]
    found = reading(answers).any_problem
    assert (found.yes, found.unsure, found.answered) == (7, 1, 10)


def test_most_is_sure_only_where_the_paired_interval_excludes_0():
    close = some(6, content="yes", investment="yes") + some(5, content="yes", investment="no")
    close += some(4, content="no", investment="yes")
    found = reading(close)
    assert found.most[:2] == ("content", "investment")
    assert found.most[2].difference == pytest.approx(1 / 15)  # 11 against 10 of 15
    assert not found.most_is_sure
    clear = some(18, content="yes", investment="no") + some(2, content="no", investment="no")
    assert reading(clear).most_is_sure
