"""What a scenario does to a plan: each number before and after, worked out when it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Generic, TypeVar

import pandas as pd

from curricula.analysis.electives import chosen_parts
from curricula.analysis.frames import (
    MODES,
    CertificationReadiness,
    CurriculumFrames,
    GapAnalysis,
    PairAlignment,
    last_terms,
)
from curricula.analysis.gap import Judged, Prepared, reported
from curricula.analysis.measures.sequence import (
    BrokenPrerequisite,
    broken_prerequisites,
    dropped_prerequisites,
    prerequisite_ring,
    term_credits,
)
from curricula.analysis.pairs import pair_alignments, with_chance_bands
from curricula.analysis.readiness import certification_readiness, position_readiness
from curricula.analysis.validation import ROUNDING

from .edits import Edit
from .plan_differences import plan_differences

T = TypeVar("T")
STATUSES: Final = ("label", "exposure_status", "practice_status", "theory_status")
BESIDE: Final = (
    *("taught_hours", "practised_hours", "exposure_hours", "assessed_hours"),
    *("taught_share", "practised_share", "exposure_share", "level_reached"),
)
SERVED: Final = ("taught", "practised", "assessed")


@dataclass(frozen=True)
class Change(Generic[T]):
    before: T
    after: T


@dataclass(frozen=True)
class CertificateChange:
    certification: str
    direction: str  # "" for the certificate as a whole
    aimed_at: Change[bool]  # does the curriculum say that it prepares for it?
    readiness: Change[CertificationReadiness]


@dataclass(frozen=True)
class Effect:
    """What edits do to a plan: the edited frames and what they were judged to be; all else follows when it is read."""

    prepared: Prepared = field(repr=False)
    edits: tuple[Edit, ...]
    frames: CurriculumFrames = field(repr=False)
    judged: Judged = field(repr=False)
    most_credits: float | None = None  # that one term may hold; None: no bound was given

    @cached_property
    def abilities(self) -> pd.DataFrame:
        """Every ability whose label or a status changes, in the framework's order.

        Columns label, the three statuses, hours, shares and level_reached, each with _before and _after.
        """
        before, after = self.prepared.judged.table, self.judged.table
        differs = (before[list(STATUSES)] != after[list(STATUSES)]).any(axis=1)
        columns = [*STATUSES, *BESIDE]
        return _side_by_side(before.loc[differs, columns], after.loc[differs, columns])

    @cached_property
    def indices(self) -> dict[str, Change[PairAlignment]]:
        """By pair, with ceiling and interval; the chance bands of the edited plan are in `alignment` only."""
        asked, base = self.prepared.asked, self.prepared.analysis.alignment
        if self.judged is self.prepared.judged:
            return {pair: Change(aligned, aligned) for pair, aligned in base.items()}
        after = pair_alignments(self.judged.sides, drawn=asked.drawn)
        return {pair: Change(base[pair], after[pair]) for pair in base}

    @cached_property
    def alignment(self) -> dict[str, Change[PairAlignment]]:
        """The indices with the band of exchanged abilities, which waits until it is read."""
        base = self.prepared.analysis.alignment
        indices = {pair: change.after for pair, change in self.indices.items()}
        after = with_chance_bands(indices, self.judged.sides, seed=self.prepared.seed)
        return {pair: Change(base[pair], after[pair]) for pair in base}

    @cached_property
    def analysis(self) -> GapAnalysis:
        """The whole analysis of the edited plan, the same that `analyse` gives of its frames."""
        alignment = {pair: change.after for pair, change in self.alignment.items()}
        asked, policy = self.prepared.asked, self.prepared.policy
        return reported(self.frames, asked, self.judged, policy=policy, alignment=alignment)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What the edited plan does differently, by `plan_differences`."""
        return plan_differences(self.prepared.frames, self.frames)

    @cached_property
    def positions(self) -> pd.DataFrame:
        """Index position; columns required, prepared, and taught, practised, assessed with _before and _after."""
        before = self.prepared.analysis.positions
        after = position_readiness(self.judged.table, self.frames)
        return before[["required", "prepared"]].join(_side_by_side(before[list(SERVED)], after[list(SERVED)]))

    @cached_property
    def certificates(self) -> tuple[CertificateChange, ...]:
        """Every certificate of the framework as a whole, then in each of its directions."""
        before, after = self.prepared.analysis.certifications, certification_readiness(self.frames)
        sides = self.prepared.frames, self.frames
        return tuple(
            CertificateChange(
                certification=was.certification,
                direction=was.direction,
                aimed_at=Change(*(was.certification in side.certifications for side in sides)),
                readiness=Change(was, will_be),
            )
            for was, will_be in zip(before, after, strict=True)
        )

    @property
    def credits(self) -> Change[float]:
        """The sum over the courses whose credits are known, as a student takes them."""
        return Change(
            *(float((side.courses["credits"].astype(float) * self._taken(side)).sum()) for side in self._sides)
        )

    @property
    def credits_kept(self) -> bool:
        """Whether a course that stays gets more or fewer hours while its credits are known, and stay as they are."""
        before, after = (side.hours[list(MODES)].astype(float).sum(axis=1) for side in self._sides)
        stated = self.frames.courses["credits"].notna()
        changed = (after - before).abs() > ROUNDING  # without a value for courses of one plan alone
        return bool((changed & stated.reindex(changed.index, fill_value=False)).any())

    @property
    def credits_unknown(self) -> Change[int]:
        """Courses without credits."""
        return Change(*(int(side.courses["credits"].isna().sum()) for side in self._sides))

    @cached_property
    def hours(self) -> pd.DataFrame:
        """Index MODES; columns before, after: hours of all courses, as a student takes them."""
        sides = (side.hours[list(MODES)].astype(float).mul(self._taken(side), axis=0).sum() for side in self._sides)
        return _before_and_after(*sides)

    @cached_property
    def unmapped(self) -> pd.DataFrame:
        """Index MODES; columns before, after: hours that no ability gets."""
        return _before_and_after(self.prepared.judged.teaching.unmapped, self.judged.teaching.unmapped)

    @property
    def unmapped_part(self) -> Change[float | None]:
        """Of all hours except assessment; None where there are none."""
        return Change(self.prepared.analysis.unmapped_part, self.judged.teaching.unmapped_part)

    @cached_property
    def terms(self) -> pd.DataFrame:
        """Index term; columns credits_before, credits_after, of the courses whose credits are known."""
        sides = [term_credits(frames, self.prepared.policy)[["credits"]] for frames in self._sides]
        return _side_by_side(*sides).sort_index().fillna(0.0)

    @property
    def spread(self) -> bool:
        """Whether a course of either plan runs over several terms."""
        return any((last_terms(side.courses) > side.courses["term"].astype(float)).any() for side in self._sides)

    @property
    def overfull(self) -> tuple[int, ...]:
        """Terms of the edited plan whose credits exceed the bound given; none where none was given."""
        held = self.terms["credits_after"]
        return () if self.most_credits is None else tuple(int(term) for term in held.index[held > self.most_credits])

    @cached_property
    def broken(self) -> tuple[BrokenPrerequisite, ...]:
        """Prerequisites that the edited plan does not keep."""
        return (*dropped_prerequisites(*self._sides), *broken_prerequisites(self.frames))

    @cached_property
    def broken_before(self) -> tuple[BrokenPrerequisite, ...]:
        """Prerequisites that the plan did not keep as it was."""
        return broken_prerequisites(self.prepared.frames)

    @property
    def newly_broken(self) -> tuple[BrokenPrerequisite, ...]:
        """The prerequisites that the edits break."""
        known = {(each.requires, each.course) for each in self.broken_before}
        return tuple(each for each in self.broken if (each.requires, each.course) not in known)

    @cached_property
    def ring(self) -> tuple[str, ...]:
        """Courses of the edited plan that require each other, () without one."""
        return prerequisite_ring(self.frames)

    def _taken(self, side: CurriculumFrames) -> pd.Series:
        return chosen_parts(side, self.prepared.policy)

    @property
    def _sides(self) -> tuple[CurriculumFrames, CurriculumFrames]:
        return self.prepared.frames, self.frames


def _side_by_side(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Both frames joined by label, each column with _before beside its _after."""
    joined = before.add_suffix("_before").join(after.add_suffix("_after"), how="outer")
    return joined[[f"{column}_{side}" for column in before for side in ("before", "after")]]


def _before_and_after(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"before": before, "after": after})
