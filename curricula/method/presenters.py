"""The page of the method: measures, findings, thresholds, amendments, and what the simulation found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from competencies.matching.calibration import Calibration, published
from curricula.analysis.frames import Policy
from curricula.wording import formats, phrases
from curricula.wording import method as words
from curricula.wording.explanations import Explanation

VALIDITY: Final = Path(__file__).with_name("validity.json")  # written by `make simulate`


@dataclass(frozen=True)
class Group:
    title: str
    measures: list[tuple[str, Explanation]]  # each with the name of its place


@dataclass(frozen=True)
class Finding:
    tag: phrases.LabelTag
    meaning: str


@dataclass(frozen=True)
class Threshold:
    title: str
    value: str
    reason: str


@dataclass(frozen=True)
class Rate:
    """What one design gave: a rate, its cases and interval, and whether its bound is held (None: it has none)."""

    design: str
    text: str = formats.MISSING
    cases: str = ""
    interval: str = ""
    held: bool | None = None


@dataclass(frozen=True)
class Row:
    title: str
    bound: str
    rates: list[Rate]


@dataclass(frozen=True)
class LabelRow:
    tag: phrases.LabelTag
    cells: list[tuple[Rate, Rate]]  # of each design: said wrongly, missed


@dataclass(frozen=True)
class Simulation:
    plans: str
    designs: list[tuple[str, str]]
    checks: list[Row]
    why_not: list[str]  # of the bounds that are not held
    labels: list[LabelRow]


@dataclass(frozen=True)
class Reliability:
    """Suggestions of one tier and language: what was promised of them against what was right."""

    title: str
    of: str
    error: str
    points: list[tuple[float, float, str, str]]  # to the right and down on a square of 100; both as words


@dataclass(frozen=True)
class MethodPage:
    groups: list[Group]
    findings: list[Finding]
    thresholds: list[Threshold]
    amendments: tuple[words.Amendment, ...]
    never_claimed: tuple[Any, ...]
    simulation: Simulation | None  # none until it has been run
    reliability: list[Reliability]


def method_page() -> MethodPage:
    return MethodPage(
        groups=[Group(str(title), [(key, words.MEASURES[key]) for key in keys]) for title, keys in words.GROUPS],
        findings=[Finding(phrases.label_tag(code), _(text)) for code, text in phrases.MEANINGS.items()],
        thresholds=list(_thresholds()),
        amendments=words.AMENDMENTS,
        never_claimed=words.NEVER_CLAIMED,
        simulation=_simulation(_validity()) if VALIDITY.exists() else None,
        reliability=[_reliability(words.CALIBRATED[name], each) for name, each in _published().items()],
    )


@cache
def _published() -> dict[str, Calibration]:
    return published()


def _reliability(title: Any, found: Calibration) -> Reliability:
    return Reliability(
        title=str(title),
        of=formats.count(found.curve.of),
        error=formats.share(found.error),
        points=[
            (100 * each.promised, 100 - 100 * each.right, formats.share(each.promised), formats.share(each.right))
            for each in found.bins
        ],
    )


def _thresholds() -> Iterator[Threshold]:
    for key, value in asdict(Policy()).items():
        title, kind, reason = phrases.PARAMETERS[key]
        yield Threshold(_(title), formats.show(value, kind), _(reason))
    for title, value, kind, reason in words.LIMITS:
        yield Threshold(str(title), formats.show(value, kind), str(reason))


@cache
def _validity() -> dict[str, Any]:
    return json.loads(VALIDITY.read_text(encoding="utf-8"))


def _simulation(told: dict[str, Any]) -> Simulation:
    designs = list(told["designs"])
    number = sum(told["programs"].values())
    return Simulation(
        plans=formats.plural("%(n)s invented plan", "%(n)s invented plans", number),
        designs=[(str(title), str(meaning)) for title, meaning in map(words.DESIGNS.__getitem__, designs)],
        checks=[_check(what, title, designs, told) for what, title in words.CHECKS.items()],
        why_not=[str(words.WHY_NOT[what]) for what in dict.fromkeys(_broken(told)) if what in words.WHY_NOT],
        labels=[
            _label(code, designs, told) for code in phrases.LABELS if f"{code}:false" in told["designs"][designs[0]]
        ],
    )


def _broken(told: dict[str, Any]) -> list[str]:
    return [bound["what"] for bound in told["bounds"] if not bound["held"]]


def _check(what: str, title: Any, designs: list[str], told: dict[str, Any]) -> Row:
    bounds = {bound["design"]: bound for bound in told["bounds"] if bound["what"] == what}
    held = {design: bound["held"] for design, bound in bounds.items()}
    some = next(iter(bounds.values()), None)
    return Row(
        str(title), _bound(some) if some else "", [_rate(told, design, what, held.get(design)) for design in designs]
    )


def _bound(bound: dict[str, Any]) -> str:
    least, most = (formats.percent(bound[end]) for end in ("least", "most"))
    if bound["most"] == 1:
        return _("at least %(least)s") % {"least": least}
    if not bound["least"]:
        return _("at most %(most)s") % {"most": most}
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def _label(code: str, designs: list[str], told: dict[str, Any]) -> LabelRow:
    pairs = [(_rate(told, design, f"{code}:false"), _rate(told, design, f"{code}:missed")) for design in designs]
    return LabelRow(phrases.label_tag(code), pairs)


def _rate(told: dict[str, Any], design: str, what: str, held: bool | None = None) -> Rate:
    found, title = told["designs"][design].get(what, {}), str(words.DESIGNS[design][0])
    if not found.get("cases"):
        return Rate(title, held=held)
    cases = _("of %(cases)s") % {"cases": formats.count(found["cases"])}
    return Rate(title, formats.share(found["hits"] / found["cases"]), cases, _interval(found), held)


def _interval(found: dict[str, Any]) -> str:
    if "low" not in found:
        return ""
    return _("%(low)s to %(high)s") % {end: formats.share(found[end]) for end in ("low", "high")}
