"""Whose framework it is writes it on the page; others copy it, and learn of no draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from competencies.frameworks.formats import read_any
from competencies.frameworks.stored import stored_framework
from competencies.models import Ability, Framework, PostingMention, Requirement
from curricula.models import Curriculum
from tests.documents import framework_document
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
EDITS = ("edit/", "edit/ability/", "edit/position/", "edit/certificate/")


@pytest.fixture
def own(universe: Universe) -> Universe:
    """The framework is the school's, as its draft."""
    universe.framework.owner, universe.framework.status = universe.school, "draft"
    universe.framework.save()
    return universe


def form_of(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the form and its parts as they stand, with these changes."""
    form, parts = page.context["form"], page.context.get("parts")
    bound = [*form, *(field for part in parts or () for field in part), *(parts.management_form if parts else ())]
    stated = {field.html_name: field.value() for field in bound if field.value() not in (None, False)}
    return stated | {"seen": page.context["seen"]} | changes


def records(framework: Framework) -> list[str]:
    ability, position = framework.abilities.get(code="MK.1"), framework.positions.get(code="marketer")
    certificate = framework.certifications.get()
    numbered = {"ability": ability.pk, "position": position.pk, "certificate": certificate.pk}
    return [f"/frameworks/trade/edit/{kind}/{pk}/" for kind, pk in numbered.items()]


def test_only_owners_edit_and_nobody_else_learns_of_a_draft(own: Universe, as_user: Any) -> None:
    for address in (*(f"/frameworks/trade/{edit}" for edit in EDITS), *records(own.framework)):
        found = {
            who: as_user(getattr(own, who)).get(address).status_code for who in ("director", "viewer", "outsider")
        }
        assert found == {"director": 200, "viewer": 403, "outsider": 404}, address
        assert as_user(None).get(address).status_code == 302
    for address in ("", "positions/", "certificates/", "abilities/MK.1/", "export/xlsx/", "positions/marketer/"):
        assert as_user(own.viewer).get(f"/frameworks/trade/{address}").status_code == 200
        assert as_user(own.outsider).get(f"/frameworks/trade/{address}").status_code == 404
    assert "Trade" not in as_user(own.outsider).get("/frameworks/").content.decode()
    assert as_user(own.viewer).post("/frameworks/trade/status/", {"status": "published"}).status_code == 403


def test_what_is_the_sites_staff_alone_change(universe: Universe, as_user: Any) -> None:
    assert as_user(universe.director).get("/frameworks/trade/edit/").status_code == 403
    universe.outsider.is_staff = True
    universe.outsider.save()
    assert as_user(universe.outsider).get("/frameworks/trade/edit/").status_code == 200


def test_every_form_sent_as_it_stands_changes_nothing(own: Universe, as_user: Any) -> None:
    client, before = as_user(own.director), framework_document(own.framework)
    for address in ("/frameworks/trade/edit/", *records(own.framework)):
        page = client.get(address)
        answer = client.post(address, form_of(page))
        assert answer.status_code == 302, answer.context["form"].errors
    assert framework_document(Framework.objects.get()) == before


def test_an_ability_is_entered_with_its_words_and_gets_a_code(own: Universe, as_user: Any) -> None:
    client = as_user(own.director)
    area = own.framework.abilities.get(code="MK")
    stated = form_of(client.get("/frameworks/trade/edit/ability/"), title_en="Price goods", parent=area.pk)
    done = client.post("/frameworks/trade/edit/ability/", stated | {"terms": "pricing\n定价\n\npricing"}, follow=True)
    ability = own.framework.abilities.get(code="price-goods")
    assert done.redirect_chain[-1][0] == ability.get_absolute_url()
    assert (ability.parent, ability.order) == (area, 14)
    assert set(ability.terms.values_list("text", "language")) == {("pricing", "en"), ("定价", "zh")}
    again = client.post("/frameworks/trade/edit/ability/", stated | {"terms": "x"})
    assert again.status_code == 422
    assert "“price-goods” is the code of another record" in again.content.decode()
    assert 'value="Price goods"' in again.content.decode(), "what was typed stays"


def test_what_somebody_else_saved_meanwhile_is_not_lost_in_silence(own: Universe, as_user: Any) -> None:
    address = records(own.framework)[1]
    client, other = as_user(own.director), as_user(own.administrator)
    page = client.get(address)
    other.post(address, form_of(other.get(address), **{"requirements-0-level": "A"}))
    mine = form_of(page, title_en="Marketing specialist")
    refused = client.post(address, mine)
    assert refused.status_code == 422
    assert "Somebody else changed this meanwhile" in refused.content.decode()
    assert own.framework.positions.get(code="marketer").title_en == "Marketer"
    assert client.post(address, mine | {"seen": refused.context["seen"]}).status_code == 302
    assert own.framework.positions.get(code="marketer").title_en == "Marketing specialist"


def test_a_word_that_cannot_be_looked_for_saves_nothing(own: Universe, as_user: Any) -> None:
    page = (client := as_user(own.director)).get(address := records(own.framework)[0])
    refused = client.post(address, form_of(page, title_en="Advertising", terms="ads\n!!!"))
    assert refused.status_code == 422
    assert "A term needs a letter or a digit." in refused.content.decode()
    ability = own.framework.abilities.get(code="MK.1")
    assert (ability.title_en, ability.terms.count()) == ("Search advertising", 2)


def test_what_courses_are_mapped_to_becomes_no_area_and_is_not_removed(own: Universe, as_user: Any) -> None:
    add_courses(own.curriculum, 1)
    client, address = as_user(own.director), records(own.framework)[0]
    choices = client.get("/frameworks/trade/edit/ability/").context["form"].fields["parent"].queryset
    assert {ability.code for ability in choices} == {"MK", "DA"}
    own.framework.abilities.exclude(code="MK.1").filter(parent__isnull=False).update(parent=None)
    choices = client.get("/frameworks/trade/edit/ability/").context["form"].fields["parent"].queryset
    assert {ability.code for ability in choices} == {"MK", "DA", "DA.2"}, "what positions ask for is none either"
    refused = client.post(address, {"do": "remove"}, follow=True).content.decode()
    assert "“Search advertising” is in use, so it stays:" in refused
    assert "mappings" in refused
    free = own.framework.abilities.get(code="DA.2")
    client.post(f"/frameworks/trade/edit/ability/{free.pk}/", {"do": "remove"})
    assert not own.framework.abilities.filter(code="DA.2").exists()


def test_a_position_is_written_with_its_requirements(own: Universe, as_user: Any) -> None:
    client, address = as_user(own.director), records(own.framework)[1]
    page = client.get(address)
    sent = form_of(
        page,
        title_zh="市场专员",
        title_words="marketer\n市场专员",
        **{"requirements-0-level": "A", "requirements-1-DELETE": "on", "requirements-2-ability": "Statistics"},
    )
    assert client.post(address, sent).status_code == 302
    position = own.framework.positions.get(code="marketer")
    assert position.title_terms == [{"text": "marketer", "language": "en"}, {"text": "市场专员", "language": "zh"}]
    asked = position.requirements.values_list("item", "ability__code", "level", "level_assumed", "citation")
    assert list(asked) == [(1, "MK.1", "A", False, "p. 1"), (2, "DA.1", "", False, "")]
    told = client.get(address).content.decode()
    assert "<s>营销员</s> → 市场专员" in told
    assert "<s>developed</s> → assessed" in told
    sent = form_of(client.get(address), **{"requirements-2-ability": "Juggling"})
    wrong = client.post(address, sent)
    assert wrong.status_code == 422
    assert "The framework has no ability “Juggling”" in wrong.content.decode()
    assert Requirement.objects.filter(position=position).count() == 2


def test_a_certificate_is_written_with_its_courses(own: Universe, as_user: Any) -> None:
    client, address = as_user(own.director), records(own.framework)[2]
    page = client.get(address)
    assert page.context["parts"][0]["abilities"].value() == "MK.1 · Search advertising"
    sent = form_of(page, **{"courses-1-course": "直播", "courses-1-abilities": "Live selling\nDA.1"})
    assert client.post(address, sent).status_code == 302
    named = own.framework.certifications.get().courses.order_by("pk")
    assert [(link.course.title, link.direction) for link in named] == [("Advertising", "operation"), ("直播", "")]
    assert sorted(named[1].course.abilities.values_list("code", flat=True)) == ["DA.1", "MK.2"]
    client.post(address, form_of(client.get(address), **{"courses-1-DELETE": "on"}))
    assert [link.course.title for link in own.framework.certifications.get().courses.all()] == ["直播"]


def test_an_empty_one_is_started_published_and_archived(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    made = client.post("/framework/new/", {"title_zh": "新框架", "owner": universe.school.pk, "version": "1"})
    framework = Framework.objects.get(owner=universe.school)
    assert made["Location"] == framework.get_absolute_url()
    assert (framework.slug, framework.status, framework.abilities.count()) == ("framework", "draft", 0)
    assert as_user(universe.outsider).get(framework.get_absolute_url()).status_code == 404
    status = f"{framework.get_absolute_url()}status/"
    client.post(status, {"status": "published"})
    assert as_user(universe.outsider).get(framework.get_absolute_url()).status_code == 200
    client.post(status, {"status": "draft"})
    assert Framework.objects.get(pk=framework.pk).status == "published", "plans of others may be on it"
    client.post(status, {"status": "archived"})
    assert Framework.objects.get(pk=framework.pk).status == "archived"
    assert as_user(universe.viewer).get("/framework/new/").status_code == 403
    elsewhere = {"title_en": "Mine", "owner": universe.school.pk, "version": "1"}
    assert as_user(universe.outsider).post("/framework/new/", elsewhere).status_code == 422


def test_a_copy_holds_all_of_the_other_and_nothing_of_its_evidence(universe: Universe, as_user: Any) -> None:
    add_postings(universe.curriculum, 2)
    client = as_user(universe.outsider)
    south = universe.outsider.memberships.get().school
    page = client.get("/framework/new/?from=trade")
    client.post("/framework/new/?from=trade", form_of(page, title_en="Ours", owner=south.pk))
    copy = Framework.objects.get(slug="ours")
    assert (copy.owner, copy.status) == (south, "draft")
    assert "Made of “Trade”, version 1" in copy.source
    both = [framework_document(one) for one in (universe.framework, copy)]
    assert both[0].pop("framework") != both[1].pop("framework")
    assert both[0] == both[1]
    assert PostingMention.objects.filter(ability__framework=copy).count() == 0


@pytest.mark.parametrize("name", ["xlsx", "csv", "talentgap", "case"])
def test_what_is_exported_comes_back_as_it_was(name: str, own: Universe, as_user: Any) -> None:
    answer = as_user(own.viewer).get(f"/frameworks/trade/export/{name}/")
    assert answer["Content-Disposition"].startswith('attachment; filename="trade.')
    back, there = read_any(answer.content, file_name="trade", slug="trade"), stored_framework(own.framework)
    assert back.refusals == ()
    assert [row.code for row in back.abilities] == [row.code for row in there.abilities]
    assert [row.title for row in back.abilities] == [row.title for row in there.abilities]
    assert as_user(own.viewer).get("/frameworks/trade/export/esco/").status_code == 404


def test_a_framework_that_holds_nothing_is_removed_and_another_one_stays(universe, as_user):
    """Before, one that was started by mistake stood in the list for ever."""
    client = as_user(universe.director)
    client.post("/framework/new/", {"title_en": "By mistake", "owner": universe.school.pk, "version": "1"})
    made = Framework.objects.get(title_en="By mistake")
    address = f"/frameworks/{made.slug}/edit/"
    assert 'value="remove"' in client.get(address).content.decode()
    assert as_user(universe.viewer).post(address, {"do": "remove"}).status_code == 403
    area = Ability.objects.create(framework=made, code="A", title_en="A")
    refused = client.post(address, {"do": "remove"}, follow=True).content.decode()
    assert "is in use, so it stays: abilities" in refused
    area.delete()
    assert client.post(address, {"do": "remove"})["Location"] == "/frameworks/"
    assert not Framework.objects.filter(pk=made.pk).exists()


def test_a_framework_on_which_a_removed_plan_stands_stays(universe, as_user):
    """The plan may come back from the bin."""
    client = as_user(universe.director)
    made = Framework.objects.create(slug="mine", title_en="Mine", owner=universe.school)
    removed = Curriculum.objects.create(program=universe.curriculum.program, year=2020, framework=made)
    Curriculum.objects.filter(pk=removed.pk).update(removed_at=timezone.now())
    assert "so it stays" in client.post("/frameworks/mine/edit/", {"do": "remove"}, follow=True).content.decode()
    assert Framework.objects.filter(pk=made.pk).exists()
