"""Credits and hours of a plan as tables: by module, by nature, by term."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from curricula.analysis.frames import CurriculumFrames, Policy
from curricula.analysis.measures.composition import Composition, Share, TermLoad, composition, term_loads
from curricula.reports.tables import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.formats import Value
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


def _amounts() -> tuple[Column, ...]:
    return (
        Column("courses", _("Courses"), "count"),
        Column("credits", _("Credits"), "hours"),
        Column("credits_part", _("Part of credits"), "share"),
        Column("hours", _("Hours"), "hours"),
        Column("hours_part", _("Part of hours"), "share"),
        Column("practice", _("Practice, h"), "hours"),
        Column("practice_part", _("Part that is practice"), "share"),
    )


def _values(share: Share) -> tuple[Value, ...]:
    return tuple(Value(getattr(share, column.key), column.kind) for column in _amounts())


def _by_module(found: Composition) -> Table:
    natures = [share.name for share in found.natures]
    crossed = tuple(
        Column(f"credits_{nature or 'unstated'}", _("%(nature)s, credits") % {"nature": nature_text(nature)}, "hours")
        for nature in natures
    )
    rows = [
        (Value(share.name or _("Module not stated")), *_values(share), *_crossed(found, share.name, natures))
        for share in found.modules
    ]
    whole = (Value(_("Together")), *_values(found.whole), *(Value(_of(found, nature), "hours") for nature in natures))
    columns = (Column("module", _("Module"), "text"), *_amounts(), *crossed)
    return Table("by_module", _("By module"), columns, (*rows, whole), tuple(_left_out(found.whole)))


def _crossed(found: Composition, module: str, natures: list[str]) -> Iterator[Value]:
    return (Value(found.cross.get((module, nature)), "hours") for nature in natures)


def _of(found: Composition, nature: str) -> float | None:
    return next((share.credits for share in found.natures if share.name == nature), None)


def _by_nature(found: Composition) -> Table:
    rows = tuple((Value(nature_text(share.name)), *_values(share)) for share in found.natures)
    whole = (Value(_("Together")), *_values(found.whole))
    return Table("by_nature", _("By nature"), (Column("nature", _("Nature"), "text"), *_amounts()), (*rows, whole))


def _left_out(whole: Share) -> Iterator[str]:
    yield _(
        "Practice is simulation and operation; its part is taken of the hours of the courses that say how many are "
        "practice. Of elective courses the part counts that a student takes."
    )
    missing = (
        (
            whole.without_credits,
            ngettext("%(n)s course states no credits.", "%(n)s courses state no credits.", whole.without_credits),
        ),
        (
            whole.without_hours,
            ngettext("%(n)s course states no hours.", "%(n)s courses state no hours.", whole.without_hours),
        ),
        (
            whole.without_practice,
            ngettext(
                "%(n)s course does not say how many of its hours are practice.",
                "%(n)s courses do not say how many of their hours are practice.",
                whole.without_practice,
            ),
        ),
    )
    told = [said % {"n": formats.count(count)} for count, said in missing if count]
    if told:
        yield phrases.space().join(told)


def _by_term(terms: tuple[TermLoad, ...], frames: CurriculumFrames, weeks: int) -> Table:
    columns = (
        Column("term", _("Term"), "text"),
        Column("courses", _("Courses"), "count"),
        Column("credits", _("Credits"), "hours"),
        Column("hours", _("Hours"), "hours"),
        Column("weekly", _("Hours a week"), "hours"),
    )
    rows = tuple(
        (Value(str(term.term)), *(Value(getattr(term, column.key), column.kind) for column in columns[1:]))
        for term in terms
    )
    said = ngettext(
        "Hours a week: the hours of a term divided by %(n)s week of teaching.",
        "Hours a week: the hours of a term divided by %(n)s weeks of teaching.",
        weeks,
    )
    notes = [said % {"n": formats.count(weeks)}, phrases.spread_words()]
    without = int(frames.courses["term"].isna().sum())
    if without:
        left = ngettext("%(n)s course states no term.", "%(n)s courses state no term.", without)
        notes.append(left % {"n": formats.count(without)})
    return Table("by_term", _("By term"), columns, rows, (phrases.space().join(notes),))
