"""`/papers/`: everything that the five papers describe, with the screen that shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from curricula.evaluation.training.panels import PANELS
from curricula.training.papers import DESCRIBED
from tests.universe import Universe

PER_PAPER = {"0": 9, "1": 6, "2": 10, "3": 7, "4": 9}


def test_all_forty_one_are_listed_once():
    ids = [each.id for each in DESCRIBED]
    assert len(ids) == len(set(ids)) == 41
    assert {paper: sum(each.split(".")[0] == paper for each in ids) for paper in PER_PAPER} == PER_PAPER


def test_every_id_of_a_panel_is_described():
    known = {each.id for each in DESCRIBED}
    assert {name for panel in PANELS for name in panel.papers} <= known


def sections_of(folder: Path, paper: str) -> str:
    """The headings of a paper, one a line, without marks."""
    text = next(folder.glob(f"{paper}_*.txt")).read_text(encoding="utf-8")
    return "\n".join(line.strip("#* \t") for line in text.splitlines())


def stands_in(headings: str, section: str) -> bool:
    """§2.1 is a line that begins with 2.1; §IV.A one that begins with A. after the one that begins with IV."""
    chapter, _dot, part = section.partition(".")
    if chapter.isdigit():
        return re.search(rf"^{re.escape(section)}\.?\s", headings, re.M) is not None
    found = re.search(rf"^{chapter}\.\s", headings, re.M)
    if not found or not part:
        return bool(found)
    return re.search(rf"^{re.escape(part.split('.')[0])}\.\s", headings[found.end() :], re.M) is not None


@pytest.mark.parametrize("thing", DESCRIBED, ids=lambda each: each.id)
def test_each_citation_resolves_to_a_section(shared: Path, thing: Any):
    for place in thing.section.split("; "):
        paper, section = place.split(" §")
        assert stands_in(sections_of(shared / "papers", paper), section), place


@pytest.mark.django_db
def test_who_sees_no_demo_is_told_so_and_sees_no_plan_of_a_school(universe: Universe, as_user: Any):
    page = as_user(universe.outsider).get("/papers/").content.decode()
    assert "of which you see no school" in page
    assert "/c/north/" not in page
    assert as_user(None).get("/papers/").status_code == 302
