"""A panel as its page shows it, and the form of rules by panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from curricula.evaluation.reports import gathered
from curricula.evaluation.training.panel import Panel
from curricula.evaluation.training.panels import BY_NAME
from curricula.fields.training_rules import THRESHOLDS, Threshold
from curricula.models import Curriculum, TrainingRules, person_name
from curricula.reports.panels import Reading
from curricula.wording import formats, phrases


@dataclass(frozen=True)
class PanelPage:
    """What the template shows; `approved` where the report keeps what was there at the approval."""

    panel: Panel
    reading: Reading
    approved: bool
    has_rules: bool  # thresholds that a school may change


def panel_page(curriculum: Curriculum, panel: Panel) -> PanelPage:
    return PanelPage(
        panel,
        panel.read(gathered(curriculum)),
        approved=curriculum.approved_as is not None,
        has_rules=any(each.panel == panel.name for each in THRESHOLDS),
    )


@dataclass(frozen=True)
class RulesOfPanel:
    """The thresholds of one panel, with their fields of the form."""

    title: Any
    lines: tuple[tuple[Threshold, Any], ...]


def rules_by_panel(form: Any) -> Iterator[RulesOfPanel]:
    """Those of one panel together; what belongs to none comes last."""
    names = dict.fromkeys(each.panel for each in THRESHOLDS)
    for name in sorted(names, key=lambda name: not name):
        title = BY_NAME[name].title if name in BY_NAME else _("All panels")
        yield RulesOfPanel(title, tuple((each, form[each.name]) for each in THRESHOLDS if each.panel == name))


@dataclass(frozen=True)
class RuleChange:
    """What one person changed in the rules at one moment."""

    when: Any
    who: str
    lines: tuple[str, ...]


def rule_changes(rules: TrainingRules) -> list[RuleChange]:
    """Newest first; a rule that went back to the start says so."""
    states = (
        list(rules.history.select_related("history_user").order_by("history_date", "history_id")) if rules.pk else []
    )
    befores: Iterable[dict[str, Any]] = [{}, *(state.values for state in states)]
    found = [
        RuleChange(
            state.history_date,
            person_name(state.history_user) if state.history_user else "",
            tuple(_lines(before, state.values)),
        )
        for before, state in zip(befores, states, strict=False)
    ]
    return found[::-1]


def _lines(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for each in THRESHOLDS:
        old, new = before.get(each.name, each.start), after.get(each.name, each.start)
        if _written(each, old) != _written(each, new):
            yield f"{each.label}: {_written(each, old)} → {_written(each, new)}"


def _written(threshold: Threshold, value: Any) -> str:
    if threshold.unit == "words":
        return phrases.in_a_row(value)
    return formats.percent(float(value)) if threshold.unit == "share" else formats.number(float(value))
