"""The page of the evidence to collect next, its ticks, and the same list in the report."""

from __future__ import annotations

import json

import pytest

from curricula.models import EvidenceDone
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.fixture
def thin(universe):
    """A mapped plan whose demand is not known yet."""
    add_courses(universe.curriculum, 3)
    universe.curriculum.demand_sources.add(add_postings(universe.curriculum, 3))
    return universe


def shown(client, thin):
    return client.get(thin.curriculum.page("next-evidence"))


def test_each_step_says_what_to_do_how_long_it_takes_and_what_it_would_settle(thin, as_user):
    wanted = {each.line.kind: each.line for each in shown(as_user(thin.viewer), thin).context["page"].wanted}
    assert "until there are 93 of at least 8 employers" in wanted["postings"].told
    assert wanted["postings"].work == "about 2 hours"
    assert "cannot be told beforehand" in wanted["postings"].worth
    assert "Let a second person rate" in wanted["raters"].told


def test_the_director_ticks_off_what_was_done_and_takes_it_back(thin, as_user):
    client, address = as_user(thin.director), thin.curriculum.page("next-evidence-done")
    step = shown(client, thin).context["page"].wanted[0].line
    for _again in range(2):
        client.post(address, {"step": step.step})
    assert [(done.told, done.done_by) for done in EvidenceDone.objects.all()] == [(step.told, thin.director)]
    assert shown(client, thin).context["page"].wanted[0].done
    client.post(address, {"step": step.step, "undo": "1"})
    assert not EvidenceDone.objects.exists()


def test_what_nobody_asked_for_cannot_be_ticked_off(thin, as_user):
    as_user(thin.director).post(thin.curriculum.page("next-evidence-done"), {"step": "postings-0"})
    assert not EvidenceDone.objects.exists()


def test_who_only_reads_sees_no_ticks(thin, as_user):
    assert "Tick off" not in shown(as_user(thin.viewer), thin).content.decode()
    assert "Tick off" in shown(as_user(thin.director), thin).content.decode()


def test_what_is_not_asked_for_any_more_stays_among_what_was_done(thin, as_user):
    EvidenceDone.objects.create(curriculum=thin.curriculum, step="shares-1", told="State 2 shares.")
    page = shown(as_user(thin.viewer), thin)
    assert [done.told for done in page.context["page"].earlier] == ["State 2 shares."]


def test_the_overview_leads_there_and_the_report_lists_the_same(thin, as_user):
    client = as_user(thin.viewer)
    assert thin.curriculum.page("next-evidence") in client.get(thin.curriculum.page("overview")).content.decode()
    found = json.loads(client.get(thin.curriculum.page("report-download", "json")).content)["next_evidence"]
    wanted = shown(client, thin).context["page"].wanted
    assert [line["told"] for line in found] == [each.line.told for each in wanted]
