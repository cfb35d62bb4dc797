"""The committee edition: its page, its files, what stands in them and what never does."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from curricula.evaluation.committee import committee_edition
from curricula.evaluation.reports import full_report_for
from curricula.loop.actions import decide
from curricula.models import Comment, CommitteeChoices, Course, Curriculum, Decision, Mapping, SchoolLogo
from curricula.records.versions import next_version, touch
from curricula.reports.committee.edition import EVERY_SECTION, EditionChoices
from curricula.reports.committee.render import FORMATS, render_committee
from curricula.reports.render import render
from tests.curricula.committee.test_logo import png
from tests.curricula.test_two_at_one_form import changed, opened
from tests.pages import text_of
from tests.queries import queries_of
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db
KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\bfdr\b")  # as the program names things; a reader is told them in words
P_VALUE = re.compile(r"\bp\s*[=<≤]|p-value|mid-p|p值", re.IGNORECASE)


@pytest.fixture
def plan(universe) -> Curriculum:
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)
    return Curriculum.objects.select_related("program__school", "framework").get()


def words_in(content: bytes, kind: str) -> str:
    """Everything that a reader of the file sees."""
    if kind == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if kind == "html":
        return text_of(content.decode())
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return " ".join(
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    )


def text(plan: Curriculum, kind: str = "html", language: str = "en", **choices) -> str:
    edition = committee_edition(plan, choices=EditionChoices(**choices), language=language)
    return words_in(render_committee(edition, kind).content, kind)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_key_of_the_program_and_no_p_value_stands_in_it(plan, language):
    edition = committee_edition(plan, choices=EditionChoices(), language=language)
    for kind in FORMATS:
        said = words_in(render_committee(edition, kind).content, kind)
        assert KEY.findall(said) == [], kind
        assert P_VALUE.findall(said) == [], kind


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_key_of_the_program_stands_in_the_full_report(plan, language):
    report = full_report_for(plan, language=language)
    for kind in ("pdf", "html", "xlsx"):
        assert KEY.findall(words_in(render(report, kind).content, kind)) == [], kind


def test_the_cover_says_whose_plan_it_is_and_where_it_stands(plan):
    said = text(plan, prepared_by="Teaching office", recipients=("College committee",), reason="Employers asked.")
    for each in ("Sales", "sales", "2026", "draft", "Teaching office", "College committee", "Employers asked."):
        assert each in said


def test_every_label_is_explained_where_it_first_stands_and_once(plan):
    edition = committee_edition(plan, language="en")
    first: dict[str, str] = {}
    for line in edition.findings:
        first.setdefault(line.label, line.meaning)
    assert first
    assert all(first.values())
    assert len([line for line in edition.findings if line.meaning]) == len(first)


def test_sections_that_were_not_chosen_are_not_made(plan):
    said = text(plan, sections=("why",))
    assert "Why this revision" in said
    assert "Findings and proposals" not in said
    assert "Signature" not in said


def test_the_table_of_changes_names_what_changed_and_why(plan, universe):
    after = next_version(plan)
    course = after.courses.get(code="C1")
    course.operation = 32
    course.save()
    after.courses.get(code="C4").delete()
    touch(after)
    edition = committee_edition(after, language="en")
    assert edition.changes is not None
    rows = [[cell.text for cell in row] for row in edition.changes.rows]
    assert [row[:2] for row in rows] == [["course dropped", "C4 Course 4"], ["course changed", "C1 Course 1"]]
    assert "16 → 32" in rows[1][2]
    assert edition.changes_told[0] == "Compared with Sales 2026, version 1, draft."


def test_a_plan_without_an_earlier_one_says_so(plan):
    assert "There is no earlier plan" in text(plan)


def test_the_matrix_writes_what_the_school_writes(plan):
    assert committee_edition(plan, language="en").matrix.letters == ("D",)
    Mapping.objects.filter(course__code="C1").update(strength="H")
    touch(plan)
    matrix = committee_edition(plan, language="en").matrix
    assert matrix.letters == ("H", "D")
    assert matrix.rows[0].cells == ("H", "", "", "")
    assert [column.total for column in matrix.columns] == [1, 1, 1, 1]
    assert matrix.columns[0].counts == (1, 0)


def test_courses_without_a_mapping_are_named_below_the_matrix(plan):
    add_courses(plan, 1, mapped=False)
    touch(plan)
    (note,) = committee_edition(plan, language="en").matrix.notes
    assert note == "1 course has no mapping: Course 5."


def test_an_approved_plan_is_told_as_it_was_approved(plan, universe):
    decide(plan, Decision(kind="sent", reason="For the new year."), by=universe.director)
    decide(plan, Decision(kind="passed", document="2026-14"), by=universe.administrator)
    course = plan.courses.get(code="C1")
    course.title_en, course.credits = "Renamed", 30
    course.save()
    touch(plan)
    approved = Curriculum.objects.select_related("program__school", "framework").get()
    said = text(approved)
    assert "Renamed" not in said
    assert "For the new year." in said
    edition = committee_edition(approved, language="en")
    assert edition.credits[0].rows[-1][2].value == 12
    assert (edition.signatures[0].document, edition.signatures[0].decision) == ("2026-14", "passed")


def test_a_director_chooses_and_a_viewer_downloads(plan, universe, as_user):
    client = as_user(universe.director)
    form = opened(client, plan.page("committee"), "weeks")
    sent = changed(form, sections=["why", "decision"], language="zh-hans", prepared_by="教务处")
    assert client.post(plan.page("committee-choices"), sent).status_code == 302
    stored = CommitteeChoices.objects.get()
    assert (stored.sections, stored.language, stored.prepared_by) == (["why", "decision"], "zh-hans", "教务处")
    answer = as_user(universe.viewer).get(plan.page("committee-download", "html"))
    assert answer["Content-Disposition"].endswith('committee-north-sales-2026.html"')
    assert "教务处" in answer.content.decode()


def test_weeks_that_no_term_has_are_refused_and_nothing_is_saved(plan, universe, as_user):
    client = as_user(universe.director)
    sent = changed(opened(client, plan.page("committee"), "weeks"), weeks="0")
    assert client.post(plan.page("committee-choices"), sent).status_code == 422
    assert not CommitteeChoices.objects.exists()


def test_a_logo_stands_on_the_cover_until_it_is_removed(plan, universe, as_user):
    client = as_user(universe.director)
    picture = SimpleUploadedFile("logo.png", png(30, 20))
    client.post(plan.page("committee-logo"), {"logo": picture})
    assert SchoolLogo.objects.get().school == universe.school
    page = client.get(plan.page("committee-download", "html")).content.decode()
    assert '<img class="logo" src="data:image/png;base64,' in page
    assert client.get(plan.page("committee-download", "pdf")).content.startswith(b"%PDF")
    client.post(plan.page("committee-logo"), {"remove": "1"})
    assert not SchoolLogo.objects.exists()


def test_a_file_that_is_no_picture_changes_nothing(plan, universe, as_user):
    upload = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")
    answer = as_user(universe.director).post(plan.page("committee-logo"), {"logo": upload}, follow=True)
    assert "Only PNG and JPEG pictures are taken." in answer.content.decode()
    assert not SchoolLogo.objects.exists()


def test_an_unknown_format_or_language_is_not_found(plan, universe, as_user):
    client = as_user(universe.viewer)
    assert client.get(plan.page("committee-download", "docx")).status_code == 404
    assert client.get(plan.page("committee-download", "pdf"), {"language": "fr"}).status_code == 404


def test_the_edition_asks_the_same_number_of_queries_for_any_number_of_courses(plan, universe):
    def asked() -> int:
        touch(plan)
        return queries_of(
            committee_edition, Curriculum.objects.select_related("program__school", "framework").get(), language="en"
        )

    few = asked()
    add_courses(plan, 8)
    assert asked() == few


def test_the_workbook_has_the_matrix_and_the_credits_as_sheets(plan):
    content = render_committee(committee_edition(plan, language="en"), "xlsx").content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == [
        *("Committee edition", "By module", "By nature", "By term", "Findings and proposals", "Courses and abilities")
    ]
    sheet = book.get_sheet_by_name("Courses and abilities").to_python()
    assert sheet[1][:4] == ["C1", "Course 1", "D", ""]
    assert sheet[5][1:6] == ["Courses", 1, 1, 1, 1]


def test_the_command_line_writes_it(plan, tmp_path):
    path = tmp_path / "edition.pdf"
    asked = ("gap_report", plan.key, "--edition", "committee", "--output", str(path))
    call_command(*asked, "--format", "pdf", verbosity=0)
    assert 1 <= len(PdfReader(path).pages) <= 6
    with pytest.raises(CommandError, match="written as one of"):
        call_command(*asked, "--format", "csv")


def test_a_plan_with_hardly_any_data_makes_every_format(universe):
    add_courses(universe.curriculum, 1, mapped=False)
    plan = Curriculum.objects.select_related("program__school", "framework").get()
    for kind in FORMATS:
        assert "No course is mapped to an ability yet." in text(plan, kind) or kind == "xlsx"
    assert text(plan, "pdf", sections=())
    assert set(EVERY_SECTION) == set(committee_edition(plan).shown)


def test_what_industry_comments_stands_there_without_a_name_and_with_what_came_of_it(plan, universe, as_user):
    """Only of members who are marked so; of an approved plan only what was said before."""
    viewer, director = as_user(universe.viewer), as_user(universe.director)
    place = plan.page("comments", course="C1")
    viewer.post(place, {"course": "C1", "text": "Use live data, @director"})
    as_user(universe.faculty).post(place, {"course": "C1", "text": "Mine is no opinion of industry"})
    assert committee_edition(plan, language="en").opinions == ()
    member = universe.school.memberships.get(user=universe.viewer)
    page = f"/schools/north/members/{member.pk}/"
    as_user(universe.administrator).post(page, {"role": "viewer", "from_industry": "on"})
    (opinion,) = committee_edition(plan, language="en").opinions
    assert (opinion.about, opinion.words, opinion.followed) == (
        *("C1 Course 1", "Use live data, @…", "not answered yet"),
    )
    thread = Comment.objects.get(author=universe.viewer)
    director.post(plan.page("comment", thread.pk), {"text": "From 2027 on."})
    (opinion,) = committee_edition(plan, language="en").opinions
    assert opinion.followed == "answered and not settled yet: “From 2027 on.”"
    director.post(plan.page("comment", thread.pk), {"do": "resolve"})
    for kind in FORMATS:
        said = text(plan, kind)
        assert "Use live data, @…" in said
        assert "From 2027 on." in said
        assert "viewer" not in said
    decide(plan, Decision(kind="sent"), by=universe.director)
    decide(plan, Decision(kind="passed"), by=universe.administrator)
    viewer.post(place, {"course": "C1", "text": "Too late"})
    assert len(committee_edition(Curriculum.objects.get(pk=plan.pk), language="en").opinions) == 1


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_large_plan_fills_six_pages_at_most_and_says_what_it_leaves_to_the_workbook(plan, universe, language):
    """300 courses in 60 modules, all mapped and all changed since the plan before."""
    add_courses(plan, 296)
    for number, course in enumerate(plan.courses.all()):
        course.module, course.required = f"Module {number % 60}", number % 2 == 0
        course.title_en, course.title_zh = f"A course with a longer title {number}", f"一门名称较长的课程{number}"
        course.save()
    after = next_version(plan)
    Course.objects.filter(curriculum=after).update(operation=24, credits=4)
    add_courses(after, 60, mapped=False)
    touch(after)
    content = render_committee(committee_edition(after, language=language), "pdf").content
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) <= 6
    said = re.sub(r"\s+", "", " ".join(page.extract_text() for page in pages))
    left = {
        "en": ("furthermodulesareintheworkbook", "furtherchangesareintheworkbook", "thesumscountthem"),
        "zh-hans": ("个模块见工作簿", "项变更见", "合计已计入"),
    }
    for words in left[language]:
        assert words in said, words
