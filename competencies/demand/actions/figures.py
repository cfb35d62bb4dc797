from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from competencies.demand.readers.figures import ParsedFigures, read_figures
from competencies.models import DemandSource, OfficialFigure
from competencies.saving.bulk import synchronise
from competencies.saving.outcome import Counts, FiguresOutcome
from competencies.tabular.choices import NO_CHOICES, Choices

from .sources import SourceFacts, codes_by_name, saved_file, saved_whole

_KEY = ("kind", "position_id", "region", "first", "last")


def save_figures_file(
    path: Path, *, facts: SourceFacts, dry_run: bool = False, choices: Choices = NO_CHOICES
) -> FiguresOutcome:
    """Saves the figures of a file whole or not at all; a second time it changes nothing."""
    read = partial(read_figures, positions=codes_by_name(facts.framework.positions), choices=choices)
    return saved_file(path, FiguresOutcome, read=read, save=save_figures, facts=facts, dry_run=dry_run)


def save_figures(parsed: ParsedFigures, *, facts: SourceFacts, dry_run: bool = False) -> FiguresOutcome:
    """The same for a file that was read."""
    told = FiguresOutcome(dry_run=dry_run, duplicates=parsed.duplicates)
    own = replace(facts, kind=DemandSource.Kind.FIGURES)
    return saved_whole(told, parsed, partial(_save, parsed, facts=facts), facts=own)


def _save(parsed: ParsedFigures, source: DemandSource, *, facts: SourceFacts) -> Counts:
    ids = dict(facts.framework.positions.values_list("code", "pk"))
    existing = {tuple(getattr(figure, name) for name in _KEY): figure for figure in source.figures.all()}
    wanted = {}
    for row in parsed.rows:
        key = row.kind, ids.get(row.position), row.region, row.first, row.last
        wanted[key] = {**dict(zip(_KEY, key, strict=True)), "source_id": source.pk, "number": row.number}
        if row.citation:
            wanted[key]["citation"] = row.citation
    counts, _created = synchronise(OfficialFigure, wanted=wanted, existing=existing, step=lambda _rows: None)
    return counts
