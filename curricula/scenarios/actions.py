"""Scenarios: made, edited, proposed, withdrawn, and turned into the next version of their plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from curricula.analysis.scenarios.applied_edits import apply_edits
from curricula.analysis.scenarios.edits import Edit, edit_to_json
from curricula.evaluation.scenarios import edits_of, newest_version_of, prepared_to_try
from curricula.models import Curriculum, Scenario
from curricula.records.editing import held as hold
from curricula.records.room import expect_room
from curricula.records.versions import next_version, touch

from .apply_to_records import apply_to_records

State = Scenario.State
MOST_EDITS: Final = 200
MOST_TITLE: Final = int(Scenario._meta.get_field("title").max_length or 0)


class ScenarioClosed(ValueError):
    """The scenario's state does not allow it; the message says so to the reader."""


@transaction.atomic
def start_scenario(curriculum: Curriculum, *, title: str, note: str, user: Any) -> Scenario:
    """An empty scenario; the same form sent twice gives the one that is there and still empty."""
    hold(curriculum)
    same = {"curriculum": curriculum, "title": title, "note": note, "created_by": user}
    empty = Scenario.objects.filter(**same, edits=[], state=State.DRAFT).first()
    return empty or create_scenario(curriculum, title=title, note=note, user=user)


def create_scenario(
    curriculum: Curriculum, *, title: str, user: Any, edits: Iterable[Edit] = (), note: str = ""
) -> Scenario:
    """A draft of edits to the plan as it stands. The title is cut to what its field holds.

    Raises RefusedEdit, and ScenarioClosed for more edits than a scenario holds; then nothing is saved.
    """
    edits = tuple(edits)
    _expect_few(edits)
    _expect_applicable(curriculum, edits)
    stored = [edit_to_json(each) for each in edits]
    return Scenario.objects.create(
        curriculum=curriculum, title=title[:MOST_TITLE], note=note, created_by=user, edits=stored
    )


def add_edits(scenario: Scenario, edits: Iterable[Edit], *, seen: str | None = None) -> None:
    """`seen` as in remove_edit, but to add is never in vain: only the same edits once more are a second click."""
    added = tuple(edits)
    with _open(scenario) as held:
        present = edits_of(held)
        if seen in (None, held.stamp) or present[-len(added) :] != added:
            _store(held, (*present, *added))


def remove_edit(scenario: Scenario, place: int, *, seen: str | None = None) -> None:
    """Raises ScenarioClosed where the scenario was changed since it had the stamp that the reader saw."""
    _change(scenario, lambda present: present[: _held(present, place)] + present[place + 1 :], seen=seen)


def move_edit(scenario: Scenario, place: int, to: int, *, seen: str | None = None) -> None:
    """Make the edit earlier or later; what follows from it must still be possible. `seen` as in remove_edit."""

    def moved(present: tuple[Edit, ...]) -> tuple[Edit, ...]:
        others = present[: _held(present, place)] + present[place + 1 :]
        return (*others[: max(to, 0)], present[place], *others[max(to, 0) :])

    _change(scenario, moved, seen=seen)


def undo_last_change(scenario: Scenario, *, seen: str | None = None) -> bool:
    """Put back the edits as they were before the last change; False where there was none. Twice is as before."""
    with _open(scenario) as held:
        _expect_seen(held, seen)
        for earlier in held.history.order_by("-history_id").values_list("edits", flat=True):
            if earlier != held.edits:
                held.edits = earlier
                held.save()
                return True
    return False


def describe_scenario(scenario: Scenario, *, title: str, note: str) -> None:
    with _open(scenario) as held:
        held.title, held.note = title, note
        held.save()


@transaction.atomic
def set_lock(curriculum: Curriculum, code: str, *, locked: bool) -> bool:
    """Whether advice by hours leaves a course as it is; False where the plan has no such course."""
    course = curriculum.courses.filter(code=code).first()
    if course is None:
        return False
    course.locked = locked
    course.save()
    touch(curriculum)
    return True


