from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competencies.models import (
    Ability,
    AbilityTerm,
    Crosswalk,
    DemandSource,
    Framework,
    Position,
    ReferenceCourse,
    Requirement,
)
from tests.documents import framework_document
from tests.framework_files import DOCUMENT, RIVAL, a_document, many, save
from tests.universe import add_courses, make_universe


def history_rows() -> int:
    return sum(model.history.count() for model in (Ability, AbilityTerm, Position, Requirement))


@pytest.mark.django_db
def test_a_file_is_saved_whole() -> None:
    save(RIVAL)
    outcome = save(DOCUMENT)
    framework = Framework.objects.get(slug="trade")
    ability = framework.abilities.get(code="MK.1")
    requirement = Requirement.objects.get()
    assert (outcome.created, outcome.changed, outcome.unchanged, outcome.refused) == (14, 0, 0, 0)
    assert outcome.warnings == ()
    assert ability.parent == framework.abilities.get(code="MK")
    assert (ability.horizon, ability.statement_zh, ability.terms.count()) == ("emerging", "购买关键词", 2)
    assert (requirement.weight, requirement.level, requirement.level_assumed) == (1.5, "D", True)
    assert framework.career_entries.get().position == Position.objects.get()
    assert list(ReferenceCourse.objects.get().abilities.all()) == [ability]
    assert Crosswalk.objects.get().counterpart.framework.slug == "rival"
    assert framework.sources == [{"key": "002", "citation": "Authors, title, 2020"}]


@pytest.mark.django_db
def test_a_second_import_changes_nothing_not_even_history() -> None:
    save(RIVAL)
    first = save(DOCUMENT)
    history, changed = history_rows(), Framework.objects.get(slug="trade").changed
    second = save(DOCUMENT)
    assert (second.created, second.changed, second.unchanged, second.removed) == (0, 0, first.created, 0)
    assert history_rows() == history
    assert Framework.objects.get(slug="trade").changed == changed
    assert Framework.objects.get(slug="trade").vocabulary_version == 1


@pytest.mark.django_db
def test_a_file_with_a_refusal_saves_nothing() -> None:
    outcome = save(a_document(requirements=[{"position": "nobody", "ability": "MK.1"}]))
    assert (outcome.refused, outcome.saved, Framework.objects.count()) == (1, False, 0)


@pytest.mark.django_db
def test_a_dry_run_tells_the_counts_and_saves_nothing() -> None:
    outcome = save(DOCUMENT, dry_run=True)
    assert (outcome.created, outcome.saved) == (13, False)
    assert (Framework.objects.count(), Ability.history.count()) == (0, 0)


@pytest.mark.django_db
def test_export_and_import_lose_nothing() -> None:
    save(RIVAL)
    save(DOCUMENT)
    exported = framework_document(Framework.objects.get(slug="trade"))
    again = save(exported)
    Framework.objects.all().delete()
    save(RIVAL)
    save(exported)
    assert (again.created, again.changed, again.removed) == (0, 0, 0)
    assert framework_document(Framework.objects.get(slug="trade")) == exported
    assert {key: exported[key] for key in ("sources", "requirements", "crosswalks")} == {
        key: DOCUMENT[key] for key in ("sources", "requirements", "crosswalks")
    }
    assert exported["abilities"][0] == DOCUMENT["abilities"][0]
    assert exported["positions"] == DOCUMENT["positions"]


@pytest.mark.django_db
def test_a_change_is_counted_and_leaves_one_history_row() -> None:
    save(RIVAL)
    save(DOCUMENT)
    document = a_document()
    document["abilities"][0]["title"]["en"] = "Paid search"
    outcome = save(document)
    ability = Ability.objects.get(code="MK.1")
    assert (outcome.created, outcome.changed, outcome.removed) == (0, 1, 0)
    assert [(row.title_en, row.history_type) for row in ability.history.all()] == [
        ("Paid search", "~"),
        ("Search advertising", "+"),
    ]


