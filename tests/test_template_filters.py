"""Numbers and lists as pages write them."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

COUNTING = (
    "{% load i18n %}"
    "{% blocktranslate count n=n|counted %}{{ n }} posting{% plural %}{{ n }} postings{% endblocktranslate %}"
)


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 postings"), (1, "1 posting"), (2, "2 postings"), (1_234_567, "1,234,567 postings")]
)
def test_a_count_is_written_with_separators_inside_a_sentence(n: int, expected: str) -> None:
    assert Template(COUNTING).render(Context({"n": n})) == expected


@pytest.mark.parametrize(("value", "expected"), [(12_345, "12,345"), (818.6, "819")])
def test_a_count_is_whole_and_written_with_separators_by_itself(value: float, expected: str) -> None:
    assert Template("{{ value|counted }}").render(Context({"value": value})) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "a, b &amp; c"), ("zh-hans", "a、b &amp; c")])
def test_a_list_is_divided_as_the_language_divides_and_stays_text(language: str, expected: str) -> None:
    with translation.override(language):
        assert Template("{{ items|listed }}").render(Context({"items": ["a", "b & c"]})) == expected
