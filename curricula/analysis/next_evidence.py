"""Which evidence would settle most of what is undecided, for the least work: by simulation of what is not known yet.

A step is tried in many draws. Each draws what the step would find out (further postings at a rate that the postings so
far allow, shares or practice that nobody stated) and judges by the rules of the labels. A finding's chance is the part
of the draws in which nothing of it stays unsure. What a step cannot find out stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import ceil, sqrt
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from competencies.analysis.checks import Floats
from competencies.analysis.demand import adjusted_p_values
from competencies.analysis.effective import LEAST_EMPLOYERS
from competencies.analysis.rates import binomial_midp, wilson_bounds

from .ability_stats import MOST_ASSUMED, intensity, rate_of_share, size_status
from .frames import Policy
from .gap import Prepared
from .settling import grown
from .teaching_hours import MOST_OPEN

Flags = npt.NDArray[np.bool_]
UNDECIDED: Final = ("inconclusive", "practice_unstated")
DRAWS: Final = 100
GROWTHS: Final = (1.5, 2.0, 3.0, 5.0, 10.0)  # times the postings there are; more is nobody's plan
MOST_COURSES: Final = 5  # asked for in one step
LEAST_CHANCE: Final = 0.05  # below it a step is no way to a finding
SEVERAL: Final = 2  # effective employers, below which nothing is drawn from their postings
LEAST_WORTH: Final = 0.5  # findings that a step must settle on average to be named
# Pragmatic: minutes to find a posting and enter it, to state one share or level, to split the hours of a course, and
# to rate a cell without looking at what others said.
MINUTES: Final = {"postings": 1, "shares": 3, "levels": 2, "practice": 10, "raters": 3}


@dataclass(frozen=True)
class Step:
    """Something to collect or to state.

    kind: postings, shares, practice, levels or raters. courses: whose, in the order of what hangs on them. pieces:
    how many postings, shares, courses, levels or cells that is. chances: of each undecided finding, by ability, that
    the step settles it; empty with `open`, the number of findings that hang on it, where that cannot be simulated.
    how: of postings that cannot be simulated, "further" where each has to be of another employer, "anew" where it is
    less work to collect enough without those that there are.
    """

    kind: str
    pieces: int
    courses: tuple[str, ...] = ()
    postings: int = 0  # to have in all
    employers: int = 0
    chances: dict[str, float] = field(default_factory=dict)
    open: int = 0
    how: str = ""

    @property
    def key(self) -> str:
        """What tells it from the others of a plan: it stays the same where only the chances change."""
        said = "\n".join((self.kind, str(self.postings), self.how, *self.courses))
        return f"{self.kind}-{sha256(said.encode()).hexdigest()[:16]}"

    @property
    def minutes(self) -> int:
        return self.pieces * MINUTES[self.kind]

    @property
    def expected(self) -> float:
        """How many findings it settles on average."""
        return sum(self.chances.values())


@dataclass(frozen=True)
class World:
    """What could be known, one column a draw: shares of hours, and what the postings say in effect."""

    exposed: Floats
    practised: Floats
    upper: Floats  # of practice; infinite where it has no end, nan where practice is not compared
    hours: tuple[Any, Any]  # all exposure and all practice
    mentions: Floats
    postings: Floats
    assumed: Flags  # abilities × 1: most hours rest on shares that nobody stated
    known: Flags  # abilities × 1: demand is


def next_evidence(prepared: Prepared, *, draws: int = DRAWS, seed: int = 0) -> tuple[Step, ...]:
    """The steps that would settle something, those first that settle most in an hour; what cannot be simulated last.

    The same analysis, draws and seed give the same list. Nothing is listed of a mapping that is not finished: it is
    finished first. Source: preposterior analysis by simulation, Raiffa and Schlaifer 1961, Applied Statistical
    Decision Theory; the rules and the minutes are this method's.
    """
    if prepared.judged.unfinished:
        return ()
    trial = Trial(prepared, draws, np.random.default_rng(seed))
    found = (trial.postings(), trial.shares(), trial.practice(), trial.levels())
    told = [step for step in found if step is not None and step.expected >= LEAST_WORTH]
    ranked = sorted(told, key=lambda step: -step.expected / step.minutes)
    asked = {step.kind for step in ranked}
    last = (trial.unknown_demand(), trial.raters())
    return (*ranked, *(step for step in last if step is not None and step.kind not in asked))


class Trial:
    """One plan in which steps are tried."""

    def __init__(self, prepared: Prepared, draws: int, rng: np.random.Generator) -> None:
        self.prepared, self.policy, self.draws, self.rng = prepared, prepared.policy, draws, rng
        self.table, self.teaching = prepared.judged.table, prepared.judged.teaching
        self.demand, self.cells = prepared.asked.demand, self.teaching.cells
        self.undecided = self.table.index[self.table["label"].isin(UNDECIDED) & self.table["counted"]]

    def now(self) -> World:
        """What is known, as one draw."""
        table = self.table
        columns = {name: table[[name]].to_numpy(dtype=float) for name in ("exposure_share", "practised_share")}
        upper = np.where(
            table[["practice_open"]], np.inf, table[["practised_share_high"]].fillna(np.inf).to_numpy(dtype=float)
        )
        return World(
            exposed=columns["exposure_share"],
            practised=columns["practised_share"],
            upper=upper,
            hours=(table["exposure_hours"].sum(), table["practised_hours"].sum()),
            mentions=np.nan_to_num(table[["effective_mentions"]].to_numpy(dtype=float)),
            postings=np.nan_to_num(table[["effective_postings"]].to_numpy(dtype=float)),
            assumed=table[["shares_assumed"]].to_numpy(dtype=bool),
            known=table[["known"]].to_numpy(dtype=bool),
        )

    def chances(self, world: World) -> dict[str, float]:
        """How often each undecided finding is settled."""
        settled = pd.Series(self._settled(world).mean(axis=1), index=self.table.index)[self.undecided]
        return {str(code): float(part) for code, part in settled.items() if part >= LEAST_CHANCE}

    def _settled(self, world: World) -> Flags:
        table = self.table
        exposed = table[["exposure_hours"]].to_numpy() > 0
        required = table[["required_weight"]].to_numpy() > 0
        by_size, rates = self._by_size(world), wilson_bounds(world.mentions, world.postings)
        open_ended = np.isinf(world.upper)
        wanted = table[["wanted"]].to_numpy() & (table[["taught_hours"]].to_numpy() > 0)
        unstated = wanted & ~(world.practised > 0) & ~(world.upper <= 0)
        absent = world.known & ((rates[0] > self.policy.demand_floor) | (rates[1] < self.policy.demand_floor))
        covered = ~world.known & required & ~open_ended
        return np.where(exposed, ((world.known & by_size) | covered) & ~unstated, absent)

    def _by_size(self, world: World) -> Flags:
        """Whether one size is too small for sure, or all of them are told and rest on shares that were stated."""
        sizes = (world.exposed, world.exposed, world.hours[0]), (world.practised, world.upper, world.hours[1])
        found = [_statuses(x, upper, hours, world, self.policy) for x, upper, hours in sizes]
        told = np.logical_and(*(np.isin(status, ("below", "above", "within")) for status in found))
        return (found[0] == "below") | (found[1] == "below") | (told & ~world.assumed)

    # Postings

    def postings(self) -> Step | None:
        """More of them, as many as settle most for the work."""
        if self.demand.unknown(self.policy) and not self._enough_to_draw():
            return None
        steps = [self._with_postings(growth) for growth in self._growths()]
        worth = [step for step in steps if step.expected >= 1] or steps
        return max(worth, key=lambda step: step.expected / step.minutes)

    def _enough_to_draw(self) -> bool:
        """With less than a tenth of what is needed, a simulation would tell of its prior alone.

        And of one employer, or of one with nearly all, nobody knows how others would differ.
        """
        several = self.demand.label.employers > 1 and self.demand.label.effective_employers >= SEVERAL
        return self.demand.postings >= self.policy.min_postings / 10 and several

    def _growths(self) -> list[float]:
        """Where demand is unknown, at least up to what it needs."""
        if not self.demand.unknown(self.policy):
            return list(GROWTHS)
        employers = LEAST_EMPLOYERS / self.demand.label.effective_employers
        least = max(self.policy.min_postings / self.demand.postings, employers, 1.0)
        return [least * growth for growth in (1.0, *GROWTHS)]

    def _with_postings(self, growth: float) -> Step:
        """Further postings are worth what those there are worth, and ask at a rate drawn from what these allow."""
        world = self.now()
        k, n = world.mentions, world.postings
        rate = self.rng.beta(k + 0.5, np.maximum(n - k, 0.0) + 0.5, size=(len(k), self.draws))
        more = np.round(n * (growth - 1)).astype(int)
        mentions = k + self.rng.binomial(more, rate)
        known = self.table[["searchable"]].to_numpy(dtype=bool)
        found = replace(world, mentions=mentions, postings=n + more + 0.0 * mentions, known=known)
        held = self.demand.postings, self.demand.label.employers
        postings, employers = (grown(count, growth) for count in held)
        return Step("postings", postings - held[0], (), postings, employers, self.chances(found))

    def unknown_demand(self) -> Step | None:
        """Where the postings that there are tell too little to draw from: what makes demand known at all."""
        if not self.demand.unknown(self.policy):
            return None
        held, needed = self.demand.label, self.policy.min_postings
        more, waiting = needed - held.postings, int(self.table["counted"].sum())
        others = other_employers_needed(held.postings, held.effective_employers) if held.postings else 0
        if others <= more:
            return Step("postings", more, (), needed, LEAST_EMPLOYERS, {}, waiting)
        pieces, how = (others, "further") if others <= needed else (needed, "anew")
        return Step("postings", pieces, (), pieces, LEAST_EMPLOYERS, {}, waiting, how)

    # What the plan does not state

    def shares(self) -> Step | None:
        """Shares of the courses whose assumed ones hold most hours of what is undecided."""
        return self._best("shares", self.cells[self.cells["assumed"] & (self.cells["share"] > 0)], self._with_shares)

    def practice(self) -> Step | None:
        """Practice of the courses that do not say how many of their hours are practice."""
        in_doubt = self.cells["course"].isin(self.teaching.without_practice)
        cells = self.cells[in_doubt & (self.cells["share"] > 0)]
        # While practice is not compared at all, a few courses that state theirs would stand for all of it.
        whole = not self.teaching.practice_stated
        return self._best("practice", cells, self._with_practice, whole=whole)

    def _best(self, kind: str, cells: pd.DataFrame, tried: Any, *, whole: bool = False) -> Step | None:
        """Of the one, two … courses with most hours of undecided findings, as many as settle most for the work.

        `whole`: of all of them at once.
        """
        hours = cells["exposed"].where(cells["ability"].isin(self.undecided), 0.0).groupby(cells["course"]).sum()
        courses = (hours if whole else hours[hours > 0]).sort_values(ascending=False, kind="stable").index
        steps = []
        for count in (len(courses),) if whole else range(1, min(len(courses), MOST_COURSES) + 1):
            asked = tuple(map(str, courses[:count]))
            touched = cells["course"].isin(asked)
            pieces = int(touched.sum()) if kind == "shares" else count
            chances = self.chances(tried(touched.reindex(self.cells.index, fill_value=False).to_numpy()))
            steps.append(Step(kind, pieces, asked, chances=chances))
        return max(steps, key=lambda step: step.expected / step.minutes, default=None)

    def _with_shares(self, stated: Flags) -> World:
        """Any division of what a course leaves open is as likely as another."""
        cells, course = self.cells, pd.factorize(self.cells["course"])[0]
        drawn = np.where(stated[:, None], self.rng.exponential(size=(len(cells), self.draws)), 0.0)
        left = np.bincount(course, np.where(stated, cells["share"], 0.0))
        sums = np.zeros((len(left), self.draws))
        np.add.at(sums, course, drawn)
        with np.errstate(invalid="ignore"):
            portion = np.where(stated[:, None], drawn / sums[course] * left[course][:, None], cells[["share"]])
        times = portion / cells[["share"]].where(cells[["share"]] > 0, 1.0).to_numpy()
        exposed, practised = (self._summed(cells[[kind]].to_numpy() * times) for kind in ("exposed", "practised"))
        assumed = self._summed(cells[["exposed"]].to_numpy() * (cells["assumed"].to_numpy() & ~stated)[:, None])
        return self._of_hours(exposed, practised, assumed=assumed > MOST_ASSUMED * self._summed(cells[["exposed"]]))

    def _with_practice(self, stated: Flags) -> World:
        """Of unsplit hours any part may be practice; of a course without a total, as much as it teaches."""
        cells, course = self.cells, pd.factorize(self.cells["course"])[0]
        part = self.rng.random((course.max(initial=-1) + 1, self.draws))[course]
        unsplit = (cells["exposed"] - cells["taught"] - cells["practised"]).clip(lower=0.0).to_numpy()[:, None]
        open_ended = cells["course"].isin(self.teaching.open_practice).to_numpy()[:, None]
        more = np.where(stated[:, None], part * np.where(open_ended, cells[["taught"]], unsplit), 0.0)
        exposed = self._summed(cells[["exposed"]].to_numpy() + np.where(open_ended, more, 0.0))
        practised = self._summed(cells[["practised"]].to_numpy() + more)
        left = self._summed(np.where(stated[:, None], 0.0, unsplit) + 0.0 * part)
        still_open = open_ended & ~stated[:, None]
        return self._of_hours(exposed, practised, unsplit=left, open_ended=self._summed(still_open) > 0)

    def _summed(self, by_cell: Any) -> Floats:
        """Values of cells, one column a draw, added up by ability."""
        values = np.asarray(by_cell, dtype=float)
        sums = np.zeros((len(self.table), values.shape[1]))
        np.add.at(sums, self.table.index.get_indexer(pd.Index(self.cells["ability"])), values)
        return sums

    def _of_hours(
        self,
        exposed: Floats,
        practised: Floats,
        *,
        assumed: Flags | None = None,
        unsplit: Floats | None = None,
        open_ended: Flags | None = None,
    ) -> World:
        """The present demand with other hours."""
        now = self.now()
        open_ended = self.table[["practice_open"]].to_numpy(dtype=bool) if open_ended is None else open_ended
        unsplit = self.table[["unsplit_hours"]].to_numpy(dtype=float) if unsplit is None else unsplit
        compared = exposed[open_ended[:, 0]].sum(axis=0) <= MOST_OPEN * exposed.sum(axis=0)
        total = np.where(practised.sum(axis=0) > 0, practised.sum(axis=0), np.nan)
        upper = np.where(open_ended, np.inf, (practised + unsplit) / (total + unsplit))
        return replace(
            now,
            exposed=exposed / exposed.sum(axis=0),
            practised=np.where(compared, practised / total, np.nan),
            upper=upper,
            hours=(exposed.sum(axis=0), practised.sum(axis=0)),
            assumed=now.assumed if assumed is None else assumed,
        )

    def levels(self) -> Step | None:
        """Levels of the abilities of which everything but the level is told: stated, it settles them for certain."""
        told = [code for code, row in self.prepared.analysis.abilities.iterrows() if _only_level_lacks(row)]
        cells = self.cells[self.cells["ability"].isin(told) & (self.cells["level"] == "")]
        courses = tuple(map(str, cells["course"].unique()))
        return Step("levels", len(cells), courses, chances=dict.fromkeys(map(str, told), 1.0)) if told else None

    def raters(self) -> Step | None:
        """A second opinion: how often people would differ cannot be drawn from what one person said."""
        agreement = self.prepared.judged.agreement
        found = int((self.table["counted"] & (self.table["label"] != "no_finding")).sum())
        if agreement.raters < 2 and len(self.cells):
            largest = self.cells.sort_values("exposed", ascending=False, kind="stable")
            half = int((largest["exposed"].cumsum() < largest["exposed"].sum() / 2).sum()) + 1
            return Step("raters", half, _first(largest["course"][:half]), open=found)
        if self.table["provisional"].any():
            return Step("raters", len(agreement.unstable), _first(agreement.unstable["course"]), open=found)
        return None


def other_employers_needed(postings: int, effective_employers: float) -> int:
    """How many postings, each of another employer, bring the effective employers to the least that demand needs.

    Of n postings of m_e effective employers Σn_g² is n²/m_e; with x more it is that + x, of n + x postings.

    >>> other_employers_needed(100, 1.0)  # 286² / (100² + 186) = 8.03
    186
    """
    half, squares = postings - LEAST_EMPLOYERS / 2, postings**2 / effective_employers
    lacking = LEAST_EMPLOYERS * squares - postings**2
    return max(0, ceil(sqrt(half**2 + lacking) - half)) if lacking > 0 else 0


def _first(courses: pd.Series) -> tuple[str, ...]:
    return tuple(map(str, courses.unique()))


def _only_level_lacks(row: pd.Series) -> bool:
    if row["label"] != "no_finding" or "level_unstated" not in {reason.code for reason in row["reasons"]}:
        return False
    within = row["exposure_status"] == "within" and row["practice_status"] == "within"
    by_presence = "by_presence" in {reason.code for reason in row["reasons"]}
    return bool(by_presence or (within and not row["shares_assumed"]) or row["demand_unknown"])


def _statuses(x: Floats, upper: Floats, hours: Any, world: World, policy: Policy) -> npt.NDArray[np.object_]:
    """The status of every ability in every draw, by the rule of the labels; "" where it is unknown."""
    k, n = np.broadcast_arrays(world.mentions, world.postings)
    counted = np.where(world.known, intensity(k / np.maximum(n, 1e-9), n, policy), 0.0)
    total = counted.sum(axis=0)
    scale = 1 / np.where(total > 0, total, np.nan)
    ends = [intensity(end, n, policy) * scale for end in wilson_bounds(k, n, 0.90)]
    x, upper, k, n, demand = np.broadcast_arrays(x, upper, k, n, counted * scale)
    known = world.known & ~np.isnan(x) & ~np.isnan(demand)
    p = np.ones(x.shape)
    p[known] = binomial_midp(k[known], n[known], rate_of_share(x, total, policy)[known])
    for draw in range(x.shape[1]):
        family = known[:, draw]
        p[family, draw] = adjusted_p_values(p[family, draw])
    found = size_status(x, upper, demand, ends, sure=p <= policy.fdr, hours=hours, policy=policy)
    return np.where(known, found, "")
