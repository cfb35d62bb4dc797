"""What is recorded of a plan beside its analysis, as its report tells it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.citations import plain_word
from curricula.fields.declaration import Place
from curricula.models import Action, Curriculum, Decision, school_records
from curricula.reports.gap_report import ActionLine, DecisionLine, RecordLine
from curricula.wording.facts import facts
from curricula.wording.names import Names


def record_lines(curriculum: Curriculum) -> Iterator[RecordLine]:
    """The school's records that name a course of the plan, or no course at all, by kind.

    Kinds of which no field leaves the school, such as teachers and graduates, have no line: panels count them.
    """
    codes = set(curriculum.courses.values_list("code", flat=True))
    for model in school_records().values():
        if not any(model.kind.at(Place.REPORT)):
            continue
        title = str(capfirst(model.kind.plural))
        for record in model.objects.filter(school=curriculum.program.school):
            named, told = model.kind.courses_named(record), tuple(facts(model.kind, record, Place.REPORT))
            # Of a kind that tells of single people nothing stands in a report but what the panels count.
            if told and (not named or codes & set(named)):
                yield RecordLine(model.kind.name, title, told)


def decision_lines(curriculum: Curriculum) -> Iterator[DecisionLine]:
    """Of this version, in the order in which they were taken."""
    for decision in Decision.objects.filter(curriculum=curriculum):
        decided = decision.kind in (Decision.Kind.PASSED, Decision.Kind.RETURNED)
        yield DecisionLine(
            step=(plain_word(decision.step) or _("Approval")) if decided else "",
            kind=decision.kind,
            kind_text=str(decision.get_kind_display()),
            day=decision.decided_on,
            document=decision.document,
            reason=plain_word(decision.reason),
            alone=decision.alone,
        )


def action_lines(curriculum: Curriculum, names: Names) -> Iterator[ActionLine]:
    """Of the program, over all its plans; the newest first."""
    for action in Action.objects.filter(program=curriculum.program_id):
        yield ActionLine(
            title=action.named,
            ability=action.ability,
            ability_title=names.abilities.get(action.ability, action.ability) if action.ability else "",
            course=action.course,
            actor=action.actor,
            actor_text=str(action.get_actor_display()),
            due=action.due,
            state=action.state,
            state_text=str(action.get_state_display()),
            closed_on=action.closed_on,
            evidence=plain_word(action.evidence),
        )
