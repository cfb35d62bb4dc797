"""What a link shows, as typed objects; what it shares is read through the link alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from curricula.evaluation.committee import committee_edition, edition_choices
from curricula.evaluation.reports import full_report_for, gap_report_for
from curricula.evaluation.snapshots import kept_report
from curricula.models import SharedLink
from curricula.queries import first_step_of
from curricula.reports.committee.render import render_committee
from curricula.reports.render import Rendered, render
from curricula.reports.tables import Table
from curricula.wording import phrases
from curricula.wording.phrases import LabelTag

What = SharedLink.What


@dataclass(frozen=True)
class Finding:
    title: str
    tag: LabelTag


@dataclass(frozen=True)
class SharedPage:
    school: str
    heading: str
    what: str
    as_of: datetime
    sentence: str
    evidence: str
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]  # of a snapshot
    files: bool
    sample: bool


def shared_page(link: SharedLink, language: str) -> SharedPage:
    """In the language of the moment, which is the one given."""
    plan = link.curriculum
    sentence, evidence, findings, tables = _said(link, language)
    return SharedPage(
        school=str(plan.school),
        heading=_("%(program)s, entry %(year)s, version %(version)s")
        % {"program": plan.program, "year": plan.year, "version": plan.version},
        what=str(link.get_what_display()),
        as_of=link.snapshot.created if link.snapshot else timezone.now(),
        sentence=sentence,
        evidence=evidence,
        findings=findings,
        tables=tables,
        files=link.what != What.SNAPSHOT,
        sample=plan.school.sample,
    )


def _said(link: SharedLink, language: str) -> tuple[str, str, tuple[Finding, ...], tuple[Table, ...]]:
    if link.snapshot is not None:
        kept = kept_report(link.snapshot, language)
        named = (
            Finding(each["title"].get(language, each["code"]), phrases.label_tag(each["label"]))
            for each in link.snapshot.findings
        )
        return kept.sentence, kept.evidence, tuple(named), kept.tables
    if first_step_of(link.curriculum) is not None:
        return _("The plan has nothing to report yet."), "", (), ()
    report = gap_report_for(link.curriculum, language=language)
    found = (Finding(line.title, phrases.label_tag(line.label)) for line in report.abilities)
    return report.sentence, report.evidence, tuple(found), ()


def shared_rendering(link: SharedLink, wanted: str, language: str) -> Rendered:
    """The report or the edition in one of its formats."""
    if link.what == What.REPORT:
        return render(full_report_for(link.curriculum, language=language), wanted)
    choices = edition_choices(link.curriculum)
    return render_committee(committee_edition(link.curriculum, choices=choices, language=language), wanted)
