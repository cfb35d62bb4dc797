"""History: every change of courses, mappings, prerequisites and settings, with who, when, before and after."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from curricula.models import Course, Curriculum, Mapping, Prerequisite
from curricula.plans import history as history_module
from curricula.plans.history import Line, history_of
from curricula.plans.settings_actions import start_next_version
from tests.queries import queries_of
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
Told = tuple[str, str, str, list[tuple[str, list[tuple[str, str, str]]]]]


def told(line: Line) -> Told:
    entries = [(e.subject, [(c.field, c.before, c.after) for c in e.changes]) for e in line.entries]
    return line.who, line.kind, line.action, entries


def lines(universe: Universe, kind: str = "") -> list[Told]:
    return [told(line) for line in history_of(universe.curriculum, kind=kind).lines]


def later(record: Any, minutes: int, user: User | None = None) -> None:
    """Puts the newest trace of a record some minutes into the future."""
    trace = record.history.latest("history_id")
    trace.history_date = timezone.now() + timedelta(minutes=minutes)
    trace.history_user = user
    trace.save()


def test_a_changed_course_tells_its_fields_before_and_after(universe):
    (course,) = add_courses(universe.curriculum, 1, mapped=False)
    course.theory, course.required, course.term = 16, True, None
    course.save()
    later(course, 5, universe.director)
    assert lines(universe)[0] == (
        "director",
        "Courses",
        "changed",
        [("C1 Course 1", [("term", "1", "–"), ("required", "–", "yes"), ("theory", "32", "16")])],
    )


def test_a_cell_tells_what_came_changed_and_went(universe):
    (course,) = add_courses(universe.curriculum, 1, mapped=False)
    mapping = Mapping.objects.create(course=course, ability=universe.ability("MK.1"), level="I", rater="R1")
    mapping.level, mapping.share = "D", 0.25
    mapping.save()
    later(mapping, 5)
    pk = mapping.pk
    mapping.delete()
    Mapping.history.filter(id=pk, history_type="-").update(history_date=timezone.now() + timedelta(minutes=9))
    subject = "C1 Course 1 × Search advertising, rater R1"
    assert lines(universe, "mappings") == [
        (
            "",
            "Mappings",
            "removed",
            [(subject, [("level", "developed", "–"), ("share of the course", "25.0\xa0%", "–")])],
        ),
        (
            "",
            "Mappings",
            "changed",
            [(subject, [("level", "introduced", "developed"), ("share of the course", "–", "25.0\xa0%")])],
        ),
        ("", "Mappings", "created", [(subject, [("level", "–", "introduced")])]),
    ]


def test_prerequisites_are_told_as_arrows(universe):
    first, second = add_courses(universe.curriculum, 2, mapped=False)
    item = Prerequisite.objects.create(course=second, requires=first)
    item.kind = "co"
    item.save()
    later(item, 5)
    arrow = "C1 Course 1 → C2 Course 2"
    assert lines(universe, "prerequisites") == [
        ("", "Prerequisites", "changed", [(arrow, [("kind", "before", "before or with")])]),
        ("", "Prerequisites", "created", [(arrow, [])]),
    ]


def test_settings_tell_positions_by_title(universe):
    curriculum = universe.curriculum
    curriculum.signed_off = True
    curriculum.save()
    later(curriculum, 5)
    curriculum.prepares_for.set(universe.framework.positions.all())
    later(curriculum, 9)
    assert lines(universe, "settings")[:2] == [
        ("", "Settings", "changed", [("", [("positions it prepares for", "–", "Analyst, Marketer")])]),
        ("", "Settings", "changed", [("", [("mapping signed off", "no", "yes")])]),
    ]


def test_a_minutes_work_of_one_person_is_one_line_and_much_of_it_is_folded(universe, as_user):
    now = timezone.now().replace(second=1)
    add_courses(universe.curriculum, 9)
    for history in (Course.history, Mapping.history):
        history.update(history_date=now)
    by_kind = {line.kind: line for line in history_of(universe.curriculum).lines}
    assert [(by_kind[kind].count, by_kind[kind].folded) for kind in ("Courses", "Mappings")] == [(9, True), (9, True)]
    page = as_user(universe.viewer).get(universe.curriculum.page("history")).content.decode()
    assert page.count("<summary>Show them</summary>") == 2


def test_more_than_a_page_tells_is_counted(universe, monkeypatch):
    monkeypatch.setattr(history_module, "MOST_TOLD", 3)
    add_courses(universe.curriculum, 5, mapped=False)
    Course.history.update(history_date=timezone.now())
    (line,) = history_of(universe.curriculum, kind="courses").lines
    assert (line.count, len(line.entries), line.left_out) == (5, 3, 2)


def test_changes_of_a_removed_course_stay(universe):
    (course,) = add_courses(universe.curriculum, 1)
    course.delete()
    kinds = [(kind, action) for _who, kind, action, _entries in lines(universe)]
    assert ("Courses", "removed") in kinds
    assert ("Mappings", "removed") in kinds
    named = {entry[0] for *_rest, entries in lines(universe) for entry in entries}
    assert {name for name in named if "×" in name} == {
        f"{course.code} {course.title} × {universe.ability('MK.1').title}"
    }
    (entry,) = next(entries for _who, kind, action, entries in lines(universe) if (kind, action) == kinds[-2])
    assert entry[0]


def test_nothing_of_another_curriculum_is_told(universe):
    other = Curriculum.objects.create(program=universe.curriculum.program, year=2020, framework=universe.framework)
    add_courses(other, 2)
    assert {kind for _who, kind, _action, _entries in lines(universe)} == {"Settings"}


def test_lines_are_paged_newest_first(universe, as_user):
    (course,) = add_courses(universe.curriculum, 1, mapped=False)
    start = timezone.now()
    for number in range(45):
        course.credits = number
        course.save()
        Course.history.filter(history_id=course.history.latest("history_id").history_id).update(
            history_date=start + timedelta(minutes=number + 1)
        )
    first = history_of(universe.curriculum, page=1)
    assert first.page.paginator.num_pages == 2
    assert told(first.lines[0])[3] == [("C1 Course 1", [("credits", "43", "44")])]
    page = as_user(universe.viewer).get(universe.curriculum.page("history") + "?page=2").content.decode()
    assert "Page 2 of 2" in page


def test_a_kind_can_be_chosen_and_stays_chosen(universe, as_user):
    add_courses(universe.curriculum, 1)
    page = as_user(universe.viewer).get(universe.curriculum.page("history") + "?kind=mappings").content.decode()
    assert '<option value="mappings" selected>' in page
    assert "Mappings created" in re.sub(r"\s+", " ", page)
    assert "Courses created" not in re.sub(r"\s+", " ", page)


def test_people_appear_by_the_name_that_they_gave_and_by_nothing_else(universe, as_user):
    User.objects.filter(username="director").update(first_name="Wei", last_name="Zhang", email="z@example.org")
    (course,) = add_courses(universe.curriculum, 1, mapped=False)
    later(course, 1, universe.director)
    page = as_user(universe.viewer).get(universe.curriculum.page("history")).content.decode()
    assert {"director", "Wei", "Zhang", "z@example.org"} & set(re.findall(r"[\w@.]+", page)) == {"Wei"}


def test_the_number_of_queries_does_not_grow_with_the_rows(universe, as_user):
    client = as_user(universe.viewer)
    counts = []
    for added in (1, 2):
        first, *rest = add_courses(universe.curriculum, added)
        for course in rest:
            Prerequisite.objects.create(course=course, requires=first)
        Prerequisite.objects.create(course=first, external=f"Mathematics {added}")
        client.get(universe.curriculum.page("history"))
        counts.append(queries_of(client.get, universe.curriculum.page("history")))
    assert counts[0] == counts[1]


def test_a_next_version_tells_only_what_was_changed_since_and_leads_to_the_one_before(universe, as_user):
    add_courses(universe.curriculum, 2)
    Curriculum.objects.update(state=Curriculum.State.APPROVED)
    universe.curriculum.refresh_from_db()
    made = start_next_version(universe.curriculum)
    course = made.courses.first()
    course.theory = 16
    course.save()
    client = as_user(universe.viewer)
    address = made.page("history")
    newest = client.get(address)
    assert [(line.kind, line.action) for line in newest.context["history"].lines if line.kind != "Settings"] == [
        ("Courses", "changed")
    ]
    assert "?version=1" in newest.content.decode()
    former = client.get(f"{address}?version=1").context
    assert former["version"] == universe.curriculum
    assert ("Mappings", "created") in [(line.kind, line.action) for line in former["history"].lines]
    assert client.get(f"{address}?version={'9' * 5000}").context["version"] == made
