"""Two schools that hold one of everything each, and what stands in an address of the one, the other and the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from competencies.models import (
    DemandSource,
    Framework,
    OwnTerm,
    SurveyAnswer,
)
from curricula.accounts.actions import invite
from curricula.loop.actions import take_snapshot
from curricula.models import (
    Action,
    Comment,
    Curriculum,
    ImportRun,
    Mapping,
    Membership,
    Partnership,
    PendingImport,
    Prerequisite,
    Program,
    Questionnaire,
    Scenario,
    School,
    SharedLink,
    StaffVisit,
    SuggestionDecision,
    Work,
)
from curricula.plans.actions import remove_course
from curricula.questionnaires.actions import make_links
from curricula.schools.bin_actions import remove_plan
from curricula.sharing.actions import share
from curricula.teaching.assignment_actions import Request, ask_member
from tests.permissions.table import ROLES
from tests.universe import add_courses, add_postings, make_framework
from tests.uploads import MAPPED, PLAN

ABSENT = 999_999
BESIDE = {"sessions.Session", "curricula.SignedIn", "axes.AccessLog", "axes.AccessAttempt"}
Key = tuple[str, Any]  # a table and its row
Values = dict[Any, Any]  # a parameter, or an address with its parameter → what stands there


@dataclass(frozen=True)
class Side:
    """A school with its people, and all that it holds."""

    school: School
    people: dict[str, User]
    plan: Curriculum
    framework: Framework
    source: DemandSource

    @property
    def director(self) -> User:
        return self.people["director"]


@dataclass(frozen=True)
class World:
    north: Side
    south: Side
    framework: Framework
    source: DemandSource
    staff: User
    visitor: User  # of the staff, who entered the north
    rows: dict[str, frozenset[Key]]  # of the north, of the south, and of everybody


def make_world() -> World:
    framework = make_framework()
    rows = [stored_rows().keys()]
    north = make_side("north", framework)
    rows.append(stored_rows().keys())
    south = make_side("south", framework)
    rows.append(stored_rows().keys())
    site = add_postings(north.plan, 1, slug="site-board")
    north.plan.demand_sources.remove(site)
    staff = User.objects.create_user("staff", is_staff=True)
    visitor = User.objects.create_user("visitor", is_staff=True)
    StaffVisit.objects.create(school=north.school, user=visitor, why="A report failed.")
    whose = {"north": frozenset(rows[1] - rows[0]), "south": frozenset(rows[2] - rows[1])}
    whose["site"] = frozenset(stored_rows().keys() - whose["north"] - whose["south"])
    return World(north, south, framework, site, staff, visitor, whose)


def stored_rows() -> dict[Key, dict[str, Any]]:
    """Every row of the database, without who is signed in and what was asked of the site."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        (model._meta.label, row["pk"]): row
        for model in models
        if model._meta.label not in BESIDE
        for row in model._base_manager.values("pk", *(field.attname for field in model._meta.concrete_fields))
    }


