"""The panel of the three contradictions: behind in time, in quantity, in quality; and demand by stratum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.citations import plain_word
from competencies.models import DemandSource, OfficialFigure
from curricula.analysis.frames import TAUGHT_MODES
from curricula.analysis.known import known, known_count
from curricula.analysis.training.contradictions import (
    QualityLag,
    QuantityLag,
    Strata,
    YearCount,
    quality_lag,
    quantity_lag,
    strata,
)
from curricula.analysis.training.readings import Reading as Number
from curricula.analysis.training.readings import because
from curricula.models import Cohort
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .contradiction_time import time_block
from .first_steps import choose_postings, nothing_yet
from .gathered import Gathered
from .panel import panel
from .postings import posting_counts
from .strata import as_stated, stratum_hours, stratum_of_positions
from .words import figure_of, untold


@panel(
    "contradictions",
    gettext_lazy("Contradictions"),
    group="demand",
    papers=("1.1", "1.3"),
    question=gettext_lazy("Is training behind the industry in time, in quantity, in quality?"),
    asks=gettext_lazy(
        "This page will show whether the plan lags behind the industry in time, in quantity and in quality."
    ),
    how=(
        gettext_lazy(
            "Paper 001 names three ways in which training is behind the industry. Each is shown with its interval "
            "where it is a sample, and where it is none the page says why there is no interval."
        ),
        gettext_lazy("An index over so few echelons has no band of chance: few cells have few exchanges."),
    ),
)
def contradictions(gathered: Gathered) -> Reading:
    """Each contradiction with its number and interval, or with the reason for having none."""
    if (empty := nothing_yet(gathered)) is not None:
        return empty
    quantity, quality = _quantity(gathered), _quality(gathered)
    by_echelon = strata_of(gathered, "echelon")
    blocks = (
        time_block(gathered),
        _quantity_block(gathered, quantity),
        _quality_block(quality),
        _strata_block(gathered, by_echelon),
    )
    return Reading(_sentence(quantity, quality, by_echelon), blocks)


def _sentence(quantity: QuantityLag, quality: QualityLag, by_echelon: Strata) -> str:
    said = []
    if quantity.reading.value is not None:
        said.append(_("%(ratio)s openings stand against one graduate.") % {"ratio": _two(quantity.reading.value)})
    if quality.reading.value is not None:
        words = _("Students practise %(share)s of the hours, %(operation)s in real operation.")
        total = quality.taught + quality.practised + quality.open_hours
        shares = {"share": formats.share(quality.reading.value), "operation": formats.share(quality.operation / total)}
        said.append(words % shares)
    if by_echelon.index.value is not None:
        words = _("Hours and postings by echelon overlap with %(index)s.")
        said.append(words % {"index": formats.index(by_echelon.index.value)})
    return phrases.sentences(*said) or _("No contradiction can be told yet.")


def _two(value: float) -> str:
    return f"{value:.2f}"


# In quantity


def _quantity(gathered: Gathered) -> QuantityLag:
    """Official figures of the whole field; the first source of the school, else of the site, that states both."""
    curriculum = gathered.curriculum
    sources = DemandSource.objects.open_to(curriculum.program.school_id).filter(
        kind=DemandSource.Kind.FIGURES, framework=curriculum.framework_id
    )
    rows = OfficialFigure.objects.filter(source__in=sources, position=None).order_by("source__slug", "region")
    by_source: dict[tuple[int, str], dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for source, region, last, kind, number in rows.values_list("source", "region", "last", "kind", "number"):
        by_source[source, region][last.year][kind] = number
    found = [
        quantity_lag([YearCount(year, said.get("openings"), said.get("graduates")) for year, said in years.items()])
        for years in by_source.values()
    ]
    return next((each for each in found if each.reading.value is not None), found[0] if found else quantity_lag([]))


def _quantity_block(gathered: Gathered, found: QuantityLag) -> Block:
    text, page = _("Import official figures: openings and graduates by year."), f"{reverse('import')}?kind=figures"
    rule = _(
        "Official figures of the whole field. They are counts of a register, not a sample, so they have no interval."
    )
    return Block(
        "quantity",
        _("In quantity"),
        figures=tuple(_quantity_figures(gathered, found)),
        listings=(_by_year(found),) if found.years else (),
        rules=(Rule(rule, "001 §3.1", "method"),),
        missing=() if found.reading.value is not None else (Missing("", text, page, _("Import")),),
    )


def _quantity_figures(gathered: Gathered, found: QuantityLag) -> Iterator[Figure]:
    yield figure_of("ratio", _("Openings for each graduate"), found.reading, "number", href="#openings")
    if found.change is not None:
        note = _("%(first)s to %(last)s") % {"first": found.years[0].year, "last": found.years[-1].year}
        yield Figure("change", _("Change of that"), round(found.change, 2), "number", note)
    stated = [each.graduates for each in gathered.of(Cohort) if each.graduates is not None]
    own = Figure("own", _("Graduates of this program"), sum(stated), href=gathered.listed(Cohort))
    yield replace(own, note=_("over all years of entry recorded")).unless(
        "" if stated else _("no numbers of students are recorded")
    )


def _by_year(found: QuantityLag) -> Listing:
    return listing(
        "openings",
        _("Openings against graduates"),
        found.years,
        (
            ("year", _("Year"), "text", lambda each: str(each.year)),
            ("openings", _("Openings"), "count", lambda each: each.openings),
            ("graduates", _("Graduates"), "count", lambda each: each.graduates),
            ("ratio", _("Openings for each graduate"), "number", lambda each: each.ratio and round(each.ratio, 2)),
        ),
    )


# In quality


def _quality(gathered: Gathered) -> QualityLag:
    """Of the whole plan, mapped or not."""
    modes = list(TAUGHT_MODES)
    hours = gathered.analysis.abilities[modes].sum() + gathered.analysis.unmapped.reindex(modes).fillna(0.0)
    exposed = gathered.analysis.abilities["exposure_hours"] > 0
    open_ended = bool(gathered.analysis.abilities.loc[exposed, "practised_high"].isna().any())
    return quality_lag(hours, open_ended=open_ended)


def _quality_block(found: QualityLag) -> Block:
    figures = (
        Figure("taught", _("Theory and demonstration"), found.taught, "hours"),
        Figure("simulation", _("Simulation"), found.simulation, "hours"),
        Figure("operation", _("Operation"), found.operation, "hours"),
        Figure("open", _("Not split"), found.open_hours, "hours", _("may be practice or not: nobody has said")),
    )
    stated = any(figure.value for figure in figures)  # a plan without hours has not 0 of them
    unknown = "" if stated else reason(found.reading.undefined)
    practised = figure_of("practised", _("Part of the hours that is practised"), found.reading, "share")
    rule = _(
        "Practised is simulation and operation, shown apart because simulation is not operation. Assessment is left "
        "out."
    )
    return Block(
        "quality",
        _("In quality"),
        figures=(practised, *(figure.unless(unknown) for figure in figures)),
        rules=(Rule(rule, "001 §3.1; 004 §3.3", "method"),),
    )


# By stratum


def strata_of(gathered: Gathered, field: str) -> Strata:
    """The plan and the postings by echelon or by layer of the positions; undefined while the mapping is unfinished."""
    hours, weights = stratum_hours(gathered, field)
    counts = posting_counts(gathered).by_position
    named = stratum_of_positions(gathered, field)
    postings: dict[str, int] = defaultdict(int)
    unassigned = 0
    for code, count in counts.items():
        if stratum := named.get(code, ""):
            postings[stratum] += count
        else:
            unassigned += count
    found = strata(hours, weights, pd.Series(postings, dtype=float), unassigned=unassigned)
    found = replace(found, table=as_stated(gathered, found.table))
    if gathered.analysis.unfinished:
        return replace(found, index=Number(None, undefined=because("mapping_unfinished")))
    return found


def _strata_block(gathered: Gathered, found: Strata) -> Block:
    title, label = _("By echelon"), _("Overlap of hours and postings")
    text = _(
        "Hours of an ability are split by where its requirement weight lies; postings are assigned by the position "
        "that their title names, over all positions. Echelons of positions may be assumed: the framework says so."
    )
    rules = (Rule(text, "001 §3.3", "method"),)
    if found.table.empty:
        why = reason(because("no_strata"))
        return untold("echelons", title, Figure("index", label, None, "index", why), rules=rules)
    figures = (
        figure_of("index", label, found.index, "index", href="#echelons"),
        *posting_figures(_("Postings that name no position with an echelon"), gathered, found),
        Figure("unrequired", _("Hours that no echelon requires"), found.unrequired_hours, "hours"),
    )
    listings = (stratum_listing("echelons", _("Demand and hours by echelon"), _("Echelon"), found),)
    return Block("echelons", title, figures=figures, listings=listings, rules=rules, missing=no_postings(gathered))


def posting_figures(label: str, gathered: Gathered, found: Strata) -> Iterator[Figure]:
    """How many postings stand in no stratum, or in none of the plan; unknown where there is none at all."""
    counted = posting_counts(gathered).total
    unassigned = Figure("unassigned", label, found.unassigned)
    yield unassigned.unless("" if counted else reason(because("no_postings_at_all")))
    if counted and found.elsewhere:
        elsewhere = _("Postings of kinds of position that the plan does not prepare for")
        note = _("not compared: the plan promises none of these")
        yield Figure("elsewhere", elsewhere, found.elsewhere, note=note)


def no_postings(gathered: Gathered) -> tuple[Missing, ...]:
    return () if posting_counts(gathered).total else (choose_postings(gathered),)


def stratum_listing(
    key: str, title: str, heading: str, found: Strata, *, name: Callable[[str], str] = plain_word
) -> Listing:
    counted = found.table if found.table["postings"].sum() else found.table.assign(postings=float("nan"))
    return listing(
        key,
        title,
        counted.itertuples(),
        (
            ("stratum", heading, "text", lambda row: capfirst(name(str(row.Index)))),
            ("postings", _("Postings"), "count", lambda row: known_count(row.postings)),
            ("postings_share", _("of them"), "share", lambda row: known(row.postings_share)),
            ("hours", _("Hours"), "hours", lambda row: known(row.hours)),
            ("hours_share", _("of them"), "share", lambda row: known(row.hours_share)),
            ("required", _("Abilities required"), "count", lambda row: known_count(row.required)),
            ("taught", _("With hours"), "count", lambda row: known_count(row.taught)),
            ("practised", _("Practised"), "count", lambda row: known_count(row.practised)),
            ("assessed", _("Assessed"), "count", lambda row: known_count(row.assessed)),
        ),
    )
