from __future__ import annotations

from dataclasses import replace

import pytest

from curricula.analysis.training.competitions import Entry, joined, participation, without_competition

BLANK = Entry(0, "cup", "2025", "", None, None, frozenset(), 0, 0, (), None, None)


def entry(key, codes="", **stated):
    return replace(BLANK, key=key, codes=frozenset(codes), **stated)


REQUIRED = {"A": True, "B": False, "C": None}
SERVES = {"A": ["selling"], "B": ["selling", "data"]}


def test_one_competition_gathers_its_entries():
    cup, fair = joined(
        [
            entry(1, year="2024", level="provincial", by_school=1, courses=("B", "X"), counts=True, credits=1),
            entry(2, level="national", listed=True, by_school=1, by_enterprise=1, courses=("A",), counts=False),
            entry(3, listed=False, by_enterprise=1),
            entry(4, title="fair", level="school"),
        ],
        REQUIRED,
        SERVES,
    )
    assert (cup.title, cup.years, cup.entries, cup.level, cup.listed) == (
        "cup",
        ("2024", "2025"),
        (1, 2, 3),
        "national",
        True,
    )
    assert (cup.courses, cup.elsewhere, cup.access) == (("B", "A"), ("X",), "every")
    assert cup.guided == {"both": 1, "school": 1, "enterprise": 1, "neither": 0}
    assert (cup.counted, cup.uncounted, cup.unsaid, cup.credited) == (1, 1, 1, 1)
    assert cup.abilities == ("selling", "data")
    assert (fair.level, fair.listed, fair.access, fair.guided["neither"]) == ("school", None, "nobody", 1)


@pytest.mark.parametrize(
    ("courses", "access"), [(("A", "B"), "every"), (("B",), "some"), (("C",), "open"), (("X",), "nobody")]
)
def test_every_student_can_enter_where_a_course_that_everybody_takes_prepares_for_it(courses, access):
    assert joined([entry(1, courses=courses)], REQUIRED, {})[0].access == access


def test_a_student_in_two_entries_is_one():
    (found,) = participation([entry(1, codes="pq", students=2), entry(2, codes="qr", students=2)], {"2025": 60})
    assert (found.entries, found.places, found.students) == (2, 4, 3)
    assert found.share == 3 / 60


@pytest.mark.parametrize(
    ("entries", "students", "reason"),
    [
        ([entry(1, codes="p", students=1), entry(2, students=3)], {"2025": 60}, "no_codes"),
        ([entry(1, codes="p", students=3)], {"2025": 60}, "no_codes"),  # three took part, one is named
        ([entry(1, codes="p")], {}, "no_students"),
        ([entry(1, codes="p")], {"2025": 0}, "no_students"),
        ([entry(1, codes="pqr")], {"2025": 2}, "more_than_all"),
    ],
)
def test_a_share_without_its_numbers_is_undefined_with_the_reason(entries, students, reason):
    (found,) = participation(entries, students)
    assert (found.share, found.reason) == (None, reason)


def test_years_come_newest_first_and_a_school_year_is_known_by_its_first():
    found = participation([entry(1, year="2024", codes="p"), entry(2, year="2025-2026", codes="p")], {"2025": 50})
    assert [(each.year, each.of) for each in found] == [("2025-2026", 50), ("2024", None)]


def test_practised_courses_without_a_competition_are_named_most_hours_first():
    practised = {"A": 20.0, "B": 8.0, "C": 0.0, "D": 30.0}
    assert without_competition(practised, [entry(1, courses=("A",))]) == ("D", "B")
