"""Between which two ends a number lies where part of what it is made of is not stated."""

from __future__ import annotations

from dataclasses import dataclass

ALIKE = 1e-9


@dataclass(frozen=True)
class Span:
    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Both ends are one number: nothing that it rests on is left unsaid."""
        return self.high - self.low <= ALIKE
