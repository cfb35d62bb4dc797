"""Checked rows of a file into one curriculum: what the file states replaces, what it leaves blank stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from competencies.models import Ability, Framework
from competencies.request_numbers import key_of
from competencies.tabular.problems import Problem
from curricula.fields.course import COURSE, MODES
from curricula.fields.declaration import stated
from curricula.fields.plan import too_many
from curricula.interchange.parsed import CourseRow, MappingRow, ParsedCurriculum, PrerequisiteRow
from curricula.models import HOUR_FIELDS, Course, Curriculum, Mapping, Prerequisite, Program, School
from curricula.rater_codes import rater_code

from .circles import circle_in
from .elective_groups import save_groups
from .names import apply, finder
from .outcome import Counts, ImportOutcome
from .text_lengths import too_long_beside_courses, too_long_for
from .versions import next_version, touch

# Rounding in a file (thirds written as 0.333) must not refuse it.
SHARE_TOLERANCE = 1e-6


class MissingTarget(ValueError):
    """The curriculum named does not exist and was not to be made; the message says what is missing."""


def import_curriculum(
    parsed: ParsedCurriculum,
    *,
    key: str,
    framework: Framework,
    create: bool = False,
    dry_run: bool = False,
) -> ImportOutcome:
    """Save what a file holds into the curriculum `school/program/year`, whole or not at all.

    With `create` the school, the program and the curriculum are made when missing. An approved curriculum is
    not touched: its next version takes the file, unless the file says the same as it. Raises MissingTarget.
    """
    if parsed.refusals:
        return ImportOutcome(refusals=list(parsed.refusals), warnings=list(parsed.warnings))
    with transaction.atomic():
        held = _target(key, framework=framework, create=create)
        curriculum = held if held.editable else next_version(held)
        outcome = ImportOutcome(warnings=list(parsed.warnings), curriculum=curriculum)
        _Merge(curriculum, parsed, outcome).run()
        changes = bool(outcome.total.created or outcome.total.changed)
        outcome.new_version = curriculum is not held and (changes or not outcome.saved)
        if curriculum is not held and not outcome.new_version:
            outcome.curriculum = held
            transaction.set_rollback(True)
        elif outcome.refusals or dry_run:
            transaction.set_rollback(True)
        elif changes:
            touch(curriculum)
    return outcome


def _has_hours(course: Course) -> bool:
    return any(getattr(course, mode) is not None for mode in HOUR_FIELDS)


# The reader's warning of a gap -> whether a course as the plan holds it has what the file does not say.
_TOLD: dict[str, Callable[[Course], bool]] = {
    "missing_hours": lambda course: course.total_hours is not None or _has_hours(course),
    "missing_split": _has_hours,
    "missing_credits": lambda course: course.credits is not None,
    "missing_terms": lambda course: course.term is not None,
}


def _target(key: str, *, framework: Framework, create: bool) -> Curriculum:
    parts = key.strip("/").split("/")
    year = key_of(parts[-1])
    if len(parts) != 3 or year is None or not all(parts):
        raise MissingTarget(_("“%(key)s” is not of the form school/program/year.") % {"key": key})
    school_slug, program_slug = parts[:2]
    if create:
        school, _new = School.objects.get_or_create(slug=school_slug, defaults={"title_en": school_slug})
        Program.objects.get_or_create(school=school, slug=program_slug, defaults={"title_en": program_slug})
    program = _held_program(school_slug, program_slug)
    newest = _held_newest(program, year)
    if newest is not None:
        return _on_framework(newest, framework)
    if not create or program is None:
        raise MissingTarget(_("There is no curriculum “%(key)s” yet.") % {"key": key})
    return Curriculum.objects.create(program=program, year=year, framework=framework)


def _held_program(school: str, slug: str) -> Program | None:
    """One file at a time goes into a program, so that two do not make the same year or version of it."""
    held = Program.objects.select_for_update(of=("self",), no_key=True)
    return held.filter(school__slug=school, slug=slug).first()


def _held_newest(program: Program | None, year: int) -> Curriculum | None:
    held = Curriculum.objects.select_for_update(of=("self",)).filter(program=program, year=year).order_by("-version")
    # Asked twice: who waited for somebody making a next version on a page is given the one before it.
    held.first()
    return held.select_related("program__school", "framework").first()


def _on_framework(curriculum: Curriculum, framework: Framework) -> Curriculum:
    if curriculum.framework_id == framework.pk:
        return curriculum
    message = _("“%(key)s” is mapped on the framework “%(slug)s”; a file for another framework cannot go into it.")
    raise MissingTarget(message % {"key": curriculum.key, "slug": curriculum.framework.slug})


STATED: Final = COURSE.stated_names(without=(*MODES, "hours_assumed"))


def _course_fields(row: CourseRow) -> dict[str, Any]:
    """What the file states of a course, under the model's names; blanks are left out."""
    found = stated(row, STATED) | dict(row.hours)
    if row.hours:
        found["hours_assumed"] = row.hours_assumed
    return found


