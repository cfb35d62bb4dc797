import os
from pathlib import Path
from threading import enumerate as enumerate_threads

import numpy as np
import pytest

from competencies.matching import reading_behind, semantic
from competencies.matching.feedback import Experience
from competencies.matching.lexical import LexicalIndex
from competencies.matching.mixes import BILINGUAL, ENGLISH, Mix, Voice
from competencies.matching.models import E5, MINILM, USE
from competencies.matching.ranking import Ranker, Ranking
from competencies.matching.reading_behind import read_behind
from competencies.matching.semantic import SemanticIndex
from competencies.matching.suggestions import suggest
from competencies.matching.vocabulary import Naming, Vocabulary
from tests.some import some

NAMINGS = [
    Naming("WEB", ("Web design", "网页设计"), ("design of web sites", "页面布局"), ("Lays out pages.",)),
    Naming("DATA", ("Data analysis", "数据分析"), ("analysis of figures", "SQL")),
    Naming("DATA2", ("Data analytics and analysis",), ("analyse the data",)),
    Naming("NEG", ("Negotiation", "商务谈判"), ("bargaining",)),
    Naming("PLAN", ("Marketing planning", "营销策划")),
]
VOCABULARY = Vocabulary.of(NAMINGS)
RANKER = Ranker(VOCABULARY, scorers=[LexicalIndex(VOCABULARY)])


def abilities(found: Ranking) -> list[str]:
    return [candidate.ability for candidate in found.candidates]


def score_of(found: Ranking, ability: str) -> float:
    return next((candidate.score for candidate in found.candidates if candidate.ability == ability), 0.0)


# Order


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("You will be designing web sites", "WEB"),
        ("Analyses figures", "DATA"),
        ("Strong negotiating and bargaining", "NEG"),
        ("具有良好的商务谈判能力", "NEG"),
        ("负责页面的布局和网页的设计", "WEB"),
        ("熟悉SQL", "DATA"),
    ],
)
def test_the_nearest_ability_comes_first_in_both_languages(text, first):
    assert abilities(RANKER.rank(text))[0] == first


def test_scores_fall_and_lie_between_0_and_1():
    found = RANKER.rank("web design, data analysis, negotiation, planning")
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1.05 for score in some(scores))


def test_a_label_as_it_stands_scores_higher_than_its_words_apart():
    whole, apart = RANKER.rank("data analysis"), RANKER.rank("analysis and figures of other data")
    assert score_of(whole, "DATA") > score_of(apart, "DATA")


def test_a_text_without_a_common_word_or_letter_group_has_no_candidate():
    assert RANKER.rank("xyz").candidates == ()
    assert RANKER.rank("").candidates == ()
    assert RANKER.rank(" \n\n…").candidates == ()


def test_no_more_candidates_are_given_than_are_asked_for():
    assert len(RANKER.rank("web design and data analysis", most=2).candidates) == 2


def test_words_that_no_ability_has_lower_a_score():
    assert score_of(RANKER.rank("Career planning"), "PLAN") < score_of(RANKER.rank("Planning"), "PLAN")


def test_three_things_asked_for_come_before_near_synonyms_of_the_first():
    found = RANKER.rank("data analysis, web design, negotiation")
    assert set(abilities(found)[:3]) == {"DATA", "WEB", "NEG"}


def test_in_a_long_text_the_best_passage_counts():
    text = "Nothing of interest here. " * 30 + "\n\nWeb design\n\n" + "Other things again. " * 30
    found = RANKER.rank(text)
    assert abilities(found)[0] == "WEB"
    assert score_of(found, "WEB") == pytest.approx(score_of(RANKER.rank("Web design"), "WEB"))


# Evidence


@pytest.mark.parametrize(
    ("text", "ability", "words"),
    [
        ("Some\n\ntext. You design good web sites.", "WEB", ("design", "web sites")),
        ("需要数据分析和谈判", "DATA", ("数据分析",)),
        ("Bargaining, then BARGAINING", "NEG", ("Bargaining", "BARGAINING")),
    ],
)
def test_the_words_that_led_there_stand_where_they_are_said_to(text, ability, words):
    candidate = next(found for found in RANKER.rank(text).candidates if found.ability == ability)
    assert candidate.words == words
    assert tuple(dict.fromkeys(text[start:end] for start, end in candidate.places)) == words


def test_what_the_text_names_in_the_vocabularys_own_words_is_told():
    assert RANKER.mentioned("SQL and bargaining") == {"DATA", "NEG"}


def test_what_scores_high_is_stated_and_nothing_else():
    found = RANKER.rank("Negotiation")
    assert found.stated == {"NEG"}
    assert RANKER.rank("who plans gardens, roofs and bridges").stated == frozenset()


