import csv
import unicodedata
from functools import cache
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.matching.ambiguous_terms import needs_a_closer_look
from competencies.matching.boilerplate import find_triggers, ignored_spans
from competencies.matching.folding import WORD_CHARACTERS, fold
from competencies.matching.terms import Mention, Term, TermMatcher
from competencies.matching.titles import TitleMatcher, TitleTerm
from tests.places import SHARED

DATA = SHARED / "data"


def matcher(*texts: str) -> TermMatcher:
    return TermMatcher(Term(text, text, "en") for text in texts)


def found(text: str, *terms: str) -> list[str]:
    return [text[mention.start : mention.end] for mention in matcher(*terms).find(text)]


# The matcher against a slow and obvious version of itself


def slow_fold(text: str) -> str:
    return "".join(map(slow_fold_character, text))


def slow_fold_character(char: str) -> str:
    if char in "-－‐‑‒–—−" or (char.isspace() and unicodedata.category(char) == "Zs"):
        return " "
    if char in "‘’ʼ":
        return "'"
    if char in "Σς":
        return "σ"
    if char == "İ":
        return "i"
    narrow = unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" else char
    return narrow.lower() if narrow.isalnum() or narrow in "+#&./_-" or narrow == char else char


def is_word(char: str) -> bool:
    return char < "\u2e80" and (char.isalnum() or char == "_" or bool(unicodedata.combining(char)))


def slow_places(form: str, text: str) -> list[tuple[int, int, int]]:
    """Where the form may stand: start, −end, −length, so that sorting puts the leftmost, then the longest first."""
    places = []
    for start in range(len(text)):
        end = start + len(form)
        if text[start:end] != form:
            continue
        before, after, beyond = text[:start][-1:], text[end : end + 1], text[end + 1 : end + 2]
        if (is_word(form[0]) or form[0] == ".") and before and is_word(before):
            continue
        if is_word(form[-1]) and after and is_word(after):
            plural = len(form) >= 4 and "a" <= form[-1] <= "z" and form[-1] != "s"
            if not plural or after != "s" or (beyond and is_word(beyond)):
                continue
            end += 1
        places.append((start, -end, -len(form)))
    return places


def slow_find(terms: list[str], text: str) -> set[Mention]:
    folded = slow_fold(text)
    forms = {term: " ".join(slow_fold(term).split()) for term in terms}
    places = sorted((place, form) for form in set(forms.values()) for place in slow_places(form, folded))
    mentions, free = set(), 0
    for (start, minus_end, _), form in places:
        if start >= free:
            free = -minus_end
            mentions |= {Mention(t, t.strip(), start, free) for t in terms if forms[t] == form}
    return mentions


LETTERS = "abCs_é数据Ａ１ Σςİ𝒳+.’'-－\n（ "


def is_ordinary(term: str) -> bool:
    form = " ".join(fold(term).split())
    return any(char.isalnum() for char in form) and not needs_a_closer_look(form)


@given(
    terms=st.lists(st.text(LETTERS, min_size=1, max_size=6).filter(is_ordinary), max_size=8),
    text=st.text(LETTERS, max_size=40),
)
def test_one_pass_finds_what_looking_for_each_term_at_each_place_finds(terms, text):
    mentions = TermMatcher(Term(term, term) for term in terms).find(text)
    assert set(mentions) == slow_find(terms, text)
    assert len(mentions) == len(set(mentions))


@given(st.text())
def test_folding_keeps_every_character_at_its_place(text):
    assert len(fold(text)) == len(text)
    assert fold(text) == slow_fold(text)


def test_every_single_character_is_folded_as_its_slow_twin_says():
    every = [chr(code) for code in range(0x110000)]
    assert [char for char in every if fold(char) != slow_fold_character(char)] == []


def test_no_character_but_one_grows_when_it_is_made_small():
    every = (chr(code) for code in range(0x110000))
    assert [char for char in every if len(char.lower()) != 1] == ["İ"]


def test_word_characters_are_letters_digits_accents_and_the_underscore_of_spaced_scripts():
    assert {"a", "Z", "7", "_", "é", "ß", "я", "\u0301"} <= WORD_CHARACTERS
    assert not WORD_CHARACTERS & {" ", "+", "#", "-", ".", "'", "中", "あ"}