@dataclass
class _Merge:
    """One file into one curriculum; reads everything once, writes in bulk."""

    curriculum: Curriculum
    parsed: ParsedCurriculum
    outcome: ImportOutcome

    def run(self) -> None:
        self._code_raters()
        self.stated = [_course_fields(row) for row in self.parsed.courses]
        self._refuse_long_texts()
        if self.outcome.refusals:
            return
        self.courses = {course.code: course for course in self.curriculum.courses.all()}
        self.listed = set(self.courses)
        new = {row.code for row in self.parsed.courses} - self.listed
        if new and self._is_too_much(courses=len(self.listed) + len(new)):
            return
        self._save_courses()
        self._forget_gaps_that_the_plan_fills()
        self._warn_of_absent_courses()
        self._save_prerequisites()
        self.outcome.groups = save_groups(self.curriculum, self.parsed, self.courses, unknown=self._unknown_course)
        self._save_mappings()

    def _code_raters(self) -> None:
        """A name is stored nowhere; whoever sent it reads once which code stands for it."""
        told: dict[str, str] = {}
        rows = []
        for row in self.parsed.mappings:
            code = rater_code(self.curriculum.school, row.rater)
            if code != row.rater and row.rater not in told:
                told[row.rater] = code
                words = {"name": row.rater, "code": code}
                message = _("A rater is a code, never a name: “%(name)s” is kept as %(code)s.") % words
                self.outcome.warnings.append(Problem(row.row, "rater", row.rater, "rater_named", message))
            rows.append(replace(row, rater=code))
        self.parsed = replace(self.parsed, mappings=tuple(rows))

    def refuse(self, row: int, column: str, value: str, code: str, message: str) -> None:
        self.outcome.refusals.append(Problem(row, column, value, code, message))

    def _is_too_much(self, **counts: int) -> bool:
        if words := too_many(**counts):
            self.refuse(0, "", "", "too_many", words)
        return bool(words)

    def _refuse_long_texts(self) -> None:
        for row, told in zip(self.parsed.courses, self.stated, strict=True):
            self.outcome.refusals += too_long_for(Course, told, row=row.row)
        self.outcome.refusals += too_long_beside_courses(self.parsed)

    # Courses

    def _save_courses(self) -> None:
        made, changed = [], []
        for position, (row, told) in enumerate(zip(self.parsed.courses, self.stated, strict=True)):
            course = self.courses.get(row.code)
            if course is None:
                course = Course(curriculum=self.curriculum, order=len(self.listed) + position, **told)
                self.courses[row.code] = course
                made.append(course)
            elif apply(course, told):
                changed.append(course)
        bulk_create_with_history(made, Course, batch_size=500)
        if changed:
            fields = [f.name for f in Course._meta.concrete_fields if not f.primary_key and f.name != "curriculum"]
            bulk_update_with_history(changed, Course, fields, batch_size=200)
        unchanged = len(self.parsed.courses) - len(made) - len(changed)
        self.outcome.courses = Counts(len(made), len(changed), unchanged)

    def _forget_gaps_that_the_plan_fills(self) -> None:
        """A file of hours alone says no terms, but the plan has them: nothing is missing there."""
        named = [self.courses[row.code] for row in self.parsed.courses]
        filled = {code for code, told in _TOLD.items() if all(told(course) for course in named)}
        self.outcome.warnings = [problem for problem in self.outcome.warnings if problem.code not in filled]

    def _warn_of_absent_courses(self) -> None:
        absent = self.listed - {row.code for row in self.parsed.courses}
        if self.parsed.courses and absent:
            message = _("%(count)s courses of the plan are not in this file and stay as they are: %(codes)s") % {
                "count": len(absent),
                "codes": _some(sorted(absent)),
            }
            self.outcome.warnings.append(Problem(0, "", "", "absent_courses", message))

    # Prerequisites

    def _save_prerequisites(self) -> None:
        existing: dict[tuple[str, str, int], Prerequisite] = {}
        for item in Prerequisite.objects.of(self.curriculum).select_related("course", "requires"):
            named = item.requires.code if item.requires else item.external
            existing[item.course.code, named, item.alternative] = item
        wanted = {(row.course, row.requires, row.alternative): row for row in self.parsed.prerequisites}
        stated = {course for course, _requires, _alternative in wanted}
        dropped = [item for key, item in existing.items() if key[0] in stated and key not in wanted]
        if self._is_too_much(prerequisites=len(existing.keys() | wanted.keys()) - len(dropped)):
            return
        made: list[Prerequisite] = []
        changed: list[Prerequisite] = []
        for key, row in wanted.items():
            known = existing.get(key)
            if known is None:
                made.append(self._prerequisite(row))
            elif apply(known, {"kind": row.kind}):
                changed.append(known)
        for item in dropped:
            item.delete()
        bulk_create_with_history(made, Prerequisite, batch_size=500)
        if changed:
            bulk_update_with_history(changed, Prerequisite, ["kind"], batch_size=500)
        self.outcome.prerequisites = Counts(
            len(made), len(changed) + len(dropped), len(wanted) - len(made) - len(changed)
        )
        self._refuse_cycle()

    def _prerequisite(self, row: PrerequisiteRow) -> Prerequisite:
        inside = self.courses.get(row.requires)
        named = {"requires": inside, "external": "" if inside else row.requires}
        return Prerequisite(course=self.courses[row.course], kind=row.kind, alternative=row.alternative, **named)

    def _refuse_cycle(self) -> None:
        cycle = circle_in(self.curriculum)
        if cycle:
            path = " → ".join(str(code) for code in cycle)
            self.refuse(
                0,
                "",
                path,
                "prerequisite_cycle",
                _("Courses wait for one another: %(path)s.") % {"path": path},
            )

    # Mappings

    def _save_mappings(self) -> None:
        if not self.parsed.mappings:
            return
        course_of = finder(self.courses.values(), self._unknown_course)
        ability_of = finder(self.curriculum.framework.abilities.leaves(), self._unknown_ability)
        cells: dict[tuple[int, int, str], tuple[MappingRow, Course, Ability]] = {}
        own = _OwnNames()
        listed_of = finder(self.curriculum.framework.abilities.leaves(), own.add, once=False)
        for row in self.parsed.mappings:
            course = course_of(row.row, row.course)
            ability = (listed_of if row.listed else ability_of)(row.row, row.ability)
            if course is not None and ability is not None:
                cells[course.pk, ability.pk, row.rater] = (row, course, ability)
        self.outcome.warnings += own.warnings()
        self._write_cells(cells)
        self._refuse_overfull()

    def _write_cells(self, cells: dict[tuple[int, int, str], tuple[MappingRow, Course, Ability]]) -> None:
        existing = {(m.course_id, m.ability_id, m.rater): m for m in Mapping.objects.of(self.curriculum)}
        ratings = sum(bool(rater) for _course, _ability, rater in existing.keys() | cells.keys())
        if self._is_too_much(cells=len(existing.keys() | cells.keys()) - ratings, ratings=ratings):
            return
        made, changed = [], []
        for key, (row, course, ability) in cells.items():
            stated = _mapping_fields(row)
            mapping = existing.get(key)
            if mapping is None:
                made.append(Mapping(course=course, ability=ability, rater=row.rater, **stated))
            elif apply(mapping, stated):
                changed.append(mapping)
        bulk_create_with_history(made, Mapping, batch_size=500)
        if changed:
            fields = ["level", "strength", "share", "weight", "evidence", "provenance", "state"]
            bulk_update_with_history(changed, Mapping, fields, batch_size=500)
        self.outcome.mappings = Counts(len(made), len(changed), len(cells) - len(made) - len(changed))

    def _refuse_overfull(self) -> None:
        totals: dict[tuple[str, str], float] = defaultdict(float)
        rows = Mapping.objects.of(self.curriculum).filter(share__isnull=False)
        for code, rater, share in rows.values_list("course__code", "rater", "share"):
            totals[code, rater] += share or 0
        for (code, _rater), total in totals.items():
            if total > 1 + SHARE_TOLERANCE:
                message = _("The shares of course %(code)s add up to %(total)s; they may add up to 1 at most.")
                values = {"code": code, "total": f"{total:.3g}"}
                self.refuse(0, "share", code, "shares_above_1", message % values)

    def _unknown_course(self, row: int, name: str) -> None:
        message = _("There is no course “%(name)s” in the file or in the plan.") % {"name": name}
        self.refuse(row, "course", name, "unknown_course", message)

    def _unknown_ability(self, row: int, name: str) -> None:
        message = _("The framework has no ability “%(name)s”; use its code or its exact title.") % {"name": name}
        self.refuse(row, "ability", name, "unknown_ability", message)


class _OwnNames:
    """Names in a plan's column of abilities that the framework does not have: the school's own requirements."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = defaultdict(list)

    def add(self, row: int, name: str) -> None:
        self.rows[name.strip()].append(row)

    def warnings(self) -> Iterator[Problem]:
        for name, rows in self.rows.items():
            message = _(
                "The framework has no ability “%(name)s”, so it maps no course; it stands in row %(rows)s."
            ) % {
                "name": name,
                "rows": _some([str(row) for row in rows]),
            }
            yield Problem(rows[0], _("ability"), name, "own_ability", message)


def _mapping_fields(row: MappingRow) -> dict[str, Any]:
    fields = {
        "level": row.level,
        "strength": row.strength,
        "share": row.share,
        "weight": row.weight,
        "evidence": row.evidence,
        "provenance": row.provenance,
        "state": Mapping.State.ACCEPTED,
    }
    return {name: value for name, value in fields.items() if value is not None and value != ""}


def _some(codes: list[str], most: int = 12) -> str:
    return ", ".join(codes[:most]) + (" …" if len(codes) > most else "")