def test_the_default_tier_is_said():
    assert RANKER.rank("web").tier == "default"


# Vocabularies


def test_the_same_content_has_the_same_digest():
    assert Vocabulary.of(NAMINGS).digest == VOCABULARY.digest
    assert Vocabulary.of(NAMINGS[1:]).digest != VOCABULARY.digest


def test_an_ability_without_any_name_harms_nothing():
    vocabulary = Vocabulary.of([*NAMINGS, Naming("EMPTY", ())])
    assert abilities(Ranker(vocabulary, scorers=[LexicalIndex(vocabulary)]).rank("web design"))[0] == "WEB"


# The semantic tier, with a model that anybody can follow

KNOWN = {
    "Web design": 0,
    "Data analysis": 1,
    "Data analytics and analysis": 2,
    "Negotiation": 3,
    "Marketing planning": 4,
}
SYNONYMS = {"haggling": 3, "layout": 0}


# One model with its best few words, as English is read, so that each figure can be followed.
ALONE = Mix(0.75, ENGLISH.voices[:1], sure=0.5, least=0.4)


class FollowableModel:
    """Each label has a direction of its own; a text points to where its words point."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts):
        self.texts += texts
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> np.ndarray:
        found = np.zeros(6, dtype=np.float32)
        for word, direction in (KNOWN | SYNONYMS).items():
            found[direction] += word in text
        found[5] = not found.any()
        return found / np.linalg.norm(found)


def semantic_ranker(folder: Path, model: FollowableModel) -> Ranker:
    lexical = LexicalIndex(VOCABULARY)
    return Ranker(VOCABULARY, scorers=[index_of(VOCABULARY, lexical, folder, model), lexical])


def index_of(vocabulary, lexical, folder, model, mix=ALONE, **settings):
    encoders = {voice.model: model for voice in mix.voices}
    return SemanticIndex(vocabulary, mix=mix, lexical=lexical, folder=folder, encoders=encoders, **settings)


def test_meaning_finds_what_shares_no_word_and_shows_the_piece_that_led_there(tmp_path):
    found = semantic_ranker(tmp_path, FollowableModel()).rank(
        "You are fond of haggling with many people over anything"
    )
    assert found.tier == "semantic"
    assert abilities(found)[0] == "NEG"
    assert "haggling" in found.candidates[0].words[0]
    assert len(found.candidates[0].words[0].split()) == 4


def test_the_first_proposals_are_the_same_however_many_are_asked_for_and_with_nothing_decided(tmp_path):
    ranker = semantic_ranker(tmp_path, FollowableModel())
    text = "Web design, data analysis and haggling over the layout"
    all_found = ranker.rank(text).candidates
    assert len(all_found) > 2
    assert ranker.rank(text, most=2, experience=Experience()).candidates == all_found[:2]


@pytest.mark.parametrize("text", ["Web design, analysis of data and marketing", "The design of figures", "Anything"])
def test_what_is_not_worth_proposing_can_be_left_out_without_a_change_to_the_rest(text):
    whole, worth = RANKER.rank(text), RANKER.rank(text, proposable=True)
    assert [c for c in worth.candidates if c.score >= worth.least] == [
        c for c in whole.candidates if c.score >= whole.least
    ]
    assert all(c in whole.candidates for c in worth.candidates)


def test_a_chinese_text_falls_back_to_the_default_tier_and_says_so(tmp_path):
    ranker = semantic_ranker(tmp_path, FollowableModel())
    assert ranker.rank("负责商务谈判").tier == "default"
    assert ranker.rank("Web design 网页设计").tier == "default"
    assert ranker.rank("Web design in HTML at 阿里").tier == "semantic"


def test_each_tier_has_its_own_border_below_which_nothing_is_suggested(tmp_path):
    both, text = semantic_ranker(tmp_path, FollowableModel()), "Planning of trips, haggling"
    assert [found.ability for found in suggest((text,), both)] == ["NEG"]
    weaker = both.rank(text).candidates[1]
    assert (weaker.ability, weaker.score > LexicalIndex.least) == ("PLAN", True)
    assert [found.ability for found in suggest(("Planning of trips",), RANKER)] == ["PLAN"]


def test_shared_words_still_count_beside_meaning(tmp_path):
    found = semantic_ranker(tmp_path, FollowableModel()).rank("bargaining")
    assert abilities(found)[0] == "NEG"


def test_a_vocabulary_is_embedded_once_and_kept(tmp_path):
    first, second = FollowableModel(), FollowableModel()
    semantic_ranker(tmp_path, first)
    semantic_ranker(tmp_path, second)
    assert first.texts == [naming.labels[0] for naming in NAMINGS]
    assert second.texts == []
    assert len(list(tmp_path.iterdir())) == 1


def test_another_vocabulary_is_kept_apart(tmp_path):
    semantic_ranker(tmp_path, FollowableModel())
    other = Vocabulary.of(NAMINGS[:2])
    model = FollowableModel()
    index_of(other, LexicalIndex(other), tmp_path, model)
    assert len(model.texts) == 2


def test_how_far_the_embedding_is_gets_told(tmp_path):
    told = []
    tell = lambda done, total: told.append((done, total))  # noqa: E731 - what is told is the test
    index_of(VOCABULARY, LexicalIndex(VOCABULARY), tmp_path, FollowableModel(), progress=tell)
    assert told == [(5, 5)]


def test_several_models_weigh_together_above_the_likeness_that_any_two_texts_have(tmp_path):
    both = Mix(0.0, (Voice(MINILM, 1.0), Voice(E5, 3.0, floor=0.5)), sure=0.5, least=0.4)
    found = index_of(VOCABULARY, LexicalIndex(VOCABULARY), tmp_path, FollowableModel(), both).scores(["haggling"])
    # Both see "Negotiation" at 1, of which the floor takes nothing, and the rest at 0, which it leaves at 0.
    assert found[0].tolist() == [float(naming.ability == "NEG") for naming in NAMINGS]


def test_a_model_that_compares_all_titles_takes_the_nearest_of_an_ability(tmp_path):
    two = Vocabulary.of([Naming("A", ("Accounting", "Negotiation")), Naming("B", ("Web design",))])
    mix = Mix(0.0, (Voice(USE, 1.0),), sure=0.5, least=0.4, all_labels=True)
    found = index_of(two, LexicalIndex(two), tmp_path, FollowableModel(), mix).scores(["haggling", "layout"])
    assert found.tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_which_models_read_follows_from_the_language_of_text_and_titles():
    assert ENGLISH.reads("Price negotiation", labels="en")
    assert not ENGLISH.reads("负责商务谈判", labels="en")
    assert not ENGLISH.reads("Price negotiation", labels="zh")
    assert BILINGUAL.reads("负责商务谈判", labels="en")
    assert BILINGUAL.reads("Price negotiation", labels="zh")


needs_models = pytest.mark.skipif(not semantic.is_installed(), reason="the extra “semantic” is not installed")
BOTH_LANGUAGES = Vocabulary.of(
    [
        Naming("NEG", ("Negotiation", "商务谈判")),
        Naming("LOG", ("Warehouse logistics", "仓储物流")),
        Naming("ADS", ("Search advertising", "搜索广告")),
    ]
)


@pytest.mark.models
@needs_models
@pytest.mark.parametrize(
    ("text", "ability"),
    [
        ("haggling over the price", "NEG"),
        ("与客户讨价还价", "NEG"),
        ("stock keeping and parcels", "LOG"),
        ("库存与包裹的管理", "LOG"),
    ],
)
def test_the_models_of_the_extra_find_what_shares_no_word(text, ability, tmp_path):
    lexical = LexicalIndex(BOTH_LANGUAGES)
    ranker = Ranker(BOTH_LANGUAGES, scorers=[*semantic.indexes(BOTH_LANGUAGES, lexical, folder=tmp_path), lexical])
    found = ranker.rank(text)
    assert found.tier == "semantic"
    assert abilities(found)[0] == ability
    assert semantic.is_read(BOTH_LANGUAGES, folder=tmp_path)


@pytest.mark.models
@needs_models
def test_a_vocabulary_is_read_behind_the_page_once_and_told_how_far(tmp_path):
    first = read_behind(BOTH_LANGUAGES, folder=tmp_path)
    assert (first.done, first.percent) == (0, 0)
    for thread in enumerate_threads():
        if thread.name.startswith("reading"):
            thread.join(60)
    assert semantic.is_read(BOTH_LANGUAGES, folder=tmp_path)
    assert not list(tmp_path.glob("*.reading"))


def test_what_another_process_reads_is_not_read_twice_and_what_one_left_is_taken_over(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(reading_behind.semantic, "read_vocabulary", lambda *args, **kept: started.append(args))
    mark = tmp_path / f"{VOCABULARY.digest}.reading"
    mark.write_text("30 120")
    assert read_behind(VOCABULARY, folder=tmp_path).percent == 25
    assert started == []
    os.utime(mark, (0, 0))
    read_behind(VOCABULARY, folder=tmp_path)
    for thread in enumerate_threads():
        if thread.name.startswith("reading"):
            thread.join(10)
    assert len(started) == 1
    assert not mark.exists()
