"""What the preview of an import shows, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from competencies.saving.outcome import Counts
from competencies.tabular.problems import UnreadableFile
from competencies.tabular.recognised import RecognisedFile
from curricula.models import PendingImport
from curricula.wording.phrases import in_parts

from .choices import ColumnChoices
from .flow import Fact, Found, ImportKind, recognised_in
from .tables import Table


@dataclass(frozen=True)
class Preview:
    """What the kind says of the file that was found, one question of the page after the other."""

    kind: ImportKind
    pending: PendingImport
    seen: Found | UnreadableFile  # a refusal where no table was recognised yet
    pages: QueryDict  # the number of the page that each table shows

    @property
    def refusal(self) -> UnreadableFile | None:
        return self.seen if isinstance(self.seen, UnreadableFile) else None

    @property
    def found(self) -> Found:
        assert isinstance(self.seen, Found)  # asked only where nothing was refused  # noqa: S101
        return self.seen

    def verdict(self) -> str:
        return self.kind.verdict(self.pending, self.found.parsed)

    def counts(self) -> Sequence[tuple[str, Counts]]:
        return self.kind.counts(self.found.outcome)

    def facts(self) -> Sequence[Fact]:
        return self.kind.facts(self.found)

    def cautions(self) -> Sequence[str]:
        return self.kind.cautions(self.found.outcome)

    def columns(self) -> ColumnChoices:
        return ColumnChoices(
            recognised=self._recognised(),
            choices=self.pending.choices,
            last_time=self.pending.last_time,
            meanings=self.kind.meanings(self.pending),
            vocabularies=self.kind.vocabularies(),
            doubts=() if self.refusal else self.found.doubts,
        )

    def _recognised(self) -> RecognisedFile:
        return (self.refusal.recognised if self.refusal else None) or recognised_in(self.found.parsed)

    def tables(self) -> Iterator[Table]:
        if self.refusal:
            return
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
