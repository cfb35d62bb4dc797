"""What somebody may read and holds some words; one query for each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competencies.listing import holding
from competencies.models import Ability, DemandSource, Framework, Position, Posting
from curricula.models import Course
from curricula.queries import plans_open_to

MOST_WORDS: Final = 8
MOST_LETTERS: Final = 100


def words_of(text: str) -> list[str]:
    """What is searched for: every word must be found.

    >>> words_of("  live   selling ")
    ['live', 'selling']
    """
    return text[:MOST_LETTERS].split()[:MOST_WORDS]


def _holding(records: QuerySet[Any], words: Sequence[str], fields: Sequence[str]) -> QuerySet[Any]:
    """Those in which each word stands in one of the fields, in capitals or not."""
    for word in words:
        records = records.filter(holding(word, *fields))
    return records


def _plans(user: Any, words: Sequence[str]) -> QuerySet[Any]:
    named = ["program__slug", "program__title_en", "program__title_zh", "year"]
    named += [f"program__school__{name}" for name in ("slug", "title_en", "title_zh")]
    plans = plans_open_to(user).select_related("program__school")
    return _holding(plans, words, named).order_by("-year", "program__school__slug", "program__slug")


def _courses(user: Any, words: Sequence[str]) -> QuerySet[Any]:
    courses = Course.objects.filter(curriculum__in=plans_open_to(user).values("pk"))
    found = _holding(courses, words, ("code", "title_en", "title_zh"))
    return (
        found.select_related("curriculum__program__school")
        .defer("description", "note")
        .order_by("-curriculum__year", "code", "pk")
    )


def _abilities(user: Any, words: Sequence[str]) -> QuerySet[Any]:
    mine = Ability.objects.filter(framework__in=Framework.objects.readable_by(user).values("pk"))
    found = _holding(mine, words, ("code", "title_en", "title_zh", "statement_en", "statement_zh"))
    return found.select_related("framework").order_by("framework__slug", "order", "pk")


def _positions(user: Any, words: Sequence[str]) -> QuerySet[Any]:
    mine = Position.objects.filter(framework__in=Framework.objects.readable_by(user).values("pk"))
    found = _holding(mine, words, ("code", "title_en", "title_zh"))
    return found.select_related("framework").order_by("framework__slug", "order", "pk")


def _postings(user: Any, words: Sequence[str]) -> QuerySet[Any]:
    mine = Posting.objects.filter(source__in=DemandSource.objects.readable_by(user).values("pk"))
    found = _holding(mine, words, ("title", "text", "employer", "region"))
    return found.select_related("source").defer("sketch").order_by("-published", "pk")


@dataclass(frozen=True)
class Kind:
    code: str
    title: Promise
    search: Callable[[Any, Sequence[str]], QuerySet[Any]]


KINDS: Final = (
    Kind("plans", _("Plans"), _plans),
    Kind("courses", _("Courses"), _courses),
    Kind("abilities", _("Abilities"), _abilities),
    Kind("positions", _("Positions"), _positions),
    Kind("postings", _("Postings"), _postings),
)
