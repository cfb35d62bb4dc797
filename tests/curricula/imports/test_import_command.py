"""import_curriculum and export_curriculum: whole or not at all, counts, reasons, exit codes; nothing is lost."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from competencies.tabular.limits import Limits
from competencies.tabular.problems import UnreadableFile
from curricula.interchange.bundles import read_file
from curricula.interchange.export import as_tables, as_workbook
from curricula.interchange.parsed import ReadSettings
from curricula.models import Course, Curriculum, Mapping, Prerequisite, School
from curricula.records.exported_rows import rows_of
from curricula.records.saving import import_curriculum
from tests.some import some
from tests.universe import Universe, add_courses
from tests.uploads import MAPPED, PLAN, zipped

pytestmark = pytest.mark.django_db
KEY = "north/sales/2026"
WRITERS = [as_workbook, as_tables]


def run(path: Path, *options: str, to: str = KEY, framework: str = "trade") -> str:
    out = io.StringIO()
    call_command(
        "import_curriculum", str(path), f"--to={to}", f"--framework={framework}", *options, stdout=out, stderr=out
    )
    return out.getvalue()


def refusal(path: Path, *options: str, **where: str) -> CommandError:
    with pytest.raises(CommandError) as error:
        run(path, *options, **where)
    return error.value


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(PLAN)
    return path


# Import


def test_a_file_is_saved_and_counted(universe, plan):
    said = run(plan)
    assert "courses: created 2, changed 0, unchanged 0\nprerequisites: created 1, changed 0, unchanged 0\n" in said
    assert "refused 0" in said
    assert list(Course.objects.values_list("code", "title_en", "credits", "term", "theory", "operation")) == [
        ("S101", "Search basics", 3, 1, 32, 16),
        ("S102", "Live selling", 2, 2, 8, 24),
    ]
    assert Prerequisite.objects.get(course__code="S102").requires == Course.objects.get(code="S101")


def test_the_same_file_again_changes_nothing(universe, plan):
    run(plan)
    before, traces = Curriculum.objects.get().changed, Course.history.count()
    assert "courses: created 0, changed 0, unchanged 2\n" in run(plan)
    assert (Curriculum.objects.get().changed, Course.history.count()) == (before, traces)


def test_a_dry_run_tells_the_same_and_saves_nothing(universe, plan):
    said = run(plan, "--dry-run")
    assert "courses: created 2, changed 0, unchanged 0\n" in said
    assert "dry run: nothing was saved" in said
    assert not Course.objects.exists()


def test_work_is_told_while_it_goes_on(universe, plan):
    assert "reading plan.csv" in run(plan)
    assert f"read 2 courses, 0 mappings; comparing with {KEY}" in run(plan)


def test_refusals_are_listed_by_row_and_column_and_nothing_is_saved(universe, plan, capsys):
    plan.write_text(PLAN.replace("32", "-32").replace("24", "many"))
    with pytest.raises(CommandError) as error:
        call_command("import_curriculum", str(plan), f"--to={KEY}", "--framework=trade")
    said = capsys.readouterr().out
    assert error.value.returncode == 1
    assert "refused 2" in said
    assert "created" not in said
    assert "row 2, column Theory Hours: “-32” is negative" in said
    assert "row 3, column Operation Hours: “many” cannot be read as a number" in said
    assert not Course.objects.exists()


def test_a_file_of_hours_does_not_miss_the_terms_that_the_plan_has(universe, tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("Course Code,Title,Credits,Term\nA1,Sales,2,1\n")
    assert "Courses that state no hours (1): A1" in run(path)
    path.write_text("Course Code,Title,Theory hours\nA1,Sales,32\n")
    assert "state no" not in run(path)
    path.write_text("Course Code,Title,Theory hours\nA1,Sales,32\nA2,Service,16\n")
    assert "Courses that state no term (2): A1, A2" in run(path)


def test_a_plan_with_requirements_of_its_own_is_imported_and_names_their_rows(universe, tmp_path):
    path = tmp_path / "plan.csv"
    lines = ["课程编码,课程名称,学分,理论学时,毕业要求", "A1,推广,2,32,MK.1、1.2", "A2,客服,3,48,1.2；3.4"]
    path.write_text("\n".join(lines), encoding="utf-8")
    told = run(path)
    assert "courses: created 2, changed 0, unchanged 0\n" in told
    assert "mappings: created 1, changed 0, unchanged 0\n" in told
    assert "The framework has no ability “1.2”, so it maps no course; it stands in row 2, 3." in told
    assert "The framework has no ability “3.4”, so it maps no course; it stands in row 3." in told
    assert list(Mapping.objects.values_list("course__code", "ability__code")) == [("A1", "MK.1")]


def test_mappings_to_unknown_abilities_are_refused_whole(universe, plan, tmp_path):
    run(plan)
    table = tmp_path / "mapping.csv"
    table.write_text(MAPPED + "S101,Juggling,D,0.1\n")
    assert refusal(table).returncode == 1
    assert not Mapping.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"a,b\n1,2\n"])
def test_a_file_that_cannot_be_read_is_refused(universe, tmp_path, content, capsys):
    path = tmp_path / "plan.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError) as error:
        call_command("import_curriculum", str(path), f"--to={KEY}", "--framework=trade")
    assert error.value.returncode == 1
    assert "refused 1" in capsys.readouterr().out


def test_what_is_missing_on_the_way_is_made_when_asked_for(universe, plan):
    assert "There is no curriculum “west/retail/2030” yet." in str(refusal(plan, to="west/retail/2030"))
    assert not School.objects.filter(slug="west").exists()
    run(plan, "--create", to="west/retail/2030/")
    assert Curriculum.objects.get(year=2030).courses.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "north/sales"},
        {"to": "north/sales/soon"},
        {"to": "north/sales/1492"},
        {"to": "no rth/sales/2026"},
        {"to": f"{'n' * 101}/sales/2026"},
        {"to": KEY, "framework": "none"},
    ],
)
def test_wrong_usage_ends_with_2(universe, plan, wrong):
    assert refusal(plan, "--create", **wrong).returncode == 2
    assert not Course.objects.exists()


def test_a_file_that_is_not_there_is_wrong_usage(universe, tmp_path):
    assert refusal(tmp_path / "none.csv").returncode == 2


def test_a_folder_is_wrong_usage(universe, tmp_path):
    assert refusal(tmp_path).returncode == 2


@pytest.mark.parametrize(
    "column", ["课程代码", "课程名称", "课程模块", "开课单位", "考核方式", "课程类别", "先修课程"]
)
def test_a_text_that_no_record_can_hold_is_refused_with_its_row(universe, tmp_path, column):
    stated = {"课程代码": "A", "课程名称": "甲", "学分": "2", column: "长" * 301}
    file = tmp_path / "plan.csv"
    file.write_text("\n".join(",".join(cells) for cells in (stated, stated.values())), encoding="utf-8")
    told = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_curriculum", str(file), f"--to={KEY}", "--framework=trade", stdout=told, stderr=told)
    assert "row 2, column " in told.getvalue()
    assert "The text has 301 characters, at most" in told.getvalue()
    assert not Course.objects.exists()


def test_an_approved_plan_gets_a_next_version(universe, plan):
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    assert "the approved version stays; version 2 took the file" in run(plan)
    assert [c.courses.count() for c in Curriculum.objects.order_by("version")] == [0, 2]


def test_weeks_of_practice_count_as_the_school_says(universe, tmp_path):
    School.objects.filter(slug="north").update(hours_per_week=20)
    path = tmp_path / "plan.csv"
    path.write_text("课程编码,课程名称,总学分,总学时,课程性质,开设学期\nS1,认知实习,1,2周,必修,1\n")
    run(path)
    assert Course.objects.get().operation == 40


# Export


@pytest.fixture
def full(universe: Universe) -> Universe:
    """A plan that uses every field there is, with texts that a spreadsheet would take for formulas."""
    curriculum = universe.curriculum
    plain, rich = add_courses(curriculum, 2, mapped=False)
    Course.objects.filter(pk=rich.pk).update(
        description="=1+1\nsecond line; with, separators & <b>",
        credits=2.5,
        credits_max=4,
        term=3,
        term_last=4,
        module="@core",
        course_type="+type",
        required=False,
        department="-finance",
        examination="exam",
        language_of_instruction="English",
        lecturers=["Smith, John", "T02"],
        note="- see below",
        total_hours=60,
        theory=1.5,
        demonstration=2,
        simulation=10,
        experiment_hours=4,
        assessment=0,
        hours_assumed=True,
    )
    Prerequisite.objects.create(course=rich, requires=plain, kind="co")
    Prerequisite.objects.create(course=rich, external="High school mathematics")
    place = {"course": rich, "ability": universe.ability("MK.1")}
    Mapping.objects.create(**place, level="I", share=0.333333333, evidence="=HYPERLINK(1)", provenance="assessed")
    Mapping.objects.create(**place, level="A", rater="R1")
    Mapping.objects.create(course=plain, ability=universe.ability("DA.1"), evidence="syllabus")
    return universe


def state(curriculum: Curriculum) -> list[Any]:
    own = {"id", "curriculum_id", "course_id", "requires_id", "order"}
    courses = [{k: v for k, v in row.items() if k not in own} for row in curriculum.courses.values()]
    requires = Prerequisite.objects.filter(course__curriculum=curriculum)
    mappings = Mapping.objects.filter(course__curriculum=curriculum)
    fields = ("course__code", "ability__code", "level", "share", "evidence", "provenance", "rater", "state")
    return [
        courses,
        list(requires.order_by("id").values_list("course__code", "requires__code", "external", "kind")),
        sorted(mappings.values_list(*fields), key=str),
    ]


@pytest.mark.parametrize("write", WRITERS)
def test_what_was_exported_says_unchanged_when_it_comes_back(full, write):
    parsed = read_file(write(rows_of(full.curriculum)), name="export")
    outcome = import_curriculum(parsed, key=KEY, framework=full.framework)
    assert outcome.refusals == []
    assert (outcome.total.created, outcome.total.changed, outcome.total.unchanged) == (0, 0, 7)


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_is_lost_on_the_way_into_an_empty_plan(full, write):
    parsed = read_file(write(rows_of(full.curriculum)), name="export")
    outcome = import_curriculum(parsed, key="north/sales/2031", framework=full.framework, create=True)
    assert outcome.refusals == []
    assert outcome.curriculum
    assert state(outcome.curriculum) == state(full.curriculum)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("levels", [c for n in (1, 2, 3) for c in combinations("IDA", n)] + [("", "A"), ("",)])
def test_levels_keep_their_meaning_whichever_occur(universe, write, levels):
    (course,) = add_courses(universe.curriculum, 1, mapped=False)
    for level, code in zip(levels, ("MK.1", "MK.2", "DA.1"), strict=False):
        Mapping.objects.create(course=course, ability=universe.ability(code), level=level)
    parsed = read_file(write(rows_of(universe.curriculum)), name="export")
    assert [row.level for row in parsed.mappings] == list(levels)


def test_no_cell_of_a_workbook_is_a_formula(full):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(rows_of(full.curriculum))))
    assert book.sheetnames == ["Courses", "Mappings"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert "=1+1\nsecond line; with, separators & <b>" in [cell.value for cell in cells]


def test_no_cell_of_a_table_starts_a_formula(full):
    with zipfile.ZipFile(io.BytesIO(as_tables(rows_of(full.curriculum)))) as archive:
        assert archive.namelist() == ["courses.csv", "mappings.csv"]
        text = archive.read("courses.csv").decode("utf-8-sig")
    assert "\"'=1+1" in text
    assert ",'@core," in text


def test_a_plan_without_mappings_has_no_sheet_for_them(universe):
    add_courses(universe.curriculum, 1, mapped=False)
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(rows_of(universe.curriculum))))
    assert book.sheetnames == ["Courses"]


@pytest.mark.parametrize(("name", "start"), [("xlsx", b"PK"), ("csv", b"PK")])
def test_a_curriculum_is_written_to_a_file(full, tmp_path, name, start, capsys):
    output = tmp_path / "out"
    call_command("export_curriculum", KEY, f"--format={name}", f"--output={output}")
    assert output.read_bytes().startswith(start)
    assert capsys.readouterr().out == f"wrote {output}\n"
    told = run(output)
    assert all("created 0, changed 0" in line for line in some(re.findall(r"^\w+: created.*$", told, re.M)))
    assert "refused 0" in told


@pytest.mark.parametrize(("key", "output"), [("north/sales/2031", "x"), ("north", "x"), (KEY, "none/x")])
def test_an_export_that_names_what_is_not_there_is_wrong_usage(full, tmp_path, key, output):
    with pytest.raises(CommandError) as error:
        call_command("export_curriculum", key, "--format=xlsx", f"--output={tmp_path / output}")
    assert error.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


# Zips of tables


def test_a_zip_that_unpacks_to_more_than_is_read_is_refused():
    limits = ReadSettings(limits=Limits(max_unpacked_bytes=1_000_000))
    with pytest.raises(UnreadableFile) as error:
        read_file(zipped(courses="x" * 2_000_000), name="x.zip", settings=limits)
    assert error.value.code == "unpacks_too_large"


def test_a_zip_of_too_many_tables_is_refused():
    with pytest.raises(UnreadableFile):
        read_file(zipped(**{f"t{n}": PLAN for n in range(21)}), name="x.zip")


def test_notices_of_a_zip_name_the_table():
    parsed = read_file(zipped(courses=PLAN.replace("32", "-1"), mappings=MAPPED), name="x.zip")
    assert [(notice.sheet, notice.row) for notice in parsed.refusals] == [("courses.csv", 2)]
