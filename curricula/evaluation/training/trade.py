"""The panel of trade models: what positions and postings name of B2B, B2C and their kin."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.readings import because
from curricula.analysis.training.trade import ModelCount, TradeModels, models_in, trade_models
from curricula.reports.panels import Block, Figure, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .first_steps import choose_postings
from .gathered import Gathered
from .panel import nothing, panel
from .postings import trade_models_named
from .words import range_of


@panel(
    "trade",
    gettext_lazy("Trade models"),
    group="demand",
    papers=("4.8",),
    question=gettext_lazy("Which trade models do postings and positions name?"),
    asks=gettext_lazy("This page will show which trade models, such as B2B or B2C, postings and positions name."),
    how=(
        gettext_lazy("Who says nothing of a trade model is not counted as without one: most postings leave it open."),
    ),
)
def trade(gathered: Gathered) -> Reading:
    """How many postings name each model, and which positions carry it."""
    postings = trade_models_named(gathered)
    rows = gathered.curriculum.framework.positions.values_list("code", "trade_model")
    found = trade_models(postings, [(code, models_in(stated)) for code, stated in rows])
    positions = reverse("framework-positions", args=[gathered.curriculum.framework.slug])
    if found.undefined:
        edit = Missing("", _("State the trade model of positions where it is known."), positions, _("Positions"))
        return nothing(edit, choose_postings(gathered), why=reason(found.undefined))
    return Reading(_sentence(found), (_block(gathered, found, positions),))


def _sentence(found: TradeModels) -> str:
    if not found.postings:
        return reason(because("no_postings_at_all"))
    words = _("%(named)s of %(postings)s postings name a trade model themselves; the others say nothing of it.")
    said = [words % {"named": found.named, "postings": found.postings}]
    if found.named and (most := max(found.rows, key=lambda row: row.postings)).postings:
        said.append(_("Named most: %(model)s.") % {"model": most.model})
    return phrases.sentences(*said)


def _block(gathered: Gathered, found: TradeModels, positions: str) -> Block:
    named = Figure("named", _("Postings that name a trade model"), found.named, href="#models")
    of = _("of %(n)s in the last twelve months") % {"n": found.postings}
    unstated, paper = len(found.positions_unstated), _("known only where the paper says it")
    note = _("A posting may name several, so the shares need not add up. The interval takes postings as independent.")
    without = _("Postings for these that name none")
    models = listing(
        "models",
        _("Trade models in postings and positions"),
        found.rows,
        (
            ("model", _("Trade model"), "text", lambda row: row.model),
            ("postings", _("Postings"), "count", lambda row: row.postings if found.postings else None),
            ("share", _("of all"), "share", lambda row: row.share if found.postings else None),
            ("interval", _("Interval"), "text", lambda row: _interval(found, row)),
            ("positions", _("Positions that carry it"), "text", lambda row: _positions(gathered, row)),
            ("by_position", without, "count", lambda row: row.by_position if found.postings else None),
        ),
        notes=(note,),
    )
    rule = _("A model counts where a posting's title or text names it, as B2B or B to B.")
    return Block(
        "trade",
        figures=(
            replace(named, note=of).unless("" if found.postings else reason(because("no_postings_at_all"))),
            Figure("unstated", _("Positions without a trade model"), unstated, note=paper, href=positions),
        ),
        listings=(models,),
        rules=(Rule(rule, "004 §2", "method"),),
        missing=() if found.postings else (choose_postings(gathered),),
    )


def _positions(gathered: Gathered, row: ModelCount) -> str:
    return phrases.in_a_row(map(gathered.names.position, row.positions)) or formats.MISSING


def _interval(found: TradeModels, row: ModelCount) -> str:
    return range_of(formats.share(row.low), formats.share(row.high)) if found.postings else formats.MISSING
