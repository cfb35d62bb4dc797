"""The panel of the incentives in writing (paper 003 §4.2)."""

from __future__ import annotations

from datetime import date

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.incentives import NAMED, Granted, IncentiveFacts, granted
from curricula.fields.incentive import INCENTIVE
from curricula.models import Incentive
from curricula.reports.panels import Block, Figure, Listing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .facts import copied
from .gathered import Gathered
from .panel import nothing, panel

TITLES = {
    "workload": gettext_lazy("Workload of teachers"),
    "review": gettext_lazy("Annual assessment of teachers"),
    "promotion": gettext_lazy("Professional title and appointment"),
    "cash": gettext_lazy("Cash rewards for students"),
    "credits": gettext_lazy("Innovation credits for students"),
    "excellence": gettext_lazy("Evaluation of excellence of students"),
}


def _named_in_paper() -> str:
    names = phrases.in_a_row(str(TITLES[name]) for name in NAMED)
    return _("The paper asks that incentives be determined in documents, and names these: %(names)s.") % {
        "names": names
    }


@panel(
    "incentives",
    gettext_lazy("Incentives"),
    group="conditions",
    papers=("3.6",),
    question=gettext_lazy("Which incentives for teachers and students are written down?"),
    asks=gettext_lazy(
        "This page will show which incentives for teachers and students are written down, and since when."
    ),
    how=(
        lazy(_named_in_paper, str)(),
        gettext_lazy("A line without a document says that none is on record here, not that the school has none."),
    ),
)
def incentives(gathered: Gathered) -> Reading:
    """Which of the incentives that the paper names a document grants, and since when."""
    if not (held := gathered.of(Incentive)):
        why = _("Enter the documents that grant incentives, each with its number, its day and its standard.")
        return nothing(gathered.enter(Incentive, why))
    facts = [copied(IncentiveFacts, each) for each in held]
    lines = granted(facts)
    block = Block(
        "incentives",
        figures=(_written(facts), *(_figure(line, facts) for line in lines)),
        listings=(_listing(held, facts),),
        rules=_rules(),
    )
    return Reading(_sentence(lines), (block,))


def _sentence(lines: list[Granted]) -> str:
    there = [str(TITLES[line.name]) for line in lines if line.incentives]
    absent = [str(TITLES[line.name]) for line in lines if not line.incentives]
    said = _("Of the six incentives that the paper names, %(count)s are granted in writing.") % {"count": len(there)}
    if not absent:
        return said
    without = _("No document on record grants: %(names)s.") % {"names": phrases.in_a_row(absent)}
    return phrases.sentences(said, without)


def _written(facts: list[IncentiveFacts]) -> Figure:
    note = _("of %(count)s on record; the others lack a number or a day") % {"count": len(facts)}
    label = _("Documents with a number and a day")
    return Figure("in_writing", label, sum(each.in_writing for each in facts), note=note, href="#documents")


def _figure(line: Granted, facts: list[IncentiveFacts]) -> Figure:
    days = [day for place in line.incentives if (day := facts[place].issued)]
    note = _since(days) if days else _("no document with a number and a day")
    if line.unwritten:
        note += _("; without a number or a day: %(count)s") % {"count": len(line.unwritten)}
    return Figure(line.name, str(TITLES[line.name]), len(line.incentives), note=note, href="#documents")


def _since(days: list[date]) -> str:
    return _("documents; the newest of %(day)s") % {"day": formats.day(max(days))}


def _rules() -> tuple[Rule, ...]:
    return (
        Rule(_("An incentive is in writing where its document has a number and a day of issue."), "003 §4.2"),
        Rule(
            _(
                "What a document grants is known by the words of its matter and its standard: hours or workload, "
                "assessment, title or appointment for teachers; money, credits, excellence for students."
            ),
            "003 §4.2",
        ),
    )


def _listing(held: list[Incentive], facts: list[IncentiveFacts]) -> Listing:
    return listing(
        "documents",
        _("Documents"),
        zip(held, facts, strict=True),
        (
            ("title", str(capfirst(INCENTIVE.label_of("title"))), "text", lambda row: row[0].title),
            ("number", str(capfirst(INCENTIVE.label_of("document"))), "text", lambda row: row[0].document or None),
            ("issued", _("Issued on"), "text", lambda row: formats.day(row[1].issued) if row[1].issued else None),
            ("audience", _("For whom"), "text", lambda row: row[0].get_audience_display() or None),
            ("standard", _("Standard"), "text", lambda row: row[0].standard or None),
            ("paid", _("Paid"), "text", lambda row: _paid(row[0])),
        ),
        href=lambda row: row[0].get_absolute_url(),
    )


def _paid(record: Incentive) -> str | None:
    return f"{formats.number(record.amount)} {record.currency}" if record.amount is not None else None
