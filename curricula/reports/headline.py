"""The one sentence that opens a report, and the line of evidence under it; both stay true when little is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from competencies.analysis.effective import LEAST_EMPLOYERS
from curricula.analysis.frames import CurriculumFrames, DemandEvidence, GapAnalysis
from curricula.reports.gap_report import AbilityLine, SentencePart
from curricula.wording import formats, phrases
from curricula.wording.formats import plural

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
    "practice_unstated": (
        gettext_noop("does not say whether it practises %(count)s"),
        gettext_noop("does not say whether it practises any of them"),
        gettext_noop("does not say whether it practises it"),
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
    "weaker": (
        gettext_noop("has only weaker evidence of %(count)s"),
        gettext_noop("has only weaker evidence of all of them"),
        gettext_noop("has only weaker evidence of it"),
    ),
    "unmapped": (
        gettext_noop("has no mapping yet for %(count)s"),
        gettext_noop("has no mapping yet for any of them"),
        gettext_noop("has no mapping for it yet"),
    ),
}
_STRONG: Final = ("lectured", "left_out")
_LEFT_OUT: Final = ("untaught", "untaught_emerging")  # without hours, any other label means that none are stated
MOST_NAMED: Final = 6  # abilities in a sentence


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
    head, unmeasured = [SentencePart(_head(wanted))], _unmeasured(frames, analysis)
    if unmeasured or analysis.unfinished:
        return tuple(_spaced([head, [SentencePart(unmeasured or _unfinished(analysis, wanted))]]))
    if not analysis.demand_unknown:
        return tuple(_spaced([head, [*_clauses(wanted), *_largest(lines)] if wanted.lines else []]))
    unknown = [SentencePart(_demand_unknown(analysis))]
    return tuple(_spaced([unknown, _listed_clauses(wanted) if wanted.lines else head]))


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
    inconclusive = sum(line.label == "inconclusive" and not line.weaker for line in lines)
    if inconclusive:
        facts.append(
            plural(
                "%(count)s ability is inconclusive; its reasons say what would tell",
                "%(count)s abilities are inconclusive; their reasons say what would tell",
                inconclusive,
            )
        )
    return " · ".join(facts)


def _head(wanted: Wanted) -> str:
    if not wanted.lines:
        return _("No ability is required, or asked for often enough, to judge this plan by.")
    if wanted.asked.issuperset(line.code for line in wanted.lines):
        return plural("Employers ask for %(count)s ability.", "Employers ask for %(count)s abilities.", wanted.total)
    if not wanted.asked:
        return plural(
            "The positions of this plan require %(count)s ability.",
            "The positions of this plan require %(count)s abilities.",
            wanted.total,
        )
    return plural(
        "Employers and the positions of this plan ask for %(count)s ability.",
        "Employers and the positions of this plan ask for %(count)s abilities.",
        wanted.total,
    )


def _unmeasured(frames: CurriculumFrames, analysis: GapAnalysis) -> str:
    """Why no gap can be measured; "" where it can."""
    if frames.mappings.empty:
        return plural(
            "The %(count)s course of this plan is not mapped to any ability yet, so no gap can be measured.",
            "None of the %(count)s courses of this plan is mapped to an ability yet, so no gap can be measured.",
            len(frames.courses),
        )
    if not analysis.abilities["exposure_hours"].sum() > 0:
        return _("The mapped courses state no hours of theory or practice, so no share can be measured.")
    return ""


def _unfinished(analysis: GapAnalysis, wanted: Wanted) -> str:
    return plural(
        "The mapping is not finished, so nothing is judged yet: %(part)s of all theory and practice reach no ability, "
        "and %(count)s of them has no course.",
        "The mapping is not finished, so nothing is judged yet: %(part)s of all theory and practice reach no ability, "
        "and %(count)s of them have no course.",
        sum(line.label == "mapping_missing" for line in wanted.lines),
        part=formats.share(analysis.unmapped_part or 0.0),
    )


def _listed_clauses(wanted: Wanted) -> list[SentencePart]:
    """Counts and names in the framework's order, because without demand nothing is largest."""
    parts = [
        SentencePart(_clause(kind, len(found), wanted.total + 1) + _named(found), strong=kind in _STRONG)
        for kind in ("left_out", "lectured", "practice_unstated", "unstated", "weaker", "unmapped")
        if (found := [line.title for line in wanted.lines if _part_of(line) == kind])
    ]
    if not parts:
        parts = [SentencePart(_("leaves out none"))]
    head = plural("Of %(count)s required ability the plan ", "Of %(count)s required abilities the plan ", wanted.total)
    between = [SentencePart(_("; it ") if place else head) for place in range(len(parts))]
    joined = [part for pair in zip(between, parts, strict=True) for part in pair]
    return _merged([*joined, SentencePart(_("."))])


