from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import UndefinedMeasure
from curricula.analysis.measures.growth import growth_untouched
from tests.analysis_properties import quick

rates = st.integers(0, 20).map(lambda part: part / 20)


@quick
@given(st.lists(st.tuples(rates, rates, st.booleans(), st.sampled_from([0, 4])), min_size=1, max_size=8))
def test_only_what_surely_rises_and_is_not_taught_is_untouched(rows):
    rising = [row for row in rows if row[2] and row[1] > row[0]]
    if not rising:
        with pytest.raises(UndefinedMeasure, match="No ability surely rises"):
            growth_untouched(*zip(*rows, strict=True))
        return
    found = growth_untouched(*zip(*rows, strict=True))
    untaught = [row for row in rising if not row[3]]
    assert (found.rising, found.untaught) == (len(rising), len(untaught))
    assert found.growth == pytest.approx(sum(after - before for before, after, _, _ in rising))
    assert found.untouched == pytest.approx(sum(after - before for before, after, _, _ in untaught))
    assert found.share == pytest.approx(found.untouched / found.growth)


def test_other_lengths_are_refused():
    with pytest.raises(ValueError, match="before and exposure must have one shape"):
        growth_untouched([0.1], [0.2], [True], [1, 2])