def make_side(slug: str, framework: Framework) -> Side:
    school = School.objects.create(slug=slug, title_en=f"{slug.title()} University")
    people = {role: User.objects.create_user(f"{slug}-{role}") for role in ROLES}
    for role, user in people.items():
        Membership.objects.create(user=user, school=school, role=role)
    program = Program.objects.create(school=school, slug="sales", title_en="Sales")
    plan = Curriculum.objects.create(program=program, year=2026, framework=framework)
    courses = add_courses(plan, 4)
    Prerequisite.objects.create(course=courses[1], requires=courses[0])
    Mapping.objects.create(course=courses[0], ability=framework.abilities.get(code="DA.1"), rater="R1", level="D")
    remove_course(courses[3], by=people["director"])
    plan.elective_groups.create(title="Choice")
    Scenario.objects.create(curriculum=plan, title="Less theory")
    decided: dict[str, Any] = {"score": 0.5, "decision": "rejected", "who": people["administrator"].username}
    SuggestionDecision.objects.create(course=courses[1], ability=framework.abilities.get(code="DA.2"), **decided)
    remove_plan(Curriculum.objects.create(program=program, year=2020, framework=framework), by=None, whole=True)
    own = make_framework(f"{slug}-framework")
    Framework.objects.filter(pk=own.pk).update(owner=school, status="draft")
    source = _sources(plan, own, school)
    OwnTerm.objects.create(owner=school, ability=framework.abilities.get(code="DA.2"), text="model", language="en")
    Partnership.objects.create(school=school, partner="Cloud shop")
    make_links(
        Questionnaire.objects.create(school=school, title="Asked in 2026"),
        **{"audience": "student", "single": True, "count": 1, "days": 30, "by": people["director"]},
    )
    Action.objects.create(program=program, title="More practice")
    take_snapshot(plan, by=people["director"])
    share(SharedLink(curriculum=plan, what="report"), days=30, by=people["director"])
    _shown(school, framework)
    Comment.objects.create(curriculum=plan, text="Who practises this?", author=people["viewer"])
    asked = Request(due=date(2026, 12, 1))
    ask_member(plan, courses[:2], user=people["faculty"], request=asked, by=people["director"])
    invite(school, role="faculty", email="", by=people["administrator"])
    side = Side(school, people, plan, Framework.objects.get(pk=own.pk), source)
    _files(side, framework)
    return side


def _shown(school: School, framework: Framework) -> None:
    """A plan that the school shows to everybody."""
    School.objects.filter(pk=school.pk).update(students_see_plans=True)
    program = Program.objects.create(school=school, slug="shown", title_en="Shown")
    Curriculum.objects.create(program=program, year=2026, framework=framework, state="approved")


def _sources(plan: Curriculum, own: Framework, school: School) -> DemandSource:
    """One of postings on the site's framework, a survey there, and one on the school's own."""
    slug = school.slug
    source = add_postings(plan, 2, slug=f"{slug}-board")
    facts: Any = {"collected": "2026-10-01", "owner": school}
    survey = DemandSource.objects.create(slug=f"{slug}-asked", kind="survey", framework=plan.framework, **facts)
    rated = {"importance": 5, "competence": 1, "scale_low": 1, "scale_high": 5}
    ability = plan.framework.abilities.get(code="MK.1")
    SurveyAnswer.objects.create(source=survey, respondent="E1", ability=ability, **rated)
    DemandSource.objects.create(slug=f"{slug}-draft-board", framework=own, **facts)
    DemandSource.objects.filter(pk=source.pk).update(owner=school)
    return DemandSource.objects.get(pk=source.pk)


def _files(side: Side, framework: Framework) -> None:
    """A file that was saved, and one that waits."""
    client = signed_in(side.director)
    stated = {"target": side.plan.key, "framework": framework.pk}
    for content, does in ((PLAN.replace("S10", "T10"), "save"), (MAPPED, "")):
        file = SimpleUploadedFile("plan.csv", content.encode())
        answer = client.post("/import/?kind=curriculum", stated | {"file": file})
        if does:
            client.post(answer["Location"], {"do": does})
    waits = PendingImport.objects.get(user=side.director)
    place = {"back": "/import/", "language": "en", "time_zone": "UTC"}
    Work.objects.create(user=side.director, job="look", name="plan.csv", file=waits, **place)


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def url_patterns(resolver: URLResolver | None = None) -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from url_patterns(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)


def of_side(side: Side) -> Values:
    """What stands in an address by its parameter, or by the address and its parameter."""
    plan, school = side.plan, side.school
    on_source = (
        *("demand-source", "demand-edit", "demand-duplicates", "demand-publish", "demand-search-again"),
        *("source-remove", "source-judges"),
    )
    return {
        "school": school.slug,
        "program": "sales",
        "year": plan.year,
        "slug": side.framework.slug,
        **{(name, "slug"): side.source.slug for name in on_source},
        "code": "MK.1",
        ("position", "code"): "marketer",
        ("curriculum-position", "code"): "marketer",
        "kind": "partnership",
        ("bin-restore", "kind"): "plan",
        "format": "json",
        "panel": "conditions",
        "format_name": "csv",
        "edition_format": "html",
        ("school-report-file", "edition_format"): "xlsx",
        ("student-plan", "program"): "shown",
        "number": 1,
        **{(name, "pk"): pk for name, pk in _keys(side).items()},
    }


