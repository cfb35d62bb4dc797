"""What the what-if pages show: edits as lines, and each number before and after, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import pandas as pd
from django.utils.translation import gettext as _

from curricula.analysis.frames import MODES, PairAlignment
from curricula.analysis.known import known
from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.analysis.scenarios.edits import Edit
from curricula.analysis.scenarios.effects import Change, Effect
from curricula.analysis.scenarios.evaluate import what_if
from curricula.evaluation.reports import names_for
from curricula.evaluation.scenarios import edits_of, prepared_to_try
from curricula.models import Curriculum, Scenario
from curricula.wording import phrases
from curricula.wording.edit_sentences import broken_words, edit_words, names_with, refusal_words
from curricula.wording.messages import sentence
from curricula.wording.names import Names

MOST_CREDITS_A_TERM: Final = 30.0
T = TypeVar("T")


@dataclass(frozen=True)
class EditLine:
    place: int
    words: str
    refused: str = ""  # why the plan cannot take it any more


@dataclass(frozen=True)
class IndexChange:
    pair: str
    title: str
    before: PairAlignment
    after: PairAlignment
    reason: str  # why there is no index after the edits, or was none before


@dataclass(frozen=True)
class AbilityChange:
    code: str
    title: str
    label: Change[phrases.LabelTag]
    hours: Change[float]
    share: Change[float | None]


@dataclass(frozen=True)
class PositionChange:
    code: str
    title: str
    prepared: bool
    required: int
    taught: Change[int]
    practised: Change[int]
    assessed: Change[int]


@dataclass(frozen=True)
class CertificateEffect:
    title: str
    direction: str
    aimed_at: Change[bool]
    offered: Change[int]
    required: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Row(Generic[T]):
    title: str
    before: T
    after: T

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class TermRow:
    term: int
    before: float
    after: float
    overfull: bool


@dataclass(frozen=True)
class Broken:
    words: str
    new: bool


@dataclass(frozen=True)
class EffectView:
    """An effect with its codes in the reader's language; lists hold only what a reader can act on."""

    effect: Effect
    indices: tuple[IndexChange, ...]
    abilities: tuple[AbilityChange, ...]  # those whose label changes
    moved: int  # further abilities of which a status changes, but not the label
    tones: tuple[Row[int], ...]  # how many abilities there are of each kind of finding
    positions: tuple[PositionChange, ...]  # those that change
    certificates: tuple[CertificateEffect, ...]  # those that change
    credits: Change[float]
    credits_unknown: Change[int]
    credits_kept: str  # that hours change and credits do not; "" where no hours do
    hours: tuple[Row[float], ...]
    hours_in_all: Row[float]
    unmapped_hours: Row[float]
    unmapped_part: Change[float | None]
    terms: tuple[TermRow, ...]
    spread: str  # how courses over several terms are counted; "" where there are none
    most_credits: float | None
    broken: tuple[Broken, ...]
    mended: int
    ring: tuple[str, ...]

    @property
    def newly_broken(self) -> int:
        return sum(each.new for each in self.broken)

    @property
    def overfull(self) -> int:
        return sum(each.overfull for each in self.terms)


@dataclass(frozen=True)
class ScenarioPage:
    scenario: Scenario
    lines: tuple[EditLine, ...]
    effect: EffectView | None  # None where the plan cannot take the edits any more
    names: Names


def scenario_page(scenario: Scenario, *, most_credits: float | None = MOST_CREDITS_A_TERM) -> ScenarioPage:
    """A scenario with what it does to its own version of the plan."""
    edits, curriculum = edits_of(scenario), scenario.curriculum
    names = names_with(names_for(curriculum), edits)
    try:
        effect = what_if(prepared_to_try(curriculum), edits, most_credits=most_credits)
    except RefusedEdit as refused:
        return ScenarioPage(scenario, edit_lines(edits, names, refused=refused), None, names)
    return ScenarioPage(scenario, edit_lines(edits, names), effect_view(effect, names, most_credits), names)


def edit_lines(edits: Iterable[Edit], names: Names, *, refused: RefusedEdit | None = None) -> tuple[EditLine, ...]:
    return tuple(
        EditLine(place, edit_words(edit, names), _refusal(place, refused, names)) for place, edit in enumerate(edits)
    )


def told(refusal: ValueError, names: Names) -> str:
    """Why nothing was done: an edit in the words of the plan, all else as it says itself."""
    return refusal_words(refusal, names) if isinstance(refusal, RefusedEdit) else str(refusal)


def _refusal(place: int, refused: RefusedEdit | None, names: Names) -> str:
    return refusal_words(refused, names) if refused and refused.place == place else ""


