"""The panel of layers and stages: managers and specialists, and the echelon of three stages by year of entry."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.citations import plain_word
from competencies.models import Position
from curricula.analysis.training.layers import LayerReading, Standing, layers, standing
from curricula.analysis.training.readings import because
from curricula.models import Curriculum
from curricula.reports.panels import Block, Figure, Listing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .contradictions import no_postings, posting_figures, strata_of, stratum_table
from .first_steps import nothing_yet
from .gathered import Gathered
from .numbers import figure_of
from .strata import as_stated, stratum_hours, stratum_weights
from .words import cells, first_titles


def layers_and_stages(gathered: Gathered) -> Reading:
    """Readiness by layer, breadth against depth, and where each year of entry stands in the three stages."""
    asks = _(
        "This page will show what the plan gives to managers and to specialists, and where each year of entry stands."
    )
    if (empty := nothing_yet(gathered, asks, mapped=True)) is not None:
        return empty
    by_layer = _layers(gathered)
    stands = list(_standings(gathered))
    return Reading(_sentence(by_layer), (_layer_block(gathered, by_layer), _stage_block(stands)), how=_how())


def _layers(gathered: Gathered) -> LayerReading:
    hours, weights = stratum_hours(gathered, "layer")
    found = layers(hours.assign(area=gathered.analysis.abilities["area"]), weights)
    return replace(found, table=as_stated(gathered, found.table))


def _name(layer: str) -> str:
    return str(dict(Position.Layer.choices).get(layer, plain_word(layer)))


def _sentence(found: LayerReading) -> str:
    said = []
    words = _("%(layer)s: %(taught)s of %(required)s required abilities have hours, %(practised)s are practised.")
    silent = _("%(layer)s: %(taught)s of %(required)s required abilities have hours; practice is not stated.")
    for layer, row in found.table.iterrows():
        told = not pd.isna(row["practised"])
        counts = {name: int(row[name]) for name in ("taught", "required", *(["practised"] if told else []))}
        said.append((words if told else silent) % {"layer": capfirst(_name(str(layer))), **counts})
    return phrases.space().join(said) or _("No position of the framework states a layer.")


def _layer_block(gathered: Gathered, found: LayerReading) -> Block:
    title = _("Managers and specialists")
    rule = Rule(
        _(
            "Breadth: the effective number of areas (exp of the entropy) of the hours that fall to the "
            "layer. Depth: hours "
            "for each ability that has any, and the part of them that is practised."
        ),
        "000 §IV.B",
        "method",
    )
    if found.table.empty:
        figure = Figure("layers", title, None, "text", reason(because("no_strata")))
        return Block("layers", title, tone="na", verdict=_("cannot be told yet"), figures=(figure,), rules=(rule,))
    strata = strata_of(gathered, "layer")
    figures = (
        figure_of("index", _("Overlap of hours and postings"), strata.index, "index", href="#layers"),
        *posting_figures(_("Postings that name no position with a layer"), gathered, strata),
        Figure("unrequired", _("Hours that no layer requires"), found.unrequired_hours, "hours"),
    )
    hours, weights = gathered.analysis.abilities["exposure_hours"], stratum_weights(gathered, "layer")
    without = [str(code) for code in weights.index[(weights > 0).any(axis=1)] if not hours[code] > 0]
    step = _("Required by the positions and without hours: %(list)s.")
    renamed = strata.table.rename(index=lambda each: capfirst(_name(str(each))))
    demand = stratum_table(
        "layers",
        _("Demand and hours by layer"),
        _("Layer"),
        replace(strata, table=renamed),
    )
    listings, missing = (Listing(demand), _depth(found)), no_postings(gathered)
    wanted = (step % {"list": first_titles(gathered.names.abilities, without)},) if without else ()
    return Block("layers", title, figures=figures, wanted=wanted, listings=listings, rules=(rule,), missing=missing)


def _depth(found: LayerReading) -> Listing:
    columns = (
        Column("layer", _("Layer"), "text"),
        Column("areas", _("Areas reached"), "count"),
        Column("breadth", _("Breadth"), "number"),
        Column("depth", _("Hours for each ability that has any"), "number"),
        Column("practised_share", _("Practised part"), "share"),
    )
    rows = tuple(
        (
            *cells(capfirst(_name(str(layer)))),
            *(formats.Value(_value(row[column.key], column.kind), column.kind) for column in columns[1:]),
        )
        for layer, row in found.table.iterrows()
    )
    note = _("A manager's profile is broad, a specialist's deep; no number of the paper says how much of either.")
    return Listing(Table("breadth-depth", _("Breadth against depth"), columns, rows, (note,)))


def _value(value: float, kind: str) -> float | int | None:
    if pd.isna(value):
        return None
    return int(value) if kind == "count" else round(float(value), 3 if kind == "share" else 1)


# Stages


def _standings(gathered: Gathered) -> list[Standing]:
    """Every year of entry of the program that has a plan, newest version, judged by the stages of this framework."""
    weights = stratum_weights(gathered, "echelon")
    stages = {str(stage): {str(code): float(w) for code, w in weights[stage].items()} for stage in weights.columns}
    if not stages:
        return []
    plans = Curriculum.objects.filter(
        program=gathered.curriculum.program_id, framework=gathered.curriculum.framework_id
    ).newest()
    found = []
    for plan in plans.select_related("program__school", "framework").order_by("year"):
        frames, analysis = (
            (gathered.frames, gathered.analysis) if plan.pk == gathered.curriculum.pk else gathered.analyse(plan)
        )
        if analysis.unfinished or frames.courses.empty:
            continue  # an unfinished mapping accuses nobody, and a plan without courses has no terms to begin
        terms = frames.courses.reindex(columns=["term", "term_last"])
        cells_ = analysis.cells[["course", "ability", "exposed"]].merge(
            terms, left_on="course", right_index=True, how="left"
        )
        found.append(standing(plan.year, cells_, stages, today=gathered.today))
    return found


def _stage_block(found: list[Standing]) -> Block:
    title = _("Three stages by year of entry")
    rule = Rule(
        _(
            "Compound basic, effective professional, comprehensive senior: each ability belongs to the "
            "echelons of the "
            "positions that require it. A year of entry has had the terms that it has begun; nobody's "
            "ability is claimed."
        ),
        "001 §4.3",
        "method",
    )
    if not found:
        figure = Figure("stages", title, None, "text", reason(because("no_strata")))
        return Block("stages", title, tone="na", verdict=_("cannot be told yet"), figures=(figure,), rules=(rule,))
    columns = (
        Column("entry", _("Year of entry"), "text"),
        Column("terms", _("Terms begun"), "text"),
        Column("stage", _("Stage"), "text"),
        Column("begun", _("Abilities begun, of those required"), "text"),
        Column("hours", _("Hours had"), "hours"),
        Column("of_hours", _("of the plan's"), "hours"),
    )
    rows = tuple(
        (
            *cells(str(each.entry), _terms(each), str(plain_word(str(stage)))),
            *cells(_("%(k)s out of %(n)s") % {"k": int(row["begun"]), "n": int(row["required"])}),
            formats.Value(float(row["hours"]), "hours"),
            formats.Value(float(row["of_hours"]), "hours"),
        )
        for each in found
        for stage, row in each.table.iterrows()
    )
    without = sum(each.without_term for each in found)
    notes = [_("Years of entry whose mapping is not finished are left out.")]
    if without:
        hours = formats.hours(without)
        notes.append(_("Hours of courses without a term stand in no stage: %(hours)s.") % {"hours": hours})
    table = Table("stages", title, columns, rows, tuple(notes))
    words = _("%(entry)s: %(terms)s terms begun")
    begun = phrases.in_a_row(words % {"entry": each.entry, "terms": _terms(each)} for each in found)
    return Block("stages", title, begun, listings=(Listing(table),), rules=(rule,))


def _terms(found: Standing) -> str:
    if found.is_over:
        return _("all %(count)s") % {"count": found.last_term}
    return _("%(k)s out of %(n)s") % {"k": found.terms, "n": found.last_term}


def _how() -> tuple[str, ...]:
    return (
        _(
            "Layers and echelons are stated by the framework for its positions, assumed where the paper does "
            "not say them; "
            "they are edited on the framework's pages and stand in its files."
        ),
    )
