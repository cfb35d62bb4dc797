"""What another school's records are called in a form, and whole forms in which everything else is one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from competencies.models import (
    AbilityTerm,
    CertificationCourse,
    DemandSource,
    OwnTerm,
    Requirement,
)
from curricula.accounts.sessions import sessions_of
from curricula.imports.kinds import KINDS
from curricula.models import Curriculum, PendingImport, Prerequisite, SuggestionDecision
from curricula.scenarios.forms import FORMS
from tests.permissions.posted import Body, general
from tests.permissions.world import Side, World
from tests.uploads import MAPPED, PLAN, POSTINGS

# What a field is called → the other school's records that could stand in it, by number and by short name.
FOREIGN: Final[dict[str, Callable[[Side], list[Any]]]] = {
    "framework": lambda side: [side.framework.pk, side.framework.slug],
    "school": lambda side: [side.school.pk, side.school.slug],
    "owner": lambda side: [side.school.pk, side.school.slug, side.director.pk],
    "source": lambda side: [side.source.slug],
    "target": lambda side: [side.plan.key, Curriculum.everything.get(program=side.plan.program_id, year=2020).key],
    "curricula": lambda side: [side.plan.pk],
    "demand_sources": lambda side: [each.pk for each in DemandSource.objects.filter(owner=side.school)],
    "prepares_for": lambda side: [each.pk for each in side.framework.positions.all()],
    "certifications": lambda side: [each.pk for each in side.framework.certifications.all()],
    "certification": lambda side: [each.pk for each in side.framework.certifications.all()],
    "ability": lambda side: [side.framework.abilities.get(code="MK.1").pk],
    "parent": lambda side: [side.framework.abilities.get(code="MK").pk],
    "course": lambda side: [side.plan.courses.all()[0].pk],
    "courses": lambda side: [side.plan.courses.all()[0].pk],
    "requires": lambda side: [side.plan.courses.all()[0].pk],
    "reference_course": lambda side: [side.framework.reference_courses.get().pk],
    "member": lambda side: [side.school.memberships.get(role="faculty").pk, side.people["faculty"].pk],
    "line": lambda side: [line.pk for line in side.plan.assignments.get().courses.all()],
    "to": lambda side: [side.people["faculty"].pk],
    "scenario": lambda side: [side.plan.scenarios.get().pk],
    "position": lambda side: [side.framework.positions.get(code="marketer").pk],
    "withdraw": lambda side: [
        AbilityTerm.objects.filter(ability__framework=side.framework)[0].pk,
        OwnTerm.objects.get(owner=side.school).pk,
    ],
    "kept": lambda side: [PendingImport.objects.get(user=side.director).pk],
    "session": lambda side: [each.handle for each in sessions_of(side.director)],
    "slug": lambda side: [side.school.slug],
    "undo": lambda side: [SuggestionDecision.objects.get(course__curriculum=side.plan).pk],
    "accept": lambda side: [side.framework.abilities.get(code="MK.1").pk],
    "reject": lambda side: [side.framework.abilities.get(code="MK.1").pk],
    "to-#": lambda side: [side.framework.abilities.get(code="MK.2").pk],
    "prerequisites-#-id": lambda side: [each.pk for each in Prerequisite.objects.filter(course__curriculum=side.plan)],
    "prerequisites-#-course": lambda side: [side.plan.courses.all()[0].pk],
    "prerequisites-#-requires": lambda side: [side.plan.courses.all()[0].pk],
    "requirements-#-id": lambda side: [Requirement.objects.filter(ability__framework=side.framework)[0].pk],
    "requirements-#-position": lambda side: [side.framework.positions.get(code="marketer").pk],
    "requirements-#-ability": lambda side: [side.framework.abilities.get(code="MK.2").pk],
    "courses-#-abilities": lambda side: [side.framework.abilities.get(code="MK.2").pk],
    "courses-#-course": lambda side: [CertificationCourse.objects.get(course__framework=side.framework).course_id],
}

# What is typed, ticked, counted or chosen among words of the program's own: no record stands behind these.
WORDS: Final = (
    "abilities accept- actor all_sheets assessment assessment_agreed assessment_in_place choose citation "
    "closed_on code collected confirmed contact content cooperation course_type covers credits decided_on degree "
    "demonstration department description development_agreed development_in_place direction do document due "
    "echelon email evidence evidence_link examination external faculty_map_all file-clear hires horizon "
    "host_major hours hours_per_week interns keeps_own_codes kind known language language_of_instruction layer "
    "lecturers level licence locked module name new_password# next note note_en note_zh occupations "
    "old_password opened operation origin partner partner_code password program program_title provenance "
    "published publisher rater read reason region remove replace required review_steps role scale_high "
    "scale_low seen share shown signed signed_off signed_off_because simulation since state statement_en "
    "statement_zh status step syllabus term term_last terms text theory time_zone title title_en title_words "
    "title_zh titles_as_terms token total_hours trade_model training_agreed training_in_place until version "
    "what which whom year prerequisites-#-DELETE prerequisites-#-alternative prerequisites-#-external "
    "prerequisites-#-kind requirements-#-DELETE requirements-#-citation requirements-#-level "
    "requirements-#-statement_en requirements-#-statement_zh requirements-#-weight courses-#-DELETE "
    "courses-#-direction place level-# prepared_by recipients introduction teacher_fields "
)
TYPED: Final = frozenset(WORDS.split())
# The same word for something typed: who publishes a framework, the courses of a record by their codes.
TYPED_AT: Final = {
    ("framework-new", "source"),
    ("framework-edit", "source"),
    *((name, "courses") for name in ("record-new", "record-edit")),
    ("course-lock", "course"),
}
SEVERAL: Final = {"demand_sources", "prepares_for", "certifications", "courses", "curricula", "requires"}
OF_FORMSETS: Final = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def anything_of(side: Side) -> list[Any]:
    """For a field that nobody has described here yet: what is often asked for, by number and by name."""
    course, scenario = side.plan.courses.all()[0], side.plan.scenarios.get()
    return [course.pk, scenario.pk, side.people["faculty"].pk, side.plan.pk, side.plan.key, side.school.slug]


def is_typed(name: str, field: str) -> bool:
    return field in TYPED or (name, field) in TYPED_AT or field.endswith(OF_FORMSETS) or field.startswith("[")


def plain(field: str) -> str:
    """A field without its number among several and without what says how it was opened."""
    return general(field).removeprefix("initial-")


def foreign_bodies(name: str, body: Body, asked: set[str], other: Side) -> Iterator[tuple[str, Body]]:
    """The form with another school's record in one field, alone and, where several can be chosen, beside one's own."""
    fields = dict.fromkeys([*body, *(each for each in asked if "#" not in each)])
    for field in fields:
        known = plain(field)
        if is_typed(name, known) or field in ("file", "?kind"):
            continue
        for value in FOREIGN.get(known, anything_of)(other):
            yield field, body | {field: [str(value)]}
            if known in SEVERAL and body.get(field):
                yield field, body | {field: [*body[field], str(value)]}


def whole_bodies(world: World) -> dict[str, list[Body]]:
    """By address: what a page does not hold as it stands, or holds only when there is something to do."""
    side = world.south
    course, scenario = side.plan.courses.all()[0], side.plan.scenarios.get()
    ability = side.plan.framework.abilities.get(code="MK.1")
    cell = {"course": course.pk, "ability": ability.pk, "level": "A", "share": "50", "known": ""}
    edits = {
        "code": "N1", "title": "New", "ability": "MK.2", "level": "A", "hours": "8", "term": "2", "theory": "8",
        "certification": "cert", "reference_course": "ads", "requires": "C1", "abilities": "MK.2", "course": "C1",
    }  # fmt: skip
    bodies: dict[str, list[dict[str, Any]]] = {
        "framework-new": [{"title_en": "Ours", "version": "1", "owner": side.school.pk}],
        "school-lecturers": [{"name": "Zhang", "member": side.school.memberships.get(role="faculty").pk}],
        "session-end": [{"session": "of nobody"}],
        "certificate-link": [{"course": course.pk, "reference_course": _reference(world)}],
        "matrix-cell": [cell, cell | {"rater": "R2"}],
        "suggestions": [{"course": course.pk, do: ability.pk} for do in ("accept", "reject", "undo")],
        "curriculum-settings": [{"prepares_for": side.plan.framework.positions.get(code="marketer").pk}],
        "curriculum-framework": [{"framework": world.framework.pk}],
        "action-new": [{"title": "Do it", "actor": "school", "state": "open", "scenario": scenario.pk}],
        "scenario-edit": [
            {"kind": kind} | {key: value for key, value in edits.items() if key in form.base_fields}
            for kind, form in FORMS.items()
        ],
        "scenario-change": [
            {"do": do, "place": "0", "title": "T", "scenario": scenario.pk} for do in ("copy", "undo")
        ],
        "course-lock": [{"course": course.code, "locked": "1"}],
        "advice-add": [{"ability": code, "scenario": scenario.pk} for code in ("MK.1", "MK.2", "DA.1")],
        "ask": [
            {"which": "chosen", "courses": course.pk, "whom": "member", "due": "2099-10-01"}
            | {"member": side.people["faculty"].pk}
        ],
        "asked-change": [{"do": "reassign", "to": side.people["faculty"].pk}, {"do": "done", "line": "0"}],
        "vocabulary-terms": [{"ability": "MK.1", "text": "ad buying"}, {"ability": "MK.1", "withdraw": "0"}],
        "vocabulary-own": [
            {"ability": "DA.2", "text": "ad buying", "owner": side.school.slug},
            {"ability": "DA.2", "withdraw": "0"},
        ],
        "source-judges": [{"curricula": side.plan.pk}],
        "import": _uploads(world),
    }
    return {name: [{key: [value] for key, value in one.items()} for one in many] for name, many in bodies.items()}


def _reference(world: World) -> int:
    return int(world.framework.reference_courses.get().pk)


def _uploads(world: World) -> list[dict[str, Any]]:
    """One file of each kind, with where it goes."""
    side = world.south
    into = {"school": side.school.pk, "framework": world.framework.pk}
    demand = into | {"source": "mine", "collected": "2026-10-01"}
    new = into | {"target": "", "program": "new", "year": "2031"}
    files: dict[str, tuple[str, list[dict[str, Any]]]] = {
        "curriculum": (PLAN, [new, {"target": side.plan.key}]),
        "postings": (POSTINGS, [demand]),
        "survey": (MAPPED, [demand]),
        "figures": (MAPPED, [demand]),
        "framework": (MAPPED, [into | {"slug": "mine"}]),
    }
    return [
        {"?kind": kind, "file": content, **body}
        for kind in KINDS
        for content, bodies in [files.get(kind, (MAPPED, [into]))]
        for body in bodies
    ]


def as_posted(body: Body) -> dict[str, Any]:
    """A form as the client sends it; what stands for a file becomes one."""
    sent: dict[str, Any] = {name: values for name, values in body.items() if not name.startswith("?")}
    if "file" in sent:
        sent["file"] = SimpleUploadedFile("file.csv", str((body["file"] or [PLAN])[0]).encode())
    return sent
