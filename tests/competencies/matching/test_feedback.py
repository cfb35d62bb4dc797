import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.matching.feedback import Decision, Experience, Outcome, idf_of
from competencies.matching.lexical import LexicalIndex
from competencies.matching.ranking import Ranker
from competencies.matching.vocabulary import Naming, Vocabulary

YES, NO, CHANGED = Outcome.ACCEPTED, Outcome.REJECTED, Outcome.CHANGED
scores = st.floats(0.01, 0.99)


def adjusted(score: float, *decisions: Decision, ability: str = "A", words: tuple[str, ...] = ("web",)) -> float:
    return Experience(decisions).adjusted(score, ability=ability, words=words)


@given(scores)
def test_without_decisions_nothing_changes(score):
    assert adjusted(score) == score


@given(scores, st.integers(1, 20))
def test_accepting_raises_and_rejecting_lowers_and_more_of_it_more(score, times):
    accept, reject = Decision("A", ("web",), YES), Decision("A", ("web",), NO)
    assert adjusted(score, *[reject] * (times + 1)) < adjusted(score, *[reject] * times) < score
    assert score < adjusted(score, *[accept] * times) < adjusted(score, *[accept] * (times + 1)) < 1


@given(scores, st.floats(0.01, 0.09))
def test_the_order_of_two_equally_judged_proposals_stays(score, more):
    decisions = [Decision("A", ("web",), YES), Decision("A", ("web",), NO), Decision("A", ("web",), YES)]
    assert adjusted(min(score + more, 0.995), *decisions) > adjusted(score, *decisions) or score > 0.985


def test_one_decision_says_little_and_ten_say_much():
    accept = Decision("A", ("web",), YES)
    assert 0.5 < adjusted(0.5, accept) < 0.6 < 0.75 < adjusted(0.5, *[accept] * 10)


def test_a_changed_proposal_was_the_right_ability():
    assert adjusted(0.5, Decision("A", ("web",), CHANGED)) == adjusted(0.5, Decision("A", ("web",), YES))


def test_opposite_decisions_draw_to_the_middle_in_either_order():
    yes, no = Decision("A", ("web",), YES), Decision("A", ("web",), NO)
    assert adjusted(0.5, yes, no) == 0.5
    assert adjusted(0.4, yes, no) == adjusted(0.4, no, yes) == (8 * 0.4 + 1) / 10


def test_other_words_for_the_same_ability_are_moved_less_and_foreign_ones_not_at_all():
    accept = Decision("A", ("web",), YES)
    same, like, other = (adjusted(0.5, accept, words=words) for words in (("web",), ("web", "page"), ("page",)))
    assert same > like > other == 0.5


def test_decisions_on_one_title_count_once_however_often_it_was_decided():
    one, again = (Decision("A", ("web",), outcome, title="Web Design") for outcome in (YES, YES))
    assert adjusted(0.5, one, again, again) == adjusted(0.5, one)
    other = Decision("A", ("web",), YES, title="Web shops")
    assert adjusted(0.5, one, other) > adjusted(0.5, one)
    against = Decision("A", ("web",), NO, title="web design ")
    assert adjusted(0.5, one, against) == adjusted(0.5, against, one) == 0.5


def test_a_common_word_of_titles_alone_moves_little():
    idf = idf_of([f"Business {word}" for word in ("law", "English", "web", "ethics")])
    decisions = [Decision("A", ("business law",), NO)] * 5
    moved = [0.5 - Experience(decisions, idf=idf).adjusted(0.5, ability="A", words=(word,)) for word in WORDS]
    assert 0 < moved[0] < moved[1] < moved[2]


WORDS = ("business", "law", "business law")


@given(
    scores,
    st.lists(st.tuples(st.sets(st.sampled_from(["web", "trade", "law"])), st.booleans()), max_size=8),
    st.sets(st.sampled_from(["web", "trade", "law"])),
)
def test_a_score_is_what_the_rule_says_of_each_decision(score, decided, words):
    weight = taken = 0.0
    for led, accepted in decided:
        either = led | words
        alike = (len(led & words) / len(either)) ** 2 if either else 0.0
        weight, taken = weight + alike, taken + alike * accepted
    decisions = [Decision("A", tuple(led), YES if accepted else NO) for led, accepted in decided]
    expected = (8 * score + taken) / (8 + weight)
    assert adjusted(score, *decisions, words=tuple(words)) == pytest.approx(expected)
    assert adjusted(score, *decisions[::-1], words=tuple(words)) == pytest.approx(expected)


def test_other_abilities_are_not_moved():
    assert adjusted(0.5, Decision("B", ("web",), NO)) == 0.5


def test_endings_make_no_difference():
    assert adjusted(0.5, Decision("A", ("web sites",), NO), words=("Web site",)) == adjusted(
        0.5, Decision("A", ("web site",), NO), words=("web site",)
    )


def test_what_is_certain_stays_certain():
    assert adjusted(1.04, Decision("A", ("web",), NO)) == 1.04


def test_a_school_that_rejects_a_proposal_sees_it_sink():
    vocabulary = Vocabulary.of([Naming("A", ("trade law",)), Naming("B", ("trade talks",))])
    ranker = Ranker(vocabulary, scorers=[LexicalIndex(vocabulary)])
    before = [found.ability for found in ranker.rank("trade law, trade talks, trade").candidates]
    first = ranker.rank("trade law, trade talks, trade").candidates[0]
    experience = Experience([Decision(first.ability, first.words, NO)] * 8)
    after = [found.ability for found in ranker.rank("trade law, trade talks, trade", experience=experience).candidates]
    assert after == before[::-1]
