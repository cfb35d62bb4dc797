"""Records of every kind, made from the declarations, so that a new kind is tried by itself: by form, by sheet, and all
kinds in one workbook, in both languages, out and back without a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import singledispatch
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from competencies.saving.outcome import Counts
from curricula.fields import values
from curricula.fields.declaration import Field, Place
from curricula.models import School, SchoolRecord, school_records
from curricula.records.forms import record_form
from curricula.records.school_records import save_records, workbook_of_records
from curricula.records.sheets import read_sheet
from curricula.records.workbook import read_workbook, save_workbook, sheet_name, workbook_of_school
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
KINDS: Final = school_records()
EVERY = pytest.mark.parametrize("name", KINDS)
BOTH = pytest.mark.parametrize("language", ["en", "zh-hans"])
MOST: Final = 10_000_000
RECORDS: Final = 12  # of each kind, more than any choice has codes, so that each code stands once


@singledispatch
def examples(value: Any) -> list[Any]:
    """Values that a field of this kind may hold, its extremes and what looks like something else among them."""
    raise NotImplementedError(f"say what a {type(value).__name__} may hold")


@examples.register
def _(value: values.Text) -> list[Any]:
    lines = ["one\ntwo", "=1+1", "x" * 2_000] if value.lines > 1 else ["=1+1", "x" * 200]
    return [*lines, "007", "2024-09", "0.5", "12%", "yes", "“其他”；a, b", "#N/A or so", "1e3", "@x", "TRUE"]


@examples.register
def _(value: values.Number) -> list[Any]:
    whole = [0, 1, 7]
    return whole if value.whole else [*whole, 0.5, 1 / 3, 6.25]


@examples.register
def _(value: values.Truth) -> list[Any]:
    return [True, False]


@examples.register
def _(value: values.Choice) -> list[Any]:
    return list(value.known)


@examples.register
def _(value: values.Money) -> list[Any]:
    amounts = (0.0, 0.05, 1234.56, 860_000.0, 123_456_789.01, 3.0)
    return list(zip(amounts, ("CNY", "USD", "EUR", "GBP", "HKD", "JPY"), strict=True))


@examples.register
def _(value: values.Day) -> list[Any]:
    return [
        date(2030, 12, 31) if value.last else date(2024, 2, 29),
        date(2031, 1, 1) if value.last else date(1999, 1, 1),
    ]


@examples.register
def _(value: values.NameList) -> list[Any]:
    return [["C1"], ["C1", "Some textbook"], ["Smith, John"], ["Smith, John", "Doe, Jane"], ["a/b"], ["007", "8"]]


@examples.register
def _(value: values.Part) -> list[Any]:
    return [0.0, 1.0, 0.4, 2 / 3, 0.005]


@examples.register
def _(value: values.SchoolYear) -> list[Any]:
    return ["2024", "2024-2025"]


@examples.register
def _(value: values.CourseCode) -> list[Any]:
    return ["C1", "Some course", "101"]


def coded(field: Field, number: int) -> Any:
    """People as codes, as the door makes them."""
    code = f"p-aaaaaa{chr(97 + number)}a"
    return [code, "p-bbbbbbbb"] if isinstance(field.value, values.NameList) else code


def stated(field: Field, number: int, *, key: bool, longest: int | None) -> dict[str, Any]:
    """What the record of this number holds of a field: nothing at first, then each example in its turn."""
    if field.coded:
        return field.stated(coded(field, number)) if number or field.required else {}
    if key and isinstance(field.value, values.Text | values.CourseCode):
        return {field.name: f"its {field.name} {number}"} if number or field.required else {}
    found = [most_of(each, longest) for each in examples(field.value)]
    return field.stated(found[(number - 1) % len(found)]) if number else {}


def most_of(value: Any, longest: int | None) -> Any:
    """A text no longer than its column."""
    return value[:longest] if isinstance(value, str) else value


def made(model: type[SchoolRecord], school: School) -> Iterator[SchoolRecord]:
    """The first states what it must and nothing else; together they state every example of every field."""
    for number in range(RECORDS):
        held: dict[str, Any] = {}
        for field in model.kind.at(Place.FORM):
            longest = getattr(model._meta.get_field(field.attributes[0]), "max_length", None)
            held |= stated(field, number, key=field.name in model.kind.key, longest=longest)
        yield model(school=school, **held)


def with_every_kind(school: School) -> None:
    for model in KINDS.values():
        model.objects.bulk_create(made(model, school))


def held_by(school: School) -> dict[str, list[tuple[Any, ...]]]:
    """Every attribute of every record, by kind."""
    return {
        name: sorted((attributes(each) for each in model.objects.filter(school=school)), key=repr)
        for name, model in KINDS.items()
    }


def attributes(record: SchoolRecord) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for field in record.kind.at(Place.FORM) for name in field.attributes)


@pytest.fixture
def full(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 1)
    with_every_kind(universe.school)
    return universe


def refused(done: dict[str, Any]) -> list[str]:
    return [f"{name}: {problem}" for name, outcome in done.items() for problem in outcome.refusals]


@EVERY
def test_the_examples_state_every_field_and_every_code(universe: Universe, name: str):
    records = list(made(KINDS[name], universe.school))
    for field in KINDS[name].kind.at(Place.FORM):
        found = [field.held(each) for each in records]
        assert any(each not in (None, "", [], (None, "")) for each in found), field.name
        if isinstance(field.value, values.Choice):
            assert {each for each in found if each} == set(field.value.known), field.name


@BOTH
def test_one_workbook_of_every_kind_changes_nothing_where_it_comes_from(full: Universe, language: str):
    before = held_by(full.school)
    with override(language):
        parsed = read_workbook(workbook_of_school(full.school), name="all.xlsx", max_bytes=MOST)
        done = save_workbook(parsed, school=full.school)
    assert refused(done) == []
    assert {name: outcome.counts for name, outcome in done.items()} == dict.fromkeys(KINDS, Counts(0, 0, RECORDS))
    assert held_by(full.school) == before


@BOTH
def test_one_workbook_of_every_kind_fills_another_school_with_the_same(full: Universe, language: str):
    south = School.objects.get(slug="south")
    with override(language):
        parsed = read_workbook(workbook_of_school(full.school), name="all.xlsx", max_bytes=MOST)
        done = save_workbook(parsed, school=south)
    assert refused(done) == []
    assert held_by(south) == held_by(full.school)


@BOTH
@EVERY
def test_a_sheet_of_its_own_fills_another_school_with_the_same(full: Universe, name: str, language: str):
    model, south = KINDS[name], School.objects.get(slug="south")
    with override(language):
        content = workbook_of_records(model, model.objects.filter(school=full.school))
        outcome = save_records(model, read_sheet(model.kind, content, name="x.xlsx"), school=south)
    assert outcome.refusals == []
    assert held_by(south)[name] == held_by(full.school)[name]


def typed(model: type[SchoolRecord], record: SchoolRecord) -> dict[str, Any]:
    """What a browser sends of the form with this record in it; it ends lines of a text with two characters."""
    shown = record_form(model)(instance=record)
    written = ((name, shown[name].value()) for name in shown.fields)
    return {name: str(value).replace("\n", "\r\n") for name, value in written if value not in (None, "")}


@EVERY
def test_the_form_takes_the_same_as_a_file(full: Universe, as_user: Callable[..., Any], name: str):
    model = KINDS[name]
    before = held_by(full.school)[name]
    sent = [typed(model, each) for each in model.objects.filter(school=full.school)]
    model.objects.all().delete()
    client = as_user(full.director)
    for data in sent:
        answer = client.post(f"/schools/north/records/{name}/new/", data)
        assert answer.status_code == 302, answer.context["form"].errors
    assert held_by(full.school)[name] == before


@EVERY
def test_the_form_reads_as_a_file_does(full: Universe, name: str):
    """A course by its title, a year by its long name, an amount without its currency, a dash as nothing."""
    model = KINDS[name]
    form_of, record = record_form(model), model(school=full.school)
    written: dict[str, tuple[str, Any]] = {}
    for field in model.kind.at(Place.FORM):
        if field.names_courses:
            one = isinstance(field.value, values.CourseCode)
            written[field.name] = ("course 1", "C1" if one else ["C1"])
        elif isinstance(field.value, values.Money):
            written |= {"amount": ("5", 5.0), "currency": ("", "CNY")}
        elif isinstance(field.value, values.SchoolYear):
            written[field.name] = ("2024-25学年", "2024-2025")
        elif isinstance(field.value, values.Text) and not field.coded:
            written[field.name] = ("Some", "Some") if field.required else ("无", "")
    required = {
        field.name: ("p-zzzzzzzz", "p-zzzzzzzz") for field in model.kind.fields if field.coded and field.required
    }
    form = form_of({key: sent for key, (sent, _kept) in (required | written).items()}, instance=record)
    assert form.is_valid(), form.errors
    form.save()
    assert {key: getattr(record, key) for key in written} == {key: kept for key, (_sent, kept) in written.items()}


def test_a_form_says_which_currency_it_does_not_know(universe: Universe):
    sent = {"contributor": "Some", "amount": "5", "currency": "XYZ", "year": "soon"}
    form = record_form(KINDS["contribution"])(sent, instance=KINDS["contribution"](school=universe.school))
    assert {name: len(errors) for name, errors in form.errors.items()} == {"currency": 1, "year": 1}


def test_a_dash_is_no_name_in_a_form_either(universe: Universe):
    form = record_form(KINDS["contribution"])(
        {"contributor": "—"}, instance=KINDS["contribution"](school=universe.school)
    )
    assert list(form.errors) == ["contributor"]


def test_the_workbook_of_every_kind_goes_in_on_the_page(full: Universe, as_user: Callable[..., Any]):
    before = held_by(full.school)
    client = as_user(full.director)
    content = client.get("/schools/north/records.xlsx").content
    for model in KINDS.values():
        model.objects.all().delete()
    upload = {"file": SimpleUploadedFile("all.xlsx", content), "school": full.school.pk}
    preview = client.post("/import/?kind=records", upload, follow=True)
    page = preview.content.decode()
    assert f"holds {len(KINDS)} kinds of records ({RECORDS * len(KINDS)})" in page
    client.post(preview.redirect_chain[-1][0], {"do": "save"})
    assert held_by(full.school) == before


def test_the_template_has_a_sheet_of_every_kind_under_a_name_in_both_languages():
    names = [sheet_name(model.kind) for model in KINDS.values()]
    assert len(set(names)) == len(KINDS)
    assert all(any("一" <= letter <= "鿿" for letter in name) for name in names)
