"""The template is read as it is, and what a list does not speak of stays as it is stored."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from competencies.frameworks.actions import over_stored, save_framework
from competencies.frameworks.differences import ability_changes
from competencies.frameworks.formats import read_any, read_format
from competencies.frameworks.template import template_workbook
from competencies.models import Framework
from competencies.tabular.problems import UnreadableFile
from tests.documents import framework_document
from tests.universe import add_courses, make_universe


def read(text: str, slug: str = "trade") -> Any:
    parsed = read_format("csv", text.encode(), slug=slug)
    assert parsed.refusals == ()
    return parsed


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_goes_in_as_it_is(language: str) -> None:
    with translation.override(language):
        parsed = read_any(template_workbook(), file_name="template.xlsx", slug="mine")
    assert (parsed.refusals, parsed.warnings) == ((), ())
    assert [row.code for row in parsed.abilities if row.parent] == ["M1", "M2", "D1", "D2"]
    assert [(len(parsed.positions), len(parsed.requirements), len(parsed.certification_courses))] == [(2, 5, 2)]
    assert [course.abilities for course in parsed.reference_courses] == [["M2"], ["M1"]]
    assert [len(row.terms) for row in parsed.abilities if row.parent] == [2, 2, 1, 1]


def test_a_column_of_courses_alone_makes_no_certificates() -> None:
    with pytest.raises(UnreadableFile, match="Wanted: a column of abilities"):
        read_any(b"Course,Name\nC1,Sales\n", file_name="courses.csv")


def test_what_is_no_framework_is_refused_once_and_says_what_is_wanted() -> None:
    with pytest.raises(UnreadableFile, match=r'begins with “{"courses": 1}”. Wanted: a list or a matrix'):
        read_any(b'{"courses": 1}', file_name="plan.json")


@pytest.mark.django_db
def test_a_list_leaves_alone_what_it_does_not_speak_of() -> None:
    framework = make_universe().framework
    before = framework_document(framework)
    save_framework(read("Code,Ability\nMK.1,Search advertising\nMK.2,Live selling\nDA.1,Statistics\nDA.2,Modelling\n"))
    after = framework_document(Framework.objects.get())
    assert sorted(after.pop("abilities"), key=str) == sorted(before.pop("abilities"), key=str)
    assert after == before


@pytest.mark.django_db
def test_a_new_list_removes_what_it_no_longer_names_with_what_pointed_there() -> None:
    framework = make_universe().framework
    save_framework(read("Code,Ability,Area\nMK.2,Selling live,Sales\nDA.1,Statistics,Data\nDA.2,Modelling,Data\n"))
    assert list(framework.abilities.values_list("code", flat=True)) == [*("area-sales", "MK.2", "DA", "DA.1", "DA.2")]
    selling = framework.abilities.get(code="MK.2")
    assert (selling.title_en, selling.title_zh, selling.parent.title_en) == ("Selling live", "直播销售", "Sales")
    marketer = framework.positions.get(code="marketer")
    assert [requirement.ability.code for requirement in marketer.requirements.all()] == ["MK.2"]
    assert framework.reference_courses.get().abilities.count() == 0
    assert selling.terms.count() == 2


@pytest.mark.django_db
def test_positions_of_a_list_take_the_place_of_the_stored_and_keep_what_it_does_not_state() -> None:
    framework = make_universe().framework
    save_framework(read("Position,Abilities\nMarketer,Live selling; Statistics\n"))
    marketer = framework.positions.get()
    assert (marketer.code, marketer.title_zh, marketer.direction) == ("marketer", "营销员", "operation")
    assert [(r.ability.code, r.level) for r in marketer.requirements.all()] == [("MK.2", "D"), ("DA.1", "")]
    assert framework.abilities.count() == 6


@pytest.mark.django_db
def test_what_a_file_changes_is_told_ability_by_ability() -> None:
    universe = make_universe()
    add_courses(universe.curriculum, 1)
    text = "Code,Ability,Area\nMK.2,Selling live,Sales\nDA.1,Statistics,Data\nNEW,Pricing,Data\n"
    changes = ability_changes(universe.framework, over_stored(read(text)))
    assert [(change.kind, change.code) for change in changes] == [
        ("added", "area-sales"),
        ("retitled", "MK.2"),
        ("moved", "MK.2"),
        ("added", "NEW"),
        ("kept", "MK"),
        ("kept", "MK.1"),
        ("removed", "DA.2"),
    ]
    assert changes[2].before == "Marketing"
    assert (changes[2].after, changes[1].before, changes[1].after) == ("Sales", "Live selling", "Selling live")
