"""Alternatives among prerequisites come out of files, go back into them, and stay with a plan."""

from __future__ import annotations

import pytest

from curricula.interchange.bundles import read_file
from curricula.interchange.export import as_tables, as_workbook
from curricula.models import Curriculum, Prerequisite
from curricula.records.exported_rows import rows_of
from curricula.records.saving import import_curriculum
from curricula.records.versions import next_version
from tests import pages
from tests.universe import Universe, make_universe

pytestmark = pytest.mark.django_db

PLAN = """Course Code,Title,Credits,Prerequisites,Corequisites
A,Alpha,3,,
B,Beta,3,,B2
B2,Beta lab,1,,B
C,Gamma,3,A or B; B2,
D,Delta,3,C or EX1,
"""
REQUIRED = [
    ("C", "A", "", "pre", 1),
    ("C", "B", "", "pre", 1),
    ("C", "B2", "", "pre", 0),
    ("D", "C", "", "pre", 1),
    ("D", None, "EX1", "pre", 1),
]


@pytest.fixture
def universe() -> Universe:
    return make_universe()


def load(universe: Universe, file: str | bytes, key: str = "north/sales/2026"):
    content = file.encode() if isinstance(file, str) else file
    parsed = read_file(content, name="plan")
    return import_curriculum(parsed, key=key, framework=universe.framework, create=True)


def required(curriculum: Curriculum) -> list[tuple]:
    rows = Prerequisite.objects.of(curriculum).exclude(kind="co")
    fields = ("course__code", "requires__code", "external", "kind", "alternative")
    return sorted(rows.values_list(*fields), key=lambda row: (row[0], row[1] or "~"))


def test_alternatives_are_saved_and_a_second_time_nothing_changes(universe):
    assert load(universe, PLAN).refusals == []
    assert required(universe.curriculum) == REQUIRED
    again = load(universe, PLAN)
    assert (again.total.created, again.total.changed) == (0, 0)


def test_a_choice_that_the_file_drops_is_a_choice_no_more(universe):
    load(universe, PLAN)
    outcome = load(universe, PLAN.replace("A or B; B2", "A; B2"))
    assert outcome.prerequisites.changed == 2  # B is gone, A is required by itself
    assert required(universe.curriculum)[:2] == [("C", "A", "", "pre", 0), ("C", "B2", "", "pre", 0)]


@pytest.mark.parametrize("write", [as_workbook, as_tables])
def test_alternatives_come_back_from_our_own_files(universe, write):
    load(universe, PLAN)
    outcome = load(universe, write(rows_of(universe.curriculum)), key="north/sales/2031")
    assert outcome.refusals == []
    assert required(outcome.curriculum) == REQUIRED


@pytest.mark.parametrize("name", ["Consent of the dean, or A", "CS/MA 1 and 2", "One of B, C"])
def test_what_a_person_named_as_an_alternative_comes_back_as_it_was(universe, name):
    load(universe, PLAN)
    Prerequisite.objects.filter(external="EX1").update(external=name)
    outcome = load(universe, as_workbook(rows_of(universe.curriculum)), key="north/sales/2031")
    assert required(outcome.curriculum)[-1] == ("D", None, name, "pre", 1)


LARGER = """Course Code,Title,Credits,Prerequisites
A,Alpha,3,
B,Beta,3,
B2,Beta lab,1,
C,Gamma,3,"two of A, B, B2"
D,Delta,3,A or (B and EX1)
E,Epsilon,3,(A and B) or (C and D)
"""
TWO_OF_THREE = [("A", 1), ("A", 2), ("B", 1), ("B", 3), ("B2", 2), ("B2", 3)]  # of each pair of them one


def choices(curriculum: Curriculum, course: str) -> list[tuple]:
    return sorted((requires or other, n) for then, requires, other, _kind, n in required(curriculum) if then == course)


@pytest.mark.parametrize("write", [as_workbook, as_tables])
def test_two_of_three_and_either_or_both_are_choices_that_come_back(universe, write):
    assert load(universe, LARGER).refusals == []
    assert choices(universe.curriculum, "C") == TWO_OF_THREE
    assert choices(universe.curriculum, "D") == [("A", 1), ("A", 2), ("B", 1), ("EX1", 2)]
    again = load(universe, write(rows_of(universe.curriculum)))
    assert (again.refusals, again.total.created, again.total.changed) == ([], 0, 0)
    other = load(universe, write(rows_of(universe.curriculum)), key="north/sales/2031")
    assert required(other.curriculum) == required(universe.curriculum)
    assert required(next_version(universe.curriculum)) == required(universe.curriculum)


def test_the_pages_say_larger_choices_in_few_words(universe, as_user):
    load(universe, LARGER)
    client = as_user(universe.viewer)
    for page in ("courses", "prerequisites"):
        shown = "".join(pages.text_of(client.get(universe.curriculum.page(page)).content.decode()).split())
        for words in ("2of:A,B,B2", "Aor(BandEX1", "(AandB)or(CandD)"):
            assert words in shown
    course = client.get(universe.curriculum.courses.get(code="C").get_absolute_url())
    assert "2of:AAlphabefore,BBetabefore,B2Betalabbefore" in "".join(pages.text_of(course.content.decode()).split())


def test_the_next_version_has_the_same_choices(universe):
    load(universe, PLAN)
    assert required(next_version(universe.curriculum)) == REQUIRED


def test_a_circle_that_an_alternative_avoids_is_saved(universe):
    plan = PLAN.replace("B,Beta,3,,B2", "B,Beta,3,A or C,")
    assert load(universe, plan).refusals == []


def test_a_circle_that_no_alternative_avoids_is_refused_and_named(universe):
    plan = PLAN.replace("A,Alpha,3,,", "A,Alpha,3,C,").replace("B,Beta,3,,B2", "B,Beta,3,C,").replace("; B2", "")
    (refusal,) = load(universe, plan).refusals
    assert (refusal.code, refusal.value) == ("prerequisite_cycle", "C → A")
    assert not universe.curriculum.courses.exists()
