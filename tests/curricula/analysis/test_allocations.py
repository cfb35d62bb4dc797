"""Points spread at random: the fast ways draw the very same distribution as a multinomial does."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from curricula.analysis.alignment import _allocations, _poisson

SIZE = 10_000
WAYS = [  # cells, points
    pytest.param(50, 20, id="all thrown"),
    pytest.param(20, 500, id="poisson counts and the rest thrown"),
    pytest.param(300, 120_000, id="mostly poisson counts"),
    pytest.param(2, 5_000, id="multinomial"),
    pytest.param(1, 7, id="one cell"),
]


@pytest.mark.parametrize(("cells", "points"), WAYS)
def test_every_allocation_has_all_points(cells, points):
    found = _allocations(np.random.default_rng(0), cells, points, 5_000)
    assert found.shape == (5_000, cells)
    assert (found.sum(axis=1) == points).all()
    assert (found >= 0).all()


@pytest.mark.parametrize(("cells", "points"), WAYS[:4])
def test_a_cell_is_binomial_and_two_cells_avoid_each_other(cells, points):
    found = _allocations(np.random.default_rng(1), cells, points, SIZE)
    one, other = found[:, 0], found[:, -1]
    steps = np.arange(one.max() + 1)
    drawn = np.searchsorted(np.sort(one), steps, side="right") / SIZE
    assert np.abs(drawn - stats.binom.cdf(steps, points, 1 / cells)).max() < 1.63 / SIZE**0.5  # Kolmogorov, 1 %
    expected = -points / cells**2
    error = points / cells / SIZE**0.5
    assert np.cov(one, other)[0, 1] == pytest.approx(expected, abs=4 * error)


@pytest.mark.parametrize("mean", [0.05, 4.0, 400.0])
def test_poisson_counts_by_inversion_are_poisson(mean):
    found = _poisson(np.random.default_rng(2), mean, (SIZE, 3)).ravel()
    steps = np.arange(found.max() + 1)
    drawn = np.searchsorted(np.sort(found), steps, side="right") / len(found)
    assert np.abs(drawn - stats.poisson.cdf(steps, mean)).max() < 1.63 / len(found) ** 0.5
