"""What a browser writes on its tabs: every page of a plan, of a framework and of demand has a title of its own."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.urls import reverse

from tests.universe import Universe, add_courses, make_universe

PLAN = (
    *("overview", "abilities", "courses", "matrix", "prerequisites", "scenarios", "positions", "certificates"),
    *(
        "reports",
        "history",
        "curriculum-settings",
        "robustness",
        "depth",
        "next-evidence",
        "suggestions",
        "advice",
        "optimise",
    ),
    *("courses-removed", "course-new", "postings"),
)
FRAMEWORK = (
    *("framework", "framework-positions", "certifications", "demand-overview", "demand-trends", "demand-specificity"),
    *("demand-needs", "demand-figures", "demand-quality", "vocabulary", "demand-postings"),
)


@pytest.fixture
def planned(db) -> Universe:
    universe = make_universe()
    add_courses(universe.curriculum, 2)
    return universe


def title(client, address: str) -> str:
    return re.search(r"<title>(.*?)</title>", client.get(address).content.decode(), re.S)[1]


def alike(titles: list[str]) -> list[str]:
    return [each for each, number in Counter(titles).items() if number > 1]


def test_each_page_of_a_plan_has_its_own_title_that_names_the_plan(planned, client):
    client.force_login(planned.director)
    titles = [title(client, planned.curriculum.page(name)) for name in PLAN]
    assert alike(titles) == []
    assert [each for each in titles if planned.curriculum.name not in each] == []


def test_each_page_of_a_framework_has_its_own_title_that_names_it(planned, client):
    client.force_login(planned.director)
    titles = [title(client, reverse(name, args=[planned.framework.slug])) for name in FRAMEWORK]
    assert alike(titles) == []
    assert [each for each in titles if planned.framework.title not in each] == []
