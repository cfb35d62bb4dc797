"""The panels of breadth with its tilt, and of the look ahead."""

from __future__ import annotations

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.citations import plain_word
from curricula.analysis.frames import GapAnalysis
from curricula.analysis.known import known
from curricula.analysis.training.breadth import Breadth, ForwardLook, Tilted, breadth, forward_look, tilt
from curricula.models import Curriculum
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .first_steps import choose_postings, nothing_yet
from .gathered import Gathered
from .numbers import figure_of
from .postings import posting_counts
from .words import cells, first_titles


def breadth_and_tilt(gathered: Gathered) -> Reading:
    """How broad the plan is against what is required, and how its host major tilts it beside others of the school."""
    asks = _("This page will show how many areas of ability the plan reaches, and to which side it leans.")
    if (empty := nothing_yet(gathered, asks, mapped=True)) is not None:
        return empty
    found = breadth(_by_area(gathered.analysis))
    leans = _tilts(gathered)
    return Reading(
        _sentence(gathered, found), (_breadth_block(gathered, found), _tilt_block(gathered, leans)), how=_how()
    )


def _by_area(analysis: GapAnalysis) -> pd.DataFrame:
    return analysis.abilities[["area", "exposure_hours", "required_weight"]]


def _area(gathered: Gathered, code: object) -> str:
    return gathered.names.abilities.get(str(code), str(code)) or _("no area")


def _sentence(gathered: Gathered, found: Breadth) -> str:
    if found.effective.value is None:
        return reason(found.effective.undefined)
    words = _("The plan reaches %(reached)s of %(areas)s areas, and is as broad as %(effective)s equal ones.")
    facts = {
        "reached": found.reached,
        "areas": found.areas,
        "effective": formats.number(round(found.effective.value, 1)),
    }
    said = [words % facts]
    if found.required_effective.value is not None:
        required = formats.number(round(found.required_effective.value, 1))
        said.append(_("The positions that it prepares for ask for %(required)s.") % {"required": required})
    if found.missed:
        names = phrases.in_a_row(_area(gathered, code) for code in found.missed)
        said.append(_("Required and without an hour: %(areas)s.") % {"areas": names})
    return phrases.space().join(said)


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
    return Block("breadth", _("Breadth"), figures=figures, listings=(_areas(gathered, found),), rules=(rule,))


def _areas(gathered: Gathered, found: Breadth) -> Listing:
    columns = (
        Column("area", _("Area"), "text"),
        Column("hours", _("Hours"), "hours"),
        Column("hours_share", _("of them"), "share"),
        Column("required_share", _("of what is required"), "share"),
        Column("difference", _("Difference in points"), "points"),
        Column("taught", _("Abilities with hours"), "text"),
    )
    rows = tuple(
        (
            *cells(_area(gathered, code)),
            formats.Value(float(row["hours"]), "hours"),
            formats.Value(known(row["hours_share"]), "share"),
            formats.Value(known(row["required_share"]), "share"),
            formats.Value(known(row["difference"]), "points"),
            *cells(_("%(k)s out of %(n)s") % {"k": int(row["taught"]), "n": int(row["abilities"])}),
        )
        for code, row in found.table.iterrows()
    )
    return Listing(Table("areas", _("Hours by area against what is required"), columns, rows))


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