# Which words count


def test_the_longest_of_overlapping_terms_wins_and_mentions_do_not_overlap():
    terms = ("machine learning", "learning", "deep machine", "machine")
    assert found("deep machine learning, machine learning", *terms) == [
        "deep machine",
        "learning",
        "machine learning",
    ]


def test_a_longer_term_that_its_borders_forbid_does_not_hide_a_shorter_one():
    assert found("data analysts", "data", "data analyst", "data analys") == ["data analysts"]
    assert found("data abc", "data", "data ab") == ["data"]


def test_abilities_that_share_a_surface_form_all_get_it():
    terms = [Term("SQL", "A1"), Term("sql", "B2"), Term("SQL", "A1", "zh")]
    assert TermMatcher(terms).find("Use Sql.") == [Mention("A1", "SQL", 4, 7), Mention("B2", "sql", 4, 7)]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("熟悉SQL语言", "SQL"),
        ("熟悉ＳＱＬ语言", "SQL"),
        ("C++、C#", "C++"),
        ("C++、C#", "C#"),
        ("C++11", "C++"),
        ("the .NET platform", ".NET"),
        ("ASP.NET", "ASP.NET"),
        ("problem-solving skills", "problem solving"),
        ("problem solving skills", "Problem-Solving"),
        ("master’s degree", "master's degree"),
        ("数据分析能力", "数据分析"),
        ("résumé", "Résumé"),
        ("relational databases.", "relational database"),
        ("Node.js, Vue", "node.js"),
        ("İstanbul SQL", "SQL"),
        ("𝒳𝒳 SQL", "SQL"),
    ],
)
def test_a_term_is_found_in_its_forms(text, term):
    (mention,) = matcher(term).find(text)
    assert fold(text[mention.start : mention.end]).removesuffix("s").startswith(fold(term).removesuffix("s"))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("NoSQL", "SQL"),
        ("SQLite", "SQL"),
        ("my_sql", "sql"),
        ("caféine", "caf"),
        ("JavaScript", "Java"),
        ("Googling", "Google"),
        ("ASP.NET", ".NET"),
        ("news", "new"),
        ("classes", "class"),
        ("", "SQL"),
    ],
)
def test_a_part_of_a_word_is_not_a_mention(text, term):
    assert found(text, term) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Java, R and C", ["R", "C"]),
        ("熟练使用R语言、C开发", ["R", "C"]),
        ("Python/R/C.", ["R", "C"]),
        ("R&D, R & D, C-level, C轮融资, C端产品, vitamin C, Series C, C++, C#", []),
        ("r, c", []),
        ("A/C unit", ["C"]),
    ],
)
def test_a_letter_is_a_language_only_where_it_stands_as_one(text, expected):
    assert found(text, "R", "C") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Go and REST services", ["Go", "REST"]),
        ("go the rest of the way", []),
        ("we excel at Excel", ["Excel"]),
        ("proficient in excel", ["excel"]),
        ("熟悉word、excel，会go语言", ["word", "excel", "go"]),
        ("IT systems make it work", ["IT"]),
    ],
)
def test_a_tool_named_like_an_everyday_word_keeps_its_capital_except_beside_chinese(text, expected):
    assert found(text, "Go", "REST", "Excel", "Word", "IT") == expected


# What asks for nothing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No prior experience in Java is required, but SQL is.", ["SQL"]),
        ("No experience with Java, Python or SQL is required.", []),
        ("No experience with Java, SQL wanted.", ["SQL"]),
        ("Java and Python are not required; SQL is required.", ["SQL"]),
        ("SQL is required, Java is not required.", ["SQL"]),
        ("You are not required to know Java. SQL matters.", ["SQL"]),
        ("Java is not required but a plus.", ["Java"]),
        ("No less than 3 years of Java.", ["Java"]),
        ("Not only Java, SQL too.", ["Java", "SQL"]),
        ("无需Java经验，熟悉SQL", ["SQL"]),
        ("不要求Java、Python，但需熟悉SQL", ["SQL"]),
        ("Java不作要求，SQL必须", ["SQL"]),
        ("Java非必须，有经验者优先", ["Java"]),
        ("包括但不限于SQL、Python", ["SQL", "Python"]),
        ("We don’t need Java.", []),
    ],
)
def test_what_is_not_required_is_not_a_mention(text, expected):
    assert found(text, "Java", "Python", "SQL") == expected


