"""The panels of partners, contradictions, flows, layers, breadth, outlook, trade, rivals and the questionnaire."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from competencies.models import DemandSource, OfficialFigure, Position, Posting
from curricula.evaluation.reports import full_report_for, gap_report_for, gathered
from curricula.evaluation.training.panels import BY_NAME
from curricula.models import (
    Cohort,
    Contribution,
    Course,
    Mapping,
    Outcome,
    Partnership,
    Questionnaire,
    QuestionnaireAnswer,
    Teacher,
)
from curricula.reports.render import render
from curricula.reports.tables import report_tables
from tests.queries import queries_of
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
OWN = ("partners", "contradictions", "flows", "layers", "breadth", "outlook", "trade", "rivals", "questionnaire")


@pytest.fixture
def planned(universe: Universe) -> Universe:
    """A plan with courses, signed off, and postings of its own."""
    add_courses(universe.curriculum, 3)
    universe.curriculum.signed_off = True
    universe.curriculum.save()
    add_postings(universe.curriculum, 12)
    return universe


def reading(universe: Universe, name: str):
    return BY_NAME[name].read(gathered(universe.curriculum))


def figures(found) -> dict[str, object]:
    return {figure.name: figure.value for block in found.blocks for figure in block.figures}


def rows(found, key: str) -> list[list[str]]:
    listing = next(each for block in found.blocks for each in block.listings if each.table.key == key)
    return [[cell.text for cell in row] for row in listing.table.rows]


@pytest.mark.parametrize("name", OWN)
def test_an_empty_plan_says_what_to_enter_first_without_a_red_light_or_a_zero(universe, client, name):
    if name == "rivals":
        universe.curriculum.framework.abilities.update(horizon="core")
    client.force_login(universe.viewer)
    page = client.get(universe.curriculum.page("training", name)).content.decode()
    assert "No evidence yet" in page
    assert 'class="tag gap"' not in page
    found = reading(universe, name)
    assert found.empty
    assert found.first_steps
    assert not found.blocks


def test_partners_that_are_formal_only_stand_out_and_first(planned):
    school = planned.school
    kept = {"training_agreed": "Two mentors", "training_in_place": "Two mentors since 2025"}
    Partnership.objects.create(school=school, partner="Kept", actor="enterprise", courses=["C1"], **kept)
    Partnership.objects.create(
        school=school,
        partner="On paper",
        actor="enterprise",
        training_agreed="Two mentors",
        assessment_agreed="Jointly",
        training_in_place="无",
    )
    Partnership.objects.create(
        school=school, partner="Gone", actor="society", training_agreed="Talks", until=date(2020, 1, 1)
    )
    Contribution.objects.create(
        school=school,
        contributor="Bureau",
        actor="government",
        type="funds",
        amount=50_000,
        currency="CNY",
        courses=["C1"],
    )
    found = reading(planned, "partners")
    assert "1 of 2 partnerships in force is formal only" in found.sentence
    assert "industry body" in found.sentence  # not there at all
    assert (figures(found)["formal_only"], figures(found)["commitments"]) == (1, 1)
    assert [row[0] for row in rows(found, "partners")][:2] == ["Gone", "On paper"]
    assert found.blocks[0].wanted == ("On paper: put in place what was agreed on training, talent assessment.",)
    government = rows(found, "board")[0]
    assert (government[0], government[3], government[5]) == ("Government", "1", "50,000 CNY")
    assert {"government, enterprise"} == {row[1] for row in rows(found, "touched")}


def test_partners_ask_as_often_for_three_records_as_for_one(planned):
    def asked() -> int:
        return queries_of(reading, planned, "partners")

    Partnership.objects.create(school=planned.school, partner="A", training_agreed="x")
    reading(planned, "partners")
    one = asked()
    for name in ("B", "C"):
        Partnership.objects.create(school=planned.school, partner=name, training_agreed="x")
    assert asked() == one


def test_contradictions_give_each_number_its_interval_or_the_reason_for_none(planned):
    source = DemandSource.objects.create(
        slug="figures",
        kind="figures",
        framework=planned.curriculum.framework,
        collected="2026-01-01",
        owner=planned.school,
    )
    for kind, number in (("openings", 300), ("graduates", 200)):
        OfficialFigure.objects.create(source=source, kind=kind, first="2025-01-01", last="2025-12-31", number=number)
    found = reading(planned, "contradictions")
    assert figures(found)["ratio"] == 1.5
    assert figures(found)["lag"] is None
    assert figures(found)["index"] is None  # 12 postings are too few to compare
    notes = {figure.name: figure.note for block in found.blocks for figure in block.figures}
    assert "counted whole" in notes["ratio"]
    assert "three yearly periods" in notes["lag"]


def test_the_official_figures_of_another_school_are_not_read(planned, universe):
    from curricula.models import School

    other = School.objects.create(slug="elsewhere", title_en="Elsewhere")
    source = DemandSource.objects.create(
        slug="theirs", kind="figures", framework=planned.curriculum.framework, collected="2026-01-01", owner=other
    )
    for kind in ("openings", "graduates"):
        OfficialFigure.objects.create(source=source, kind=kind, first="2025-01-01", last="2025-12-31", number=9)
    assert figures(reading(planned, "contradictions"))["ratio"] is None


def outcomes(universe: Universe, n: int, **stated: object) -> None:
    start = Outcome.objects.count()
    Outcome.objects.bulk_create(
        Outcome(school=universe.school, student=f"s{start + number}", **stated) for number in range(n)
    )


def test_flows_have_dates_and_a_warning_where_they_are_stale(planned):
    outcomes(planned, 14, occupation="Marketer", destination="contract", settled=date(2020, 7, 1))
    outcomes(planned, 6, occupation="Clerk", destination="contract", settled=date(2020, 7, 1))
    Teacher.objects.create(school=planned.school, code="t1", practice_months=6, practice_until=timezone.localdate())
    found = reading(planned, "flows")
    assert "Stale: graduates" in found.sentence
    talent, knowledge, _information = found.blocks
    assert (talent.tone, talent.verdict) == ("gap", "stale")
    assert (knowledge.tone, figures(found)["out"], figures(found)["months"]) == ("ok", 1, 6.0)
    assert rows(found, "positions") == [["others, together", "20"]]  # 6 people are not told apart from 14
    assert any(step.href.endswith("/loop/") for step in found.missing)


def test_fewer_than_ten_graduates_are_not_shown(planned):
    outcomes(planned, 9, occupation="Marketer", destination="contract")
    found = reading(planned, "flows")
    assert figures(found)["graduates"] is None
    assert "Marketer" not in str(found)


def test_a_school_changes_after_how_many_months_a_flow_is_stale(planned):
    from curricula.models import TrainingRules

    outcomes(planned, 12, destination="contract", settled=timezone.localdate() - timedelta(days=150))
    assert reading(planned, "flows").blocks[0].tone == "ok"
    rules = TrainingRules.objects.create(school=planned.school, values={"talent_months": 2})
    assert rules
    assert reading(planned, "flows").blocks[0].tone == "gap"


def test_breadth_counts_areas_and_names_the_side_that_a_plan_leans_to(planned):
    planned.curriculum.program.host_major = "Trade"
    planned.curriculum.program.save()
    found = reading(planned, "breadth")
    assert figures(found)["effective"] is not None
    assert rows(found, "majors")[0][1] == "Trade"
    assert not found.blocks[1].missing
    planned.curriculum.program.host_major = ""
    planned.curriculum.program.save()
    assert reading(planned, "breadth").blocks[1].missing[0].text == "State the host major of the program."


def test_breadth_says_what_is_required_of_an_area_without_an_hour(planned):
    assert not reading(planned, "breadth").blocks[0].wanted
    Mapping.objects.filter(course__curriculum=planned.curriculum, ability__code__startswith="DA").delete()
    planned.curriculum.save()
    title = planned.ability("DA.1").title
    assert reading(planned, "breadth").blocks[0].wanted == (
        f"Required, in an area without an hour: {title}. Give them hours.",
    )


@pytest.mark.parametrize("name", ["layers", "breadth", "outlook", "rivals"])
def test_an_unfinished_mapping_and_a_plan_without_hours_are_not_judged(universe, name):
    courses = add_courses(universe.curriculum, 2, mapped=False)
    found = reading(universe, name)
    assert found.empty
    assert "mapping is not finished" in found.sentence
    Course.objects.update(theory=None, operation=None)
    ability = universe.curriculum.framework.abilities.filter(parent__isnull=False).first()
    Mapping.objects.create(course=courses[0], ability=ability, level="D")
    universe.curriculum.signed_off = True
    universe.curriculum.save()
    found = reading(universe, name)
    assert found.empty
    assert "states hours" in found.sentence
    assert found.missing[0].text == "State the hours of the courses that serve abilities."


def test_what_a_plan_of_totals_does_not_state_is_no_zero_in_layers_positions_and_json(planned):
    """Courses of 48 hours say neither practice nor assessment; then all are mapped at the level A."""
    Course.objects.update(theory=None, operation=None, total_hours=48)
    Position.objects.update(layer="manager", echelon="basic")
    found = reading(planned, "layers")
    assert "practice is not stated" in found.sentence
    assert [row[-2:] for row in rows(found, "layers")] == [["–", "–"]]
    report = gap_report_for(planned.curriculum)
    assert {line.assessed for line in report.positions} == {None}
    line = next(each for each in report.abilities if each.exposure_hours)
    assert (line.never_assessed, line.assessed_hours) == (None, None)
    told = json.loads(render(report, "json").content)
    assert {each["assessed"] for each in told["positions"]} == {None}
    assert "assessment_not_stated" in {each["code"] for each in told["warnings"]}
    Mapping.objects.update(level="A")
    planned.curriculum.save()  # moves the date that the cache of analyses reads
    assert [row[-2:] for row in rows(reading(planned, "layers"), "layers")] == [["–", "3"]]


def test_trade_models_are_counted_in_postings_and_carried_by_positions(planned):
    posting = Posting.objects.first()
    posting.text += " B2B platforms"
    posting.save()
    planned.curriculum.framework.positions.filter(code="marketer").update(trade_model="B2C")
    found = reading(planned, "trade")
    named = {row[0]: row[1] for row in rows(found, "models")}
    assert named == {"B2B": "1", "B2C": "0"}
    assert figures(found)["named"] == 1


def test_the_questionnaire_is_read_with_intervals_and_without_free_words(planned):
    asked = Questionnaire.objects.create(school=planned.school, title="Asked", asked={"student": 40})
    QuestionnaireAnswer.objects.bulk_create(
        QuestionnaireAnswer(
            questionnaire=asked,
            audience="student",
            text="Secret words",
            answers={"cooperation": "yes" if number < 15 else "no"},
        )
        for number in range(20)
    )
    found = reading(planned, "questionnaire")
    assert rows(found, "answers")[0][1:4] == [
        "15 out of 20",
        "75.0 %".replace(" ", "\u00a0"),
        rows(found, "answers")[0][3],
    ]
    assert "59.6" in rows(found, "answers")[0][3]
    assert (figures(found)["paper_cooperation"], figures(found)["paper_problems"]) == (0.6786, 0.6)
    assert "Secret words" not in str(found)


def test_numbers_of_students_of_another_program_count_in_no_panel(planned):
    Cohort.objects.create(school=planned.school, program="Another", year="2026", graduates=50)
    assert figures(reading(planned, "contradictions"))["own"] is None


def test_a_report_prints_where_records_that_never_leave_the_school_are_kept(planned):
    outcomes(planned, 12, destination="contract")
    Teacher.objects.create(school=planned.school, code="t1")
    report = full_report_for(planned.curriculum)
    assert not [table.key for table in report_tables(report) if not table.columns]
    assert render(report, "pdf").content.startswith(b"%PDF")
