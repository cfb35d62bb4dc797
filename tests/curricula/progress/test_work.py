"""Work behind a page: it leads on when done, says why when not, stops at a word, and is its asker's alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from competencies.apart.orders import BrokeOff, MemoryUp, TimeUp
from curricula.models import Work
from curricula.progress import actions, board, doing, jobs, starting
from curricula.progress.jobs import Job, Refused
from curricula.throttle import TooMany

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notes_of_this_test(settings: Any, tmp_path: Any) -> None:
    settings.STATE_DIR = tmp_path


@pytest.fixture
def as_job(monkeypatch: pytest.MonkeyPatch) -> Any:
    def job(function: Any) -> None:
        trying = Job("a.b", "Trying “%(name)s”", ("one", "two"), "Nothing was saved.", "Back")
        monkeypatch.setitem(jobs.JOBS, "try", trying)
        monkeypatch.setattr(doing, "function_of", lambda _work: function)

    return job


def begin(user: Any, **more: Any) -> Work:
    return actions.begin("try", user=user, name="plan.csv", back="/import/", **more)


def finishing(work: Work) -> None:
    actions.finish(work, url="/method/", said=[("SUCCESS", "It is saved.")])


def test_what_is_done_leads_on_and_says_it_once(universe, as_user, as_job):
    as_job(finishing)
    work, client = begin(universe.director), as_user(universe.director)
    assert work.state == Work.State.DONE
    assert client.get(work.get_absolute_url())["Location"] == "/method/"
    assert client.get(work.get_absolute_url())["Location"] == "/method/"
    assert client.get("/method/").content.decode().count("It is saved.") == 1


def fails(work: Work) -> None:
    raise RuntimeError(work.name)


def refuses(work: Work) -> None:
    raise Refused("The file is not kept any more.")


@pytest.mark.parametrize(
    ("job", "state", "words"),
    [(refuses, "refused", "The file is not kept any more."), (fails, "failed", "met a fault")],
)
def test_what_is_not_done_says_why_what_is_safe_and_the_way_back(job, state, words, universe, as_user, as_job, caplog):
    as_job(job)
    work = begin(universe.director)
    assert work.state == state
    page = as_user(universe.director).get(work.get_absolute_url()).content.decode()
    assert words in page
    assert "Nothing was saved." in page
    assert 'href="/import/"' in page


@pytest.mark.parametrize(
    ("ended", "state", "words"),
    [
        (TimeUp, "refused", "longer than 300 seconds"),
        (MemoryUp, "refused", "more than 1536 MB of memory"),
        (BrokeOff, "failed", ""),
        (doing.Stopped, "stopped", ""),
    ],
)
def test_work_that_is_ended_is_told_as_what_ended_it(ended, state, words, universe, as_job, monkeypatch, caplog):
    as_job(finishing)

    def end(*_work: Any, **_budget: Any) -> None:
        raise ended

    monkeypatch.setattr(doing, "apart", end)
    work = begin(universe.director)
    assert work.state == state
    assert words in work.words


def test_work_that_was_finished_is_not_called_stopped_afterwards(universe, as_job, monkeypatch):
    as_job(finishing)

    def stopped_too_late(work: Any, **_budget: Any) -> None:
        work()
        raise doing.Stopped

    monkeypatch.setattr(doing, "apart", stopped_too_late)
    assert begin(universe.director).state == Work.State.DONE


def test_it_is_its_askers_alone(universe, as_user, client, as_job):
    as_job(finishing)
    path = begin(universe.director).get_absolute_url()
    assert as_user(universe.administrator).get(path).status_code == 404
    assert as_user(universe.administrator).post(path).status_code == 404
    client.logout()
    assert "/sign-in/" in client.get(path)["Location"]


@pytest.fixture
def waiting(universe: Any, as_job: Any, monkeypatch: pytest.MonkeyPatch) -> Work:
    as_job(finishing)
    monkeypatch.setattr(actions, "start", lambda _work: None)
    return begin(universe.director)


def test_a_page_says_how_far_it_is(waiting, universe, as_user):
    client = as_user(universe.director)
    assert (
        "It waits until work that came before it is done." in client.get(waiting.get_absolute_url()).content.decode()
    )
    Work.objects.filter(pk=waiting.pk).update(state="running", started=timezone.now() - timedelta(seconds=7))
    board.be_seen(waiting.handle)
    board.post(waiting.handle, {"step": 1})
    part = client.get(f"{waiting.get_absolute_url()}?part").content.decode()
    assert "<html" not in part
    assert "At work for 7 seconds." in part
    assert '<li>one <span class="tag ok">done</span></li><li aria-current="step">two</li>' in part
    assert "data-over" not in part
    board.post(waiting.handle, {"step": 1, "of": 20000, "done": 4500})
    part = client.get(f"{waiting.get_absolute_url()}?part").content.decode()
    assert 'two <span class="sub">4,500 of 20,000</span>' in part
    assert '<progress class="work" max="20000" value="4500"' in part


def test_what_waits_is_stopped_at_a_word_and_never_begun(waiting, universe, as_user):
    client = as_user(universe.director)
    assert client.post(waiting.get_absolute_url())["Location"] == waiting.get_absolute_url()
    assert "It was stopped, as you asked." in client.get(waiting.get_absolute_url()).content.decode()
    doing.do(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == Work.State.STOPPED


def test_who_watches_hears_of_it_at_the_next_beat(waiting):
    watch = doing.Watch(waiting.handle)
    watch.beat()
    board.ask_to_stop(waiting.handle)
    with pytest.raises(doing.Stopped):
        watch.beat()


def test_work_that_nobody_is_at_any_more_is_over(waiting):
    long_ago = timezone.now() - timedelta(seconds=actions.LOST_AFTER + 5)
    Work.objects.filter(pk=waiting.pk).update(state="running", started=long_ago)
    board.be_seen(waiting.handle)
    assert actions.as_it_is(Work.objects.get()).state == Work.State.RUNNING
    board.clear(waiting.handle)
    assert actions.as_it_is(Work.objects.get()).state == Work.State.FAILED


def test_what_waited_in_a_server_that_ended_is_handed_over_again(waiting, monkeypatch):
    Work.objects.filter(pk=waiting.pk).update(created=timezone.now() - timedelta(seconds=actions.LOST_AFTER + 5))
    assert actions.as_it_is(Work.objects.get()).state == Work.State.WAITING, "a worker finds it in the database"
    monkeypatch.setattr(actions, "waits_in_threads", lambda: True)
    monkeypatch.setattr(actions, "start", starting.start)
    assert actions.as_it_is(Work.objects.get()).state == Work.State.DONE


def test_a_person_has_only_so_much_going_on(waiting, universe):
    for _more in range(actions.MOST_AT_ONCE - 1):
        begin(universe.director)
    with pytest.raises(TooMany):
        begin(universe.director)
    assert begin(universe.administrator).pk


def test_what_was_lost_with_a_server_counts_no_more(waiting, universe):
    long_ago = timezone.now() - timedelta(seconds=actions.LOST_AFTER + 5)
    for _more in range(actions.MOST_AT_ONCE - 1):
        begin(universe.director)
    Work.objects.update(state="running", started=long_ago)
    assert begin(universe.director).pk
    assert actions.going_on(universe.director) == [Work.objects.order_by("-pk")[0]]


def test_after_a_day_it_is_forgotten(waiting, universe):
    Work.objects.filter(pk=waiting.pk).update(created=timezone.now() - timedelta(days=1, seconds=1))
    begin(universe.administrator)
    assert not Work.objects.filter(pk=waiting.pk).exists()


def test_notes_are_for_the_programs_own_user(waiting, tmp_path):
    board.post(waiting.handle, {"step": 0})
    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "work").iterdir()} == {"0o600"}
    assert oct((tmp_path / "work").stat().st_mode & 0o777) == "0o700"
    board.clear(waiting.handle)
    assert list((tmp_path / "work").iterdir()) == []


def test_waiting_for_work_ends_when_it_is_over_or_time_is_up(waiting):
    assert starting.wait_for(waiting, seconds=0.1).is_unfinished
    Work.objects.filter(pk=waiting.pk).update(state="done")
    assert starting.wait_for(waiting, seconds=5).state == Work.State.DONE
