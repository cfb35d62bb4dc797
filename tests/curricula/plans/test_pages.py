"""The pages that show a curriculum: what they say, that every figure opens, and what they cost."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from curricula.evaluation.reports import full_report_for, gap_report_for
from curricula.models import Course, Mapping, Prerequisite
from curricula.plans.presenters.abilities import first_lines
from curricula.plans.views import overview
from curricula.records.versions import touch
from talentgap.templatetags.talentgap import register
from tests.queries import queries_of
from tests.report_universe import report
from tests.some import some
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db
NO_PREREQUISITES = {"prerequisites-TOTAL_FORMS": 0, "prerequisites-INITIAL_FORMS": 0}
STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("at first", {}),
    ("followed", {"hours": "asked"}),
    ("from then on", {}),
)
LIST_PAGES = ("overview", "abilities", "courses", "positions", "certificates", "postings", "history", "matrix")


def figure_of(page: str, name: str) -> dict:
    return json.loads(re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.S)[1])


def test_an_empty_curriculum_asks_for_its_courses(universe, as_user):
    page = as_user(universe.director).get(universe.curriculum.page("overview")).content.decode()
    assert "Import a teaching plan" in page
    assert "data-figure" not in page


def test_courses_without_mappings_lead_to_the_matrix_and_not_to_empty_charts(universe, as_user):
    add_courses(universe.curriculum, 3, mapped=False)
    Course.objects.update(theory=None, operation=None)
    page = as_user(universe.faculty).get(universe.curriculum.page("overview")).content.decode()
    assert "none is mapped to an ability yet" in page
    assert "3 courses state none" in page
    assert universe.curriculum.page("matrix") in page
    assert "data-figure" not in page


def test_the_overview_opens_with_the_sentence_of_the_report(universe, as_user):
    add_courses(universe.curriculum, 4)
    page = as_user(universe.viewer).get(universe.curriculum.page("overview")).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert gap_report_for(universe.curriculum, language="en").sentence in text.replace("&#x27;", "'")


def test_the_chart_shows_the_figures_of_the_report(universe, as_user):
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)
    page = as_user(universe.viewer).get(universe.curriculum.page("overview")).content.decode()
    figure = figure_of(page, "three-shares")
    report = gap_report_for(universe.curriculum, language="en")
    theory, practice, demand = figure["data"][3:6]
    assert theory["x"] == [round(100 * line.taught_share, 2) for line in report.abilities]
    assert practice["x"] == [round(100 * line.practised_share, 2) for line in report.abilities]
    assert demand["x"] == [line.demand_share and round(100 * line.demand_share, 2) for line in report.abilities]
    assert [row["title"] for row in figure["layout"]["meta"]["rows"]] == [line.title for line in report.abilities]


def test_what_hours_alone_can_do_follows_the_overview_that_is_shown_without_waiting_for_it(universe, as_user):
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)
    address, reader = universe.curriculum.page("overview"), as_user(universe.viewer)
    told = {name: reader.get(address, asked).content.decode() for name, asked in STEPS}
    summary = full_report_for(universe.curriculum, language="en").hours.summary
    assert 'data-later="worth"' in told["at first"]
    assert summary not in told["at first"]
    for name in ("followed", "from then on"):
        assert "data-later" not in told[name]
        assert summary in told[name].replace("&#x27;", "'")


def test_rows_that_are_folded_are_the_rest_of_the_same_chart(universe, as_user, monkeypatch):
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)
    monkeypatch.setattr(overview, "ROWS_AT_FIRST", 1)
    page = as_user(universe.viewer).get(universe.curriculum.page("overview")).content.decode()
    first, rest = figure_of(page, "three-shares"), figure_of(page, "three-shares-following")
    titles = [row["title"] for each in (first, rest) for row in each["layout"]["meta"]["rows"]]
    assert titles == [line.title for line in gap_report_for(universe.curriculum, language="en").abilities]
    assert len(first["layout"]["meta"]["rows"]) == 1
    assert first["layout"]["xaxis"]["range"] == rest["layout"]["xaxis"]["range"]


def test_each_count_of_findings_opens_as_many_abilities(universe, as_user):
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)
    client = as_user(universe.viewer)
    findings = client.get(universe.curriculum.page("overview")).context["findings"]
    for each in some(findings):
        opened = client.get(universe.curriculum.page("abilities"), {"label": each.code}).context["filter"].lines
        assert len(opened) == each.abilities
    assert sum(each.abilities for each in findings) == len(gap_report_for(universe.curriculum).abilities)


def test_every_row_of_the_chart_opens_what_is_behind_it(universe, as_user):
    add_courses(universe.curriculum, 4)
    client = as_user(universe.viewer)
    page = client.get(universe.curriculum.page("overview")).content.decode()
    for row in some(figure_of(page, "three-shares")["layout"]["meta"]["rows"]):
        assert client.get(row["href"]).status_code == 200


def test_titles_cannot_smuggle_markup_into_a_chart(universe, as_user):
    add_courses(universe.curriculum, 4)
    universe.framework.abilities.filter(code="MK.1").update(title_en='<a href="x">y</a><script>')
    page = as_user(universe.viewer).get(universe.curriculum.page("overview")).content.decode()
    assert "<script>y" not in page
    titles = [row["title"] for row in figure_of(page, "three-shares")["layout"]["meta"]["rows"]]
    assert "&lt;a href=&quot;x&quot;&gt;y&lt;/a&gt;&lt;script&gt;" in titles


def test_the_hours_of_an_ability_add_up_from_its_courses(universe, as_user):
    add_courses(universe.curriculum, 4)
    page = as_user(universe.viewer).get(universe.curriculum.page("curriculum-ability", "MK.1"))
    shown = page.context["page"]
    assert [item.mapping.course.code for item in shown.courses] == ["C1"]
    assert shown.totals == {"theory": 32, "demonstration": 0, "simulation": 0, "operation": 16, "assessment": 0}
    assert shown.line.taught_hours == shown.totals["theory"]


def test_unstated_shares_divide_what_the_stated_ones_leave(universe, as_user):
    course = add_courses(universe.curriculum, 1, mapped=False)[0]
    Mapping.objects.create(course=course, ability=universe.ability("MK.1"), share=0.5)
    Mapping.objects.create(course=course, ability=universe.ability("MK.2"))
    Mapping.objects.create(course=course, ability=universe.ability("DA.1"))
    page = as_user(universe.viewer).get(universe.curriculum.page("curriculum-ability", "MK.2"))
    (item,) = page.context["page"].courses
    assert (item.share, item.assumed) == (0.25, True)
    assert page.context["page"].line.taught_hours == 8


def test_an_ability_lists_the_postings_that_its_demand_counts(universe, as_user):
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 3)
    client = as_user(universe.viewer)
    shown = client.get(universe.curriculum.page("curriculum-ability", "MK.1")).context["page"]
    assert len(shown.postings) == 3
    listed = client.get(universe.curriculum.page("postings") + "?ability=MK.1").context["table"]
    assert listed.page.paginator.count == gap_report_for(universe.curriculum).demand.postings == 3


def test_an_ability_that_does_not_exist_is_not_found(universe, as_user):
    assert as_user(universe.viewer).get(universe.curriculum.page("curriculum-ability", "XX.9")).status_code == 404


def test_abilities_can_be_searched_filtered_and_sorted(universe, as_user):
    add_courses(universe.curriculum, 4)
    client = as_user(universe.viewer)
    address = universe.curriculum.page("abilities")

    def shown(query: str) -> list[str]:
        return [line.code for line in client.get(address + query).context["table"].data]

    assert shown("?q=live") == ["MK.2"]
    assert sorted(shown("?area=DA")) == ["DA.1", "DA.2"]
    assert shown("?sort=title") == ["MK.2", "DA.2", "MK.1", "DA.1"]
    assert shown("?q=nothing-like-it") == []


def test_the_abilities_say_how_the_mapping_behind_them_was_made(universe, as_user):
    add_courses(universe.curriculum, 3)
    facts = as_user(universe.viewer).get(universe.curriculum.page("abilities")).context["credibility"]
    told = {title.text: (value.text, note.text) for title, value, note in facts}
    assert told["Cells used"][1].startswith("3 of 12 pairs of course and ability")
    assert told["Agreement of the raters, α"][0] == "–"


def test_courses_say_in_words_what_is_missing(universe, as_user):
    add_courses(universe.curriculum, 2)
    bare = add_courses(universe.curriculum, 1, mapped=False)[0]
    Course.objects.filter(pk=bare.pk).update(theory=None, operation=None, term=None)
    page = as_user(universe.viewer).get(universe.curriculum.page("courses")).content.decode()
    assert "1 is not mapped to any ability." in page
    assert "1 states no hours by mode." in page
    assert "1 has no term." in page


def test_a_total_without_a_split_is_shown_and_assumed_hours_say_so(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    Course.objects.update(theory=None, operation=None, total_hours=53.5, course_type="professional core")
    for address in (universe.curriculum.page("courses"), course.get_absolute_url()):
        page = as_user(universe.viewer).get(address).content.decode()
        assert "53.5" in page
        assert "professional core" in page
        assert "assumed" not in page
    Course.objects.update(hours_assumed=True)
    for address in (universe.curriculum.page("courses"), course.get_absolute_url()):
        assert "assumed" in as_user(universe.viewer).get(address).content.decode()


def test_a_course_shows_its_prerequisites_both_ways(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    Prerequisite.objects.create(course=second, external="MATH 1")
    client = as_user(universe.viewer)
    assert "C1 Course 1" in client.get(second.get_absolute_url()).content.decode()
    assert "MATH 1" in client.get(second.get_absolute_url()).content.decode()
    assert "C2 Course 2" in client.get(first.get_absolute_url()).content.decode()


def test_a_course_is_edited_and_what_was_typed_stays_on_an_error(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    client = as_user(universe.director)
    address = universe.curriculum.page("course-edit", course.pk)
    typed = {"code": "C1", "title_en": "Renamed", "theory": "-4", "required": "unknown"} | NO_PREREQUISITES
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "Renamed" in answer.content.decode()
    course.refresh_from_db()
    assert course.title_en == "Course 1"
    assert client.post(address, typed | {"theory": "24"}).status_code == 302
    course.refresh_from_db()
    assert (course.title_en, course.theory) == ("Renamed", 24)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "C2"}, "code"),  # another course's
        ({"title_en": ""}, "title_zh"),
        ({"term": "99"}, "term"),
        ({"term": "0"}, "term"),
        ({"term": "3", "term_last": "2"}, "term_last"),
        ({"credits": "-1"}, "credits"),
        ({"operation": "5001"}, "operation"),
        ({"theory": "30", "operation": "20", "total_hours": "48"}, "total_hours"),
        ({"description": "x" * 20_001}, "description"),
    ],
)
def test_a_course_is_refused_at_the_field_that_no_file_could_say_either(universe, as_user, wrong, field):
    course = add_courses(universe.curriculum, 2)[0]
    typed = {"code": "C1", "title_en": "Renamed", "required": "unknown"} | NO_PREREQUISITES | wrong
    answer = as_user(universe.director).post(universe.curriculum.page("course-edit", course.pk), typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    course.refresh_from_db()
    assert (course.code, course.title_en) == ("C1", "Course 1")


def test_an_edit_is_seen_in_the_report_at_once(universe):
    course = add_courses(universe.curriculum, 4)[0]
    before = {line.code: line.taught_hours for line in gap_report_for(universe.curriculum).abilities}
    from curricula.plans.actions import save_course

    course.theory = 64
    save_course(course)
    universe.curriculum.refresh_from_db()
    after = {line.code: line.taught_hours for line in gap_report_for(universe.curriculum).abilities}
    assert (before["MK.1"], after["MK.1"]) == (32, 64)


def test_a_course_of_the_same_title_is_offered_to_stand_for_a_certificates_course(universe, as_user):
    course = add_courses(universe.curriculum, 2)[1]
    reference = universe.framework.reference_courses.get(code="ads")
    course.title_en = reference.title_en.upper()
    course.save()
    client = as_user(universe.director)
    answer = client.get(universe.curriculum.page("certificates"))
    (row,) = (row for row in answer.context["tables"][0].rows if row.entry.course == reference)
    assert (row.offered, row.namesake) == (None, course)
    assert '<option value="C1">Course 1</option>' in answer.content.decode()
    wrong = client.post(
        universe.curriculum.page("certificate-link"), {"reference_course": reference.pk, "course": "C9"}
    )
    assert wrong.status_code == 302
    assert not course.equivalences.exists()


def test_a_certificate_counts_on_its_page_as_in_the_report(universe, as_user):
    """A course that two directions ask for is one course; one of the same title is missing until somebody says so."""
    course = add_courses(universe.curriculum, 1)[0]
    certificate = universe.framework.certifications.get()
    reference = universe.framework.reference_courses.get(code="ads")
    for direction in ("technology", "operation"):
        certificate.courses.get_or_create(course=reference, direction=direction)
    Course.objects.filter(pk=course.pk).update(title_en=reference.title_en)
    answer = as_user(universe.director).get(universe.curriculum.page("certificates"))
    (table,) = answer.context["tables"]
    (line,) = (each for each in gap_report_for(universe.curriculum).certifications if not each.direction)
    assert (table.named, table.offered) == (line.courses_required, line.courses_offered) == (1, 0)
    missing = {row.entry.course.title for row in table.rows if row.offered is None}
    assert missing == set(line.missing) == {reference.title}
    assert "say whether it stands for it" in answer.content.decode()


def test_a_certificate_course_is_linked_and_unlinked(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    reference = universe.framework.reference_courses.get(code="ads")
    client = as_user(universe.director)
    link = universe.curriculum.page("certificate-link")
    client.post(link, {"reference_course": reference.pk, "course": course.code})
    (table,) = client.get(universe.curriculum.page("certificates")).context["tables"]
    assert [row.offered for row in table.rows] == [course]
    client.post(link, {"reference_course": reference.pk, "course": ""})
    (table,) = client.get(universe.curriculum.page("certificates")).context["tables"]
    assert [row.offered for row in table.rows] == [None]


def test_no_page_makes_more_queries_for_more_rows(universe, as_user):
    client = as_user(universe.director)

    def queries() -> dict[str, int]:
        """Of each page; the first of them runs the analysis."""
        found = {}
        for name in LIST_PAGES:
            found[name] = queries_of(client.get, universe.curriculum.page(name))
        return found

    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    add_postings(universe.curriculum, 1)
    queries()  # what a process reads once, as the vocabulary of a framework
    universe.curriculum.save()
    one = queries()
    for course in add_courses(universe.curriculum, 2):
        Prerequisite.objects.create(course=course, requires=first)
    add_postings(universe.curriculum, 2)
    universe.curriculum.save()
    three = queries()
    # fewer where nothing is left to advise on
    assert {name: (one[name], three[name]) for name in LIST_PAGES if three[name] > one[name]} == {}


def test_the_home_page_makes_no_more_queries_for_more_curricula(universe, as_user):
    client = as_user(universe.director)
    add_courses(universe.curriculum, 1)
    client.get("/")
    one = queries_of(client.get, "/")
    for year in (2024, 2025):
        curriculum = type(universe.curriculum).objects.create(
            program=universe.curriculum.program, year=year, framework=universe.framework
        )
        add_courses(curriculum, 2)
    assert queries_of(client.get, "/") == one


@pytest.mark.parametrize("write", [register.filters[name] for name in ("number", "percent", "index")])
def test_unknown_is_a_dash_and_never_a_number(write):
    assert write(None) == "–"
    assert write(float("nan")) == "–"
    assert write(0) != "–"


def test_the_first_chart_shows_what_can_be_drawn_where_the_largest_gaps_are_not_mapped():
    lines = report().abilities
    empty = tuple(replace(line, taught_share=0.0, practised_share=0.0, demand_share=None) for line in lines)
    drawn = replace(lines[0], taught_share=0.1)
    some = replace(report(), abilities=(*empty, drawn))
    assert first_lines(some, len(empty)) == (drawn, *empty[:-1])
    assert first_lines(some, len(empty) + 1) == (
        *empty,
        drawn,
    )


def test_where_no_position_is_chosen_none_is_called_prepared_for(universe, as_user):
    add_courses(universe.curriculum, 1)
    client, address = as_user(universe.director), universe.curriculum.page("positions")
    universe.curriculum.prepares_for.clear()
    page = client.get(address).content.decode()
    assert "so all of them count" in page
    assert '<span class="tag">prepared for</span>' not in page
    universe.curriculum.prepares_for.set([universe.framework.positions.first()])
    touch(universe.curriculum)
    page = client.get(address).content.decode()
    assert "so all of them count" not in page
    assert page.count('<span class="tag">prepared for</span>') == 1


def test_the_list_of_courses_shows_the_columns_that_a_reader_chooses(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    course.lecturers, course.language_of_instruction, course.required = ["T07", "T09"], "bilingual", True
    course.save()
    client, address = as_user(universe.viewer), universe.curriculum.page("courses")
    assert "T07" not in client.get(address).content.decode()
    assert "T07, T09" in client.get(address, {"also": "lecturers"}).content.decode()
    assert "bilingual" in client.get(address, {"also": "language_of_instruction"}).content.decode()
    whole = client.get(address, {"also": "all", "sort": "language_of_instruction"}).content.decode()
    assert "T07, T09" in whole
    assert "bilingual" in whole
    assert client.get(address, {"also": "locked"}).status_code == 200
