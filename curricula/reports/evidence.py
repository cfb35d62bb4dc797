"""The evidence behind a report, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from curricula.analysis.frames import EVIDENCE
from curricula.wording import formats, phrases
from curricula.wording.formats import Kind, Showable, Value

from .gap_report import AbilityLine, GapReport


def rests_on_words(lines: Sequence[AbilityLine]) -> str:
    """Which part of the hours of these abilities each kind of evidence holds, weakest first: "declared 62 %, …"."""
    held = {band: sum(getattr(line, f"evidence_{band}") for line in lines) for band in EVIDENCE}
    total = sum(held.values())
    named = [(phrases.evidence_text(band), hours / total) for band, hours in held.items() if hours > 0]
    return phrases.in_a_row(f"{words} {formats.share(part)}" for words, part in named)


def evidence_facts(report: GapReport) -> Iterator[tuple[Value, ...]]:
    """What stands behind the numbers, a fact a row: its title, its value, a note on how to read it."""
    yield from _demand_facts(report)
    agreement = report.agreement
    yield _fact(_("Raters"), agreement.raters, "count", agreement.verdict if agreement.alpha is not None else "")
    yield _fact(_("Krippendorff's α"), agreement.alpha, "index", _alpha_interval(report))
    for course, ability, levels in agreement.unstable:
        yield _fact(_("Raters differ"), levels, "text", f"{course} · {ability}")
    part = report.unmapped_part
    yield _fact(
        _("Hours without a mapping"),
        part,
        "share",
        _("of all theory and practice") if part is not None else _("no hours"),
    )
    by_evidence = rests_on_words(report.abilities) or None
    yield _fact(_("Hours by evidence"), by_evidence, "text", _("what the mappings that give the hours are known from"))
    yield _fact(
        _("Assumed shares"), report.analysis.assumed_shares, "count", _("course–ability mappings without a share")
    )


def _alpha_interval(report: GapReport) -> str:
    low, high = report.agreement.low, report.agreement.high
    if low is None or high is None:
        return report.agreement.verdict
    return _("95 %% interval %(low)s to %(high)s") % {"low": formats.index(low), "high": formats.index(high)}


def _demand_facts(report: GapReport) -> Iterator[tuple[Value, ...]]:
    demand = report.demand
    if demand is None:
        yield _fact(_("Postings"), None, "count", _("no demand source with postings"))
        return
    yield _fact(_("Postings"), demand.postings, "count", _("in the twelve months up to the newest"))
    yield _fact(_("From"), demand.first, "date", "")
    yield _fact(_("To"), demand.last, "date", "")
    yield _fact(_("Mentions"), demand.mentions, "count", _("of abilities in these postings"))
    no_names = _("no posting names its employer") if demand.employers is None else ""
    yield _fact(_("Employers"), demand.employers, "count", no_names)
    yield _fact(_("Postings without employer"), demand.employer_unknown, "count", _("each counts as its own"))
    equal = _("as many of equal size; demand is known from 8 on")
    yield _fact(_("Effective employers"), round(demand.effective_employers, 1), "number", equal)
    worth = _("what the postings are worth for the middle ability, because employers repeat themselves")
    yield _fact(_("Effective postings"), demand.effective_postings, "hours", worth)
    yield _fact(_("Undated postings"), demand.undated, "count", _("counted at their collection date, in no trend"))
    yield _fact(_("Postings in the year before"), demand.postings_before, "count", _("dated ones, for the trend"))
    yield _fact(_("Duplicates set aside"), demand.duplicates_removed, "count", "")
    yield _fact(
        _("Other positions set aside"),
        demand.other_positions,
        "count",
        _("their title names no position prepared for"),
    )
    yield _fact(_("Older postings set aside"), demand.older, "count", _("before both periods"))
    effect = _("by how much repetition within employers widens the tests")
    yield _fact(_("Largest design effect"), demand.design_effect_max, "number", effect)
    notes = dict(demand.notes)
    for source in demand.sources:
        yield _fact(_("Source"), source, "text", notes.get(source, ""))


def _fact(title: str, value: Showable, kind: Kind, note: str) -> tuple[Value, ...]:
    return Value(title), Value(value, kind), Value(note)
