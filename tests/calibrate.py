"""What became of suggestions on the validation files, by tier and language: competencies/matching/calibration.json.

    python -m tests.calibrate

English: the public validation sentences against ESCO's labels. Chinese: the statements of our framework's abilities
against its titles alone, and the courses of the invented demo against its whole vocabulary.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd

from competencies.matching.calibration import PUBLISHED, Bin, Calibration, Judged, curve_of
from competencies.matching.lexical import LexicalIndex
from competencies.matching.mixes import BILINGUAL, ENGLISH, Mix, language_of
from competencies.matching.ranking import Ranker
from competencies.matching.semantic import SemanticIndex
from competencies.matching.suggestions import MOST
from competencies.matching.vocabulary import Naming, Vocabulary
from tests.matching_gold import SETS, esco_labels, gold_of

FIXTURES = Path(__file__).parent.parent / "fixtures"
EMBEDDINGS = Path(__file__).parent.parent / ".state" / "embeddings"

BINS, FOLDS = 5, 5

Gold = dict[str, frozenset[str]]


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


def written(calibrations: Mapping[str, Calibration]) -> str:
    return json.dumps({name: asdict(each) for name, each in sorted(calibrations.items())}, indent=1) + "\n"


def framework_vocabulary(*, whole: bool) -> Vocabulary:
    """The leaves of the first framework under their codes: with terms and statements, or by their titles alone."""
    return Vocabulary.of(
        Naming(
            ability["code"],
            tuple(filter(None, ability["title"].values())),
            tuple(term["text"] for term in ability["terms"]) if whole else (),
            tuple(filter(None, ability["statement"].values())) if whole else (),
        )
        for ability in _leaves()
    )


def statements_in(language: str) -> Gold:
    """Each ability's statement, to be led to the ability."""
    stated = ((ability["statement"].get(language), ability["code"]) for ability in _leaves())
    return {text: frozenset({code}) for text, code in stated if text}


def demo_courses() -> Gold:
    """The courses of the invented teaching plan that have a text and a mapping, as the plan's own file has them."""
    plan = pd.read_excel(FIXTURES / "demo/e-commerce-2026-plan.xlsx", header=None, engine="openpyxl")
    mapping = pd.read_csv(FIXTURES / "demo/e-commerce-2026-mapping.csv", skiprows=1, encoding="utf-8-sig")
    mapped = mapping.groupby("课程编码")["能力代码"].agg(frozenset)
    texts = plan.loc[plan[19].notna() & plan[3].isin(mapped.index), [3, 4, 19]]
    return {f"{title}\n\n{text}": mapped[code] for code, title, text in texts.itertuples(index=False)}


def _leaves() -> list[dict]:
    told = json.loads((FIXTURES / "frameworks/cross-border-e-commerce.json").read_text(encoding="utf-8"))
    parents = {ability["parent"] for ability in told["abilities"]}
    return [ability for ability in told["abilities"] if ability["code"] not in parents]


def rankers(vocabulary: Vocabulary, *, mix: Mix) -> dict[str, Ranker]:
    """By tier; of the models only those that read the language in question, because others take minutes for ESCO."""
    lexical = LexicalIndex(vocabulary)
    found = {"default": Ranker(vocabulary, scorers=[lexical])}
    if mix.installed:
        meaning = SemanticIndex(vocabulary, mix=mix, lexical=lexical, folder=EMBEDDINGS)
        found["semantic"] = Ranker(vocabulary, scorers=[meaning, lexical])
    return found


def judged(ranker: Ranker, gold: Gold, *, language: str) -> Iterator[Judged]:
    """Every suggestion that a page would show, and whether the gold has it; texts without any ability too."""
    for text, abilities in gold.items():
        if language_of(text) == language:
            ranking = ranker.rank(text, most=MOST)
            yield from ((c.score, c.ability in abilities) for c in ranking.candidates if c.score >= ranking.least)


def main() -> None:
    esco, titles, whole = esco_labels(), framework_vocabulary(whole=False), framework_vocabulary(whole=True)
    sentences = {text: labels for name in SETS for text, labels in gold_of(name, esco).items()}
    english = rankers(esco, mix=ENGLISH)
    by_title, by_all = rankers(titles, mix=BILINGUAL), rankers(whole, mix=BILINGUAL)
    found = {}
    for tier in english:
        chinese = [*judged(by_title[tier], statements_in("zh"), language="zh")]
        chinese += judged(by_all[tier], demo_courses(), language="zh")
        found[f"{tier}-en"] = calibration_of(list(judged(english[tier], sentences, language="en")))
        found[f"{tier}-zh"] = calibration_of(chinese)
    PUBLISHED.write_text(written(found), encoding="utf-8")
    for name, each in found.items():
        sys.stdout.write(f"{name}: {each.curve.of} suggestions, expected calibration error {each.error:.3f}\n")


if __name__ == "__main__":
    main()
