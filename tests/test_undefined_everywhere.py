"""What has no value says why, in every place where the value would stand: no nan, no None, no silent 0."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pypdf import PdfReader

from curricula.models import Course, Curriculum, Mapping
from tests import pages
from tests.some import some
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Case:
    """A universe in which something cannot be measured, and the words that must say so."""

    make: Callable[[Universe], object]
    reasons: tuple[str, ...]


def no_postings(universe: Universe) -> None:
    add_courses(universe.curriculum, 4)


def one_rater(universe: Universe) -> None:
    filled(universe)
    course = universe.curriculum.courses.first()
    Mapping.objects.create(course=course, ability=universe.ability("MK.1"), level="D", rater="R1")


def zero_hours(universe: Universe) -> None:
    filled(universe)
    Course.objects.update(theory=0, operation=0)


def no_practice(universe: Universe) -> None:
    filled(universe)
    Course.objects.update(operation=0)


def totals_only(universe: Universe) -> None:
    filled(universe)
    Course.objects.update(theory=None, operation=None, total_hours=20)


def one_ability(universe: Universe) -> None:
    universe.framework.abilities.exclude(code__in=("MK", "MK.1")).delete()
    filled(universe)


def filled(universe: Universe) -> None:
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)


CASES = {
    "no postings": Case(
        no_postings,
        (
            "No demand source is named, so what employers ask for is unknown.",
            "Demand is unknown: there are no postings.",
        ),
    ),
    "one rater": Case(one_rater, ("1 rater's own mapping is recorded, too few to say whether raters agree.",)),
    "zero hours": Case(
        zero_hours, ("No hours of theory reach the abilities compared here.", "No hours of practice reach")
    ),
    "no practice at all": Case(no_practice, ("No hours of practice reach the abilities compared here.",)),
    "totals only": Case(
        totals_only,
        (
            "No course says how many of its hours are theory, so theory is not compared.",
            "No course says how many of its hours are practice, so practice is not compared.",
        ),
    ),
    "one ability": Case(one_ability, ("Only one ability is compared",)),
}
EMPTY_WORDS = re.compile(r"\b(nan|NaN|None|null|inf|undefined measure)\b")


@pytest.fixture(params=CASES)
def case(request, universe):
    found = CASES[request.param]
    found.make(universe)
    universe.curriculum.save()  # moves the date that results are kept under
    return found


def download(client: Client, curriculum: Curriculum, format: str) -> bytes:  # noqa: A002
    answer = client.get(curriculum.page("report-download", format) + "?language=en")
    assert answer.status_code == 200
    return answer.content


def read_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def read_xlsx(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def squeezed(text: str) -> str:
    """Without white space: a PDF breaks its lines where it likes."""
    return re.sub(r"\s", "", text.replace("\u2019", "'"))


def expect_reasons(case: Case, text: str, place: str) -> None:
    for reason in some(case.reasons):
        assert squeezed(reason) in squeezed(text), (place, reason)
    assert not EMPTY_WORDS.search(text), (place, EMPTY_WORDS.search(text))


GIVING_REASONS = ("overview", "reports")
PAGES = (
    *(*GIVING_REASONS, "abilities", "positions", "certificates", "courses"),
    *("prerequisites", "depth", "robustness"),
)
DEEPER = {  # case -> what depth and robustness say of it
    "no postings": "Two years of dated postings are needed: there are 0 in the last twelve months",
    "one rater": "1 rater's own mapping is recorded, too few to say whether raters agree.",
    "zero hours": "Two years of dated postings are needed",
    "no practice at all": "No rater has recorded a mapping of their own",
    "totals only": "Two years of dated postings are needed",
    "one ability": "There is no gap to put in an order",
}


def test_pages_give_the_reason_and_write_no_number_that_is_none(case, universe, as_user):
    client = as_user(universe.viewer)
    read = {name: client.get(universe.curriculum.page(name)).content.decode() for name in PAGES}
    texts = {name: pages.text_of(page) for name, page in read.items()}
    for name in GIVING_REASONS:
        expect_reasons(case, texts[name], name)
    for name, page in read.items():
        assert not EMPTY_WORDS.search(texts[name]), name
        for script in re.findall(r'<script id="[^"]*" type="application/json">(.*?)</script>', page, re.S):
            json.loads(script, parse_constant=pytest.fail)
    (told,) = [DEEPER[name] for name, each in CASES.items() if each is case]
    assert told in texts["depth"] + texts["robustness"]


def test_files_give_the_reason_and_leave_no_number_that_is_none(case, universe, as_user):
    client = as_user(universe.viewer)
    files = {name: download(client, universe.curriculum, name) for name in ("pdf", "xlsx", "html", "csv", "json")}
    expect_reasons(case, read_pdf(files["pdf"]), "pdf")
    expect_reasons(case, read_xlsx(files["xlsx"]), "xlsx")
    expect_reasons(case, pages.text_of(files["html"].decode()), "html")
    assert not EMPTY_WORDS.search(files["csv"].decode("utf-8-sig"))
    expect_null_beside_its_reason(case, files["json"])
    expect_null_beside_its_reason(case, client.get("/api/curricula/north/sales/2026/report?language=en").content)


def expect_null_beside_its_reason(case: Case, content: bytes) -> None:
    found = json.loads(content, parse_constant=pytest.fail)
    messages = {warning["code"]: warning["message"] for warning in found["warnings"]}
    for reason in some(case.reasons):
        assert any(squeezed(reason) in squeezed(message) for message in messages.values()), reason
    for pair, value in some(found["alignment"].items()):
        assert (value is None) == (f"undefined.{pair}" in messages)
    for ability in some(found["abilities"]):
        assert ability["demand_unknown"] == (ability["demand_mentions"] is None) or ability["reasons"]


NOT_STATED = ("taught_hours", "practised_hours", "assessed_hours")


def test_hours_that_no_course_splits_are_0_in_no_place(universe, as_user):
    totals_only(universe)
    universe.curriculum.save()
    client = as_user(universe.viewer)
    served = {line["code"]: line for line in json_of(client, universe)["abilities"] if line["courses"]}["MK.1"]
    assert {served[name] for name in NOT_STATED} | set(served["hours"].values()) == {None}
    assert (served["practised_low"], served["practised_high"], served["unsplit_hours"]) == (0, 20, 20)
    table = list(csv.DictReader(StringIO(download(client, universe.curriculum, "csv").decode("utf-8-sig"))))
    assert {line[name] for line in table if line["code"] == "MK.1" for name in NOT_STATED} == {""}
    for name, code in (("abilities", ""), ("curriculum-ability", "MK.1"), ("curriculum-position", "marketer")):
        page = client.get(universe.curriculum.page(name, *filter(None, [code]))).content.decode()
        assert hours_beside(page) == {"–"}, name
    assert "Of 2 it does not say whether they are practised." in pages.text_of(page)
    assert {line["unstated"] for line in json_of(client, universe)["positions"]} == {2, 1}
    assert "Practice not stated" in client.get(universe.curriculum.page("positions")).content.decode()


def hours_beside(page: str) -> set[str]:
    """What a page writes for theory and practice of the ability that is served."""
    in_row = re.findall(r'data-label="(?:Theory|Practice) h"[^>]*>([^<]*)<', page)
    on_top = re.findall(r"</svg> (?:Theory|Practice)</dt><dd>\s*(\S+) ", page)
    return {text.strip() for text in some([*in_row, *on_top])}


def json_of(client: Client, universe: Universe) -> dict[str, Any]:
    return json.loads(download(client, universe.curriculum, "json"))


def test_an_unfinished_mapping_says_of_no_size_that_it_fits(universe, as_user):
    add_courses(universe.curriculum, 1)
    add_courses(universe.curriculum, 9, mapped=False)
    add_postings(universe.curriculum, 100)
    universe.curriculum.save()
    client = as_user(universe.viewer)
    found = json_of(client, universe)
    assert "mapping_unfinished" in {warning["code"] for warning in found["warnings"]}
    statuses = ("exposure_status", "theory_status", "practice_status")
    assert {line[name] for line in some(found["abilities"]) for name in statuses} == {"unknown"}
    table = list(csv.DictReader(StringIO(download(client, universe.curriculum, "csv").decode("utf-8-sig"))))
    assert {line[name] for line in some(table) for name in statuses} == {"unknown"}
