"""A small drawn universe: one framework, one school with its people, one outsider.

framework "trade"            school "north" ── program "sales" ── curriculum 2026
MK marketing                   director, faculty, viewer, administrator
  MK.1 search advertising    school "south"
  MK.2 live selling            outsider (its director)
DA data
  DA.1 statistics
  DA.2 modelling
position "marketer" asks for MK.1, MK.2; "analyst" for DA.1
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from competencies.demand.queries.readable import ReadableDemand
from competencies.models import (
    Ability,
    AbilityTerm,
    Certification,
    CertificationCourse,
    DemandSource,
    Framework,
    Position,
    Posting,
    PostingMention,
    ReferenceCourse,
    Requirement,
)
from curricula.models import Course, Curriculum, Mapping, Membership, Program, School
from tests.written_again import written_again

AREAS = {"MK": ("Marketing", "营销"), "DA": ("Data", "数据")}
ABILITIES = {
    "MK.1": ("Search advertising", "搜索广告"),
    "MK.2": ("Live selling", "直播销售"),
    "DA.1": ("Statistics", "统计"),
    "DA.2": ("Modelling", "建模"),
}


@dataclass(frozen=True)
class Universe:
    framework: Framework
    school: School
    curriculum: Curriculum
    director: User
    faculty: User
    viewer: User
    administrator: User
    outsider: User

    def ability(self, code: str) -> Ability:
        return self.framework.abilities.get(code=code)

    def course(self, code: str) -> Course:
        return self.curriculum.courses.get(code=code)


def make_framework(slug: str = "trade") -> Framework:
    framework = Framework.objects.create(slug=slug, title_en="Trade", title_zh="贸易")
    areas = {
        code: Ability.objects.create(framework=framework, code=code, title_en=en, title_zh=zh, order=n)
        for n, (code, (en, zh)) in enumerate(AREAS.items())
    }
    for n, (code, (en, zh)) in enumerate(ABILITIES.items()):
        leaf = Ability.objects.create(
            framework=framework, parent=areas[code[:2]], code=code, title_en=en, title_zh=zh, order=10 + n
        )
        AbilityTerm.objects.create(ability=leaf, text=en.lower(), language="en")
        AbilityTerm.objects.create(ability=leaf, text=zh, language="zh")
    _add_positions(framework)
    return framework


def _add_positions(framework: Framework) -> None:
    by_code = {ability.code: ability for ability in framework.abilities.all()}
    for n, (code, wanted) in enumerate({"marketer": ("MK.1", "MK.2"), "analyst": ("DA.1",)}.items()):
        position = Position.objects.create(
            framework=framework,
            code=code,
            title_en=code.title(),
            title_zh={"marketer": "营销员", "analyst": "分析员"}[code],
            title_terms=[{"text": code, "language": "en"}],
            direction="operation",
            order=n,
        )
        for item, ability in enumerate(wanted, start=1):
            Requirement.objects.create(
                position=position, ability=by_code[ability], item=item, level="D", level_assumed=True, citation="p. 1"
            )
    certificate = Certification.objects.create(framework=framework, code="cert", title_en="Trade engineer")
    reference = ReferenceCourse.objects.create(framework=framework, code="ads", title_en="Advertising")
    reference.abilities.add(by_code["MK.1"])
    CertificationCourse.objects.create(certification=certificate, course=reference, direction="operation")


@written_again
def make_universe() -> Universe:
    framework = make_framework()
    school = School.objects.create(
        slug="north", title_en="North University", title_zh="北方大学", faculty_map_all=True
    )
    south = School.objects.create(slug="south", title_en="South University", title_zh="南方大学")
    program = Program.objects.create(school=school, slug="sales", title_en="Sales", title_zh="销售")
    people = {role: User.objects.create_user(role, password=role) for role in Membership.Role.values}
    for role, user in people.items():
        Membership.objects.create(user=user, school=school, role=role)
    outsider = User.objects.create_user("outsider", password="outsider")
    Membership.objects.create(user=outsider, school=south, role=Membership.Role.DIRECTOR)
    curriculum = Curriculum.objects.create(program=program, year=2026, framework=framework)
    return Universe(framework=framework, school=school, curriculum=curriculum, outsider=outsider, **people)


def all_demand(framework: Framework) -> ReadableDemand:
    """Every source of the framework, as its owners would read it."""
    return ReadableDemand(framework, tuple(framework.demand_sources.all()))


def add_courses(curriculum: Curriculum, count: int = 1, *, mapped: bool = True) -> list[Course]:
    """Courses C1, C2, … of 32 hours theory and 16 of operation, each mapped to one ability in turn."""
    abilities = list(curriculum.framework.abilities.filter(parent__isnull=False))
    start = curriculum.courses.count()
    made = []
    for n in range(start, start + count):
        course = Course.objects.create(
            curriculum=curriculum,
            code=f"C{n + 1}",
            title_en=f"Course {n + 1}",
            title_zh=f"课程{n + 1}",
            credits=3,
            term=n % 8 + 1,
            theory=32,
            operation=16,
            order=n,
        )
        if mapped:
            Mapping.objects.create(course=course, ability=abilities[n % len(abilities)], level="D", share=1)
        made.append(course)
    return made


def add_postings(curriculum: Curriculum, count: int = 1, *, slug: str = "board") -> DemandSource:
    """Postings of one source that the curriculum is judged by; each mentions search advertising."""
    source, _new = DemandSource.objects.get_or_create(
        slug=slug, defaults={"framework": curriculum.framework, "collected": date(2026, 9, 30), "title_en": "Board"}
    )
    curriculum.demand_sources.add(source)
    position = curriculum.framework.positions.get(code="marketer")
    ability = curriculum.framework.abilities.get(code="MK.1")
    start = source.postings.count()
    postings = Posting.objects.bulk_create(
        Posting(
            source=source,
            fingerprint=f"{slug}-{n}",
            title="Marketer",
            text="We want search advertising.",
            employer=f"Employer {n}",
            published=date(2026, 9, 1),
            collected=date(2026, 9, 30),
            language="en",
            position=position,
        )
        for n in range(start, start + count)
    )
    mention = {"ability": ability, "term": "search advertising", "start": 8}
    PostingMention.objects.bulk_create(PostingMention(posting=posting, **mention) for posting in postings)
    return source
