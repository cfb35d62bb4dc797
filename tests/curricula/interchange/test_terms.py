from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curricula.fields.texts import BadValue
from curricula.interchange.terms import TermStyle, parse_terms, single_term, term_style
from curricula.limits import MOST_TERM

YEARS = "一二三四五"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3", 3, None),
        ("3.0", 3, None),
        ("第3学期", 3, None),
        ("第三学期", 3, None),
        ("三", 3, None),
        ("十", 10, None),
        ("大一上", 1, None),
        ("大四下", 8, None),
        ("大二（上）", 3, None),
        ("二下", 4, None),
        ("大三春", 6, None),
        ("大三秋季学期", 5, None),
        ("二年级上学期", 3, None),
        ("第二学年第一学期", 3, None),
        ("第二学年第3学期", 3, None),
        ("第一学年/2", 2, None),
        ("大一上~大四下", 1, 8),
        ("大二上～大二下", 3, 4),
        ("1-4", 1, 4),
        ("1—8", 1, 8),
        ("第1-4学期", 1, 4),
        ("1至8学期", 1, 8),
        ("1、2", 1, 2),
        ("1,2,3", 1, 3),
        ("3或4", 3, None),
        ("Term 2", 2, None),
        ("Semester 5", 5, None),
        ("5th semester", 5, None),
        ("Year 2 Term 1", 3, None),
        ("Y3S2", 6, None),
        ("Freshman Fall", 1, None),
        ("2nd year spring", 4, None),
        ("IV", 4, None),
        ("Ⅲ", 3, None),
        ("4(春)", 4, None),
        ("2024-01-02", 1, 2),
    ],
)
def test_a_term_is_read_however_the_school_counts(text, first, last):
    if first is None:
        with pytest.raises(BadValue):
            parse_terms(text)
    else:
        terms = parse_terms(text)
        assert (terms.first, terms.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            (word, "season_ignored")
            for word in ("春", "秋", "春季", "秋季学期", "春/秋", "Fall", "Spring 2019", "各学期", "不限")
        ),
        *((word, "unreadable_term") for word in ("分散进行", "见备注", "x" * 2000, "季学期" * 500)),
        *((word, "term_out_of_range") for word in ("0", "-1", "99", "1000", "2.5", "nan", "0-4", "1-99")),
    ],
)
def test_what_is_no_term_says_why(text, code):
    with pytest.raises(BadValue) as problem:
        parse_terms(text)
    assert problem.value.code == code


@given(
    st.integers(0, 4), st.integers(0, 1), st.sampled_from(["大{}{}", "大{}（{}）", "{}年级{}学期", "第{}学年{}学期"])
)
def test_year_and_half_count_through_the_years(year, half, pattern):
    assert single_term(pattern.format(YEARS[year], "上下"[half])) == 2 * year + half + 1


@given(
    st.integers(1, MOST_TERM),
    st.integers(1, MOST_TERM),
    st.sampled_from(["{}-{}", "{}~{}", "{}、{}", "第{}学期至第{}学期"]),
)
def test_ranges_run_from_the_first_term_to_the_last(one, other, pattern):
    terms = parse_terms(pattern.format(one, other))
    assert (terms.first, terms.last or terms.first) == (min(one, other), max(one, other))


@given(st.text(max_size=60))
def test_any_text_gives_terms_within_bounds_or_a_reason(text):
    with suppress(BadValue):
        terms = parse_terms(text, term_style([text]))
        assert 1 <= terms.first <= (terms.last or terms.first) <= MOST_TERM


def test_the_whole_column_tells_a_range_from_year_and_term():
    assert term_style(["1-2", "1-4", "3-4"]) == TermStyle()
    style = term_style(["1-1", "1-2", "2-1"])
    assert [parse_terms(text, style).first for text in ("1-1", "1-2", "2-1")] == [1, 2, 3]


def test_school_years_are_counted_from_the_first_of_the_column():
    style = term_style(["2024-2025-1", "2025-2026-2"])
    assert [parse_terms(text, style).first for text in ("2024-2025-1", "2025-2026学年第2学期")] == [1, 4]
