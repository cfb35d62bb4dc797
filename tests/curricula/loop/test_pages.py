"""Snapshots, actions, the loop and what changed, as their pages show them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from curricula.evaluation.reports import full_report_for, gap_report_for
from curricula.evaluation.version_changes import changes_between
from curricula.loop.actions import decide, save_action, take_snapshot
from curricula.loop.changes import change_page
from curricula.loop.presenters import duration_words, loop_page
from curricula.models import Action, Course, Curriculum, Decision, Mapping, Program, Scenario, School, Snapshot
from curricula.records.versions import next_version, touch
from curricula.reports.tables import report_tables
from tests.curricula.test_two_at_one_form import changed, opened
from tests.queries import queries_of
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(universe: Universe) -> Curriculum:
    add_courses(universe.curriculum, 4)
    return Curriculum.objects.select_related("program__school", "framework").get()


def found(code: str, label: str) -> dict[str, Any]:
    return {"code": code, "title": {"en": code}, "label": label, "gap": None}


def snapshot_on(plan: Curriculum, day: str, **labels: str) -> Snapshot:
    """A snapshot of that day whose findings are stated here; nothing else is read of it."""
    return Snapshot.objects.create(
        curriculum=plan,
        created=datetime.fromisoformat(f"{day}T12:00:00+00:00"),
        framework="trade",
        made_with={"program": "0.1.0", "method": "0"},
        counts=dict.fromkeys(("courses", "mapped_courses", "cells", "raters", "postings"), 4) | {"from": None},
        findings=[found(code.replace("_", "."), label) for code, label in labels.items()],
        inputs=b"",
        result=b"",
    )


def done_on(plan: Curriculum, ability: str, day: str) -> Action:
    closed = date.fromisoformat(day)
    return save_action(
        Action(program=plan.program, title=f"Done for {ability}", ability=ability, state="done", closed_on=closed)
    )


# Snapshots


def test_a_director_makes_a_snapshot_that_everyone_of_the_school_opens(plan, universe, as_user):
    made = as_user(universe.director).post(plan.page("snapshot-new"), {"note": "Before the meeting"}, follow=True)
    assert "Before the meeting" in made.content.decode()
    snapshot = Snapshot.objects.get()
    client = as_user(universe.viewer)
    assert "Before the meeting" in client.get(plan.page("snapshots")).content.decode()
    page = client.get(plan.page("snapshot", snapshot.pk)).content.decode()
    assert "The report as it was on" in page
    assert snapshot.digest[:16] in page
    assert as_user(universe.outsider).get(plan.page("snapshot", snapshot.pk)).status_code == 404


def test_two_snapshots_are_compared_finding_by_finding(plan, universe, as_user):
    one = snapshot_on(plan, "2025-09-01", MK_1="untaught", MK_2="aligned")
    two = snapshot_on(plan, "2026-09-01", MK_1="aligned", MK_2="aligned")
    page = as_user(universe.viewer).get(plan.page("snapshot-compare"), {"before": one.pk, "after": two.pk})
    (change,) = page.context["page"].findings.closed
    assert (change.code, change.before.code, change.after.code) == ("MK.1", "untaught", "aligned")
    assert page.context["page"].same == 1


def test_the_command_says_whether_each_snapshot_is_repeated(plan, capsys):
    made = take_snapshot(plan, by=None)
    Mapping.objects.all().delete()
    call_command("verify_snapshot", plan.key)
    assert "the same, bit for bit" in capsys.readouterr().out
    Snapshot.objects.update(made_with=made.made_with | {"program": "0.0.9"})
    call_command("verify_snapshot", str(made.pk))
    assert "made with program 0.0.9; here it is" in capsys.readouterr().out
    Snapshot.objects.update(digest="0" * 64)
    with pytest.raises(CommandError, match="1 did not say the same again"):
        call_command("verify_snapshot", str(made.pk))
    assert "somebody wrote over it" in capsys.readouterr().out


def test_the_list_takes_as_many_queries_for_three_as_for_one(plan, universe, as_user):
    client, counts = as_user(universe.viewer), []
    for days in (("2025-01-01",), ("2025-06-01", "2026-01-01")):
        for day in days:
            snapshot_on(plan, day, MK_1="untaught")
        for page in ("snapshots", "loop"):
            client.get(plan.page(page))
            counts.append(queries_of(client.get, plan.page(page)))
    assert counts[:2] == counts[2:]


# Actions


def test_a_recommendation_becomes_an_action(plan, universe, as_user):
    client = as_user(universe.director)
    asked = {"origin": "recommendation", "ability": "MK.1", "course": "C1", "title": "Strengthen search advertising"}
    address = plan.page("action-new")
    page = client.get(address, asked).content.decode()
    assert 'value="Strengthen search advertising"' in page
    client.post(address, asked | {"actor": "enterprise", "state": "open", "owner": universe.faculty.pk})
    action = Action.objects.get()
    assert (action.ability, action.course, action.origin, action.actor) == (
        "MK.1",
        "C1",
        "recommendation",
        "enterprise",
    )
    assert (action.owner, action.program) == (universe.faculty, plan.program)
    listed = as_user(universe.viewer).get(plan.page("actions")).content.decode()
    assert "Strengthen search advertising" in listed
    assert "MK.1 Search advertising · C1 Course 1" in listed


def test_what_is_done_is_done_on_a_day(plan):
    action = save_action(Action(program=plan.program, title="More practice", state="done"))
    assert action.closed_on == timezone.localdate()
    action.state = "open"
    assert save_action(action).closed_on is None


def test_nobody_outside_the_school_can_be_in_charge(plan, universe, as_user):
    sent = {"title": "x", "actor": "school", "state": "open", "origin": "by_hand", "owner": universe.outsider.pk}
    assert as_user(universe.director).post(plan.page("action-new"), sent).status_code == 422
    assert not Action.objects.exists()


def test_two_who_change_other_fields_of_an_action_lose_nothing(plan, universe, as_user):
    action = save_action(Action(program=plan.program, title="More practice", due=date(2026, 5, 1)))
    client, address = as_user(universe.director), plan.page("action-edit", action.pk)
    first, second = opened(client, address, "title"), opened(client, address, "title")
    client.post(address, changed(first, title="Much more practice"))
    client.post(address, changed(second, due="2026-06-01"))
    action.refresh_from_db()
    assert (action.title, action.due) == ("Much more practice", date(2026, 6, 1))
    page = client.get(plan.page("action", action.pk)).content.decode()
    assert "<s>More practice</s> → Much more practice" in page


def test_actions_are_filtered_by_state_and_actor(plan, universe, as_user):
    done_on(plan, "MK.1", "2026-03-01")
    save_action(Action(program=plan.program, title="Ask the enterprise", actor="enterprise"))
    client = as_user(universe.viewer)
    for query, seen in (
        ("state=unfinished", "Ask"),
        ("state=done", "Done"),
        ("actor=enterprise", "Ask"),
        ("q=mk.1", "Done"),
    ):
        rows = [row.record.title for row in client.get(f"{plan.page('actions')}?{query}").context["table"].rows]
        assert [title.split()[0] for title in rows] == [seen], query


def test_an_action_goes_on_over_the_years_of_its_program_and_stays_in_it(plan, universe, as_user):
    action = done_on(plan, "MK.1", "2026-03-01")
    other = Curriculum.objects.create(program=plan.program, year=2027, framework=plan.framework)
    assert as_user(universe.viewer).get(other.page("action", action.pk)).status_code == 200
    assert as_user(universe.outsider).get(plan.page("action", action.pk)).status_code == 404


def test_another_school_reaches_nothing_by_its_number_from_a_plan_of_its_own(plan, universe, as_user):
    action, snapshot = done_on(plan, "MK.1", "2026-03-01"), snapshot_on(plan, "2026-03-01", MK_1="untaught")
    program = Program.objects.create(school=School.objects.get(slug="south"), slug="trade")
    own = Curriculum.objects.create(program=program, year=2026, framework=plan.framework)
    client = as_user(universe.outsider)
    for name, pk in (("action", action.pk), ("action-edit", action.pk), ("snapshot", snapshot.pk)):
        assert client.get(own.page(name, pk)).status_code == 404, name
    sent = {"title": "Taken", "actor": "school", "state": "open", "origin": "by_hand"}
    assert client.post(own.page("action-edit", action.pk), sent).status_code == 404
    both = {"before": snapshot.pk, "after": snapshot.pk}
    assert client.get(own.page("snapshot-compare"), both).status_code == 404
    assert client.get(own.page("changes"), {"from": plan.pk}).status_code == 404
    scenario = Scenario.objects.create(curriculum=plan, title="Less theory")
    assert client.post(own.page("action-new"), sent | {"scenario": scenario.pk}).status_code == 422
    assert Action.objects.get().title == "Done for MK.1"


# The loop


def test_the_loop_says_what_closed_what_came_back_and_how_long_it_took(plan, universe, as_user):
    snapshot_on(plan, "2024-09-01", MK_1="untaught", MK_2="untaught", DA_1="aligned")
    snapshot_on(plan, "2025-09-01", MK_1="aligned", MK_2="inconclusive", DA_1="aligned")
    snapshot_on(plan, "2026-09-01", MK_1="under_taught", MK_2="covered", DA_1="aligned")
    before, meanwhile = done_on(plan, "MK.1", "2024-01-01"), done_on(plan, "MK.1", "2025-03-01")
    page = loop_page(plan)
    assert [row.code for row in page.rows] == ["MK.1", "MK.2"]
    first, second = page.rows
    assert [cell.event for cell in first.cells] == ["gap", "closed", "reopened"]
    assert first.cells[1].actions == (meanwhile,)
    assert before not in first.cells[1].actions
    assert first.cells[1].took == "12 months"
    # An undecided finding closes nothing; the gap of 2024 closes in 2026, after 730 days.
    assert [cell.event for cell in second.cells] == ["gap", "", "closed"]
    assert second.cells[2].after_days == 730
    assert [column.gaps for column in page.columns] == [2, 0, 1]
    assert page.sentence == "2 gaps since September 2024: 1 closed, 1 open, 1 came back."
    shown = as_user(universe.viewer).get(plan.page("loop")).content.decode()
    assert "closed after 12 months" in shown
    assert "Done for MK.1" in shown


def test_days_are_told_as_days_or_months():
    assert [duration_words(days) for days in (1, 59, 61, 365)] == ["1 day", "59 days", "2 months", "12 months"]


def test_without_a_snapshot_the_loop_says_what_to_do(plan, universe, as_user):
    assert "No snapshot has been made yet." in as_user(universe.viewer).get(plan.page("loop")).content.decode()


# What changed between two versions


def test_what_changed_names_courses_hours_mappings_and_what_asked_for_it(plan, universe, as_user):
    add_postings(plan, 120)
    after = next_version(plan)
    kept, renamed, gone, moved = Course.objects.filter(curriculum=after).order_by("order")
    kept.operation = 32
    kept.save()
    renamed.title_en = "Course two"
    renamed.save()
    gone.delete()
    moved.mappings.update(level="A", share=0.5)
    Course.objects.create(curriculum=after, code="C9", title_en="New", theory=16)
    touch(after)
    action = save_action(Action(program=plan.program, title="More practice in C1", course="C1"))
    changes = changes_between(plan, after)
    assert [(each.code, each.kind) for each in changes.courses if each.kind != "changed"] == [
        ("C3", "dropped"),
        ("C9", "added"),
    ]
    told = {each.code: [(line.what, line.before, line.after) for line in each.differences] for each in changes.changed}
    assert told == {
        "C1": [("Operation, h", "16", "32")],
        "C2": [("Title", "Course 2", "Course two")],
        "C4": [("Modelling", "developed, 100.0\xa0%", "assessed, 50.0\xa0%")],
    }
    assert {each.code: each.actions for each in changes.courses if each.actions} == {"C1": (action,)}
    page = as_user(universe.viewer).get(after.page("changes")).content.decode()
    assert "Courses: 1 added, 1 dropped, 3 changed." in page
    assert "More practice in C1" in page


def test_a_plan_of_another_program_cannot_be_named(plan, universe, as_user):
    client = as_user(universe.viewer)
    assert client.get(plan.page("changes"), {"from": 999_999}).status_code == 404
    assert client.get(plan.page("changes")).status_code == 200


def test_a_plan_follows_the_one_that_it_revises_or_the_one_before(plan):
    later = Curriculum.objects.create(program=plan.program, year=2028, framework=plan.framework)
    Curriculum.objects.create(program=plan.program, year=2027, framework=plan.framework)
    assert change_page(later, "", "").changes.before.year == 2027
    later.revises = plan
    later.save()
    assert change_page(later, "", "").changes.before == plan
    assert change_page(plan, "", "").changes is None


def test_the_age_of_a_day_is_kept(plan):
    made = take_snapshot(plan, by=None, created=timezone.now() - timedelta(days=400))
    assert (timezone.now() - Snapshot.objects.get(pk=made.pk).created).days == 400


# In the report


def test_every_file_of_the_report_tells_actions_and_decisions_and_no_person(plan, universe, as_user):
    decide(plan, Decision(kind="sent", decided_on=date(2026, 5, 1)), by=universe.director)
    returned = Decision(kind="returned", reason="Term 5 is full.", document="12/2026", decided_on=date(2026, 5, 9))
    decide(plan, returned, by=universe.administrator)
    save_action(Action(program=plan.program, title="Ask the enterprise", ability="MK.1", owner=universe.faculty))
    client = as_user(universe.viewer)
    data = client.get(plan.page("report-download", "json")).json()
    assert [each["kind"] for each in data["decisions"]] == ["sent", "returned"]
    assert data["decisions"][1] == {
        "step": "Approval",
        "kind": "returned",
        "date": "2026-05-09",
        "document": "12/2026",
        "reason": "Term 5 is full.",
        "alone": False,
    }
    assert data["actions"][0]["title"] == "Ask the enterprise"
    page = client.get(plan.page("report-download", "html")).content.decode()
    for told in ("Term 5 is full.", "12/2026", "Ask the enterprise", "Search advertising"):
        assert told in page
    for person in ("director", "administrator", "faculty"):
        assert person not in str(data["decisions"]) + str(data["actions"])
    tables = {table.key: table for table in report_tables(full_report_for(plan))}
    assert len(tables["decisions"].rows) == 2
    assert len(tables["actions"].rows) == 1
    assert "decisions" not in {table.key for table in report_tables(gap_report_for(plan))}


def test_who_knows_the_address_at_which_plans_were_approved_comes_to_the_review(universe, as_user):
    answer = as_user(universe.viewer).get(universe.curriculum.page("curriculum-state"))
    assert (answer.status_code, answer["Location"]) == (302, universe.curriculum.page("review"))
