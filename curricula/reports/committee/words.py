"""The fixed words of the committee edition, the same on paper and on the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from curricula.wording import formats

from .edition import CommitteeEdition, Opinion, SignatureLine


def title_of(edition: CommitteeEdition) -> str:
    subject = edition.report.subject
    named = {"program": subject.program, "year": subject.year}
    return _("Revision for the committee: %(program)s, entry %(year)s") % named


def fixed_words() -> dict[str, str]:
    return {
        "edition": _("Committee edition"),
        "page": _("page {page} of {pages}"),
        "finding": _("What was found"),
        "no_changes": _("There is no earlier plan of this program to compare with."),
        "nothing_changed": _("No course differs from the earlier plan."),
        "labels": _("What the labels mean"),
        "no_matrix": _("No course is mapped to an ability yet."),
        "course": _("Course"),
        "courses": _("Courses"),
        "sum": _("Sum"),
        "proposed": _("Proposed"),
        "no_proposal": _("Nothing is proposed about it yet."),
        "no_opinions": _(
            "No opinion of industry is recorded for this plan. Comments on it count as such where their author is "
            "marked as “speaks for industry” among the school's members."
        ),
        "followed": _("What came of it"),
        "step": _("Step"),
        "decision": _("Decision"),
        "document": _("Minutes or document"),
        "name": _("Name in full"),
        "signature": _("Signature"),
        "date": _("Date"),
        "passed": _("passed"),
        "returned": _("returned"),
        "remarks": _("Remarks"),
        "appendix": _("The full gap report with every number and its method is the appendix to this edition."),
    }


def signature_cells(line: SignatureLine) -> list[str]:
    return [line.step, line.decision, line.document, formats.day(line.day) if line.day else ""]


def opinion_cells(opinion: Opinion) -> list[str]:
    return [formats.day(opinion.day), opinion.about, opinion.words, opinion.followed]
