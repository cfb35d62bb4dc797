from __future__ import annotations

from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from competencies.tabular.first_rows import FirstRows


def digest(content: int) -> bytes:
    return blake2b(str(content).encode(), digest_size=16).digest()


@given(st.lists(st.integers(0, 60)))
def test_the_first_row_of_a_content_is_what_a_dictionary_would_say(contents):
    rows = FirstRows()
    plain: dict[int, int] = {}
    for row, content in enumerate(contents, start=1):
        assert rows.first(digest(content)) == plain.get(content, 0)
        if content not in plain:
            plain[content] = row
            rows.add(digest(content), row)


def test_it_grows_and_still_knows_the_first_rows():
    rows = FirstRows()
    for row in range(1, 20_001):
        rows.add(digest(row), row)
    assert [rows.first(digest(row)) for row in (1, 9_999, 20_000)] == [1, 9_999, 20_000]
    assert rows.first(digest(0)) == 0
