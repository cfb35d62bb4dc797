"""Plans side by side: only those that the reader may see, with the figures of their own reports."""

from __future__ import annotations

import pytest

from competencies.frameworks.crosswalks import crosswalk_table
from competencies.models import Ability, Crosswalk, Framework
from curricula.analysis.alignment import porter_index
from curricula.evaluation.reports import gap_report_for
from curricula.models import Course, Curriculum, Program
from tests import pages
from tests.queries import queries_of
from tests.some import some
from tests.universe import Universe, add_courses, add_postings, make_framework

pytestmark = pytest.mark.django_db


def another(universe: Universe, *, year: int, program: Program | None = None, framework: Framework | None = None):
    return Curriculum.objects.create(
        program=program or universe.curriculum.program, year=year, framework=framework or universe.framework
    )


def address(*curricula: Curriculum, query: str = "") -> str:
    return "/compare/?" + "&".join(f"c={curriculum.key}" for curriculum in curricula) + query


@pytest.fixture
def years(universe) -> tuple[Curriculum, Curriculum]:
    """2025 teaches MK.1 and MK.2 by theory; 2026 all four abilities, and practises them; 100 postings ask for MK.1."""
    older, newer = another(universe, year=2025), universe.curriculum
    add_courses(older, 2)
    Course.objects.filter(curriculum=older).update(operation=0)
    add_courses(newer, 4)
    for curriculum in (older, newer):
        add_postings(curriculum, 0)
        curriculum.prepares_for.set(universe.framework.positions.all())  # so that what they require is wanted
    add_postings(newer, 100)
    return older, newer


def shown(client, *curricula, query=""):
    answer = client.get(address(*curricula, query=query))
    assert answer.status_code == 200
    return answer


def test_each_plan_shows_the_findings_of_its_own_report(years, universe, as_user):
    comparison = shown(as_user(universe.viewer), *years, query="&all=1").context["comparison"]
    for place, curriculum in some(enumerate(years)):
        expected = {line.code: line.label for line in gap_report_for(curriculum, language="en").abilities}
        found = {row.code: row.cells[place].line for row in comparison.rows}
        assert {code: line.label for code, line in found.items() if line} == expected


def test_abilities_with_different_findings_stand_first(years, universe, as_user):
    comparison = shown(as_user(universe.viewer), *years).context["comparison"]
    differs = [row.differs for row in comparison.rows]
    assert differs == sorted(differs, reverse=True)
    assert comparison.differing
    assert f"Of {len(differs)} abilities, {sum(differs)} " in comparison.sentence


def test_the_distance_is_what_the_index_leaves(years, universe, as_user):
    comparison = shown(as_user(universe.viewer), *years).context["comparison"]
    hours = [{line.code: line.exposure_hours for line in gap_report_for(plan).abilities} for plan in years]
    codes = sorted(set(hours[0]) | set(hours[1]))
    sides = [[side.get(code, 0.0) for code in codes] for side in hours]
    (distance,) = comparison.distances
    assert distance.moving == pytest.approx(1 - porter_index(*sides))
    assert dict(comparison.distance_rows[0][1][1].__dict__) == dict(distance.__dict__)
    assert comparison.distance_rows[0][1][0] is None


def test_what_changed_from_year_to_year_is_named(years, universe, as_user):
    (step,) = shown(as_user(universe.viewer), *reversed(years)).context["comparison"].steps
    assert (step.before.curriculum.year, step.after.curriculum.year) == (2025, 2026)
    found = step.findings
    assert {*map(id, found.closed), *map(id, found.opened), *map(id, found.others)} == {*map(id, found.changes)}
    assert [change.title for change in found.closed] == ["Live selling"]


def test_the_chart_has_one_panel_a_plan_and_the_same_rows(years, universe, as_user):
    answer = shown(as_user(universe.viewer), *years)
    figure = pages.figure_of(answer.content.decode(), "panels")
    meta = figure["layout"]["meta"]
    assert [panel["year"] for panel in meta["panels"]] == ["2025", "2026"]
    assert len(figure["data"]) == meta["traces"] * 2
    assert [row["title"] for row in meta["rows"]] == [row.title for row in answer.context["comparison"].rows]
    theory = figure["data"][meta["traces"] + 3]
    lines = [row.cells[1].line for row in answer.context["comparison"].rows]
    assert theory["x"] == [round(100 * line.taught_share, 2) for line in lines if line]
    assert figure["layout"]["xaxis"]["range"] == figure["layout"]["xaxis2"]["range"]


