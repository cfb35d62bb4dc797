"""What is required as clauses: of each clause one is enough, and all clauses bind (conjunctive normal form).

“A or (B and C)” is (A or B) and (A or C); two of A, B, C are (A or B) and (A or C) and (B or C). So alternatives that
are numbered for each course hold every such requirement; `choices_of` finds the shorter words for it again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import comb, prod
from typing import Generic, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Item = TypeVar("Item", bound=Hashable)
Clauses = tuple[tuple[Item, ...], ...]
MOST_ROWS = 60  # of one requirement as clauses; what needs more stays in its words
_MOST_WAYS = 12


class TooManyClauses(ValueError):
    """More rows than anybody could read or correct."""


@dataclass(frozen=True)
class Choice(Generic[Item]):
    """So many of these ways are needed; what a way names is needed together."""

    needed: int
    ways: tuple[tuple[Item, ...], ...]

    def said(self) -> Iterator[Item | str]:
        """The items with the words between them."""
        if self.needed > 1:
            yield _("%(count)s of: ") % {"count": self.needed}
        between = pgettext("between the items of a list", ", ") if self.needed > 1 else _or()
        for place, way in enumerate(self.ways):
            yield from ([between] if place else [])
            yield from way if len(way) == 1 else ("(", *_spread(way, _and()), ")")


def _or() -> str:
    word = pgettext("between alternatives", "or")
    return f" {word} "


def _and() -> str:
    word = pgettext("between courses that are required together", "and")
    return f" {word} "


def _spread(items: Sequence[Item], between: str) -> Iterator[Item | str]:
    for place, item in enumerate(items):
        yield from ([between] if place else [])
        yield item


def all_of(parts: Iterable[Clauses[Item]]) -> Clauses[Item]:
    found = without_implied([*chain.from_iterable(parts)])
    if sum(map(len, found)) > MOST_ROWS:
        raise TooManyClauses
    return found


def one_of(parts: Sequence[Clauses[Item]]) -> Clauses[Item]:
    if prod(map(len, parts)) > MOST_ROWS:
        raise TooManyClauses
    return all_of([tuple(tuple(dict.fromkeys(chain.from_iterable(each))) for each in product(*parts))])


def some_of(needed: int, parts: Sequence[Clauses[Item]]) -> Clauses[Item]:
    """Of n parts k: whichever n - k + 1 of them are taken, one of these is had."""
    least = len(parts) - needed + 1
    if not 0 < needed <= len(parts) or comb(len(parts), least) * least > MOST_ROWS:
        raise TooManyClauses
    return all_of(one_of(few) for few in combinations(parts, least))


def without_implied(
    sets: Iterable[Sequence[Item]], key: Callable[[Item], Hashable] = lambda item: item
) -> Clauses[Item]:
    """The sets that hold no other one whole, each once: of clauses and of ways alike nothing else is lost."""
    by_names: dict[frozenset[Hashable], Sequence[Item]] = {}
    for each in sets:
        by_names.setdefault(frozenset(map(key, each)), each)
    return tuple(tuple(each) for names, each in by_names.items() if not any(other < names for other in by_names))


def choices_of(
    clauses: Iterable[Sequence[Item]], key: Callable[[Item], Hashable] = lambda item: item
) -> list[Choice[Item]]:
    """Clauses in the fewest words: as they are, as “k of n”, or as ways where these are shorter."""
    found: list[Choice[Item]] = []
    for linked in _linked([{key(item): item for item in clause} for clause in clauses]):
        found += _choices(linked)
    return found


def _linked(clauses: Iterable[dict[Hashable, Item]]) -> list[list[dict[Hashable, Item]]]:
    """Clauses that share something, directly or by others, together."""
    groups: list[list[dict[Hashable, Item]]] = []
    for clause in clauses:
        shared = [group for group in groups if any(clause.keys() & other.keys() for other in group)]
        if shared:
            shared[0][:] = [*chain.from_iterable(shared), clause]
            groups = [group for group in groups if group is shared[0] or group not in shared]
        else:
            groups.append([clause])
    return groups


def _choices(linked: list[dict[Hashable, Item]]) -> list[Choice[Item]]:
    items: dict[Hashable, Item] = {}
    for name, item in chain.from_iterable(clause.items() for clause in linked):
        items.setdefault(name, item)
    least = len(linked[0])
    if {len(clause) for clause in linked} == {least} and len(linked) == comb(len(items), least):
        return [Choice(len(items) - least + 1, tuple((item,) for item in items.values()))]
    ways = _ways(linked)
    if ways and sum(map(len, ways)) < sum(map(len, linked)):
        return [Choice(1, tuple(tuple(items[name] for name in way) for way in ways))]
    return [Choice(1, tuple((item,) for item in clause.values())) for clause in linked]


def _ways(linked: Iterable[dict[Hashable, Item]]) -> Clauses[Hashable]:
    """Each smallest set that satisfies all of them; nothing where there are many."""
    ways: Clauses[Hashable] = ((),)
    for clause in linked:
        ways = without_implied(tuple(dict.fromkeys((*way, name))) for way in ways for name in clause)
        if len(ways) > _MOST_WAYS:
            return ()
    return ways


def in_words(clauses: Iterable[Sequence[str]]) -> str:
    """All of them as one sentence part, with brackets where choices stand beside others."""
    said = [("".join(choice.said()), len(choice.ways) > 1) for choice in choices_of(clauses)]
    bracketed = (f"({words})" if several and len(said) > 1 else words for words, several in said)
    return _and().join(bracketed)
