"""The public annotations as gold: texts with the labels that people gave them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from competencies.matching.vocabulary import Naming, Vocabulary
from tests.places import SHARED

DATA = SHARED / "data"
SETS = ("house", "tech")
NO_MATCH = ("LABEL NOT PRESENT", "UNDERSPECIFIED")

Pair = tuple[str, str]  # text, label or nothing


def annotation_file(name: str) -> Path:
    return DATA / "matching" / f"{name}_validation_annotations.csv"


def gold_pairs(path: Path) -> Iterator[Pair]:
    """One row a pair, as `evaluate_matching` reads them; a text whose spans match nothing has one row without."""
    labels: dict[str, dict[str, None]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = labels.setdefault(row["sentence"].strip(), {})
            if row["label"] not in NO_MATCH:
                found[row["label"].strip()] = None
    return ((text, label) for text, found in labels.items() for label in (found or [""]))


def write_gold(pairs: Iterator[Pair], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "ability"), *pairs])
    return path


def esco_labels() -> Vocabulary:
    """ESCO's 13,891 skills with their synonyms, each under its label."""
    path = DATA / "esco_v1.1.1_labels" / "skills_en.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return Vocabulary.of(
        Naming(row["preferredLabel"], (row["preferredLabel"],), tuple(filter(None, row["altLabels"].splitlines())))
        for row in rows
    )


def gold_of(name: str, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Each text with the labels that the vocabulary knows; a text of unknown ones only is left out."""
    found: dict[str, set[str]] = {}
    unknown = set()
    for text, label in gold_pairs(annotation_file(name)):
        labels = found.setdefault(text, set())
        if label in vocabulary.at:
            labels.add(label)
        elif label:
            unknown.add(text)
    return {text: frozenset(labels) for text, labels in found.items() if labels or text not in unknown}
