"""What the preview of an import shows, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from competencies.saving.outcome import Counts
from curricula.models import PendingImport
from curricula.wording.phrases import in_parts

from .flow import Fact, Found, ImportKind
from .tables import Table


@dataclass(frozen=True)
class Preview:
    """What the kind says of the file that was found, one question of the page after the other."""

    kind: ImportKind
    pending: PendingImport
    found: Found
    pages: QueryDict  # the number of the page that each table shows

    def verdict(self) -> str:
        return self.kind.verdict(self.pending, self.found.parsed)

    def counts(self) -> Sequence[tuple[str, Counts]]:
        return self.kind.counts(self.found.outcome)

    def facts(self) -> Sequence[Fact]:
        return self.kind.facts(self.found)

    def cautions(self) -> Sequence[str]:
        return self.kind.cautions(self.found.outcome)

    def columns(self) -> Mapping[str, str]:
        return self.kind.column_meanings(self.pending, self.found.parsed)

    def tables(self) -> Iterator[Table]:
        for table in self.kind.tables(self.pending, self.found.parsed):
            if table.rows:
                table.number = self.pages.get(table.name, "1")
                yield table


def what_was_saved(kind: ImportKind, pending: PendingImport, outcome: Any) -> str:
    """Each kind of record with its own counts, where the file says anything of it."""
    counted = [(title, vars(counts)) for title, counts in kind.counts(outcome) if any(vars(counts).values())]
    each = _("%(records)s: %(created)s created, %(changed)s changed, %(unchanged)s unchanged")
    told = in_parts(each % {"records": title, **counts} for title, counts in counted)
    place = kind.place(pending, outcome)
    return _("Saved in %(place)s. %(told)s.") % {"place": place, "told": told or _("The file says nothing new")}
