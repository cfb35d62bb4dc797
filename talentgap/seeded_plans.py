"""Thousands of plans with stored figures, drawn from a seed: what a whole province would keep in one place.

They show how home and the table of programs bear them; what a plan looks like shows the demo.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.templatetags.static import static
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competencies.models import Framework
from curricula.models import Course, Curriculum, Membership, PlanFigures, Program, School

STATES: Final = ("draft", "draft", "in_review", "approved")
COURSES: Final = 2
SLUG: Final = "seeded"
ROLES: Final = ("director", "administrator")
TIMES: Final = 7  # a page is opened so often, and the fastest counts: what else a machine does only adds


class SeedRefused(ValueError):
    """What has to be otherwise first, such as that there is a real school; the message says so."""


@dataclass(frozen=True)
class PageCost:
    """What one page cost: time of the processor and of a database that is a server of its own, and queries."""

    role: str
    path: str
    seconds: float
    queries: int


@transaction.atomic
def seed_plans(number: int, *, seed: int, slug: str = SLUG, states: Sequence[str] = STATES) -> School:
    """As many plans in a school of their own as are missing to `number`. Raises SeedRefused."""
    if real := School.everything.filter(sample=False).first():
        raise SeedRefused(f"“{real.slug}” is a real school: drawn plans go into a database of their own")
    framework = Framework.objects.order_by("slug").first()
    if framework is None:
        raise SeedRefused("there is no framework yet: load_demo or first_visit brings those that come along")
    titles = {"title_en": "Drawn plans", "title_zh": "随机方案"}
    school, _new = School.objects.get_or_create(slug=slug, defaults={**titles, "sample": True})
    missing = number - Program.objects.filter(school=school).count()
    if missing > 0:
        make_plans(missing, school=school, framework=framework, seed=seed, states=states)
    return school


def costs_with(*numbers: int, seed: int) -> list[tuple[PageCost, ...]]:
    """What home and the table of programs cost with so many plans, which are taken back. Raises SeedRefused."""
    _expect_collected()
    with transaction.atomic():
        schools = [
            seed_plans(number, seed=seed, slug=f"{SLUG}-{number}", states=("approved",))  # pages ask most of these
            for number in numbers
        ]
        analyse_tables()
        found = [costs for role in ROLES for costs in _costs(schools, role)]
        transaction.set_rollback(True)
    return found


def _expect_collected() -> None:
    """Pages name their static files as they were collected, unless the program is only tried."""
    try:
        static("talentgap.css")
    except ValueError as error:
        raise SeedRefused("static files are not collected yet: run collectstatic first") from error


def analyse_tables() -> None:
    """PostgreSQL plans by what it knows of a table, which it learns by itself only once rows are committed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _costs(schools: list[School], role: str) -> list[tuple[PageCost, ...]]:
    clients = [_client(school, role) for school in schools]
    table = reverse("programs")
    return [_page_costs(clients, role, path) for path in (reverse("home"), table, f"{table}?sort=-gaps")]


def _client(school: School, role: str) -> Client:
    user = get_user_model().objects.create(username=f"{school.slug}-{role}")
    Membership.objects.create(user=user, school=school, role=role)
    client = Client(
        SERVER_NAME=next((name for name in settings.ALLOWED_HOSTS if name.strip("*.") == name), "localhost")
    )
    client.force_login(user)
    return client


def _page_costs(clients: list[Client], role: str, path: str) -> tuple[PageCost, ...]:
    """By turns, so that what slows the machine down slows all of them."""
    taken = [[_seconds(client, path) for client in clients] for _again in range(TIMES)]
    fastest = [min(times) for times in zip(*taken, strict=True)]
    return tuple(
        PageCost(role, path, seconds, _queries(client, path)) for client, seconds in zip(clients, fastest, strict=True)
    )


def _seconds(client: Client, path: str) -> float:
    waited = 0.0

    def wait(execute: Any, *asked: Any) -> Any:
        nonlocal waited
        began = time.perf_counter() - time.process_time()
        try:
            return execute(*asked)
        finally:
            waited += time.perf_counter() - time.process_time() - began

    began = time.process_time()
    with connection.execute_wrapper(wait) if connection.vendor != "sqlite" else nullcontext():
        _open(client, path)
    return time.process_time() - began + waited


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        _open(client, path)
    return len(asked)


def _open(client: Client, path: str) -> None:
    answer = client.get(path, secure=settings.SECURE_SSL_REDIRECT)
    if answer.status_code != 200:
        raise SeedRefused(f"{path} answered {answer.status_code}")


def make_plans(
    number: int,
    *,
    school: School,
    framework: Framework,
    seed: int = 2026,
    states: Sequence[str] = STATES,
) -> list[Curriculum]:
    """Each a program of its own with two courses and a row of figures; the same for the same seed."""
    drawn = Random(seed)  # noqa: S311 - nothing is kept secret by it
    start = Program.objects.filter(school=school).count()
    programs = Program.objects.bulk_create(
        Program(school=school, slug=f"p{n}", title_en=f"Program {n}", title_zh=f"专业{n}")
        for n in range(start, start + number)
    )
    plans = Curriculum.objects.bulk_create(
        Curriculum(program=program, year=2020 + drawn.randrange(7), framework=framework, state=drawn.choice(states))
        for program in programs
    )
    Course.objects.bulk_create(
        Course(curriculum=plan, code=f"C{n}", title_en=f"Course {n}") for plan in plans for n in range(COURSES)
    )
    PlanFigures.objects.bulk_create(_figures(plan, drawn) for plan in plans)
    return plans


def _figures(plan: Curriculum, drawn: Random) -> PlanFigures:
    gaps = drawn.randrange(20)
    return PlanFigures(
        curriculum=plan,
        stamp="of an earlier state",
        made_with="",
        sentences={"en": f"This plan leaves out {gaps}.", "zh-hans": f"本方案未覆盖{gaps}项。"},
        gaps=gaps,
        aligned=drawn.randrange(40),
        undecided=drawn.randrange(40),
        courses=COURSES,
        mapped_courses=0,
        mapped_part=0.0,
        postings=drawn.randrange(900),
        evidence_first=date(2025, 10, 1),
        evidence_last=date(2026, 9, 30),
        gaps_before=gaps + 1,
        gaps_changed=datetime(2026, 1, 1, tzinfo=UTC),
    )
