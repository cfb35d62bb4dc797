"""The readings of the four difficulties, by hand."""

from __future__ import annotations

from datetime import date

from curricula.analysis.training.conditions import (
    PlacementFacts,
    ResourceFacts,
    amount,
    courses_with_room,
    emerging_left_out,
    real_accounts,
    students_placed,
)
from curricula.analysis.training.teachers import TeacherFacts, ThreeNo, teachers_by_course, three_no

WORDS = ["贸易", "e-commerce"]


def judged(**stated: object) -> ThreeNo:
    return three_no(TeacherFacts("T", **stated), fields=WORDS, months=6, years=1)  # type: ignore[arg-type]


def test_nothing_stated_is_no_no():
    assert judged() == ThreeNo(None, None, None)
    assert judged().lacks == 0


def test_each_no_needs_a_statement():
    assert judged(field="计算机", months=2, years=0, dual=False) == ThreeNo(False, False, False)
    assert judged(field="计算机", months=2, years=0, dual=False).lacks == 3
    assert judged(months=2).experience is None  # the years are not stated


def test_either_months_or_years_are_experience():
    assert judged(months=6).experience is True
    assert judged(months=0, years=1).experience is True


def test_a_certificate_is_operation_also_of_who_is_not_double_qualified():
    assert judged(dual=False, certificates=("跨境电商操作师",)).operation is True


def test_the_field_of_study_is_found_whatever_its_case():
    assert judged(field="E-Commerce and law").knowledge is True


def test_a_course_meets_nobody_with_practice_where_all_its_teachers_surely_lack_it():
    first, second = TeacherFacts("A", courses=("C1", "C2")), TeacherFacts("B", courses=("C1",))
    lines = teachers_by_course(
        [(first, ThreeNo(True, False, None)), (second, ThreeNo(None, True, None))], ["C1", "C2", "C3"]
    )
    c1, c2, c3 = lines
    assert (c1.teachers, c1.has["experience"], c1.lacks["experience"], c1.nobody) == (("A", "B"), 1, 1, ())
    assert (c2.teachers, c2.nobody) == (("A",), ("experience",))
    assert (c3.teachers, c3.nobody) == ((), ())  # nobody is recorded: that is no “no”


def test_seats_that_are_not_stated_leave_too_few_open():
    seats = amount([30, None])
    assert seats.a_head(80, least=0.5)[1] == "open"
    assert amount([30]).a_head(80, least=0.5)[1] == "not_met"
    assert amount([30, None]).a_head(60, least=0.5)[1] == "met"
    assert amount([None]).a_head(80, least=0.5) == (None, None)
    assert seats.a_head(None, least=0.5) == (None, None)


def test_a_simulation_has_no_real_account_and_an_unknown_room_has_an_unknown_number():
    assert real_accounts(ResourceFacts(seats=40, reality="software")) == 0
    assert real_accounts(ResourceFacts(seats=4, reality="trade")) == 4
    assert real_accounts(ResourceFacts(seats=40, accounts=2, reality="software")) == 2
    assert real_accounts(ResourceFacts(seats=40)) is None


def test_a_resource_without_courses_may_serve_any():
    served = ResourceFacts(courses=("C1",))
    assert courses_with_room(["C1", "C2"], [served]) == {"C1": True, "C2": False}
    assert courses_with_room(["C1", "C2"], [served, ResourceFacts()]) == {"C1": True, "C2": None}


def test_each_student_counts_once_and_only_in_the_newest_year():
    placed, newest = students_placed(
        [
            PlacementFacts("S1", "professional", date(2026, 6, 30)),
            PlacementFacts("S1", "project", date(2026, 3, 1)),
            PlacementFacts("S2", "graduation", date(2025, 7, 1)),  # 364 days before
            PlacementFacts("S3", "graduation", date(2025, 6, 30)),  # 365 days before
            PlacementFacts("S4", "orientation", date(2026, 7, 1)),
            PlacementFacts("S5", "professional"),
        ]
    )
    assert (placed, newest) == (frozenset({"S1", "S2"}), date(2026, 6, 30))
    assert students_placed([PlacementFacts("S5")]) == (frozenset(), None)


def test_an_emerging_ability_is_left_out_only_where_somebody_asks_for_it():
    found = emerging_left_out(["A", "B", "C"], exposure={"A": 0, "B": 0, "C": 4}, asked_for={"A": True, "C": True})
    assert found == ["A"]
