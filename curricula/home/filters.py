from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from competencies.listing import holding, search_input, select_input
from curricula.models import Curriculum, School


def _readable(request: Any) -> QuerySet[School]:
    return School.objects.with_member(request.user).order_by("slug")


class ProgramFilter(FilterSet):
    """The plans of one school, in one state, whose program or school is called so."""

    q = CharFilter(label=_("Search"), method="search", widget=search_input(_("Search programs")))
    school = ModelChoiceFilter(
        label=_("School"),
        field_name="program__school",
        queryset=_readable,
        to_field_name="slug",
        empty_label=_("All schools"),
        widget=select_input(),
    )
    state = ChoiceFilter(
        label=_("State"), choices=Curriculum.State.choices, empty_label=_("All states"), widget=select_input()
    )

    def search(self, plans: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        named = ("slug", "title_en", "title_zh")
        places = (f"{place}__{name}" for place in ("program", "program__school") for name in named)
        return plans.filter(holding(words, *places))
