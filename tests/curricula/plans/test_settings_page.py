"""Settings: directors decide, and what is approved is never edited, only followed by a next version."""

from __future__ import annotations

import re

import pytest

from competencies.models import DemandSource, Framework, Position
from curricula.mapping.actions import Cell, set_cell
from curricula.models import Course, Curriculum, Mapping, Prerequisite
from curricula.plans.settings_actions import WrongStep, save_settings, start_next_version
from curricula.records.editing import ApprovedCurriculum
from curricula.records.versions import next_version
from tests.queries import queries_of
from tests.universe import Universe, add_courses, add_postings, make_framework

pytestmark = pytest.mark.django_db
State = Curriculum.State


def page_of(universe: Universe) -> str:
    return universe.curriculum.page("curriculum-settings")


LINKS = ("prepares_for", "certifications", "demand_sources")


def everything(universe: Universe) -> dict[str, list[int]]:
    """All that can be chosen."""
    framework = universe.framework
    return {
        "prepares_for": list(framework.positions.values_list("pk", flat=True)),
        "certifications": list(framework.certifications.values_list("pk", flat=True)),
        "demand_sources": list(framework.demand_sources.values_list("pk", flat=True)),
    }


def chosen(curriculum: Curriculum) -> dict[str, list[int]]:
    links = {name: getattr(curriculum, name) for name in LINKS}
    return {name: sorted(records.values_list("pk", flat=True)) for name, records in links.items()}


def test_what_is_chosen_is_saved(universe, as_user):
    DemandSource.objects.create(slug="board", framework=universe.framework, collected="2026-09-30")
    wanted = everything(universe)
    response = as_user(universe.director).post(page_of(universe), wanted | {"signed_off": "on"}, follow=True)
    assert "The settings are saved." in response.content.decode()
    curriculum = Curriculum.objects.get()
    assert chosen(curriculum) == wanted
    assert curriculum.signed_off
    assert curriculum.changed > universe.curriculum.changed
    assert Curriculum.history.latest().history_user == universe.director


def test_a_mapping_of_less_than_half_of_the_hours_is_signed_off_with_a_reason_that_stays_with_it(universe, as_user):
    add_courses(universe.curriculum, 1)
    add_courses(universe.curriculum, 2, mapped=False)
    client, wanted = as_user(universe.director), everything(universe) | {"signed_off": "on"}
    refused = client.post(page_of(universe), wanted)
    assert refused.status_code == 422
    assert "of all theory and practice reach no ability: say why" in refused.content.decode()
    assert not Curriculum.objects.get().signed_off
    client.post(page_of(universe), wanted | {"signed_off_because": "Placements are judged elsewhere."})
    signed = Curriculum.objects.get()
    assert (signed.signed_off, signed.signed_off_because) == (True, "Placements are judged elsewhere.")
    assert "Placements are judged elsewhere." in client.get(signed.page("overview")).content.decode()
    assert "Placements are judged elsewhere." in client.get(signed.page("history")).content.decode()
    assert next_version(signed).signed_off_because == signed.signed_off_because


def test_who_takes_the_sign_off_back_takes_its_reason_back(universe, as_user):
    save_settings(
        universe.curriculum, **dict.fromkeys(LINKS, ()), signed_off=True, signed_off_because="All is elsewhere."
    )
    as_user(universe.director).post(page_of(universe), everything(universe) | {"signed_off_because": "All the same."})
    assert Curriculum.objects.get().signed_off_because == ""


def test_where_most_hours_are_mapped_nobody_asks_for_a_reason(universe, as_user):
    add_courses(universe.curriculum, 3)
    as_user(universe.director).post(page_of(universe), everything(universe) | {"signed_off": "on"})
    assert Curriculum.objects.get().signed_off