def copy_scenario(scenario: Scenario, *, curriculum: Curriculum, title: str, user: Any) -> Scenario:
    """The same edits as a draft on the version given. Raises RefusedEdit where that version cannot take them."""
    return create_scenario(curriculum, title=title, user=user, edits=edits_of(scenario), note=scenario.note)


def propose_scenario(scenario: Scenario) -> None:
    """From now on its edits stand still, so that what is decided on is what was read."""
    with _open(scenario) as held:
        if not held.edits:
            raise ScenarioClosed(_("A scenario without edits proposes nothing: add one first."))
        _expect_applicable(held.curriculum, edits_of(held))
        held.state = State.PROPOSED
        held.save()


def withdraw_scenario(scenario: Scenario) -> None:
    with _held_in(scenario, State.DRAFT, State.PROPOSED) as held:
        held.state = State.WITHDRAWN
        held.save()


@transaction.atomic
def apply_scenario(scenario: Scenario) -> Curriculum:
    """The next version of the plan, a draft, with the proposed edits done: whole or not at all.

    Raises ScenarioClosed for one that is not proposed or whose version is not the newest any more, RefusedEdit
    where the plan changed meanwhile so that it cannot take an edit, PlanFull where it would hold too much.
    """
    with _held_in(scenario, State.PROPOSED) as held:
        base = Curriculum.objects.select_for_update().get(pk=held.curriculum_id)
        if not newest_version_of(base):
            raise ScenarioClosed(_("The plan has a newer version: copy the scenario to that one first."))
        edits = edits_of(held)
        _expect_applicable(base, edits)
        made = next_version(base)
        apply_to_records(made, edits)
        expect_room(made)
        touch(made)
        held.state, held.applied_as = State.APPLIED, made
        held.save()
    return made


def _expect_applicable(curriculum: Curriculum, edits: tuple[Edit, ...]) -> None:
    apply_edits(prepared_to_try(curriculum).frames, edits)


def _change(
    scenario: Scenario, changed: Callable[[tuple[Edit, ...]], tuple[Edit, ...]], *, seen: str | None = None
) -> None:
    with _open(scenario) as held:
        _expect_seen(held, seen)
        _store(held, changed(edits_of(held)))


def _store(held: Scenario, edits: tuple[Edit, ...]) -> None:
    _expect_few(edits)
    _expect_applicable(held.curriculum, edits)
    held.edits = [edit_to_json(each) for each in edits]
    held.save()


def _expect_few(edits: tuple[Edit, ...]) -> None:
    if len(edits) > MOST_EDITS:
        raise ScenarioClosed(_("A scenario holds at most %(most)s edits.") % {"most": MOST_EDITS})


def _expect_seen(held: Scenario, seen: str | None) -> None:
    """A place in the list means what its reader saw there; a second click must not take the next one."""
    if seen is not None and seen != held.stamp:
        raise ScenarioClosed(_("The scenario was changed in the meantime, so nothing was done: look at it again."))


def _held(edits: tuple[Edit, ...], place: int) -> int:
    if not 0 <= place < len(edits):
        raise ScenarioClosed(_("This edit is not in the scenario any more."))
    return place


def _open(scenario: Scenario) -> Any:
    return _held_in(scenario, State.DRAFT)


@contextmanager
def _held_in(scenario: Scenario, *states: str) -> Iterator[Scenario]:
    """The scenario held for one writer; the object given shows what became of it."""
    with transaction.atomic():
        held = Scenario.objects.select_for_update().get(pk=scenario.pk)
        held.curriculum = scenario.curriculum
        if held.state not in states:
            message = _("This scenario is “%(state)s” and stays as it is; a copy can be changed.")
            raise ScenarioClosed(message % {"state": held.get_state_display()})
        yield held
    for name in ("title", "note", "edits", "state", "applied_as", "changed"):
        setattr(scenario, name, getattr(held, name))
