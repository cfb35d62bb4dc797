"""What postings are worth where one employer repeats itself: the one place in which that is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse, special

from . import UndefinedMeasure
from .checks import Floats, numbers
from .frames import MIN_POSTINGS, PostingFrames
from .rates import Employers, Mentions, cluster_codes, cluster_sums, presence, wilson_bounds

LEAST_MENTIONS: Final = 5  # with fewer, an ability tells too little of how its employers repeat themselves
LEAST_EMPLOYERS: Final = 8  # effective; by analogy to the degrees of freedom below which NCHS asks for review


@dataclass(frozen=True)
class EffectivePostings:
    postings: int
    mentions: int
    employers: int  # a posting without employer is one of its own
    effective_employers: float  # n²/Σn_g²: as many of equal size
    design_effect: float  # 1 or more
    effective_postings: float  # n*, at most the postings
    low: float  # 95 % Wilson of k·n*/n in n*
    high: float


@dataclass(frozen=True)
class Repetition:
    """How far employers repeat themselves in a set of postings, and what that costs."""

    postings: int
    employers: int  # a posting without employer is one of its own
    effective_employers: float
    effective_postings: float  # n* of the median ability that is mentioned; nan with one employer
    largest: int  # postings of the employer with most

    @property
    def noticeable(self) -> bool:
        return not self.effective_postings >= 0.95 * self.postings

    @property
    def of_one(self) -> bool:
        """Whether one employer costs as much as all others together: its n_g² is half of all, Σn_g² = n²/m_e."""
        return self.postings > 0 and 2 * self.largest**2 * self.effective_employers >= self.postings**2


@dataclass(frozen=True)
class EffectiveCounts:
    """The same of many abilities in one set of postings; every array has one element an ability.

    With one employer, design_effect and effective_postings are nan: how employers differ is unknown. Without
    postings they are 1 and 0.
    """

    postings: int  # n
    employers: int  # m
    effective_employers: float  # m_e, 0 without postings
    largest: int  # postings of the employer with most
    mentions: Floats  # k
    design_effect: Floats
    effective_postings: Floats  # n*

    @property
    def rates(self) -> Floats:
        """k/n; nan without postings."""
        return self.mentions / (self.postings or np.nan)

    @property
    def effective_mentions(self) -> Floats:
        """k·n*/n."""
        return np.nan_to_num(self.mentions / max(self.postings, 1)) * self.effective_postings

    @property
    def repetition(self) -> Repetition:
        asked = self.effective_postings[self.mentions > 0]
        typical = float(np.median(asked)) if len(asked) else float(self.postings)
        return Repetition(self.postings, self.employers, self.effective_employers, typical, self.largest)

    def bounds(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Wilson's interval of each rate on effective postings; nan with one employer, (0, 1) without postings."""
        known = ~np.isnan(self.effective_postings)
        k, n = (np.where(known, values, 0.0) for values in (self.effective_mentions, self.effective_postings))
        low, high = wilson_bounds(k, n, level)
        return np.where(known, low, np.nan), np.where(known, high, np.nan)

    def table(self, abilities: pd.Index) -> pd.DataFrame:
        """The frame of demand: what every page, label and test reads, one row an ability.

        Columns: mentions, rate, design_effect, effective_postings, effective_mentions, low, high (95 % Wilson on
        effective postings), low_90 and high_90. Without postings, rates and intervals are nan.
        """
        (low, high), (low_90, high_90) = self.bounds(), self.bounds(0.90)
        intervals = {"low": low, "high": high, "low_90": low_90, "high_90": high_90}
        return pd.DataFrame(
            {
                "mentions": self.mentions,
                "rate": self.rates,
                "design_effect": self.design_effect,
                "effective_postings": self.effective_postings,
                "effective_mentions": self.effective_mentions,
                **{name: end if self.postings else np.full_like(end, np.nan) for name, end in intervals.items()},
            },
            index=abilities,
        )


def unknown_demand(counted: EffectiveCounts, *, min_postings: int = MIN_POSTINGS) -> str:
    """Why these postings do not tell what employers ask for: too_few_postings, too_few_employers; "" where they do.

    >>> unknown_demand(effective_counts([[1]] * 93, None)), unknown_demand(effective_counts([[1]] * 93, ["a"] * 93))
    ('', 'too_few_employers')
    """
    if counted.postings < max(min_postings, 1):
        return "too_few_postings"
    return "too_few_employers" if counted.effective_employers < LEAST_EMPLOYERS else ""


