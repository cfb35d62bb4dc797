"""The panels of breadth with its tilt, and of the look ahead."""

from __future__ import annotations

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from competencies.citations import plain_word
from curricula.analysis.frames import GapAnalysis
from curricula.analysis.known import known
from curricula.analysis.training.breadth import Breadth, ForwardLook, Tilted, breadth, forward_look, tilt
from curricula.models import Curriculum
from curricula.reports.panels import Block, Figure, Listing, Reading, Rule, listing
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .first_steps import choose_postings, nothing_yet, on_page
from .gathered import Gathered
from .panel import panel
from .postings import posting_counts
from .words import figure_of, first_titles, out_of, range_of


@panel(
    "breadth",
    gettext_lazy("Breadth and tilt"),
    group="finding",
    papers=("0.2", "4.3"),
    question=gettext_lazy("How many areas does the plan reach, and to which side does it lean?"),
    asks=gettext_lazy("This page will show how many areas of ability the plan reaches, and to which side it leans."),
    how=(
        gettext_lazy(
            "Compound talents need many kinds of ability, so a plan that lies in one area is narrow. Areas are "
            "compared by their part of all mapped hours and of all requirement weights; both add up to 1, so one more "
            "is another less."
        ),
    ),
)
def breadth_and_tilt(gathered: Gathered) -> Reading:
    """How broad the plan is against what is required, and how its host major tilts it beside others of the school."""
    if (empty := nothing_yet(gathered, mapped=True)) is not None:
        return empty
    found = breadth(_by_area(gathered.analysis))
    return Reading(_sentence(gathered, found), (_breadth_block(gathered, found), _tilt_block(gathered)))


def _by_area(analysis: GapAnalysis) -> pd.DataFrame:
    return analysis.abilities[["area", "exposure_hours", "required_weight"]]


def _area(gathered: Gathered, code: object) -> str:
    return gathered.names.abilities.get(str(code), str(code)) or _("no area")


def _sentence(gathered: Gathered, found: Breadth) -> str:
    if found.effective.value is None:
        return reason(found.effective.undefined)
    words = _("The plan reaches %(reached)s of %(areas)s areas, and is as broad as %(effective)s equal ones.")
    effective = formats.number(round(found.effective.value, 1))
    said = [words % {"reached": found.reached, "areas": found.areas, "effective": effective}]
    if found.required_effective.value is not None:
        required = formats.number(round(found.required_effective.value, 1))
        said.append(_("The positions that it prepares for ask for %(required)s.") % {"required": required})
    if found.missed:
        said.append(_("Required and without an hour: %(areas)s.") % {"areas": _missed(gathered, found)})
    return phrases.sentences(*said)


def _missed(gathered: Gathered, found: Breadth) -> str:
    return phrases.in_a_row(_area(gathered, code) for code in found.missed)


def _breadth_block(gathered: Gathered, found: Breadth) -> Block:
    figures = (
        Figure("reached", _("Areas reached"), found.reached, "count", _("of %(n)s") % {"n": found.areas}, "#areas"),
        figure_of("effective", _("Effective number of areas"), found.effective, "number"),
        figure_of("required", _("That of the required profile"), found.required_effective, "number"),
        figure_of("index", _("Overlap of hours and requirements by area"), found.index, "index"),
    )
    rule = Rule(
        _("exp of the entropy of the hours by area: 1 where all lie in one, K where K are alike (Hill 1973)."),
        "000 §IV.A",
        "method",
    )
    wanted, listings = _wanted(gathered, found), (_areas(gathered, found),)
    return Block("breadth", _("Breadth"), figures=figures, wanted=wanted, listings=listings, rules=(rule,))


def _wanted(gathered: Gathered, found: Breadth) -> tuple[str, ...]:
    """What of the areas without an hour is required."""
    abilities = gathered.analysis.abilities
    required = abilities.index[abilities["area"].isin(found.missed) & (abilities["required_weight"] > 0)].tolist()
    step = _("Required, in an area without an hour: %(list)s. Give them hours.")
    return (step % {"list": first_titles(gathered.names, required)},) if required else ()


