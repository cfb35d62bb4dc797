"""One generated file through what pages and commands read and save with, some through the pages; all is taken back."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from competencies.models import Framework
from competencies.tabular.problems import UnreadableFile
from curricula.imports.flow import REFUSALS, keep_upload, save
from curricula.imports.kinds import KINDS
from curricula.mapping.suggestion_forms import SyllabusForm
from curricula.models import Curriculum, Membership, School
from tests.universe import Universe, add_courses, make_universe

from .mutations import generated
from .seeds import seeds

SECONDS: Final = 30  # of work, because a machine may be busy with other things
THROUGH_PAGES: Final = 0.05  # of the files: templates cost ten times what reading and saving does
# Not of schools: a file that waits, who is signed in, what a page asked for.
_OF_PAGES: Final = {"curricula.pendingimport", "curricula.signedin", "curricula.work"}
BESIDE: Final = _OF_PAGES | {"axes.accesslog", "axes.accessattempt"}
PAGES_OF_A_PLAN: Final = ("overview", "courses", "matrix", "abilities", "prerequisites", "courses-export")


class TooSlow(BaseException):
    """No Exception, so that nothing which catches those goes on."""


@dataclass(frozen=True)
class Trial:
    number: int
    kind: str
    name: str
    size: int
    end: str  # saved, refused, not read, or a fault
    seconds: float
    fault: str = ""


@contextmanager
def within_seconds(seconds: int) -> Iterator[None]:
    def stop(*_signal: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(10 * seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def file_of(number: int, *, seed: int) -> tuple[str, str, bytes, Random]:
    """The same for the same numbers, whatever came before."""
    draw = Random(f"{seed}:{number}")
    one = draw.choice(seeds())
    return (one.kind, *generated(one, draw), draw)


def try_file(number: int, *, seed: int, universe: Universe) -> Trial:
    kind, name, content, draw = file_of(number, seed=seed)
    cache.clear()
    start, fault = _worked(), ""
    try:
        with within_seconds(SECONDS), transaction.atomic():
            end = _end(_Sent(kind, name, content, draw, universe))
            transaction.set_rollback(True)
    except TooSlow:
        end, fault = "fault", f"took more than {SECONDS} s\n{traceback.format_exc()}"
    except Exception:
        end, fault = "fault", traceback.format_exc()
    seconds = _worked() - start
    if seconds > SECONDS and not fault:
        end, fault = "fault", f"took {seconds:.0f} s"
    return Trial(number, kind, name, len(content), end, seconds, fault)


def _worked() -> float:
    """Seconds of work of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def prepared() -> Universe:
    """The universe of the tests with three courses, made where the database has none yet."""
    school = School.objects.filter(slug="north").first()
    if school is None:
        universe = make_universe()
        add_courses(universe.curriculum, 3)
        return universe
    people = {name: User.objects.get(username=name) for name in (*Membership.Role.values, "outsider")}
    return Universe(Framework.objects.get(slug="trade"), school, Curriculum.objects.get(), **people)


class _Sent:
    """A file, where it goes, and who sends it."""

    def __init__(self, kind: str, name: str, content: bytes, draw: Random, universe: Universe) -> None:
        self.kind, self.draw, self.universe = kind, draw, universe
        self.file = SimpleUploadedFile(name or "x", content)
        self.stated = self._stated()

    def _stated(self) -> dict[str, Any]:
        framework, school = self.universe.framework.pk, self.universe.school.pk
        if self.kind == "curriculum":
            new = {"target": "", "program": "new", "year": "2027", "school": school, "framework": framework}
            return new if self.draw.random() < 0.5 else {"target": self.universe.curriculum.key}
        slug = self.draw.choice(("mine", "mine", "trade")) if self.kind == "framework" else "mine"
        return {"source": slug, "slug": slug, "school": school, "framework": framework, "collected": "2026-05-01"}


def _end(sent: _Sent) -> str:
    """How the file ended; refused it has changed nothing."""
    before = rows_of_tables()
    if sent.kind == "syllabus":
        end = _read(sent)
    else:
        end = _shown(sent) if sent.draw.random() < THROUGH_PAGES else _saved(sent)
    now = rows_of_tables()
    if end != "saved" or sent.kind == "syllabus":
        assert now == before, f"half saved: {[(name, n, now[name]) for name, n in before.items() if now[name] != n]}"
    return end


def _read(sent: _Sent) -> str:
    return "saved" if SyllabusForm({}, {"file": sent.file}).is_valid() else "not read"


def _saved(sent: _Sent) -> str:
    kind = KINDS[sent.kind]
    form = kind.form(sent.stated, {"file": sent.file}, user=sent.universe.director)
    if not form.is_valid():
        return "not read"
    with _read_once(sent.kind):
        try:
            done = save(kind, keep_upload(kind, form), waits=False)
        except UnreadableFile:
            return "not read"
        except REFUSALS:
            return "refused"
    return "saved" if done is not None and done.saved else "refused"


def _shown(sent: _Sent) -> str:
    """The same as a person does it, and the pages of what was saved."""
    client = Client()
    client.force_login(sent.universe.director)
    with _read_once(sent.kind):
        answer = _answer(client.post(f"/import/?kind={sent.kind}", sent.stated | {"file": sent.file}))
        if answer.status_code != 302 or _answer(client.get(place := answer["Location"])).status_code != 200:
            return "not read"
        answer = _answer(client.post(place, {"do": "save"}))
    if answer.status_code != 302 or answer["Location"].split("?")[0] == "/import/":
        return "refused"
    _answer(client.get(answer["Location"]))
    if sent.kind == "curriculum":
        plan = Curriculum.objects.latest("changed")
        for name in sent.draw.sample(PAGES_OF_A_PLAN, 2):
            _answer(client.get(plan.page(name)))
    return "saved"


def _answer(answer: Any) -> Any:
    assert answer.status_code < 500, f"{answer.request['PATH_INFO']}: {answer.status_code}"
    return answer


def rows_of_tables() -> dict[str, int]:
    """Of everything that schools and the site keep, in one query."""
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.label_lower not in BESIDE]
    tables = sorted({model._meta.db_table for model in models if model._meta.managed})
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', COUNT(*) FROM \"{name}\"" for name in tables))
        return dict(cursor.fetchall())


@contextmanager
def _read_once(code: str) -> Iterator[None]:
    """Two or three requests read the file; here it is read for the first of them and kept for the others."""
    kind = KINDS[code]
    kept: list[Any] = []
    reading = kind.read

    def read(pending: Any) -> Any:
        if not kept:
            kept.append(reading(pending))
        return kept[0]

    kind.read = read  # type: ignore[method-assign]
    try:
        yield
    finally:
        del kind.read  # type: ignore[misc]
