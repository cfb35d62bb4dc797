"""What is written for a Chinese reader has Chinese headers and words, and comes back as what it was."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.utils.translation import override

from curricula.interchange.bundles import read_file
from curricula.interchange.export import as_tables, as_workbook
from curricula.models import Course, Mapping, Partnership
from curricula.records.exported_rows import rows_of
from curricula.records.saving import import_curriculum
from curricula.records.school_records import workbook_of_records
from tests.universe import Universe, add_courses, make_universe

STATED = {
    **{"title_zh": "推广", "description": "网络推广", "credits_max": 4, "term": 2, "term_last": 3, "total_hours": 50},
    **{"theory": 10, "demonstration": 8, "simulation": 12, "operation": 14, "assessment": 6, "experiment_hours": 5},
    **{"module": "专业课", "course_type": "核心", "required": False, "department": "商学院", "examination": "考试"},
    **{"language_of_instruction": "中文", "lecturers": ["张三"], "note": "备注", "hours_assumed": False},
}


@pytest.fixture
def universe(db) -> Universe:
    universe = make_universe()
    first, second = add_courses(universe.curriculum, 2, mapped=False)
    Course.objects.filter(pk=first.pk).update(**STATED)
    second.prerequisites.create(requires=first)
    group = universe.curriculum.elective_groups.create(title="选修", choose=1, order=1)
    Course.objects.filter(pk=second.pk).update(elective_group=group)
    cells = [("MK.1", {"level": "D", "share": 0.5}), ("MK.2", {"strength": "H", "provenance": "syllabus"})]
    for ability, stated in cells:
        Mapping.objects.create(course=first, ability=universe.ability(ability), **stated)
    Mapping.objects.create(course=first, ability=universe.ability("MK.1"), level="I", rater="R1")
    return universe


def texts(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [*book.sheetnames, *(cell.value for sheet in book for cell in sheet[1])]


@pytest.mark.parametrize("write", [as_workbook, as_tables])
def test_a_plan_written_in_chinese_comes_back_unchanged(universe, write):
    with override("zh-hans"):
        content = write(rows_of(universe.curriculum))
    back = read_file(content, name="export")
    outcome = import_curriculum(back, key=universe.curriculum.key, framework=universe.framework)
    assert (outcome.refusals, back.ignored_columns) == ([], ())
    counted = {kind: (c.created, c.changed, c.unchanged) for kind, c in outcome.by_kind.items()}
    assert counted == {"courses": (0, 0, 2), "prerequisites": (0, 0, 1), "mappings": (0, 0, 3), "groups": (0, 0, 1)}
    assert {group.title: tuple(group.courses) for group in back.groups} == {"选修": ("C2",)}


def test_every_header_and_sheet_of_a_plan_is_chinese(universe):
    with override("zh-hans"):
        content = as_workbook(rows_of(universe.curriculum))
    assert [text for text in texts(content) if text.isascii()] == []
    values = {cell.value for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row}
    assert {"选修", "否", "教学大纲"} <= values
    assert not {"yes", "no", "syllabus"} & values


def test_in_english_nothing_of_it_is_chinese(universe):
    assert [text for text in texts(as_workbook(rows_of(universe.curriculum))) if not text.isascii()] == []


def test_every_header_of_a_schools_records_is_chinese(db):
    with override("zh-hans"):
        assert [text for text in texts(workbook_of_records(Partnership, [])) if text.isascii()] == []
