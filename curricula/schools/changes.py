"""Who changed a school, its members and their roles, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from curricula.models import Membership, School
from curricula.wording import formats
from curricula.wording.facts import said

KEPT: Final = ("title_en", "title_zh", "hours_per_week")
Told = tuple[Any, Any, dict[int, str]]  # a state, the one before it, the names of users


@dataclass(frozen=True)
class SchoolChange:
    when: datetime
    who: str  # "" where no person was signed in
    what: str


def changes_of(school: School) -> list[SchoolChange]:
    """Newest first."""
    members = list(Membership.history.filter(school_id=school.pk).order_by("history_date", "history_id"))
    states = list(School.history.filter(id=school.pk).order_by("history_date", "history_id"))
    named = {state.user_id for state in members} | {state.history_user_id for state in (*members, *states)}
    names = dict(User.objects.filter(pk__in=named - {None}).values_list("pk", "username"))
    told = [*_told(members, _of_member, names), *_told(states, _of_school, names)]
    return sorted(told, key=lambda change: change.when, reverse=True)


def _told(states: Iterable[Any], words: Any, names: dict[int, str]) -> Iterator[SchoolChange]:
    before: dict[int, Any] = {}
    for state in states:
        if what := words(state, before.get(state.id), names):
            yield SchoolChange(state.history_date, names.get(state.history_user_id, ""), what)
        before[state.id] = state


def _of_member(state: Any, before: Any, names: dict[int, str]) -> str:
    who = names.get(state.user_id, formats.MISSING)
    roles = dict(Membership.Role.choices)
    if state.history_type == "-":
        return _("%(username)s is no member any more.") % {"username": who}
    if before is None:
        return _("%(username)s became a member: %(role)s.") % {"username": who, "role": roles[state.role]}
    if before.role == state.role:
        return ""
    change = {"username": who, "before": roles[before.role], "after": roles[state.role]}
    return _("The role of %(username)s: %(before)s → %(after)s.") % change


def _of_school(state: Any, before: Any, _names: dict[int, str]) -> str:
    if before is None:
        return _("The school was made.") if state.history_type == "+" else _("The school was changed.")
    changed = [name for name in KEPT if getattr(before, name) != getattr(state, name)]
    return "; ".join(
        f"{School._meta.get_field(name).verbose_name}: {said(getattr(before, name))} → {said(getattr(state, name))}"  # type: ignore[union-attr]
        for name in changed
    )
