"""From the numbers and codes of an analysis to a report in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, Final

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import override

from curricula.analysis.ability_stats import STATUSES
from curricula.analysis.agreement import reliability
from curricula.analysis.electives import group_parts
from curricula.analysis.frames import (
    MODES,
    PAIRS,
    TAUGHT_MODES,
    Agreement,
    CertificationReadiness,
    CurriculumFrames,
    DemandEvidence,
    GapAnalysis,
    Notice,
    PairAlignment,
    Policy,
    last_terms,
)
from curricula.analysis.known import known, known_count
from curricula.analysis.labels import assessment_unknown
from curricula.analysis.next_evidence import UNDECIDED, Step
from curricula.analysis.optimise.optimiser import HoursPlan
from curricula.analysis.teaching_hours import assessment_stated
from curricula.analysis.warnings import MOST_UNMAPPED
from curricula.reports.headline import evidence_line, headline
from curricula.wording import formats, phrases
from curricula.wording.electives import rule_words
from curricula.wording.messages import reason_words, sentence, undefined
from curricula.wording.names import Names
from curricula.wording.next_evidence import step_words, work_words, worth_words

from .advice import hours_advice, map_first, recommendation, titles_of
from .gap_report import (
    ABILITY,
    AbilityLine,
    AgreementLine,
    AreaLine,
    CertificationLine,
    CourseLine,
    DemandLine,
    EvidenceLine,
    GapReport,
    GroupLine,
    IndexLine,
    LabelLine,
    ParameterLine,
    PositionLine,
    ReportSubject,
    WarningLine,
)

_RANKS: Final = {
    **{"gap": 0, "over": 1, "mapping_missing": 2, "practice_unstated": 2},
    **{"inconclusive": 3, "no_finding": 3, "na": 2, "ok": 4, "outside": 5},
}
_PRACTICE_LABELS: Final = ("theory_without_practice", "under_practised", "under_taught_and_practised")


def build_report(
    analysis: GapAnalysis,
    *,
    frames: CurriculumFrames,
    subject: ReportSubject,
    names: Names,
    plan: HoursPlan | None = None,
) -> GapReport:
    """The report on `frames` that `analysis` supports, and on what hours alone can do, in the words of
    `subject.language`.
    """
    with override(subject.language):
        return _report(analysis, frames=frames, subject=subject, names=names, plan=plan)


def _report(
    analysis: GapAnalysis, *, frames: CurriculumFrames, subject: ReportSubject, names: Names, plan: HoursPlan | None
) -> GapReport:
    abilities = ability_lines(analysis, names, weaker=Counter(frames.left_out))
    told = assessment_stated(frames)
    return GapReport(
        subject=subject,
        policy=analysis.policy,
        analysis=analysis,
        sentence_parts=headline(abilities, analysis=analysis, frames=frames),
        evidence=phrases.space().join(_evidence_lines(abilities, analysis, names)),
        demand=_demand(analysis.evidence, subject),
        abilities=abilities,
        areas=tuple(
            AreaLine(str(code), names.abilities.get(str(code), str(code)), _area_hours(row))
            for code, row in analysis.areas.iterrows()
        ),
        unmapped=_area_hours(analysis.unmapped),
        unmapped_part=analysis.unmapped_part,
        indices=tuple(_index(pair, analysis.alignment[pair], names) for pair in PAIRS if pair in analysis.alignment),
        positions=tuple(_position(str(code), row, names, told=told) for code, row in analysis.positions.iterrows()),
        certifications=tuple(_certification(readiness, names) for readiness in analysis.certifications),
        courses=course_lines(frames, names),
        groups=tuple(_groups(frames)),
        recommendations=tuple(recommendation(advice, names, plan) for advice in analysis.recommendations),
        hours=hours_advice(plan, names) if plan and analysis.recommendations and not analysis.demand_unknown else None,
        map_first=map_first(analysis, names),
        warnings=tuple(_warnings(analysis, subject=subject, names=names)),
        agreement=_agreement(analysis.agreement, names),
        labels=tuple(_labels(abilities)),
        parameters=tuple(_parameters(analysis.policy)),
        method=tuple(_(paragraph) for paragraph in phrases.METHOD),
    )


def _evidence_lines(abilities: tuple[AbilityLine, ...], analysis: GapAnalysis, names: Names) -> Iterable[str]:
    """Where not all mappings are judged by, that comes first: the sentence above is true of the others only."""
    yield from (sentence(notice, names) for notice in analysis.warnings if notice.code == "least_evidence")
    yield evidence_line(abilities, analysis=analysis)


def ability_lines(analysis: GapAnalysis, names: Names, *, weaker: Mapping[str, int]) -> tuple[AbilityLine, ...]:
    """The counted abilities, largest misalignment first: gaps, excesses, what is missing or open, then what fits.

    Where demand is unknown nothing has a size to be ordered by: then they stand as in the framework. Of an unfinished
    mapping no size is told to fit or not.
    `weaker`: mappings by ability that too little evidence stands behind to be judged by.
    """
    counted = analysis.abilities[analysis.abilities["counted"].astype(bool)]
    if analysis.unfinished:
        counted = counted.assign(**dict.fromkeys(STATUSES.values(), "unknown"))
    rows = counted.to_dict("index").items()
    lines = [_ability(str(code), row, names, weaker=weaker.get(str(code), 0)) for code, row in rows]
    if analysis.demand_unknown:
        return tuple(lines)
    return tuple(sorted(lines, key=lambda line: (_rank(line), -(line.misalignment or 0), line.code)))


def course_lines(frames: CurriculumFrames, names: Names) -> tuple[CourseLine, ...]:
    """Every course of the plan in its order, mapped or not."""
    mapped = set(frames.mappings["course"])
    hours = frames.hours.reindex(frames.courses.index).to_dict("index")
    last = last_terms(frames.courses).to_dict()
    return tuple(
        CourseLine(
            code=str(code),
            title=names.courses.get(str(code), str(course["title"])),
            credits=known(course["credits"]),
            term=known_count(course["term"]),
            term_last=known_count(last[code]),
            hours={mode: known(hours[code][mode]) for mode in MODES},
            mapped=code in mapped,
            facts=names.facts.get(str(code), ()),
        )
        for code, course in frames.courses.iterrows()
    )


def _groups(frames: CurriculumFrames) -> Iterable[GroupLine]:
    """Every elective group with its courses and the part of them that is chosen."""
    courses = frames.courses
    parts = group_parts(courses, frames.hours, frames.groups)
    for key, group in frames.groups.iterrows():
        listed = tuple(str(code) for code in courses.index[courses["group"] == key])
        line = GroupLine(
            title=str(group["title"]),
            rule="",
            choose=known_count(group["courses"]),
            credits=known(group["credits"]),
            hours=known(group["hours"]),
            courses=listed,
            part=known(parts[str(key)]),
        )
        yield replace(line, rule=rule_words(line, len(listed)))


def evidence_lines(
    steps: Iterable[Step], analysis: GapAnalysis, names: Names, *, positions: Sequence[str]
) -> tuple[EvidenceLine, ...]:
    """The evidence to collect next in the active language, in the order given."""
    labels = analysis.abilities.loc[analysis.abilities["counted"].astype(bool), "label"]
    undecided = int(labels.isin(UNDECIDED).sum())
    return tuple(_evidence(step, names, positions=positions, undecided=undecided) for step in steps)


def _evidence(step: Step, names: Names, *, positions: Sequence[str], undecided: int) -> EvidenceLine:
    best = sorted(step.chances.items(), key=lambda chance: -chance[1])
    return EvidenceLine(
        step=step.key,
        kind=step.kind,
        told=step_words(step, names, positions),
        minutes=step.minutes,
        work=work_words(step.minutes),
        expected=step.expected if step.chances else None,
        worth=worth_words(step, undecided),
        findings=tuple((code, names.abilities.get(code, code), chance) for code, chance in best),
    )


def _ability(code: str, row: Mapping[Any, Any], names: Names, *, weaker: int) -> AbilityLine:
    """The analysis' columns by their kinds; of a share of unknown demand there is nothing to show."""
    label, trend, area = str(row["label"]), str(row["trend"]), str(row["area"])
    told = {name: _VALUES[each.kind](row[name]) for name, each in ABILITY.items() if name in row}
    if row["demand_unknown"]:
        told |= dict.fromkeys(("demand_share", "demand_share_low", "demand_share_high"))
    made: dict[str, Any] = told | {
        "code": code,
        "title": names.abilities.get(code, code),
        "area_title": names.abilities.get(area, area),
        **_hours_stated(row),
        **({"never_assessed": None} if assessment_unknown(row) else {}),
        "label_text": phrases.label_text(label),
        "trend_text": phrases.trend_text(trend),
        "tone": phrases.TONES[label],
        "misalignment": _misalignment(label, row),
        "reasons": tuple(sentence(notice, names) for notice in row["reasons"]),
        "courses": tuple(row["courses"]),
        "attainment": None,
    }
    without_hours = weaker and not row["exposure_hours"] > 0
    return AbilityLine(**made | (_on_weaker(weaker) if without_hours else {"weaker": 0}))


