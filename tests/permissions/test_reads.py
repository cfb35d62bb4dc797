"""To read changes nothing, what a school's page shows is kept by no store on its way, and what people typed is text
there and in every file: every address is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from curricula.imports.kinds import KINDS
from tests.permissions.table import PUBLIC, TABLE
from tests.permissions.world import World, address, make_world, of_side, of_site, signed_in
from tests.permissions.written import OF_VISITS, writes

pytestmark = pytest.mark.django_db
# What an analysis computed, and of one person: a secret that waits for a code, what is being done, which comments
# were read.
BESIDE = OF_VISITS | {"curricula_planfigures", "curricula_secondstep", "curricula_work", "curricula_commentnotice"}
POISON = "=1+1\"><x9 y='{{ 7 }}"
# Codes, keys and marks that the program makes or looks records up by.
OF_THE_PROGRAM = {
    *("slug", "code", "other_code", "ability_code", "fingerprint", "near_group", "token_hash", "salt", "person_salt"),
    *("password", "username", "digest", "stamp", "made_with", "columns_key", "back", "url", "language", "time_zone"),
    *(
        "target",
        "kind",
        "job",
        "session_key",
        "session_data",
        "handle",
        "tier",
        "step",
        "ability",
        "course",
        "framework",
    ),
    *("app", "codename", "app_label", "model", "version", "framework_version", "rater", "task_path", "worker_ids"),
}
KINDS_OF = {"import": [f"?kind={kind}" for kind in KINDS], "records": [], "record-new": []}
KINDS_OF["courses-export"] = ["", "?format=process", "?format=csv"]
# Of one report all renderings that a browser or a spreadsheet program opens.
FORMATS_OF: dict[str, dict[str, tuple[str, ...]]] = {
    "report-download": {"format": ("json", "xlsx", "csv", "html")},
    "scenario-report": {"format": ("xlsx", "csv", "html")},
    "committee-download": {"edition_format": ("html", "xlsx")},
    "framework-export": {"format_name": ("csv", "xlsx", "talentgap")},
}
READ = sorted(name for name, row in TABLE.items() if row.get)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        poison()
        yield made
        transaction.set_rollback(True)


def poison() -> None:
    """Put into every text that somebody could have typed what a page or a spreadsheet program would carry out."""
    for model in apps.get_models():
        typed = [field.name for field in model._meta.concrete_fields if _is_typed(field)]
        for name in typed:
            model._base_manager.exclude(**{name: ""}).update(**{name: POISON})


def _is_typed(field: Any) -> bool:
    text = type(field) in (models.CharField, models.TextField) and not field.choices and not field.unique
    return text and (field.max_length or 200) >= len(POISON) and field.name not in OF_THE_PROGRAM


def carried_out(answer: Any) -> list[str]:
    """The places of an answer at which the poison would act."""
    kind, content = answer.get("Content-Type", ""), answer.getvalue()
    if kind.startswith("text/html"):
        return re.findall(rb".{60}<x9", content, re.DOTALL)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            return [name for name in files.namelist() if _acts(files.read(name))]
    return ["csv"] if kind.startswith("text/csv") and _acts(content) else []


def _acts(content: bytes) -> bool:
    """At the start of a cell of a text, or in a formula that is not of our own sums."""
    return re.search(rb'(?:^|[,\n])"?=1\+1|<f>[^<]*1\+1', content) is not None


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    return {role: signed_in(world.north.people[role]) for role in ("administrator", "director")}


def places_of(name: str, world: World) -> Iterator[str]:
    [(parameter, formats)] = FORMATS_OF.get(name, {"": ("",)}).items()
    places = [address(name, of_side(world.north) | {parameter: each}) for each in formats]
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
            assert carried_out(answer) == [], place
        assert set(written) - BESIDE == set(), place
        assert TABLE[name].get == PUBLIC or "no-store" in answer.get("Cache-Control", ""), (place, answer.status_code)
