"""The report of a large plan is made behind its page, and is fetched by the one who asked and may read the plan."""

from __future__ import annotations

from typing import Any

import pytest

from curricula.models import Membership, Work
from curricula.plans import report_work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_plan_is_large(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.STATE_DIR = tmp_path
    monkeypatch.setattr(report_work, "MOST_AT_ONCE", -1)


def test_it_is_the_report_that_would_be_made_at_once(universe, as_user, monkeypatch):
    client = as_user(universe.viewer)
    address = universe.curriculum.page("reports") + "csv/?language=zh-hans"
    page = client.get(address, follow=True)
    assert page.redirect_chain[0][0].startswith("/progress/")
    assert "The report is ready." in page.content.decode()
    link = Work.objects.get().url
    assert link == f"{address}&made={Work.objects.get().pk}"
    assert link.replace("&", "&amp;") in page.content.decode()
    made = client.get(link)
    monkeypatch.setattr(report_work, "MOST_AT_ONCE", 400)
    at_once = client.get(address)
    assert made.content == at_once.content
    assert made.headers["Content-Disposition"] == at_once.headers["Content-Disposition"]
    assert made.headers["Content-Type"] == at_once.headers["Content-Type"]


def test_nobody_else_fetches_it_and_its_asker_only_while_the_plan_is_open(universe, as_user):
    address = universe.curriculum.page("reports") + "json/"
    as_user(universe.viewer).get(address)
    link = Work.objects.get().url
    assert as_user(universe.director).get(link)["Location"].startswith("/progress/"), "one is made of one's own"
    assert as_user(universe.outsider).get(link).status_code == 404
    Membership.objects.filter(user=universe.viewer).delete()
    assert as_user(universe.viewer).get(link).status_code == 404


def test_a_number_of_other_work_gives_nothing(universe, as_user):
    address = universe.curriculum.page("reports")
    client = as_user(universe.viewer)
    client.get(f"{address}json/")
    made = Work.objects.get().pk
    for other in (f"{address}csv/?made={made}", f"{address}json/?made=x", f"{address}json/?made=99999999999999999999"):
        assert client.get(other).status_code == 302
