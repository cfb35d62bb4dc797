"""A framework comes in from the page: chosen, looked into, saved; a new version says what it changes and for whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from competencies.models import AbilityTerm, Framework
from curricula.imports.choices import entry
from curricula.models import Curriculum, ImportRun, PendingImport
from tests.documents import framework_document
from tests.universe import Universe, add_courses
from tests.uploads import upload

pytestmark = pytest.mark.django_db
PAGE = "/import/?kind=framework"
# Of the kind of framework_three_columns.xlsx: a list of abilities, and below it positions with theirs.
LIST = "Area,Code,Ability\nShops,S1,Plan a shop\n,S2,Run a shop\nPosts,P1,Carry letters\n"


def send(client: Any, content: str | bytes, name: str = "shop skills.csv", **stated: Any) -> Any:
    return client.post(PAGE, stated | {"file": upload(content, name)})


def bring_in(client: Any, content: str | bytes, **stated: Any) -> Any:
    sent = send(client, content, **stated)
    assert sent.status_code == 302, sent.content.decode()
    return client.post(sent["Location"], {"do": "save"}, follow=True)


def test_a_director_brings_in_a_list_that_becomes_a_draft_of_the_school(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    sent = send(client, LIST, school=universe.school.pk)
    page = client.get(sent["Location"]).content.decode()
    assert "becomes the framework “shop skills”: abilities: 3, areas: 2, positions: 0." in page
    assert not Framework.objects.filter(slug="shop-skills").exists()
    done = client.post(sent["Location"], {"do": "save"}, follow=True)
    framework = Framework.objects.get(slug="shop-skills")
    assert (framework.owner, framework.status, framework.title) == (universe.school, "draft", "shop skills")
    assert framework.abilities.count() == 5
    assert done.redirect_chain[-1][0] == framework.get_absolute_url()
    assert "Abilities and areas: 5 created" in done.content.decode()


def test_three_columns_go_in_with_a_file_and_a_press(shared: Path, universe: Universe, as_user: Any) -> None:
    content = (shared / "cases" / "framework_three_columns.xlsx").read_bytes()
    done = bring_in(
        as_user(universe.director), content, name="framework_three_columns.xlsx", school=universe.school.pk
    )
    assert done.status_code == 200
    framework = Framework.objects.get(slug="framework_three_columns")
    leaves = framework.abilities.leaves()
    assert (leaves.count(), leaves.exclude(parent=None).count()) == (15, 15)
    assert [position.requirements.count() for position in framework.positions.all()] == [5, 4, 4]


def test_titles_are_search_words_where_the_director_says_so(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    sent = send(client, LIST, school=universe.school.pk)
    assert "Abilities without search words</dt><dd>3</dd>" in client.get(sent["Location"]).content.decode()
    bring_in(client, LIST, school=universe.school.pk, titles_as_terms="on")
    words = AbilityTerm.objects.filter(ability__framework__owner=universe.school).order_by("pk")
    assert [(term.text, term.language) for term in words] == [
        *(("Plan a shop", "en"), ("Run a shop", "en"), ("Carry letters", "en"))
    ]


def test_the_file_that_comes_again_has_to_say_into_which_framework(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    bring_in(client, LIST, school=universe.school.pk)
    refused = send(client, LIST, school=universe.school.pk)
    assert refused.status_code == 422
    assert "You have a framework “shop skills” of this name: choose it here" in refused.content.decode()
    kept = PendingImport.objects.get()
    again = client.post(PAGE, {"target": "shop-skills", "kept": kept.pk})
    done = client.post(again["Location"], {"do": "save"}, follow=True).content.decode()
    assert "Abilities and areas: 0 created, 0 changed, 5 unchanged" in done


def test_a_name_that_others_have_gets_the_schools_behind_it(universe: Universe, as_user: Any) -> None:
    bring_in(as_user(universe.director), LIST, school=universe.school.pk)
    south = universe.outsider.memberships.get().school
    bring_in(as_user(universe.outsider), LIST, school=south.pk)
    assert Framework.objects.get(owner=south).slug == "shop-skills-south"


def test_a_new_version_says_what_it_changes_and_which_of_ones_plans_are_mapped_there(
    universe: Universe, as_user: Any
) -> None:
    own(universe)
    add_courses(universe.curriculum, 5)
    text = "Code,Ability,Area\nMK.2,Selling live,Sales\nDA.1,Statistics,Data\nNEW,Pricing,Data\n"
    client = as_user(universe.director)
    sent = send(client, text, target="trade", version="2")
    page = client.get(sent["Location"]).content.decode()
    assert "brings a new version of “Trade”" in page
    for words in ("no longer named, but in use: stays", "Selling live", "retitled", "moved", "added"):
        assert words in page
    assert "north/sales/2026: 2" in page, "MK.1 is mapped by the first course and the fifth"
    Curriculum.objects.update(removed_at=timezone.now())
    assert "north/sales/2026" not in client.get(sent["Location"]).content.decode(), "a plan in the bin is none of mine"
    client.post(sent["Location"], {"do": "save"})
    framework = Framework.objects.get(slug="trade")
    assert (framework.version, framework.status, framework.owner) == ("2", "published", universe.school)
    assert framework.abilities.get(code="MK.2").mappings.count() == 1


def own(universe: Universe) -> None:
    universe.framework.owner = universe.school
    universe.framework.save()


def test_nobody_brings_a_file_into_what_is_not_theirs(universe: Universe, as_user: Any) -> None:
    assert send(as_user(universe.director), LIST, target="trade").status_code == 422, "it is the site's"
    own(universe)
    assert send(as_user(universe.outsider), LIST, target="trade").status_code == 422
    assert send(as_user(universe.outsider), LIST, school=universe.school.pk).status_code == 422
    assert as_user(universe.viewer).post(PAGE, {"file": upload(LIST)}).status_code == 403
    assert as_user(None).get(PAGE).status_code == 302
    sent = send(as_user(universe.director), LIST, target="trade")
    universe.director.memberships.all().delete()
    assert as_user(universe.director).post(sent["Location"], {"do": "save"}).status_code == 403


def test_what_is_refused_is_told_by_row_and_nothing_is_saved(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    sent = send(client, "Code,Ability,Area\nA,Plan,X\nA,Sell,X\n", school=universe.school.pk)
    page = client.get(sent["Location"]).content.decode()
    assert "The code “A” stands here a second time." in page
    assert client.post(sent["Location"], {"do": "save"}).status_code == 422
    assert not Framework.objects.filter(owner=universe.school).exists()
    refused = client.get(send(client, "a plan of something", name="plan.csv", school=universe.school.pk)["Location"])
    assert "No columns of a framework were found. Found: a plan of something." in refused.content.decode()


@pytest.mark.parametrize("name", ["moodle.csv", "osmt.csv", "case.csv"])
def test_tables_of_other_programs_go_in(name: str, universe: Universe, as_user: Any) -> None:
    tables = {
        "moodle.csv": '"Parent ID number","ID number","Short name","Description","Is framework"\n'
        ',F,Trade skills,"<p>d</p>",1\n,A,Selling,,\nA,A1,Sell live,<b>Sells</b>,\n',
        "osmt.csv": "RSD Name,Skill Statement,Categories,Keywords,Standards,Certifications,O*NET Job Codes\n"
        "Sell live,Sells in a stream,Selling,live stream; host,,,\n",
        "case.csv": "Human Coding Scheme,Full Statement,Abbreviated Statement,Is Child Of\n"
        "A,Selling,,\nA1,Sells in a live stream,Sell live,A\n",
    }
    bring_in(as_user(universe.director), tables[name], name=name, school=universe.school.pk)
    leaf = Framework.objects.get(owner=universe.school).abilities.leaves().get()
    assert (leaf.title_en, leaf.parent.title_en) == ("Sell live", "Selling")


def test_columns_that_no_name_tells_are_said_on_the_page(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    text = "Skills of 2026\nBereich,Kann,Wort\nVerkauf,Live verkaufen,stream\n,Preise setzen,price\n"
    page = send(client, text, name="skills.csv", school=universe.school.pk)["Location"]
    assert "No columns of a framework were found" in client.get(page).content.decode()
    chosen = {"columns/Bereich": "area", "columns/Kann": "ability", "columns/Wort": "-", "header/": "2"}
    client.post(page, {"do": "read"} | {entry(*name.split("/")): code for name, code in chosen.items()})
    shown = client.get(page).content.decode()
    assert "becomes the framework “Skills of 2026”: abilities: 2, areas: 1" in shown
    client.post(page, {"do": "save"})
    assert list(Framework.objects.get(slug="skills").abilities.leaves().values_list("code", flat=True)) == [
        *("live-verkaufen", "preise-setzen")
    ]


def test_a_matrix_is_told_by_the_column_that_marks_it(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    text = "Ability,Area,Clerk\nSell,Shop,a lot\nPack,Shop,\n"
    page = send(client, text, name="skills.csv", school=universe.school.pk)["Location"]
    assert "positions: 0." in client.get(page).content.decode()
    client.post(page, {"do": "read", entry("columns", "Clerk"): "marks"})
    client.post(page, {"do": "save"})
    framework = Framework.objects.get(slug="skills")
    assert list(framework.positions.get().requirements.values_list("ability__code", flat=True)) == ["sell"]


def test_a_file_is_undone_while_nothing_is_built_on_it(universe: Universe, as_user: Any) -> None:
    own(universe)
    client, before = as_user(universe.director), framework_document(universe.framework)
    text = (
        "Code,Ability,Area,Search words\nMK.2,Selling live,Sales,selling\nDA.1,Statistics,Data,\nNEW,Pricing,Data,\n"
    )
    sent = send(client, text, target="trade", version="2")
    client.post(sent["Location"], {"do": "save"})
    run = ImportRun.objects.get()
    assert framework_document(Framework.objects.get(slug="trade")) != before
    assert client.get(run.get_absolute_url()).context["reason"] == ""
    client.post(run.get_absolute_url())
    after = Framework.objects.get(slug="trade")
    assert framework_document(after) == before
    assert after.vocabulary_version > universe.framework.vocabulary_version


def test_a_new_framework_is_undone_unless_a_plan_is_on_it(universe: Universe, as_user: Any) -> None:
    client = as_user(universe.director)
    bring_in(client, LIST, school=universe.school.pk)
    run, framework = ImportRun.objects.get(), Framework.objects.get(owner=universe.school)
    universe.curriculum.framework = framework
    universe.curriculum.save()
    assert "Curricula: 1" in client.get(run.get_absolute_url()).content.decode()
    client.post(run.get_absolute_url())
    assert Framework.objects.filter(pk=framework.pk).exists()
    universe.curriculum.framework = universe.framework
    universe.curriculum.save()
    assert client.post(run.get_absolute_url(), follow=True).status_code == 200
    assert not Framework.objects.filter(pk=framework.pk).exists()
    assert as_user(universe.outsider).get(run.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["xlsx", "csv", "talentgap"])
def test_what_is_exported_and_brought_in_again_changes_nothing(name: str, universe: Universe, as_user: Any) -> None:
    own(universe)
    client = as_user(universe.director)
    before = framework_document(universe.framework)
    exported = client.get(f"/frameworks/trade/export/{name}/")
    file = exported["Content-Disposition"].split('"')[1]
    bring_in(client, exported.content, name=file, target="trade")  # which numbers the order of the drawn ones anew
    done = bring_in(client, exported.content, name=file, target="trade").content.decode()
    assert "Abilities and areas: 0 created, 0 changed, 6 unchanged" in done
    assert framework_document(Framework.objects.get(slug="trade")) == before
