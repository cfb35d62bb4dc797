"""The demo's loop: what was found, done and decided over two invented years, through the same writers as a user's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

import pandas as pd
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from curricula.analysis.frames import CurriculumFrames, DemandFrames
from curricula.evaluation.snapshots import inputs_of
from curricula.loop.actions import decide, save_action, take_snapshot
from curricula.models import Action, Curriculum, Decision, Program, School

from .demo_data import FOLDER, Done, Listener, plan_of

Entry = Mapping[str, Any]  # one record of loop.json
NOON: Final = time(12)


@transaction.atomic
def load_loop(school: School, listener: Listener) -> None:
    """Only into a demo that was made in this run: later ones are their users', who may have changed what it needs."""
    file = json.loads((FOLDER / "loop.json").read_text(encoding="utf-8"))
    school.review_steps = file["review_steps"]
    school.save()
    for entry in file["snapshots"]:
        _freeze(plan_of(school, entry["curriculum"]), entry)
    for entry in file["actions"]:
        _act(school.programs.get(slug=entry["program"]), entry)
    for entry in file["reviews"]:
        _review(plan_of(school, entry["curriculum"]), entry["decisions"])
    listener.done(Done("loop", created=sum(map(len, file.values()))))


def _moment(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), NOON))


def _freeze(plan: Curriculum, entry: Entry) -> None:
    """As the plan stood then: with what was not mapped yet, and the postings that were there."""
    moment = _moment(entry["made"])
    inputs = inputs_of(plan, moment=moment)
    frames = _as_it_was(inputs.frames, entry)
    take_snapshot(plan, by=None, note=entry["note"], created=moment, inputs=replace(inputs, frames=frames))


def _as_it_was(frames: CurriculumFrames, entry: Entry) -> CurriculumFrames:
    mappings = frames.mappings[~frames.mappings["ability"].isin(entry["not_mapped_yet"])].reset_index(drop=True)
    hours = frames.hours.copy()
    for course, stated in entry["hours"].items():
        hours.loc[course, list(stated)] = list(stated.values())
    return replace(frames, mappings=mappings, hours=hours, demand=_until(frames.demand, entry["postings_until"]))


def _until(demand: DemandFrames | None, day: str | None) -> DemandFrames | None:
    if demand is None or day is None:
        return demand
    postings = demand.postings[demand.postings["counted_on"] <= pd.Timestamp(day)]
    mentions = demand.mentions[demand.mentions["posting"].isin(postings.index)].reset_index(drop=True)
    return replace(demand, postings=postings, mentions=mentions)


def _act(program: Program, entry: Entry) -> None:
    named = ("title", "ability", "course", "actor", "state", "origin", "evidence")
    days = {name: entry[stated] and date.fromisoformat(entry[stated]) for name, stated in _DAYS.items()}
    facts = {name: entry[name] for name in named} | days
    save_action(Action(program=program, created=_moment(entry["entered"]), owner=_user("demo-director"), **facts))


_DAYS: Final = {"due": "due", "closed_on": "closed"}


def _user(name: str) -> User | None:
    return User.objects.filter(username=name).first()


def _review(plan: Curriculum, entries: list[Entry]) -> None:
    for entry in entries:
        moment = _moment(entry["on"])
        facts = {name: entry[name] for name in ("kind", "reason", "document")}
        decision = Decision(created=moment, decided_on=moment.date(), **facts)
        decide(plan, decision, by=_user(entry["by"]))
