"""All programs of a school: one report, and the editions in one archive."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from curricula.committee import archive
from curricula.committee.archive import parts_of
from curricula.evaluation.school_report import newest_plans, school_report
from curricula.models import Curriculum, Membership, Program, Work
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture
def school(universe: Universe) -> Universe:
    """Two programs, of which one has an older plan and one nothing to tell."""
    older = Curriculum.objects.create(program=universe.curriculum.program, year=2025, framework=universe.framework)
    for plan in (older, universe.curriculum):
        add_courses(plan, 4)
    add_postings(universe.curriculum, 100)
    other = Program.objects.create(school=universe.school, slug="trade", title_en="Trade")
    Curriculum.objects.create(program=other, year=2026, framework=universe.framework)
    return universe


def test_of_each_program_the_newest_plan_is_told(school):
    lines = school_report(school.school, language="en").programs
    assert [(line.program, line.plan, line.courses, line.credits) for line in lines] == [
        ("Sales", "2026, draft", 4, 12),
        ("Trade", "2026, draft", 0, None),
    ]
    assert (lines[1].gaps, lines[1].sentence) == (None, "The plan has nothing to report yet.")


def test_members_take_the_report_and_the_archive(school, as_user):
    client = as_user(school.viewer)
    page = client.get("/schools/north/reports/")
    assert page.status_code == 200
    answer = client.get("/schools/north/reports/pdf/")
    assert "Sales" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    page = client.get("/schools/north/reports/archive/1/?language=en", follow=True)
    assert page.redirect_chain[0][0].startswith("/progress/")
    assert "The archive is ready." in page.content.decode()
    answer = client.get(Work.objects.get().url)
    assert answer["Content-Type"] == "application/zip"
    assert sorted(ZipFile(BytesIO(answer.content)).namelist()) == [
        *("programs-north.pdf", "programs-north.xlsx"),
        *("sales/committee-north-sales-2026.pdf", "sales/committee-north-sales-2026.xlsx"),
    ]


def test_nobody_else_fetches_it_and_its_asker_only_as_a_member(school, as_user):
    as_user(school.viewer).get("/schools/north/reports/archive/1/")
    link = Work.objects.get().url
    assert as_user(school.director).get(link)["Location"].startswith("/progress/"), "one is made of one's own"
    assert as_user(school.outsider).get(link).status_code == 404
    Membership.objects.filter(user=school.viewer).delete()
    assert as_user(school.viewer).get(link).status_code == 404


def test_others_do_not(school, as_user):
    client = as_user(school.outsider)
    for path in ("", "pdf/", "archive/1/"):
        assert client.get(f"/schools/north/reports/{path}").status_code == 404


def test_many_programs_come_in_parts(school, monkeypatch):
    monkeypatch.setattr(archive, "IN_A_PART", 1)
    another = Program.objects.create(school=school.school, slug="zoology", title_en="Zoology")
    add_courses(Curriculum.objects.create(program=another, year=2026, framework=school.framework), 1)
    parts = parts_of(newest_plans(school.school))
    assert [(part.number, part.first, part.last) for part in parts] == [(1, 1, 1), (2, 2, 2)]


def test_a_school_without_plans_is_told_what_to_do_first(universe, as_user):
    page = as_user(universe.viewer).get("/schools/north/reports/").content.decode()
    assert "Nothing to report yet" in page
    assert as_user(universe.viewer).get("/schools/north/reports/archive/1/").status_code == 404
