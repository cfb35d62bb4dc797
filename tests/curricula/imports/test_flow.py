"""What holds for every kind of file: read once in a request, saved once however often it is sent."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from curricula.imports.flow import save
from curricula.imports.kinds import KINDS
from curricula.models import PendingImport
from tests.universe import Universe
from tests.uploads import PLAN, POSTINGS, upload

pytestmark = pytest.mark.django_db
FILES = {
    "curriculum": PLAN,
    "postings": POSTINGS,
    "survey": "respondent,importance: MK.1,competence: MK.1\nE1,5,2\n",
    "figures": "year,position,openings,graduates\n2025,Marketer,120,300\n",
}
EVERY = pytest.mark.parametrize("code", KINDS)


def send(client: Any, universe: Universe, code: str) -> Any:
    stated = {"target": universe.curriculum.key, "source": "mine", "collected": "2026-05-01"}
    file = upload(FILES[code], f"{code}.csv")
    return client.post(f"/import/?kind={code}", stated | {"framework": universe.framework.pk, "file": file})


@EVERY
def test_a_file_is_read_once_in_each_request(code, universe, as_user, monkeypatch):
    kind = KINDS[code]
    reading = Mock(side_effect=kind.read)
    monkeypatch.setattr(kind, "read", reading)
    client = as_user(universe.director)
    sent = send(client, universe, code)
    assert reading.call_count == 1
    assert client.get(sent["Location"]).status_code == 200
    assert reading.call_count == 2
    assert client.post(sent["Location"], {"do": "save"}).status_code == 302
    assert reading.call_count == 3


@EVERY
def test_a_second_press_saves_nothing_and_says_so(code, universe, as_user):
    send(as_user(universe.director), universe, code)
    first, second = PendingImport.objects.get(), PendingImport.objects.get()
    done = save(KINDS[code], first)
    assert done is not None
    assert not done.outcome.refusals
    assert sum(counts.created for _title, counts in KINDS[code].counts(done.outcome)) > 0
    assert save(KINDS[code], second) is None
