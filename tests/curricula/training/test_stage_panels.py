"""The panels of stages, the double certificate, competitions, placements, assessment and attainment.

The plan: C1 serves search advertising, C2 live selling, C3 statistics; 32 hours of theory and 16 of operation each.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.translation import override

from competencies.models import Certification, ReferenceCourse
from curricula.evaluation.reports import full_report_for, gathered
from curricula.evaluation.training.panels import BY_NAME
from curricula.models import (
    AssessmentPart,
    Attainment,
    Cohort,
    Competition,
    Course,
    CourseEquivalence,
    Placement,
    Resource,
)
from curricula.reports.panels import Block, Figure, Reading
from curricula.reports.pdf_report import pdf_report
from curricula.reports.tables import report_tables
from tests.pages import text_of
from tests.queries import queries_of
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
MINE = ("stages", "graduation", "assessment", "attainment", "competitions", "placements")


@pytest.fixture
def plan(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 3)
    universe.curriculum.signed_off = True
    universe.curriculum.save()
    universe.curriculum.prepares_for.set(universe.framework.positions.all())
    return universe


def read(universe: Universe, name: str) -> Reading:
    return BY_NAME[name].read(gathered(universe.curriculum))


def block(reading: Reading, name: str) -> Block:
    return next(each for each in reading.blocks if each.name == name)


def figure(reading: Reading, part: str, name: str) -> Figure:
    return next(each for each in block(reading, part).figures if each.name == name)


def table(reading: Reading, key: str) -> list[list[Any]]:
    found = next(each for part in reading.blocks for each in part.listings if each.table.key == key)
    return [[cell.value for cell in row] for row in found.table.rows]


@pytest.mark.parametrize("name", MINE[2:])
def test_a_plan_without_records_is_told_what_to_enter_and_accused_of_nothing(plan: Universe, name: str):
    reading = read(plan, name)
    assert reading.empty
    assert reading.missing[0].href.startswith("/schools/north/records/")


def test_hours_stand_by_stage_and_abilities_by_their_stop(plan: Universe):
    Course.objects.filter(code="C2").update(operation=0, simulation=16, experiment_hours=10)
    Course.objects.filter(code="C3").update(operation=0, assessment=4)
    reading = read(plan, "stages")
    assert figure(reading, "plan", "theory").value == 96
    assert (figure(reading, "plan", "simulation").value, figure(reading, "plan", "operation").value) == (16, 16)
    assert figure(reading, "plan", "demonstration").text == "–"
    assert figure(reading, "apart", "experiment_part").value == 10
    assert figure(reading, "apart", "practice_part").value == 22  # 16 carried out, and 16 − 10 simulated
    assert [row[:2] for row in table(reading, "stage-abilities")] == [
        ["Statistics", "stops at theory"],
        ["Live selling", "stops at simulation"],
        ["Search advertising", "carried out, not assessed"],
    ]


def test_of_an_unfinished_mapping_no_ability_is_said_to_stop(plan: Universe):
    plan.curriculum.signed_off = False
    plan.curriculum.save()
    add_courses(plan.curriculum, 3, mapped=False)
    reading = read(plan, "stages")
    assert block(reading, "abilities").figures == ()
    assert [each.href for each in reading.first_steps] == ["/c/north/sales/2026/matrix/"]


def test_the_double_certificate_says_what_meets_each_of_the_three_and_what_is_missing(plan: Universe):
    Course.objects.update(required=True)
    certificate, course = Certification.objects.get(), ReferenceCourse.objects.get()
    plan.curriculum.certifications.add(certificate)
    Placement.objects.create(school=plan.school, student="p-1", school_evaluation="B", enterprise_evaluation="A")
    Placement.objects.create(school=plan.school, student="p-2", school_evaluation="B")
    reading = read(plan, "graduation")
    assert [each.verdict for each in reading.blocks] == ["can be met", "partly", "missing"]
    assert figure(reading, "credits", "credits").value == 9
    assert (figure(reading, "practice", "both").value, figure(reading, "practice", "students").value) == (1, 2)
    assert block(reading, "practice").wanted == ("An evaluation by the enterprise for 1 student.",)
    assert table(reading, "certificates")[0] == ["Trade engineer", True, 1, 0, "Advertising", None]
    CourseEquivalence.objects.create(course=plan.course("C1"), reference_course=course)
    plan.curriculum.save()
    assert [each.verdict for each in read(plan, "graduation").blocks] == ["can be met", "partly", "can be met"]


def test_a_missing_course_names_the_gap_that_it_bears_on(plan: Universe):
    plan.curriculum.certifications.add(Certification.objects.get())
    plan.course("C1").delete()
    reading = read(plan, "graduation")
    assert block(reading, "qualification").wanted == (
        "Offer Advertising: it serves Search advertising, where the plan has a gap.",
    )
    assert table(reading, "gaps-closed") == [["Search advertising", "Untaught", "Trade engineer", "Advertising"]]
    # wanted are MK.1, MK.2 and DA.1; C2 and C3 reach two of them, and the marketer's MK.1 comes with the course
    reached = figure(reading, "qualification", "reached")
    assert (reached.value, reached.note) == (3, "of 3; without them 2")
    row = ["Trade engineer", 1, 2, 3, "Search advertising", "Marketer 1 → 2 of 2"]
    assert table(reading, "certificate-effects")[0] == row


def test_where_all_courses_of_a_certificate_are_offered_nothing_would_change(plan: Universe):
    plan.curriculum.certifications.add(Certification.objects.get())
    CourseEquivalence.objects.create(course=plan.course("C1"), reference_course=ReferenceCourse.objects.get())
    listings = block(read(plan, "graduation"), "qualification").listings
    assert [each.table.key for each in listings] == ["certificates"]


def test_of_an_unfinished_mapping_no_gap_is_said_to_hang_on_a_certificate_or_a_placement(plan: Universe):
    plan.curriculum.signed_off = False
    plan.curriculum.certifications.add(Certification.objects.get())
    plan.curriculum.save()
    add_courses(plan.curriculum, 3, mapped=False)
    Placement.objects.create(school=plan.school, student="p-1", courses=["C1"])
    reading = read(plan, "graduation")
    assert block(reading, "qualification").wanted == ("Offer Advertising.",)
    assert figure(reading, "qualification", "closable").value is None
    assert figure(reading, "qualification", "reached").value is None
    assert [each.table.key for each in block(reading, "qualification").listings] == ["certificates"]
    assert figure(read(plan, "placements"), "abilities", "unplaced").value is None


def test_competitions_say_who_is_prepared_who_entered_and_what_counts(plan: Universe):
    Course.objects.filter(code="C1").update(required=True)
    for year in range(2022, 2026):
        Cohort.objects.create(school=plan.school, program="sales", year=str(year), students=25)
    entry = {"school": plan.school, "year": "2025", "title": "Cup", "courses": ["C1"], "level": "national"}
    Competition.objects.create(
        **entry, entry="1", student_codes=["p-1", "p-2"], school_mentors=["t"], enterprise_mentors=["e"], counts=True
    )
    Competition.objects.create(**entry, entry="2", student_codes=["p-2", "p-3"], school_mentors=["t"], listed=True)
    reading = read(plan, "competitions")
    assert table(reading, "competitions") == [
        ["Cup", "national", "yes", "2025", 2, "Course 1", "every student: a required course", "Search advertising"]
    ]
    assert table(reading, "years") == [["2025", 2, 4, 3, 100, 0.03, ""]]  # three of four times 25
    assert [each.value for each in block(reading, "mentors").figures] == [1, 1, 0, 0]
    assert [each.value for each in block(reading, "grade").figures] == [1, 0, 1, 0]
    assert [row[0] for row in table(reading, "unjoined")] == ["Course 2", "Course 3"]


def test_a_year_with_a_year_of_entry_that_nobody_stated_has_no_share(plan: Universe):
    Cohort.objects.create(school=plan.school, program="sales", year="2025", students=25)
    Competition.objects.create(school=plan.school, year="2025", title="Cup", student_codes=["p-1"])
    reading = read(plan, "competitions")
    assert figure(reading, "students", "share").value is None
    assert figure(reading, "students", "share").note == "the number of students in that year is not stated"


def test_placements_stand_by_mode_and_reality_with_their_evaluations_and_abilities(plan: Universe):
    Cohort.objects.create(school=plan.school, program="sales", year="2025", students=20)
    Resource.objects.create(school=plan.school, title="Shop", reality="account", accounts=5, seats=40)
    made = {"school": plan.school, "mode": "apprenticeship", "reality": "trade", "courses": ["C1"]}
    Placement.objects.create(**made, student="p-1", weeks=12, school_evaluation="B", enterprise_evaluation="A")
    Placement.objects.create(**made, student="p-2", weeks=8, enterprise_evaluation="A", relevant=False)
    Placement.objects.create(school=plan.school, student="p-3")
    reading = read(plan, "placements")
    assert table(reading, "modes") == [
        ["apprenticeship", 0, 0, 2, 0, 2],
        ["teaching factory", 0, 0, 0, 0, 0],
        ["entrepreneurial practice", 0, 0, 0, 0, 0],
        ["not stated", 0, 0, 0, 1, 1],
    ]
    assert figure(reading, "modes", "apprenticeship").note == "10 weeks on average"
    assert ["enterprise account", 0, 0, 1, 5, 0.25] in table(reading, "realities")  # accounts, not the 40 seats
    assert figure(reading, "students", "a_student").value == 0.15
    assert [each.value for each in block(reading, "evaluation").figures] == [1, 0, 1, 1]
    assert table(reading, "placed") == [["Search advertising", "Course 1", 2, 2, 2, 1, 0, 1]]


def test_the_practical_part_of_the_grade_stands_by_course_and_by_ability(plan: Universe):
    for part, weight, practical in (("exam", 0.6, False), ("lab", 0.3, True), ("report", 0.1, None)):
        AssessmentPart.objects.create(
            school=plan.school, course="C1", part=part, weight=weight, practical=practical, assessor="school"
        )
    AssessmentPart.objects.create(school=plan.school, course="C2", part="exam", weight=1, practical=False)
    AssessmentPart.objects.create(school=plan.school, course="C3", part="exam", weight=0.8, practical=False)
    reading = read(plan, "assessment")
    rows = {row[0]: row for row in table(reading, "assessed-courses")}
    assert rows["Course 1"][3].replace("\xa0", "") == "30%–40%"
    assert rows["Course 2"][3].replace("\xa0", "") == "0%"
    assert rows["Course 3"][3:5] == [None, None]
    assert rows["Course 3"][-1] == "the weights do not add up to 100%"
    assert block(reading, "courses").wanted == ("A practical part in the grade of Course 2.",)
    assert [row[0] for row in table(reading, "assessed-abilities")] == ["Live selling", "Search advertising"]


def sheet(universe: Universe, course: str, **stated: Any) -> None:
    given = {"term": "2025-2026-1", "group": "1", "part": "exam", "full": 100, "spread": 10, "expected": 0.7}
    Attainment.objects.create(school=universe.school, course=course, **{**given, "students": 40, **stated})


def test_attainment_stands_beside_the_hours(plan: Universe):
    sheet(plan, "C1", mean=48)
    sheet(plan, "C2", mean=90, students=9)
    sheet(plan, "C3", mean=90, full=None, spread=None, attained=0.9, set_on="2026-03-01")
    reading = read(plan, "attainment")
    rows = {row[0]: row for row in table(reading, "attained")}
    assert rows["Search advertising"][1:5] == [0.48, "0.45–0.51", 0.7, "not met"]
    assert rows["Statistics"][4] == "met"
    assert "target set after the results" in rows["Statistics"][-1]
    assert "Live selling" not in rows
    assert figure(reading, "evidence", "hidden").value == 1
    assert [row[0] for row in table(reading, "unshown")] == ["Live selling"]


def test_a_requirement_names_its_weakest_point_and_without_points_what_to_write(plan: Universe):
    sheet(plan, "C1", mean=48)
    reading = read(plan, "attainment")
    (missing,) = block(reading, "requirements").missing
    assert "3.1" in missing.text
    sheet(plan, "C1", mean=90, indicator="3.1", part="a")
    sheet(plan, "C2", mean=60, indicator="3.2", part="b")
    sheet(plan, "C3", mean=20, indicator="3.3", part="c", students=9)
    (row,) = table(read(plan, "attainment"), "requirements")
    assert row[:6] == ["Requirement 3", "3.2", 0.6, "0.57–0.63", 0.7, "not met"]
    assert row[7] == "3.1: 0.90, 3.2: 0.60"


def test_groups_that_are_too_small_are_on_no_page_and_in_no_report(plan: Universe, as_user: Any):
    sheet(plan, "C1", mean=61.25, students=9)
    page = as_user(plan.viewer).get(plan.curriculum.page("training", "attainment")).content.decode()
    assert "0.61" not in text_of(page)
    sections = {each.name: each.reading for each in full_report_for(plan.curriculum).panels}
    assert block(sections["attainment"], "courses").listings == ()
    assert "0.61" not in str(sections["attainment"])


def test_indicators_name_abilities_by_their_code_or_their_title_in_either_language(plan: Universe):
    sheet(plan, "C1", mean=80, indicator="统计", part="a")
    sheet(plan, "C1", mean=80, indicator="MK.2", part="b")
    with override("en"):
        assert [row[0] for row in table(read(plan, "attainment"), "attained")] == ["Live selling", "Statistics"]


@pytest.mark.parametrize("name", MINE)
def test_a_panel_asks_for_as_much_with_three_rows_as_with_one(plan: Universe, as_user: Any, name: str):
    client = as_user(plan.viewer)

    def asked(rows: int) -> int:
        for number in range(rows):
            Placement.objects.create(school=plan.school, student=f"p-{number}-{rows}", courses=["C1"])
            Competition.objects.create(school=plan.school, title=f"Cup {number} {rows}", courses=["C1"])
            AssessmentPart.objects.create(school=plan.school, course="C1", part=f"{number} {rows}", weight=0.1)
            sheet(plan, "C1", mean=50, part=f"{number} {rows}")
        client.get(plan.curriculum.page("training", name))
        return queries_of(client.get, plan.curriculum.page("training", name))

    assert asked(1) == asked(3)


def test_drawings_hold_a_mark_for_each_stage_with_hours_and_are_read_aloud(plan: Universe, as_user: Any):
    sheet(plan, "C1", mean=48)
    client = as_user(plan.viewer)
    stages = client.get(plan.curriculum.page("training", "stages")).content.decode()
    drawn = re.findall(r"<td class=\"drawn\">(.*?)</td>", stages, re.S)
    assert len(drawn) == 3
    assert [drawn[0].count(f'class="{mark}"') for mark in ("theory", "practice", "assessed")] == [1, 1, 0]
    assert 'aria-label="carried out, assessment not stated"' in drawn[0]
    attained = client.get(plan.curriculum.page("training", "attainment")).content.decode()
    assert 'aria-label="0.48 (0.45–0.51)"' in attained


def test_drawings_stay_out_of_the_report(plan: Universe):
    sheet(plan, "C1", mean=48)
    assert "<svg" not in str(full_report_for(plan.curriculum).panels)


def test_records_of_students_leave_the_school_only_as_sums_and_are_printed(plan: Universe):
    sheet(plan, "C1", mean=48)
    Placement.objects.create(school=plan.school, student="p-secret", organisation="Somewhere", courses=["C1"])
    report = full_report_for(plan.curriculum)
    assert {line.kind for line in report.records} == set()
    assert "p-secret" not in str(report.panels)
    assert all(each.columns for each in report_tables(report))
    assert pdf_report(report).startswith(b"%PDF")
