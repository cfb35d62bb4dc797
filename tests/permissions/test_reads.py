"""To read changes nothing, and what a school's page shows is kept by no store on its way: every address is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from curricula.imports.kinds import KINDS
from tests.permissions.table import PUBLIC, TABLE
from tests.permissions.world import World, address, make_world, of_side, of_site, signed_in

pytestmark = pytest.mark.django_db
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Who is signed in since when and was last at home, and what an analysis computed: nothing that a person entered.
BESIDE = {"django_session", "curricula_signedin", "curricula_profile", "curricula_planfigures"}
# Of one person: a secret that waits for a code, what is being done, which comments were read.
BESIDE |= {"curricula_secondstep", "curricula_work", "curricula_commentnotice"}
KINDS_OF = {"import": [f"?kind={kind}" for kind in KINDS], "records": [], "record-new": []}
READ = sorted(name for name, row in TABLE.items() if row.get)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    return {role: signed_in(world.north.people[role]) for role in ("administrator", "director")}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that are written meanwhile."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, *arguments: Any) -> Any:
        if found := WRITES.match(sql):
            seen.append(found[1])
        return execute(sql, *arguments)

    with connection.execute_wrapper(watch):
        yield seen


def places_of(name: str, world: World) -> Iterator[str]:
    places = [address(name, of_side(world.north))]
    if TABLE[name].of == "owned":
        places.append(address(name, of_site(world)))
    for place in places:
        yield from (place + query for query in KINDS_OF.get(name) or [""])


@pytest.mark.parametrize("name", READ)
def test_reading_writes_nothing_and_is_stored_nowhere(name: str, world: World, clients: dict[str, Client]) -> None:
    client = clients["director" if TABLE[name].of == "sender" else "administrator"]
    for place in places_of(name, world):
        with writes() as written:
            answer = client.get(place)
            b"".join(answer) if answer.streaming else answer.content
        assert set(written) - BESIDE == set(), place
        assert TABLE[name].get == PUBLIC or "no-store" in answer.get("Cache-Control", ""), (place, answer.status_code)
