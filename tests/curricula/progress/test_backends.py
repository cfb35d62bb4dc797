"""Who does the work is a setting: threads of the server, workers that find it in the database."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus, task, task_backends

from curricula.models import Work
from curricula.progress import actions, board, threads
from curricula.progress.starting import start

pytestmark = pytest.mark.django_db
THREADS, DATABASE = "curricula.progress.threads.ThreadBackend", "django_tasks_db.DatabaseBackend"
done: list[str] = []


@pytest.fixture(autouse=True)
def notes_of_this_test(settings: Any, tmp_path: Any) -> None:
    settings.STATE_DIR = tmp_path
    done.clear()


@task()
def note(*, pk: int, handle: str) -> None:
    done.append(f"{pk} {handle}")


def within_ten_seconds(holds: Any) -> bool:
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(holds())


def test_a_thread_does_it_while_the_page_goes_on(settings):
    settings.TASKS = {"default": {"BACKEND": THREADS}}
    assert note.enqueue(pk=1, handle="a").status == TaskResultStatus.READY
    assert within_ten_seconds(lambda: done == ["1 a"])


def test_who_waits_for_a_place_is_seen_to_wait(settings):
    settings.TASKS = {"default": {"BACKEND": THREADS}}
    for _place in range(threads.AT_ONCE):
        threads._places.acquire()
    try:
        note.enqueue(pk=2, handle="b")
        assert within_ten_seconds(lambda: board.silent_for("b") < 60)
        assert done == []
    finally:
        for _place in range(threads.AT_ONCE):
            threads._places.release()
    assert within_ten_seconds(lambda: done == ["2 b"])


@pytest.mark.django_db(transaction=True)  # a worker closes its connection when it has ended
def test_a_worker_finds_it_in_the_database(settings, universe, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": DATABASE}}
    monkeypatch.setattr(
        "curricula.progress.doing.function_of", lambda _work: lambda work: actions.finish(work, url="/")
    )
    work = actions.begin("look", user=universe.director, name="plan.csv", back="/import/")
    assert work.state == Work.State.WAITING
    start(work)  # handed over twice, it is done once
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    work.refresh_from_db()
    assert work.state == Work.State.DONE


@pytest.mark.parametrize("path", [THREADS, DATABASE])
def test_both_ways_are_backends_of_django_tasks(settings, path):
    settings.TASKS = {"default": {"BACKEND": path}}
    assert type(task_backends["default"]).__name__ == path.rpartition(".")[2]
