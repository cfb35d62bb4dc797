import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.matching.filler_words import without_filler
from competencies.matching.folding import fold
from competencies.matching.passages import passages_of, pieces
from competencies.matching.words import stems, with_pairs, words_in, words_of

MIXED = "the Excel数据分析能力 of C++、Java. Node.js\n了解\n\nskills！R&D; "


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Web-Design, C++ and C#", ["web", "design", "c++", "and", "c#"]),
        ("熟悉数据库", ["熟悉", "悉数", "数据", "据库"]),
        ("用Excel做表", ["用", "excel", "做表"]),
        ("ＳＱＬ", ["sql"]),
        ("the .NET platform", ["the", ".net", "platform"]),
        ("…—!", []),
    ],
)
def test_words_are_latin_words_and_pairs_of_chinese_characters(text, expected):
    assert words_in(fold(text)) == expected


def test_stems_leave_out_endings_and_what_says_nothing_of_its_own():
    assert stems("The designers were designing web sites") == ["design", "were", "design", "web", "site"]
    assert stems("分析的能力") == ["分析", "析的", "的能", "能力"]


def test_pairs_stand_behind_the_words():
    assert with_pairs(["a", "b", "c"]) == ["a", "b", "c", "a b", "b c"]
    assert with_pairs([]) == []


@given(st.text(alphabet=MIXED, max_size=60))
def test_every_word_stands_where_it_says(text):
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.text == words_in(fold(text[word.start : word.end]))[0]


# Filler


def test_words_of_any_advertisement_become_blanks_and_the_others_stay_in_place():
    text = "Strong knowledge of SQL and IT skills"
    assert without_filler(text) == "                    sql     it       "
    assert len(without_filler(text)) == len(text)


def test_chinese_phrases_of_any_advertisement_become_blanks():
    assert without_filler("具有良好的沟通能力").split() == ["沟通"]


def test_a_masked_name_is_no_word():
    assert without_filler("<ORGANIZATION> sells tea").split() == ["sells", "tea"]


def test_what_is_written_in_capitals_is_a_name():
    assert without_filler("LESS is more").split() == ["less"]


def test_a_text_of_filler_only_is_given_back():
    assert without_filler("Working experience required") == "Working experience required"


@given(st.text(alphabet=MIXED, max_size=80))
def test_filler_never_moves_a_word(text):
    assert len(without_filler(text)) == len(text)


# Passages


def test_short_sentences_stay_together_and_a_long_text_is_cut_between_sentences():
    text = "One two three. Four five six. Seven eight nine."
    assert [passage.text for passage in passages_of(text, longest=6)] == [
        "One two three. Four five six.",
        " Seven eight nine.",
    ]


def test_no_passage_reaches_over_an_empty_line():
    assert [passage.text.strip() for passage in passages_of("Title\n\nText here")] == ["Title", "Text here"]


def test_a_sentence_longer_than_a_passage_is_cut():
    found = passages_of("a b c d e", longest=2)
    assert [passage.text.strip() for passage in found] == ["a b", "c d", "e"]


def test_a_text_without_words_has_no_passage():
    assert passages_of(" … \n\n ") == []


@given(st.text(alphabet=MIXED, max_size=200), st.integers(1, 12))
def test_passages_hold_every_word_once_and_know_their_place(text, longest):
    places = []
    for passage in passages_of(text, longest=longest):
        assert text[passage.start :].startswith(passage.text)
        assert 0 < len(passage.words) <= longest
        places += [passage.start + word.start for word in passage.words]
    assert places == sorted(places)
    if not any("\u4e00" <= char <= "\u9fff" for char in text):  # a cut run of Chinese is paired anew
        assert places == [word.start for word in words_of(text)]


def test_pieces_are_neighbouring_words_as_they_stand():
    text = "use SQL, daily"
    assert [text[start:end] for start, end in pieces(text, width=2)] == ["use SQL,", "SQL, daily"]
    assert [text[start:end] for start, end in pieces(text, width=9)] == ["use SQL, daily"]
    assert pieces("  ", width=2) == [(0, 2)]
