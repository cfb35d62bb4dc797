"""Teaching plans, lists of courses, matrices and mappings on their way into a curriculum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.saving.outcome import Counts
from curricula.fields.course import MODES
from curricula.interchange.aliases import MEANINGS
from curricula.interchange.bundles import read_file
from curricula.interchange.parsed import (
    LIMITS,
    CourseRow,
    ElectiveGroup,
    ParsedCurriculum,
    PrerequisiteRow,
    ReadSettings,
    StatedTotal,
)
from curricula.interchange.totals import ROUNDING
from curricula.interchange.vocabularies import VOCABULARIES
from curricula.models import Curriculum, PendingImport, PlanFigures, Program, School
from curricula.models.curriculum import entered
from curricula.queries import first_step_of
from curricula.records.editing import held
from curricula.records.outcome import ImportOutcome
from curricula.records.saving import import_curriculum
from curricula.records.versions import rows_of_version
from curricula.wording import formats, phrases
from curricula.wording.electives import rule_words

from .flow import ImportKind, Scope
from .forms import CurriculumUploadForm, in_its_language
from .tables import Column, Table

LAYOUTS: Final = {
    "teaching_plan": gettext_lazy("teaching plan"),
    "catalogue": gettext_lazy("list of courses"),
    "curricular_analytics": gettext_lazy("Curricular Analytics file"),
    "matrix": gettext_lazy("matrix of courses and abilities"),
    "mapping": gettext_lazy("list of mappings"),
    "groups": gettext_lazy("list of elective groups"),
    "workbook": gettext_lazy("several tables"),
    "heliocampus": gettext_lazy("HelioCampus file"),
    "watermark": gettext_lazy("Watermark file"),
}


def read_settings(school: School) -> ReadSettings:
    limits = replace(LIMITS, max_bytes=settings.MAX_UPLOAD_BYTES)
    return ReadSettings(hours_per_week=school.hours_per_week, limits=limits)


class CurriculumFile(ImportKind):
    code = "curriculum"
    title = gettext_lazy("A curriculum")
    form = CurriculumUploadForm
    parts = (PlanFigures,)

    def reading(self, pending: PendingImport) -> Callable[[], ParsedCurriculum]:
        chosen = replace(read_settings(self.school(pending)), choices=pending.choices)
        return partial(read_file, bytes(pending.content), name=pending.name, settings=chosen)

    def size(self, parsed: ParsedCurriculum) -> int:
        return len(parsed.courses) + len(parsed.prerequisites) + len(parsed.mappings)

    def school(self, pending: PendingImport) -> School:
        return get_object_or_404(School, slug=pending.target.split("/")[0])

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        return list(MEANINGS.items())

    def vocabularies(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        return VOCABULARIES

    def save(self, pending: PendingImport, parsed: ParsedCurriculum, *, dry_run: bool) -> ImportOutcome:
        self._ensure_program(pending)
        return import_curriculum(
            parsed, key=pending.target, framework=pending.chosen_framework, create=True, dry_run=dry_run
        )

    def _ensure_program(self, pending: PendingImport) -> None:
        """A new program gets the title that was typed; the import alone would only know its short name."""
        slug = pending.target.split("/")[1]
        titles = in_its_language(pending.options.get("program_title") or slug)
        Program.objects.get_or_create(school=self.school(pending), slug=slug, defaults=titles)

    def stands_on(self, pending: PendingImport) -> Sequence[Any]:
        school, program, year = pending.target.split("/")
        plan = Curriculum.objects.newest_version(school=school, program=program, year=int(year))
        return (plan.pk, plan.changed) if plan else ()

    def scope(self, pending: PendingImport) -> Scope | None:
        """The version that the file goes into; an approved one is not changed, and its next version is made anew."""
        school, program, year = pending.target.split("/")
        Program.objects.select_for_update(no_key=True).filter(school__slug=school, slug=program).first()
        plan = Curriculum.objects.newest_version(school=school, program=program, year=int(year))
        if plan is None or not held(plan).editable:
            return None
        return Scope(rows_of_version(plan), school=plan.school, curriculum=plan)

    def verdict(self, pending: PendingImport, parsed: ParsedCurriculum) -> str:
        layout = str(LAYOUTS.get(parsed.layout, parsed.layout))
        words = {"name": pending.name, "layout": layout, "key": _name_of(pending)}
        return _("“%(name)s” is a %(layout)s for %(key)s.") % words

    def counts(self, outcome: ImportOutcome) -> Sequence[tuple[str, Counts]]:
        return (
            (_("Courses"), outcome.courses),
            (_("Prerequisites"), outcome.prerequisites),
            (_("Mappings"), outcome.mappings),
            *(((_("Elective groups"), outcome.groups),) if outcome.groups != Counts() else ()),
        )

    def cautions(self, outcome: ImportOutcome) -> Sequence[str]:
        stays = _("The present version is approved and stays; the file goes into its next version.")
        return (stays,) if outcome.new_version else ()

    def tables(self, pending: PendingImport, parsed: ParsedCurriculum) -> Sequence[Table]:
        return (
            Table("totals", _("Totals that the file states"), parsed.totals, _total_columns()),
            Table("courses", _("Courses"), parsed.courses, list(_course_columns(parsed))),
            Table(
                "prerequisites", _("Prerequisites"), parsed.prerequisites, [Column(_("Prerequisites"), _prerequisite)]
            ),
            Table("groups", _("Elective groups"), parsed.groups, [Column(_("Elective group"), _group, "wide")]),
            Table("mappings", _("Mappings"), parsed.mappings, _mapping_columns()),
        )

    def place(self, pending: PendingImport, outcome: ImportOutcome) -> str:
        if not outcome.new_version:
            return _name_of(pending)
        words = {"key": _name_of(pending), "version": _saved(outcome).version}
        return _("version %(version)s of %(key)s, while the approved version stays as it is") % words

    def next_page(self, pending: PendingImport, outcome: ImportOutcome) -> str:
        curriculum = _saved(outcome)
        return curriculum.page("matrix") if first_step_of(curriculum) else curriculum.get_absolute_url()

    def next_step(self, outcome: ImportOutcome) -> str:
        plan = _saved(outcome)
        if first_step_of(plan) is not None:
            return _("Next: say in this matrix which course serves which ability, and how far.")
        if plan.prepares_for.exists() or plan.certifications.exists() or plan.demand_sources.exists():
            return ""
        return _(
            "No file of courses holds the positions, certificates and demand sources of a plan, nor which course "
            "stands for a certificate's: choose them in the settings and under certificates."
        )

    def start_page(self, pending: PendingImport) -> str:
        return f"{reverse('import')}?to={pending.target}"


def _name_of(pending: PendingImport) -> str:
    """The plan as its pages name it, or will name it."""
    school, slug, year = pending.target.split("/")
    program = Program.objects.filter(school__slug=school, slug=slug).first()
    return entered(program or pending.options.get("program_title") or slug, int(year))


def _saved(outcome: ImportOutcome) -> Curriculum:
    assert outcome.curriculum is not None  # nothing was refused  # noqa: S101
    return outcome.curriculum


def _total_columns() -> list[Column]:
    names = {"credits": _("Credits"), "total_hours": _("Hours")}
    return [
        Column(_("Total"), lambda row: f"{row.label} ({row.row})"),
        Column(_("Of"), lambda row: names[row.field], labelled=True),
        Column(_("Stated"), lambda row: _number(row.stated), "num", labelled=True),
        Column(_("Read"), lambda row: _number(row.read), "num", labelled=True),
        Column(_("Difference"), _difference, "num", labelled=True),
    ]


def _difference(row: StatedTotal) -> str:
    return formats.show(row.read - row.stated, "hours") if abs(row.read - row.stated) > ROUNDING else _("none")


def _course_columns(parsed: ParsedCurriculum) -> Iterator[Column]:
    yield Column(_("Course"), _course_title)
    if "module" in parsed.fields:
        yield Column(_("Module"), lambda row: row.module, "wide")
    yield Column(_("Credits"), lambda row: _range(row.credits, row.credits_max), "num", labelled=True)
    yield Column(_("Term"), lambda row: _range(row.term, row.term_last), "num", labelled=True)
    yield Column(_("Hours"), lambda row: _number(row.total_hours), "num", labelled=True)
    for mode in MODES:
        if any(mode in course.hours for course in parsed.courses):
            yield Column(phrases.mode_text(mode), _hours_of(mode), "num", labelled=True)


def _hours_of(mode: str) -> Any:
    return lambda row: _number(row.hours.get(mode))


def _course_title(row: CourseRow) -> str:
    titles = " · ".join(filter(None, (row.title_zh, row.title_en)))
    return format_html('<span class="soft">{}</span> {}', row.code, titles)


def _number(value: float | None) -> str:
    return formats.show(value, "hours")


def _range(low: float | None, high: float | None) -> str:
    return f"{_number(low)}–{_number(high)}" if high else _number(low)


def _prerequisite(row: PrerequisiteRow) -> str:
    outside = format_html(' <span class="tag na">{}</span>', _("outside the plan")) if row.external else ""
    chosen = format_html(' <span class="tag na">{}</span>', _("choice %(n)s") % {"n": row.alternative})
    return format_html("{} → {}{}{}", row.requires, row.course, outside, chosen if row.alternative else "")


def _group(row: ElectiveGroup) -> str:
    return format_html('{} <span class="soft">{}</span>', row.title, rule_words(row, len(row.courses)))


def _mapping_columns() -> list[Column]:
    return [
        Column(_("Course"), lambda row: row.course),
        Column(_("Ability"), lambda row: row.ability, "wide"),
        Column(_("Level"), lambda row: row.level or "✓", labelled=True),
        Column(_("Share"), lambda row: formats.show(row.share, "share"), "num", labelled=True),
        Column(_("Rater"), lambda row: row.rater, labelled=True),
    ]
