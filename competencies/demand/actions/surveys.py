from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from competencies.demand.readers.surveys import AnswerRow, ParsedSurvey, Scale, read_survey
from competencies.models import DemandSource, SurveyAnswer
from competencies.saving.bulk import synchronise
from competencies.saving.outcome import Counts, SurveyOutcome
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.problems import Problem

from .sources import OtherSource, SourceFacts, codes_by_name, saved_file, saved_whole


def save_survey_file(
    path: Path,
    *,
    facts: SourceFacts,
    scale: Scale | None = None,
    dry_run: bool = False,
    choices: Choices = NO_CHOICES,
) -> SurveyOutcome:
    """Saves the answers of a file whole or not at all; a second time it changes nothing."""
    read = partial(read_survey, abilities=codes_by_name(facts.framework.abilities), scale=scale, choices=choices)
    return saved_file(path, SurveyOutcome, read=read, save=save_survey, facts=facts, dry_run=dry_run)


def save_survey(parsed: ParsedSurvey, *, facts: SourceFacts, dry_run: bool = False) -> SurveyOutcome:
    """The same for a file that was read; an answer that the file leaves blank stays as it is."""
    told = SurveyOutcome(
        dry_run=dry_run, respondents=parsed.respondents, duplicates=parsed.duplicates, scale=parsed.scale
    )
    own = replace(facts, kind=DemandSource.Kind.SURVEY)
    return saved_whole(told, parsed, partial(_save, parsed, facts=facts), facts=own)


def _save(parsed: ParsedSurvey, source: DemandSource, *, facts: SourceFacts) -> Counts:
    _refuse_other_scale(source, parsed)
    ids = dict(facts.framework.abilities.values_list("code", "pk"))
    existing = {(answer.respondent, answer.ability_id): answer for answer in source.answers.all()}
    low, high = parsed.scale
    wanted = {
        (row.respondent, ids[row.ability]): {
            **_given(row),
            "source_id": source.pk,
            "respondent": row.respondent,
            "ability_id": ids[row.ability],
            "scale_low": low,
            "scale_high": high,
        }
        for row in parsed.rows
    }
    counts, _created = synchronise(SurveyAnswer, wanted=wanted, existing=existing, step=lambda _rows: None)
    return counts


def _given(row: AnswerRow) -> dict[str, Any]:
    given = {"importance": row.importance, "competence": row.competence}
    return {name: value for name, value in given.items() if value is not None}


def _refuse_other_scale(source: DemandSource, parsed: ParsedSurvey) -> None:
    """Answers on two scales have no common mean, so a source has one."""
    low, high = parsed.scale
    other = source.answers.exclude(scale_low=low, scale_high=high).first()
    if other is not None:
        message = _("The answers of this source lie on the scale %(low)s to %(high)s; state it, or name a new source.")
        ends = {"low": f"{other.scale_low:g}", "high": f"{other.scale_high:g}"}
        raise OtherSource(Problem(0, "", f"{low:g}–{high:g}", "other_scale", message % ends))
