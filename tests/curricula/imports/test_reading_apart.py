"""Every kind of file is read in a process of its own, with the same result, and refused where it takes too much."""

from __future__ import annotations

import re
from functools import partial

import pytest

from competencies.apart.orders import Budget
from curricula.imports import flow
from curricula.imports.kinds import KINDS
from curricula.models import PendingImport
from curricula.progress import doing
from tests.curricula.imports.test_flow import EVERY, FILES, send

pytestmark = pytest.mark.django_db
NEVER_ENDS = partial(re.match, "(a+)+$", "a" * 60 + "b")


@EVERY
def test_a_file_reads_the_same_in_another_process(code, universe, as_user, settings):
    send(as_user(universe.director), universe, code)
    pending, kind = PendingImport.objects.get(), KINDS[code]
    here = kind.read(pending)
    settings.APART = True
    assert kind.read(pending) == here


def never_ends(_pk: int) -> None:
    NEVER_ENDS()


@pytest.mark.parametrize("code", ["curriculum", "survey"])
def test_a_file_whose_reading_never_ends_is_refused_in_words_and_nothing_waits_for_it(
    code, universe, as_user, settings, monkeypatch, tmp_path
):
    settings.APART, settings.WORK_SECONDS, settings.STATE_DIR = True, 1, tmp_path
    monkeypatch.setattr(flow, "AT_ONCE", Budget(seconds=1, megabytes=200))
    monkeypatch.setattr(KINDS[code], "reading", lambda _pending: NEVER_ENDS)
    monkeypatch.setattr(doing, "do_here", never_ends)
    client = as_user(universe.director)
    sent = send(client, universe, code)
    assert PendingImport.objects.get().is_long
    page = client.get(sent["Location"], follow=True).content.decode()
    assert "It took longer than 1 seconds and was ended." in page
    assert "Nothing was saved." in page


def test_a_file_whose_reading_takes_all_memory_is_refused(universe, as_user, settings, monkeypatch):
    settings.APART = True
    monkeypatch.setattr(flow, "AT_ONCE", Budget(seconds=20, megabytes=100))
    monkeypatch.setattr(KINDS["postings"], "reading", lambda _pending: partial(bytes, 300 * 2**20))
    page = send(as_user(universe.director), universe, "postings")
    assert page.status_code == 422
    assert "more than 100 MB of memory" in page.content.decode()


def test_there_is_a_small_file_of_every_kind():
    assert FILES.keys() == KINDS.keys()
