"""The switch that judges a plan by some of its mappings, on every page and in every file that it bears on."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.core.management import call_command
from django.test import RequestFactory

from curricula.evaluation.reports import gap_report_for
from curricula.models import Mapping
from curricula.plans.policy import policy_asked
from tests.universe import add_courses

pytestmark = pytest.mark.django_db
LEFT_OUT = "Judged only by mappings that are in the syllabus or better: 1 of 2 mappings do not count"


@pytest.fixture
def mixed(universe):
    """Of two courses one is mapped from its syllabus, one because somebody said so."""
    add_courses(universe.curriculum, 2)
    Mapping.objects.filter(course__code="C1").update(provenance=Mapping.Provenance.SYLLABUS)
    return universe


@pytest.mark.parametrize("page", ["overview", "abilities"])
def test_a_page_says_by_what_it_judges_and_only_where_that_is_not_everything(mixed, as_user, page):
    client, address = as_user(mixed.viewer), mixed.curriculum.page(page)
    assert LEFT_OUT in client.get(f"{address}?evidence=syllabus").content.decode()
    for query in ("", "?evidence=declared", "?evidence=hearsay"):
        assert "Judged only by" not in client.get(address + query).content.decode()


def test_what_is_mapped_on_weaker_evidence_is_called_so_and_not_left_out(mixed, as_user):
    """MK.2 is required and mapped from a declaration alone: its hours do not count, and that is no gap."""
    mixed.curriculum.signed_off = True
    mixed.curriculum.save()
    mixed.curriculum.prepares_for.set(mixed.framework.positions.all())
    client = as_user(mixed.viewer)
    page = client.get(mixed.curriculum.page("curriculum-ability", "MK.2") + "?evidence=syllabus").content.decode()
    assert "Only on weaker evidence" in page
    assert "which is not to say that it is not taught" in page
    assert ">Untaught<" not in page
    first = client.get(mixed.curriculum.page("overview") + "?evidence=syllabus").context["report"]
    assert "has only weaker evidence of" in first.sentence
    assert {line.code: line.label for line in first.abilities if line.weaker} == {"MK.2": "untaught"}


@pytest.mark.parametrize("query", ["evidence=syllabus", "evidence=assessed&electives=all"])
def test_links_within_the_plan_keep_the_switches(mixed, as_user, query):
    client, plan, links = as_user(mixed.viewer), re.escape(f"/c/{mixed.curriculum.key}/"), []
    for page in ("overview", "abilities", "courses", "reports"):
        content = client.get(f"{mixed.curriculum.page(page)}?{query}").content.decode()
        found = [unescape(each) for each in re.findall(rf'<a [^>]*href="({plan}[^"]*)"', content)]
        assert len(found) > 9, page
        links += found
    for link in links:
        _path, _sign, rest = link.partition("?")
        assert "?" not in rest, link
        assert set(parse_qsl(query)) <= set(parse_qsl(rest.partition("#")[0])), link


def test_an_ability_says_what_its_hours_are_known_from(mixed, as_user):
    client = as_user(mixed.viewer)
    known = {code: client.get(mixed.curriculum.page("curriculum-ability", code)) for code in ("MK.1", "MK.2")}
    assert {code: response.context["page"].rests_on for code, response in known.items()} == {
        "MK.1": "in the syllabus 100.0\u00a0%",
        "MK.2": "declared 100.0\u00a0%",
    }


def test_a_report_is_judged_as_its_page_was(mixed, as_user):
    client, address = as_user(mixed.viewer), mixed.curriculum.page("report-download", "json")
    page = client.get(mixed.curriculum.page("reports") + "?evidence=syllabus").content.decode()
    assert '<input type="hidden" name="evidence" value="syllabus">' in page
    found = json.loads(client.get(f"{address}?evidence=syllabus").content)
    assert found["parameters"]["least_evidence"] == "syllabus"
    assert found["recommendations"] == []
    assert {line["code"] for line in found["abilities"] if line["taught_hours"]} == {"MK.1"}
    assert client.get(f"{address}?evidence=hearsay").status_code == 404


def test_programs_are_told_which_evidence_there_is(mixed, as_user):
    client, key = as_user(mixed.viewer), mixed.curriculum.key
    found = client.get(f"/api/curricula/{key}/report?evidence=syllabus&language=en")
    assert any(line["message"].startswith(LEFT_OUT) for line in found.json()["warnings"])
    refused = client.get(f"/api/curricula/{key}/report?evidence=hearsay&language=en")
    assert (refused.status_code, refused.json()["error"]) == (400, "unknown_evidence")


def test_the_command_judges_by_it_too(mixed, tmp_path):
    output = tmp_path / "report.json"
    options = ("--format=json", f"--output={output}", "--evidence=syllabus")
    call_command("gap_report", mixed.curriculum.key, *options)
    assert json.loads(output.read_text())["parameters"]["least_evidence"] == "syllabus"


def test_what_was_judged_by_one_is_not_shown_for_the_other(mixed):
    asked = {least: RequestFactory().get("/", {"evidence": least}) for least in ("declared", "syllabus", "artefact")}
    hours = {
        least: sum(
            line.exposure_hours for line in gap_report_for(mixed.curriculum, policy=policy_asked(request)).abilities
        )
        for least, request in asked.items()
    }
    assert hours["declared"] > hours["syllabus"] > hours["artefact"] == 0
