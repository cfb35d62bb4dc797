from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from competencies.demand.readers.surveys import AnswerRow, ParsedSurvey, Scale, read_survey
from competencies.models import DemandSource, Framework, SurveyAnswer
from competencies.saving.bulk import synchronise
from competencies.saving.outcome import Counts, SurveyOutcome
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.column_names import unambiguous
from competencies.tabular.problems import Problem, UnreadableFile
from competencies.tabular.records import Source

from .sources import SourceFacts, saved_whole


def abilities_by_name(framework: Framework) -> Mapping[str, str]:
    """What a question may call an ability → its code."""
    titles = framework.abilities.values_list("code", "title_en", "title_zh")
    return unambiguous((title, code) for code, *others in titles for title in (code, *others))


def survey_of(
    source: Source,
    *,
    name: str,
    framework: Framework,
    scale: Scale | None = None,
    max_bytes: int | None = None,
    choices: Choices = NO_CHOICES,
) -> ParsedSurvey:
    """The answers of a file to questions on the abilities of a framework. Raises UnreadableFile."""
    abilities = abilities_by_name(framework)
    return read_survey(source, name=name, abilities=abilities, scale=scale, max_bytes=max_bytes, choices=choices)


def save_survey_file(
    path: Path,
    *,
    facts: SourceFacts,
    scale: Scale | None = None,
    dry_run: bool = False,
    choices: Choices = NO_CHOICES,
) -> SurveyOutcome:
    """Saves the answers of a file whole or not at all; a second time it changes nothing."""
    try:
        parsed = survey_of(path, name=path.name, framework=facts.framework, scale=scale, choices=choices)
    except UnreadableFile as error:
        return SurveyOutcome.of_unreadable(error, path.name, dry_run=dry_run)
    return save_survey(parsed, facts=facts, dry_run=dry_run)


def save_survey(parsed: ParsedSurvey, *, facts: SourceFacts, dry_run: bool = False) -> SurveyOutcome:
    """The same for a file that was read; an answer that the file leaves blank stays as it is."""
    told = SurveyOutcome(
        warnings=parsed.warnings,
        refusals=parsed.refusals,
        dry_run=dry_run,
        respondents=parsed.respondents,
        duplicates=parsed.duplicates,
        scale=parsed.scale,
        recognised=parsed.recognised,
    )

    def save(source: DemandSource) -> SurveyOutcome:
        if refusals := tuple(_other_scale(source, parsed)):
            return replace(told, refusals=refusals)
        return replace(told, **vars(_save(parsed, source, facts)))

    return saved_whole(replace(facts, kind=DemandSource.Kind.SURVEY), told, save, dry_run=dry_run)


def _save(parsed: ParsedSurvey, source: DemandSource, facts: SourceFacts) -> Counts:
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


def _other_scale(source: DemandSource, parsed: ParsedSurvey) -> Iterable[Problem]:
    """Answers on two scales have no common mean, so a source has one."""
    low, high = parsed.scale
    other = source.answers.exclude(scale_low=low, scale_high=high).first()
    if other is not None:
        message = _("The answers of this source lie on the scale %(low)s to %(high)s; state it, or name a new source.")
        ends = {"low": f"{other.scale_low:g}", "high": f"{other.scale_high:g}"}
        yield Problem(0, "", f"{low:g}–{high:g}", "other_scale", message % ends)