def test_a_plan_that_the_reader_may_not_see_is_not_found(years, universe, as_user):
    assert as_user(universe.outsider).get(address(*years)).status_code == 404
    assert as_user(universe.viewer).get(address(years[0]) + "&c=south/other/2026").status_code == 404
    assert as_user(universe.viewer).get("/compare/?c=nonsense").status_code == 404
    assert as_user(universe.viewer).get("/compare/?c=a/b/c").status_code == 404


def test_only_plans_of_the_reader_can_be_chosen(years, universe, as_user):
    def offered(user):
        return [curriculum.key for curriculum in as_user(user).get("/compare/").context["curricula"]]

    assert offered(universe.viewer) == ["north/sales/2026", "north/sales/2025"]
    assert offered(universe.outsider) == []
    assert "There is nothing to compare yet" in as_user(universe.outsider).get("/compare/").content.decode()


def test_a_plan_without_a_mapping_and_one_on_another_framework_are_left_out_in_words(years, universe, as_user):
    bare = another(universe, year=2024)
    foreign = another(universe, year=2023, framework=make_framework("other"))
    add_courses(foreign, 1)
    answer = shown(as_user(universe.viewer), *years, bare, foreign)
    assert len(answer.context["comparison"].plans) == 2
    text = answer.content.decode()
    assert "2024 is not mapped to abilities yet." in text
    assert "2023 is mapped to another framework: Trade." in text


def test_at_most_six_are_compared(universe, as_user):
    curricula = [universe.curriculum, *(another(universe, year=year) for year in range(2019, 2026))]
    for curriculum in curricula:
        add_courses(curriculum, 1)
    answer = shown(as_user(universe.viewer), *curricula)
    assert [plan.curriculum.year for plan in answer.context["comparison"].plans] == [2026, *range(2019, 2024)]
    assert "At most six plans are compared at once" in answer.content.decode()


def test_one_plan_alone_is_not_compared(years, universe, as_user):
    answer = shown(as_user(universe.viewer), years[0], years[0])
    assert "comparison" not in answer.context
    assert "Which plans?" in answer.content.decode()


def test_a_plan_without_hours_has_a_reason_in_place_of_a_distance(years, universe, as_user):
    Course.objects.filter(curriculum=years[0]).update(theory=0, operation=0)
    years[0].save()
    answer = shown(as_user(universe.viewer), *years)
    (distance,) = answer.context["comparison"].distances
    assert (distance.moving, distance.jensen_shannon) == (None, None)
    text = pages.text_of(answer.content.decode())
    assert "No hours of theory or practice of Sales 2025 reach an ability." in text
    assert "None" not in text
    assert "nan" not in text


def test_no_more_queries_for_more_courses(universe, as_user):
    client = as_user(universe.viewer)
    older = another(universe, year=2025)
    client.get("/")

    def queries() -> int:
        return queries_of(shown, client, older, universe.curriculum)

    for curriculum in (older, universe.curriculum):
        add_courses(curriculum, 1)
    add_postings(universe.curriculum, 1)
    one = queries()
    for curriculum in (older, universe.curriculum):
        add_courses(curriculum, 2)
        curriculum.save()
    add_postings(universe.curriculum, 2)
    assert queries() <= one


@pytest.fixture
def rival(universe) -> Framework:
    """R.1 is MK.1, and MK.2 is broader; that R.2 is broader than DA.1 is said on the main side; R.3 stands alone."""
    framework = Framework.objects.create(slug="rival", title_en="Rival")
    made = [
        Ability.objects.create(framework=framework, code=f"R.{n}", title_en=f"Rival {n}", order=n) for n in (1, 2, 3)
    ]
    ties = ((made[0], "MK.1", "exact"), (made[0], "MK.2", "broader"))
    for ability, code, relation in ties:
        Crosswalk.objects.create(
            ability=ability, counterpart=universe.ability(code), relation=relation, citation="p. 7"
        )
    Crosswalk.objects.create(ability=universe.ability("DA.1"), counterpart=made[1], relation="broader")
    return framework


