"""What became of suggestions like this one: a score as the part of judged suggestions of that score that was right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

ENOUGH: Final = 50  # decisions of a school from which on they tell, and the validation files no more
BINS: Final = 5
FOLDS: Final = 5
PUBLISHED: Final = Path(__file__).with_name("calibration.json")  # written by `evaluate_matching … --calibration`

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


def calibration_of(judged: Sequence[Judged], *, seed: int = 0) -> Calibration:
    """The curve of all, and its reliability by five folds: each suggestion is promised what the others' curve says.

    Source: Naeini, Cooper and Hauskrecht 2015, AAAI (expected calibration error, here over bins of equal size).
    """
    folds = np.random.default_rng(seed).permutation(len(judged)) % FOLDS
    promised = np.empty(len(judged))
    for fold in range(FOLDS):
        curve = curve_of(pair for pair, at in zip(judged, folds, strict=True) if at != fold)
        for place, (score, _right) in enumerate(judged):
            if folds[place] == fold:
                promised[place] = curve.at(score)
    bins = bins_of(promised, [right for _, right in judged])
    return Calibration(curve_of(judged), calibration_error(bins), bins)


def bins_of(promised: Sequence[float] | np.ndarray, right: Sequence[bool], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Equally many in each, from the least promised to the most; fewer bins where there are fewer suggestions."""
    order = np.argsort(promised, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    given, was = np.asarray(promised, dtype=float), np.asarray(right, dtype=float)
    return tuple(Bin(float(given[part].mean()), float(was[part].mean()), len(part)) for part in parts)


def calibration_error(bins: Iterable[Bin]) -> float:
    """The mean distance between promised and right, each bin counting by its suggestions; 0 where there are none.

    >>> calibration_error([Bin(0.5, 0.4, 10), Bin(0.9, 0.9, 10)])
    0.05
    """
    found = list(bins)
    return sum(each.of * abs(each.promised - each.right) for each in found) / (sum(each.of for each in found) or 1)


def published(path: Path = PUBLISHED) -> dict[str, Calibration]:
    """From the validation files, by tier and language, as `semantic-zh`; none where the file is absent."""
    if not path.exists():
        return {}
    return {name: _calibration(told) for name, told in json.loads(path.read_text(encoding="utf-8")).items()}


def written(calibrations: Mapping[str, Calibration]) -> str:
    return json.dumps({name: asdict(each) for name, each in sorted(calibrations.items())}, indent=1) + "\n"


def _calibration(told: dict) -> Calibration:
    curve = told["curve"]
    return Calibration(
        Curve(tuple(curve["scores"]), tuple(curve["parts"]), curve["of"]),
        told["error"],
        tuple(Bin(**each) for each in told["bins"]),
    )
