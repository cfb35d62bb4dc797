"""A scenario as a document for a committee: what would change, what it would do, and how to read the figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from curricula.reports.gap_report import GapReport, ReportSubject
from curricula.reports.json_report import report_data
from curricula.reports.pdf_report import printed_table, script, settable, typeset
from curricula.reports.render import Rendered
from curricula.reports.table import Table
from curricula.wording import formats

SCHEMA: Final = "talentgap.proposal/1"
TEMPLATE: Final = Path(__file__).with_name("proposal.typ")


@dataclass(frozen=True)
class Proposal:
    """Every word and number of the document; `report` is the gap report of the plan as it would be."""

    number: int
    subject: ReportSubject
    version: int
    title: str
    note: str
    state: str
    author: str  # "" where the account is gone
    edits: tuple[str, ...]
    stored: tuple[dict[str, Any], ...]  # the edits as edit_to_json writes them
    tables: tuple[Table, ...]  # each before and after
    warnings: tuple[str, ...]
    method: tuple[str, ...]
    report: GapReport

    @property
    def heading(self) -> str:
        values = {"program": self.subject.program, "year": self.subject.year, "version": self.version}
        return _("%(program)s, entry %(year)s, version %(version)s") % values


def html_proposal(proposal: Proposal) -> bytes:
    """One file that asks nothing of any host."""
    return render_to_string("curricula/scenarios/proposal_report.html", {"proposal": proposal}).encode()


def pdf_proposal(proposal: Proposal) -> bytes:
    subject = proposal.subject
    made = formats.day(subject.day)
    data = {
        **script(subject.language),
        "title": proposal.title,
        "school": subject.school,
        "heading": proposal.heading,
        "framework": f"{subject.framework_title} {subject.framework_version} · {made}",
        "facts": _facts(proposal),
        "footer": f"{subject.school} · {proposal.title} · {made}",
        "date": [subject.day.year, subject.day.month, subject.day.day],
        "sample": _("Invented sample data: no figure here is about a real school or a real employer.")
        if subject.sample
        else "",
        "cautions": [],
        "note": proposal.note,
        "edits": list(proposal.edits),
        "tables": [printed_table(table) for table in proposal.tables],
        "warnings": list(proposal.warnings),
        "method": list(proposal.method),
        "words": {
            "proposal": _("Proposal"),
            "edits": _("What would change in the plan"),
            "warnings": _("Read with care"),
            "method": _("How to read the figures"),
            "nothing": _("Nothing changes here."),
            "page": _("page {page} of {pages}"),
        },
    }
    return typeset(settable(data), template=TEMPLATE)


def json_proposal(proposal: Proposal) -> bytes:
    """The edits, each number before and after, and the whole gap report of the plan as it would be."""
    data = {
        "schema": SCHEMA,
        "curriculum": proposal.subject.key,
        "version": proposal.version,
        "title": proposal.title,
        "note": proposal.note,
        "created": proposal.subject.created.isoformat(),
        "edits": list(proposal.stored),
        "effect": {table.key: _rows(table) for table in proposal.tables},
        "report": report_data(proposal.report),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _facts(proposal: Proposal) -> str:
    by = _("by %(author)s") % {"author": proposal.author} if proposal.author else ""
    return " · ".join(part for part in (proposal.state, by) if part)


def _rows(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (cell.value for cell in row), strict=True)) for row in table.rows]


_FORMATS: Final[dict[str, tuple[Callable[[Proposal], bytes], str]]] = {
    "pdf": (pdf_proposal, "application/pdf"),
    "html": (html_proposal, "text/html; charset=utf-8"),
    "json": (json_proposal, "application/json"),
}
PROPOSAL_FORMATS: Final[Iterable[str]] = tuple(_FORMATS)


def render_proposal(proposal: Proposal, format: str) -> Rendered:  # noqa: A002  as in the address
    """The proposal in one of PROPOSAL_FORMATS. Raises KeyError for any other."""
    write, content_type = _FORMATS[format]
    name = f"proposal-{proposal.subject.key.replace('/', '-')}-{proposal.number}.{format}"
    with override(proposal.subject.language):
        return Rendered(content=write(proposal), content_type=content_type, filename=name)
