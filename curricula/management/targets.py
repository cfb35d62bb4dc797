"""The curriculum that a command names."""

from __future__ import annotations

from competencies.management.imports import wrong_usage
from curricula.models import Curriculum
from curricula.queries import curriculum_by_key


def check_key(key: str) -> None:
    if len([part for part in key.split("/") if part]) != 3:
        wrong_usage(f"“{key}” does not name a curriculum: write school/program/year, for example demo/e-commerce/2026")


def curriculum_named(key: str) -> Curriculum:
    check_key(key)
    try:
        return curriculum_by_key(key)
    except Curriculum.DoesNotExist:
        wrong_usage(f"there is no curriculum “{key}”")