def effect_view(
    effect: Effect, names: Names, most_credits: float | None = MOST_CREDITS_A_TERM, *, bands: bool = True
) -> EffectView:
    """The effect in words; without `bands`, which take longest to draw, the indices alone."""
    table = effect.abilities
    relabelled = table[table["label_before"] != table["label_after"]]
    before = effect.hours["before"].sum(), effect.unmapped["before"].sum()
    after = effect.hours["after"].sum(), effect.unmapped["after"].sum()
    return EffectView(
        effect=effect,
        indices=tuple(_indices(effect.alignment if bands else effect.indices, names)),
        abilities=tuple(_ability(str(code), row, names) for code, row in relabelled.iterrows()),
        moved=len(table) - len(relabelled),
        tones=tuple(_tones(effect)),
        positions=tuple(_positions(effect, names)),
        certificates=tuple(_certificates(effect, names)),
        credits=effect.credits,
        credits_unknown=effect.credits_unknown,
        credits_kept=_("Credits are left as they are where only hours change.") if effect.credits_kept else "",
        hours=tuple(Row(phrases.mode_text(mode), *map(float, effect.hours.loc[mode])) for mode in MODES),
        hours_in_all=Row(_("All hours"), float(before[0]), float(after[0])),
        unmapped_hours=Row(_("Hours without a mapping"), float(before[1]), float(after[1])),
        unmapped_part=effect.unmapped_part,
        terms=tuple(_terms(effect)),
        spread=phrases.spread_words() if effect.spread else "",
        most_credits=most_credits,
        broken=tuple(_broken(effect, names)),
        mended=_mended(effect),
        ring=effect.ring,
    )


def _indices(alignment: dict[str, Change[PairAlignment]], names: Names) -> Iterator[IndexChange]:
    for pair, change in alignment.items():
        yield IndexChange(pair, phrases.pair_text(pair), change.before, change.after, _undefined(change, names))


def _undefined(change: Change[PairAlignment], names: Names) -> str:
    if change.after.reason:
        return sentence(change.after.reason, names)
    return phrases.headed(_("Today"), sentence(change.before.reason, names)) if change.before.reason else ""


def _ability(code: str, row: pd.Series, names: Names) -> AbilityChange:
    shares = (known(row["exposure_share_before"]), known(row["exposure_share_after"]))
    return AbilityChange(
        code=code,
        title=names.abilities.get(code, code),
        label=Change(phrases.label_tag(row["label_before"]), phrases.label_tag(row["label_after"])),
        hours=Change(float(row["exposure_hours_before"]), float(row["exposure_hours_after"])),
        share=Change(*shares),
    )


def _tones(effect: Effect) -> Iterator[Row[int]]:
    sides = [each.table for each in (effect.prepared.judged, effect.judged)]
    counted = [table.loc[table["counted"].astype(bool), "label"].map(phrases.TONES).value_counts() for table in sides]
    titles = {"gap": _("Gaps"), "over": _("Too much or fading"), "ok": _("Aligned or covered"), "na": _("Open")}
    for tone, title in titles.items():
        yield Row(title, *(int(side.get(tone, 0)) for side in counted))


def _positions(effect: Effect, names: Names) -> Iterator[PositionChange]:
    for code, row in effect.positions.iterrows():
        kinds = {kind: Change(int(row[f"{kind}_before"]), int(row[f"{kind}_after"])) for kind in SERVED}
        if any(change.before != change.after for change in kinds.values()):
            title = names.positions.get(str(code), str(code))
            yield PositionChange(str(code), title, bool(row["prepared"]), int(row["required"]), **kinds)


SERVED: Final = ("taught", "practised", "assessed")


def _certificates(effect: Effect, names: Names) -> Iterator[CertificateEffect]:
    for each in effect.certificates:
        offered = Change(len(each.readiness.before.offered), len(each.readiness.after.offered))
        if offered.before != offered.after or each.aimed_at.before != each.aimed_at.after:
            yield CertificateEffect(
                title=names.certifications.get(each.certification, each.certification),
                direction=names.directions.get(each.direction, each.direction),
                aimed_at=each.aimed_at,
                offered=offered,
                required=len(each.readiness.after.required),
                missing=tuple(names.reference_courses.get(code, code) for code in each.readiness.after.missing),
            )


def _terms(effect: Effect) -> Iterator[TermRow]:
    for term, row in effect.terms.iterrows():
        number = int(str(term))
        yield TermRow(number, float(row["credits_before"]), float(row["credits_after"]), number in effect.overfull)


def _broken(effect: Effect, names: Names) -> Iterator[Broken]:
    new = {(each.requires, each.course) for each in effect.newly_broken}
    for each in effect.broken:
        yield Broken(broken_words(each, names), (each.requires, each.course) in new)


def _mended(effect: Effect) -> int:
    now = {(each.requires, each.course) for each in effect.broken}
    return sum((each.requires, each.course) not in now for each in effect.broken_before)


