"""The thresholds of a school are changed."""

from __future__ import annotations

from typing import Any

from curricula.models import TrainingRules


def save_rules(rules: TrainingRules, values: dict[str, Any]) -> TrainingRules:
    """Store the thresholds that differ from the start; nothing is written where nothing changed."""
    if rules.pk is None or rules.values != values:
        rules.values = values
        rules.save()
    return rules
