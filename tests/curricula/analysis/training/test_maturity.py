"""Maturity, the creating space and incentives, by hand."""

from __future__ import annotations

from datetime import date

from curricula.analysis.training.incentives import IncentiveFacts, granted, grants
from curricula.analysis.training.maturity import OfThree, a_head, areas_reached, of_three, surely_three_no
from curricula.analysis.training.space import by_element
from curricula.analysis.training.teachers import ThreeNo


def test_what_is_not_stated_is_counted_apart():
    found = [ThreeNo(True, False, None), ThreeNo(False, False, False), ThreeNo(None, True, True)]
    assert of_three(found) == {
        "knowledge": OfThree(1, 1, 1),
        "experience": OfThree(1, 2, 0),
        "operation": OfThree(1, 1, 1),
    }
    assert of_three(found)["operation"].total == 3
    assert surely_three_no(found) == 1


def test_a_head_is_unknown_without_a_number_of_students():
    assert a_head(30, 120) == 0.25
    assert a_head(30, None) is None
    assert a_head(30, 0) is None


def test_an_area_without_an_hour_is_not_reached():
    assert areas_reached({"MK": 0.5, "DA": 0.0}) == 1


def test_all_four_elements_have_a_line_and_others_only_where_there_are_any():
    lines = by_element([("communities", 12), ("communities", None), ("", 40)])
    assert [(e.name, e.resources, e.seats, e.silent) for e in lines] == [
        ("open_resources", 0, 0.0, 0),
        ("creative_practice", 0, 0.0, 0),
        ("communities", 2, 12.0, 1),
        ("cooperation_space", 0, 0.0, 0),
        ("", 1, 40.0, 0),
    ]
    assert len(by_element([("communities", 12)])) == 4


def test_the_example_of_the_records_grants_workload_to_teachers_and_cash_and_credits_to_students():
    standard = "省一计30学时/奖3000元/创新学分2"
    assert grants(IncentiveFacts("办法", audience="teachers", standard=standard)) == {"workload"}
    assert grants(IncentiveFacts("办法", audience="students", standard=standard)) == {"cash", "credits"}
    assert grants(IncentiveFacts("办法", standard=standard)) == {"workload", "cash", "credits"}
    assert grants(IncentiveFacts("办法", audience="enterprises", standard=standard)) == frozenset()


def test_in_writing_takes_a_number_and_a_day():
    day = date(2024, 3, 15)
    held = [
        IncentiveFacts("A", "No. 12", day, "teachers", standard="30学时"),
        IncentiveFacts("B", "", day, "teachers", standard="30学时"),
        IncentiveFacts("C", "No. 13", None, "students", standard="学分2"),
    ]
    found = {each.name: (each.incentives, each.unwritten) for each in granted(held)}
    assert found["workload"] == ((0,), (1,))
    assert found["credits"] == ((), (2,))
    assert found["excellence"] == ((), ())
