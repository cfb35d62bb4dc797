"""Two schools on one framework: what the one collects is neither seen nor counted by the other, on any address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from competencies.models import (
    DemandSource,
    Framework,
    OfficialFigure,
    OwnTerm,
    Position,
    Posting,
    PostingMention,
    SurveyAnswer,
)
from curricula.models import Curriculum, Membership, Program, Scenario, School
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db
MARK = "Zanzibar"  # stands in everything that is the north's alone
UNSTABLE = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|nonce-[\w+/=-]+|"created": "[^"]*"'
    rb"|name [0-9a-f]{8}:|\d{1,2}:\d{2}(:\d{2}[.\d]*)?|<v>4\d{4}\.\d+</v>"  # the last is a time of day in a workbook
)
OF_NO_SCHOOL = {"sign-out", "set_language", "sign-in"}


@pytest.fixture
def south(universe: Universe) -> Curriculum:
    """A plan of the south with a source of its own that is judged by the site's board too."""
    school = School.objects.get(slug="south")
    program = Program.objects.create(school=school, slug="trade", title_en="Trade")
    plan = Curriculum.objects.create(program=program, year=2026, framework=universe.framework)
    add_courses(plan, 3)
    add_postings(plan, 4, slug="site-board")
    add_postings(plan, 3, slug="south-board").owner = school
    DemandSource.objects.filter(slug="south-board").update(owner=school)
    Scenario.objects.create(curriculum=plan, title="Less theory")
    Membership.objects.filter(user=universe.outsider).update(role="administrator")
    return plan


def collect_in_the_north(universe: Universe) -> None:
    """Postings, a survey and figures of the north, which change every count that reads them."""
    plan = universe.curriculum
    add_courses(plan, 2)
    source = add_postings(plan, 120, slug="zanzibar-board")
    DemandSource.objects.filter(pk=source.pk).update(owner=universe.school, title_en=f"{MARK} board", region=MARK)
    Posting.objects.filter(source=source).update(title=f"{MARK} seller", region=MARK, vocabulary_version=0)
    analyst = Position.objects.get(code="analyst")
    for posting in Posting.objects.filter(source=source)[:60]:
        PostingMention.objects.create(posting=posting, ability=universe.ability("DA.1"), term="statistics")
    Posting.objects.filter(source=source, pk__in=source.postings.values("pk")[:60]).update(position=analyst)
    facts: dict[str, Any] = {"framework": universe.framework, "collected": "2026-10-01", "owner": universe.school}
    survey = DemandSource.objects.create(slug="zanzibar-asked", kind="survey", title_en=f"{MARK} survey", **facts)
    for n in range(9):
        rated = {"importance": 5, "competence": 1, "scale_low": 1, "scale_high": 5}
        SurveyAnswer.objects.create(source=survey, respondent=f"E{n}", ability=universe.ability("MK.1"), **rated)
    figures = DemandSource.objects.create(slug="zanzibar-official", kind="figures", title_en=f"{MARK} count", **facts)
    year = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}
    OfficialFigure.objects.create(source=figures, kind="openings", number=98_765, region=MARK, **year)
    for text in (f"{MARK} words", "want"):  # the second stands in every posting of the south
        OwnTerm.objects.create(owner=universe.school, ability=universe.ability("DA.2"), text=text, language="en")
    Framework.objects.create(slug="zanzibar", owner=universe.school, status="draft", title_en=f"{MARK} framework")


def values(plan: Curriculum) -> dict[str, tuple[Any, ...]]:
    """What may stand in an address: of the plan, of the framework, and of the sources that are the plan's."""
    school, program, year = plan.key.split("/")
    postings = Posting.objects.filter(source__in=plan.demand_sources.all()).order_by("pk")[:1]
    return {
        "school": (school,),
        "program": (program,),
        "year": (int(year),),
        "slug": ("trade", "south", "site-board", "south-board"),
        "code": ("MK.1", "marketer"),
        "pk": (plan.courses.all()[0].pk, postings[0].pk, Scenario.objects.get().pk),
        "format": ("json", "csv", "html", "xlsx"),
        "edition_format": ("html", "xlsx"),
        "file_format": ("json", "csv", "html", "xlsx"),
        "kind": ("partnership",),
        "panel": ("conditions",),
        "number": (1,),
    }


def addresses(known: dict[str, tuple[Any, ...]]) -> Iterator[str]:
    """Every address of the project, with all that may stand in it."""
    resolver = get_resolver()
    for name in sorted(filter(lambda key: isinstance(key, str), resolver.reverse_dict)):
        for possibilities, *_rest in resolver.reverse_dict.getlist(name):
            if name not in OF_NO_SCHOOL:
                yield from filled(name, possibilities[0][1], known)


def filled(name: str, parameters: list[str], known: dict[str, tuple[Any, ...]]) -> Iterator[str]:
    for chosen in product(*(known.get(parameter, ("absent",)) for parameter in parameters)):
        with suppress(NoReverseMatch):
            yield reverse(name, kwargs=dict(zip(parameters, chosen, strict=True)))


