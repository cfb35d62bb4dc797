"""What an analysis costs beside its bare arithmetic, and a what-if beside an analysis; ratios within one run.

Times are of the processor, so that a busy machine stalls no figure.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from curricula.analysis import alignment
from curricula.analysis.gap import Prepared, analyse, prepare
from curricula.analysis.scenarios.applied_edits import apply_edits
from curricula.analysis.scenarios.edits import (
    AddCourse,
    DropCourse,
    Edit,
    JoinCompetition,
    MoveCourse,
    NewMapping,
    SetHours,
    SetMapping,
)
from curricula.analysis.scenarios.effects import Effect
from curricula.analysis.scenarios.evaluate import what_if
from tests.bench.bare_kernel import chance, ready_made, resampled
from tests.bench.large_plan import large_plan

DRAWS = 2_000
EDITS: list[Edit] = [
    AddCourse("new", "New", 2.0, 3, {"theory": 16, "operation": 16}, (NewMapping("a5", "D", 0.5),)),
    DropCourse("c5"),
    MoveCourse("c1", 5),
    SetHours("c3", {"operation": 80}),
    SetMapping("c1", "a200", "A"),
    JoinCompetition("c9", "contest", 12),
]


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(large_plan(), draws=DRAWS)


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """The best of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def report(name: str, ratio: float, *, most: float) -> None:
    print(f"\n{name}: {ratio:.3f} (at most {most:g})")  # noqa: T201 - the figure is what a benchmark is for
    assert ratio <= most


def read(effect: Effect) -> object:
    """All that a page of a scenario shows, but the chance bands."""
    parts = ("abilities", "indices", "changes", "positions", "certificates", "credits", "hours", "unmapped", "terms")
    return [getattr(effect, part) for part in (*parts, "unmapped_part", "overfull", "newly_broken", "ring")]


def without_memory(work: Callable[[], object]) -> Callable[[], object]:
    def forgetful() -> object:
        alignment._permutation_null.cache_clear()
        return work()

    return forgetful


def test_a_whole_analysis_costs_at_most_twice_its_bare_arithmetic(prepared):
    arrays = ready_made(prepared)
    bare = seconds(lambda: (resampled(arrays, draws=DRAWS), chance(arrays)))
    whole = seconds(without_memory(lambda: analyse(prepared.frames, draws=DRAWS)))
    report("whole analysis / bare arithmetic", whole / bare, most=2.0)


def test_so_it_does_where_the_chance_bands_are_known_already(prepared):
    arrays = ready_made(prepared)
    bare = seconds(lambda: resampled(arrays, draws=DRAWS))
    whole = seconds(lambda: analyse(prepared.frames, draws=DRAWS))
    report("analysis without chance bands / bare arithmetic without", whole / bare, most=2.0)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_a_what_if_costs_at_most_a_tenth_of_a_whole_analysis(prepared, edit):
    edited = apply_edits(prepared.frames, [edit])
    whole = seconds(without_memory(lambda: analyse(edited, draws=DRAWS)))
    report(
        f"what-if {type(edit).__name__} / whole analysis",
        seconds(lambda: read(what_if(prepared, [edit]))) / whole,
        most=0.1,
    )
