"""Work in a process of its own: what it returns and raises comes back, and what takes too much is ended."""

from __future__ import annotations

import os
import re
import time
from functools import partial
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from competencies.apart.calling import apart
from competencies.apart.orders import BrokeOff, Budget, MemoryUp, TimeUp
from competencies.apart.progress import count, tell, telling
from competencies.tabular.file_problems import unreadable
from competencies.tabular.problems import UnreadableFile
from competencies.tabular.reading_apart import read_apart

ENOUGH = Budget(seconds=20, megabytes=500)
NEVER_ENDS = partial(re.match, "(a+)+$", "a" * 60 + "b")  # one call that no other thread interrupts


@pytest.fixture(autouse=True)
def apart_from_here(settings: Any) -> None:
    settings.APART = True


def test_work_is_done_in_another_process():
    assert apart(os.getpid, budget=ENOUGH) not in (os.getpid(), apart(os.getpid, budget=ENOUGH))


def test_work_that_never_ends_is_ended():
    began = time.monotonic()
    with pytest.raises(TimeUp):
        apart(NEVER_ENDS, budget=Budget(seconds=0.5, megabytes=100))
    assert time.monotonic() - began < 10, "half a second, and what a loaded machine takes to begin"


def test_memory_is_given_to_its_limit_and_no_further():
    assert len(apart(partial(bytes, 50 * 2**20), budget=Budget(20, 200))) == 50 * 2**20
    with pytest.raises(MemoryUp):
        apart(partial(bytes, 300 * 2**20), budget=Budget(20, 200))


def test_a_process_that_ends_without_a_word_is_told_as_that():
    with pytest.raises(BrokeOff):
        apart(partial(os._exit, 3), budget=ENOUGH)


def test_what_work_raises_is_raised_here_with_its_place():
    with pytest.raises(ValueError, match="invalid literal") as raised:
        apart(partial(int, "x"), budget=ENOUGH)
    assert "server.py" in "".join(raised.value.__notes__)


def refuse() -> None:
    raise unreadable("too_large", size=7, most=5)


def test_a_refusal_keeps_its_code_its_facts_and_the_readers_language():
    with translation.override("zh-hans"), pytest.raises(UnreadableFile) as refused:
        apart(refuse, budget=ENOUGH)
    assert (refused.value.code, refused.value.facts) == ("too_large", {"size": 7, "most": 5})
    assert "MB" in str(refused.value)
    assert "The file" not in str(refused.value)


def say_and_wait() -> None:
    tell(step="reading", rows=3)
    time.sleep(60)


class Enough(Exception):
    """Whoever asked does not want it any more."""


def test_work_says_how_far_it_is_and_can_be_let_go():
    said: list[Any] = []

    def let_go() -> None:
        if said:
            raise Enough

    began = time.monotonic()
    with pytest.raises(Enough):
        apart(say_and_wait, budget=ENOUGH, told=said.append, beat=let_go)
    assert said == [{"step": "reading", "rows": 3}]
    assert time.monotonic() - began < 15


def words() -> Any:
    return gettext_lazy("File")


def test_words_that_are_translated_late_come_back():
    assert str(apart(words, budget=ENOUGH)) == "File"


@pytest.mark.parametrize(
    ("reading", "code"),
    [(partial(bytes, 300 * 2**20), "too_much_memory"), (partial(os._exit, 1), "broke_off")],
)
def test_a_file_that_takes_too_much_is_refused_in_words(reading, code):
    with pytest.raises(UnreadableFile) as refused:
        read_apart(reading, budget=Budget(seconds=1, megabytes=100))
    assert refused.value.code == code


def count_to_a_thousand() -> None:
    tell(step=1, of=1000)
    for _thing in range(1000):
        count(1)
    time.sleep(0.3)
    count(0)


def test_what_is_counted_fast_is_told_together():
    said: list[Any] = []
    apart(count_to_a_thousand, budget=ENOUGH, told=said.append)
    assert said[0] == {"step": 1, "of": 1000}
    assert said[-1] == {"step": 1, "of": 1000, "done": 1000}
    assert len(said) < 20


def test_counting_where_nobody_listens_is_nothing():
    count(1)


def test_what_work_has_done_by_the_way_is_told_to_its_own_listener(settings):
    settings.APART = False
    said: list[Any] = []
    with telling(said.append):
        apart(partial(tell, step=2), budget=ENOUGH)
    assert said == [{"step": 2}]
