"""What changed since the plan before, as a table with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _

from curricula.analysis.measures.composition import course_amounts
from curricula.reports.finding_changes import FindingChange
from curricula.reports.table import Table, in_order, table_of
from curricula.wording import formats, phrases
from curricula.wording.formats import plural

from .reports import POLICY, frames_of
from .version_changes import Changes, CourseChange, Difference

MOST_MAPPED: Final = 4  # abilities that are named of one course


def changes_table(changes: Changes) -> Table:
    """A row a course: what changed, and the action or finding that asked for it."""
    before, after = (course_amounts(frames_of(plan), POLICY) for plan in (changes.before, changes.after))
    amounts = {"added": after, "dropped": before, "changed": after}
    rows = [_row(course, amounts[kind]) for kind in amounts for course in getattr(changes, kind)]
    settings = [(_("setting changed"), each.what, f"{each.before} → {each.after}", "") for each in changes.settings]
    asked = _("What asked for it")
    columns = in_order(kind=_("Change"), course=_("Course"), what=_("Before and after"), asked=asked)
    return table_of("changes", _("Changes by course"), (*rows, *settings), *columns)


def _row(course: CourseChange, amounts: pd.DataFrame) -> tuple[str, ...]:
    what = _what(course) if course.kind == "changed" else _size(amounts.loc[[course.code]].iloc[0])
    return _kind(course.kind), f"{course.code} {course.title}", what, _asked(course)


def _size(amounts: pd.Series) -> str:
    """Credits and hours of a course that came or went, as far as they are stated."""
    stated = (
        (_("Credits"), amounts["credits"], formats.number),
        (_("Hours"), amounts["hours"], formats.hours),
    )
    return phrases.in_parts(phrases.headed(name, show(value)) for name, value, show in stated if not pd.isna(value))


def _what(course: CourseChange) -> str:
    """Facts with both values; of mappings the abilities, whose levels stand in the matrix."""
    facts = [_difference(each) for each in course.differences if not each.mapping]
    mapped = [each.what for each in course.differences if each.mapping]
    if not mapped:
        return phrases.in_parts(facts)
    shown, left = mapped[:MOST_MAPPED], len(mapped) - MOST_MAPPED
    more = [plural("%(n)s other", "%(n)s others", left)] if left > 0 else []
    return phrases.in_parts((*facts, phrases.headed(_("Mapping changed"), phrases.in_a_row((*shown, *more)))))


def _kind(kind: str) -> str:
    return {"added": _("course added"), "dropped": _("course dropped"), "changed": _("course changed")}[kind]


def _difference(each: Difference) -> str:
    return phrases.headed(each.what, f"{each.before} → {each.after}")


def _asked(course: CourseChange) -> str:
    actions = [action.named for action in course.actions]
    findings = [phrases.headed(line.label_text, line.title) for line in course.findings]
    return phrases.in_parts((*actions, *findings)) or _("nothing on record")


def changes_told(changes: Changes) -> Iterator[str]:
    """Compared with which plan, how many courses, and what it did to the gaps."""
    before = changes.before
    version = _("version %(version)s") % {"version": before.version}
    named = phrases.in_clauses((before.name, version, str(before.get_state_display())))
    yield _("Compared with %(plan)s.") % {"plan": named}
    counts = {
        "added": formats.count(len(changes.added)),
        "dropped": formats.count(len(changes.dropped)),
        "changed": formats.count(len(changes.changed)),
    }
    said = _("Courses: %(added)s added, %(dropped)s dropped, %(changed)s changed.") % counts
    totals = phrases.in_parts(_difference(each) for each in (changes.credits, changes.hours))
    yield phrases.space().join((said, totals))
    yield from _findings(changes)


def _findings(changes: Changes) -> Iterator[str]:
    found = changes.findings
    if found is None:
        yield _("One of the two has no mapping yet, so that no finding can be compared.")
        return
    if found.closed:
        number, names = _named(found.closed)
        yield plural(
            "%(n)s is no longer a gap: %(names)s.", "%(n)s are no longer gaps: %(names)s.", number, names=names
        )
    if found.opened:
        number, names = _named(found.opened)
        yield plural("%(n)s is a gap now: %(names)s.", "%(n)s are gaps now: %(names)s.", number, names=names)
        unknown = sum(each.before is None or each.before.tone == "na" for each in found.opened)
        if unknown:
            yield plural(
                "%(n)s of these could not be told of the earlier plan.",
                "%(n)s of these could not be told of the earlier plan.",
                unknown,
            )
    if not found.closed and not found.opened:
        yield _("No gap closed and none opened.")


def _named(changes: list[FindingChange]) -> tuple[int, str]:
    return len(changes), phrases.in_a_row(each.title for each in changes)
