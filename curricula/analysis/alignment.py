"""How far two emphases overlap, what chance would give, and what so few mentions could show at best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

import numpy as np
import numpy.typing as npt
from scipy import special

from competencies.analysis import UndefinedMeasure
from competencies.analysis.checks import Floats, numbers, same_labels, same_shape, whole
from competencies.analysis.rates import Employers, Mentions, binomial_distance, binomial_pmf
from competencies.analysis.resampling import (
    CELLS_AT_ONCE,
    basic_interval,
    employer_sums,
    percentile_interval,
    resampled_sums,
)

SUM_TOLERANCE = 1e-6
TABLE = 2**16
LEAST_EXCHANGED, ALL_EXCHANGED = 5, 7  # abilities: from so many on there is a band; up to so many, of all orders


@dataclass(frozen=True)
class PorterNull:
    mean: float  # exact
    low: float  # 5 % of random allocations, or of exchanges, lie below
    high: float  # 5 % lie above


def porter_index(left: npt.ArrayLike, right: npt.ArrayLike) -> float:
    """Porter's alignment index, 1 − ½Σ|x̂ − ŷ|: the part of two emphases that overlaps.

    Takes two arrays or frames of one shape, values ≥ 0 in any unit; each is divided by its own sum, frames
    are matched by their labels. 0: nothing in common; ½: half of one side would have to move; 1: the same
    emphasis, cell by cell. The cells' order and each side's unit do not matter. Raises UndefinedMeasure where
    a side sums to 0, ValueError for values or shapes that cannot be compared.
    Source: Porter 2002, Educational Researcher 31(7), 3-14.

    >>> porter_index([30, 10], [1, 1])
    0.75
    """
    left_values, right_values = _sides(left, right)
    return float(_overlap(emphasis(left_values).ravel(), emphasis(right_values).ravel()))


def _sides(left: npt.ArrayLike, right: npt.ArrayLike) -> tuple[Floats, Floats]:
    left_values = numbers(left, name="left side")
    right_values = numbers(same_labels(left, right), name="right side")
    same_shape(left_values, right_values, names=("left side", "right side"))
    return left_values, right_values


def emphasis(values: npt.ArrayLike) -> Floats:
    """Values ≥ 0 divided by their sum: shares of one whole, in the same shape.

    Raises UndefinedMeasure where they sum to 0.

    >>> emphasis([30, 10]).tolist()
    [0.75, 0.25]
    """
    array = numbers(values, name="values")
    largest = array.max(initial=0.0)
    if not largest:
        raise UndefinedMeasure("One side is empty: nothing was recorded there, so no shares can be formed.")
    scaled = array / largest  # a sum of the largest floats would overflow
    return scaled / scaled.sum()


def porter_null(
    cells: int, left_points: int, right_points: int, *, replications: int = 20_000, seed: int = 0
) -> PorterNull:
    """What the index would be if both sides had spread their points over the cells at random.

    Takes whole numbers: the table's cells (≥ 1) and each side's coding decisions (mapped cells, mentions,
    requirement items; never hours). `mean` is exact, `low` and `high` are the 5 % and 95 % points of
    `replications` seeded allocations. An index inside the band is no better than chance; above, the two sides
    agree; below, they avoid each other. One cell gives 1 throughout. Raises UndefinedMeasure where a side
    has no points. Source: Fulmer 2011, J. Educ. Behav. Stat. 36, 381-402.

    >>> porter_null(2, 1, 1).mean  # two points in two cells: half of the time together
    0.5
    """
    cells = whole(cells, name="cells", lowest=1)
    left, right = whole(left_points, name="left points"), whole(right_points, name="right points")
    if not left or not right:
        raise UndefinedMeasure("One side has no coding decisions, so chance has nothing to allocate.")
    return _porter_null(cells, left, right, whole(replications, name="replications", lowest=1), seed)


@lru_cache(maxsize=512)  # pages ask again for the same table; one seed has one answer
def _porter_null(cells: int, left: int, right: int, replications: int, seed: int) -> PorterNull:
    low, high = np.quantile(_random_indices(cells, left, right, replications, seed), [0.05, 0.95])
    mean = 1 - cells * binomial_distance(left, right, 1 / cells) / 2
    return PorterNull(mean=mean, low=float(low), high=float(high))


def _random_indices(cells: int, left: int, right: int, replications: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    block = max(1, CELLS_AT_ONCE // cells)
    sizes = [min(block, replications - start) for start in range(0, replications, block)]
    return np.concatenate(
        [_overlap(*(_allocations(rng, cells, points, size) / points for points in (left, right))) for size in sizes]
    )


def _allocations(rng: np.random.Generator, cells: int, points: int, size: int) -> npt.NDArray[np.int_]:
    """Points spread over cells at random: size × cells, each row an even multinomial.

    Independent Poisson counts are, given their sum, an even allocation of that sum. So most points are drawn as
    such counts, a little short of all, and the rest is thrown one by one: several times faster than a multinomial,
    unless there are so few cells that the rest is the larger part.
    """
    even, short = np.full(cells, 1 / cells), 3 * points**0.5
    if short > 8 * cells:
        return rng.multinomial(points, even, size)
    many = points > short + 2 * cells
    counts = _poisson(rng, (points - short) / cells, (size, cells)) if many else np.zeros((size, cells), dtype=np.intp)
    missing = points - counts.sum(axis=1)
    for row in np.flatnonzero(missing < 0):  # one in a thousand has too many
        counts[row] = rng.multinomial(points, even)
        missing[row] = 0
    thrown = rng.integers(0, cells, size=int(missing.sum()), dtype=np.uint32)
    places = np.repeat(np.arange(size) * cells, missing) + thrown
    return counts + np.bincount(places, minlength=size * cells).reshape(size, cells)


def _poisson(rng: np.random.Generator, mean: float, shape: tuple[int, int]) -> npt.NDArray[np.intp]:
    """Poisson counts by inversion; a table leads straight to nearly all of them."""
    below = special.pdtr(np.arange(mean + 12 * mean**0.5 + 30), mean)  # beyond it no float can go
    starts = np.searchsorted(below, np.arange(TABLE) / TABLE)
    uniform = rng.random(shape[0] * shape[1])
    counts = starts[(uniform * TABLE).astype(np.intp)]
    further = np.flatnonzero(below[counts] < uniform)
    counts[further] = np.searchsorted(below, uniform[further]).clip(max=len(below) - 1)
    return counts.reshape(shape)


def porter_permutation_null(
    left: npt.ArrayLike, right: npt.ArrayLike, *, replications: int = 20_000, seed: int = 0
) -> PorterNull:
    """What the index would be if one side's abilities were exchanged: as uneven as they are, matched at random.

    Takes what `porter_index` takes: hours, mentions or weights ≥ 0, one ability a row; columns (levels) stay
    with their ability. `mean` is exact, 1 − ΣaΣb|x̂a − ŷb|/2K; `low` and `high` are the 5 % and 95 % points of
    all exchanges for K ≤ 7, else of `replications` seeded ones. An index above the band is more alike than if
    the abilities were exchanged; inside, it is no closer than exchanged. Where one side is even, all three are
    equal. Raises UndefinedMeasure for fewer than 5 abilities and where a side sums to 0.
    Source: Fisher 1935, The Design of Experiments; Pitman 1937, J. R. Stat. Soc. Suppl. 4, 119-130.

    >>> found = porter_permutation_null([1, 0, 0, 0, 0], [1, 0, 0, 0, 0])  # one exchange in five meets
    >>> round(found.mean, 9), found.low, found.high
    (0.2, 0.0, 1.0)
    """
    x, y = _sides(left, right)
    if len(x) < LEAST_EXCHANGED:
        raise UndefinedMeasure("Fewer than 5 abilities have too few exchanges to tell a match from chance.")
    drawn = whole(replications, name="replications", lowest=1)
    return _permutation_null(emphasis(x).tobytes(), emphasis(y).tobytes(), len(x), drawn, seed)


@lru_cache(maxsize=256)  # pages ask again for the same sides
def _permutation_null(left: bytes, right: bytes, abilities: int, replications: int, seed: int) -> PorterNull:
    x, y = (np.frombuffer(side).reshape(abilities, -1) for side in (left, right))
    apart = (np.abs(np.subtract.outer(a, b)) for a, b in zip(x.T, y.T, strict=True))
    distances = sum(apart, np.zeros((abilities, abilities))) / 2
    exchanged = [_exchanged(distances, orders) for orders in _orders(abilities, replications, seed)]
    low, high = np.quantile(np.concatenate(exchanged), [0.05, 0.95])
    return PorterNull(mean=float(1 - distances.sum() / abilities), low=float(low), high=float(high))


def _exchanged(distances: Floats, orders: npt.NDArray[np.intp]) -> Floats:
    """The index of each order of the right side's abilities, one a row."""
    return np.clip(1 - distances[np.arange(len(distances)), orders].sum(axis=1), 0.0, 1.0)


