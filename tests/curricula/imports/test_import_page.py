"""Import by page: nothing is saved before its preview, refusals are listed, and only directors bring files."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from curricula.imports.kinds import KINDS
from curricula.interchange.bundles import read_file
from curricula.models import Course, Curriculum, Mapping, Membership, PendingImport, Program
from tests.queries import queries_of
from tests.universe import Universe, add_courses
from tests.uploads import MAPPED, PLAN, upload, zipped

pytestmark = pytest.mark.django_db
KEY = "north/sales/2026"
START = "/import/"
POSTINGS_START = "/import/?kind=postings"


def send(client: Client, content: str | bytes = PLAN, name: str = "plan.csv", **fields: Any) -> Any:
    return client.post(START, {"target": KEY, "file": upload(content, name)} | fields)


def new_curriculum(universe: Universe, **fields: Any) -> dict[str, Any]:
    stated = {"target": "", "school": universe.school.pk, "program": "trade", "year": 2027}
    return stated | {"framework": universe.framework.pk} | fields


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def save(client: Client, response: Any) -> Any:
    return client.post(response["Location"], {"do": "save"}, follow=True)


def is_gone(response: Any, told: str = "No file waits here: files are kept for a day") -> bool:
    """Led back to the start; a file of anybody else is answered with the words for one that never was."""
    return response.redirect_chain == [(START, 302)] and told in text_of(response)


READ_OF_ALL = "Files: Excel (.xlsx, .xls), ODS, CSV and other text tables, JSON, and the tables of a Word file (.docx)"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "records"])
def test_the_page_names_every_kind_of_file_that_is_read(universe, as_user, kind):
    assert READ_OF_ALL in text_of(as_user(universe.director).get(f"{START}?kind={kind}"))


def test_the_workbook_of_all_records_is_a_workbook(universe, as_user):
    assert READ_OF_ALL not in text_of(as_user(universe.director).get(f"{START}?kind=records"))


# The straight way


def test_a_file_is_shown_before_it_is_saved(universe, as_user):
    client = as_user(universe.director)
    sent = send(client)
    assert not Course.objects.exists()
    page = client.get(sent["Location"])
    text = text_of(page)
    assert "“plan.csv” is a list of courses for Sales 2026." in text
    assert "What saving does created changed unchanged Courses 2 0 0 Prerequisites 1 0 0 Mappings 0 0 0" in text
    assert "S101 Search basics" in text
    assert "S101 → S102" in text
    assert re.search("Theory Hours 32 · 8 hours of theory ", text)
    assert not Course.objects.exists()
    assert Curriculum.objects.get().changed == universe.curriculum.changed


def test_saving_leads_to_the_matrix_while_nothing_is_mapped(universe, as_user):
    client = as_user(universe.director)
    done = save(client, send(client))
    assert done.redirect_chain[-1][0] == universe.curriculum.page("matrix")
    told = (
        "Saved in Sales 2026. Courses: 2 created, 0 changed, 0 unchanged; "
        "Prerequisites: 1 created, 0 changed, 0 unchanged."
    )
    assert told in text_of(done)
    assert "Next: say in this matrix which course serves which ability" in text_of(done)
    assert list(Course.objects.values_list("code", "theory", "operation")) == [("S101", 32, 16), ("S102", 8, 24)]
    assert Course.history.latest().history_user == universe.director


def test_saving_leads_to_the_overview_once_courses_are_mapped(universe, as_user):
    client = as_user(universe.director)
    save(client, send(client))
    done = save(client, send(client, MAPPED, "mapping.csv"))
    assert done.redirect_chain[-1][0] == universe.curriculum.page("overview")
    assert "No file of courses holds the positions, certificates and demand sources of a plan" in text_of(done)
    assert list(Mapping.objects.values_list("course__code", "ability__code", "level", "share")) == [
        ("S101", "MK.1", "D", 0.5),
        ("S102", "MK.2", "A", 1),
    ]


def test_the_same_file_twice_changes_nothing(universe, as_user):
    client = as_user(universe.director)
    save(client, send(client))
    before, traces = Curriculum.objects.get().changed, Course.history.count()
    done = save(client, send(client))
    assert "Courses: 0 created, 0 changed, 2 unchanged" in text_of(done)
    assert "Prerequisites: 0 created, 0 changed, 1 unchanged" in text_of(done)
    assert (Curriculum.objects.get().changed, Course.history.count()) == (before, traces)


def test_a_new_program_and_year_are_made_under_the_directors_school(universe, as_user):
    client = as_user(universe.director)
    sent = send(client, **new_curriculum(universe, program_title="国际贸易"))
    assert not Program.objects.filter(slug="trade").exists()
    client.get(sent["Location"])
    assert not Program.objects.filter(slug="trade").exists(), "a preview makes nothing"
    save(client, sent)
    made = Curriculum.objects.get(year=2027)
    assert (made.key, made.program.title_zh, made.framework) == ("north/trade/2027", "国际贸易", universe.framework)
    assert made.courses.count() == 2


def test_a_zip_of_tables_is_one_curriculum(universe, as_user):
    client = as_user(universe.director)
    done = save(client, send(client, zipped(courses=PLAN, mappings=MAPPED), "plan.zip"))
    assert "Courses: 2 created, 0 changed, 0 unchanged" in text_of(done)
    assert "Mappings: 2 created, 0 changed, 0 unchanged" in text_of(done)
    assert Mapping.objects.count() == 2


def test_an_approved_plan_stays_and_its_next_version_takes_the_file(universe, as_user):
    client = as_user(universe.director)
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    sent = send(client)
    assert "the file goes into its next version" in text_of(client.get(sent["Location"]))
    assert Curriculum.objects.count() == 1
    done = save(client, sent)
    told = "Saved in version 2 of Sales 2026, while the approved version stays as it is. Courses: 2 created"
    assert told in text_of(done)
    assert [(c.version, c.courses.count()) for c in Curriculum.objects.order_by("version")] == [(1, 0), (2, 2)]


def test_whoever_comes_back_to_a_file_reads_what_became_of_it_and_nothing_else(universe, as_user):
    client = as_user(universe.director)
    replaced, discarded, saved = send(client), send(client, MAPPED), send(client, **new_curriculum(universe))
    client.post(discarded["Location"], {"do": "discard"})
    save(client, saved)

    def told(sent: Any) -> Any:
        return client.get(sent["Location"], follow=True)

    assert is_gone(told(replaced), "A later file took the place of this one")
    assert is_gone(told(discarded), "This file was thrown away; nothing of it was saved.")
    assert is_gone(told(saved), "This file is saved already.")


def test_the_file_is_kept_only_until_it_is_saved_or_thrown_away(universe, as_user):
    client = as_user(universe.director)
    save(client, send(client))
    sent = send(client)
    client.post(sent["Location"], {"do": "discard"})
    assert not PendingImport.objects.exists()
    assert is_gone(client.get(sent["Location"], follow=True), "This file was thrown away")


def test_the_way_back_to_a_saved_file_says_that_it_was_saved(universe, as_user):
    client = as_user(universe.director)
    sent = send(client)
    save(client, sent)
    assert is_gone(client.get(sent["Location"], follow=True), "This file is saved already.")
    assert is_gone(save(client, sent), "This file is saved already.")


def test_a_file_that_nobody_came_back_for_is_gone_after_a_day(universe, as_user):
    client = as_user(universe.director)
    sent = send(client)
    PendingImport.objects.update(created=timezone.now() - timedelta(days=1, minutes=1))
    assert is_gone(client.get(sent["Location"], follow=True))
    send(client)
    assert PendingImport.objects.count() == 1, "the next upload clears what is too old"


def test_an_old_file_goes_whoever_sends_whatever_next(universe, as_user):
    send(as_user(universe.director))
    PendingImport.objects.update(created=timezone.now() - timedelta(days=1, minutes=1))
    send(as_user(universe.outsider), b"nothing that could be read")
    assert not PendingImport.objects.filter(user=universe.director).exists()


def test_the_oldest_file_of_a_person_goes_where_too_many_wait(universe, as_user):
    others = PendingImport(user=universe.outsider, kind="curriculum", target="x/y/2026", content=b"")
    others.save()
    rows = [PendingImport(user=universe.director, kind="x", target=f"{n}", content=b"") for n in range(12)]
    oldest = PendingImport.objects.bulk_create(rows)[:3]
    send(as_user(universe.director))
    assert PendingImport.objects.of(universe.director).count() == 10
    assert not PendingImport.objects.filter(pk__in=[each.pk for each in oldest]).exists()
    assert PendingImport.objects.filter(pk=others.pk).exists()


def test_a_corrected_file_takes_the_place_of_the_one_before(universe, as_user):
    client = as_user(universe.director)
    send(client, PLAN.replace("32", "many"))
    send(client)
    assert PendingImport.objects.count() == 1
    assert b"32" in bytes(PendingImport.objects.get().content)


# Refusals

REFUSED = {
    "negative hours": (PLAN.replace("32", "-32"), "2 Theory Hours -32"),
    "two courses of one code": (PLAN.replace("S102", "S101", 1), "3 Course Code S101"),
    "not a number": (PLAN.replace("32", "many"), "2 Theory Hours many"),
    "a cycle": (PLAN.replace("32,16,\n", "32,16,S102\n"), "S102"),
    "an unknown ability": ("course,ability,level\nC1,Juggling,D\n", "2 ability Juggling"),
    "shares above the whole": ("course,ability,share\nC1,MK.1,0.7\nC1,MK.2,0.7\n", "1.4"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refusals_name_row_column_and_value_and_nothing_is_saved(universe, as_user, what):
    add_courses(universe.curriculum, 1, mapped=False)
    content, said = REFUSED[what]
    client = as_user(universe.director)
    sent = send(client, content)
    page = client.get(sent["Location"])
    assert "cannot be saved yet" in text_of(page)
    assert said in text_of(page)
    assert 'value="save"' not in page.content.decode()
    forced = client.post(sent["Location"], {"do": "save"})
    assert forced.status_code == 422
    assert (Course.objects.count(), Mapping.objects.count()) == (1, 0)


UNREADABLE = {
    "empty": (b"", "plan.csv"),
    "only spaces": (b" \n\n", "plan.csv"),
    "a text that is called a workbook": (PLAN.encode(), "plan.xlsx"),
    "bytes": (bytes(range(256)) * 8, "plan.xlsx"),
    "a cut workbook": (b"PK\x03\x04" + b"\x00" * 60, "plan.xlsx"),
    "an empty zip": (zipped(), "plan.zip"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_said_beside_the_file_and_the_choices_stay(universe, as_user, what):
    content, name = UNREADABLE[what]
    response = send(as_user(universe.director), content, name, **new_curriculum(universe, program_title="Trade"))
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'id="id_file_error".*?<strong>[^<]{15,}</strong>', page, re.S)
    for kept in ('value="trade"', 'value="Trade"', 'value="2027"'):
        assert kept in page
    assert not PendingImport.objects.exists()


def test_a_file_above_the_limit_is_refused_before_it_is_read(universe, as_user, settings):
    settings.MAX_UPLOAD_BYTES = 100
    response = send(as_user(universe.director))
    assert response.status_code == 422
    assert "at most 100\xa0bytes are read. Nothing was saved." in response.content.decode()
    assert not PendingImport.objects.exists()


def test_a_new_curriculum_needs_a_program_and_a_year(universe, as_user):
    response = send(as_user(universe.director), **new_curriculum(universe, program="", year=""))
    assert response.content.decode().count("A new curriculum needs this.") == 2


@pytest.mark.parametrize(("field", "value"), [("program", "two words"), ("program", "../x"), ("year", "1492")])
def test_a_program_and_a_year_must_fit_an_address(universe, as_user, field, value):
    assert send(as_user(universe.director), **new_curriculum(universe, **{field: value})).status_code == 422
    assert not PendingImport.objects.exclude(target="").exists()


def test_what_was_changed_since_the_preview_is_judged_anew(universe, as_user):
    add_courses(universe.curriculum, 1, mapped=False)
    client = as_user(universe.director)
    sent = send(client, "course,ability,share\nC1,MK.1,0.7\n")
    Mapping.objects.create(course=universe.course("C1"), ability=universe.ability("MK.2"), share=0.6)
    refused = client.post(sent["Location"], {"do": "save"})
    assert refused.status_code == 422
    assert "add up to 1.3" in text_of(refused)
    assert Mapping.objects.count() == 1


# Who may


def test_an_address_can_choose_the_curriculum_or_begin_a_new_one(universe, as_user):
    client = as_user(universe.director)
    assert f'<option value="{KEY}" selected' in client.get(START + f"?to={KEY}").content.decode()
    page = client.get(START + "?to=north/retail/2030").content.decode()
    assert 'value="retail"' in page
    assert 'value="2030"' in page


@pytest.mark.parametrize("role", ["viewer", "faculty"])
def test_who_is_no_director_is_told_so_and_imports_nothing(universe, as_user, role):
    client = as_user(getattr(universe, role))
    for address in (START, POSTINGS_START):
        assert "Directors import the files of their school" in client.get(address).content.decode()
    assert send(client).status_code == 403
    assert not PendingImport.objects.exists()


def test_a_director_of_another_school_can_neither_see_nor_reach_it(universe, as_user):
    client = as_user(universe.outsider)
    assert f'<option value="{KEY}"' not in client.get(START + f"?to={KEY}").content.decode()
    assert send(client).status_code == 422
    assert send(client, **new_curriculum(universe)).status_code == 422
    assert not PendingImport.objects.exclude(target="").exists()


def test_a_preview_is_open_to_the_one_who_uploaded_it_only(universe, as_user):
    sent = send(as_user(universe.director))
    for user in (universe.administrator, universe.outsider, universe.viewer):
        client = as_user(user)
        assert is_gone(client.get("/import/0/", follow=True)), "a file that never was"
        assert is_gone(client.get(sent["Location"], follow=True))
        assert is_gone(save(client, sent))
        assert is_gone(client.post(sent["Location"], {"do": "discard"}, follow=True))
    assert PendingImport.objects.exists()
    assert not Course.objects.exists()


def test_who_lost_the_role_meanwhile_saves_nothing(universe, as_user):
    client = as_user(universe.director)
    sent = send(client)
    Membership.objects.filter(user=universe.director).update(role=Membership.Role.VIEWER)
    assert client.post(sent["Location"], {"do": "save"}).status_code == 403
    assert not Course.objects.exists()


def test_a_preview_of_more_rows_makes_no_more_queries(universe, as_user):
    client = as_user(universe.director)
    counts = []
    for rows in (1, 3):
        table = "Course Code,Title,Credits\n" + "".join(f"Q{rows}{n},Course,3\n" for n in range(rows))
        sent = send(client, table)
        client.get(sent["Location"])
        counts.append(queries_of(client.get, sent["Location"]))
    assert counts[0] == counts[1]


# Out again


def test_the_plan_can_be_downloaded_edited_and_brought_back(universe, as_user):
    client = as_user(universe.director)
    save(client, send(client, zipped(courses=PLAN, mappings=MAPPED), "plan.zip"))
    exported = client.get(universe.curriculum.page("courses-export"))
    assert exported["Content-Disposition"] == 'attachment; filename="north-sales-2026.xlsx"'
    done = save(client, send(client, exported.content, "north-sales-2026.xlsx"))
    assert "Courses: 0 created, 0 changed, 2 unchanged" in text_of(done)
    assert "Mappings: 0 created, 0 changed, 2 unchanged" in text_of(done)


def test_tables_are_downloaded_as_a_zip(universe, as_user):
    add_courses(universe.curriculum, 1)
    exported = as_user(universe.viewer).get(universe.curriculum.page("courses-export") + "?format=csv")
    assert exported["Content-Type"] == "application/zip"
    assert len(read_file(exported.content, name="x.zip").mappings) == 1