def _areas(gathered: Gathered, found: Breadth) -> Listing:
    return listing(
        "areas",
        _("Hours by area against what is required"),
        found.table.itertuples(),
        (
            ("area", _("Area"), "text", lambda row: _area(gathered, row.Index)),
            ("hours", _("Hours"), "hours", lambda row: known(row.hours)),
            ("hours_share", _("of them"), "share", lambda row: known(row.hours_share)),
            ("required_share", _("of what is required"), "share", lambda row: known(row.required_share)),
            ("difference", _("Difference in points"), "points", lambda row: known(row.difference)),
            ("taught", _("Abilities with hours"), "text", lambda row: out_of(row.taught, row.abilities)),
        ),
    )


# Tilt


def _tilts(gathered: Gathered) -> tuple[Tilted, ...]:
    """The newest plan of each program of the school on this framework, this plan for its own."""
    plans = (
        Curriculum.objects.filter(program__school=gathered.school, framework=gathered.curriculum.framework_id)
        .exclude(program=gathered.curriculum.program_id)
        .newest()
        .select_related("program__school", "framework")
        .order_by("program", "-year")
    )
    newest: dict[int, Curriculum] = {gathered.curriculum.program_id: gathered.curriculum}
    for plan in plans:
        newest.setdefault(plan.program_id, plan)
    return tilt(
        {
            plan.name: (
                plan.program.host_major.strip(),
                _by_area(gathered.analysis if plan.pk == gathered.curriculum.pk else gathered.analyse(plan)[1]),
            )
            for plan in newest.values()
        }
    )


def _tilt_block(gathered: Gathered) -> Block:
    found = _tilts(gathered)
    own = next((each for each in found if each.plan == gathered.curriculum.name), None)
    settings = on_page(gathered, "curriculum-settings", _("State the host major of the program."))
    rule = _(
        "By area, the share of the plan's hours less the share of what its own positions require; the largest surplus "
        "and the largest lack."
    )
    plans = listing(
        "majors",
        _("Plans by host major"),
        found,
        (
            ("plan", _("Plan"), "text", lambda each: each.plan),
            ("major", _("Host major"), "text", lambda each: _major(each.host_major)),
            ("towards", _("Leans towards"), "text", lambda each: _side(gathered, each, each.towards)),
            ("away", _("Away from"), "text", lambda each: _side(gathered, each, each.away_from)),
            ("index", _("Overlap with its own requirements"), "index", lambda each: each.breadth.index.value),
        ),
        notes=(_("Plans of one school are no sample of their majors: nothing is said of majors as such."),),
    )
    return Block(
        "tilt",
        _("Tilt by host major"),
        sentence=_tilt_sentence(gathered, own),
        listings=(plans,),
        rules=(Rule(rule, "004 §3.1", "method"),),
        missing=(settings,) if own is not None and not own.host_major else (),
    )


def _major(text: str) -> str:
    return str(plain_word(text)) if text else _("not stated")


def _side(gathered: Gathered, found: Tilted, code: str) -> str:
    if not code:
        return formats.MISSING
    points = formats.points(float(found.breadth.table["difference"][code]))
    return _("%(area)s (%(points)s points)") % {"area": _area(gathered, code), "points": points}


def _tilt_sentence(gathered: Gathered, found: Tilted | None) -> str:
    if found is None or not found.towards or not found.away_from:
        return ""
    words = _("This plan leans towards %(towards)s and away from %(away)s.")
    return words % {"towards": _side(gathered, found, found.towards), "away": _side(gathered, found, found.away_from)}


# The look ahead


@panel(
    "outlook",
    gettext_lazy("Look ahead"),
    group="demand",
    papers=("0.4",),
    question=gettext_lazy("How much of the growth of demand does no hour touch?"),
    asks=gettext_lazy("This page will show how much of the growth of demand the plan does not touch."),
    how=(
        gettext_lazy(
            "Paper 000 asks for a look ahead: internet finance, artificial intelligence, the internet of things and "
            "blockchain. Which abilities are emerging the framework says; what rises the postings say."
        ),
    ),
)
def outlook(gathered: Gathered) -> Reading:
    """Emerging abilities beside core ones, and what of the growth of demand no hour touches."""
    if (empty := nothing_yet(gathered, mapped=True)) is not None:
        return empty
    horizons = dict(gathered.curriculum.framework.abilities.values_list("code", "horizon"))
    steady = set(gathered.analysis.abilities["trend"]) <= {"unknown"}
    found = forward_look(gathered.analysis.abilities, horizons, trend_unknown="no_trend" if steady else "")
    return Reading(_outlook_sentence(found), (_outlook_block(gathered, found),))