def _tilt_block(gathered: Gathered, found: tuple[Tilted, ...]) -> Block:
    columns = (
        Column("plan", _("Plan"), "text"),
        Column("major", _("Host major"), "text"),
        Column("towards", _("Leans towards"), "text"),
        Column("away", _("Away from"), "text"),
        Column("index", _("Overlap with its own requirements"), "index"),
    )
    rows = tuple(
        (
            *cells(
                each.plan,
                _major(each.host_major),
                _side(gathered, each, each.towards),
                _side(gathered, each, each.away_from),
            ),
            formats.Value(each.breadth.index.value, "index"),
        )
        for each in found
    )
    note = _("Plans of one school are no sample of their majors: nothing is said of majors as such.")
    rule = Rule(
        _(
            "By area, the share of the plan's hours less the share of what its own positions require; the "
            "largest surplus and the largest lack."
        ),
        "004 §3.1",
        "method",
    )
    own = next((each for each in found if each.plan == gathered.curriculum.name), None)
    missing: tuple[Missing, ...] = ()
    if own is not None and not own.host_major:
        page = gathered.curriculum.page("curriculum-settings")
        missing = (Missing("", _("State the host major of the program."), page, _("Settings")),)
    return Block(
        "tilt",
        _("Tilt by host major"),
        sentence=_tilt_sentence(gathered, own),
        listings=(Listing(Table("majors", _("Plans by host major"), columns, rows, (note,))),),
        rules=(rule,),
        missing=missing,
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


def _how() -> tuple[str, ...]:
    return (
        _(
            "Compound talents need many kinds of ability, so a plan that lies in one area is narrow. Areas "
            "are compared by "
            "their part of all mapped hours and of all requirement weights; both add up to 1, so one more is "
            "another less."
        ),
    )


# The look ahead


def outlook(gathered: Gathered) -> Reading:
    """Emerging abilities beside core ones, and what of the growth of demand no hour touches."""
    asks = _("This page will show how much of the growth of demand the plan does not touch.")
    if (empty := nothing_yet(gathered, asks, mapped=True)) is not None:
        return empty
    horizons = dict(gathered.curriculum.framework.abilities.values_list("code", "horizon"))
    steady = set(gathered.analysis.abilities["trend"]) <= {"unknown"}
    found = forward_look(gathered.analysis.abilities, horizons, trend_unknown="no_trend" if steady else "")
    return Reading(_outlook_sentence(found), (_outlook_block(gathered, found),), how=_outlook_how())


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
    growth = found.growth
    why = reason(found.growth_undefined)
    note = (
        _(
            "%(untaught)s of %(rising)s abilities that surely rise; no interval: the rising ones are chosen "
            "by their test"
        )
        % {"untaught": growth.untaught, "rising": growth.rising}
        if growth
        else why
    )
    figures = (
        Figure(
            "untouched", _("Growth that no hour touches"), growth.share if growth else None, "share", note, "#rising"
        ),
        Figure(
            "untaught",
            _("Emerging abilities without an hour"),
            len(found.emerging_untaught),
            "count",
            _("of %(n)s") % {"n": int(found.table["abilities"]["emerging"])},
            "#horizon",
        ),
    )
    rule = Rule(
        _(
            "Only abilities that surely rise count (Benjamini and Hochberg over all of them): growth that "
            "chance would show is left out."
        ),
        "000 §IV.C",
        "method",
    )
    hours = gathered.analysis.abilities["exposure_hours"]
    without = [code for code in found.rising if not hours[code] > 0]
    step = _("Demand surely rises and no hour is given: %(list)s. See what is advised.")
    return Block(
        "outlook",
        figures=figures,
        wanted=(step % {"list": first_titles(gathered.names.abilities, without)},) if without else (),
        listings=(*((_rising(gathered, found),) if growth else ()), _horizon(gathered, found)),
        rules=(rule,),
        missing=() if posting_counts(gathered).total else (choose_postings(gathered),),
    )


def _rising(gathered: Gathered, found: ForwardLook) -> Listing:
    table = gathered.analysis.abilities
    columns = (
        Column("ability", _("Ability"), "text"),
        Column("before", _("Year before"), "share"),
        Column("change", _("Change in points"), "points"),
        Column("interval", _("Interval"), "text"),
        Column("hours", _("Hours"), "hours"),
    )
    rows = tuple(
        (
            *cells(gathered.names.abilities.get(code, code)),
            formats.Value(float(table["rate_before"][code]), "share"),
            formats.Value(float(table["change"][code]), "points"),
            *cells(_between(table["change_low"][code], table["change_high"][code])),
            formats.Value(float(table["exposure_hours"][code]), "hours"),
        )
        for code in found.rising
    )
    hrefs = tuple(gathered.curriculum.page("curriculum-ability", code) for code in found.rising)
    return Listing(Table("rising", _("Abilities whose demand surely rises"), columns, rows), hrefs)


def _between(low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return formats.MISSING
    return _("%(low)s to %(high)s") % {"low": formats.points(float(low)), "high": formats.points(float(high))}


def _horizon(gathered: Gathered, found: ForwardLook) -> Listing:
    columns = (
        Column("horizon", _("Horizon"), "text"),
        Column("taught", _("Abilities with hours"), "text"),
        Column("hours", _("Hours"), "hours"),
        Column("hours_share", _("of them"), "share"),
        Column("mentions_share", _("of the mentions in postings"), "share"),
    )
    names = {"core": _("Core"), "emerging": _("Emerging")}
    rows = tuple(
        (
            *cells(
                names[str(horizon)], _("%(k)s out of %(n)s") % {"k": int(row["taught"]), "n": int(row["abilities"])}
            ),
            formats.Value(float(row["hours"]), "hours"),
            formats.Value(known(row["hours_share"]), "share"),
            formats.Value(known(row["mentions_share"]), "share"),
        )
        for horizon, row in found.table.iterrows()
    )
    left = phrases.in_a_row(gathered.names.abilities.get(code, code) for code in found.emerging_untaught)
    notes = (_("Emerging and without an hour: %(abilities)s.") % {"abilities": left},) if left else ()
    return Listing(Table("horizon", _("Core and emerging abilities"), columns, rows, notes))


def _outlook_how() -> tuple[str, ...]:
    return (
        _(
            "Paper 000 asks for a look ahead: internet finance, artificial intelligence, the internet of things and "
            "blockchain. Which abilities are emerging the framework says; what rises the postings say."
        ),
    )
