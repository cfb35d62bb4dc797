"""The demo's mapping as a task: what its director asked of whom, some of it done; invented as all of the demo."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from curricula.comments.actions import answer, begin, resolve
from curricula.comments.targets import Target
from curricula.models import Curriculum, Lecturer, Membership, School
from curricula.teaching.assignment_actions import Request, ask_lecturers, finish

from .demo_data import FOLDER, Done, Listener, plan_of


@transaction.atomic
def load_asks(school: School, listener: Listener) -> None:
    """Only into a demo that was made in this run, and after its accounts."""
    file = json.loads((FOLDER / "asks.json").read_text(encoding="utf-8"))
    plan = plan_of(school, file["curriculum"])
    _name(plan, file["lecturers"])
    for name, username in file["members"].items():
        member = Membership.objects.filter(school=school, user__username=username).first()
        if member is not None:
            Lecturer.objects.update_or_create(school=school, name=name, defaults={"membership": member})
    _ask(plan, file)
    _hear_industry(school, **file["industry"])
    _say(plan, file["comments"])
    listener.done(Done("asks", created=len(file["asked"])))


def _hear_industry(school: School, *, username: str, name: str) -> None:
    """Somebody whose comments are opinions of industry; nobody signs in as them."""
    person = User.objects.create_user(username, first_name=name)
    Membership.objects.create(user=person, school=school, role=Membership.Role.VIEWER, from_industry=True)


def _say(plan: Curriculum, comments: list[dict[str, Any]]) -> None:
    """Each begins a thread on its course and ability; an answer follows the one before it, and may settle it."""
    thread = None
    for each in comments:
        by = User.objects.filter(username=each["by"]).first()
        if each["answers"] and thread is not None:
            answer(thread, text=each["text"], by=by)
            if each.get("settles"):
                resolve(thread, by=by)
            continue
        ability = plan.framework.abilities.filter(code=each["ability"]).first()
        target = Target(course=plan.courses.filter(code=each["course"]).first(), ability=ability)
        thread = begin(plan, target, text=each["text"], by=by)


def _name(plan: Curriculum, lecturers: dict[str, list[str]]) -> None:
    for course in plan.courses.filter(code__in=lecturers):
        course.lecturers = lecturers[course.code]
        course.save()


def _ask(plan: Curriculum, file: dict[str, Any]) -> None:
    director = User.objects.filter(username="demo-director").first()
    courses = plan.courses.filter(code__in=file["asked"])
    request = Request(due=timezone.localdate() + timedelta(days=14), note=str(file["note"]))
    for made in ask_lecturers(plan, courses, request=request, by=director).made:
        for line in made.courses.filter(course__code__in=file["done"]):
            finish(line)
