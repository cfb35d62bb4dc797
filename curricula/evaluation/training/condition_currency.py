"""The light of the curriculum: whether it lags behind new modes of the trade."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.models import Ability
from curricula.analysis.training.checks import MostCheck, Verdict
from curricula.analysis.training.conditions import emerging_left_out
from curricula.reports.panels import Block, Figure, Listing, Missing, Rule, listing
from curricula.wording import formats, phrases

from .first_steps import choose_postings, import_plan, map_courses, state_hours
from .gathered import Gathered
from .words import judged, mapping_unfinished, truth, years


def currency_block(gathered: Gathered) -> tuple[Block, list[Verdict | None]]:
    """Emerging abilities that demand asks for and no hour teaches, and the age of the plan."""
    age = MostCheck(gathered.today.year - gathered.curriculum.year, gathered.rules["plan_years"])
    why, emerging = _emerging(gathered)
    exposure, asked = _sides(gathered) if emerging else ({}, {})
    left = emerging_left_out(tuple(emerging), exposure=exposure, asked_for=asked) if emerging else []
    check = MostCheck(len(left), gathered.rules["emerging_left_out"]) if emerging else None
    block = Block(
        "currency",
        _("Currency of the courses"),
        figures=(_emerging_figure(check, len(emerging), why), *((_age_figure(age),) if gathered.courses else ())),
        wanted=tuple(_wanted(gathered, left, check, age)) if gathered.courses else (),
        listings=(_listing(gathered, emerging),) if emerging else (),
        rules=_rules(gathered),
        missing=_missing(gathered) if why else (),
    )
    # The age of a plan alone says nothing of what it teaches, so it gives no light without the other.
    return block, [check.verdict, age.verdict] if check else [None]


def _emerging(gathered: Gathered) -> tuple[str, dict[str, str]]:
    """Why nothing can be said, or the emerging abilities of the framework with their titles."""
    if not gathered.courses:
        return _("the plan has no courses yet"), {}
    if unfinished := mapping_unfinished(gathered):
        return unfinished, {}
    if not gathered.analysis.abilities["exposure_hours"].any():
        return _("no course that serves an ability states hours"), {}
    if gathered.analysis.evidence is None or gathered.analysis.demand_unknown:
        return _("the demand is not known"), {}
    emerging = gathered.curriculum.framework.abilities.filter(horizon=Ability.Horizon.EMERGING)
    codes = emerging.values_list("code", flat=True)
    known = [code for code in codes if code in gathered.analysis.abilities.index]
    if not known:
        return _("the framework names no emerging ability"), {}
    return "", {code: gathered.names.ability(code) for code in known}


def _sides(gathered: Gathered) -> tuple[dict[str, float], dict[str, bool]]:
    """Hours of each ability, and whether a position or the postings ask for it, or ever more of them."""
    abilities = gathered.analysis.abilities
    asked = abilities["wanted"].astype(bool) | (abilities["trend"] == "rising")
    # What is mapped to courses alone that state no hours has no finding: nobody has said that it has none.
    silent = abilities["courses"].map(bool) & (abilities["label"] == "no_finding")
    asked &= ~silent
    hours = {str(code): float(value) for code, value in abilities["exposure_hours"].items()}
    return hours, {str(code): bool(value) for code, value in asked.items()}


def _emerging_figure(check: MostCheck | None, count: int, why: str) -> Figure:
    figure = Figure("emerging", _("Emerging abilities asked for and without hours"), None, note=why)
    if check is not None:
        said = _("of %(count)s emerging abilities of the framework; at most %(most)s")
        note = said % {"count": count, "most": formats.number(check.most)}
        figure = replace(figure, value=int(check.count), note=note, href="#emerging")
    return judged(figure, check.verdict if check else None)


def _age_figure(age: MostCheck) -> Figure:
    note = _("at most %(most)s") % {"most": formats.number(age.most)}
    return judged(Figure("age", _("Years since the plan's year of entry"), int(age.count), note=note), age.verdict)


def _wanted(gathered: Gathered, left: list[str], check: MostCheck | None, age: MostCheck) -> list[str]:
    found = []
    if check and check.short:
        text = ngettext(
            "An hour for at least %(count)s of these emerging abilities: %(names)s.",
            "Hours for at least %(count)s of these emerging abilities: %(names)s.",
            check.short,
        )
        found.append(text % {"count": check.short, "names": gathered.names.abilities_of(left)})
    if age.short:
        found.append(_("A plan for a newer year of entry."))
    return found


def _missing(gathered: Gathered) -> tuple[Missing, ...]:
    """The step before anything can be said."""
    if not gathered.courses:
        return (import_plan(gathered),)
    if gathered.analysis.unfinished:
        return (map_courses(gathered),)
    hours = gathered.analysis.abilities["exposure_hours"].any()
    return (choose_postings(gathered) if hours else state_hours(gathered),)


def _rules(gathered: Gathered) -> tuple[Rule, ...]:
    left = _(
        "Of the emerging abilities of the framework (live broadcast and independent sites among them) at most "
        "%(most)s are required, asked for by the postings or rising, and have no hour in the plan."
    )
    age = _("The plan's year of entry is at most %(years)s ago.")
    return (
        Rule(left % {"most": formats.number(gathered.rules["emerging_left_out"])}, "003 §2.4; 000 §IV.C"),
        Rule(age % {"years": years(gathered.rules["plan_years"])}, "003 §2.4"),
    )


def _listing(gathered: Gathered, emerging: dict[str, str]) -> Listing:
    (hours, asked), found = _sides(gathered), gathered.analysis.abilities
    return listing(
        "emerging",
        _("Emerging abilities"),
        emerging,
        (
            ("ability", _("Emerging ability"), "text", emerging.__getitem__),
            ("hours", _("Hours"), "hours", hours.__getitem__),
            ("asked", _("Asked for"), "text", lambda code: truth(asked[code])),
            ("finding", _("Finding"), "text", lambda code: _label(str(found.label[code]))),
        ),
        href=gathered.ability_page,
    )


def _label(code: str) -> str:
    return phrases.label_text(code) if code else ""