def effective_postings(mentions: npt.ArrayLike, employers: Employers) -> EffectivePostings:
    """How many independent postings these are worth for one ability, with the interval that this leaves.

    `mentions` is a vector of 0 and 1, one a posting; `employers` as many labels, None where unknown: that
    posting stands alone. n* = min(n, n/deff · (t(n−1)/t(m_e−1))²), in postings: n where nobody repeats, near 0
    where hardly more than one employer speaks. Raises UndefinedMeasure for no postings and for one employer,
    ValueError for other input. One ability alone cannot borrow a design effect: `effective_counts` does.
    Source: Korn and Graubard 1998, Survey Methodology 24, 193-201; employers counted as Kish 1965; Franco et
    al. 2019, J. Survey Stat. Methodol. 7, 334-364, for Wilson's form; counting t by Kish's number is ours.

    >>> found = effective_postings([1, 1, 0, 0], ["a", "a", "b", "b"])
    >>> found.design_effect, found.effective_employers  # 3/4 · 2/1 · (1² + 1²)/(4 · ¼)
    (3.0, 2.0)
    >>> effective_postings([1, 0, 1, 0], [None] * 4).effective_postings
    4.0
    """
    vector = numbers(mentions, name="mentions", highest=1.0)
    if vector.ndim != 1:
        raise ValueError(f"mentions must be a vector, but have {vector.ndim} dimensions")
    counted = effective_counts(vector[:, None], employers)
    if not counted.postings:
        raise UndefinedMeasure("There are no postings, so nothing is known of demand.")
    if counted.employers == 1:
        raise UndefinedMeasure("All postings are of one employer, so they cannot tell what employers ask for.")
    (low, high), each = counted.bounds(), (counted.design_effect, counted.effective_postings)
    effect, effective = (float(values[0]) for values in each)
    return EffectivePostings(
        postings=counted.postings,
        mentions=int(counted.mentions[0]),
        employers=counted.employers,
        effective_employers=counted.effective_employers,
        design_effect=effect,
        effective_postings=effective,
        low=float(low[0]),
        high=float(high[0]),
    )


def effective_counts(mentions: Mentions, employers: Employers | None) -> EffectiveCounts:
    """`effective_postings` of many abilities at once: postings × abilities of 0 and 1, dense, frame or sparse.

    An ability with fewer than 5 mentions takes at least the median design effect of those with 5 or more.

    >>> effective_counts([[1, 0], [1, 1], [0, 1], [0, 0]], ["a", "a", "b", "b"]).design_effect.tolist()
    [3.0, 1.0]
    """
    matrix = presence(mentions)
    n = matrix.shape[0]
    clusters = cluster_codes(employers, postings=n)
    sizes = np.bincount(clusters).astype(float)
    m, k = len(sizes), np.asarray(matrix.sum(axis=0), dtype=float).ravel()
    effective_employers = n**2 / float((sizes**2).sum()) if n else 0.0
    effect = _borrowed(_design_effects(matrix, clusters, sizes, k), k) if m != 1 else np.full_like(k, np.nan)
    return EffectiveCounts(
        postings=n,
        employers=m,
        effective_employers=effective_employers,
        largest=int(sizes.max(initial=0)),
        mentions=k,
        design_effect=effect,
        effective_postings=np.minimum(n, n / effect * _fewer_degrees(n, effective_employers)),
    )


def counted(frames: PostingFrames) -> EffectiveCounts:
    """Every ability of these postings, whose employers speak for themselves."""
    return effective_counts(frames.presence(), frames.employers())


def _design_effects(matrix: sparse.csr_array[Any], clusters: npt.NDArray[np.intp], sizes: Floats, k: Floats) -> Floats:
    n, m = len(clusters), len(sizes)
    # Residuals are kept times n: whole numbers, so that postings that all stand alone have exactly 1.
    sums = cluster_sums(matrix, clusters).toarray() * n - np.outer(sizes, k)
    between, within = (sums**2).sum(axis=0) * (n - 1) * m, k * (n - k) * n * n * (m - 1)
    return np.maximum(1.0, np.divide(between, within, out=np.ones_like(k), where=within > 0))


def _borrowed(effect: Floats, k: Floats) -> Floats:
    told = k >= LEAST_MENTIONS
    return np.where(told, effect, np.maximum(effect, np.median(effect[told]))) if told.any() else effect


def _fewer_degrees(n: int, employers: float) -> float:
    """(t(n − 1)/t(m_e − 1))²: 1 where every posting stands alone, smaller the fewer employers speak."""
    if employers <= 1:
        return 1.0
    wide = float(special.stdtrit(employers - 1, 0.975))
    return float(special.stdtrit(n - 1, 0.975) / wide) ** 2
