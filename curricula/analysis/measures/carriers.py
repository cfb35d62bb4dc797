"""Which courses carry an ability, and which of them practise it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Carriers:
    """Of one ability and seen from one course: how many courses serve it, that course among them where it does."""

    serving: int
    practising: int  # of these, with hours of practice for certain
    unsure: int  # of these, whose hours leave open whether any is practice
    serves: bool  # the course does
    practises: bool  # the course does, for certain

    @property
    def only_one(self) -> bool:
        return self.serves and self.serving == 1

    @property
    def only_practising(self) -> bool:
        """No other course may practise it: where the hours of one are open, nobody can say so."""
        others_unsure = self.unsure > 0
        return self.serves and self.practises and self.practising == 1 and not others_unsure


def carriers_of(cells: pd.DataFrame, practice: pd.DataFrame, *, course: str) -> dict[str, Carriers]:
    """By ability, what `course` does for it beside the other courses of the plan.

    `cells`: course, ability (a row for each accepted cell); `practice`: by course, hours `practice_low` and
    `practice_high` as `stated_practice` gives them, the second nan without an upper end. A cell of a course without
    a line there is unsure. Nothing in, nothing out.

    >>> cells = pd.DataFrame({"course": ["A", "B"], "ability": ["x", "x"]})
    >>> practice = pd.DataFrame({"practice_low": [8.0, 0.0], "practice_high": [8.0, 0.0]}, index=["A", "B"])
    >>> carriers_of(cells, practice, course="A")["x"].only_practising
    True
    """
    known = practice.reindex(cells["course"])
    does = (known["practice_low"] > 0).to_numpy()
    unsure = ~does & ~(known["practice_high"] <= 0).to_numpy()
    own = (cells["course"] == course).to_numpy()
    marked = pd.DataFrame(
        {"serving": True, "does": does, "unsure": unsure, "own": own, "own_does": own & does}, index=cells.index
    )
    counts = marked.groupby(cells["ability"]).sum().astype(int)
    return {
        str(ability): Carriers(serving, practising, open_ended, serves=own > 0, practises=own_does > 0)
        for ability, (serving, practising, open_ended, own, own_does) in zip(
            counts.index, counts.to_numpy().tolist(), strict=True
        )
    }
