"""Another school's records in what is posted: whatever field names one, that school and the site stay as they are."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from curricula.imports.kinds import KINDS
from curricula.models import Curriculum
from tests.permissions.foreign import as_posted, foreign_bodies, whole_bodies
from tests.permissions.posted import Body, forms_of, names_asked
from tests.permissions.table import TABLE
from tests.permissions.world import Key, World, address, make_world, of_side, of_site, signed_in, stored_rows
from tests.permissions.written import writes

pytestmark = pytest.mark.django_db
POSTED = sorted(name for name, row in TABLE.items() if row.post)
FORMS_OF_ONE = 8  # of a page's many alike
Rows = dict[Key, dict[str, Any]]


@pytest.fixture(autouse=True)
def nothing_is_drawn(bodies: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Once the forms are found, only what is written matters."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_page, **_context: "")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        # One that nothing is mapped on, so that its framework can be chosen.
        Curriculum.objects.create(program=made.south.plan.program, year=2030, framework=made.framework)
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    return {role: signed_in(world.south.people[role]) for role in ("administrator", "director")}


@pytest.fixture(scope="module")
def bodies(world: World, clients: dict[str, Client]) -> dict[str, dict[str, list[Body]]]:
    """By the name of an address: where its forms are sent, and with what as pages hold them."""
    places = {place: name for name in POSTED for place in places_of(name, world)}
    found: dict[str, dict[str, list[Body]]] = defaultdict(lambda: defaultdict(list))
    for page in pages(world):
        answer = clients["administrator"].get(page)
        html = answer.text if "html" in answer.get("Content-Type", "") else ""
        for action, body in forms_of(html, page):
            name = places.get(action.split("?")[0], "")
            alike = [sorted(each) for each in found[name][action]]
            # A page to import asks for a file, which a whole body has.
            if name and name != "import" and sorted(body) not in alike:
                found[name][action].append(body)
    for name, many in whole_bodies(world).items():
        for place in places_of(name, world):
            for body in many:
                found[name]["".join((place, *_query(body)))].append(body)
    return found


def _query(body: Body) -> list[str]:
    return [f"{key}={value[0]}" for key, value in body.items() if key.startswith("?")]


def places_of(name: str, world: World) -> list[str]:
    """Under the south, and where it can be, under what is the site's."""
    values = of_side(world.south) | ({"year": 2030} if name == "curriculum-framework" else {})
    places = [address(name, values)]
    if TABLE[name].of == "owned":
        places.append(address(name, of_site(world)))
    return places


def pages(world: World) -> Iterator[str]:
    kinds = {"import": [f"?kind={kind}" for kind in KINDS]}
    for name, row in TABLE.items():
        if row.get and name not in ("password_reset_confirm",):
            for place in places_of(name, world):
                yield from (place + query for query in kinds.get(name, [""]))


def test_forms_are_found_and_bodies_made_of_them(world: World, bodies: Any) -> None:
    assert len(bodies) > 55
    sent = sum(
        len(list(foreign_bodies(name, form, set(), world.north)))
        for name, places in bodies.items()
        for forms in places.values()
        for form in forms[:FORMS_OF_ONE]
    )
    assert sent > 200


def test_what_is_ones_own_is_taken(world: World, bodies: Any, clients: Any) -> None:
    """The forms are whole: many of them write where they name one's own."""
    wrote = {name for name, places in bodies.items() if name and _writes(clients["administrator"], places)}
    assert len(wrote) > 28
    assert {"curriculum-settings", "matrix-cell", "source-judges", "import", "vocabulary-own"} <= wrote


def _writes(client: Client, places: dict[str, list[Body]]) -> bool:
    before = stored_rows()
    for place, forms in places.items():
        for form in forms[:FORMS_OF_ONE]:
            cookies = copy(client.cookies)
            with transaction.atomic():
                client.post(place, as_posted(form))
                wrote = stored_rows() != before
                transaction.set_rollback(True)
            client.cookies = cookies
            if wrote:
                return True
    return False


@pytest.mark.parametrize("name", POSTED)
def test_nothing_of_another_school_is_changed_or_taken(name: str, world: World, bodies: Any, clients: Any) -> None:
    client = clients["director" if TABLE[name].of == "sender" else "administrator"]
    before = stored_rows()
    wrong: dict[tuple[str, str, str], list[str]] = {}
    for place in bodies.get(name) or {place: [{}] for place in places_of(name, world)}:
        forms = (bodies.get(name) or {}).get(place, [{}])[:FORMS_OF_ONE]
        for form in forms:
            with names_asked() as asked:
                wrong |= {("", place, ""): said} if (said := tried(client, place, form, before, world)) else {}
            for field, body in foreign_bodies(name, form, asked, world.north):
                if said := tried(client, place, body, before, world):
                    wrong[field, place, str(body[field])] = said
    assert wrong == {}


def tried(client: Client, place: str, body: Body, before: Rows, world: World) -> list[str]:
    """What a post did to what is not the sender's; it is taken back at once."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        with writes() as wrote:
            answer = client.post(place, as_posted(body))
        said = crossed(before, stored_rows(), world) if wrote else []
        transaction.set_rollback(True)
    client.cookies = cookies
    return said + ([f"answered {answer.status_code}"] if answer.status_code >= 500 else [])


def crossed(before: Rows, after: Rows, world: World) -> list[str]:
    """Rows of the north or of the site that changed, and rows that came to name one of the north."""
    said = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new or _only_renewed(key, old, new):
            continue
        said += [f"{whose}: {key} changed" for whose in ("north", "site") if key in world.rows[whose]]
        if new is not None and key not in world.rows["north"]:
            said += [f"{key} names {named}" for named in _names(key[0], new, world) - _names(key[0], old or {}, world)]
    return said


def _only_renewed(key: Key, old: dict[str, Any] | None, new: dict[str, Any] | None) -> bool:
    """A word of one's own moves the date of its framework, so that kept analyses of its plans are made anew."""
    if key[0] != "competencies.Framework" or not old or not new:
        return False
    return old | {"changed": None} == new | {"changed": None}


def _names(label: str, row: dict[str, Any], world: World) -> set[str]:
    fields = [each for each in apps.get_model(label)._meta.concrete_fields if each.attname in row]
    keys = {
        f"{field.related_model._meta.label} {row[field.attname]}"
        for field in fields
        if isinstance(field, models.ForeignKey)
        and (field.related_model._meta.label, row[field.attname]) in world.rows["north"]
    }
    texts = {field.attname for field in fields if "north" in json.dumps(row[field.attname], default=str)}
    return keys | texts
