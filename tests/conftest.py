from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Condition
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import BrowserContext, Page, Request, expect
from pytest_django.plugin import DjangoDbBlocker

from competencies.matching import semantic
from curricula.models import School
from talentgap.demo_asked import load_questionnaire
from talentgap.demo_data import Listener, load_demo
from talentgap.demo_records import load_record_sheets
from talentgap.seeded_plans import analyse_tables
from tests.places import SHARED
from tests.suggesting import add_course
from tests.universe import Universe, make_universe
from tests.written_again import written_again

# Playwright keeps an event loop in the browser tests' thread; Django would take it for an async caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A loaded machine draws a chart in more than the five seconds that are the default.
expect.set_options(timeout=20_000)

# What is claimed of all examples does not depend on how fast a machine makes them.
examples.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("any machine")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Without the flags against background traffic a headless start spends seconds on hosts it cannot reach.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    words = "only tests that use the database of DATABASE_URL: the others claim the same on every database"
    parser.addoption("--database-only", action="store_true", help=words)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("database_only"):
        others = [item for item in items if not _uses_database(item)]
        items[:] = [item for item in items if _uses_database(item)]
        config.hook.pytest_deselected(items=others)
    missing = {} if CHROMIUM else {"browser": "no Chromium on this machine"}
    if config.getoption("nomigrations"):
        missing["migration"] = "tables are made without migrations here; run pytest --migrations -m migration"
    for item in items:
        for marker in missing.keys() & item.keywords.keys():
            item.add_marker(pytest.mark.skip(reason=missing[marker]))


def _uses_database(item: pytest.Item) -> bool:
    asked = {"django_db_setup", "db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as it is served: in memory a page that is still at work locks every test after it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS, "headless": True}


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose requests are all answered before the database is emptied for the next test.

    A save that is still on its way would meet the emptying half-way, and on PostgreSQL one of the two would fail.
    """
    asked: set[Request] = set()
    served = _RequestsInServer()
    context.on("request", lambda request: asked.add(request))
    context.on("requestfinished", lambda request: asked.discard(request))
    context.on("requestfailed", lambda request: asked.discard(request))
    page = context.new_page()
    with served:
        yield page
        for _try in range(200):
            if not asked:
                break
            page.wait_for_timeout(50)
        context.close()
        served.wait_until_done()


class _RequestsInServer:
    """Counts the requests that the live server has begun and not finished."""

    def __init__(self) -> None:
        self.going_on = 0
        self.changed = Condition()

    def __enter__(self) -> None:
        request_started.connect(self._began)
        request_finished.connect(self._ended)

    def __exit__(self, *error: object) -> None:
        request_started.disconnect(self._began)
        request_finished.disconnect(self._ended)

    def wait_until_done(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.going_on <= 0, timeout=20), "the server is still at work"

    def _began(self, **signal: object) -> None:
        self._count(1)

    def _ended(self, **signal: object) -> None:
        self._count(-1)

    def _count(self, change: int) -> None:
        with self.changed:
            self.going_on += change
            self.changed.notify_all()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    for each in caches.all(initialized_only=True):
        each.clear()
    yield
    for each in caches.all(initialized_only=True):
        each.clear()


@pytest.fixture(autouse=True)
def no_language_left_on() -> Iterator[None]:
    """A page asked for in Chinese leaves its thread in Chinese."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of papers and public data beside the project; tests that need it skip where it is absent."""
    if not SHARED.exists():
        pytest.skip("the folder of public data is not beside the project")
    return SHARED


@pytest.fixture
def universe(db: None) -> Universe:
    return make_universe()


SILENT = Listener(done=lambda done: None, progress=lambda what: lambda done, total: None)


@written_again
def load_whole_demo() -> School:
    return load_demo(SILENT)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[School]:
    """The demo, loaded once for a module and taken back at its end; what a test changes is taken back after it.

    Its modules are marked with one `xdist_group`, so that one worker reads its files once.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load_whole_demo()
        analyse_tables()  # else PostgreSQL knows nothing of them, and a page takes half a minute
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo_records(demo: School, django_db_blocker: DjangoDbBlocker) -> School:
    """The demo with the records of its conditions and its questionnaire."""
    with django_db_blocker.unblock():
        load_record_sheets(demo, SILENT)
        load_questionnaire(demo, SILENT)
    return demo


@pytest.fixture
def as_user() -> Any:
    """A client signed in as the given user; None is a stranger."""

    def sign_in(user: Any) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def words_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default tier, whether or not the other one is installed; tests of real models are marked `models`."""
    if not request.node.get_closest_marker("models"):
        monkeypatch.setattr(semantic, "is_installed", lambda: False)


@pytest.fixture
def selling(universe: Universe) -> Universe:
    """AD speaks of search advertising (MK.1), which it evaluates, and of live selling (MK.2), which it describes."""
    add_course(universe)
    return universe
