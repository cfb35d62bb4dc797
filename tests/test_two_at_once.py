"""Two requests for the same thing at the same moment: the second waits, and then finds what the first one did."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

from competencies.demand.actions.retagging import retag_source
from competencies.demand.actions.terms import TermRefused, add_term, withdraw_term
from competencies.demand.readers.postings import read_postings
from competencies.models import AbilityTerm, DemandSource, Framework, Posting, PostingMention, VocabularyChange
from curricula.imports.actions import CannotUndo, judge_by_source, undo
from curricula.imports.flow import save
from curricula.imports.kinds import KINDS
from curricula.interchange.bundles import read_file
from curricula.interchange.parsed import ReadSettings
from curricula.models import Curriculum, ImportRun, PendingImport
from curricula.plans.settings_actions import start_next_version
from curricula.records.editing import editing
from curricula.records.outcome import ImportOutcome
from curricula.records.saving import import_curriculum
from tests.competencies.demand.saving import save_postings
from tests.universe import Universe, make_framework, make_universe
from tests.uploads import PLAN, POSTINGS

HEADER = POSTINGS.split("\n", maxsplit=1)[0]
MORE_POSTINGS = f"{HEADER}\n主播,直播销售,丙公司,广州,2026-09-01\n"
LAST_POSTINGS = f"{HEADER}\n客服,售后服务,丁公司,成都,2026-09-02\n"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets only one transaction write at a time, so none waits"
    ),
]
Result = TypeVar("Result")


def meanwhile(first: Callable[[], object], second: Callable[[], Result]) -> Result:
    """What `second` gives when it begins before the transaction of `first` has ended."""
    with ThreadPoolExecutor(max_workers=1) as other:
        with transaction.atomic():
            first()
            running = other.submit(_on_a_connection_of_its_own, second)
            _until_it_waits(running)
        return running.result(timeout=30)


def _on_a_connection_of_its_own(action: Callable[[], Result]) -> Result:
    try:
        return action()
    finally:
        connection.close()


def _until_it_waits(running: Future[Any]) -> None:
    statement = (
        "SELECT EXISTS(SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
    )
    for _try in range(1000):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            if cursor.fetchone()[0] or running.done():
                return
        time.sleep(0.01)
    pytest.fail("the second request neither waited nor ended")


def save_file(framework: Framework) -> Any:
    parsed = read_postings(POSTINGS.encode(), name="board.csv", today=date(2026, 9, 30))
    return save_postings(parsed, source_slug="board", framework=framework, collected=date(2026, 9, 30))


def import_plan(universe: Universe, key: str = "north/sales/2026") -> ImportOutcome:
    parsed = read_file(PLAN.encode(), name="plan.csv", settings=ReadSettings())
    return import_curriculum(parsed, key=key, framework=universe.framework, create=True)


@pytest.mark.parametrize("known", [True, False])
def test_the_same_postings_are_stored_once(known: bool) -> None:
    framework = make_framework()
    if known:
        DemandSource.objects.create(slug="board", framework=framework, collected=date(2026, 1, 1))
    second = meanwhile(lambda: save_file(framework), lambda: save_file(framework))
    assert (second.created, second.unchanged, Posting.objects.count()) == (0, 2, 2)


def test_searching_again_twice_finds_each_mention_once() -> None:
    framework = make_framework()
    save_file(framework)
    add_term(framework.abilities.get(code="DA.1"), "负责")
    source = DemandSource.objects.get()
    second = meanwhile(lambda: retag_source(source), lambda: retag_source(DemandSource.objects.get()))
    assert second.created == 0
    assert PostingMention.objects.filter(ability__code="DA.1").count() == 1


def test_a_term_is_added_once() -> None:
    ability = make_framework().abilities.get(code="DA.1")
    with pytest.raises(TermRefused, match="already"):
        meanwhile(lambda: add_term(ability, "regression"), lambda: add_term(ability, "regression"))
    assert AbilityTerm.objects.filter(text="regression").count() == 1


def test_a_term_is_withdrawn_once() -> None:
    make_framework()
    first, second = AbilityTerm.objects.get(text="statistics"), AbilityTerm.objects.get(text="statistics")
    meanwhile(lambda: withdraw_term(first), lambda: withdraw_term(second))
    assert VocabularyChange.objects.filter(text="statistics").count() == 1


def test_two_files_for_an_approved_plan_make_one_next_version() -> None:
    universe = make_universe()
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    second = meanwhile(lambda: import_plan(universe), lambda: import_plan(universe))
    assert (second.curriculum.version, second.new_version, second.courses.unchanged) == (2, False, 2)


def test_a_file_goes_into_the_next_version_that_somebody_is_making() -> None:
    universe = make_universe()
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    approved = Curriculum.objects.get()
    second = meanwhile(lambda: start_next_version(approved), lambda: import_plan(universe))
    assert (second.curriculum.version, second.new_version, second.courses.created) == (2, False, 2)


def test_two_files_for_a_new_year_make_one_curriculum() -> None:
    universe = make_universe()
    key = "north/trade/2027"
    second = meanwhile(lambda: import_plan(universe, key), lambda: import_plan(universe, key))
    assert (second.curriculum.version, second.courses.unchanged) == (1, 2)


def sent_postings(universe: Universe, content: str, **stated: Any) -> PendingImport:
    """A file that waits for its save, as a page keeps it."""
    options = {"school": "north", "collected": "2026-09-30", "title": "", "region": "", "licence": "", "note": ""}
    waiting = {"user": universe.director, "kind": "postings", "target": "board", "framework": universe.framework}
    return PendingImport.objects.create(name="b.csv", content=content.encode(), options=options | stated, **waiting)


def saved_postings(universe: Universe, content: str, **stated: Any) -> ImportRun:
    save(KINDS["postings"], sent_postings(universe, content, **stated))
    return ImportRun.objects.latest("pk")


def undo_it(universe: Universe, run: ImportRun) -> None:
    undo(KINDS[run.kind], ImportRun.objects.get(pk=run.pk), by=universe.director)


def test_a_file_is_undone_once() -> None:
    universe = make_universe()
    run = saved_postings(universe, POSTINGS)
    with pytest.raises(CannotUndo, match="undone already"):
        meanwhile(lambda: undo_it(universe, run), lambda: undo_it(universe, run))
    assert not DemandSource.objects.exists()


def test_a_file_that_is_just_going_into_the_same_source_keeps_the_one_before_it() -> None:
    universe = make_universe()
    saved_postings(universe, POSTINGS)
    run = saved_postings(universe, MORE_POSTINGS)
    with pytest.raises(CannotUndo, match="A later file"):
        meanwhile(lambda: saved_postings(universe, LAST_POSTINGS), lambda: undo_it(universe, run))
    assert Posting.objects.count() == 4


def test_a_file_waits_until_the_one_before_it_is_undone() -> None:
    universe = make_universe()
    saved_postings(universe, POSTINGS)
    run = saved_postings(universe, MORE_POSTINGS)
    meanwhile(lambda: undo_it(universe, run), lambda: saved_postings(universe, LAST_POSTINGS))
    assert set(Posting.objects.values_list("region", flat=True)) == {"北京", "杭州", "成都"}


def test_a_source_is_replaced_while_somebody_lets_it_judge_their_plans() -> None:
    """Each holds what the other one refers to; neither may wait for the other for ever."""
    universe = make_universe()
    old = saved_postings(universe, POSTINGS).source
    universe.curriculum.demand_sources.add(old)
    plan = Curriculum.objects.get(pk=universe.curriculum.pk)
    another = Curriculum.objects.create(program=plan.program, year=2027, framework=plan.framework)
    with ThreadPoolExecutor(max_workers=1) as other:
        with editing(plan):
            better = partial(saved_postings, universe, MORE_POSTINGS, replace=True)
            running = other.submit(_on_a_connection_of_its_own, better)
            _until_it_waits(running)
            assert judge_by_source([plan, another], source=DemandSource.objects.get(pk=old.pk)) == 1
        running.result(timeout=30)
    assert DemandSource.objects.get().pk != old.pk
