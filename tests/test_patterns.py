"""No text that somebody uploads can hold a pattern for long: none goes back over and over what it has read."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from time import process_time

import pytest

from tests.patterns import Used, all_patterns, long_texts, run

MOST = 0.05  # seconds of this process, for 10,000 characters


@pytest.fixture(autouse=True)
def _no_collection() -> Iterator[None]:
    """What the collector takes in a large process is not the pattern's."""
    gc.disable()
    yield
    gc.enable()


def seconds(used: Used, method: str, text: str | bytes) -> float:
    """The fastest of some tries, where the first is slow: a busy machine slows the process's own clock too."""
    tries: list[float] = []
    while len(tries) < 8 and (not tries or MOST < min(tries) < 10 * MOST):
        started = process_time()
        run(used.pattern, method, text)
        tries.append(process_time() - started)
    return min(tries)


def test_no_pattern_of_the_project_takes_long_over_any_text():
    patterns = all_patterns()
    assert len(patterns) > 250
    slow = {}
    for used in patterns:
        for text in long_texts(used.pattern):
            worst = max(seconds(used, method, text) for method in used.methods)
            if worst > MOST:
                slow[used.where, used.pattern.pattern] = f"{worst:.2f} s for {text[:20]!r}…{text[-5:]!r}"
                break
    assert not slow


def test_the_texts_find_a_pattern_that_goes_back():
    bad = Used("bad", re.compile(r"\s*,\s*$"), frozenset({"search"}))
    assert max(seconds(bad, "search", text) for text in long_texts(bad.pattern)) > MOST
