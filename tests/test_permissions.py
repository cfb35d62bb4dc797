"""What the table of permissions (`tests/permissions/`) does not say: where a refused or opened address leads."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from curricula.loop.actions import take_snapshot
from curricula.models import Action, Scenario, Snapshot
from tests.universe import Universe, add_courses, add_postings, make_universe

pytestmark = pytest.mark.django_db

# What answers a post with a page of its own: opened by its address it leads to the page that posts there.
LEADS_TO = {
    "scenario-new": "scenarios",
    **dict.fromkeys(("scenario-edit", "scenario-change", "scenario-apply"), "scenario"),
    "advice-add": "advice",
    **dict.fromkeys(("scenario-try", "optimise-take", "course-lock"), "optimise"),
    "matrix-cell": "matrix",
    "curriculum-next": "curriculum-settings",
    "review-decide": "review",
    "snapshot-new": "snapshots",
}


@dataclass(frozen=True)
class Pages:
    universe: Universe

    @property
    def scenario(self) -> int:
        made, _new = Scenario.objects.get_or_create(curriculum=self.universe.curriculum, title="Less theory")
        return made.pk

    @property
    def group(self) -> int:
        made, _new = self.universe.curriculum.elective_groups.get_or_create(title="Choice")
        return made.pk

    @property
    def action(self) -> int:
        made, _new = Action.objects.get_or_create(program=self.universe.curriculum.program, title="More practice")
        return made.pk

    @property
    def snapshot(self) -> int:
        found = Snapshot.objects.first() or take_snapshot(self.universe.curriculum, by=None)
        return found.pk

    def address(self, name: str) -> str:
        curriculum = self.universe.curriculum
        course = curriculum.courses.first()
        arguments = {
            "curriculum-ability": ("MK.1",),
            "course": (course.pk,),
            **dict.fromkeys(("course-edit", "course-remove"), (course.pk,)),
            "course-restore": (0,),
            "elective-group": (self.group,),
            "curriculum-position": ("marketer",),
            "report-download": ("json",),
            **dict.fromkeys(("scenario", "scenario-edit", "scenario-change"), (self.scenario,)),
            **dict.fromkeys(("scenario-apply", "scenario-proposal"), (self.scenario,)),
            "scenario-report": (self.scenario, "json"),
            **dict.fromkeys(("action", "action-edit"), (self.action,)),
            **({"snapshot": (self.snapshot,)} if name == "snapshot" else {}),
        }
        return curriculum.page(name, *arguments.get(name, ()))


@pytest.fixture
def pages(db: None) -> Pages:
    universe = make_universe()
    add_courses(universe.curriculum, 2)
    add_postings(universe.curriculum, 2)
    return Pages(universe)


@pytest.mark.parametrize("name", sorted(LEADS_TO))
def test_an_address_that_is_posted_to_leads_to_its_page_when_it_is_opened(name, pages, as_user):
    client = as_user(pages.universe.director)
    assert client.get(pages.address(name))["Location"] == pages.address(LEADS_TO[name])
    assert client.get(pages.address(LEADS_TO[name])).status_code == 200


def test_the_home_page_lists_only_the_schools_of_the_user(pages, as_user):
    assert "North University" in as_user(pages.universe.viewer).get("/").content.decode()
    assert "North University" not in as_user(pages.universe.outsider).get("/").content.decode()


def test_a_user_who_is_no_longer_active_is_signed_out(pages, as_user):
    client = as_user(pages.universe.viewer)
    pages.universe.viewer.is_active = False
    pages.universe.viewer.save()
    assert client.get("/").status_code == 302