def _hours_stated(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What an ability has of no mode, where part of its hours are in none, is unknown and not 0."""
    in_doubt = row["unsplit_hours"] > 0 or pd.isna(row["practised_high"])
    names = (*MODES, "taught_hours", "practised_hours", "assessed_hours")
    found = {name: None if in_doubt and not row[name] else float(row[name]) for name in names}
    if row["assessment_open"]:
        found |= {"assessment": None, "assessed_hours": None}
    return {"hours": {mode: found.pop(mode) for mode in MODES}, **found}


def _on_weaker(mappings: int) -> dict[str, Any]:
    """The hours that are left out under the switch are no gap, and none of the reasons for one holds."""
    reason = formats.plural(
        "%(count)s course is mapped to it on weaker evidence. By the evidence chosen here its hours do not count, "
        "which is not to say that it is not taught.",
        "%(count)s courses are mapped to it on weaker evidence. By the evidence chosen here their hours do not count, "
        "which is not to say that it is not taught.",
        mappings,
    )
    return {"label_text": _(phrases.WEAKER), "tone": "na", "weaker": mappings, "reasons": (reason,)}


def _misalignment(label: str, row: Mapping[Any, Any]) -> float | None:
    """The size of the gap that the label names: of all exposure, or of practice where practice is what lacks."""
    sizes = [abs(row["gap"])]
    if label in _PRACTICE_LABELS:
        target = row["required_share"] if row["demand_unknown"] else row["demand_share"]
        sizes.append(target - (0.0 if pd.isna(row["practised_share"]) else row["practised_share"]))
    stated = [float(size) for size in sizes if not pd.isna(size)]
    return max(stated) if stated else None


def _rank(line: AbilityLine) -> int:
    return _RANKS[line.label] if line.label in _RANKS and not line.weaker else _RANKS[line.tone]


def _index(pair: str, value: PairAlignment, names: Names) -> IndexLine:
    why = reason_words(value.reason, names) if value.reason else ""
    verdict = why if value.index is None else phrases.verdict(value)
    return IndexLine(pair=pair, title=phrases.pair_text(pair), value=value, verdict=verdict)


def _position(code: str, row: pd.Series, names: Names, *, told: bool) -> PositionLine:
    """`told`: some course states hours of assessment; else that none is assessed is unknown and not 0."""
    counts = {name: int(row[name]) for name in ("required", "taught", "practised", "unstated")}
    assessed = int(row["assessed"])
    return PositionLine(
        code=code,
        title=names.positions.get(code, code),
        prepared=bool(row["prepared"]),
        assessed=assessed if assessed or told else None,
        **counts,
    )


def _certification(readiness: CertificationReadiness, names: Names) -> CertificationLine:
    code, direction = readiness.certification, readiness.direction
    return CertificationLine(
        code=code,
        title=names.certifications.get(code, code),
        direction=direction,
        direction_title=names.directions.get(direction, direction),
        courses_required=len(readiness.required),
        courses_offered=len(readiness.offered),
        missing=titles_of(readiness.missing, names.reference_courses),
        missing_codes=readiness.missing,
    )


def _warnings(analysis: GapAnalysis, *, subject: ReportSubject, names: Names) -> Iterable[WarningLine]:
    if subject.sample:
        yield WarningLine("sample_data", sentence(Notice("sample_data"), names))
    if subject.signed_off_because and (analysis.unmapped_part or 0.0) > MOST_UNMAPPED:
        values: dict[str, float | int | str] = {
            "part": analysis.unmapped_part or 0.0,
            "reason": subject.signed_off_because,
        }
        yield WarningLine("signed_off_unmapped", sentence(Notice("signed_off_unmapped", values), names))
    for notice in analysis.warnings:
        # An undefined index is told below, with the whole of its reason.
        if not notice.code.startswith("undefined."):
            yield WarningLine(notice.code, sentence(notice, names))
    for pair in PAIRS:
        value = analysis.alignment.get(pair)
        if value is None or value.index is None:
            yield WarningLine(f"undefined.{pair}", undefined(pair, value.reason if value else None, names))
    if len(analysis.abilities):
        yield WarningLine("no_attainment", sentence(Notice("no_attainment"), names))


def _demand(evidence: DemandEvidence | None, subject: ReportSubject) -> DemandLine | None:
    if evidence is None:
        return None
    told = {each.name: getattr(evidence, each.name, None) for each in fields(DemandLine)}
    made: dict[str, Any] = told | {
        "first": evidence.first.date(),
        "last": evidence.last.date(),
        "design_effect_max": known(evidence.design_effect_max),
        "effective_employers": evidence.repetition.effective_employers,
        "effective_postings": known(evidence.repetition.effective_postings),
        "notes": subject.source_notes,
    }
    return DemandLine(**made)


def _agreement(agreement: Agreement, names: Names) -> AgreementLine:
    return AgreementLine(
        raters=agreement.raters,
        alpha=known(agreement.alpha),
        low=known(agreement.low),
        high=known(agreement.high),
        verdict=_agreement_verdict(agreement, names),
        unstable=tuple(
            (str(cell.course), names.abilities.get(str(cell.ability), str(cell.ability)), str(cell.levels))
            for cell in agreement.unstable.itertuples()
        ),
    )


def _agreement_verdict(agreement: Agreement, names: Names) -> str:
    if agreement.alpha is None or agreement.low is None:
        return sentence(agreement.reason, names) if agreement.reason else ""
    return {
        "firm": _("The raters agree firmly."),
        "tentative": _("The raters agree well enough for tentative conclusions."),
        "unreliable": _("The raters may not agree: every finding is provisional."),
    }[reliability(agreement.low)]


def _labels(lines: Sequence[AbilityLine]) -> Iterable[LabelLine]:
    carried = Counter(line.label for line in lines if not line.weaker)
    for code in phrases.LABELS:
        tag, meaning = phrases.label_tag(code), phrases.meaning_text(code)
        yield LabelLine(code, tag.text, tag.tone, meaning, carried[code])


def _parameters(policy: Policy) -> Iterable[ParameterLine]:
    for key, value in asdict(policy).items():
        title, kind, reason = phrases.PARAMETERS[key]
        value = phrases.evidence_text(value) if key == "least_evidence" else value
        yield ParameterLine(key=key, title=_(title), value=value, kind=kind, reason=_(reason))


def _area_hours(row: pd.Series) -> dict[str, float]:
    return {mode: float(row[mode]) for mode in TAUGHT_MODES}


_VALUES: Final[dict[str, Callable[[Any], Any]]] = {
    "text": lambda value: value if isinstance(value, tuple) else str(value),
    "flag": bool,
    "count": known_count,
    **dict.fromkeys(("hours", "share", "points"), known),
}
