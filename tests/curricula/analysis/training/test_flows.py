from __future__ import annotations

from datetime import date

from curricula.analysis.training.flows import (
    Exchange,
    Graduate,
    coarsened,
    information_flow,
    knowledge_flow,
    talent_flow,
)

TODAY = date(2026, 11, 29)


def test_graduates_are_counted_by_position_and_by_where_they_went():
    graduates = [
        *[Graduate("contract", "P1", "relevant", date(2026, 7, 1))] * 16,
        *[Graduate("contract", "P2")] * 11,
        *[Graduate("contract", "", "not", date(2026, 6, 1))] * 7,
        *[Graduate("study")] * 12,
    ]
    found = talent_flow(graduates, of=60, today=TODAY)
    # those who study on went to no position; the 7 alone could be taken from the sum, so P2 joins them
    assert found.by_position == {"P1": 16, "*": 18}
    assert found.by_destination == {"contract": 34, "study": 12}
    assert (found.relevant, found.relevance_stated, found.graduates, found.of) == (16, 23, 46, 60)
    assert (found.age.newest, found.age.months, found.age.is_stale) == (date(2026, 7, 1), 4, False)


def test_small_groups_are_shown_together_or_not_at_all():
    assert coarsened({"a": 5, "b": 4}) == {"*": 9}  # of a group of 10 and more nothing smaller is parted
    assert coarsened({"a": 20}) == {"a": 20}
    assert coarsened({}) == {}


def test_fewer_than_ten_graduates_are_counted_and_not_shown():
    found = talent_flow([Graduate("contract", "P1")] * 9, of=None, today=TODAY)
    assert (found.graduates, found.by_position, found.by_destination) == (9, {}, {})
    assert found.undefined.values == {"people": 9, "needed": 10}


def test_without_graduates_nothing_is_said_but_what_is_missing():
    found = talent_flow([], of=None, today=TODAY)
    assert found.undefined.code == "no_graduates"
    assert not found.age.is_stale


def test_a_flow_is_stale_once_its_newest_record_is_older_than_the_limit():
    graduates = [Graduate("contract", "P1", day=date(2025, 5, 28))] * 10
    assert not talent_flow(graduates, of=None, today=date(2026, 12, 27)).age.is_stale  # 18 months and 29 days
    assert talent_flow(graduates, of=None, today=date(2026, 12, 28)).age.is_stale  # 19 months


def test_knowledge_flows_out_by_practice_and_in_by_part_time_teachers_and_lectures():
    teachers = [
        Exchange(months=6, until=date(2026, 8, 31)),
        Exchange(since=date(2020, 1, 1), until=date(2020, 4, 1)),  # 3 months, of days alone
        Exchange(from_industry=True),
        Exchange(),
    ]
    found = knowledge_flow(teachers, [date(2026, 10, 9)], today=TODAY)
    assert (found.teachers, found.went_out, found.months_out, found.recent) == (4, 2, 9, 1)
    assert (found.came_in, found.lectures) == (1, 1)
    assert (found.age.newest, found.age.months) == (date(2026, 10, 9), 1)


def test_practice_that_goes_on_is_of_today():
    found = knowledge_flow([Exchange(since=date(2026, 9, 1), until=date(2027, 1, 31))], [], today=TODAY)
    assert found.age.newest == TODAY
    assert found.months_out == 2  # from September to today


def test_teachers_without_practice_are_no_missing_record():
    found = knowledge_flow([Exchange()], [], today=TODAY)
    assert found.undefined is None
    assert (found.went_out, found.age.newest) == (0, None)
    assert knowledge_flow([], [], today=TODAY).undefined.code == "no_teachers"


def test_information_is_as_old_as_its_newest_posting():
    found = information_flow(200, date(2025, 9, 30), date(2025, 10, 2), today=TODAY)
    assert (found.age.months, found.age.is_stale) == (13, True)
    assert information_flow(0, None, None, today=TODAY).undefined.code == "no_postings_at_all"