def test_the_equal_opportunity_paragraph_is_left_out_and_nothing_else():
    text = "Knows law.\nWe are an equal-opportunity employer under law.\nKnows law."
    assert [mention.start for mention in matcher("law").find(text)] == [6, len(text) - 4]


def test_of_a_posting_on_one_line_only_the_equal_opportunity_sentence_is_left_out():
    text = "Knows law. " * 60 + "We give equal opportunity under law. Knows law."
    assert len(matcher("law").find(text)) == 61


def test_the_introduction_of_a_company_ends_where_the_next_heading_begins():
    text = "公司简介：\n我们用SQL。\n\n我们也用SQL。\n岗位职责：\n写SQL"
    assert [mention.start for mention in matcher("SQL").find(text)] == [text.rindex("SQL")]
    text = "About us\nWe sell SQL.\n\nRequirements\nSQL"
    assert [mention.start for mention in matcher("SQL").find(text)] == [text.rindex("SQL")]


def test_an_introduction_without_a_heading_after_it_hides_one_paragraph_only():
    text = "【公司简介】我们用SQL。\n\n需要SQL。"
    assert [mention.start for mention in matcher("SQL").find(text)] == [text.rindex("SQL")]
    text = "公司简介\n我们用SQL。\n\n需要SQL。"
    assert [mention.start for mention in matcher("SQL").find(text)] == [text.rindex("SQL")]


def test_the_words_about_us_inside_a_sentence_open_no_section():
    assert found("Tell others about us and SQL.", "SQL") == ["SQL"]


def test_what_was_masked_is_no_mention():
    assert found("Phone [phone], write an e-mail to [e-mail]", "phone", "e-mail") == ["Phone", "e-mail"]


def test_hostile_repetition_of_a_trigger_stays_quick():
    text = "\nabout us: no experience in SQL " * 4_000 + "no experience SQL " * 8_000
    begin = process_time()
    matcher("SQL").find(text)
    assert process_time() - begin < 5


def test_the_matcher_knows_the_triggers_that_a_plain_search_finds():
    text = fold("No experience in SQL required. Java is not needed.\n公司简介\n不要求Python")
    kinds = sorted(kind for _, _, kind in find_triggers(text))
    assert kinds == ["backward", "forward", "forward", "section"]
    assert matcher("SQL", "Java", "Python").find(text) == []
    assert ignored_spans("熟悉SQL") == []


# Titles

TITLES = TitleMatcher(
    [
        TitleTerm("data analyst", "DA"),
        TitleTerm("analyst", "AN"),
        TitleTerm("数据分析师", "DA"),
        TitleTerm("运营", "OP"),
        TitleTerm("电商运营", "EC"),
        TitleTerm("直播运营", "LI"),
        TitleTerm("analyst operations", "AO"),
    ]
)


@pytest.mark.parametrize(
    ("title", "position"),
    [
        ("Senior Data Analyst", "DA"),
        ("Business Analyst", "AN"),
        ("data analyst operations", "AO"),
        ("高级数据分析师（北京）", "DA"),
        ("电商运营专员", "EC"),
        ("电商运营/直播运营", None),
        ("运营", "OP"),
        ("Cook", None),
        ("", None),
    ],
)
def test_the_longest_term_in_a_title_names_the_position_and_a_tie_names_none(title, position):
    assert TITLES.position(title) == position


# Real texts


@cache
def google_texts() -> list[str]:
    path = DATA / "postings" / "google_job_skills.csv"
    if not path.exists():
        pytest.skip("../shared/data is not beside this checkout")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return ["\n".join((row["Responsibilities"], row["Minimum Qualifications"])) for row in rows[:60]]


def test_real_postings_are_tagged_as_the_slow_version_tags_them():
    terms = ["SQL", "project management", "Java", "JavaScript", "data", "data analysis", "C++", "sales team"]
    texts = google_texts()
    assert [set(mentions) for mentions in map(matcher(*terms).find, texts)] == [
        slow_find(terms, text) for text in texts
    ]
