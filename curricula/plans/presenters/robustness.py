"""Does it hold? What becomes of the largest gaps of a plan under choices that are just as defensible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from competencies.models import Framework
from curricula.analysis.known import known_count
from curricula.analysis.measures.robustness import Robustness, Variation
from curricula.evaluation.further import robustness_for
from curricula.links import Linked, PlanLinks, links_of
from curricula.models import Curriculum
from curricula.reports import svg_marks
from curricula.wording import formats, phrases
from curricula.wording.measures import reason_words

CHOICES: Final[Mapping[str, tuple[Any, Any, Any]]] = {  # kind -> what is chosen, in short, and why it may be chosen
    "equal_weights": (
        gettext_lazy("Every requirement weighs the same"),
        gettext_lazy("equal weights"),
        gettext_lazy("weights come from counting items, which says what is asked for and not how much"),
    ),
    "equal_shares": (
        gettext_lazy("Every ability of a course gets the same share"),
        gettext_lazy("equal shares"),
        gettext_lazy("stated shares are somebody's estimate"),
    ),
    "demonstration": (
        gettext_lazy("Demonstration counts as practice"),
        gettext_lazy("demonstration as practice"),
        gettext_lazy("students watch, but they watch something being done"),
    ),
    "saturated_demand": (
        gettext_lazy("Demand corrected for saturation"),
        gettext_lazy("saturation"),
        gettext_lazy("a posting mentions an ability once at most, while hours add up"),
    ),
    "all_electives": (
        gettext_lazy("All courses of elective groups counted"),
        gettext_lazy("all electives"),
        gettext_lazy("which courses students choose is not known; a part of each is an assumption"),
    ),
    "rater": (
        gettext_lazy("The mapping as rater %(name)s sees it"),
        gettext_lazy("rater %(name)s"),
        gettext_lazy("what one person found without the others"),
    ),
    "framework": ("%(name)s", "%(name)s", ""),
}
UNTRIED: Final = ("nothing_to_vary", "shares_above_one")  # reasons for which a choice was not made


@dataclass(frozen=True)
class Move(Linked):
    """An ability that enters or leaves the largest gaps, or gets another finding, under another choice."""

    rank_before: int | None  # None: no gap
    rank_after: int | None
    before: phrases.LabelTag
    after: phrases.LabelTag
    enters: bool
    leaves: bool
    relabelled: bool


@dataclass(frozen=True)
class ChoiceLine:
    title: str
    short: str
    why: str
    rho: float | None
    reason: str  # why there is no order to compare; "" where there is
    rail: SafeString
    moves: tuple[Move, ...]
    unseen: tuple[str, ...]  # titles of the largest gaps that the other framework has no counterpart for
    tried: bool  # it changes something here

    @property
    def entering(self) -> list[Move]:
        return [move for move in self.moves if move.enters]

    @property
    def leaving(self) -> list[Move]:
        return [move for move in self.moves if move.leaves]

    @property
    def relabelled(self) -> list[Move]:
        return [move for move in self.moves if move.relabelled]


Varied = tuple[Variation, ChoiceLine]


@dataclass(frozen=True)
class LargestGap(Linked):
    rank: int
    gap: float  # signed: hours above demand, or above requirement, are positive
    finding: phrases.LabelTag
    leaves_under: tuple[str, ...]  # the choices, in short, under which it is not among the largest
    changes_under: tuple[str, ...]  # and under which it has another finding

    @property
    def steady(self) -> bool:
        return not self.leaves_under


@dataclass(frozen=True)
class RobustnessPage:
    sentence: str
    gaps: tuple[LargestGap, ...]
    choices: tuple[ChoiceLine, ...]  # on this framework
    frameworks: tuple[ChoiceLine, ...]  # the plan seen through others


def robustness_page(curriculum: Curriculum) -> RobustnessPage:
    """The largest gaps, every other choice, and what each of them moves."""
    found, links = robustness_for(curriculum), links_of(curriculum)
    frameworks = _framework_titles(found)
    lines = [(each, _choice(each, links, frameworks)) for each in found.variations]
    here = [(each, line) for each, line in lines if each.kind != "framework"]
    gaps = tuple(_gaps(found, links, here))
    choices = tuple(line for _each, line in here)
    return RobustnessPage(
        sentence=_sentence(gaps, choices),
        gaps=gaps,
        choices=choices,
        frameworks=tuple(line for each, line in lines if each.kind == "framework"),
    )


def _framework_titles(found: Robustness) -> dict[str, str]:
    slugs = [each.name for each in found.variations if each.kind == "framework"]
    return {framework.slug: framework.title for framework in Framework.objects.filter(slug__in=slugs)}


def _choice(variation: Variation, links: PlanLinks, frameworks: Mapping[str, str]) -> ChoiceLine:
    title, short, why = CHOICES[variation.kind]
    named = {"name": frameworks.get(variation.name, variation.name)}
    said = "" if variation.rho is None else _("rank correlation %(rho)s") % {"rho": formats.index(variation.rho)}
    return ChoiceLine(
        title=str(title) % named,
        short=str(short) % named,
        why=str(why),
        rho=variation.rho,
        reason=reason_words(variation.reason) if variation.reason else "",
        rail=svg_marks.value_rail_svg(variation.rho, span=(-1, 1), ticks=(0,), said=said),
        moves=tuple(_moves(variation.moves, links)),
        unseen=tuple(links.ability(code)[0] for code in variation.without),
        tried=variation.reason is None or variation.reason.code not in UNTRIED,
    )


def _moves(moves: pd.DataFrame, links: PlanLinks) -> Iterator[Move]:
    """Those that leave first, then those that enter, then those that only get another finding."""
    for row in moves.sort_values(["leaves", "enters"], ascending=False, kind="stable").itertuples():
        yield Move(
            *links.ability(str(row.Index)),
            rank_before=known_count(row.rank_before),
            rank_after=known_count(row.rank_after),
            before=phrases.label_tag(str(row.label_before)),
            after=phrases.label_tag(str(row.label_after)),
            enters=bool(row.enters),
            leaves=bool(row.leaves),
            relabelled=bool(row.relabelled),
        )


def _gaps(found: Robustness, links: PlanLinks, choices: Sequence[Varied]) -> Iterator[LargestGap]:
    for rank, row in enumerate(found.largest.itertuples(), start=1):
        code = str(row.Index)
        yield LargestGap(
            *links.ability(code),
            rank=rank,
            gap=float(row.gap),  # type: ignore[arg-type]
            finding=phrases.label_tag(str(row.label)),
            leaves_under=tuple(_under(choices, code, "leaves")),
            changes_under=tuple(_under(choices, code, "relabelled")),
        )


def _under(choices: Sequence[Varied], code: str, what: str) -> Iterator[str]:
    for variation, choice in choices:
        if code in variation.moves.index and variation.moves.loc[code, what]:
            yield choice.short


def _sentence(gaps: Sequence[LargestGap], choices: Sequence[ChoiceLine]) -> str:
    tried = [choice for choice in choices if choice.tried]
    if not gaps:
        return _("There is no gap to put in an order: hours, demand and requirements leave nothing to compare.")
    if not tried:
        return _("No other choice changes anything here.")
    steady = sum(gap.steady for gap in gaps)
    sentences = [
        ngettext(
            "Of the %(all)s largest gaps, %(count)s stays among them whatever else is chosen.",
            "Of the %(all)s largest gaps, %(count)s stay among them whatever else is chosen.",
            steady,
        )
        % {"all": len(gaps), "count": steady}
    ]
    ordered = [(choice.rho, choice.title) for choice in tried if choice.rho is not None]
    if ordered:
        rho, title = min(ordered)
        named = {"choice": title, "rho": formats.index(rho)}
        sentences.append(_("Their order hangs most on this choice: %(choice)s (ρ = %(rho)s).") % named)
    return phrases.space().join(sentences).replace("ρ = ", "ρ\u00a0=\u00a0")  # stays on one line
