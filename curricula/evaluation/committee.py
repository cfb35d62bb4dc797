"""The committee edition of a plan: from its report, its frames and what changed since the plan before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from competencies.citations import plain_word
from curricula.models import CommitteeChoices, Curriculum, SchoolLogo
from curricula.reports.committee.composition_tables import composition_tables
from curricula.reports.committee.edition import (
    EVERY_SECTION,
    CommitteeEdition,
    EditionChoices,
    LabelMeaning,
    SignatureLine,
)
from curricula.reports.committee.findings import MOST, finding_lines, told_lines
from curricula.reports.committee.matrix import matrix_of
from curricula.reports.gap_report import DecisionLine, GapReport
from curricula.wording import formats, phrases

from .committee_changes import changes_table, changes_told
from .committee_opinions import opinions_on
from .reports import POLICY, frames_of, full_report_for, words_of
from .version_changes import Changes, changes_between


def committee_edition(
    curriculum: Curriculum, *, choices: EditionChoices | None = None, language: str | None = None
) -> CommitteeEdition:
    """Of an approved plan as it was when it was approved; the words are in one language."""
    chosen = choices or EditionChoices()
    with override(language or get_language() or "en"):
        report = full_report_for(curriculum)
        frames, names = frames_of(curriculum), words_of(curriculum).names
        changes = _changes(curriculum) if "changes" in chosen.sections else None
        explained: set[str] = set()
        return CommitteeEdition(
            report=report,
            choices=chosen,
            cover=tuple(_cover(curriculum, report, chosen)),
            why=tuple(_why(chosen, report)),
            evidence=(report.evidence, *report.first_warnings),
            changes=changes_table(changes) if changes else None,
            changes_told=tuple(changes_told(changes)) if changes else (),
            changes_labels=tuple(_explained(changes, explained)) if changes else (),
            credits=composition_tables(frames, POLICY, names=names, weeks=chosen.weeks),
            matrix=matrix_of(frames, names),
            findings=tuple(finding_lines(report, explained=explained)),
            findings_told=tuple(_findings_told(report)),
            opinions=tuple(opinions_on(curriculum, names)) if "opinions" in chosen.sections else (),
            signatures=tuple(_signatures(curriculum, report.decisions)),
        )


def stored_choices(curriculum: Curriculum) -> CommitteeChoices:
    """Those of the plan, or new ones that are not stored yet, in the reader's language."""
    found = CommitteeChoices.objects.filter(curriculum=curriculum).first()
    every, language = list(EVERY_SECTION), get_language() or "en"
    return found or CommitteeChoices(curriculum=curriculum, sections=every, language=language)


def logo_of(curriculum: Curriculum) -> SchoolLogo | None:
    return SchoolLogo.objects.filter(school=curriculum.program.school_id).first()


def edition_choices(curriculum: Curriculum) -> EditionChoices:
    """As the edition reads them, with the school's logo."""
    stored, logo = stored_choices(curriculum), logo_of(curriculum)
    return EditionChoices(
        sections=tuple(stored.sections),
        prepared_by=stored.prepared_by,
        recipients=tuple(line.strip() for line in stored.recipients.splitlines() if line.strip()),
        reason=stored.reason,
        weeks=stored.weeks,
        logo=bytes(logo.png) if logo else b"",
    )


def earlier_plan(curriculum: Curriculum) -> Curriculum | None:
    """The one that it revises, else the one before it in its program."""
    if curriculum.revises_id is not None:
        return Curriculum.objects.select_related("program__school", "framework").get(pk=curriculum.revises_id)
    plans = Curriculum.objects.filter(program=curriculum.program_id).select_related("program__school", "framework")
    known = list(plans.order_by("year", "version"))
    place = [plan.pk for plan in known].index(curriculum.pk)
    return known[place - 1] if place else None


def _changes(curriculum: Curriculum) -> Changes | None:
    before = earlier_plan(curriculum)
    return changes_between(before, curriculum) if before else None


def _cover(curriculum: Curriculum, report: GapReport, chosen: EditionChoices) -> Iterator[tuple[str, str]]:
    subject, program = report.subject, curriculum.program
    yield _("Program"), subject.program
    yield _("Program code"), program.slug
    yield _("School"), subject.school
    if program.degree:
        yield _("Degree"), plain_word(program.degree)
    yield _("Year of entry"), str(subject.year)
    yield _("Version"), formats.number(subject.version)
    yield _("State"), subject.state_text
    yield _("Framework"), f"{subject.framework_title} {subject.framework_version}".strip()
    yield _("Prepared by"), chosen.prepared_by or formats.MISSING
    if chosen.recipients:
        yield _("For"), phrases.in_parts(chosen.recipients)
    yield _("Date"), formats.day(subject.day)


def _why(chosen: EditionChoices, report: GapReport) -> Iterator[str]:
    """What somebody wrote for this edition, else what was said when the plan was sent to review."""
    sent = [line.reason for line in report.decisions if line.kind == "sent" and line.reason]
    yield from filter(None, (chosen.reason or (sent[-1] if sent else _("No reason is recorded for this revision.")),))


def _explained(changes: Changes, explained: set[str]) -> Iterator[LabelMeaning]:
    """What the labels in the table of changes mean; it is where they stand first."""
    for line in (line for course in changes.courses for line in course.findings):
        if line.label not in explained:
            explained.add(line.label)
            yield LabelMeaning(line.label_text, line.tone, phrases.meaning_text(line.label))


def _findings_told(report: GapReport) -> Iterator[str]:
    found = told_lines(report)
    if report.map_first:
        yield report.map_first
    if not found:
        yield _("On this evidence no ability is surely short and none surely has too much.")
    elif len(found) > MOST:
        said = _("%(shown)s of %(all)s findings, the largest first; the full report has all of them.")
        yield said % {"shown": formats.count(MOST), "all": formats.count(len(found))}


def _signatures(curriculum: Curriculum, decisions: Iterable[DecisionLine]) -> Iterator[SignatureLine]:
    """A line for each step that the school names, and what was decided there since the plan was last sent."""
    last: dict[str, DecisionLine] = {}
    for line in decisions:
        if line.kind == "sent":
            last = {}
        elif line.step:
            last[line.step] = line
    steps = [plain_word(step) or _("Approval") for step in curriculum.school.review_steps or [""]]
    for step in dict.fromkeys((*steps, *last)):
        found = last.get(step)
        if found:
            yield SignatureLine(
                step, phrases.in_a_row(filter(None, (found.kind_text, found.reason))), found.document, found.day
            )
        else:
            yield SignatureLine(step, "", "", None)