def _named(titles: Sequence[str]) -> str:
    return _(": %(names)s") % {"names": phrases.in_a_row(phrases.first_of(titles, MOST_NAMED))}


def _clauses(wanted: Wanted) -> list[SentencePart]:
    counts = Counter(_part_of(line) for line in wanted.lines)
    kinds = [kind for kind in _CLAUSES if counts[kind]]
    if "practised" not in kinds and "practice_unstated" not in kinds and len(kinds) > 1:
        kinds = ["none_practised", *kinds]
    parts: list[SentencePart] = []
    for place, kind in enumerate(kinds):
        strong = kind in _STRONG
        if place:
            between = _(" and ") if place == len(kinds) - 1 else _(", ")
            parts.append(SentencePart(between, strong=strong and parts[-1].strong))
        parts.append(SentencePart(_clause(kind, counts[kind], wanted.total), strong=strong))
    before, _placeholder, after = _("This plan %(clauses)s").partition("%(clauses)s")
    return _merged([SentencePart(before), *parts, SentencePart(after)])


def _part_of(line: AbilityLine) -> str:
    if line.practised_low > 0:
        return "practised"
    if line.exposure_hours > 0:
        return "lectured" if line.practised_high == 0 else "practice_unstated"
    if line.weaker:
        return "weaker"
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


def _demand_unknown(analysis: GapAnalysis) -> str:
    evidence = analysis.evidence
    if evidence is None or not evidence.postings:
        return _("Employers' demand is unknown (no postings).")
    if analysis.demand_unknown == "too_few_employers":
        return _(
            "Employers' demand is unknown (%(postings)s postings, whose employers count as %(employers)s of equal "
            "size, %(needed)s needed)."
        ) % {
            "postings": formats.count(evidence.postings),
            "employers": formats.number(round(evidence.repetition.effective_employers, 1)),
            "needed": formats.count(LEAST_EMPLOYERS),
        }
    return plural(
        "Employers' demand is unknown (%(postings)s posting, %(needed)s needed).",
        "Employers' demand is unknown (%(postings)s postings, %(needed)s needed).",
        evidence.postings,
        postings=formats.count(evidence.postings),
        needed=formats.count(analysis.policy.min_postings),
    )


def _counted(evidence: DemandEvidence) -> Iterable[str]:
    postings = plural("%(count)s posting", "%(count)s postings", evidence.postings)
    if not evidence.postings:
        yield postings
        return
    yield _("%(postings)s, %(period)s") % {"postings": _by_employer(postings, evidence), "period": _period(evidence)}
    if evidence.undated:
        yield plural("%(count)s undated, in no trend", "%(count)s undated, in no trend", evidence.undated)
    if removed := evidence.duplicates_removed:
        yield plural("%(count)s duplicate set aside", "%(count)s duplicates set aside", removed)


def _by_employer(postings: str, evidence: DemandEvidence) -> str:
    if evidence.employers is None:
        return _("%(postings)s whose employers are not named") % {"postings": postings}
    employers = plural("%(count)s employer", "%(count)s employers", evidence.employers)
    named = _("%(postings)s from %(employers)s") % {"postings": postings, "employers": employers}
    repetition = evidence.repetition
    worth, known = repetition.effective_postings, repetition.effective_employers >= LEAST_EMPLOYERS
    if not (known and repetition.noticeable) or isnan(worth):
        return named
    repeated = _("%(named)s, worth %(worth)s because employers repeat themselves")
    return repeated % {"named": named, "worth": formats.count(round(worth))}


def _period(evidence: DemandEvidence) -> str:
    first, last = formats.month(evidence.first), formats.month(evidence.last)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


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
