"""The panel of trade models: what positions and postings name of B2B, B2C and their kin."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from curricula.analysis.training.readings import because
from curricula.analysis.training.trade import TradeModels, models_in, trade_models
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .first_steps import choose_postings
from .gathered import Gathered
from .postings import trade_models_named
from .words import cells


def trade(gathered: Gathered) -> Reading:
    """How many postings name each model, and which positions carry it."""
    postings = trade_models_named(gathered)
    rows = gathered.curriculum.framework.positions.values_list("code", "trade_model")
    found = trade_models(postings, [(code, models_in(stated)) for code, stated in rows])
    if found.undefined:
        asks = _("This page will show which trade models, such as B2B or B2C, postings and positions name.")
        steps = (_edit(gathered), choose_postings(gathered))
        return Reading(phrases.space().join((asks, reason(found.undefined))), missing=steps, empty=True)
    return Reading(_sentence(found), (_block(gathered, found),), how=_how())


def _edit(gathered: Gathered) -> Missing:
    page = reverse("framework-positions", args=[gathered.curriculum.framework.slug])
    return Missing("", _("State the trade model of positions where it is known."), page, _("Positions"))


def _sentence(found: TradeModels) -> str:
    if not found.postings:
        return reason(because("no_postings_at_all"))
    words = _("%(named)s of %(postings)s postings name a trade model themselves; the others say nothing of it.")
    said = [words % {"named": found.named, "postings": found.postings}]
    if found.named and (most := max(found.rows, key=lambda row: row.postings)).postings:
        said.append(_("Named most: %(model)s.") % {"model": most.model})
    return phrases.space().join(said)


def _block(gathered: Gathered, found: TradeModels) -> Block:
    nothing = reason(because("no_postings_at_all"))
    figures = (
        Figure(
            "named",
            _("Postings that name a trade model"),
            found.named if found.postings else None,
            "count",
            _("of %(n)s in the last twelve months") % {"n": found.postings} if found.postings else nothing,
            "#models",
        ),
        Figure(
            "unstated",
            _("Positions without a trade model"),
            len(found.positions_unstated),
            "count",
            _("known only where the paper says it"),
            reverse("framework-positions", args=[gathered.curriculum.framework.slug]),
        ),
    )
    columns = (
        Column("model", _("Trade model"), "text"),
        Column("postings", _("Postings"), "count"),
        Column("share", _("of all"), "share"),
        Column("interval", _("Interval"), "text"),
        Column("positions", _("Positions that carry it"), "text"),
        Column("by_position", _("Postings for these that name none"), "count"),
    )
    names = gathered.names.positions
    rows = tuple(
        (
            *cells(row.model),
            formats.Value(row.postings if found.postings else None, "count"),
            formats.Value(row.share if found.postings else None, "share"),
            *cells(_interval(found, row.low, row.high)),
            *cells(phrases.in_a_row(names.get(code, code) for code in row.positions) or formats.MISSING),
            formats.Value(row.by_position if found.postings else None, "count"),
        )
        for row in found.rows
    )
    note = _("A posting may name several, so the shares need not add up. The interval takes postings as independent.")
    rule = Rule(_("A model counts where a posting's title or text names it, as B2B or B to B."), "004 §2", "method")
    listing = Listing(Table("models", _("Trade models in postings and positions"), columns, rows, (note,)))
    missing = () if found.postings else (choose_postings(gathered),)
    return Block("trade", figures=figures, listings=(listing,), rules=(rule,), missing=missing)


def _interval(found: TradeModels, low: float, high: float) -> str:
    if not found.postings:
        return formats.MISSING
    return _("%(low)s to %(high)s") % {"low": formats.share(low), "high": formats.share(high)}


def _how() -> tuple[str, ...]:
    return (_("Who says nothing of a trade model is not counted as without one: most postings leave it open."),)
