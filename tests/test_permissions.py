"""Every address of the project is tried as a stranger, as a member of another school, and with each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from curricula.loop.actions import take_snapshot
from curricula.models import Action, Scenario, Snapshot
from tests.universe import Universe, add_courses, add_postings, make_universe

pytestmark = pytest.mark.django_db

PUBLIC = {
    *("sign-in", "set_language", "healthz", "readyz", "invitation", "first-visit", "sign-in-code"),
    *("password_reset", "password_reset_done", "password_reset_confirm"),
}
ROLES = ("viewer", "faculty", "director", "administrator")
# Address name -> the least role that may open it; what is missing here makes the first test fail.
CURRICULUM_PAGES = {
    "overview": "viewer",
    "abilities": "viewer",
    "curriculum-ability": "viewer",
    "postings": "viewer",
    "courses": "viewer",
    "course": "viewer",
    "course-edit": "director",
    "course-new": "director",
    "course-remove": "director",
    "course-restore": "director",
    "courses-removed": "director",
    "elective-group-new": "director",
    "elective-group": "director",
    "courses-export": "viewer",
    "positions": "viewer",
    "prerequisites": "viewer",
    "robustness": "viewer",
    "depth": "viewer",
    "curriculum-position": "viewer",
    "certificates": "viewer",
    "certificate-link": "director",
    "matrix": "viewer",
    "matrix-cell": "faculty",
    "suggestions": "faculty",
    "reports": "viewer",
    "report-download": "viewer",
    "scenarios": "viewer",
    "scenario-new": "faculty",
    "scenario-try": "faculty",
    "scenario-compare": "viewer",
    "scenario": "viewer",
    "scenario-edit": "faculty",
    "scenario-change": "faculty",
    "scenario-apply": "director",
    "scenario-proposal": "viewer",
    "scenario-report": "viewer",
    "optimise": "faculty",
    "optimise-take": "faculty",
    "course-lock": "director",
    "advice": "viewer",
    "advice-add": "faculty",
    "next-evidence": "viewer",
    "next-evidence-done": "director",
    "history": "viewer",
    "curriculum-settings": "director",
    "curriculum-framework": "director",
    "curriculum-remove": "director",
    "curriculum-next": "director",
    "overview-today": "viewer",
    "actions": "viewer",
    "action": "viewer",
    "action-new": "director",
    "action-edit": "director",
    "snapshots": "viewer",
    "snapshot": "viewer",
    "snapshot-compare": "viewer",
    "snapshot-new": "director",
    "loop": "viewer",
    "changes": "viewer",
    "review": "viewer",
    "review-decide": "director",
}
# Open to all who signed in, or decided by what they post: their own tests hold the rest.
SIGNED_IN = {
    "home",
    "sign-out",
    "frameworks",
    "framework",
    "framework-template",
    "framework-new",
    "framework-export",
    "framework-edit",
    "framework-status",
    "framework-carry",
    "ability-new",
    "ability-edit",
    "position-new",
    "position-edit",
    "certificate-new",
    "certificate-edit",
    "framework-positions",
    "ability",
    "position",
    "certifications",
    "demand",
    "demand-source",
    "demand-search-again",
    "demand-duplicates",
    "demand-figures",
    "demand-publish",
    "demand-needs",
    "demand-overview",
    "demand-postings",
    "demand-quality",
    "demand-specificity",
    "demand-trends",
    "posting-position",
    "vocabulary",
    "vocabulary-search-again",
    "vocabulary-terms",
    "vocabulary-own",
    "posting",
    "import",
    "import-preview",
    "import-columns",
    "import-run",
    "import-runs",
    "method",
    "schools",
    "school",
    "school-members",
    "school-lecturers",
    "school-take",
    "school-member",
    "school-member-remove",
    "invitation-revoke",
    "profile",
    "session-end",
    "second-step",
    "second-step-off",
    "password_change",
    "school-remove",
    "school-restore",
    "bin",
    "bin-restore",
    "program-remove",
    "source-remove",
    "source-restore",
    "program",
    "record",
    "record-edit",
    "record-new",
    "records",
    "records-export",
    "source-judges",
    "api-report",
    "compare",
    "compare-frameworks",
}
POSTED = {
    *("certificate-link", "matrix-cell", "curriculum-framework", "curriculum-next", "sign-out", "set_language"),
    *(
        "scenario-new",
        "scenario-try",
        "scenario-edit",
        "scenario-change",
        "scenario-apply",
        "advice-add",
        "optimise-take",
        "course-lock",
        "course-restore",
        "next-evidence-done",
        "review-decide",
        "snapshot-new",
    ),
}


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


def names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


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


def test_every_address_has_its_rule() -> None:
    known = set(CURRICULUM_PAGES) | SIGNED_IN | PUBLIC
    assert set(names(get_resolver())) - known == set()


@pytest.mark.parametrize("name", sorted(CURRICULUM_PAGES))
def test_a_stranger_is_sent_to_sign_in(name, pages, as_user):
    client = as_user(None)
    answer = (client.post if name in POSTED else client.get)(pages.address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", sorted(CURRICULUM_PAGES))
def test_a_member_of_another_school_learns_nothing(name, pages, as_user):
    client = as_user(pages.universe.outsider)
    answer = (client.post if name in POSTED else client.get)(pages.address(name))
    assert answer.status_code == 404


@pytest.mark.parametrize("name", sorted(CURRICULUM_PAGES))
def test_each_role_reaches_as_far_as_the_rules_say(name, pages, as_user):
    least = ROLES.index(CURRICULUM_PAGES[name])
    for rank, role in enumerate(ROLES):
        client = as_user(getattr(pages.universe, role))
        answer = (client.post if name in POSTED else client.get)(pages.address(name))
        forbidden = answer.status_code == 403
        assert forbidden == (rank < least), f"{role} on {name}: {answer.status_code}"


@pytest.mark.parametrize("name", sorted(LEADS_TO))
def test_an_address_that_is_posted_to_leads_to_its_page_when_it_is_opened(name, pages, as_user):
    client = as_user(pages.universe.director)
    assert client.get(pages.address(name))["Location"] == pages.address(LEADS_TO[name])
    assert client.head(pages.address(name)).status_code == 302
    assert client.put(pages.address(name)).status_code == 405
    assert client.get(pages.address(LEADS_TO[name])).status_code == 200
    assert as_user(pages.universe.outsider).get(pages.address(name)).status_code == 404
    assert as_user(pages.universe.viewer).get(pages.address(name)).status_code == 403
    assert as_user(None).get(pages.address(name))["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "path", ["/", "/frameworks/", "/demand/", "/import/", "/schools/", "/compare/", "/compare/frameworks/"]
)
def test_pages_outside_a_school_ask_for_a_signed_in_user(path, pages, as_user):
    assert as_user(None).get(path).status_code == 302
    assert as_user(pages.universe.outsider).get(path).status_code == 200


def test_the_home_page_lists_only_the_schools_of_the_user(pages, as_user):
    assert "North University" in as_user(pages.universe.viewer).get("/").content.decode()
    assert "North University" not in as_user(pages.universe.outsider).get("/").content.decode()


def test_a_user_who_is_no_longer_active_is_signed_out(pages, as_user):
    client = as_user(pages.universe.viewer)
    pages.universe.viewer.is_active = False
    pages.universe.viewer.save()
    assert client.get("/").status_code == 302
