from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from competencies.demand.readers.figures import ParsedFigures, read_figures
from competencies.models import DemandSource, Framework, OfficialFigure
from competencies.saving.bulk import synchronise
from competencies.saving.outcome import Counts, FiguresOutcome
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.column_names import unambiguous
from competencies.tabular.problems import UnreadableFile
from competencies.tabular.records import Source

from .sources import SourceFacts, saved_whole


def positions_by_name(framework: Framework) -> Mapping[str, str]:
    """What a row may call a position → its code."""
    titles = framework.positions.values_list("code", "title_en", "title_zh")
    return unambiguous((title, code) for code, *others in titles for title in (code, *others))


def figures_of(
    source: Source,
    *,
    name: str,
    framework: Framework,
    max_bytes: int | None = None,
    choices: Choices = NO_CHOICES,
) -> ParsedFigures:
    """The official figures of a file on the positions of a framework. Raises UnreadableFile."""
    positions = positions_by_name(framework)
    return read_figures(source, name=name, positions=positions, max_bytes=max_bytes, choices=choices)


def save_figures_file(
    path: Path, *, facts: SourceFacts, dry_run: bool = False, choices: Choices = NO_CHOICES
) -> FiguresOutcome:
    """Saves the figures of a file whole or not at all; a second time it changes nothing."""
    try:
        parsed = figures_of(path, name=path.name, framework=facts.framework, choices=choices)
    except UnreadableFile as error:
        return FiguresOutcome.of_unreadable(error, path.name, dry_run=dry_run)
    return save_figures(parsed, facts=facts, dry_run=dry_run)


def save_figures(parsed: ParsedFigures, *, facts: SourceFacts, dry_run: bool = False) -> FiguresOutcome:
    """The same for a file that was read."""
    told = FiguresOutcome(
        warnings=parsed.warnings,
        refusals=parsed.refusals,
        dry_run=dry_run,
        duplicates=parsed.duplicates,
        recognised=parsed.recognised,
    )

    def save(source: DemandSource) -> FiguresOutcome:
        return replace(told, **vars(_save(parsed, source, facts)))

    return saved_whole(replace(facts, kind=DemandSource.Kind.FIGURES), told, save, dry_run=dry_run)


def _save(parsed: ParsedFigures, source: DemandSource, facts: SourceFacts) -> Counts:
    ids = dict(facts.framework.positions.values_list("code", "pk"))
    existing = {
        (figure.kind, figure.position_id, figure.region, figure.first, figure.last): figure
        for figure in source.figures.all()
    }
    wanted = {}
    for row in parsed.rows:
        key = row.kind, ids.get(row.position), row.region, row.first, row.last
        names = ("kind", "position_id", "region", "first", "last")
        wanted[key] = {**dict(zip(names, key, strict=True)), "source_id": source.pk, "number": row.number}
        if row.citation:
            wanted[key]["citation"] = row.citation
    counts, _created = synchronise(OfficialFigure, wanted=wanted, existing=existing, step=lambda _rows: None)
    return counts
