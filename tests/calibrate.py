"""What became of suggestions on the validation files, by tier and language: competencies/matching/calibration.json.

    python -m tests.calibrate

English: the public validation sentences against ESCO's labels. Chinese: the statements of our framework's abilities
against its titles alone, and the courses of the invented demo against its whole vocabulary.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from competencies.matching.calibration import PUBLISHED, Judged, calibration_of, written
from competencies.matching.lexical import LexicalIndex
from competencies.matching.mixes import BILINGUAL, ENGLISH, Mix, language_of
from competencies.matching.ranking import Ranker
from competencies.matching.semantic import SemanticIndex
from competencies.matching.suggestions import MOST
from competencies.matching.vocabulary import Naming, Vocabulary
from tests.matching_gold import SETS, esco_labels, gold_of

FIXTURES = Path(__file__).parent.parent / "fixtures"
EMBEDDINGS = Path(__file__).parent.parent / ".state" / "embeddings"

Gold = dict[str, frozenset[str]]


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