def test_a_crosswalk_is_read_from_either_side(universe, rival):
    table = crosswalk_table(rival, universe.framework)
    found = {row.ability.code: [(c.ability.code, c.relation.value) for c in row.counterparts] for row in table.rows}
    assert found == {"R.1": [("MK.1", "exact"), ("MK.2", "broader")], "R.2": [("DA.1", "narrower")], "R.3": []}
    assert [ability.code for ability in table.missing] == ["DA.2"]
    assert (table.linked, [ability.code for ability in table.without]) == (2, ["R.3"])
    turned = crosswalk_table(universe.framework, rival)
    found = {row.ability.code: [(c.ability.code, c.relation.value) for c in row.counterparts] for row in turned.rows}
    assert found == {
        "MK.1": [("R.1", "exact")],
        "MK.2": [("R.1", "narrower")],
        "DA.1": [("R.2", "broader")],
        "DA.2": [],
    }


def test_frameworks_stand_side_by_side_with_what_has_no_counterpart(universe, rival, as_user):
    client = as_user(universe.outsider)
    text = client.get("/compare/frameworks/?left=rival&right=trade").content.decode()
    assert "2 of 3 abilities of “Rival” have a counterpart; 1 of 4 abilities of “Trade” have none." in text
    assert "p. 7" in text
    assert client.get("/compare/frameworks/?left=rival&right=nowhere").status_code == 404
    assert (
        "Choose two different frameworks" in client.get("/compare/frameworks/?left=rival&right=rival").content.decode()
    )


def seen_on_both(client, curriculum, query="left=rival&right=trade"):
    return client.get(f"/compare/frameworks/?{query}&c={curriculum.key}")


def test_a_plan_on_two_frameworks_keeps_its_hours_and_names_what_has_no_place(universe, rival, as_user):
    add_courses(universe.curriculum, 4)
    answer = seen_on_both(as_user(universe.viewer), universe.curriculum)
    plan = answer.context["plan"]
    taught = {line.code: line.exposure_hours for line in gap_report_for(universe.curriculum).abilities}
    assert {row.title: row.hours for row in plan.rows} == {
        "Rival 1": taught["MK.1"] + taught["MK.2"],
        "Rival 2": taught["DA.1"],
        "Rival 3": 0,
    }
    assert [(each.title, each.hours) for each in plan.without] == [("Modelling", taught["DA.2"])]
    assert "Of the plan's 192 hours that serve an ability, 48 (25.0\u00a0%) have no place in “Rival”." in plan.sentence
    turned = seen_on_both(as_user(universe.viewer), universe.curriculum, "left=trade&right=rival")
    assert turned.context["plan"].rows == plan.rows


def test_only_plans_that_the_reader_may_see_are_seen_on_both(universe, rival, as_user):
    add_courses(universe.curriculum, 4)
    assert seen_on_both(as_user(universe.outsider), universe.curriculum).status_code == 404
    offered = as_user(universe.viewer).get("/compare/frameworks/?left=rival&right=trade").context["plans"]
    assert offered == [universe.curriculum]
    assert as_user(universe.outsider).get("/compare/frameworks/?left=rival&right=trade").context["plans"] == []


def test_a_plan_without_hours_says_that_nothing_can_be_carried_over(universe, rival, as_user):
    add_courses(universe.curriculum, 4)
    Course.objects.update(theory=0, operation=0)
    universe.curriculum.save()
    text = pages.text_of(seen_on_both(as_user(universe.viewer), universe.curriculum).content.decode())
    assert "No hours of the plan reach an ability, so nothing can be carried over." in text
    assert "nan" not in text
    assert "None" not in text


def test_frameworks_without_a_crosswalk_say_so(universe, as_user):
    assert "No crosswalk yet" in as_user(universe.viewer).get("/compare/frameworks/").content.decode()


def test_no_more_queries_for_a_longer_crosswalk(universe, rival, as_user):
    client = as_user(universe.viewer)
    path = "/compare/frameworks/?left=rival&right=trade"

    def queries() -> int:
        return queries_of(client.get, path)

    client.get(path)
    one = queries()
    for number, code in enumerate(("DA.1", "DA.2", "MK.1"), start=4):
        ability = Ability.objects.create(framework=rival, code=f"R.{number}", title_en="More", order=number)
        Crosswalk.objects.create(ability=ability, counterpart=universe.ability(code), relation="close")
    assert queries() == one


def test_plans_that_say_and_divide_the_same_are_said_to(universe, as_user):
    twin = another(universe, year=2030)
    add_courses(twin, 2)
    add_courses(universe.curriculum, 2)
    page = shown(as_user(universe.viewer), twin, universe.curriculum).content.decode()
    assert "The findings are the same in all plans, and so is how the hours are divided." in page
