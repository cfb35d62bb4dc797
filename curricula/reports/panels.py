"""What a panel on the conditions of training says: typed objects that page, print, sheet and JSON all read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Final, TypeVar

from curricula.wording.formats import Kind, Showable, Value

from .table import Cells, Column, Table, table_of

Item = TypeVar("Item")
Told = tuple[str, str, Kind, Callable[[Item], Showable]]  # `Cells`: key, title, kind, and what it says of an item
UNFOLDED: Final = 15  # rows of a listing that a page shows without being asked
SHOWN: Final = 10  # of one with more
TONES: Final = ("ok", "part", "gap", "over", "na")  # the colour beside a word, and never without it


@dataclass(frozen=True)
class Figure:
    """One number with what it counts; `href` opens the rows or the records behind it."""

    name: str  # key in JSON, which stays
    label: str
    value: Showable  # None where it is unknown, and then `note` says why
    kind: Kind = "count"
    note: str = ""  # of how many, in which interval, or why it is unknown
    href: str = ""
    tone: str = ""  # one of TONES, with its word in `verdict`
    verdict: str = ""

    @property
    def cell(self) -> Value:
        return Value(self.value, self.kind)

    @property
    def text(self) -> str:
        return self.cell.text

    def unless(self, why: str) -> Figure:
        """Unknown, and why, where there is a reason for that."""
        return replace(self, value=None, note=why) if why else self

    def flagged(self, tone: str, verdict: str) -> Figure:
        """With a word beside it where it counts anything."""
        return replace(self, tone=tone, verdict=verdict) if self.value else self


@dataclass(frozen=True)
class Listing:
    """A table of a panel; `hrefs` opens the record of each row, `anchor` is its place on the page."""

    table: Table
    hrefs: tuple[str, ...] = ()
    printed: bool = True  # whether the report holds it too
    drawn: tuple[str, ...] = ()  # on the page beside the name of each row: its numbers as a drawing
    drawn_title: str = ""

    @property
    def rows(self) -> list[tuple[str, str, list[tuple[Column, Value]]]]:
        """Address, drawing and cells of each row, each cell with its column."""
        hrefs, drawn = (each or ("",) * len(self.table.rows) for each in (self.hrefs, self.drawn))
        rows = (list(zip(self.table.columns, row, strict=True)) for row in self.table.rows)
        return list(zip(hrefs, drawn, rows, strict=True))

    @property
    def parts(self) -> list[list[tuple[str, str, list[tuple[Column, Value]]]]]:
        """Its rows as the page shows them: of a long table the first ones, and the others when they are asked for."""
        rows = self.rows
        return [rows[:SHOWN], rows[SHOWN:]] if len(rows) > UNFOLDED else [rows]


def listing(
    key: str,
    title: str,
    items: Iterable[Item],
    told: Iterable[Told[Item]],
    *,
    href: Callable[[Item], str] | None = None,
    notes: Iterable[str] = (),
    printed: bool = True,
    drawn: Callable[[Item], str] | None = None,
    drawn_title: str = "",
) -> Listing:
    """A row for each item: its cells, the address that it opens and its drawing."""
    held = tuple(items)
    hrefs, drawings = (tuple(map(each, held)) if each else () for each in (href, drawn))
    table = table_of(key, title, held, *starmap(Cells, told), notes=tuple(notes))
    return Listing(table, hrefs, printed, drawings, drawn_title)


@dataclass(frozen=True)
class Rule:
    """By which rule something has its word: in words, from which section, and whose the threshold is."""

    text: str
    source: str  # like "003 §2.1"
    whose: str = "school"  # "paper" where the paper itself gives the threshold, "method" where METHOD does


@dataclass(frozen=True)
class Missing:
    """What to enter before something can be said; `kind` is a kind of record, or "" for something else."""

    kind: str
    text: str
    href: str = ""
    button: str = ""


@dataclass(frozen=True)
class Block:
    """A part of a panel: a light, a contradiction, or all of a panel that has one part only."""

    name: str = ""  # key in JSON
    title: str = ""
    sentence: str = ""
    tone: str = ""
    verdict: str = ""
    figures: tuple[Figure, ...] = ()
    wanted: tuple[str, ...] = ()  # what would make it better, in whole people, seats and courses
    listings: tuple[Listing, ...] = ()
    rules: tuple[Rule, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that a panel says of one plan.

    Without evidence `sentence` says what it will answer, and `missing` what to enter first.
    """

    sentence: str
    blocks: tuple[Block, ...] = ()
    missing: tuple[Missing, ...] = ()
    how: tuple[str, ...] = ()  # how to read it, one paragraph each
    empty: bool = False

    @property
    def first_steps(self) -> tuple[Missing, ...]:
        """What the panel misses as a whole, then what its parts miss, each once."""
        found = (*self.missing, *(each for block in self.blocks for each in block.missing))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class PanelSection:
    """A panel as the report holds it: without addresses, which open nothing outside of the school."""

    name: str
    title: str
    papers: tuple[str, ...]  # ids of what the papers describe
    reading: Reading


def without_links(reading: Reading) -> Reading:
    """The reading as it leaves the school."""
    return replace(
        reading,
        blocks=tuple(_closed(block) for block in reading.blocks),
        missing=tuple(replace(each, href="") for each in reading.missing),
    )


def _closed(block: Block) -> Block:
    return replace(
        block,
        figures=tuple(replace(each, href="") for each in block.figures),
        listings=tuple(replace(each, hrefs=(), drawn=()) for each in block.listings if each.printed),
        missing=tuple(replace(each, href="") for each in block.missing),
    )
