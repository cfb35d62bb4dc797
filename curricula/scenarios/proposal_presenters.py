"""From a scenario to its proposal: every number of the effect as a table, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from curricula.evaluation.reports import subject_of
from curricula.models import Scenario, person_name
from curricula.reports.build import build_report
from curricula.reports.table import Cells, Table, table_of
from curricula.wording import phrases
from curricula.wording.formats import Kind

from .presenters import Broken, EffectView, Row, scenario_page
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


def _sides(name: str, before: str, after: str, kind: Kind, part: str = "", *, key: str = "") -> Iterator[Cells]:
    """A change as two columns; of what has parts, the part that is told."""
    for side, title in (("before", before), ("after", after)):
        place = ".".join(filter(None, (name, side, part)))
        yield Cells("_".join(filter(None, (key, side))), title, kind, attrgetter(place))


def _indices(effect: EffectView) -> Table:
    notes = tuple(phrases.headed(line.title, line.reason) for line in effect.indices if line.reason)
    return table_of(
        "alignment",
        _("Alignment"),
        effect.indices,
        Cells("title", _("Compared")),
        *_sides("", _("Before"), _("After"), "index", "index"),
        Cells("null_low", _("Exchanged, low"), "index", attrgetter("after.null_low")),
        Cells("null_high", _("Exchanged, high"), "index", attrgetter("after.null_high")),
        Cells("ceiling", _("Ceiling"), "index", attrgetter("after.ceiling")),
        notes=notes,
    )


def _tones(effect: EffectView) -> Table:
    sides = _sides("", _("Before"), _("After"), "count")
    return table_of("findings", _("Findings in all"), effect.tones, Cells("title", _("Findings")), *sides)


def _abilities(effect: EffectView) -> Table:
    return table_of(
        "abilities",
        _("Abilities whose label changes"),
        effect.abilities,
        Cells("code", _("Code")),
        Cells("title", _("Ability")),
        *_sides("label", _("Before"), _("After"), "text", "text", key="label"),
        *_sides("hours", _("Hours before"), _("Hours after"), "hours", key="hours"),
        *_sides("share", _("Share before"), _("Share after"), "share", key="share"),
    )


def _totals(effect: EffectView) -> Table:
    hours = (*effect.hours, effect.hours_in_all, effect.unmapped_hours)
    rounded = (Row(row.title, round(row.before, 1), round(row.after, 1)) for row in hours)
    lines = (Row(_("Credits"), effect.credits.before, effect.credits.after), *rounded)
    columns = (Cells("title", _("What the plan holds")), *_sides("", _("Before"), _("After"), "number"))
    return table_of("totals", _("Credits and hours"), lines, *columns, notes=_told(effect.credits_kept))


def _terms(effect: EffectView) -> Table:
    return table_of(
        "terms",
        _("Credits by term"),
        effect.terms,
        Cells("term", _("Term"), "count"),
        *_sides("", _("Credits before"), _("Credits after"), "number"),
        Cells("overfull", _("Above the bound"), "flag"),
        notes=_told(effect.spread),
    )


def _told(note: str) -> tuple[str, ...]:
    return (note,) if note else ()


def _prerequisites(effect: EffectView) -> Table:
    ring = (Broken(" → ".join(effect.ring), new=False),) if effect.ring else ()
    columns = (Cells("words", _("Prerequisite that is not kept")), Cells("new", _("New"), "flag"))
    return table_of("prerequisites", _("Broken prerequisites"), (*effect.broken, *ring), *columns)


def _positions(effect: EffectView) -> Table:
    return table_of(
        "positions",
        _("Positions that are served otherwise"),
        effect.positions,
        Cells("title", _("Position")),
        Cells("required", _("Required"), "count"),
        *_sides("taught", _("Taught before"), _("Taught after"), "count", key="taught"),
        *_sides("practised", _("Practised before"), _("Practised after"), "count", key="practised"),
    )


def _certificates(effect: EffectView) -> Table:
    return table_of(
        "certificates",
        _("Certificates"),
        effect.certificates,
        Cells("title", _("Certificate")),
        Cells("direction", _("Direction")),
        *_sides("offered", _("Offered before"), _("Offered after"), "count"),
        Cells("required", _("Courses named"), "count"),
        Cells("missing", _("Still missing"), of=lambda line: phrases.in_parts(line.missing)),
    )
