"""Five placements of four students:

key  student  mode            reality   weeks  school  enterprise  fits  courses
1    p        apprenticeship  trade     12     yes     yes         yes   A
2    p        entrepreneurial account    8     yes     no          no    A, B
3    q        apprenticeship  software   –     no      yes         –     B
4    r        –               –         10     no      no          yes   –
5    s        apprenticeship  trade     16     yes     yes         yes   A
"""

from __future__ import annotations

from curricula.analysis.training.placements import (
    Evaluated,
    Place,
    Seats,
    placed_abilities,
    placement_reading,
)

PLACES = [
    Place(1, "p", "apprenticeship", "trade", 12, True, True, True, ("A",)),
    Place(2, "p", "entrepreneurial", "account", 8, True, False, False, ("A", "B")),
    Place(3, "q", "apprenticeship", "software", None, False, True, None, ("B",)),
    Place(4, "r", "", "", 10, False, False, True, ()),
    Place(5, "s", "apprenticeship", "trade", 16, True, True, True, ("A",)),
]
SEATS = [Seats(1, "software", 60), Seats(2, "software", None), Seats(3, "account", 6)]


def test_placements_are_counted_by_mode_and_by_reality_and_each_adds_up_to_all():
    found = placement_reading(PLACES, SEATS, 20)
    assert {each.code: each.placements for each in found.modes} == {
        "apprenticeship": 3, "teaching_factory": 0, "entrepreneurial": 1, "": 1,
    }  # fmt: skip
    assert {each.code: each.placements for each in found.realities} == {"software": 1, "account": 1, "trade": 2, "": 1}
    assert found.cross["apprenticeship", "trade"] == 2
    assert sum(found.cross.values()) == found.placements == 5
    assert (found.students, found.a_student) == (4, 0.25)
    assert (found.relevant, found.irrelevant) == (3, 1)


def test_a_mode_says_its_students_weeks_and_evaluations():
    kind = placement_reading(PLACES, [], None).modes[0]
    assert (kind.students, kind.weeks) == (3, 14)  # (12 + 16) ÷ 2
    assert kind.evaluated == Evaluated(both=2, school=0, enterprise=1, neither=0)
    assert kind.evaluated.share == 2 / 3


def test_evaluation_by_both_by_one_and_by_nobody_are_told_apart():
    assert placement_reading(PLACES, [], None).evaluated == Evaluated(both=2, school=1, enterprise=1, neither=1)


def test_what_nobody_stated_is_undefined():
    found = placement_reading([], [], None)
    assert (found.a_student, found.modes[0].weeks, found.evaluated.share) == (None, None, None)
    assert all(each.seats is None for each in found.seats)


def test_seats_a_student_by_reality_stand_apart():
    seats = {each.reality: each for each in placement_reading(PLACES, SEATS, 120).seats}
    assert (seats["software"].seats, seats["software"].a_student) == (60, 0.5)
    assert (seats["account"].a_student, seats["trade"].a_student) == (0.05, None)


def test_an_ability_has_each_placement_of_its_courses_once():
    sell, data, talk = placed_abilities(PLACES, {"talk": ["C"], "data": ["B"], "sell": ["A", "B"]})
    assert (sell.ability, sell.placements, sell.students, sell.real) == ("sell", 4, 3, 3)
    assert sell.evaluated == Evaluated(both=2, school=1, enterprise=1, neither=0)
    assert (data.courses, data.placements, data.real) == (("B",), 2, 1)
    assert (talk.placements, talk.courses, talk.evaluated.share) == (0, (), None)
