"""The page of every panel, the tabs around it, the rules of a school, and what the report says of it."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from curricula.analysis.measures.growth import UntouchedGrowth
from curricula.analysis.training.breadth import ForwardLook
from curricula.evaluation.reports import full_report_for, gathered
from curricula.evaluation.training.breadth import _outlook_sentence
from curricula.evaluation.training.panels import BY_NAME, PANELS
from curricula.models import Cohort, Curriculum, Placement, Resource, School, Teacher, TrainingRules
from curricula.reports.json_report import report_data
from curricula.reports.panels import SHOWN, UNFOLDED
from curricula.reports.tables import report_tables
from curricula.tabs import GROUPS, tabs_of
from tests.pages import text_of
from tests.queries import queries_of
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
PLAN = "/c/north/sales/2026/"
CONDITIONS = f"{PLAN}training/conditions/"
RULES = "/schools/north/training-rules/"


def with_records(school: School) -> None:
    """Two teachers, one of them with practice; 30 seats for 80 students; four accounts; one student placed."""
    Teacher.objects.create(school=school, code="p-a", practice_months=8, employment="full")
    Teacher.objects.create(school=school, code="p-b", practice_months=0, industry_years=0, employment="part")
    Resource.objects.create(school=school, title="Laboratory", seats=30, accounts=4)
    Cohort.objects.create(school=school, program="Sales", year="2025", students=80)
    Placement.objects.create(school=school, student="p-s", kind_of="professional", until="2026-06-30")


@pytest.mark.parametrize("panel", [panel.name for panel in PANELS])
def test_an_empty_school_is_told_what_to_enter_first_and_accused_of_nothing(
    universe: Universe, as_user: Any, panel: str
):
    universe.curriculum.courses.all().delete()
    page = as_user(universe.director).get(f"{PLAN}training/{panel}/").content.decode()
    assert "No evidence yet" in text_of(page)
    assert 'class="tag gap"' not in page
    assert "steps-first" in page


def test_each_light_says_its_counts_and_what_would_turn_it_green(universe: Universe, as_user: Any):
    with_records(universe.school)
    said = text_of(as_user(universe.director).get(CONDITIONS).content.decode())
    assert "1 of 2; at least 1 are needed" in said  # half of two teachers, and a tenth of two
    assert "0.38 30 for 80 students; at least 0.5 a student are needed" in said
    assert "10 more seats for practice." in said  # 40 − 30
    assert "0.05 4 for 80 students" in said  # met exactly
    assert "at least 6 months in enterprises or 1 year in the industry" in said
    assert "1 of 80 students in the year up to" in said
    assert "19 more students in a placement" in said  # a quarter of 80 is 20
    assert "paper 003 §2.2 · the school's threshold" in said


def test_a_school_changes_a_threshold_and_its_history_keeps_what_it_was(universe: Universe, as_user: Any):
    with_records(universe.school)
    director = as_user(universe.director)
    form = director.get(RULES).context["form"]
    stated = {name: form[name].initial for name in form.fields} | {"seats_per_student": "0.3"}
    stated["teacher_fields"] = "\n".join(stated["teacher_fields"])
    saved = director.post(RULES, stated, follow=True)
    assert TrainingRules.objects.get().values == {"seats_per_student": 0.3}
    assert "Seats for practice a student: 0.5 → 0.3" in text_of(saved.content.decode()).replace("seats", "Seats")
    assert "at least 0.3 a student are needed" in text_of(director.get(CONDITIONS).content.decode())


def test_a_threshold_outside_of_its_limits_is_refused_and_what_was_typed_stays(universe: Universe, as_user: Any):
    director = as_user(universe.director)
    form = director.get(RULES).context["form"]
    stated = {name: form[name].initial for name in form.fields} | {"students_placed": "3"}
    stated["teacher_fields"] = "x"
    refused = director.post(RULES, stated)
    assert refused.status_code == 422
    assert 'value="3"' in refused.content.decode()
    assert not TrainingRules.objects.exists()


def test_a_panel_that_does_not_exist_is_not_found(universe: Universe, as_user: Any):
    assert as_user(universe.viewer).get(f"{PLAN}training/absent/").status_code == 404


@pytest.mark.parametrize("panel", [panel.name for panel in PANELS])
def test_more_records_ask_for_no_more_queries(universe: Universe, as_user: Any, panel: str):
    client = as_user(universe.viewer)
    with_records(universe.school)
    client.get(f"{PLAN}training/{panel}/")
    few = queries_of(client.get, f"{PLAN}training/{panel}/")
    for n in range(3):
        Teacher.objects.create(school=universe.school, code=f"p-{n}")
        Resource.objects.create(school=universe.school, title=f"Room {n}", seats=1)
        Placement.objects.create(school=universe.school, student=f"p-{n}", until="2026-06-30")
    assert queries_of(client.get, f"{PLAN}training/{panel}/") == few


def test_the_report_has_a_section_for_each_panel_or_names_what_is_missing(universe: Universe):
    empty = full_report_for(universe.curriculum, language="en")
    told = {table.key: table for table in report_tables(empty)}
    with_records(universe.school)
    report = full_report_for(universe.curriculum, language="en")
    tables = {table.key: table for table in report_tables(report)}
    for panel in PANELS:
        said = f"panel_{panel.name}" in tables
        missed = [row[0].text for row in tables["panels_missing"].rows] if "panels_missing" in tables else []
        assert said or panel.title in missed
    assert "panel_conditions" in tables
    assert [section.name for section in report.panels] == [panel.name for panel in PANELS]
    assert "panels_missing" in told or "panel_conditions" in told


def test_json_gives_counts_under_keys_that_stay_and_no_address(universe: Universe):
    with_records(universe.school)
    data = report_data(full_report_for(universe.curriculum, language="en"))
    conditions = next(each for each in data["panels"] if each["name"] == "conditions")
    figures = {part["name"]: part["figures"] for part in conditions["parts"]}
    assert figures["teachers"] == {"practised": 1, "part_time": 1}
    assert figures["equipment"]["seats"] == 0.375
    assert figures["practice"] == {"real": 0.05, "placed": 0.0125}
    assert "/schools/north" not in json.dumps(data["panels"])


def test_every_page_stands_in_one_group_and_a_group_opens_its_first_page(universe: Universe):
    pages = [page for _title, each in GROUPS.values() for page, _t in each]
    assert len(pages) == len(set(pages))
    tabs = tabs_of(universe.curriculum, "matrix", may_edit=True)
    assert [str(group.title) for group in tabs.groups if group.current] == ["Plan"]
    assert [str(page.title) for page in tabs.pages if page.current] == ["Matrix"]
    assert len(tabs.groups) == 6
    viewer = tabs_of(universe.curriculum, "courses", may_edit=False)
    assert "Settings" not in [str(page.title) for page in viewer.pages]


def test_a_long_table_shows_its_first_rows_and_says_how_many_there_are(universe: Universe, as_user: Any) -> None:
    add_courses(universe.curriculum, UNFOLDED + 1)
    Teacher.objects.create(school=universe.school, code="p-aaaaaaaa", courses=["C1"])
    page = as_user(universe.director).get(universe.curriculum.page("training", "teachers")).content.decode()
    shown, further = page.split('<tbody class="further">')
    assert shown.count('<th scope="row">') == SHOWN
    assert further.split("</tbody>")[0].count('<th scope="row">') == UNFOLDED + 1 - SHOWN
    assert f"All {UNFOLDED + 1} rows" in page


def test_a_short_table_is_shown_whole(universe: Universe, as_user: Any) -> None:
    add_courses(universe.curriculum, UNFOLDED)
    Teacher.objects.create(school=universe.school, code="p-aaaaaaaa", courses=["C1"])
    page = as_user(universe.director).get(universe.curriculum.page("training", "teachers")).content.decode()
    assert "further" not in page


def test_every_card_has_a_title(universe: Universe, as_user: Any) -> None:
    """A part that has none of its own is headed by the question of its panel."""
    add_courses(universe.curriculum, 1)
    Teacher.objects.create(school=universe.school, code="p-aaaaaaaa", courses=["C1"])
    page = as_user(universe.director).get(universe.curriculum.page("training", "teachers")).content.decode()
    assert "<h2>In which courses does nobody who teaches know the trade from practice?</h2>" in page


@pytest.mark.parametrize("panel", ["trade", "outlook", "contradictions", "layers"])
def test_a_plan_without_postings_counts_none_of_them_and_asks_for_them(universe: Universe, panel: str) -> None:
    """Taught and mapped, and judged by no posting: unknown is not 0."""
    add_courses(universe.curriculum, 4)
    universe.curriculum.signed_off = True
    universe.curriculum.save()
    universe.framework.positions.update(trade_model="B2C", echelon="basic", layer="specialist")
    reading = BY_NAME[panel].read(gathered(universe.curriculum))
    counted = {"named", "unassigned", "untouched", "lag"}
    figures = [figure for block in reading.blocks for figure in block.figures if figure.name in counted]
    assert figures
    assert [figure.value for figure in figures] == [None] * len(figures)
    assert all(figure.note for figure in figures)
    assert any("postings" in step.text for step in reading.first_steps)
    keys = ("postings", "by_position")
    cells = [
        row[place].value
        for block in reading.blocks
        for listing in block.listings
        for place, column in enumerate(listing.table.columns)
        if column.key in keys
        for row in listing.table.rows
    ]
    assert set(cells) <= {None}


def test_a_year_of_entry_whose_plan_has_no_course_yet_stands_nowhere(universe: Universe) -> None:
    add_courses(universe.curriculum, 4)
    universe.curriculum.signed_off = True
    universe.curriculum.save()
    universe.framework.positions.update(echelon="basic")
    Curriculum.objects.create(program=universe.curriculum.program, year=2024, framework=universe.framework)
    reading = BY_NAME["layers"].read(gathered(universe.curriculum))
    (stages,) = (each.table for block in reading.blocks for each in block.listings if "stage" in each.table.key)
    assert {row[0].text for row in stages.rows} == {"2026"}


@pytest.mark.parametrize(("untaught", "verb"), [(0, "have"), (1, "has"), (2, "have")])
def test_one_rising_ability_has_and_two_have_no_hour(untaught: int, verb: str) -> None:
    growth = UntouchedGrowth(rising=3, untaught=untaught, growth=0.6, untouched=0.3, share=0.5)
    said = _outlook_sentence(ForwardLook(pd.DataFrame(), (), growth, ("a", "b", "c")))
    assert said.startswith(f"{untaught} of 3 abilities whose demand surely rises {verb} no hour")
