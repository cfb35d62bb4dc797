"""What ties a published framework to a draft of its school is nobody else's to read, to find out or to hold fast."""

from __future__ import annotations

from typing import Any

import pytest

from competencies.frameworks.actions import save_framework
from competencies.frameworks.editing.actions import start_framework
from competencies.frameworks.formats.talentgap import read_framework
from competencies.models import Ability, Crosswalk, DemandSource, Framework
from curricula.models import School
from tests.framework_files import DOCUMENT, as_file
from tests.universe import Universe, make_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(universe: Universe) -> Framework:
    """The next version of a framework that its school published, with a crosswalk from each to the other."""
    made = make_framework("zanzibar")
    Ability.objects.filter(framework=made).update(title_en="Zanzibar")
    Framework.objects.update(owner=universe.school)
    Framework.objects.filter(pk=made.pk).update(status="draft")
    old, new = universe.ability("MK.1"), made.abilities.get(code="MK.1")
    Crosswalk.objects.create(ability=old, counterpart=new, relation="exact")
    Crosswalk.objects.create(ability=new, counterpart=old, relation="exact")
    return made


@pytest.mark.parametrize("page", ["abilities/MK.1/", "export/talentgap/"])
def test_a_published_framework_tells_only_its_school_what_stands_for_it_in_a_draft(
    page: str, universe: Universe, draft: Framework, as_user: Any
) -> None:
    own, other = (as_user(user).get(f"/frameworks/trade/{page}") for user in (universe.viewer, universe.outsider))
    assert b"zanzibar" in own.content.lower()
    assert other.status_code == 200
    assert b"zanzibar" not in other.content.lower()


def test_a_source_that_was_published_on_a_draft_is_read_with_it(
    universe: Universe, draft: Framework, as_user: Any
) -> None:
    facts: dict[str, Any] = {"framework": draft, "collected": "2026-10-01", "owner": universe.school}
    DemandSource.objects.create(slug="board", published=True, **facts)
    client = as_user(universe.outsider)
    assert client.get("/demand/board/").status_code == 404
    assert "Trade" not in client.get("/demand/").content.decode()
    assert as_user(universe.viewer).get("/demand/board/").status_code == 200
    Framework.objects.filter(pk=draft.pk).update(status="published")
    assert as_user(universe.outsider).get("/demand/board/").status_code == 200


def test_neither_a_file_nor_a_copy_ties_a_framework_to_the_draft_of_another_school(
    universe: Universe, draft: Framework
) -> None:
    south = School.objects.get(slug="south")
    walk = {"ability": DOCUMENT["abilities"][-1]["code"], "framework": "zanzibar", "to": "MK.1", "relation": "exact"}
    document = DOCUMENT | {"framework": DOCUMENT["framework"] | {"slug": "theirs"}, "crosswalks": [walk]}
    outcome = save_framework(read_framework(as_file(document)), owner=south)
    assert "unknown_counterpart" in [warning.code for warning in outcome.warnings]
    start_framework(Framework(slug="copy", owner=south, status="draft"), source=universe.framework)
    assert not Crosswalk.objects.filter(ability__framework__owner=south).exists()
    save_framework(read_framework(as_file(document)), owner=universe.school)
    start_framework(Framework(slug="own", owner=universe.school, status="draft"), source=universe.framework)
    assert Crosswalk.objects.filter(ability__framework__slug="own").count() == 1
