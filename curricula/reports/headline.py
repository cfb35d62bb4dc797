"""The one sentence that opens a report, and the line of evidence under it; both stay true when little is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from curricula.analysis.frames import CurriculumFrames, DemandEvidence, GapAnalysis
from curricula.reports.gap_report import AbilityLine, SentencePart
from curricula.wording import formats, phrases

_CLAUSES: Final = {  # of the wanted abilities: some, all of several, the only one
    "practised": (
        gettext_noop("practises %(count)s"),
        gettext_noop("practises all of them"),
        gettext_noop("practises it"),
    ),
    "none_practised": (gettext_noop("practises none"),) * 3,
    "lectured": (
        gettext_noop("only lectures on %(count)s"),
        gettext_noop("only lectures on all of them"),
        gettext_noop("only lectures on it"),
    ),
    "left_out": (
        gettext_noop("leaves out %(count)s"),
        gettext_noop("leaves out all of them"),
        gettext_noop("leaves it out"),
    ),
    "unstated": (
        gettext_noop("states no hours for %(count)s"),
        gettext_noop("states no hours for any of them"),
        gettext_noop("states no hours for it"),
    ),
    "unmapped": (
        gettext_noop("has no mapping yet for %(count)s"),
        gettext_noop("has no mapping yet for any of them"),
        gettext_noop("has no mapping for it yet"),
    ),
}
_STRONG: Final = ("lectured", "left_out")
_LEFT_OUT: Final = ("untaught", "untaught_emerging")  # without hours, any other label means that none are stated
_Z: Final = 1.96


@dataclass(frozen=True)
class Wanted:
    """The abilities that a plan is judged by: those asked for by employers, and those required by positions."""

    lines: tuple[AbilityLine, ...]
    asked: frozenset[str]
    required: frozenset[str]

    @property
    def total(self) -> int:
        return len(self.lines)


def headline(
    lines: Sequence[AbilityLine], *, analysis: GapAnalysis, frames: CurriculumFrames
) -> tuple[SentencePart, ...]:
    """The finding in pieces; those that state the gap are strong."""
    wanted = wanted_abilities(lines, analysis)
    if frames.courses.empty:
        return (SentencePart(_("This plan has no courses yet, so there is nothing to compare.")),)
    sentences = [[SentencePart(_head(wanted))], _body(lines, wanted=wanted, frames=frames, analysis=analysis)]
    if not _demand_known(analysis):
        sentences.append([SentencePart(_demand_unknown(analysis.evidence))])
    return tuple(_spaced(sentences))


def wanted_abilities(lines: Sequence[AbilityLine], analysis: GapAnalysis) -> Wanted:
    floor = analysis.policy.demand_floor
    codes = set(analysis.abilities.index[analysis.abilities["wanted"].astype(bool)])
    return Wanted(
        lines=tuple(line for line in lines if line.code in codes),
        asked=frozenset(
            line.code
            for line in lines
            if not line.demand_unknown and line.demand_low is not None and line.demand_low > floor
        ),
        required=frozenset(line.code for line in lines if line.required_share),
    )


def evidence_line(lines: Sequence[AbilityLine], *, analysis: GapAnalysis) -> str:
    """Postings, employers and period, what was set aside, and how much stays open, in one line."""
    evidence = analysis.evidence
    if evidence is None:
        facts = [_("No postings: the plan is compared with itself and with the positions' requirements only")]
    else:
        facts = list(_counted(evidence))
    inconclusive = sum(line.label == "inconclusive" for line in lines)
    if inconclusive:
        facts.append(_open(inconclusive, evidence if _demand_known(analysis) else None))
    return " · ".join(facts)


def _head(wanted: Wanted) -> str:
    count = {"count": formats.count(wanted.total)}
    codes = {line.code for line in wanted.lines}
    if not codes:
        return _("No ability is required, or asked for often enough, to judge this plan by.")
    if codes <= wanted.asked:
        return (
            ngettext("Employers ask for %(count)s ability.", "Employers ask for %(count)s abilities.", len(codes))
            % count
        )
    if not wanted.asked:
        return (
            ngettext(
                "The positions of this plan require %(count)s ability.",
                "The positions of this plan require %(count)s abilities.",
                len(codes),
            )
            % count
        )
    return (
        ngettext(
            "Employers and the positions of this plan ask for %(count)s ability.",
            "Employers and the positions of this plan ask for %(count)s abilities.",
            len(codes),
        )
        % count
    )


def _body(
    lines: Sequence[AbilityLine], *, wanted: Wanted, frames: CurriculumFrames, analysis: GapAnalysis
) -> list[SentencePart]:
    courses = len(frames.courses)
    if frames.mappings.empty:
        sentence = ngettext(
            "The %(count)s course of this plan is not mapped to any ability yet, so no gap can be measured.",
            "None of the %(count)s courses of this plan is mapped to an ability yet, so no gap can be measured.",
            courses,
        )
        return [SentencePart(sentence % {"count": formats.count(courses)})]
    if not analysis.abilities["exposure_hours"].sum() > 0:
        return [
            SentencePart(_("The mapped courses state no hours of theory or practice, so no share can be measured."))
        ]
    tail = _largest(lines)
    return [*_clauses(wanted), *tail] if wanted.lines else []


def _clauses(wanted: Wanted) -> list[SentencePart]:
    counts = _partition(wanted.lines)
    kinds = [kind for kind, count in counts.items() if count]
    if "practised" not in kinds and len(kinds) > 1:
        kinds = ["none_practised", *kinds]
    parts: list[SentencePart] = []
    for place, kind in enumerate(kinds):
        strong = kind in _STRONG
        if place:
            between = _(" and ") if place == len(kinds) - 1 else _(", ")
            parts.append(SentencePart(between, strong=strong and parts[-1].strong))
        parts.append(SentencePart(_clause(kind, counts.get(kind, 0), wanted.total), strong=strong))
    before, _placeholder, after = _("This plan %(clauses)s").partition("%(clauses)s")
    return _merged([SentencePart(before), *parts, SentencePart(after)])


def _partition(lines: Iterable[AbilityLine]) -> dict[str, int]:
    counts = dict.fromkeys(("practised", "lectured", "left_out", "unstated", "unmapped"), 0)
    for line in lines:
        counts[_part_of(line)] += 1
    return counts


def _part_of(line: AbilityLine) -> str:
    if line.practised_hours > 0:
        return "practised"
    if line.taught_hours > 0:
        return "lectured"
    if line.label == "mapping_missing":
        return "unmapped"
    return "left_out" if line.label in _LEFT_OUT else "unstated"


def _clause(kind: str, count: int, total: int) -> str:
    some, every, only = _CLAUSES[kind]
    if count < total:
        return _(some) % {"count": formats.count(count)}
    return _(only) if total == 1 else _(every)


def _largest(lines: Sequence[AbilityLine]) -> list[SentencePart]:
    first = next((line for line in lines if line.tone == "gap"), None)
    if first is None:
        return [SentencePart(_("; no gap is certain."))]
    endings = {
        "rising": _("; the largest shortfall is %(ability)s, and demand for it is growing."),
        "falling": _("; the largest shortfall is %(ability)s, though demand for it is falling."),
    }
    return [
        SentencePart(endings.get(first.trend, _("; the largest shortfall is %(ability)s.")) % {"ability": first.title})
    ]


def _demand_known(analysis: GapAnalysis) -> bool:
    return analysis.evidence is not None and analysis.evidence.postings >= analysis.policy.min_postings


def _demand_unknown(evidence: DemandEvidence | None) -> str:
    if evidence is None or not evidence.postings:
        return _("What employers ask for is unknown: there are no postings.")
    sentence = ngettext(
        "What employers ask for is unknown: %(count)s posting is too few.",
        "What employers ask for is unknown: %(count)s postings are too few.",
        evidence.postings,
    )
    return sentence % {"count": formats.count(evidence.postings)}


def _counted(evidence: DemandEvidence) -> Iterable[str]:
    number = evidence.postings
    postings = ngettext("%(count)s posting", "%(count)s postings", number) % {"count": formats.count(number)}
    if not number:
        yield postings
        return
    yield _("%(postings)s, %(period)s") % {"postings": _by_employer(postings, evidence), "period": _period(evidence)}
    if evidence.undated:
        count = {"count": formats.count(evidence.undated)}
        yield ngettext("%(count)s undated, in no trend", "%(count)s undated, in no trend", evidence.undated) % count
    if evidence.duplicates_removed:
        removed = evidence.duplicates_removed
        counted = ngettext("%(count)s duplicate set aside", "%(count)s duplicates set aside", removed)
        yield counted % {"count": formats.count(removed)}


def _by_employer(postings: str, evidence: DemandEvidence) -> str:
    if evidence.employers is None:
        return _("%(postings)s whose employers are not named") % {"postings": postings}
    number = evidence.employers
    employers = ngettext("%(count)s employer", "%(count)s employers", number) % {"count": formats.count(number)}
    return _("%(postings)s from %(employers)s") % {"postings": postings, "employers": employers}


def _period(evidence: DemandEvidence) -> str:
    first, last = formats.month(evidence.first), formats.month(evidence.last)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _open(abilities: int, evidence: DemandEvidence | None) -> str:
    """How many stay open and, where postings are at hand, what more of them would buy."""
    count = {"count": formats.count(abilities)}
    counted = ngettext("%(count)s ability is inconclusive", "%(count)s abilities are inconclusive", abilities) % count
    if evidence is None:
        return counted
    # Half the widest Wilson interval, that of a rate of one half.
    margin = 100 * _Z / (2 * sqrt(evidence.postings + _Z**2))
    return _(
        "%(counted)s: a rate is known to ±%(margin)s points at best, four times the postings would halve that"
    ) % {
        "counted": counted,
        "margin": formats.number(round(margin, 1)),
    }


def _spaced(sentences: Iterable[Sequence[SentencePart]]) -> list[SentencePart]:
    parts: list[SentencePart] = []
    for sentence in sentences:
        if parts and sentence:
            parts.append(SentencePart(phrases.space()))
        parts.extend(sentence)
    return _merged(parts)


def _merged(parts: Iterable[SentencePart]) -> list[SentencePart]:
    """Neighbours of one kind joined and empty pieces dropped, so that a page marks each gap once."""
    merged: list[SentencePart] = []
    for part in parts:
        if merged and merged[-1].strong == part.strong:
            merged[-1] = SentencePart(merged[-1].text + part.text, strong=part.strong)
        elif part.text:
            merged.append(part)
    return merged
