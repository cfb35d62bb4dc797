"""Employer surveys and official figures on their way from an upload into a demand source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from competencies.demand.actions.figures import figures_of, save_figures
from competencies.demand.actions.sources import SourceFacts
from competencies.demand.actions.surveys import save_survey, survey_of
from competencies.demand.readers.figures import ParsedFigures
from competencies.demand.readers.surveys import ParsedSurvey
from competencies.saving.outcome import FiguresOutcome, SurveyOutcome
from curricula.models import PendingImport

from .posting_uploads import name_source
from .source_ownership import expect_own_source


@dataclass(frozen=True)
class SurveyFound:
    parsed: ParsedSurvey
    outcome: SurveyOutcome


@dataclass(frozen=True)
class FiguresFound:
    parsed: ParsedFigures
    outcome: FiguresOutcome


def preview_evidence(pending: PendingImport) -> SurveyFound | FiguresFound:
    """Try the import and take it back. Raises UnreadableFile, ForeignSource."""
    expect_own_source(pending.user, pending.target)
    return _run(pending, dry_run=True)


def save_evidence_upload(pending: PendingImport) -> SurveyFound | FiguresFound:
    """Save the file whole or not at all; once saved it is no longer kept. Raises UnreadableFile, ForeignSource."""
    with transaction.atomic():
        done = _run(pending, dry_run=False)
        if done.outcome.saved:
            expect_own_source(pending.user, pending.target)  # by now it is locked
            name_source(pending)
            pending.delete()
    return done


def _run(pending: PendingImport, *, dry_run: bool) -> SurveyFound | FiguresFound:
    if pending.kind == PendingImport.Kind.SURVEY:
        survey = survey_in(pending)
        return SurveyFound(survey, save_survey(survey, facts=_facts(pending), dry_run=dry_run))
    figures = figures_in(pending)
    return FiguresFound(figures, save_figures(figures, facts=_facts(pending), dry_run=dry_run))


def survey_in(pending: PendingImport) -> ParsedSurvey:
    scale = pending.options.get("scale")
    return survey_of(
        bytes(pending.content),
        name=pending.name,
        framework=pending.framework,
        scale=(scale[0], scale[1]) if scale else None,
        max_bytes=settings.MAX_UPLOAD_BYTES,
    )


def figures_in(pending: PendingImport) -> ParsedFigures:
    return figures_of(
        bytes(pending.content), name=pending.name, framework=pending.framework, max_bytes=settings.MAX_UPLOAD_BYTES
    )


def _facts(pending: PendingImport) -> SourceFacts:
    stated = pending.options
    return SourceFacts(
        slug=pending.target,
        framework=pending.framework,
        collected=date.fromisoformat(stated["collected"]),
        made_by=pending.user,
        **{name: stated[name] for name in ("region", "licence", "note")},
    )