@pytest.mark.django_db
def test_an_ability_may_move_to_an_area_that_is_new() -> None:
    save(DOCUMENT)
    document = a_document()
    document["abilities"][0]["parent"] = "NEW"
    document["abilities"].append({"code": "NEW", "title": {"en": "New area"}})
    save(document)
    assert Ability.objects.get(code="MK.1").parent == Ability.objects.get(code="NEW")


@pytest.mark.django_db
def test_what_the_file_no_longer_names_goes_when_nothing_refers_to_it() -> None:
    save(DOCUMENT)
    sections = ("positions", "requirements", "career_entries", "certifications", "reference_courses")
    empty: dict[str, list] = {name: [] for name in (*sections, "certification_courses", "crosswalks")}
    outcome = save(a_document(abilities=DOCUMENT["abilities"][1:], **empty))
    framework = Framework.objects.get(slug="trade")
    assert [ability.code for ability in framework.abilities.all()] == ["MK", "SO"]
    assert (framework.positions.count(), framework.certifications.count(), framework.reference_courses.count()) == (
        0,
        0,
        0,
    )
    assert outcome.removed == 10
    assert list(AbilityTerm.history.filter(text="SEM").values_list("history_type", flat=True)) == ["-", "+"]


@pytest.mark.django_db
def test_what_a_curriculum_refers_to_stays_with_its_area_and_a_warning() -> None:
    curriculum = make_universe().curriculum
    add_courses(curriculum)
    curriculum.prepares_for.add(Position.objects.get(code="marketer"))
    outcome = save({**RIVAL, "framework": {"slug": "trade", "title": {"en": "Trade"}}})
    kept = {notice.value for notice in outcome.warnings if notice.code == "absent_kept"}
    # The marketer's two requirements hold their abilities and these their area.
    assert kept == {"marketer", "MK.1", "MK.2", "MK"}
    assert set(curriculum.framework.abilities.values_list("code", flat=True)) == {"MK", "MK.1", "MK.2", "R1"}
    assert Requirement.objects.count() == 2
    assert curriculum.framework.positions.get().code == "marketer"


@pytest.mark.django_db
def test_new_terms_begin_a_new_vocabulary_and_name_the_sources_searched_before() -> None:
    save(DOCUMENT)
    framework = Framework.objects.get(slug="trade")
    DemandSource.objects.create(slug="board", framework=framework, collected="2026-01-01")
    document = a_document()
    document["abilities"][0]["terms"].append({"text": "paid search", "language": "en"})
    outcome = save(document)
    framework.refresh_from_db()
    assert framework.vocabulary_version == 2
    assert [n.value for n in outcome.warnings if n.code == "older_vocabulary"] == ["board"]


@pytest.mark.django_db
def test_a_crosswalk_to_a_framework_that_is_not_here_waits_for_it() -> None:
    assert [notice.code for notice in save(DOCUMENT).warnings] == ["unknown_counterpart"]
    save(RIVAL)
    assert save(DOCUMENT).created == 1
    assert Crosswalk.objects.count() == 1


@pytest.mark.django_db
def test_progress_ends_at_the_number_of_rows() -> None:
    save(RIVAL)
    seen: list[tuple[int, int]] = []
    save(DOCUMENT, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (13, 13)
    assert seen == sorted(seen)


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["create", "change", "remove", "export"])
def test_queries_do_not_grow_with_the_rows(step: str) -> None:
    assert _queries(step, rows=2) == _queries(step, rows=12)


def _queries(step: str, *, rows: int) -> int:
    document, empty = many(rows), many(0)
    Framework.objects.all().delete()
    if step != "create":
        save(document)
    changed = json.loads(json.dumps(document).replace("Ability", "Skill").replace("Position", "Job"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        if step == "export":
            framework_document(Framework.objects.get())
        else:
            save({"create": document, "change": changed, "remove": empty}[step])
    return len(queries)
