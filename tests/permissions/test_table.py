"""Every address × method × role × own, other, none: each line of the table is tried, and each address has a line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from curricula.accounts.middleware import OPEN_BEFORE_IT
from tests.permissions import table
from tests.permissions.page import PAGE, page
from tests.permissions.table import ROLES, TABLE, Row
from tests.permissions.world import (
    World,
    absent,
    address,
    make_world,
    of_side,
    of_site,
    signed_in,
    url_patterns,
)
from tests.permissions.written import OF_VISITS, writes

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST")
NOWHERE = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
OPENS, FORBIDDEN, HIDDEN, SIGN_IN, NO_METHOD = "opens", "forbidden", "not found", "sign in", "no such method"
NEVER_OPEN = {FORBIDDEN, HIDDEN, SIGN_IN, NO_METHOD}
# A post that was let in answers so, because of what its body names or what it does.
LET_IN = {
    **dict.fromkeys(
        ("advice-add", "school-restore", "source-restore", "snapshot-compare", "school-lecturers"), HIDDEN
    ),
    **dict.fromkeys(("sign-out", "sign-in-code"), SIGN_IN),
}
IN_JSON = {"api-report"}  # answers in JSON, also where nobody is signed in
# What makes a post a whole one where an empty one asks for nothing that exists.
BODIES: dict[str, dict[str, str]] = {
    "scenario-edit": {"kind": "drop_course"},
    "scenario-change": {"do": "undo"},
    "course-lock": {"course": "C1", "locked": "1"},
    "school-member": {"role": "faculty"},
    "vocabulary-terms": {"ability": "MK.1", "text": "ad buying"},
    "vocabulary-own": {"ability": "MK.1", "text": "ad buying"},
}


@dataclass(frozen=True)
class Actor:
    name: str
    user: User | None
    role: str = ""  # in the school that is asked for
    elsewhere: str = ""  # in another one
    entered: bool = False  # as staff, who then read like a viewer

    @property
    def school(self) -> str:
        return self.user.username.partition("-")[0] if self.user else ""

    def reaches(self, row: Row, least: str, *, site: bool) -> str:
        """What the line says of this person."""
        if least == table.PUBLIC:
            return OPENS
        if self.user is None:
            return SIGN_IN
        if least in (table.SIGNED_IN, *_GROUPS):
            return OPENS if least == table.SIGNED_IN or self._is_among(least) else FORBIDDEN
        if row.of == "sender":
            return OPENS if self.name == "own director" else HIDDEN
        if row.asks_first and not self._is_among(table.DIRECTS):
            return FORBIDDEN
        if not self.role and not self.entered:
            return FORBIDDEN if self.user.is_staff and row.of == "school" and not row.hidden else HIDDEN
        reached = ROLES.index(self.role or "viewer") >= ROLES.index(least)
        return OPENS if reached else (HIDDEN if row.hidden else FORBIDDEN)

    def _is_among(self, group: str) -> bool:
        directs = {self.role, self.elsewhere} & {"director", "administrator"}
        staff = self.user is not None and self.user.is_staff
        return {table.DIRECTS: bool(directs), table.STAFF: staff, table.COLLECTS: bool(directs) or staff}[group]


_GROUPS = (table.DIRECTS, table.STAFF, table.COLLECTS)


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Who reaches a page does not hang on how it looks or on what panels say, and drawing thousands takes minutes."""
    monkeypatch.setattr("curricula.evaluation.reports.panel_sections", lambda *_gathered: ())
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_page, **_context: "")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, tuple[Actor, Client]]:
    own = [Actor(f"own {role}", world.north.people[role], role=role) for role in ROLES]
    others = [Actor(f"other {role}", world.south.people[role], elsewhere=role) for role in ROLES]
    everybody = [Actor("stranger", None), *own, *others, Actor("staff", world.staff)]
    everybody.append(Actor("staff who entered", world.visitor, entered=True))
    return {actor.name: (actor, signed_in(actor.user)) for actor in everybody}


def ask(client: Client, method: str, path: str, name: str, *, owner: str = "") -> tuple[str, Any]:
    """What became of a request, taken back at once."""
    body: Any = BODIES.get(name, {}) | {"owner": owner} if method == "POST" else {}
    cookies = copy(client.cookies)  # who signs out by a request is back for the next
    with transaction.atomic():
        answer = client.generic(method, path) if method != "POST" else client.post(path, body)
        transaction.set_rollback(True)
    client.cookies = cookies
    gone = TABLE[name].of == "sender" and answer.get("Location") == "/import/"
    return (HIDDEN if gone else _outcome(answer)), answer


def _outcome(answer: Any) -> str:
    if answer.status_code in (302, 401) and "/sign-in/" in answer.get("Location", "/sign-in/"):
        return SIGN_IN
    assert answer.status_code < 500, answer.status_code
    return {403: FORBIDDEN, 404: HIDDEN, 405: NO_METHOD}.get(answer.status_code, OPENS)


def expected(actor: Actor, name: str, method: str, *, site: bool = False) -> str:
    row, least = TABLE[name], TABLE[name].least(method, site=site)
    if not least:
        strange = actor.user is None and method in ("GET", "HEAD", "POST")
        public = table.PUBLIC in (row.get, row.post) or name in IN_JSON
        return SIGN_IN if strange and not public else NO_METHOD
    return actor.reaches(row, least, site=site)


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    assert set(url_patterns()) == set(TABLE)


def test_methods_that_no_page_has_are_refused_before_anybody_is_asked_who_they_are() -> None:
    order = settings.MIDDLEWARE.index
    assert order("talentgap.middleware.KnownMethods") < order("django.contrib.sessions.middleware.SessionMiddleware")


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_table_says_who_reaches_a_school_and_what_is_the_sites_and_refusing_writes_nothing(name, world, clients):
    places = {"north": (of_side(world.north), False)}
    if TABLE[name].of == "owned":
        places["site"] = (of_site(world), True)
    wrong = {}
    for place, (values, site) in places.items():
        path, headed = address(name, values), False
        for who, (actor, client) in clients.items():
            for method in METHODS:
                wanted = expected(actor, name, method, site=site)
                if method == "HEAD" and wanted == OPENS and headed:
                    continue  # the same view makes the whole page for it: one of those whom it opens for is enough
                headed |= method == "HEAD" and wanted == OPENS
                with writes() as written:
                    found = ask(client, method, path, name, owner=actor.school)[0]
                if found != wanted and not (wanted == OPENS and LET_IN.get(name) == found):
                    wrong[place, who, method] = f"{found} and not {wanted}"
                if wanted != OPENS and set(written) - OF_VISITS:
                    wrong[place, who, method] = f"{wanted}, though {written} were written"
    assert wrong == {}


def test_who_owes_a_second_step_opens_nothing_else(world, clients, settings) -> None:
    settings.SECOND_STEP_FOR = "director"
    director, opened = clients["own director"][1], {}
    for name in set(TABLE) - OPEN_BEFORE_IT - IN_JSON:
        answer = ask(director, "POST", address(name, of_side(world.north)), name)[1]
        if answer.get("Location") != "/profile/second-step/":
            opened[name] = answer.status_code
    assert opened == {}
    assert ask(clients["own faculty"][1], "GET", "/", "home")[0] == OPENS


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.of in ("school", "owned")))
def test_what_does_not_exist_is_not_found(name, world, clients):
    path = address(name, absent(world))
    for who, (_actor, client) in clients.items():
        for method in ("GET", "HEAD", "POST"):
            assert ask(client, method, path, name)[0] in NEVER_OPEN, (who, method)


def test_the_page_for_people_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.permissions.page"