def pages(client: Client, plan: Curriculum, *, below: str = "/") -> dict[str, tuple[int, bytes]]:
    """What stands on each address, as it would at any time."""
    found = {}
    for address in filter(lambda each: each.startswith(below), addresses(values(plan))):
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        told = UNSTABLE.sub(b"", unpacked(content))
        # An error page bears an id of its own; it is the same otherwise, and may name nothing.
        found[address] = (answer.status_code, told if answer.status_code < 400 or MARK.encode() in told else b"")
    return found


def unpacked(content: bytes) -> bytes:
    """The parts of a workbook without the time at which it was made, and of an archive of them."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if "docProps" not in name and not name.endswith(".pdf"))
        return b"".join(unpacked(archive.read(name)) for name in names)


def test_nothing_of_one_school_is_seen_or_counted_by_another(universe: Universe, south: Curriculum, as_user: Any):
    client = as_user(universe.outsider)
    before = pages(client, south)
    collect_in_the_north(universe)
    cache.clear()
    director = as_user(universe.director)
    seen = pages(director, south, below="/frameworks/trade/demand/")
    assert all(
        MARK.encode() in shown for shown in (seen["/frameworks/trade/demand/"][1], director.get("/demand/").content)
    )
    assert director.get("/api/curricula/north/sales/2026/report").status_code == 200
    after = pages(client, south)  # what the north has just computed lies in the cache
    opened = [address for address, (status, _content) in after.items() if status == 200]
    assert len(opened) > 60
    assert [address for address in after if after[address] != before[address]] == []
    assert [address for address in after if MARK.encode() in after[address][1]] == []


def test_what_is_published_is_seen_and_counted_by_all(universe: Universe, south: Curriculum, as_user: Any):
    client = as_user(universe.outsider)
    before = pages(client, south, below="/frameworks/trade/")
    collect_in_the_north(universe)
    DemandSource.objects.filter(owner=universe.school).update(published=True)
    after = pages(client, south, below="/frameworks/trade/")
    changed = {address for address in after if after[address] != before[address]}
    named = {address for address in after if MARK.encode() in after[address][1]}
    assert {"/frameworks/trade/demand/", "/frameworks/trade/demand/postings/"} <= named
    assert {"/frameworks/trade/", "/frameworks/trade/positions/"} <= changed


def test_each_address_of_what_is_private_is_not_found(universe: Universe, south: Curriculum, as_user: Any):
    collect_in_the_north(universe)
    staff = User.objects.create_user("staff", is_staff=True)
    posting = Posting.objects.filter(source__slug="zanzibar-board")[0].pk
    known = {"slug": ("zanzibar-board", "zanzibar-asked", "zanzibar-official"), "pk": (posting,)}
    found = [address for address in addresses(known) if re.match("/demand/.|/import/sources/", address)]
    assert len(found) > 15
    for address in found:
        for user in (universe.outsider, staff):
            hidden = (403, 404) if user == staff and address.startswith("/import/") else (404, 405)
            assert as_user(user).get(address).status_code in hidden, address
            assert as_user(user).post(address).status_code in (403, 404, 405), address
        assert as_user(universe.viewer).get(address).status_code in (200, 403, 405), address


def test_a_filter_that_names_a_private_source_finds_nothing(universe: Universe, south: Curriculum, as_user: Any):
    collect_in_the_north(universe)
    client = as_user(universe.outsider)
    for page in ("", "postings/", "trends/", "specificity/", "needs/", "figures/", "quality/"):
        for query in ("?source=zanzibar-board", "?source=zanzibar-asked", f"?q={MARK}", f"?region={MARK}"):
            answer = client.get(f"/frameworks/trade/demand/{page}{query}")
            shown = answer.content.decode().replace(f'value="{MARK}"', "").replace(f">{MARK}<", "")
            assert f"{MARK} " not in shown, (page, query)


def test_a_plan_that_is_judged_by_what_became_private_counts_it_no_more(
    universe: Universe, south: Curriculum, as_user: Any
) -> None:
    source = DemandSource.objects.get(slug="site-board")
    assert set(south.open_sources) == set(south.demand_sources.all())
    source.owner = universe.school
    source.save()
    assert [each.slug for each in south.open_sources] == ["south-board"]
    settings = south.page("curriculum-settings")
    client = as_user(universe.outsider)
    assert "which closed it; it does not count" in client.get(settings).content.decode()
    client.post(settings, {"demand_sources": [DemandSource.objects.get(slug="south-board").pk]})
    assert set(south.demand_sources.all()) > set(south.open_sources)  # the closed one comes back with its owners
    source.published = True
    source.save()
    assert south.open_sources.count() == 2


def test_members_of_both_schools_read_both_and_each_plan_counts_its_own(
    universe: Universe, south: Curriculum, as_user: Any
) -> None:
    collect_in_the_north(universe)
    own = as_user(universe.outsider).get("/api/curricula/south/trade/2026/report").json()
    Membership.objects.create(user=universe.outsider, school=universe.school, role="viewer")
    client = as_user(universe.outsider)
    assert MARK in client.get("/demand/").content.decode()
    again = client.get("/api/curricula/south/trade/2026/report").json()
    assert again["demand"] == own["demand"]
    assert again["abilities"] == own["abilities"]
