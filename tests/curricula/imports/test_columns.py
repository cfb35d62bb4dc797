"""“This column means…”: each column is shown and corrected without a new upload; doubts are answered before saving."""

from __future__ import annotations

import html
import io
import re
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from django.test import Client

from competencies.models import Ability, Framework, OfficialFigure, Posting, SurveyAnswer
from curricula.fields.values import Choice
from curricula.imports.choices import entry
from curricula.models import ColumnMemory, Course, Partnership, PendingImport, School
from tests.curricula.interchange.builders import text, xlsx
from tests.uploads import upload

pytestmark = pytest.mark.django_db
KEY = "north/sales/2026"
DOUBTFUL = text([["Code", "Title", "Project", "Room"], ["A1", "Export", 32, "B12"], ["A2", "Import", 0, "B13"]])
HEADER = ["Code", "Title", "Credits"]
UNKNOWN = text([["Kennung", "Benennung"], ["A1", "Export"], ["A2", "Import"]])


def send(client: Client, content: bytes, name: str = "plan.csv", kind: str = "curriculum", **fields: Any) -> str:
    stated = {"target": KEY} if kind == "curriculum" else fields
    return client.post(f"/import/?kind={kind}", {"file": upload(content, name)} | stated)["Location"]


def say(client: Client, address: str, *said: tuple[Any, ...]) -> str:
    """The page after the form was sent with these fields: (place…, value)."""
    sent = {entry(*place): value for *place, value in said}
    return client.post(address, {"do": "read"} | sent, follow=True).content.decode()


