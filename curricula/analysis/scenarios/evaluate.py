"""What if? The effect of edits to a plan, at a small part of what a whole analysis costs."""

from __future__ import annotations

from collections.abc import Iterable

from curricula.analysis.frames import Agreement, CurriculumFrames
from curricula.analysis.gap import Judged, Prepared, judge, prepare
from curricula.analysis.raters import plan_agreement

from .applied_edits import apply_edits
from .edits import Edit
from .effects import Effect

__all__ = ["Effect", "Prepared", "prepare", "what_if"]


def what_if(prepared: Prepared, edits: Iterable[Edit], *, most_credits: float | None = None) -> Effect:
    """Before and after the edits, the same numbers that `analyse` gives of both plans.

    Demand, requirements and their resamples stay as they are, and so does the agreement of the raters unless a
    rated course is dropped; hours, shares and labels are worked out anew, because every share depends on the sum
    of all, and indices, readiness and the order of courses when they are read. `most_credits` is what one term may
    hold. Raises RefusedEdit, a ValueError, that names the edit which the plan cannot take.
    """
    edits = tuple(edits)
    frames = apply_edits(prepared.frames, edits)
    return Effect(prepared, edits, frames, _judged(prepared, frames), most_credits)


def _judged(prepared: Prepared, frames: CurriculumFrames) -> Judged:
    """Nothing is judged anew where the edits moved neither hours nor mapping nor ratings."""
    base = prepared.frames
    if frames.hours is base.hours and frames.mappings is base.mappings and frames.ratings is base.ratings:
        return prepared.judged
    return judge(frames, prepared.asked, prepared.policy, agreement=_agreement(prepared, frames))


def _agreement(prepared: Prepared, frames: CurriculumFrames) -> Agreement:
    """The raters' agreement is drawn anew only where a rated course was dropped."""
    if frames.ratings is prepared.frames.ratings:
        return prepared.judged.agreement
    return plan_agreement(frames, draws=prepared.draws, seed=prepared.seed)