def test_a_plan_changes_its_framework_until_something_is_mapped(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    Mapping.objects.all().delete()
    other = Framework.objects.create(slug="other", title_en="Other", version="1")
    universe.curriculum.prepares_for.set(universe.framework.positions.all())
    client = as_user(universe.director)
    address = universe.curriculum.page("curriculum-framework")
    assert client.get(page_of(universe)).context["framework_form"] is not None
    client.post(address, {"framework": other.pk})
    curriculum = Curriculum.objects.get()
    assert curriculum.framework == other
    assert not curriculum.prepares_for.exists()
    client.post(address, {"framework": universe.framework.pk})
    Mapping.objects.create(course=course, ability=universe.framework.abilities.get(code="MK.1"), rater="R1")
    assert client.get(page_of(universe)).context["framework_form"] is None
    refused = client.post(address, {"framework": other.pk}, follow=True)
    assert "so it stays on it" in refused.content.decode()
    assert Curriculum.objects.get().framework == universe.framework


def test_saving_the_same_again_changes_nothing(universe, as_user):
    client = as_user(universe.director)
    client.post(page_of(universe), everything(universe))
    before, traces = Curriculum.objects.get().changed, Curriculum.history.count()
    response = client.post(page_of(universe), everything(universe), follow=True)
    assert "Nothing was changed." in response.content.decode()
    assert (Curriculum.objects.get().changed, Curriculum.history.count()) == (before, traces)


def test_what_is_no_longer_chosen_is_taken_away(universe, as_user):
    client = as_user(universe.director)
    client.post(page_of(universe), everything(universe) | {"signed_off": "on"})
    client.post(page_of(universe), {})
    assert chosen(Curriculum.objects.get()) == {"prepares_for": [], "certifications": [], "demand_sources": []}
    assert not Curriculum.objects.get().signed_off


def test_positions_stand_in_groups_by_direction(universe, as_user):
    Position.objects.filter(code="analyst").update(direction="")
    page = as_user(universe.director).get(page_of(universe)).content.decode()
    assert re.findall(r"<strong>([^<]+)</strong>", page) == ["Operation and promotion", "No single direction"]


def test_what_belongs_to_another_framework_cannot_be_chosen(universe, as_user):
    other = make_framework("other")
    response = as_user(universe.director).post(
        page_of(universe), {"prepares_for": [other.positions.get(code="analyst").pk]}
    )
    assert response.status_code == 422
    assert chosen(Curriculum.objects.get())["prepares_for"] == []


def test_more_choices_make_no_more_queries(universe, as_user):
    client = as_user(universe.director)
    counts = []
    for slugs in (["a"], ["b", "c"]):
        for slug in slugs:
            add_postings(universe.curriculum, 1, slug=slug)
        client.get(page_of(universe))
        counts.append(queries_of(client.get, page_of(universe)))
    assert counts[0] == counts[1]


def test_an_approved_plan_has_its_settings_read_only_and_refuses_changes(universe, as_user):
    Curriculum.objects.update(state=State.APPROVED)
    client = as_user(universe.director)
    page = client.get(page_of(universe)).content.decode()
    assert "Make next version" in page
    assert re.search(r'name="signed_off"[^>]*disabled', page)
    client.post(page_of(universe), everything(universe) | {"signed_off": "on"})
    assert chosen(Curriculum.objects.get())["prepares_for"] == []


def test_no_writer_edits_an_approved_plan_even_with_an_old_object_in_hand(universe):
    (course,) = add_courses(universe.curriculum, 1, mapped=False)
    held = Curriculum.objects.get()
    Curriculum.objects.update(state=State.APPROVED)
    with pytest.raises(ApprovedCurriculum):
        save_settings(held, prepares_for=[], certifications=[], demand_sources=[], signed_off=True)
    with pytest.raises(ApprovedCurriculum):
        set_cell(held, course=course, ability=universe.ability("MK.1"), cell=Cell("D"))
    assert not Mapping.objects.exists()


# The next version


def test_the_next_version_is_a_draft_that_holds_everything(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    Curriculum.objects.update(state=State.APPROVED)
    response = as_user(universe.director).post(universe.curriculum.page("curriculum-next"), follow=True)
    assert "Version 2 is a draft that you can edit." in response.content.decode()
    old, new = Curriculum.objects.order_by("version")
    assert (new.version, new.state, new.revises) == (2, State.DRAFT, old)
    assert list(new.courses.values_list("code", flat=True)) == ["C1", "C2"]
    assert Mapping.objects.filter(course__curriculum=new).count() == 2
    assert Prerequisite.objects.get(course__curriculum=new).requires == new.courses.get(code="C1")


def test_editing_the_next_version_leaves_the_approved_one(universe):
    (course,) = add_courses(universe.curriculum, 1)
    Curriculum.objects.update(state=State.APPROVED)
    new = start_next_version(Curriculum.objects.get())
    set_cell(new, course=new.courses.get(), ability=universe.ability("MK.1"), cell=None)
    assert Mapping.objects.get().course == course
    assert Course.objects.count() == 2


def test_only_an_approved_newest_version_makes_a_next_one(universe):
    with pytest.raises(WrongStep):
        start_next_version(universe.curriculum)
    Curriculum.objects.update(state=State.APPROVED)
    approved = Curriculum.objects.get()
    start_next_version(approved)
    with pytest.raises(WrongStep):
        start_next_version(approved)
    assert Curriculum.objects.count() == 2
