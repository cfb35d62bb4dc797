"""Work begun, finished and let go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils import timezone, translation

from competencies.request_numbers import key_of
from curricula.models import PendingImport, Work
from curricula.throttle import TooMany

from . import board
from .starting import start, waits_in_threads

MOST_AT_ONCE: Final = 4  # of one person
LOST_AFTER: Final = 30  # seconds in which nobody was seen at it


def begin(job: str, *, user: Any, name: str, back: str, kept: PendingImport | None = None, **arguments: Any) -> Work:
    """Have it done behind the page. Raises TooMany where this person waits for enough already."""
    Work.objects.expired().delete()
    if len(going_on(user)) >= MOST_AT_ONCE:
        raise TooMany(60)
    place = {"language": translation.get_language(), "time_zone": timezone.get_current_timezone_name()}
    work = Work.objects.create(user=user, job=job, name=name[:300], back=back, file=kept, arguments=arguments, **place)
    start(work)
    work.refresh_from_db()
    return work


def note_done(job: str, *, user: Any, name: str, kept: PendingImport, url: str, result: bytes) -> None:
    """Keep what was done while a page waited as what is done behind one."""
    now = timezone.now()
    place = {"language": translation.get_language(), "time_zone": timezone.get_current_timezone_name()}
    done: dict[str, Any] = {"state": Work.State.DONE, "started": now, "ended": now, "url": url, "back": url}
    Work.objects.create(user=user, job=job, name=name[:300], file=kept, result=result, **place, **done)


def going_on(user: Any) -> list[Work]:
    """What this person still waits for."""
    works = Work.objects.of(user).unfinished().defer("result")
    return [work for work in map(as_it_is, works) if work.is_unfinished]


def as_it_is(work: Work) -> Work:
    """The work. After a restart of the server what was at work is over, and what waited there is handed over again."""
    if work.is_unfinished and age(work) > LOST_AFTER and board.silent_for(work.handle) > LOST_AFTER:
        if work.state == Work.State.RUNNING:
            end(work, Work.State.FAILED)
        elif waits_in_threads():
            board.be_seen(work.handle)
            start(work)
        work.refresh_from_db()
    return work


def age(work: Work) -> float:
    """Seconds since it began, or since it was asked for where it waits."""
    return (timezone.now() - (work.started or work.created)).total_seconds()


def finish(work: Work, *, url: str, said: Sequence[tuple[str, str]] = (), result: bytes | None = None) -> None:
    """Say that it is done: where it leads, and what is said there, by level."""
    done = {"state": Work.State.DONE, "ended": timezone.now(), "url": url, "said": list(said), "result": result}
    Work.objects.filter(pk=work.pk).update(**done)


def finish_file(work: Work, content: bytes, *, address: str) -> None:
    """Say that a file is made; it is fetched where it was asked for, at `address`, by this work's number."""
    finish(work, url=f"{address}{'&' if '?' in address else '?'}made={work.pk}", result=content)


def file_made(job: str, *, user: Any, made: str | None, **arguments: Any) -> bytes | None:
    """The file that this work made for this person, where it was asked for with these arguments."""
    done = Work.objects.of(user).filter(job=job, state=Work.State.DONE, pk=key_of(made) or 0)
    work = done.filter(**{f"arguments__{name}": value for name, value in arguments.items()}).first()
    return None if work is None or work.result is None else bytes(work.result)


def end(work: Work, state: Work.State, words: str = "") -> None:
    """Say that it is over and was not done; what was finished stays finished."""
    over = {"state": state, "words": words, "ended": timezone.now()}
    Work.objects.filter(pk=work.pk).unfinished().update(**over)


def let_go(works: Iterable[Work]) -> None:
    """Ask whoever is at it to stop; what nobody has begun is stopped at once."""
    for work in works:
        board.ask_to_stop(work.handle)
        waiting = Work.objects.filter(pk=work.pk, state=Work.State.WAITING)
        waiting.update(state=Work.State.STOPPED, ended=timezone.now())
