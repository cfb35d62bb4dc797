"""What became of suggestions like this one: a score as the part of judged suggestions of that score that was right."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

ENOUGH: Final = 50  # decisions of a school from which on they tell, and the validation files no more
PUBLISHED: Final = Path(__file__).with_name("calibration.json")  # written by tests/calibrate.py

Judged = tuple[float, bool]  # a suggestion's score, and whether it was right


@dataclass(frozen=True)
class Bin:
    """Suggestions of neighbouring scores: the part that was promised of them, and the part that was right, 0 to 1."""

    promised: float
    right: float
    of: int


@dataclass(frozen=True)
class Curve:
    """A part that never falls with the score: `parts[i]` at `scores[i]`, straight lines between, 0 to 1 both."""

    scores: tuple[float, ...]
    parts: tuple[float, ...]
    of: int  # judged suggestions

    def at(self, score: float) -> float:
        return float(np.interp(score, self.scores, self.parts))


@dataclass(frozen=True)
class Calibration:
    """A curve with how far it can be trusted: its bins and error on suggestions that it was not fitted on."""

    curve: Curve
    error: float  # expected calibration error, 0 to 1
    bins: tuple[Bin, ...]


def curve_of(judged: Iterable[Judged]) -> Curve:
    """The nearest curve (least squares) that does not fall. Raises ValueError where nothing was judged.

    Source: Zadrozny and Elkan 2002, KDD, isotonic regression of classifier scores.

    >>> curve_of([(0.2, False), (0.4, True), (0.6, False), (0.8, True)]).at(0.5)
    0.5
    """
    from sklearn.isotonic import IsotonicRegression

    pairs = sorted(judged)
    if not pairs:
        raise ValueError("nothing was judged")
    fitted = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(*zip(*pairs, strict=True))
    scores, parts = fitted.X_thresholds_, fitted.y_thresholds_
    return Curve(tuple(map(float, scores)), tuple(map(float, parts)), len(pairs))


def published(path: Path = PUBLISHED) -> dict[str, Calibration]:
    """From the validation files, by tier and language, as `semantic-zh`; none where the file is absent."""
    if not path.exists():
        return {}
    return {name: _calibration(told) for name, told in json.loads(path.read_text(encoding="utf-8")).items()}


def _calibration(told: dict) -> Calibration:
    curve = told["curve"]
    return Calibration(
        Curve(tuple(curve["scores"]), tuple(curve["parts"]), curve["of"]),
        told["error"],
        tuple(Bin(**each) for each in told["bins"]),
    )
