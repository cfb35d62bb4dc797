"""Shared links: who makes them, what they open, what is kept of a reader, and what students see."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from curricula.loop.actions import decide, take_snapshot
from curricula.models import OPENINGS_KEPT, Curriculum, Decision, LinkOpening, SharedLink
from curricula.records.versions import touch
from curricula.schools.bin_actions import remove_plan
from tests.pages import text_of
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"


@pytest.fixture
def plan(universe) -> Curriculum:
    add_courses(universe.curriculum, 4)
    add_postings(universe.curriculum, 100)
    return Curriculum.objects.select_related("program__school", "framework").get()


@pytest.fixture
def made(plan, universe, as_user):
    """Make a link as the director and give its address."""

    def make(what: str = "committee", **facts: object) -> str:
        sent = {"what": what, "days": "30", "note": "", "snapshot": ""} | facts
        answer = as_user(universe.director).post(plan.page("sharing"), sent)
        found = re.search(r'id="shared-address" readonly value="http://testserver([^"]+)"', answer.content.decode())
        assert found, answer.status_code
        return found[1].replace("&amp;", "&")

    return make


def token_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["token"][0]


def test_a_stranger_reads_what_is_shared_and_the_address_is_shown_once(plan, universe, made, as_user):
    address = made(note="The dean")
    stranger = Client()
    page = stranger.get(address, headers={"user-agent": AGENT})
    assert page.status_code == 200
    assert "Sales, entry 2026" in text_of(page.content.decode())
    assert token_of(address) not in as_user(universe.director).get(plan.page("sharing")).content.decode()
    stored = SharedLink.objects.get()
    assert token_of(address) not in stored.token_hash
    assert (stored.what, stored.note, stored.made_by) == ("committee", "The dean", universe.director)


@pytest.mark.parametrize("what", ["committee", "report"])
@pytest.mark.parametrize("kind", ["pdf", "html", "xlsx"])
def test_its_files_are_taken_without_an_account(what, kind, made):
    query = {"token": token_of(made(what)), "format": kind, "language": "zh-hans"}
    answer = Client().get("/shared/file/", query)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert LinkOpening.objects.get().file == kind


def test_no_engine_lists_it_and_no_other_site_learns_its_address(made):
    address = made()
    for answer in (Client().get(address), Client().get("/shared/?token=wrong")):
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


def test_nothing_else_is_reachable_from_it(made):
    page = Client().get(made()).content.decode()
    linked = {urlsplit(each.replace("&amp;", "&")).path for each in re.findall(r'href="([^"#]+)"', page)}
    assert {path for path in linked if not path.startswith("/static/")} <= {"", "/shared/file/"}
    assert "<script" not in page
    assert "<form" not in page


def test_a_snapshot_is_told_as_it_was(plan, universe, made):
    snapshot = take_snapshot(plan, by=universe.director, note="Before")
    plan.courses.update(title_en="Renamed")
    touch(plan)
    address = made("snapshot", snapshot=str(snapshot.pk))
    said = text_of(Client().get(address).content.decode())
    assert "Course 1" in said
    assert "Renamed" not in said
    assert Client().get("/shared/file/", {"token": token_of(address), "format": "pdf"}).status_code == 404


def test_a_snapshot_of_another_program_cannot_be_shared(plan, universe, as_user):
    answer = as_user(universe.director).post(
        plan.page("sharing"), {"what": "snapshot", "snapshot": "4711", "days": "7"}
    )
    assert answer.status_code == 422
    assert not SharedLink.objects.exists()


@pytest.mark.parametrize("ended", ["revoked", "expired", "unknown", "none"])
def test_a_link_that_is_over_says_so_on_a_page_of_its_own(ended, plan, universe, made, as_user):
    address = made()
    link = SharedLink.objects.get()
    if ended == "revoked":
        as_user(universe.director).post(plan.page("shared-link-revoke", link.pk))
    elif ended == "expired":
        SharedLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    else:
        address = "/shared/?token=" + ("x" * 43 if ended == "unknown" else "")
    for path in (address, address.replace("/shared/", "/shared/file/") + "&format=pdf"):
        answer = Client().get(path)
        assert answer.status_code == 410
        assert "This link opens nothing any more" in answer.content.decode()
    assert not LinkOpening.objects.exists()


def test_a_link_of_a_plan_in_the_bin_opens_nothing(plan, universe, made):
    address = made()
    remove_plan(plan, by=universe.director, whole=False)
    assert Client().get(address).status_code == 410


def test_what_is_kept_of_a_reader_is_coarse_and_not_for_ever(plan, universe, made, as_user):
    address = made()
    link = SharedLink.objects.get()
    LinkOpening.objects.create(link=link, opened=timezone.now() - OPENINGS_KEPT - timedelta(days=1))
    Client(REMOTE_ADDR="203.0.113.9").get(address, headers={"user-agent": AGENT})
    opening = LinkOpening.objects.get()
    assert (opening.network, opening.agent, opening.file) == ("203.0.x.x", "Chrome · Windows", "")
    page = text_of(as_user(universe.director).get(plan.page("shared-link", link.pk)).content.decode())
    assert "203.0.x.x" in page
    assert "203.0.113.9" not in page


def test_only_directors_make_and_see_links(plan, universe, made, as_user):
    made()
    link = SharedLink.objects.get()
    for who, status in ((universe.faculty, 403), (universe.viewer, 403), (universe.outsider, 404)):
        client = as_user(who)
        for path in (plan.page("sharing"), plan.page("shared-link", link.pk)):
            assert client.get(path).status_code == status
        assert client.post(plan.page("shared-link-revoke", link.pk)).status_code == status
    assert SharedLink.objects.get().is_open


def test_who_asks_too_often_waits(made):
    address = made()
    with override_settings(THROTTLES={"shared": "2/600"}):
        client = Client(REMOTE_ADDR="198.51.100.7")
        assert [client.get(address).status_code for _try in range(3)] == [200, 200, 429]


def approved(plan: Curriculum, universe) -> Curriculum:
    decide(plan, Decision(kind="sent"), by=universe.director)
    decide(plan, Decision(kind="passed"), by=universe.administrator)
    return Curriculum.objects.select_related("program__school", "framework").get(pk=plan.pk)


def test_students_see_an_approved_plan_where_the_school_wants_it(plan, universe):
    address = "/plans/north/sales/2026/"
    approved(plan, universe)
    assert Client().get(address).status_code == 404
    type(universe.school).objects.update(students_see_plans=True)
    said = text_of(Client().get(address).content.decode())
    assert "Search advertising" in said
    assert "Course 1 term 1 · developed" in said
    assert not re.search(r"\b(gap|untaught|under-\w+|postings?|employers?)\b", said.lower())


def test_students_never_see_a_draft(plan, universe):
    type(universe.school).objects.update(students_see_plans=True)
    assert Client().get("/plans/north/sales/2026/").status_code == 404


def test_students_read_the_plan_as_it_was_approved(plan, universe):
    type(universe.school).objects.update(students_see_plans=True)
    approved(plan, universe)
    plan.courses.update(title_en="Renamed")
    touch(plan)
    said = text_of(Client().get("/plans/north/sales/2026/?language=en").content.decode())
    assert "Renamed" not in said
    assert "搜索广告" in Client().get("/plans/north/sales/2026/?language=zh-hans").content.decode()
