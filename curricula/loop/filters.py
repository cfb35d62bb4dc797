from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from competencies.listing import holding, search_input, select_input
from curricula.models import Action

OPEN = ("unfinished", _("open or under way"))


class ActionFilter(FilterSet):
    """Actions that hold some words, in one state and by one actor."""

    q = CharFilter(label=_("Search"), method="search", widget=search_input(_("Search actions")))
    state = ChoiceFilter(
        label=_("State"),
        choices=[OPEN, *Action.State.choices],
        empty_label=_("All states"),
        method="in_state",
        widget=select_input(),
    )
    actor = ChoiceFilter(
        label=_("Actor"), choices=Action.Actor.choices, empty_label=_("All actors"), widget=select_input()
    )

    def search(self, actions: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        fields = ("title", "ability", "course", "note", "evidence", "owner__username")
        return actions.filter(holding(words, *fields))

    def in_state(self, actions: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        states = (Action.State.OPEN, Action.State.UNDER_WAY) if state == OPEN[0] else (state,)
        return actions.filter(state__in=states)
