"""Snapshots, actions and the loop as their pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from competencies.models import in_reader_language
from curricula.models import Action, Curriculum, Snapshot
from curricula.record_versions import Version, versions_of
from curricula.reports.finding_changes import FindingChanges, Found, finding_changes
from curricula.wording import formats, phrases
from curricula.wording.facts import Change, said
from curricula.wording.phrases import LabelTag

from .queries import actions_of, snapshots_of
from .tables import plan_words

SETTLED: Final = ("ok", "over")
OUTSIDE: Final = "outside"
MOST_COLUMNS: Final = 8
DAYS_IN_A_MONTH: Final = 30.4
FEW_DAYS: Final = 60


def code_titles(curriculum: Curriculum) -> dict[str, str]:
    """What abilities and courses are called, by code."""
    rows = [
        *curriculum.framework.abilities.values_list("code", "title_en", "title_zh"),
        *curriculum.courses.values_list("code", "title_en", "title_zh"),
    ]
    return {code: in_reader_language(english, chinese) for code, english, chinese in rows}


# Snapshots


def snapshot_facts(snapshot: Snapshot) -> list[tuple[str, str]]:
    """What a snapshot was made of and with, in words."""
    counts, made = snapshot.counts, snapshot.made_with
    framework = " ".join(filter(None, (snapshot.framework, snapshot.framework_version)))
    postings = formats.number(counts["postings"])
    if counts["from"]:
        period = formats.period(*(date.fromisoformat(counts[end]) for end in ("from", "to")))
        postings = _("%(postings)s, %(period)s") % {"postings": postings, "period": period}
    mapped = {"mapped": counts["mapped_courses"], "all": counts["courses"]}
    return [
        (_("Plan"), plan_words(snapshot.curriculum)),
        (_("Made by"), snapshot.made_by.get_username() if snapshot.made_by else formats.MISSING),
        (_("Framework"), framework),
        (_("Version of the search words"), formats.number(snapshot.vocabulary_version)),
        (_("Courses that are mapped"), _("%(mapped)s of %(all)s") % mapped),
        (_("Course–ability cells"), formats.number(counts["cells"])),
        (_("Raters"), formats.number(counts["raters"])),
        (_("Job postings"), postings),
        (_("Computed with"), _("TalentGap %(program)s, method %(method)s") % made),
    ]


@dataclass(frozen=True)
class SnapshotsCompared:
    before: Snapshot
    after: Snapshot
    findings: FindingChanges
    same: int
    parameters: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str, str], ...]


def snapshots_compared(before: Snapshot, after: Snapshot) -> SnapshotsCompared:
    """Finding by finding; and what else differs between the two, because a finding may change for that alone."""
    sides = [found_by(snapshot) for snapshot in (before, after)]
    changed = finding_changes(*sides)
    keys = [*before.parameters.keys(), *(after.parameters.keys() - before.parameters.keys())]
    stated = ((key, before.parameters.get(key), after.parameters.get(key)) for key in keys)
    facts = zip(snapshot_facts(before), snapshot_facts(after), strict=True)
    return SnapshotsCompared(
        before=before,
        after=after,
        findings=changed,
        same=len({**sides[0], **sides[1]}) - len(changed.changes),
        parameters=tuple(_parameter(key, one, other) for key, one, other in stated if one != other),
        facts=tuple((title, one, other) for (title, one), (_title, other) in facts if one != other),
    )


def _parameter(key: str, before: Any, after: Any) -> tuple[str, str, str]:
    """In words; one that this program no longer knows has no other name than its own."""
    title, kind, _why = phrases.PARAMETERS.get(key, (key, "text", ""))
    if kind == "text":
        return _(title), said(before), said(after)
    return _(title), formats.show(before, kind), formats.show(after, kind)


def found_by(snapshot: Snapshot) -> dict[str, Found]:
    """What a snapshot says of each ability that counts."""
    return {each["code"]: Found(_title(each), each["label"], each["gap"]) for each in snapshot.findings}


class Labelled(NamedTuple):
    title: str
    tag: LabelTag


def labelled(snapshot: Snapshot) -> list[Labelled]:
    """What a snapshot found, in its order: the largest misalignment first."""
    return [Labelled(each.title, phrases.label_tag(each.label)) for each in found_by(snapshot).values()]


def _title(finding: dict[str, Any]) -> str:
    title: dict[str, str] = finding["title"]
    return title.get(get_language() or "en") or next(iter(title.values()))


# Actions


@dataclass(frozen=True)
class ActionPage:
    facts: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...]


FACTS: Final = ("actor", "owner", "due", "state", "closed_on", "ability", "course", "origin", "scenario", "note")


def action_page(action: Action, curriculum: Curriculum) -> ActionPage:
    titles = code_titles(curriculum)

    def shown(name: str) -> str:
        text = _said_of(action, name)
        return f"{text} {titles.get(text, '')}".strip() if name in ("ability", "course") else text

    facts = tuple((_name(name), shown(name)) for name in FACTS)
    return ActionPage(facts, tuple(versions_of(action.history, _field_changes, "owner", "scenario")))


def _field(name: str) -> Any:
    return Action._meta.get_field(name)


def _name(field: str) -> str:
    return capfirst(str(_field(field).verbose_name))


def _said_of(state: Any, name: str) -> str:
    """As a choice is called, as a person is called, or as any value is written."""
    choices = dict(_field(name).choices or ())
    value = getattr(state, name)
    return str(choices.get(value, said(value)))


def _field_changes(before: Any, after: Any) -> Iterator[Change]:
    for name in ("title", *FACTS, "evidence", "evidence_link"):
        was, now = _said_of(before, name), _said_of(after, name)
        if was != now:
            yield Change(_name(name), was, now)


# The loop of a program


@dataclass(frozen=True)
class LoopCell:
    """What a snapshot said of an ability; `event` is what that means after the ones before: gap, closed, reopened."""

    tag: LabelTag | None
    event: str = ""
    after_days: int = 0  # of a gap that closed: since it was first seen
    actions: tuple[Action, ...] = ()  # of a gap that closed: what was done meanwhile

    @property
    def took(self) -> str:
        return duration_words(self.after_days)


@dataclass(frozen=True)
class LoopColumn:
    snapshot: Snapshot
    plan: str
    gaps: int
    part: int  # of the most gaps of a column, in percent


@dataclass(frozen=True)
class LoopRow:
    code: str
    title: str
    of_columns: tuple[tuple[LoopColumn, LoopCell], ...]
    under_way: tuple[Action, ...]

    @property
    def cells(self) -> list[LoopCell]:
        return [cell for _column, cell in self.of_columns]

    @property
    def is_gap(self) -> bool:
        """Whether it was one in any of the snapshots."""
        return any(cell.event for cell in self.cells)

    @property
    def reopened(self) -> bool:
        return any(cell.event == "reopened" for cell in self.cells)

    @property
    def closed(self) -> bool:
        """Whether it is closed by the last word on it."""
        events = [cell.event for cell in self.cells if cell.event]
        return bool(events) and events[-1] == "closed"


@dataclass(frozen=True)
class LoopPage:
    columns: tuple[LoopColumn, ...]
    rows: tuple[LoopRow, ...]
    left_out: int  # older snapshots
    sentence: str


def loop_page(curriculum: Curriculum) -> LoopPage:
    """Snapshots of all plans of the program as columns, every ability that was a gap in one of them as a row."""
    everything = list(reversed(snapshots_of(curriculum.program)))
    shown = everything[-MOST_COLUMNS:]
    done, others = _actions_by_ability(curriculum)
    said_of = [found_by(snapshot) for snapshot in shown]
    titles = {code: each.title for found in said_of for code, each in found.items()}
    columns = tuple(_columns(shown))
    rows = []
    for code, title in titles.items():
        cells = zip(columns, _cells(code, shown, said_of, done[code]), strict=True)
        rows.append(LoopRow(code, title, tuple(cells), tuple(others[code])))
    gaps = sorted(filter(lambda row: row.is_gap, rows), key=lambda row: (not row.reopened, row.closed, row.code))
    return LoopPage(columns, tuple(gaps), len(everything) - len(shown), _sentence(shown, gaps))


def _actions_by_ability(curriculum: Curriculum) -> tuple[dict[str, list[Action]], dict[str, list[Action]]]:
    done: dict[str, list[Action]] = defaultdict(list)
    others: dict[str, list[Action]] = defaultdict(list)
    for action in actions_of(curriculum.program).exclude(ability="").order_by("closed_on", "pk"):
        if action.state != Action.State.DROPPED:
            (done if action.closed else others)[action.ability].append(action)
    return done, others


def _cells(
    code: str, shown: Sequence[Snapshot], said_of: Sequence[dict[str, Found]], done: Sequence[Action]
) -> Iterator[LoopCell]:
    """Only what is sure closes a gap: an undecided finding after it leaves it open."""
    since: datetime | None = None
    was_closed = False
    for snapshot, found in zip(shown, said_of, strict=True):
        tag = phrases.label_tag(found[code].label) if code in found else None
        if tag and tag.tone == "gap":
            event = "gap" if since or not was_closed else "reopened"
            since = since or snapshot.created
            yield LoopCell(tag, event)
        elif since and tag and (tag.tone in SETTLED or tag.code == OUTSIDE):
            days, meanwhile = (snapshot.created - since).days, _done_between(done, since, snapshot.created)
            since, was_closed = None, True
            yield LoopCell(tag, "closed", days, meanwhile)
        else:
            yield LoopCell(tag)


def _done_between(done: Sequence[Action], since: datetime, until: datetime) -> tuple[Action, ...]:
    first, last = (timezone.localdate(each) for each in (since, until))
    return tuple(each for each in done if each.closed_on and first <= each.closed_on <= last)


def _columns(shown: Sequence[Snapshot]) -> Iterator[LoopColumn]:
    counts = [sum(phrases.label_tag(each["label"]).tone == "gap" for each in one.findings) for one in shown]
    most = max(counts, default=0) or 1
    for snapshot, count in zip(shown, counts, strict=True):
        yield LoopColumn(snapshot, plan_words(snapshot.curriculum), count, round(100 * count / most))


def _sentence(shown: Sequence[Snapshot], rows: Sequence[LoopRow]) -> str:
    if not shown:
        return ""
    since = formats.month(timezone.localdate(shown[0].created))
    closed, reopened = sum(row.closed for row in rows), sum(row.reopened for row in rows)
    counts = {"n": len(rows), "since": since, "closed": closed, "reopened": reopened, "open": len(rows) - closed}
    return (
        ngettext(
            "%(n)s gap since %(since)s: %(closed)s closed, %(open)s open, %(reopened)s came back.",
            "%(n)s gaps since %(since)s: %(closed)s closed, %(open)s open, %(reopened)s came back.",
            len(rows),
        )
        % counts
    )


def duration_words(days: int) -> str:
    """How long something took: days, or months where these say enough."""
    if days < FEW_DAYS:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    months = round(days / DAYS_IN_A_MONTH)
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
