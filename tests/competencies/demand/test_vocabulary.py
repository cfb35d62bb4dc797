"""Terms come and go; each change is kept, and figures of different vocabularies are never mixed unseen."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from competencies.demand.actions.posting_position import correct_position
from competencies.demand.actions.retagging import retag_source, retag_sources
from competencies.demand.actions.terms import TermRefused, add_term, withdraw_term
from competencies.demand.readers.postings import read_postings
from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats.talentgap import parsed_document
from competencies.models import (
    AbilityTerm,
    DemandSource,
    Framework,
    Position,
    Posting,
    PostingMention,
    VocabularyChange,
)
from tests.competencies.demand.saving import save_postings
from tests.framework_files import DOCUMENT, a_document
from tests.universe import make_framework

pytestmark = pytest.mark.django_db
FILE = "title,text\nMarketer,We want search advertising\nCook,Cooks well\n"


@pytest.fixture
def framework() -> Framework:
    return make_framework()


def store(framework: Framework, slug: str = "board") -> DemandSource:
    parsed = read_postings(FILE.encode(), name="postings.csv", today=date(2026, 9, 30))
    save_postings(parsed, source_slug=slug, framework=framework)
    return DemandSource.objects.get(slug=slug)


def version() -> int:
    return Framework.objects.get(slug="trade").vocabulary_version


def versions() -> list[int]:
    return sorted(Posting.objects.values_list("vocabulary_version", flat=True))


def test_a_new_term_begins_a_version_and_says_who_added_it(framework: Framework) -> None:
    store(framework)
    user = User.objects.create_user("director")
    add_term(framework.abilities.get(code="DA.2"), "  cooks   well ", user=user)
    change = VocabularyChange.objects.get()
    assert (change.version, change.kind, change.ability_code, change.text) == (2, "added", "DA.2", "cooks well")
    assert (change.language, change.user) == ("en", user)
    assert version() == 2
    assert versions() == [1, 1]


def test_later_changes_join_a_version_until_postings_were_searched_with_it(framework: Framework) -> None:
    source = store(framework)
    ability = framework.abilities.get(code="DA.2")
    term = add_term(ability, "厨师")
    withdraw_term(AbilityTerm.objects.get(text="modelling"))
    assert (version(), term.language) == (2, "zh")
    retag_source(DemandSource.objects.get())
    withdraw_term(term)
    assert version() == 3
    kinds = VocabularyChange.objects.order_by("pk").values_list("version", "kind", "text")
    assert list(kinds) == [(2, "added", "厨师"), (2, "withdrawn", "modelling"), (3, "withdrawn", "厨师")]
    assert source.framework_id == framework.pk


def test_terms_change_without_a_new_version_while_nothing_was_searched(framework: Framework) -> None:
    add_term(framework.abilities.get(code="DA.2"), "cooks")
    assert version() == 1


@pytest.mark.parametrize("text", ["", " … ", "x" * 201, "Search-Advertising", "ＳＥＡＲＣＨ advertising"])
def test_a_term_that_cannot_be_looked_for_is_refused(framework: Framework, text: str) -> None:
    with pytest.raises(TermRefused):
        add_term(framework.abilities.get(code="MK.1"), text)
    assert not VocabularyChange.objects.exists()


def test_searching_all_sources_again_brings_them_to_one_version(framework: Framework) -> None:
    store(framework)
    store(framework, "other")
    add_term(framework.abilities.get(code="DA.2"), "cooks")
    outcome = retag_sources(Framework.objects.get().demand_sources.all())
    assert (outcome.created, outcome.unchanged) == (2, 2)
    assert versions() == [2, 2, 2, 2]
    assert set(PostingMention.objects.values_list("vocabulary_version", flat=True)) == {2}


def test_searching_again_touches_the_source_only_where_something_changed(framework: Framework) -> None:
    store(framework)
    before = DemandSource.objects.get().changed
    retag_source(DemandSource.objects.get())
    assert DemandSource.objects.get().changed == before
    Framework.objects.update(vocabulary_version=2)
    retag_source(DemandSource.objects.get())
    assert DemandSource.objects.get().changed > before


def test_a_file_that_changes_terms_begins_a_version_and_names_them() -> None:
    save_framework(parsed_document(a_document()))
    document = a_document()
    document["abilities"][0]["terms"].append({"text": "paid search", "language": "en"})
    save_framework(parsed_document(document))
    change = VocabularyChange.objects.get()
    assert (change.version, change.kind, change.text, change.user) == (2, "added", "paid search", None)


def test_an_ability_that_leaves_with_its_terms_begins_a_version_too() -> None:
    save_framework(parsed_document(a_document()))
    terms = AbilityTerm.objects.count()
    save_framework(
        parsed_document({"schema": DOCUMENT["schema"], "framework": DOCUMENT["framework"], "abilities": []})
    )
    assert VocabularyChange.objects.filter(kind="withdrawn", version=2).count() == terms - AbilityTerm.objects.count()
    assert version() == 2


def test_a_position_that_a_person_read_stays_when_titles_are_searched_again(framework: Framework) -> None:
    source = store(framework)
    marketer = Posting.objects.get(title="Marketer")
    before = source.changed
    assert correct_position(marketer, Position.objects.get(code="analyst"))
    assert not correct_position(marketer, Position.objects.get(code="analyst"))
    retag_source(DemandSource.objects.get())
    marketer.refresh_from_db()
    assert (marketer.position and marketer.position.code, marketer.position_corrected) == ("analyst", True)
    assert DemandSource.objects.get().changed > before


def test_a_person_may_say_that_no_position_fits(framework: Framework) -> None:
    store(framework)
    marketer = Posting.objects.get(title="Marketer")
    assert correct_position(marketer, None)
    retag_source(DemandSource.objects.get())
    assert Posting.objects.get(title="Marketer").position is None


def test_a_position_of_another_framework_is_none_of_a_posting(framework: Framework) -> None:
    store(framework)
    other = make_framework("other").positions.get(code="analyst")
    with pytest.raises(ValueError, match="framework"):
        correct_position(Posting.objects.get(title="Marketer"), other)
