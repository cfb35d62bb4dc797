"""Cells of a plan that raters see differently or that somebody disputes, until a later decision settles them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as Mapped
from datetime import datetime
from typing import Final

import pandas as pd

from curricula.analysis.raters import differing, judgements
from curricula.models import CellDecision, CellQuestion, Curriculum, Mapping, Rating

from .frames import mappings_frame, part_rated_frame

Cell = tuple[str, str]  # codes of course and ability
PLACE: Final = ("course", "ability__code")


def judged_by_raters(curriculum: Curriculum) -> pd.DataFrame:
    """Raters by cells, as they were handed in; empty where nobody rated."""
    _accepted, ratings = mappings_frame(curriculum)
    return judgements(ratings, part_rated=part_rated_frame(curriculum)) if len(ratings) else pd.DataFrame()


def unsettled_cells(curriculum: Curriculum, judged: pd.DataFrame) -> frozenset[Cell]:
    """`judged` as `judged_by_raters` gives it."""
    disputed, raised = _disputed(curriculum), _raised(curriculum)
    settled, handed_in = _last_settled(curriculum), _handed_in(curriculum)
    return frozenset(
        cell
        for cell in _apart(judged) | set(raised) | disputed
        if cell in disputed or _is_open(settled.get(cell), [*raised.get(cell, ()), *handed_in.get(cell[0], ())])
    )


def _apart(judged: pd.DataFrame) -> set[Cell]:
    return {(str(cell[0]), str(cell[1])) for cell in differing(judged).columns.tolist()} if len(judged) else set()


def _disputed(curriculum: Curriculum) -> set[Cell]:
    rows = Mapping.objects.of(curriculum).own().filter(state=Mapping.State.DISPUTED)
    return {(course, ability) for course, ability in rows.values_list("course__code", "ability__code")}


def _is_open(settled: datetime | None, said: list[datetime]) -> bool:
    """Until a decision that came after all that was said of it."""
    return settled is None or any(moment > settled for moment in said)


def _raised(curriculum: Curriculum) -> Mapped[Cell, list[datetime]]:
    found: dict[Cell, list[datetime]] = defaultdict(list)
    for course, ability, moment in CellQuestion.objects.of_plan(curriculum).values_list(*PLACE, "raised"):
        found[course, ability].append(moment)
    return found


def _last_settled(curriculum: Curriculum) -> dict[Cell, datetime]:
    rows = CellDecision.objects.of_plan(curriculum).order_by("recorded")
    return {(course, ability): moment for course, ability, moment in rows.values_list(*PLACE, "recorded")}


def _handed_in(curriculum: Curriculum) -> dict[str, list[datetime]]:
    """By the code of a course, when its ratings came in."""
    found: dict[str, list[datetime]] = defaultdict(list)
    rows = Rating.objects.filter(course__curriculum=curriculum, handed_in__isnull=False)
    for course, moment in rows.values_list("course__code", "handed_in"):
        if moment is not None:
            found[course].append(moment)
    return found
