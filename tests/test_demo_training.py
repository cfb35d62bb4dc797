"""The demo's records of conditions go in as sheets, and its panels find what docs/demo.md says they find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from curricula.evaluation.reports import full_report_for, gathered
from curricula.evaluation.training.panels import BY_NAME
from curricula.models import Curriculum, School, school_records
from curricula.reports.panels import Reading
from talentgap.demo_data import Done, Listener
from talentgap.demo_records import SHEETS, load_record_sheets

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
Read = Callable[[str], Reading]


def load(school: School) -> list[Done]:
    done: list[Done] = []
    load_record_sheets(school, Listener(done=done.append, progress=lambda what: lambda done, total: None))
    return done


@pytest.fixture(scope="module")
def plan(demo: School, django_db_blocker: DjangoDbBlocker) -> Curriculum:
    with django_db_blocker.unblock():
        load(demo)
        plan = Curriculum.objects.newest_version(school="demo", program="e-commerce", year=2026)
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def read(plan: Curriculum) -> Read:
    """A panel of the plan by its name; what all of them rest on is gathered once."""
    found = gathered(plan)
    return lambda name: BY_NAME[name].read(found)


def rows(reading: Reading, key: str) -> dict[str, dict[str, Any]]:
    """By the name of the row, the texts of its other columns."""
    table = next(each.table for part in reading.blocks for each in part.listings if each.table.key == key)
    keys = [column.key for column in table.columns]
    return {row[0].text: dict(zip(keys, (cell.text for cell in row), strict=True)) for row in table.rows}


def test_each_sheet_goes_in_once_and_leaves_alone_what_is_there(demo: School, plan: Curriculum) -> None:
    for path in SHEETS.glob("*.csv"):
        assert school_records()[path.stem].objects.filter(school=demo).exists(), path.name
    assert all(done.kept for done in load(demo))


def test_abilities_stop_where_the_guide_says(read: Read) -> None:
    found = rows(read("stages"), "stage-abilities")
    assert found["Consumer psychology and shopping experience"]["stop"] == "stops at theory"
    assert found["Data operation"]["stop"] == "stops at simulation"
    assert found["Continued learning"]["stop"] == "carried out, not assessed"


def test_the_double_certificate_lacks_some_evaluations(read: Read) -> None:
    reading = read("graduation")
    assert [block.verdict for block in reading.blocks] == ["can be met", "partly", "can be met"]
    assert "Mobile app development" in rows(reading, "gaps-closed")


def test_competitions_are_prepared_for_by_all_by_some_and_by_no_course(read: Read) -> None:
    found = rows(read("competitions"), "competitions")
    assert found["数学建模竞赛（示例）"]["access"] == "no course of the plan"
    assert found["独立站运营挑战赛（示例）"]["access"] == "who chose the course"
    years = rows(read("competitions"), "years")
    assert years["2025"]["students"] == "31"
    assert years["2024"]["share"] == "–"


def test_grades_are_practical_in_part_in_nothing_or_unknown(read: Read) -> None:
    found = rows(read("assessment"), "assessed-courses")
    practical = {name: found[name]["practical"].replace("\xa0", "") for name in found}
    assert practical["Online Marketing and Planning"] == "0%"
    assert practical["Online Customer Service and Management"] == "0%–30%"
    assert practical["Cross-border Logistics and Supply Chain"] == practical["Python Programming"] == "–"


def test_attainment_says_each_of_its_findings(read: Read) -> None:
    found = rows(read("attainment"), "attained")
    assert {name: found[name]["finding"] for name in (
        "Selling on cross-border platforms", "Online promotion", "Short video marketing", "Online store operation",
        "Mobile app development", "Design software",
    )} == {
        "Selling on cross-border platforms": "hours enough, not attained",
        "Online promotion": "hours short, not attained",
        "Short video marketing": "attained, though hours are short",
        "Online store operation": "open: the interval holds the target",
        "Mobile app development": "shown, without an hour in the plan",
        "Design software": "attained",
    }  # fmt: skip
    assert found["Selling on cross-border platforms"]["interval"] == "0.55–0.61"
    assert "target set after the results" in found["Online store operation"]["notes"]
    assert "Virtual reality" not in found


def test_a_requirement_for_graduation_is_attained_as_far_as_its_weakest_point(read: Read) -> None:
    found = rows(read("attainment"), "requirements")
    assert {name: (row["weakest"], row["attained"], row["verdict"]) for name, row in found.items()} == {
        "Requirement 1": ("1.2", "0.73", "met"),
        "Requirement 3": ("3.2", "0.58", "not met"),
    }


def test_a_missing_course_of_a_certificate_reaches_one_more_wanted_ability(read: Read) -> None:
    found = rows(read("graduation"), "certificate-effects")
    technology = found["Cross-border e-commerce engineer: technology development"]
    assert (technology["now"], technology["then"], technology["reached"]) == ("38", "39", "Mobile app development")


def test_no_code_of_a_student_is_in_the_report(plan: Curriculum) -> None:
    said = str(full_report_for(plan).panels)
    codes = {each.student for each in school_records()["placement"].objects.all()}
    assert codes
    assert not [code for code in codes if code in said]


def test_two_years_of_postings_are_told_with_what_a_lag_still_needs(read: Read) -> None:
    reading = read("contradictions")
    (time,) = (block for block in reading.blocks if block.name == "time")
    assert time.wanted == ("1 more year of at least 93 postings for the positions of the plan.",)
    years = rows(reading, "years")
    assert {year: (row["postings"], row["index"]) for year, row in years.items()} == {
        "2025": ("180", "0.70"),
        "2026": ("198", "0.69"),
    }
