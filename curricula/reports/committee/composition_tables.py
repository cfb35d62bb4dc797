"""Credits and hours of a plan as tables: by module, by nature, by term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from curricula.analysis.frames import CurriculumFrames, Policy
from curricula.analysis.measures.composition import Composition, Share, TermLoad, composition, term_loads
from curricula.reports.table import Cells, Table, table_of
from curricula.wording import phrases
from curricula.wording.formats import plural
from curricula.wording.names import Names

MODULE: Final = "module"  # the field of a course that names it
NATURES: Final = {
    "required": gettext_noop("Compulsory"),
    "elective": gettext_noop("Elective"),
    "": gettext_noop("Nature not stated"),
}


def composition_tables(frames: CurriculumFrames, policy: Policy, *, names: Names, weeks: int) -> tuple[Table, ...]:
    """By module, by nature and by term, each with what it leaves out."""
    found = composition(frames, policy, modules=modules_of(names))
    terms = term_loads(frames, policy, weeks=weeks)
    return (_by_module(found), _by_nature(found), _by_term(terms, frames, weeks))


def modules_of(names: Names) -> dict[str, str]:
    """The module of each course that states one, in the reader's words."""
    stated = ((code, fact) for code, facts in names.facts.items() for fact in facts if fact.name == MODULE)
    return {code: fact.text for code, fact in stated if fact.cell}


def nature_text(code: str) -> str:
    return _(NATURES[code])


def _amounts() -> tuple[Cells, ...]:
    return (
        Cells("courses", _("Courses"), "count"),
        Cells("credits", _("Credits"), "hours"),
        Cells("credits_part", _("Part of credits"), "share"),
        Cells("hours", _("Hours"), "hours"),
        Cells("hours_part", _("Part of hours"), "share"),
        Cells("practice", _("Practice, h"), "hours"),
        Cells("practice_part", _("Part that is practice"), "share"),
    )


def _by_module(found: Composition) -> Table:
    def named(share: Share) -> str:
        return _("Together") if share is found.whole else share.name or _("Module not stated")

    return table_of(
        "by_module",
        _("By module"),
        (*found.modules, found.whole),
        Cells("module", _("Module"), of=named),
        *_amounts(),
        *(_crossed(found, share.name) for share in found.natures),
        notes=tuple(_left_out(found.whole)),
    )


def _crossed(found: Composition, nature: str) -> Cells:
    """The credits of a nature in each module, and below them in all."""
    whole = next((share.credits for share in found.natures if share.name == nature), None)
    return Cells(
        f"credits_{nature or 'unstated'}",
        _("%(nature)s, credits") % {"nature": nature_text(nature)},
        "hours",
        lambda share: whole if share is found.whole else found.cross.get((share.name, nature)),
    )


def _by_nature(found: Composition) -> Table:
    def named(share: Share) -> str:
        return _("Together") if share is found.whole else nature_text(share.name)

    lines = (*found.natures, found.whole)
    return table_of("by_nature", _("By nature"), lines, Cells("nature", _("Nature"), of=named), *_amounts())


def _left_out(whole: Share) -> Iterator[str]:
    yield _(
        "Practice is simulation and operation; its part is taken of the hours of the courses that say how many are "
        "practice. Of elective courses the part counts that a student takes."
    )
    told = []
    if number := whole.without_credits:
        told.append(plural("%(n)s course states no credits.", "%(n)s courses state no credits.", number))
    if number := whole.without_hours:
        told.append(plural("%(n)s course states no hours.", "%(n)s courses state no hours.", number))
    if number := whole.without_practice:
        said = plural(
            "%(n)s course does not say how many of its hours are practice.",
            "%(n)s courses do not say how many of their hours are practice.",
            number,
        )
        told.append(said)
    if told:
        yield phrases.space().join(told)


def _by_term(terms: tuple[TermLoad, ...], frames: CurriculumFrames, weeks: int) -> Table:
    weekly = plural(
        "Hours a week: the hours of a term divided by %(n)s week of teaching.",
        "Hours a week: the hours of a term divided by %(n)s weeks of teaching.",
        weeks,
    )
    notes = [weekly, phrases.spread_words()]
    without = int(frames.courses["term"].isna().sum())
    if without:
        notes.append(plural("%(n)s course states no term.", "%(n)s courses state no term.", without))
    return table_of(
        "by_term",
        _("By term"),
        terms,
        Cells("term", _("Term"), of=lambda load: str(load.term)),
        Cells("courses", _("Courses"), "count"),
        Cells("credits", _("Credits"), "hours"),
        Cells("hours", _("Hours"), "hours"),
        Cells("weekly", _("Hours a week"), "hours"),
        notes=(phrases.space().join(notes),),
    )
