"""The exported workbook offers lists, is filled in a spreadsheet program and comes back."""

from __future__ import annotations

import io

import openpyxl
import pytest

from curricula.interchange.bundles import read_file
from curricula.interchange.parsed import ReadSettings
from curricula.models import Mapping
from curricula.records.saving import import_curriculum
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(universe: Universe, as_user) -> openpyxl.Workbook:
    add_courses(universe.curriculum, 3)
    return openpyxl.load_workbook(io.BytesIO(download(universe, as_user)))


def download(universe: Universe, as_user) -> bytes:
    answer = as_user(universe.faculty).get(universe.curriculum.page("courses-export"))
    assert answer.status_code == 200
    return answer.content


def saved_again(universe: Universe, content: bytes):
    parsed = read_file(content, name="plan.xlsx", settings=ReadSettings())
    assert not parsed.refusals
    return import_curriculum(parsed, key=universe.curriculum.key, framework=universe.framework)


def test_cells_of_mappings_offer_courses_abilities_levels_and_strengths(exported):
    sheet = exported["Mappings"]
    headers = {cell.value: cell.column_letter for cell in sheet[1]}
    found = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    lists = exported["Lists"]
    assert lists.sheet_state == "veryHidden"
    columns = [[cell.value for cell in column if cell.value] for column in lists.columns]
    assert ["C1", "C2", "C3"] in columns
    assert ["MK.1", "MK.2", "DA.1", "DA.2"] in columns
    assert ["I", "D", "A"] in columns
    assert {headers["course"], headers["ability"], headers["level"]} <= set(found)


def test_what_is_brought_back_untouched_changes_nothing_and_one_filled_row_is_one_mapping(universe, exported, as_user):
    before = list(Mapping.objects.order_by("pk").values_list("course__code", "ability__code", "level", "share"))
    content = download(universe, as_user)
    saved_again(universe, content)
    held = Mapping.objects.order_by("pk").values_list("course__code", "ability__code", "level", "share")
    assert list(held) == before
    sheet = exported["Mappings"]
    row = {"course": "C3", "ability": "MK.1", "level": "A"}
    sheet.append([row.get(cell.value) for cell in sheet[1]])
    changed = io.BytesIO()
    exported.save(changed)
    saved_again(universe, changed.getvalue())
    assert [each for each in held.all() if each not in before] == [("C3", "MK.1", "A", None)]
    assert len(held.all()) == len(before) + 1


def test_a_plan_without_a_mapping_offers_the_lists_and_comes_back_too(universe, as_user):
    add_courses(universe.curriculum, 2, mapped=False)
    content = download(universe, as_user)
    saved_again(universe, content)
    assert not Mapping.objects.exists()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Mappings"]
    row = {"course": "C2", "ability": "DA.1", "level": "I"}
    sheet.append([row.get(cell.value) for cell in sheet[1]])
    changed = io.BytesIO()
    book.save(changed)
    saved_again(universe, changed.getvalue())
    assert list(Mapping.objects.values_list("course__code", "ability__code", "level")) == [("C2", "DA.1", "I")]
