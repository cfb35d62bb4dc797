import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curricula.fields.texts import BadValue, number, required_flag
from curricula.interchange.amounts import credit_amount, hour_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48", 48),
        (" 48.0 ", 48),
        ("４８", 48),
        ("1,024", 1024),
        ("2,5", 2.5),
        (".5", 0.5),
        ("0", 0),
        ("1e2", 100),
    ],
)
def test_a_figure_is_read_however_it_is_typed(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "unreadable_number"),
        ("4x", "unreadable_number"),
        ("1_000", "unreadable_number"),
        ("1 000", "unreadable_number"),
        ("-3", "negative_number"),
        ("−3", "negative_number"),
        ("nan", "nan"),
        ("NaN", "nan"),
        ("inf", "infinite"),
        ("-Infinity", "infinite"),
        ("1e999", "infinite"),
        ("∞", "infinite"),
    ],
)
def test_what_is_no_finite_figure_says_why(text, code):
    with pytest.raises(BadValue) as problem:
        number(text)
    assert problem.value.code == code


@given(st.floats(min_value=0, max_value=1e6, allow_nan=False))
def test_every_figure_survives_being_written_and_read(value):
    assert number(repr(value)) == value


@given(st.text(max_size=30))
def test_any_text_gives_a_finite_figure_or_a_reason(text):
    for read in (number, lambda word: hour_amount(word).value, lambda word: credit_amount(word).value):
        with suppress(BadValue):
            assert math.isfinite(read(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3 hours.", 3, None),
        ("3 OR 4 hours.", 3, 4),
        ("1 TO 4 hours.", 1, 4),
        ("0.5 to 2 hours.", 0.5, 2),
        ("1.5 OR 3 hours.", 1.5, 3),
        ("3学分", 3, None),
        ("2-4", 2, 4),
        ("1.5", 1.5, None),
        ("4~1", 1, 4),
        ("2+1", 3, None),
        ("3(1)", 3, None),
    ],
)
def test_credits_keep_both_ends_of_a_range(text, low, high):
    amount = credit_amount(text)
    assert (amount.value, amount.highest) == (low, high)


@pytest.mark.parametrize("text", ["201", "1 to 500", "1-2-3"])
def test_credits_beyond_reason_are_not_taken(text):
    with pytest.raises(BadValue):
        credit_amount(text)


@pytest.mark.parametrize(
    ("text", "hours", "weeks"),
    [
        ("48", 48, 0),
        ("48学时", 48, 0),
        ("32 hours", 32, 0),
        ("2周", 0, 2),
        ("2 W", 0, 2),
        ("1.5周", 0, 1.5),
        ("3 weeks", 0, 3),
        ("+3", 0, 3),
        ("32+16", 48, 0),
        ("16+1周", 16, 1),
        ("48(16)", 48, 0),
        ("48（实验16）", 48, 0),
    ],
)
def test_hours_tell_weeks_from_hours(text, hours, weeks):
    amount = hour_amount(text)
    assert (amount.value, amount.weeks) == (hours, weeks)


@given(st.integers(0, 30), st.sampled_from(["周", "W", "w", " weeks", "个教学周"]))
def test_weeks_are_weeks_in_every_spelling(count, unit):
    assert hour_amount(f"{count}{unit}").weeks == count


@pytest.mark.parametrize(
    ("text", "required"),
    [
        *(
            (word, True)
            for word in ("必修", "公必", "专必", "公共必修课", "Required", "yes", "Y", "Core", "Compulsory", "√", "1")
        ),
        *((word, False) for word in ("选修", "专选", "限选", "任选", "公选", "Elective", "no", "Optional", "0")),
        *((word, None) for word in ("", "荣誉课程", "必修/选修", "通识")),
    ],
)
def test_required_or_elective_is_read_from_the_words_of_both_languages(text, required):
    assert required_flag(text) is required