@dataclass(frozen=True)
class ComparedRow:
    title: str
    kind: str  # how a number is written
    cells: tuple[float | int | None, ...]  # today first


@dataclass(frozen=True)
class ComparedAbility:
    code: str
    title: str
    cells: tuple[phrases.LabelTag, ...]  # today first


@dataclass(frozen=True)
class LeftOut:
    scenario: Scenario
    why: str


@dataclass(frozen=True)
class Comparison:
    """Scenarios side by side, today's plan first; those that the plan cannot take any more stand apart."""

    scenarios: tuple[Scenario, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]  # why an index has no value, and how terms are counted
    rows: tuple[ComparedRow, ...]
    abilities: tuple[ComparedAbility, ...]  # those that any of them labels otherwise than today

    @property
    def titles(self) -> tuple[str, ...]:
        return (_("Today"), *(scenario.title for scenario in self.scenarios))

    @property
    def labelled_rows(self) -> list[tuple[ComparedRow, list[tuple[str, float | int | None]]]]:
        """Each row with its cells under their titles, for a narrow page that shows rows as blocks."""
        return [(row, list(zip(self.titles, row.cells, strict=True))) for row in self.rows]

    @property
    def labelled_abilities(self) -> list[tuple[ComparedAbility, list[tuple[str, phrases.LabelTag]]]]:
        return [(row, list(zip(self.titles, row.cells, strict=True))) for row in self.abilities]


def comparison_of(curriculum: Curriculum, scenarios: Iterable[Scenario]) -> Comparison:
    """Each scenario's effect on the present version of the plan."""
    effects, left_out = {}, []
    prepared, names = prepared_to_try(curriculum), names_for(curriculum)
    for scenario in scenarios:
        try:
            effects[scenario] = what_if(prepared, edits_of(scenario), most_credits=MOST_CREDITS_A_TERM)
        except RefusedEdit as refused:
            left_out.append(LeftOut(scenario, _why_left_out(scenario, refused, names)))
    views = [effect_view(effect, names, bands=False) for effect in effects.values()]
    return Comparison(
        scenarios=tuple(effects),
        left_out=tuple(left_out),
        notes=tuple(_notes_of(views)),
        rows=tuple(_compared_rows(views)) if views else (),
        abilities=tuple(_compared_abilities(views)) if views else (),
    )


def _why_left_out(scenario: Scenario, refused: RefusedEdit, names: Names) -> str:
    if scenario.applied_as:
        return _("It was applied as version %(version)s.") % {"version": scenario.applied_as.version}
    values = {"number": (refused.place or 0) + 1, "why": refusal_words(refused, names)}
    return _("The present version cannot take edit %(number)s: %(why)s") % values


def _notes_of(views: list[EffectView]) -> Iterator[str]:
    """Each reason once, with the index that it is about."""
    told = [phrases.headed(index.title, index.reason) for view in views for index in view.indices if index.reason]
    yield from dict.fromkeys([*told, *(view.spread for view in views if view.spread)])


def _compared_rows(views: list[EffectView]) -> Iterator[ComparedRow]:
    first = views[0]
    for place, index in enumerate(first.indices):
        cells = (index.before.index, *(view.indices[place].after.index for view in views))
        yield ComparedRow(index.title, "index", cells)
    for place, tone in enumerate(first.tones):
        yield ComparedRow(tone.title, "count", (tone.before, *(view.tones[place].after for view in views)))
    yield ComparedRow(_("Credits"), "number", (first.credits.before, *(view.credits.after for view in views)))
    for place, mode in enumerate(first.hours):
        title = _("%(mode)s, h") % {"mode": mode.title}
        yield ComparedRow(title, "hours", (mode.before, *(view.hours[place].after for view in views)))
    unmapped = (first.unmapped_part.before, *(view.unmapped_part.after for view in views))
    yield ComparedRow(_("Hours without a mapping, part"), "share", unmapped)
    before = len(first.effect.broken_before)
    yield ComparedRow(_("Broken prerequisites"), "count", (before, *(len(view.broken) for view in views)))
    overfull = sum(row.before > MOST_CREDITS_A_TERM for row in first.terms)
    title = _("Terms above %(credits)s credits") % {"credits": f"{MOST_CREDITS_A_TERM:g}"}
    yield ComparedRow(title, "count", (overfull, *(view.overfull for view in views)))
    yield ComparedRow(_("Edits"), "count", (0, *(len(view.effect.edits) for view in views)))


def _compared_abilities(views: list[EffectView]) -> Iterator[ComparedAbility]:
    changed = {line.code: line for view in views for line in view.abilities}
    for code in views[0].effect.prepared.judged.table.index:
        if code in changed:
            labels = [view.effect.judged.table.loc[code, "label"] for view in views]
            cells = (changed[code].label.before, *(phrases.label_tag(str(label)) for label in labels))
            yield ComparedAbility(code, changed[code].title, cells)
