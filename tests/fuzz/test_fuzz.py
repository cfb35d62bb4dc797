"""The first 300 files of those that `make fuzz` makes: none ends in a traceback, lasts, or is saved by half."""

from __future__ import annotations

import pytest

from .trying import prepared, try_file

pytestmark = pytest.mark.django_db
FILES, AT_ONCE, SEED = 300, 25, 2026


@pytest.mark.parametrize("first", range(0, FILES, AT_ONCE))
def test_a_generated_file_is_saved_whole_or_refused_in_words(first):
    universe = prepared()
    trials = [try_file(number, seed=SEED, universe=universe) for number in range(first, first + AT_ONCE)]
    assert [(each.number, each.kind, each.fault) for each in trials if each.fault] == []
    assert {"saved"} < {each.end for each in trials}