def _outlook_sentence(found: ForwardLook) -> str:
    if found.growth is None:
        return reason(found.growth_undefined)
    words = ngettext(
        "%(untaught)s of %(rising)s abilities whose demand surely rises has no hour: %(share)s of the growth is "
        "untouched.",
        "%(untaught)s of %(rising)s abilities whose demand surely rises have no hour: %(share)s of the growth is "
        "untouched.",
        found.growth.untaught,
    )
    facts = {"untaught": found.growth.untaught, "rising": found.growth.rising}
    return words % {**facts, "share": formats.share(found.growth.share)}


def _outlook_block(gathered: Gathered, found: ForwardLook) -> Block:
    emerging = _("of %(n)s") % {"n": int(found.table["abilities"]["emerging"])}
    label = _("Emerging abilities without an hour")
    rule = _(
        "Only abilities that surely rise count (Benjamini and Hochberg over all of them): growth that chance would "
        "show is left out."
    )
    hours = gathered.analysis.abilities["exposure_hours"]
    without = [code for code in found.rising if not hours[code] > 0]
    step = _("Demand surely rises and no hour is given: %(list)s. See what is advised.")
    return Block(
        "outlook",
        figures=(
            _untouched(found),
            Figure("untaught", label, len(found.emerging_untaught), note=emerging, href="#horizon"),
        ),
        wanted=(step % {"list": first_titles(gathered.names, without)},) if without else (),
        listings=(*((_rising(gathered, found),) if found.growth else ()), _horizon(gathered, found)),
        rules=(Rule(rule, "000 §IV.C", "method"),),
        missing=() if posting_counts(gathered).total else (choose_postings(gathered),),
    )


def _untouched(found: ForwardLook) -> Figure:
    share, note = None, reason(found.growth_undefined)
    if found.growth:
        said = _(
            "%(untaught)s of %(rising)s abilities that surely rise; no interval: the rising ones are chosen by their "
            "test"
        )
        share, note = found.growth.share, said % {"untaught": found.growth.untaught, "rising": found.growth.rising}
    return Figure("untouched", _("Growth that no hour touches"), share, "share", note, "#rising")


def _rising(gathered: Gathered, found: ForwardLook) -> Listing:
    table = gathered.analysis.abilities
    return listing(
        "rising",
        _("Abilities whose demand surely rises"),
        found.rising,
        (
            ("ability", _("Ability"), "text", gathered.names.ability),
            ("before", _("Year before"), "share", lambda code: float(table["rate_before"][code])),
            ("change", _("Change in points"), "points", lambda code: float(table["change"][code])),
            ("interval", _("Interval"), "text", lambda code: _interval(table, code)),
            ("hours", _("Hours"), "hours", lambda code: float(table["exposure_hours"][code])),
        ),
        href=gathered.ability_page,
    )


def _interval(table: pd.DataFrame, code: str) -> str:
    low, high = table["change_low"][code], table["change_high"][code]
    if pd.isna(low) or pd.isna(high):
        return formats.MISSING
    return range_of(formats.points(float(low)), formats.points(float(high)))


def _horizon(gathered: Gathered, found: ForwardLook) -> Listing:
    names = {"core": _("Core"), "emerging": _("Emerging")}
    left = gathered.names.abilities_of(found.emerging_untaught)
    return listing(
        "horizon",
        _("Core and emerging abilities"),
        found.table.itertuples(),
        (
            ("horizon", _("Horizon"), "text", lambda row: names[str(row.Index)]),
            ("taught", _("Abilities with hours"), "text", lambda row: out_of(row.taught, row.abilities)),
            ("hours", _("Hours"), "hours", lambda row: known(row.hours)),
            ("hours_share", _("of them"), "share", lambda row: known(row.hours_share)),
            ("mentions_share", _("of the mentions in postings"), "share", lambda row: known(row.mentions_share)),
        ),
        notes=(_("Emerging and without an hour: %(abilities)s.") % {"abilities": left},) if left else (),
    )
