"""From a scenario to its proposal: every number of the effect as a table, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from curricula.evaluation.reports import subject_of
from curricula.models import Scenario, person_name
from curricula.reports.build import build_report
from curricula.reports.table import Column, Table
from curricula.wording import phrases
from curricula.wording.formats import Value

from .presenters import EffectView, scenario_page
from .proposal_document import Proposal


def proposal_of(scenario: Scenario, *, language: str | None = None, most_credits: float | None) -> Proposal | None:
    """The scenario as a document in the reader's language; None where the plan cannot take its edits any more."""
    with override(language or get_language() or "en"):
        page = scenario_page(scenario, most_credits=most_credits)
        if page.effect is None:
            return None
        effect, subject = page.effect.effect, subject_of(scenario.curriculum)
        report = build_report(effect.analysis, frames=effect.frames, subject=subject, names=page.names)
        return Proposal(
            number=scenario.pk,
            subject=subject,
            version=scenario.curriculum.version,
            title=scenario.title,
            note=scenario.note,
            state=str(scenario.get_state_display()),
            author=person_name(scenario.created_by) if scenario.created_by else "",
            edits=tuple(line.words for line in page.lines),
            stored=tuple(scenario.edits),
            tables=effect_tables(page.effect),
            warnings=tuple(line.message for line in report.warnings if line.code != "sample_data"),
            method=tuple(_(paragraph) for paragraph in phrases.METHOD),
            report=report,
        )


def effect_tables(effect: EffectView) -> tuple[Table, ...]:
    """What the editor shows beside the edits, as tables."""
    return (
        _indices(effect),
        _tones(effect),
        _abilities(effect),
        _totals(effect),
        _terms(effect),
        _prerequisites(effect),
        _positions(effect),
        _certificates(effect),
    )


def _indices(effect: EffectView) -> Table:
    columns = (
        Column("title", _("Compared"), "text"),
        Column("before", _("Before"), "index"),
        Column("after", _("After"), "index"),
        Column("null_low", _("Exchanged, low"), "index"),
        Column("null_high", _("Exchanged, high"), "index"),
        Column("ceiling", _("Ceiling"), "index"),
    )
    rows = [
        (
            line.title,
            line.before.index,
            line.after.index,
            line.after.null_low,
            line.after.null_high,
            line.after.ceiling,
        )
        for line in effect.indices
    ]
    notes = tuple(phrases.headed(line.title, line.reason) for line in effect.indices if line.reason)
    return _table("alignment", _("Alignment"), columns, rows, notes)


def _tones(effect: EffectView) -> Table:
    columns = (
        Column("title", _("Findings"), "text"),
        Column("before", _("Before"), "count"),
        Column("after", _("After"), "count"),
    )
    return _table("findings", _("Findings in all"), columns, [(r.title, r.before, r.after) for r in effect.tones])


def _abilities(effect: EffectView) -> Table:
    columns = (
        Column("code", _("Code"), "text"),
        Column("title", _("Ability"), "text"),
        Column("label_before", _("Before"), "text"),
        Column("label_after", _("After"), "text"),
        Column("hours_before", _("Hours before"), "hours"),
        Column("hours_after", _("Hours after"), "hours"),
        Column("share_before", _("Share before"), "share"),
        Column("share_after", _("Share after"), "share"),
    )
    rows = [
        (
            *(line.code, line.title, line.label.before.text, line.label.after.text),
            *(line.hours.before, line.hours.after, line.share.before, line.share.after),
        )
        for line in effect.abilities
    ]
    return _table("abilities", _("Abilities whose label changes"), columns, rows)


def _totals(effect: EffectView) -> Table:
    columns = (
        Column("title", _("What the plan holds"), "text"),
        Column("before", _("Before"), "number"),
        Column("after", _("After"), "number"),
    )
    hours = [*effect.hours, effect.hours_in_all, effect.unmapped_hours]
    rows = [(_("Credits"), effect.credits.before, effect.credits.after)]
    rows += [(row.title, round(row.before, 1), round(row.after, 1)) for row in hours]
    notes = (effect.credits_kept,) if effect.credits_kept else ()
    return _table("totals", _("Credits and hours"), columns, rows, notes)


def _terms(effect: EffectView) -> Table:
    columns = (
        Column("term", _("Term"), "count"),
        Column("before", _("Credits before"), "number"),
        Column("after", _("Credits after"), "number"),
        Column("overfull", _("Above the bound"), "flag"),
    )
    rows = [(row.term, row.before, row.after, row.overfull) for row in effect.terms]
    return _table("terms", _("Credits by term"), columns, rows, (effect.spread,) if effect.spread else ())


def _prerequisites(effect: EffectView) -> Table:
    columns = (Column("words", _("Prerequisite that is not kept"), "text"), Column("new", _("New"), "flag"))
    rows = [(line.words, line.new) for line in effect.broken]
    if effect.ring:
        rows.append((" → ".join(effect.ring), False))
    return _table("prerequisites", _("Broken prerequisites"), columns, rows)


def _positions(effect: EffectView) -> Table:
    columns = (
        Column("title", _("Position"), "text"),
        Column("required", _("Required"), "count"),
        Column("taught_before", _("Taught before"), "count"),
        Column("taught_after", _("Taught after"), "count"),
        Column("practised_before", _("Practised before"), "count"),
        Column("practised_after", _("Practised after"), "count"),
    )
    rows = [
        (
            *(line.title, line.required, line.taught.before, line.taught.after),
            *(line.practised.before, line.practised.after),
        )
        for line in effect.positions
    ]
    return _table("positions", _("Positions that are served otherwise"), columns, rows)


def _certificates(effect: EffectView) -> Table:
    columns = (
        Column("title", _("Certificate"), "text"),
        Column("direction", _("Direction"), "text"),
        Column("before", _("Offered before"), "count"),
        Column("after", _("Offered after"), "count"),
        Column("required", _("Courses named"), "count"),
        Column("missing", _("Still missing"), "text"),
    )
    rows = [
        (
            line.title,
            line.direction,
            line.offered.before,
            line.offered.after,
            line.required,
            phrases.in_parts(line.missing),
        )
        for line in effect.certificates
    ]
    return _table("certificates", _("Certificates"), columns, rows)


def _table(
    key: str, title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Any, ...]], notes: tuple[str, ...] = ()
) -> Table:
    cells = tuple(tuple(Value(value, column.kind) for value, column in zip(row, columns, strict=True)) for row in rows)
    return Table(key, title, columns, cells, notes)
