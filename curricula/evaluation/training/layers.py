"""The panel of layers and stages: managers and specialists, and the echelon of three stages by year of entry."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.citations import plain_word
from competencies.models import Position
from curricula.analysis.known import known, known_count
from curricula.analysis.training.layers import LayerReading, Standing, layers, standing
from curricula.analysis.training.readings import because
from curricula.models import Curriculum
from curricula.reports.panels import Block, Figure, Listing, Reading, Rule, listing
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .contradictions import no_postings, posting_figures, strata_of, stratum_listing
from .first_steps import nothing_yet
from .gathered import Gathered
from .panel import panel
from .strata import as_stated, stratum_hours, stratum_weights
from .words import figure_of, first_titles, out_of, untold


@panel(
    "layers",
    gettext_lazy("Layers and stages"),
    group="finding",
    papers=("0.3", "1.5"),
    question=gettext_lazy(
        "What does the plan give to managers and specialists, and where does each year of entry stand?"
    ),
    asks=gettext_lazy(
        "This page will show what the plan gives to managers and to specialists, and where each year of entry stands."
    ),
    how=(
        gettext_lazy(
            "Layers and echelons are stated by the framework for its positions, assumed where the paper does not say "
            "them; they are edited on the framework's pages and stand in its files."
        ),
    ),
)
def layers_and_stages(gathered: Gathered) -> Reading:
    """Readiness by layer, breadth against depth, and where each year of entry stands in the three stages."""
    if (empty := nothing_yet(gathered, mapped=True)) is not None:
        return empty
    by_layer = _layers(gathered)
    return Reading(_sentence(by_layer), (_layer_block(gathered, by_layer), _stage_block(_standings(gathered))))


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
    return phrases.sentences(*said) or _("No position of the framework states a layer.")


def _layer_block(gathered: Gathered, found: LayerReading) -> Block:
    title = _("Managers and specialists")
    text = _(
        "Breadth: the effective number of areas (exp of the entropy) of the hours that fall to the layer. Depth: "
        "hours for each ability that has any, and the part of them that is practised."
    )
    rules = (Rule(text, "000 §IV.B", "method"),)
    if found.table.empty:
        return untold(
            "layers", title, Figure("layers", title, None, "text", reason(because("no_strata"))), rules=rules
        )
    strata = strata_of(gathered, "layer")
    figures = (
        figure_of("index", _("Overlap of hours and postings"), strata.index, "index", href="#layers"),
        *posting_figures(_("Postings that name no position with a layer"), gathered, strata),
        Figure("unrequired", _("Hours that no layer requires"), found.unrequired_hours, "hours"),
    )
    hours, weights = gathered.analysis.abilities["exposure_hours"], stratum_weights(gathered, "layer")
    without = [str(code) for code in weights.index[(weights > 0).any(axis=1)] if not hours[code] > 0]
    step = _("Required by the positions and without hours: %(list)s.")
    wanted = (step % {"list": first_titles(gathered.names, without)},) if without else ()
    demand = stratum_listing("layers", _("Demand and hours by layer"), _("Layer"), strata, name=_name)
    return Block(
        "layers",
        title,
        figures=figures,
        wanted=wanted,
        listings=(demand, _depth(found)),
        rules=rules,
        missing=no_postings(gathered),
    )


def _depth(found: LayerReading) -> Listing:
    depth = _("Hours for each ability that has any")
    return listing(
        "breadth-depth",
        _("Breadth against depth"),
        found.table.itertuples(),
        (
            ("layer", _("Layer"), "text", lambda row: capfirst(_name(str(row.Index)))),
            ("areas", _("Areas reached"), "count", lambda row: known_count(row.areas)),
            ("breadth", _("Breadth"), "number", lambda row: _rounded(row.breadth, 1)),
            ("depth", depth, "number", lambda row: _rounded(row.depth, 1)),
            ("practised_share", _("Practised part"), "share", lambda row: _rounded(row.practised_share, 3)),
        ),
        notes=(
            _("A manager's profile is broad, a specialist's deep; no number of the paper says how much of either."),
        ),
    )


def _rounded(value: Any, decimals: int) -> float | None:
    return None if pd.isna(value) else round(float(value), decimals)


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
    text = _(
        "Compound basic, effective professional, comprehensive senior: each ability belongs to the echelons of the "
        "positions that require it. A year of entry has had the terms that it has begun; nobody's ability is claimed."
    )
    rules = (Rule(text, "001 §4.3", "method"),)
    if not found:
        return untold(
            "stages", title, Figure("stages", title, None, "text", reason(because("no_strata"))), rules=rules
        )
    begun_of = _("Abilities begun, of those required")
    notes = [_("Years of entry whose mapping is not finished are left out.")]
    if without := sum(each.without_term for each in found):
        hours = formats.hours(without)
        notes.append(_("Hours of courses without a term stand in no stage: %(hours)s.") % {"hours": hours})
    table = listing(
        "stages",
        title,
        [(each, row) for each in found for row in each.table.itertuples()],
        (
            ("entry", _("Year of entry"), "text", lambda line: str(line[0].entry)),
            ("terms", _("Terms begun"), "text", lambda line: _terms(line[0])),
            ("stage", _("Stage"), "text", lambda line: plain_word(str(line[1].Index))),
            ("begun", begun_of, "text", lambda line: out_of(line[1].begun, line[1].required)),
            ("hours", _("Hours had"), "hours", lambda line: known(line[1].hours)),
            ("of_hours", _("of the plan's"), "hours", lambda line: known(line[1].of_hours)),
        ),
        notes=notes,
    )
    words = _("%(entry)s: %(terms)s terms begun")
    begun = phrases.in_a_row(words % {"entry": each.entry, "terms": _terms(each)} for each in found)
    return Block("stages", title, begun, listings=(table,), rules=rules)


def _terms(found: Standing) -> str:
    if found.is_over:
        return _("all %(count)s") % {"count": found.last_term}
    return out_of(found.terms, found.last_term)
