"""Mappings go over from abilities to others: of one's own plans that can be edited, whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from competencies.models import Ability
from curricula.models import Curriculum, Mapping
from tests.universe import Universe, add_courses
from tests.uploads import upload

pytestmark = pytest.mark.django_db
PAGE = "/frameworks/trade/carry/"


def cells(curriculum: Curriculum) -> list[tuple[str, str, str]]:
    return list(
        Mapping.objects.of(curriculum)
        .order_by("course__code", "ability__code")
        .values_list("course__code", "ability__code", "level")
    )


def test_mappings_go_over_with_all_they_say(universe: Universe, as_user: Any) -> None:
    add_courses(universe.curriculum, 4)
    client = as_user(universe.director)
    old, new = universe.ability("MK.1"), universe.ability("DA.2")
    shown = client.get(f"{PAGE}?from=MK.1")
    assert [row.ability.code for row in shown.context["form"].rows] == ["MK.1"]
    assert len(client.get(PAGE).context["form"].rows) == 4
    before = universe.curriculum.changed
    done = client.post(f"{PAGE}?from=MK.1", {f"to-{old.pk}": "Modelling"}, follow=True)
    assert "1 mapping went over." in done.content.decode()
    assert cells(universe.curriculum)[0] == ("C1", new.code, "D")
    universe.curriculum.refresh_from_db()
    assert universe.curriculum.changed > before
    assert Mapping.history.filter(course__code="C1", ability=old).exists(), "history says where it was"


def test_a_course_that_serves_the_other_already_keeps_one_mapping(universe: Universe, as_user: Any) -> None:
    first, _second = add_courses(universe.curriculum, 2)
    Mapping.objects.create(course=first, ability=universe.ability("MK.2"), level="A")
    sent = {f"to-{universe.ability('MK.1').pk}": "MK.2 · Live selling"}
    done = as_user(universe.director).post(f"{PAGE}?from=MK.1", sent, follow=True).content.decode()
    assert "0 mappings went over. 1 were let go" in done
    assert cells(universe.curriculum) == [("C1", "MK.2", "A"), ("C2", "MK.2", "D")]


def test_two_steps_at_once_are_refused_and_what_was_typed_stays(universe: Universe, as_user: Any) -> None:
    add_courses(universe.curriculum, 2)
    one, two = universe.ability("MK.1"), universe.ability("MK.2")
    refused = as_user(universe.director).post(PAGE, {f"to-{one.pk}": "MK.2", f"to-{two.pk}": "DA.1"})
    assert refused.status_code == 422
    assert "one step at a time" in refused.content.decode()
    assert 'value="DA.1"' in refused.content.decode()
    assert [ability for _course, ability, _level in cells(universe.curriculum)] == ["MK.1", "MK.2"]


def test_plans_of_others_and_approved_ones_stay(universe: Universe, as_user: Any) -> None:
    add_courses(universe.curriculum, 1)
    sent = {f"to-{universe.ability('MK.1').pk}": "DA.1"}
    page = as_user(universe.outsider).post(PAGE, sent)
    assert page.status_code == 302
    assert as_user(universe.viewer).get(PAGE).status_code == 403
    universe.curriculum.state = Curriculum.State.APPROVED
    universe.curriculum.save()
    assert "Nothing to carry over" in as_user(universe.director).get(PAGE).content.decode()
    assert cells(universe.curriculum) == [("C1", "MK.1", "D")]


def test_a_new_version_leads_there_with_the_title_that_has_another_code(universe: Universe, as_user: Any) -> None:
    add_courses(universe.curriculum, 1)
    universe.framework.owner = universe.school
    universe.framework.save()
    client = as_user(universe.director)
    text = "Code,Ability,Area\nNEW.1,Search advertising,Marketing\nMK.2,Live selling,Marketing\n"
    sent = client.post("/import/?kind=framework", {"target": "trade", "file": upload(text, "new.csv")})
    assert "mappings can be carried over next" in client.get(sent["Location"]).content.decode()
    page = client.post(sent["Location"], {"do": "save"}, follow=True)
    (line,) = page.context["form"].lines()
    assert line[1].value() == "NEW.1 · Search advertising"
    address = page.redirect_chain[-1][0]
    client.post(address, {line[1].html_name: line[1].value()})
    assert cells(universe.curriculum) == [("C1", "NEW.1", "D")]
    assert Ability.objects.filter(code="MK.1").exists()