_OF_QUESTIONNAIRE = (
    *("questionnaire", "questionnaire-edit", "questionnaire-links", "questionnaire-words"),
    "questionnaire-answers",
)


def _keys(side: Side) -> dict[str, int]:
    plan, school = side.plan, side.school
    course, scenario = plan.courses.order_by("order")[0].pk, plan.scenarios.get().pk
    partnership = Partnership.objects.get(school=school).pk
    pending, run = PendingImport.objects.get(user=side.director).pk, ImportRun.objects.get(school=school).pk
    posting = side.source.postings.order_by("pk")[0].pk
    return {
        **dict.fromkeys(("course", "course-edit", "course-remove", "course-task", "course-elsewhere"), course),
        **dict.fromkeys(("scenario", "scenario-edit", "scenario-change", "scenario-apply"), scenario),
        **dict.fromkeys(("scenario-proposal", "scenario-report"), scenario),
        **dict.fromkeys(("record", "record-edit"), partnership),
        **dict.fromkeys(("import-preview", "import-columns"), pending),
        **dict.fromkeys(("posting", "posting-position"), posting),
        "import-run": run,
        **dict.fromkeys(_OF_QUESTIONNAIRE, school.questionnaires.get().pk),
        "questionnaire-revoke": school.questionnaires.get().links.get().pk,
        "work": Work.objects.get(user=side.director, state=Work.State.WAITING).pk,
        "course-restore": plan.removed_courses.get().pk,
        "elective-group": plan.elective_groups.get().pk,
        "bin-restore": Curriculum.everything.get(program=plan.program_id, year=2020).pk,
        **dict.fromkeys(("school-member", "school-member-remove"), school.memberships.get(role="viewer").pk),
        "invitation-revoke": school.invitations.get().pk,
        **dict.fromkeys(("action", "action-edit"), plan.program.actions.get().pk),
        "snapshot": plan.snapshots.get().pk,
        **dict.fromkeys(("shared-link", "shared-link-revoke"), plan.shared_links.get().pk),
        "asked-change": plan.assignments.get().pk,
        "comment": plan.comments.get().pk,
        **_keys_of_framework(side.framework),
        **dict.fromkeys(("school-restore", "source-restore"), ABSENT),
    }


def _keys_of_framework(framework: Framework) -> dict[str, int]:
    return {
        "ability-edit": framework.abilities.get(code="MK.1").pk,
        "position-edit": framework.positions.get(code="marketer").pk,
        "certificate-edit": framework.certifications.get().pk,
    }


def of_site(world: World) -> Values:
    """Where an address can name a record of the site's."""
    found = of_side(world.north) | {"slug": world.framework.slug}
    found |= {key: world.source.slug for key in found if isinstance(key, tuple) and key[1] == "slug"}
    found |= {(name, "pk"): world.source.postings.get().pk for name in ("posting", "posting-position")}
    return found | {(name, "pk"): pk for name, pk in _keys_of_framework(world.framework).items()}


def absent(world: World) -> Values:
    """What names nothing."""
    named = ("school", "program", "slug", "code", "kind", "format", "format_name", "panel", "edition_format")
    texts = dict.fromkeys(named, "absent")
    return {**texts, "year": 1999, "pk": ABSENT, "number": ABSENT}


def crossed(world: World) -> Values:
    """Records of the north under an address of the south."""
    north, south = of_side(world.north), of_side(world.south)
    return south | {key: value for key, value in north.items() if isinstance(key, tuple) and key[1] == "pk"}


def address(name: str, values: Values) -> str:
    [(_path, parameters), *_rest] = get_resolver().reverse_dict.getlist(name)[0][0]
    known = {each: values.get((name, each), values.get(each)) for each in parameters}
    return reverse(name, kwargs=known)


def parameters_of(name: str) -> list[str]:
    [(_path, parameters), *_rest] = get_resolver().reverse_dict.getlist(name)[0][0]
    return parameters
