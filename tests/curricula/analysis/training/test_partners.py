from __future__ import annotations

from datetime import date

from curricula.analysis.training.partners import Given, Partner, board

TODAY = date(2026, 11, 29)
ALL = frozenset({"training", "assessment", "development"})
SERVES = {"C1": ("a1", "a2"), "C2": ("a2", "a3")}


def partner(key: int, actor: str = "enterprise", **stated: object) -> Partner:
    return Partner(**{"key": key, "name": f"P{key}", "actor": actor, "agreed": ALL, "in_place": frozenset()} | stated)


def test_what_is_agreed_and_nowhere_in_place_stands_out_as_formal_only():
    found = board([partner(1), partner(2, in_place=frozenset({"training"}))], [], [], SERVES, today=TODAY)
    assert [each.partner.key for each in found.formal_only] == [1]
    assert [each.verdict for each in found.partners] == ["formal_only", "partly_in_place"]
    assert found.partners[1].open_commitments == ("assessment", "development")
    enterprise = found.actors[2]
    # two partners agreed 3 + 3 commitments; 1 of the 6 is in place
    assert (enterprise.partners, enterprise.agreed, enterprise.in_place) == (2, 6, 1)


def test_a_partnership_that_has_ended_is_listed_and_counts_in_no_sum():
    ended = partner(1, until=date(2025, 12, 31), courses=("C1",))
    found = board([ended], [], [], SERVES, today=TODAY)
    assert found.partners[0].in_force is False
    assert (found.partners[0].verdict, found.formal_only, found.current) == ("formal_only", (), ())
    assert found.actors[2].partners == 0
    assert found.touched == {}
    assert found.absent == ("government", "enterprise", "industry", "society")


def test_a_partnership_without_days_is_neither_in_force_nor_ended_and_counts():
    found = board([partner(1)], [], [], SERVES, today=TODAY)
    assert found.partners[0].in_force is None
    assert found.actors[2].partners == 1


def test_who_touches_which_ability_follows_the_courses_of_partners_and_contributions():
    partners = [partner(1, courses=("C2", "unknown"))]
    given = [Given("government", "funds", 50_000.0, "CNY", ("C1",)), Given("government", "funds", 7_000.0, "CNY")]
    found = board(partners, given, [("school", False), ("school", True)], SERVES, today=TODAY)
    assert found.touched == {"a1": ("government",), "a2": ("government", "enterprise"), "a3": ("enterprise",)}
    government, school = found.actors[:2]
    assert government.money == {"CNY": 57_000.0}
    assert government.by_type == {"funds": 2}
    assert (school.actions_open, school.actions_done) == (1, 1)


def test_currencies_are_never_added_up():
    given = [
        Given("society", "funds", 100.0, "CNY"),
        Given("society", "funds", 100.0, "USD"),
        Given("society", "base"),
    ]
    society = board([], given, [], {}, today=TODAY).actors[4]
    assert society.money == {"CNY": 100.0, "USD": 100.0}
    assert society.contributions == 3


def test_a_record_that_names_no_actor_stands_on_a_line_of_its_own():
    found = board([partner(1, actor="")], [], [], SERVES, today=TODAY)
    assert [row.actor for row in found.actors][-1] == ""
    assert found.actors[-1].partners == 1
