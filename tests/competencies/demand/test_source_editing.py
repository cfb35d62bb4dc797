"""What is said of a source is corrected on a page by those whose it is, and nothing that it holds is touched."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from competencies.models import DemandSource, Posting
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
ADDRESS = "/demand/board/edit/"
SAID = {
    "title_en": "Job board",
    "title_zh": "招聘网站",
    "region": "Zhejiang",
    "licence": "by agreement",
    "collected": "2026-09-15",
    "covers": "2026-01 – 2026-09",
    "note": "Two sites, January to September 2026; call Ms Li on 13812345678.",
}


@pytest.fixture
def source(universe: Universe) -> DemandSource:
    add_courses(universe.curriculum, 1)
    made = add_postings(universe.curriculum, 4)
    DemandSource.objects.update(owner=universe.school)
    made.refresh_from_db()
    return made


def opened(client: Any) -> dict[str, str]:
    page = client.get(ADDRESS).content.decode()
    return {"seen": re.search('name="seen" value="([^"]+)"', page)[1]}


def test_what_is_said_of_a_source_is_corrected(universe: Universe, source: DemandSource, as_user: Any) -> None:
    client = as_user(universe.director)
    assert client.post(ADDRESS, SAID | opened(client))["Location"] == "/demand/board/"
    now = DemandSource.objects.get()
    assert {name: str(getattr(now, name)) for name in SAID if name != "note"} == {
        name: said for name, said in SAID.items() if name != "note"
    }
    assert now.note.startswith("Two sites")
    assert "13812345678" not in now.note, "no text names a person to reach"
    assert now.changed > source.changed, "figures kept from before are computed anew"
    page = client.get("/demand/board/").content.decode()
    assert "by agreement" in page
    assert "2026-09-15" in page
    assert "2026-01 – 2026-09" in page
    answer = client.post(ADDRESS, SAID | opened(client) | {"covers": "long ago"})
    assert "Write a period such as" in answer.content.decode()


def test_postings_of_the_day_that_was_stated_wrongly_follow_it(
    universe: Universe, source: DemandSource, as_user: Any
) -> None:
    other = datetime.date(2026, 1, 2)
    Posting.objects.update(collected=source.collected)
    first = Posting.objects.order_by("pk")[0]
    Posting.objects.filter(pk=first.pk).update(collected=other)
    client = as_user(universe.director)
    client.post(ADDRESS, SAID | opened(client))
    days = list(Posting.objects.order_by("pk").values_list("collected", flat=True))
    assert days == [other, *[datetime.date(2026, 9, 15)] * 3]


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    universe: Universe, source: DemandSource, as_user: Any
) -> None:
    client = as_user(universe.director)
    before = opened(client)
    DemandSource.objects.update(licence="another")
    answer = client.post(ADDRESS, SAID | before)
    assert answer.status_code == 422
    assert "Somebody else changed this meanwhile" in answer.content.decode()
    assert 'value="by agreement"' in answer.content.decode()
    assert DemandSource.objects.get().licence == "another"


def test_a_day_that_is_none_is_refused_and_what_was_typed_is_kept(
    universe: Universe, source: DemandSource, as_user: Any
) -> None:
    client = as_user(universe.director)
    answer = client.post(ADDRESS, SAID | {"collected": ""} | opened(client))
    assert answer.status_code == 422
    assert "Job board" in answer.content.decode()
    assert DemandSource.objects.get().title_en != "Job board"


def test_who_may_not_change_a_source_is_offered_no_form(
    universe: Universe, source: DemandSource, as_user: Any
) -> None:
    assert ADDRESS in as_user(universe.director).get("/demand/board/").content.decode()
    assert ADDRESS not in as_user(universe.viewer).get("/demand/board/").content.decode()
    assert as_user(universe.viewer).get(ADDRESS).status_code == 403
    assert as_user(universe.outsider).get(ADDRESS).status_code == 404