def _orders(abilities: int, replications: int, seed: int) -> Iterator[npt.NDArray[np.intp]]:
    """All orders where they are few, else random ones, in blocks."""
    if abilities <= ALL_EXCHANGED:
        yield np.array(list(permutations(range(abilities))))
        return
    rng, block = np.random.default_rng(seed), max(1, CELLS_AT_ONCE // abilities)
    for start in range(0, replications, block):
        rows = np.tile(np.arange(abilities), (min(block, replications - start), 1))
        yield rng.permuted(rows, axis=1, out=rows)


def porter_ceiling(shares: npt.ArrayLike, mentions: int) -> float:
    """The index to be expected from a sample of mentions although both sides are truly the same.

    Takes shares that sum to 1 (those of the demand, were it like the curriculum) and a whole number of
    mentions; returns 1 − ½ΣE|X/n − p̂| with X binomial. Near 0: so few mentions over so many cells show almost
    nothing; ½: even perfect alignment would look half; 1: no loss. It grows with the mentions. Where neither
    side is a sample the ceiling is 1 without asking. Raises UndefinedMeasure for 0 mentions, ValueError where
    the shares do not sum to 1. Source: mean deviation of the binomial, de Moivre 1730; Johnson 1957,
    Biometrika 44, 532-533.

    >>> porter_ceiling([0.5, 0.5], 1)
    0.5
    """
    p = numbers(shares, name="shares", highest=1 + SUM_TOLERANCE)
    if abs(p.sum() - 1) > SUM_TOLERANCE:
        raise ValueError(f"shares must sum to 1, but sum to {p.sum():g}")
    n = whole(mentions, name="mentions")
    if not n:
        raise UndefinedMeasure("There are no mentions, so nothing could be seen at best.")
    p = p / p.sum()
    first_above = np.floor(n * p) + 1
    deviation = 2 * first_above * (1 - p) * binomial_pmf(first_above, n, p) / n
    return float(1 - deviation.sum() / 2)


def vintage_ratio(curriculum: npt.ArrayLike, before: npt.ArrayLike, after: npt.ArrayLike) -> float:
    """Is the curriculum dated? Cosine similarity to the old demand over that to the new.

    Takes three vectors over the same abilities, values ≥ 0 in any unit. Below 1: closer to today's demand;
    1: as close to both; above 1: closer to the old. A finding only where its interval excludes 1. Raises
    UndefinedMeasure where the curriculum has nothing in common with one of the periods.
    Source: after Biasi and Ma 2022, NBER working paper 29853; the vector of demand in place of texts is ours.

    >>> vintage_ratio([1, 0], [1, 0], [3, 4])
    1.6666666666666667
    """
    names = ("curriculum", "before", "after")
    matched = (curriculum, same_labels(curriculum, before), same_labels(curriculum, after))
    taught, old, new = (numbers(values, name=name) for values, name in zip(matched, names, strict=True))
    for values, name in ((old, "before"), (new, "after")):
        same_shape(taught, values, names=("curriculum", name))
    ratio = _similarity_ratio(taught.ravel(), old.reshape(1, -1), new.reshape(1, -1))[0]
    if np.isnan(ratio):
        raise UndefinedMeasure("The curriculum has nothing in common with the demand of one of the periods.")
    return float(ratio)


def vintage_interval(
    curriculum: npt.ArrayLike,
    before: Mentions,
    after: Mentions,
    employers: tuple[Employers | None, Employers | None] = (None, None),
    *,
    draws: int = 2_000,
    seed: int = 0,
    level: float = 0.95,
) -> tuple[float, float]:
    """Basic bootstrap interval of the vintage ratio; both periods are resampled, by employer where known.

    `curriculum` has one value ≥ 0 an ability, `before` and `after` are postings × abilities of 0 and 1,
    `employers` names those of each. A small sample is less like anything than a large one, so both periods are
    first brought to as many employers as the smaller has (postings, where none is named). The interval stands
    around the mean ratio of periods so thinned, and need not hold that of all postings. An interval above 1 says
    dated, below 1 ahead, around 1 neither; its ends are at least 0. Raises UndefinedMeasure where a period has
    no postings or too many resamples have no ratio. Source: Davison and Hinkley 1997, ch. 5.

    >>> low, high = vintage_interval([3, 4], [[0, 1]], [[1, 0]])  # nothing else can be drawn
    >>> round(low, 9), round(high, 9)
    (1.333333333, 1.333333333)
    """
    taught = numbers(curriculum, name="curriculum")
    old, new = (employer_sums(*side) for side in zip((before, after), employers, strict=True))
    for sums, name in ((old, "before"), (new, "after")):
        same_shape(taught, sums[[0]].toarray()[0], names=("curriculum", name))
    options: dict[str, int] = {"size": min(old.shape[0], new.shape[0]), "draws": draws}
    thinned, drawn = (
        _similarity_ratio(
            taught,
            resampled_sums(old, seed=seed, replace=replace, **options),
            resampled_sums(new, seed=seed + 1, replace=replace, **options),
        )
        for replace in (False, True)
    )
    percentiles = percentile_interval(drawn, level=level)
    return basic_interval(float(np.nanmean(thinned)), percentiles, highest=np.inf)


def _similarity_ratio(taught: Floats, old: Floats, new: Floats) -> Floats:
    """Row by row; nan where a similarity is 0 or does not exist. The curriculum's own length cancels."""
    similarity = [_along(period, taught) for period in (old, new)]
    defined = (similarity[0] > 0) & (similarity[1] > 0)
    return np.divide(similarity[0], similarity[1], out=np.full(len(defined), np.nan), where=defined)


def _along(period: Floats, taught: Floats) -> Floats:
    length = np.linalg.norm(period, axis=1)
    return np.divide(period @ taught, length, out=np.zeros_like(length), where=length > 0)


def _overlap(left: Floats, right: Floats) -> Floats:
    """The index of shares that lie along the last axis."""
    return np.clip(1 - np.abs(left - right).sum(axis=-1) / 2, 0.0, 1.0)
