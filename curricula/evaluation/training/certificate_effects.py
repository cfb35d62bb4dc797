"""What the missing courses of the certificates would change: gaps that they bear on, abilities that they reach."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from curricula.analysis.frames import CurriculumFrames
from curricula.analysis.training.certificate_effect import CertificateEffect, certificate_effect
from curricula.analysis.training.graduation import Closes, QualificationClause
from curricula.reports.panels import Figure, Listing
from curricula.reports.table import Column, Table
from curricula.wording import phrases
from curricula.wording.formats import Value

from .gathered import Gathered


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
    label = _("Wanted abilities reached with its missing courses")
    found = _effect(gathered, nearest.missing).wanted
    if gathered.analysis.unfinished:
        return Figure("reached", label, None, note=_("the mapping of the courses is not finished"))
    if not found.asked:
        return Figure(
            "reached", label, None, note=_("no ability is wanted yet: no position is chosen, no demand known")
        )
    note = _("of %(asked)s; without them %(now)s") % {"asked": found.asked, "now": found.now}
    return Figure("reached", label, found.then, note=note, href="#certificate-effects")


def _coverage_listing(gathered: Gathered, found: QualificationClause) -> tuple[Listing, ...]:
    asked = [each for each in found.closes if each.missing]
    if gathered.analysis.unfinished or not asked:
        return ()
    columns = (
        Column("certificate", _("Certificate"), "text"),
        Column("courses", _("Missing courses"), "count"),
        Column("now", _("Wanted abilities reached now"), "count"),
        Column("then", _("with these courses"), "count"),
        Column("reached", _("Reached only with them"), "text"),
        Column("positions", _("Requirements of positions that are reached"), "text"),
    )
    names, rows = gathered.names, []
    for each in asked:
        effect = _effect(gathered, each.missing)
        rows.append(
            (
                Value(certificate_name(gathered, each)),
                Value(len(each.missing), "count"),
                Value(effect.wanted.now, "count"),
                Value(effect.wanted.then, "count"),
                Value(phrases.in_a_row(names.abilities.get(code, code) for code in effect.reached) or None),
                Value(phrases.in_parts(_positions(gathered, effect)) or None),
            )
        )
    note = _(
        "An ability is reached where any hours serve it. The hours of a course that is not there yet nobody has "
        "stated, so that no size is said here; a what-if with its hours says it."
    )
    table = Table("certificate-effects", _("What the missing courses would change"), columns, tuple(rows), (note,))
    return (Listing(table, (gathered.curriculum.page("certificates"),) * len(rows)),)


def _positions(gathered: Gathered, effect: CertificateEffect) -> list[str]:
    said = _("%(position)s %(now)s → %(then)s of %(asked)s")
    names = gathered.names.positions
    return [
        said % {"position": names.get(code, code), "now": each.now, "then": each.then, "asked": each.asked}
        for code, each in effect.positions.items()
        if each.changes
    ]


def _gap_listing(gathered: Gathered, found: QualificationClause) -> tuple[Listing, ...]:
    """Which certificate bears on which gap, and what that would change: the courses that it asks for and serve it."""
    by_gap: dict[str, dict[str, tuple[str, ...]]] = {}
    for each in found.closes:
        if not each.direction:
            for ability, courses in each.gaps.items():
                by_gap.setdefault(ability, {})[certificate_name(gathered, each)] = courses
    if not by_gap:
        return ()
    names, labels = gathered.names, gathered.analysis.abilities["label"]
    rows = tuple(
        (
            Value(names.abilities.get(ability, ability)),
            Value(phrases.label_text(labels[ability])),
            Value(phrases.in_a_row(closing)),
            Value(phrases.in_a_row(dict.fromkeys(_titles(gathered, closing)))),
        )
        for ability, closing in by_gap.items()
    )
    columns = (
        Column("ability", _("Ability with a gap"), "text"),
        Column("label", _("Finding"), "text"),
        Column("certificates", _("Certificates that bear on it"), "text"),
        Column("courses", _("By the courses"), "text"),
    )
    note = _("A course that serves an ability gives it hours; whether enough to close the gap, a what-if tells.")
    table = Table("gaps-closed", _("Which certificate bears on which gap"), columns, rows, (note,))
    return (Listing(table, tuple(gathered.curriculum.page("curriculum-ability", ability) for ability in by_gap)),)


def _titles(gathered: Gathered, closing: dict[str, tuple[str, ...]]) -> list[str]:
    names = gathered.names.reference_courses
    return [names.get(code, code) for courses in closing.values() for code in courses]
