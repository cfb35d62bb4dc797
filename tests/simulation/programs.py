"""Programs of known truth: what postings truly ask for, what a plan teaches, and the postings that one would see.

`design` says how postings come about. Independent: every posting is an employer's only one. Unevenly tagged: the
terms find more of one ability than of another, and long postings mention more than short ones. Clustered: an
employer posts eight times on average and repeats three lines in five from its standing text. Heavy: one employer
posts a fifth to a half of all and repeats four lines in five, the others three postings each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from competencies.analysis.checks import Floats
from curricula.analysis.frames import CurriculumFrames, DemandFrames
from tests.gap_universe import NEWEST, YEAR, curriculum

ABILITIES: Final = (20, 40, 80, 120)
POSTINGS: Final = (93, 200, 500, 1000, 2000)
HOURS: Final = 2_400
UNRELATED_PLANS: Final = 10  # of each program
POSITION: Final = "position"


@dataclass(frozen=True)
class Design:
    name: str
    postings_each: float = 1.0  # of an employer, on average
    repeated: float = 0.0  # chance that a line of a posting is its employer's standing text
    largest: tuple[float, float] | None = None  # part of all postings that one employer has
    uneven: bool = False  # terms find more of one ability than of another


DESIGNS: Final = {
    design.name: design
    for design in (
        Design("independent"),
        Design("uneven", uneven=True),
        Design("clustered", postings_each=8, repeated=0.6),
        Design("heavy", postings_each=3, repeated=0.8, largest=(0.2, 0.5)),
    )
}


@dataclass(frozen=True)
class Program:
    """Frames as the analysis takes them, and the truth behind them; every array has one element an ability."""

    frames: CurriculumFrames
    rate: Floats  # of postings that truly ask for it now
    rate_before: Floats
    found: Floats  # of postings in which the terms find it now; another than `rate` where they err
    found_before: Floats
    theory: Floats  # hours
    practice: Floats
    required: npt.NDArray[np.bool_]
    now: Batch
    unchanged: Batch  # a smaller period of the same demand, for the age of a plan
    unrelated: Floats  # plans × abilities: hours that have nothing to do with demand


def program(design: Design, abilities: int, postings: int, seed: int) -> Program:
    """One program; the same arguments give the same program."""
    rng = np.random.default_rng([seed, abilities, postings, *design.name.encode()])
    rate, before = _rates(rng, abilities)
    theory, practice = _hours(rng, rate)
    required = rng.random(abilities) < 1 / 3
    terms = Terms.drawn(rng, design, abilities)
    fewer = max(93, int(postings * rng.uniform(0.6, 1.0)))
    now = Batch.drawn(rng, design, terms, postings, rate)
    earlier = Batch.drawn(rng, design, terms, fewer, before)
    return Program(
        frames=_frames(theory, practice, required, [now, earlier], rng),
        rate=rate,
        rate_before=before,
        found=terms.find(rate),
        found_before=terms.find(before),
        theory=theory,
        practice=practice,
        required=required,
        now=now,
        unchanged=Batch.drawn(rng, design, terms, max(31, postings // 3), rate),
        unrelated=rng.lognormal(0, 1, (UNRELATED_PLANS, abilities)),
    )


def _rates(rng: np.random.Generator, abilities: int) -> tuple[Floats, Floats]:
    """Rates now and a year before: seven in ten unchanged, the others doubled to fourfold, or the reverse."""
    rate = np.exp(rng.normal(np.log(0.06), 1.1, abilities)).clip(0.002, 0.6)
    change, factor = rng.random(abilities), rng.uniform(2, 4, abilities)
    before = np.select([change < 0.7, change < 0.85], [rate, rate / factor], default=rate * factor)
    return rate, before.clip(0.001, 0.6)


def _hours(rng: np.random.Generator, rate: Floats) -> tuple[Floats, Floats]:
    """Hours of theory and practice: half follow demand, the others are short, too many, between, or none."""
    size, kind = len(rate), rng.random(len(rate))
    bounds = [kind < 0.5, kind < 0.65, kind < 0.8, kind < 0.88]
    factors = [
        rng.normal(1, 0.1, size),
        rng.uniform(0.1, 0.5, size),
        rng.uniform(2, 4, size),
        rng.uniform(0.4, 2.5, size),
    ]
    exposed = rate * np.select(bounds, factors, default=0.0).clip(0)
    practised = np.where(rng.random(size) < 0.08, 0.0, rng.normal(0.55, 0.08, size).clip(0.1, 0.9))
    hours = exposed / exposed.sum() * HOURS
    return hours * (1 - practised), hours * practised


@dataclass(frozen=True)
class Terms:
    """How well the terms of each ability find it: the part of its mentions that they find, and of others mistaken."""

    recall: Floats
    mistaken: Floats

    @classmethod
    def drawn(cls, rng: np.random.Generator, design: Design, abilities: int) -> Terms:
        if not design.uneven:
            return cls(np.ones(abilities), np.zeros(abilities))
        return cls(rng.beta(8, 2, abilities), rng.exponential(0.002, abilities))

    def find(self, rate: Floats) -> Floats:
        """Of how many postings they say that the ability is asked for, where `rate` truly ask for it."""
        return rate * self.recall + (1 - rate) * self.mistaken


@dataclass(frozen=True)
class Batch:
    """The postings of one period: postings × abilities of 0 and 1, and the employer of each."""

    mentions: npt.NDArray[np.bool_]
    employers: npt.NDArray[np.int_]

    @classmethod
    def drawn(cls, rng: np.random.Generator, design: Design, terms: Terms, count: int, rate: Floats) -> Batch:
        employers = _employers(rng, design, count)
        standing = rng.random((employers.max() + 1, len(rate))) < rate
        length = rng.choice([0.5, 1.5], (count, 1)) if design.uneven else 1.0
        shape = (count, len(rate))
        asked = np.where(rng.random(shape) < design.repeated, standing[employers], rng.random(shape) < rate * length)
        return cls(rng.random(shape) < np.where(asked, terms.recall, terms.mistaken), employers)


def _employers(rng: np.random.Generator, design: Design, count: int) -> npt.NDArray[np.int_]:
    """Each posting's employer; unequal in size, as they are, where employers repeat themselves."""
    if design.postings_each == 1:
        return np.arange(count)
    weights = rng.lognormal(0, 0.6, max(8, round(count / design.postings_each)))
    if design.largest:
        part = rng.uniform(*design.largest)
        weights[0] = part / (1 - part) * weights[1:].sum()
    return rng.choice(len(weights), count, p=weights / weights.sum())


