"""What all figures share stands with the app that others build on."""

from competencies.charts.base import (
    ACCENT,
    DEMAND,
    FAINT,
    GAP,
    INTERVAL,
    PAPER,
    PRACTICE,
    SOFT,
    SPAN,
    THEORY,
    Figure,
    plain,
)

__all__ = [
    "ACCENT",
    "DEMAND",
    "FAINT",
    "GAP",
    "INTERVAL",
    "PAPER",
    "PRACTICE",
    "SOFT",
    "SPAN",
    "THEORY",
    "Figure",
    "plain",
]
