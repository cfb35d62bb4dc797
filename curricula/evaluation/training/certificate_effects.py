"""What the missing courses of the certificates would change: gaps that they bear on, abilities that they reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from curricula.analysis.frames import CurriculumFrames
from curricula.analysis.training.certificate_effect import CertificateEffect, certificate_effect
from curricula.analysis.training.graduation import Closes, QualificationClause
from curricula.reports.panels import Figure, Listing, listing
from curricula.wording import phrases

from .gathered import Gathered
from .words import mapping_unfinished


def certificate_name(gathered: Gathered, each: Closes) -> str:
    title = gathered.names.certifications.get(each.certification, each.certification)
    direction = gathered.names.directions.get(each.direction, each.direction)
    return phrases.headed(title, direction) if direction else title


def serves(frames: CurriculumFrames) -> dict[str, list[str]]:
    """The abilities that each reference course serves."""
    by_course = frames.reference_abilities.groupby("reference_course")["ability"]
    return {str(course): rows.tolist() for course, rows in by_course}


def effect_listings(gathered: Gathered, found: QualificationClause) -> tuple[Listing, ...]:
    """What each certificate would change for the plan; of a mapping that is not finished nothing is said."""
    return (*_coverage_listing(gathered, found), *_gap_listing(gathered, found))


def _effect(gathered: Gathered, missing: Sequence[str]) -> CertificateEffect:
    frames, abilities = gathered.frames, gathered.analysis.abilities
    served = serves(frames)
    required = frames.requirements.groupby("position", sort=False)["ability"]
    chosen = {str(position): list(rows) for position, rows in required if position in _prepared(frames)}
    return certificate_effect({each for course in missing for each in served.get(course, ())}, abilities, chosen)


def _prepared(frames: CurriculumFrames) -> Sequence[str]:
    return frames.prepares_for or frames.positions


def coverage_figure(gathered: Gathered, nearest: Closes) -> Figure:
    found = _effect(gathered, nearest.missing).wanted
    figure = Figure("reached", _("Wanted abilities reached with its missing courses"), found.then)
    if unfinished := mapping_unfinished(gathered):
        return figure.unless(unfinished)
    if not found.asked:
        return figure.unless(_("no ability is wanted yet: no position is chosen, no demand known"))
    note = _("of %(asked)s; without them %(now)s") % {"asked": found.asked, "now": found.now}
    return replace(figure, note=note, href="#certificate-effects")


def _coverage_listing(gathered: Gathered, found: QualificationClause) -> Iterator[Listing]:
    asked = [(each, _effect(gathered, each.missing)) for each in found.closes if each.missing]
    if gathered.analysis.unfinished or not asked:
        return
    names = gathered.names
    note = _(
        "An ability is reached where any hours serve it. The hours of a course that is not there yet nobody has "
        "stated, so that no size is said here; a what-if with its hours says it."
    )
    positions = _("Requirements of positions that are reached")
    yield listing(
        "certificate-effects",
        _("What the missing courses would change"),
        asked,
        (
            ("certificate", _("Certificate"), "text", lambda row: certificate_name(gathered, row[0])),
            ("courses", _("Missing courses"), "count", lambda row: len(row[0].missing)),
            ("now", _("Wanted abilities reached now"), "count", lambda row: row[1].wanted.now),
            ("then", _("with these courses"), "count", lambda row: row[1].wanted.then),
            ("reached", _("Reached only with them"), "text", lambda row: names.abilities_of(row[1].reached) or None),
            ("positions", positions, "text", lambda row: phrases.in_parts(_positions(gathered, row[1])) or None),
        ),
        href=lambda _row: gathered.curriculum.page("certificates"),
        notes=(note,),
    )


def _positions(gathered: Gathered, effect: CertificateEffect) -> list[str]:
    said = _("%(position)s %(now)s → %(then)s of %(asked)s")
    return [
        said % {"position": gathered.names.position(code), "now": each.now, "then": each.then, "asked": each.asked}
        for code, each in effect.positions.items()
        if each.changes
    ]


def _gap_listing(gathered: Gathered, found: QualificationClause) -> Iterator[Listing]:
    """Which certificate bears on which gap, and what that would change: the courses that it asks for and serve it."""
    by_gap: dict[str, dict[str, tuple[str, ...]]] = {}
    for each in found.closes:
        if not each.direction:
            for ability, courses in each.gaps.items():
                by_gap.setdefault(ability, {})[certificate_name(gathered, each)] = courses
    if not by_gap:
        return
    labels = gathered.analysis.abilities["label"]
    yield listing(
        "gaps-closed",
        _("Which certificate bears on which gap"),
        by_gap,
        (
            ("ability", _("Ability with a gap"), "text", gathered.names.ability),
            ("label", _("Finding"), "text", lambda code: phrases.label_text(labels[code])),
            ("certificates", _("Certificates that bear on it"), "text", lambda code: phrases.in_a_row(by_gap[code])),
            ("courses", _("By the courses"), "text", lambda code: _titles(gathered, by_gap[code])),
        ),
        href=gathered.ability_page,
        notes=(
            _("A course that serves an ability gives it hours; whether enough to close the gap, a what-if tells."),
        ),
    )


def _titles(gathered: Gathered, closing: dict[str, tuple[str, ...]]) -> str:
    codes = (code for courses in closing.values() for code in courses)
    return phrases.in_a_row(dict.fromkeys(map(gathered.names.reference_course, codes)))