def _frames(
    theory: Floats, practice: Floats, required: npt.NDArray[np.bool_], seen: list[Batch], rng: np.random.Generator
) -> CurriculumFrames:
    names = [f"a{place:03}" for place in range(len(theory))]
    hours = {name: {"theory": t, "operation": p} for name, t, p in zip(names, theory, practice, strict=True)}
    steps = [(course, name, level, 0.0) for course, level in (("first", "I"), ("second", "D")) for name in names]
    asked = [name for name, is_asked in zip(names, required, strict=True) if is_asked]
    weights = rng.integers(1, 4, len(asked)).astype(float)
    return curriculum(
        abilities=names,
        hours={**hours, "first": {}, "second": {}},
        mappings=[*((name, name, "A", 1.0) for name in names), *steps],
        requirements=[(POSITION, name, weight, "") for name, weight in zip(asked, weights, strict=True)],
        positions=(POSITION,),
        prepares_for=(POSITION,),
        signed_off=True,
        demand=_demand(seen, names),
    )


def _demand(seen: list[Batch], names: list[str]) -> DemandFrames:
    parts = [_postings(batch, NEWEST - YEAR if period else NEWEST, period) for period, batch in enumerate(seen)]
    postings = pd.concat(parts).astype({"employer": "str", "position": "str", "source": "str"})
    rows, columns = np.nonzero(np.concatenate([batch.mentions for batch in seen]))
    mentions = pd.DataFrame({"posting": postings.index[rows], "ability": np.array(names)[columns]})
    return DemandFrames(postings, mentions, frozenset(names))


def _postings(batch: Batch, day: pd.Timestamp, period: int) -> pd.DataFrame:
    """Employers of different periods are different ones, which is the harder case for a test of change."""
    names = [f"e{period}.{employer}" for employer in batch.employers]
    index = pd.Index([f"p{period}.{place}" for place in range(len(names))], name="posting")
    told = {"employer": names, "counted_on": day, "dated": True, "position": POSITION, "source": "board"}
    return pd.DataFrame(told, index=index)
