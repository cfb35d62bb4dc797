"""The preview of a file only reads: it shows what was found when the file was sent, as long as that is good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from curricula.imports import flow
from curricula.imports.behind import GOOD_FOR
from curricula.models import PendingImport, Work
from curricula.records.versions import touch
from tests.curricula.imports.test_flow import EVERY, send

pytestmark = pytest.mark.django_db
ANEW = "has to be looked into anew"


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def watch(execute: Any, sql: str, *arguments: Any) -> Any:
        seen.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(watch):
        yield seen


@EVERY
def test_looking_at_a_preview_writes_nothing_and_begins_no_transaction(code, universe, as_user):
    client = as_user(universe.director)
    preview = send(client, universe, code)["Location"]
    assert preview == PendingImport.objects.get().get_absolute_url()
    for place in (preview, f"{preview}columns/"):
        with statements() as said:
            assert client.get(place).status_code == 200
        assert [sql for sql in said if not sql.startswith("SELECT") or "FOR UPDATE" in sql] == []


def test_a_preview_of_what_is_still_looked_into_writes_nothing(universe, as_user, monkeypatch):
    monkeypatch.setattr(flow, "MOST_AT_ONCE", 0)
    monkeypatch.setattr("curricula.progress.actions.start", lambda _work: None)
    client = as_user(universe.director)
    work = send(client, universe, "postings")["Location"]
    with statements() as said:
        assert client.get(PendingImport.objects.get().get_absolute_url())["Location"] == work
    assert {sql.split()[0] for sql in said} == {"SELECT"}


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("curriculum", lambda universe: touch(universe.curriculum)),
        ("postings", lambda universe: universe.framework.save()),
        ("partnership", lambda universe: universe.school.partnership_records.create(partner="Cloud Ltd")),
    ],
)
def test_what_was_found_is_not_shown_once_somebody_changed_what_it_goes_into(code, changed, universe, as_user):
    client = as_user(universe.director)
    preview = send(client, universe, code)["Location"]
    assert 'value="save"' in client.get(preview).content.decode()
    changed(universe)
    page = client.get(preview).content.decode()
    assert ANEW in page
    assert 'value="save"' not in page
    assert client.post(preview, {"do": "look"})["Location"] == preview
    assert 'value="save"' in client.get(preview).content.decode()


def test_it_is_not_shown_once_it_is_old_nor_in_another_language(universe, as_user):
    client = as_user(universe.director)
    preview = send(client, universe, "curriculum")["Location"]
    assert ANEW not in client.get(preview).content.decode()
    client.post("/language/", {"language": "zh-hans", "next": preview})
    assert 'value="look"' in client.get(preview).content.decode()
    client.post("/language/", {"language": "en", "next": preview})
    assert ANEW not in client.get(preview).content.decode()
    work = Work.objects.get()
    Work.objects.update(ended=work.ended - GOOD_FOR)
    assert ANEW in client.get(preview).content.decode()


def test_who_may_no_longer_save_it_does_not_see_it(universe, as_user):
    client = as_user(universe.director)
    preview = send(client, universe, "curriculum")["Location"]
    universe.director.memberships.all().delete()
    assert client.get(preview).status_code == 403
