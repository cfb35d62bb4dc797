"""Whatever leaves a school names nobody: reports, editions, links, archives, the API, addresses and logs.

Records of every kind come in as sheets with names in each column that may hold one, so that a new kind or a new column
is tried by itself.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile, is_zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from curricula.evaluation.training.panels import PANELS
from curricula.fields.declaration import Field, RecordKind
from curricula.models import (
    Attainment,
    Course,
    Curriculum,
    Partnership,
    Questionnaire,
    QuestionnaireAnswer,
    SchoolRecord,
    Work,
    school_records,
)
from curricula.records.school_records import save_records
from curricula.records.sheets import read_sheet
from curricula.reports.committee.render import FORMATS as EDITIONS
from curricula.reports.render import FORMATS
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
KINDS: Final = school_records()
CODED, STUDENT, DROPPED, LECTURER, CONTACT = "欧阳示例", "东方示例", "司马示例", "诸葛示例", "上官示例"
WORDS: Final = "I was never shown the laboratory"
FEW: Final = 0.6173  # of nine students
PEOPLE: Final = (CODED, STUDENT, DROPPED, LECTURER, CONTACT)


def _said(field: Field) -> str:
    if field.coded:
        return STUDENT if field.name.startswith("student") else CODED
    return {"course": "C1", "courses": "C1", "year": "2025"}.get(field.name, "Something")


def sheet_of(kind: RecordKind) -> bytes:
    """A row with what the kind asks for, a name in each column of people, and one in each column that is dropped."""
    wanted = [field for field in kind.fields if field.required or field.coded]
    headers = [field.header for field in wanted] + [word for word in kind.dropped.split() if not word.isascii()]
    cells = [_said(field) for field in wanted]
    cells += [DROPPED] * (len(headers) - len(cells))
    return f"{','.join(headers)}\n{','.join(cells)}\n".encode()


@pytest.fixture
def plan(universe: Universe) -> Curriculum:
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)
    Course.objects.update(lecturers=[LECTURER])
    for model in KINDS.values():
        saved = save_records(model, read_sheet(model.kind, sheet_of(model.kind), name="x.csv"), school=universe.school)
        assert not saved.refusals
    Partnership.objects.update(contact=CONTACT)
    few = {"school": universe.school, "course": "C1", "part": "exam"}
    Attainment.objects.create(**few, attained=FEW, expected=0.7, students=9)
    asked = Questionnaire.objects.create(school=universe.school, title="Asked")
    QuestionnaireAnswer.objects.create(questionnaire=asked, audience="student", answers={}, text=WORDS)
    return Curriculum.objects.select_related("program__school", "framework").get()


def text_of(content: bytes) -> str:
    return "\n".join(texts_of(content))


def texts_of(content: bytes) -> Iterator[str]:
    """All that a file says, whatever it is."""
    if content.startswith(b"%PDF"):
        yield "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_of(archive.read(name))
    else:
        yield content.decode("utf-8", "ignore")


def named_in(said: str, *, more: tuple[str, ...] = ()) -> list[str]:
    return [each for each in (*PEOPLE, WORDS, *more) if each in said]


def leaving(plan: Curriculum) -> Iterator[str]:
    """The address of every file and answer that is made to be given away."""
    yield from (f"{plan.page('reports')}{kind}/" for kind in FORMATS)
    yield from (f"{plan.page('committee')}{kind}/" for kind in EDITIONS)
    yield "/api/curricula/north/sales/2026/report"
    yield from (f"/schools/north/reports/{path}" for path in ("pdf/", "xlsx/", "archive/1/"))


def fetched(client: Client, address: str, *, language: str = "en") -> bytes:
    """What comes from an address; what is made behind its page is waited for."""
    answer = client.get(address, {"language": language})
    if answer.status_code == 302:
        made = Work.objects.latest("pk")
        assert made.state == Work.State.DONE, address
        answer = client.get(made.url)
    assert answer.status_code == 200, address
    return answer.content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_file_that_leaves_the_school_names_anybody_or_shows_what_fewer_than_ten_attained(
    plan: Curriculum, universe: Universe, as_user: Any, language: str
):
    client, codes = as_user(universe.director), codes_of(universe)
    found = {}
    for address in leaving(plan):
        said = text_of(fetched(client, address, language=language))
        found[address] = named_in(said, more=codes) + figures_of_few(said)
    assert len(found) > 10
    assert {address: names for address, names in found.items() if names} == {}


def test_the_panel_shows_nothing_of_what_fewer_than_ten_attained(plan: Curriculum, universe: Universe, as_user: Any):
    page = as_user(universe.director).get(plan.page("training", "attainment"))
    assert page.status_code == 200
    assert figures_of_few(page.content.decode()) == []


def figures_of_few(said: str) -> list[str]:
    hidden = ("0.62", "0.617", "61.7", str(FEW))
    return [each for each in hidden if re.search(rf"(?<![\d.]){re.escape(each)}(?!\d)", said)]


def codes_of(universe: Universe) -> tuple[str, ...]:
    """Of students: not even their codes leave."""
    models: list[type[SchoolRecord]] = [KINDS["placement"], KINDS["outcome"]]
    return tuple({record.student for model in models for record in model.objects.filter(school=universe.school)})


@pytest.mark.parametrize("what", ["committee", "report"])
def test_no_shared_link_names_anybody(plan: Curriculum, universe: Universe, as_user: Any, what: str):
    sent = {"what": what, "days": "30", "note": "", "snapshot": ""}
    page = as_user(universe.director).post(plan.page("sharing"), sent).content.decode()
    shown = re.search(r'id="shared-address" readonly value="http://testserver([^"]+)"', page)
    assert shown
    address = shown[1].replace("&amp;", "&")
    token = parse_qs(urlsplit(address).query)["token"][0]
    stranger, codes = Client(), codes_of(universe)
    assert named_in(text_of(stranger.get(address).content), more=codes) == []
    for kind in ("pdf", "html", "xlsx"):
        answer = stranger.get("/shared/file/", {"token": token, "format": kind})
        assert answer.status_code == 200
        assert named_in(text_of(answer.content), more=codes) == []


def test_no_panel_names_anybody_and_no_address_or_log_does(
    plan: Curriculum, universe: Universe, as_user: Any, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    client = as_user(universe.viewer)
    for panel in PANELS:
        page = client.get(plan.page("training", panel.name)).content.decode()
        assert named_in(page) == [], panel.name
    assert named_in(caplog.text) == []


def test_what_somebody_wrote_in_a_questionnaire_directors_alone_read(
    plan: Curriculum, universe: Universe, as_user: Any
):
    words = f"/schools/north/questionnaires/{Questionnaire.objects.get().pk}/words/"
    assert WORDS in as_user(universe.director).get(words).content.decode()
    for user in (universe.viewer, universe.faculty):
        assert as_user(user).get(words).status_code in (403, 404)
        results = as_user(user).get(words.removesuffix("words/")).content.decode()
        assert WORDS not in results
        assert as_user(user).get(words.replace("words/", "answers/")).status_code in (403, 404)
    assert as_user(universe.outsider).get(words).status_code == 404
    said = {"audience": "student", "answers": {"content": "yes"}, "text": WORDS, "answered": "2026-02-03"}
    questionnaire = Questionnaire.objects.get()
    QuestionnaireAnswer.objects.bulk_create(
        QuestionnaireAnswer(questionnaire=questionnaire, number=f"NO-{number}", **said) for number in range(10)
    )
    rows = text_of(fetched(as_user(universe.director), words.replace("words/", "answers/")))
    assert named_in(rows, more=("NO-", "2026-02-03")) == []
    assert "student" in rows