def line(page: str, column: str) -> str:
    """The row of a column, without its select's other options."""
    row = re.search(rf'<th scope="row">{re.escape(column)}</th>.*?</tr>', page, re.S)[0]
    first = re.sub(r"(<option.*?</option>).*</select>", r"\1</select>", row, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", first))).strip()


def offers_to_save(page: str) -> bool:
    return 'value="save"' in page


@pytest.fixture
def client(universe, as_user) -> Client:
    return as_user(universe.director)


def test_every_column_is_shown_with_its_values_and_why(client) -> None:
    page = client.get(send(client, DOUBTFUL)).content.decode()
    assert line(page, "Title") == "Title Export · Import course title by its name"
    assert line(page, "Room") == "Room B12 · B13 not used"
    assert line(page, "Project") == "Project 32 · 0 asked above by its name"


def test_a_doubt_is_answered_before_anything_is_saved(client) -> None:
    address = send(client, DOUBTFUL)
    page = client.get(address).content.decode()
    assert "One question before this can be saved" in page
    assert not offers_to_save(page)
    assert client.post(address, {"do": "save"}).status_code == 422
    assert not Course.objects.exists()
    page = say(client, address, ("columns", "Project", "operation"))
    assert offers_to_save(page)
    assert line(page, "Project") == "Project 32 · 0 as found chosen"
    client.post(address, {"do": "save"})
    assert list(Course.objects.values_list("code", "operation")) == [("A1", 32), ("A2", 0)]


def test_a_doubt_is_not_told_twice(client) -> None:
    page = client.get(send(client, DOUBTFUL)).content.decode()
    assert page.count("check that it holds practice") == 1


def test_a_column_is_read_as_something_else_and_taken_back(client) -> None:
    address = send(client, DOUBTFUL)
    page = say(client, address, ("columns", "Room", "note"), ("columns", "Project", "-"))
    assert '<option value="note" selected>' in page
    client.post(address, {"do": "save"})
    assert list(Course.objects.values_list("note", "operation")) == [("B12", None), ("B13", None)]
    address = send(client, DOUBTFUL)
    say(client, address, ("columns", "Room", "note"))
    assert line(say(client, address, ("columns", "Room", "")), "Room").startswith("Room B12 · B13 not used")


def test_a_file_without_any_known_column_is_kept_until_its_columns_are_said(client) -> None:
    address = send(client, UNKNOWN)
    page = client.get(address).content.decode()
    assert "No table of courses was found" in page
    assert not offers_to_save(page)
    page = say(client, address, ("columns", "Kennung", "code"), ("columns", "Benennung", "title"))
    assert offers_to_save(page)
    client.post(address, {"do": "save"})
    assert list(Course.objects.values_list("code", "title_en")) == [("A1", "Export"), ("A2", "Import")]


def test_of_several_programs_one_is_chosen(client) -> None:
    rows = [["Code", "Title", "Program"], ["A1", "Export", "Trade"], ["B1", "Nets", "Networks"]]
    address = send(client, text(rows))
    page = client.get(address).content.decode()
    assert "has to be corrected" not in page, "it is a question, not a fault"
    assert not offers_to_save(page)
    assert offers_to_save(say(client, address, ("answers", "several_programs", "Networks")))
    client.post(address, {"do": "save"})
    assert list(Course.objects.values_list("code", flat=True)) == ["B1"]


def test_sheets_header_rows_and_words_are_chosen_on_the_page(client) -> None:
    rows = [["Code", "Title", "Credits"], ["x", "y", 1], ["Code", "Title", "Must"], ["A1", "Export", "P"]]
    address = send(
        client, xlsx(rows, sheet="New", more={"Old": [["Code", "Title", "ECTS"], ["B", "Tax", 3]]}), "p.xlsx"
    )
    said = {"do": "read", "all_sheets": ["New", "Old"], entry("sheets"): ["New"], entry("header", "New"): "3"}
    said |= {entry("columns", "Must"): "nature", entry("values", "nature", "P"): "yes"}
    page = client.post(address, said, follow=True).content.decode()
    assert re.search(r'value="New" checked', page)
    assert re.search(r'value="Old">', page)
    client.post(address, {"do": "save"})
    assert list(Course.objects.values_list("code", "required")) == [("A1", True)]


DEMAND = {
    "postings": (b"Beruf,Beschreibung,Tag\nTrader,We want Export,2026-03-01\n", Posting),
    "figures": (b"Jahr,Stellen\n2025,40\n", OfficialFigure),
    "survey": ("Wer,重要A,Punkt\nE1,4,3\n".encode(), SurveyAnswer),
}
SAID = {
    "postings": {"Beruf": "title", "Beschreibung": "text", "Tag": "published"},
    "figures": {"Jahr": "period", "Stellen": "openings"},
    "survey": {"Wer": "respondent", "重要A": "importance: MK.1", "Punkt": "competence: MK.1"},
}


@pytest.mark.parametrize("kind", DEMAND)
def test_files_of_demand_are_assigned_in_the_same_way(universe, client, kind) -> None:
    content, model = DEMAND[kind]
    facts = {"source": "mine", "framework": universe.framework.pk, "collected": "2026-09-30"}
    address = send(client, content, kind=kind, **facts)
    assert not offers_to_save(client.get(address).content.decode())
    page = say(client, address, *(("columns", column, meaning) for column, meaning in SAID[kind].items()))
    assert offers_to_save(page)
    client.post(address, {"do": "save"})
    assert model._base_manager.count() == 1


def test_records_of_a_school_are_assigned_in_the_same_way(universe, client) -> None:
    address = send(client, "Firma,Seit\n甲公司,2025-03-01\n".encode(), kind="partnership", school=universe.school.pk)
    assert not offers_to_save(client.get(address).content.decode())
    assert offers_to_save(say(client, address, ("columns", "Firma", Partnership.kind.key[0])))
    client.post(address, {"do": "save"})
    assert Partnership.objects.count() == 1


def test_what_names_people_is_not_shown_of_a_survey(universe, client) -> None:
    content = b"respondent,importance: MK.1,phone\nJane Miller,4,13812345678\n"
    facts = {"source": "mine", "framework": universe.framework.pk, "collected": "2026-09-30"}
    page = client.get(send(client, content, kind="survey", **facts)).content.decode()
    assert line(page, "importance: MK.1").startswith("importance: MK.1 4")
    assert "Jane Miller" not in page
    assert "13812345678" not in page


def test_nobody_else_can_say_what_a_column_means(universe, client, as_user) -> None:
    address = send(client, DOUBTFUL)
    as_user(universe.viewer).post(address, {"do": "read", entry("columns", "Project"): "operation"})
    assert PendingImport.objects.get().choices.columns == {}


def saved_with(client: Client, *said: tuple[Any, ...]) -> None:
    address = send(client, DOUBTFUL)
    say(client, address, *said)
    client.post(address, {"do": "save"})


def test_the_next_file_with_these_columns_is_read_as_last_time(client) -> None:
    saved_with(client, ("columns", "Project", "simulation"), ("columns", "Room", "note"))
    shuffled = text([["Room", "Title", "Code", "Project"], ["B14", "Tax", "A3", 8]])
    page = client.get(send(client, shuffled)).content.decode()
    assert line(page, "Project") == "Project 8 as found as last time"
    assert offers_to_save(page), "the question was answered last time"
    client.post(send(client, shuffled), {"do": "save"})
    assert Course.objects.values_list("simulation", "note").get(code="A3") == (8, "B14")


def test_other_columns_and_other_schools_are_asked_anew(universe, client, as_user) -> None:
    saved_with(client, ("columns", "Project", "simulation"))
    more = text([["Code", "Title", "Project", "Room", "Credits"], ["A1", "Export", 32, "B12", 3]])
    assert not offers_to_save(client.get(send(client, more)).content.decode())
    other = ColumnMemory.objects.get()
    other.school = School.objects.create(slug="other", title_en="Other")
    other.save()
    assert not offers_to_save(client.get(send(client, DOUBTFUL)).content.decode())


def test_what_was_said_of_one_file_is_not_said_of_the_next(client) -> None:
    rows = [["Code", "Title", "Program"], ["A1", "Export", "Trade"], ["B1", "Nets", "Networks"]]
    address = send(client, text(rows))
    say(client, address, ("answers", "several_programs", "Networks"), ("skip", "", "9"))
    client.post(address, {"do": "save"})
    assert not ColumnMemory.objects.exists()


def test_choices_that_are_taken_back_are_forgotten(client) -> None:
    saved_with(client, ("columns", "Project", "simulation"))
    address = send(client, DOUBTFUL)
    say(client, address, ("columns", "Project", "operation"), ("columns", "Room", "note"))
    client.post(address, {"do": "save"})
    assert ColumnMemory.objects.get().choices["columns"] == {"Project": "operation", "Room": "note"}


def test_what_a_page_made_is_a_file_for_the_command_line(client, universe, as_user) -> None:
    address = send(client, DOUBTFUL)
    say(client, address, ("columns", "Project", "simulation"))
    said = client.get(address + "columns/").json()
    assert said["columns"] == {"Code": "code", "Title": "title", "Project": "simulation", "Room": "-"}
    assert as_user(universe.viewer).get(address + "columns/").status_code == 404


def test_choices_of_an_older_version_do_not_lock_a_file_out(client) -> None:
    address = send(client, DOUBTFUL)
    page = say(client, address, ("columns", "Room", "no_such_meaning"))
    assert line(page, "Room") == "Room B12 · B13 not used"


def test_choices_that_hold_no_more_are_told_and_nothing_is_saved_before_the_file_is_seen_again(client) -> None:
    address = send(client, DOUBTFUL)
    say(client, address, ("columns", "Project", "operation"))
    pending = PendingImport.objects.get()
    pending.choose(pending.choices.model_copy(update={"columns": {"Project": "operation", "Room": "gone"}}))
    answer = client.post(address, {"do": "save"}, follow=True)
    assert (answer.redirect_chain, Course.objects.exists()) == ([(address, 302)], False)
    assert "columns/Room" in answer.content.decode()


@pytest.mark.parametrize("name", ["[" * 100_000, entry("columns", "\0"), entry("values", "nature", "\0"), "[{}, []]"])
def test_no_field_of_a_form_breaks_the_page(client, name) -> None:
    address = send(client, DOUBTFUL)
    sent = urlencode({"do": "read", name: "code"})
    answer = client.post(address, sent, content_type="application/x-www-form-urlencoded", follow=True)
    assert answer.status_code == 200
    assert "\\u0000" not in PendingImport.objects.get().choices.text()


def test_what_was_said_of_a_source_of_the_site_is_kept_for_no_school(universe, client) -> None:
    universe.director.is_staff = True
    universe.director.save()
    facts = {"source": "mine", "framework": universe.framework.pk, "collected": "2026-09-30"}
    address = send(client, DEMAND["figures"][0], kind="figures", **facts)
    say(client, address, *(("columns", column, meaning) for column, meaning in SAID["figures"].items()))
    assert client.post(address, {"do": "save"}).status_code == 302
    assert OfficialFigure.objects.get().source.owner is None
    assert not ColumnMemory.objects.exists()


def test_a_survey_for_another_framework_is_asked_anew(universe, client) -> None:
    other = Framework.objects.create(slug="other", title_en="Other")
    Ability.objects.create(framework=other, code="MK.1", title_en="Something else")
    rows = b"respondent,Frage\nA,4\nB,2\n"
    facts = {"collected": "2026-09-30", "scale": "1-5"}
    address = send(client, rows, kind="survey", source="mine", framework=universe.framework.pk, **facts)
    say(client, address, ("columns", "Frage", "importance: MK.1"))
    assert client.post(address, {"do": "save"}).status_code == 302
    for framework, last_time in ((universe.framework, True), (other, False)):
        address = send(client, rows, kind="survey", source="theirs", framework=framework.pk, **facts)
        assert ("as last time" in client.get(address).content.decode()) == last_time


def test_words_of_figures_and_records_mean_what_was_said(universe, client) -> None:
    facts = {"source": "mine", "framework": universe.framework.pk, "collected": "2026-09-30"}
    address = send(client, b"year,kind,number\n2025,Stellen,40\n", kind="figures", **facts)
    assert not offers_to_save(client.get(address).content.decode())
    assert offers_to_save(say(client, address, ("values", "kind", "Stellen", "openings")))
    client.post(address, {"do": "save"})
    assert OfficialFigure.objects.get().kind == "openings"
    field, code = next((f.name, f.value.choices[0][0]) for f in Partnership.kind.fields if isinstance(f.value, Choice))
    rows = [[Partnership.kind["partner"].header, Partnership.kind[field].header], ["甲公司", "Blau"]]
    address = send(client, text(rows), kind="partnership", school=universe.school.pk)
    assert not offers_to_save(client.get(address).content.decode())
    say(client, address, ("values", field, "Blau", code))
    client.post(address, {"do": "save"})
    assert getattr(Partnership.objects.get(), field) == code


def test_guessed_letters_are_asked_and_the_form_answers(client) -> None:
    address = send(client, "Code,Title,Credits\nA1,Women’s Studies,3\n".encode("cp1252"))
    page = client.get(address).content.decode()
    assert "cp1252: A1,Women’s Studies,3" in page
    assert not offers_to_save(page)
    sent = {"do": "read", entry("encoding"): ["cp1252", ""]}  # the answer, and the list of encodings below it
    assert offers_to_save(client.post(address, sent, follow=True).content.decode())
    client.post(address, {"do": "save"})
    assert Course.objects.get().title_en == "Women’s Studies"


def test_letters_of_an_old_mac_can_be_chosen(client) -> None:
    address = send(client, "Code,Title,Credits\nA1,Économie générale,3\n".encode("mac_roman"))
    assert "<option>mac_roman</option>" in client.get(address).content.decode()
    client.post(address, {"do": "read", entry("encoding"): "mac_roman"}, follow=True)
    client.post(address, {"do": "save"})
    assert Course.objects.get().title_en == "Économie générale"


def test_what_two_tables_leave_open_is_asked_once(client) -> None:
    rows = [["Code", "Title", "Project"], ["A1", "Export", 32]]
    other = [["Code", "Title", "Project"], ["B1", "Import", 16]]
    address = send(client, xlsx(rows, sheet="Term 1", more={"Term 2": other}), "p.xlsx")
    assert "One question before this can be saved" in client.get(address).content.decode()
    assert offers_to_save(say(client, address, ("columns", "Project", "operation")))


def test_a_hidden_sheet_is_offered_and_read_only_where_it_is_ticked(client) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx([HEADER, ["A1", "Export", 3]], sheet="now", more={"old": [HEADER, ["B1", "Old", 3]]}))
    )
    book["old"].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    address = send(client, file.getvalue(), name="plan.xlsx")
    page = client.get(address).content.decode()
    assert "Nobody who opens the file sees this sheet" in page
    assert "Hidden sheets were not read: old" in page
    tick, visible = entry("sheets"), {"all_sheets": ["now"]}
    page = client.post(address, {"do": "read", tick: ["now"], **visible}).content.decode()
    assert PendingImport.objects.get().choices.sheets == (), "all that can be seen, as if nothing had been chosen"
    page = client.post(address, {"do": "read", tick: ["now", "old"], **visible}, follow=True).content.decode()
    assert "Hidden sheets were not read" not in page
    client.post(address, {"do": "save"})
    assert set(Course.objects.values_list("code", flat=True)) == {"A1", "B1"}


def test_the_scale_of_a_survey_is_shown_and_said_otherwise_on_the_page(client, universe) -> None:
    answers = text([["respondent", "importance: MK.1", "competence: MK.1"], ["E1", 4, 2], ["E2", 3, 1]])
    facts = {"framework": universe.framework.pk, "source": "asked", "school": universe.school.pk}
    address = send(client, answers, kind="survey", collected="2026-09-30", **facts)
    page = client.get(address).content.decode()
    assert "Scale of the answers" in page
    assert "1 to 5 – as found" in page
    assert "0 to 4</option>" in page
    assert "1 to 3</option>" not in page, "4 does not lie on it"
    assert offers_to_save(page), "it is no question that has to be answered"
    page = say(client, address, ("answers", "scale", "1-4"))
    assert '<option value="1-4" selected>' in page
    assert "No scale was stated" not in page
    client.post(address, {"do": "save"})
    assert set(SurveyAnswer.objects.values_list("scale_low", "scale_high")) == {(1, 4)}
    again = send(client, answers, kind="survey", collected="2026-09-30", **facts)
    assert "1 to 5 – as found" in client.get(again).content.decode(), "another file may have another scale"
