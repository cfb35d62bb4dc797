"""Files of invented postings, about 1,700 characters each, of any number; the same for the same number."""

from __future__ import annotations

import csv
import random
from pathlib import Path

SYLLABLES = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "n", "r", "s")]
SENTENCES, OF_A_POSTING, WORDS = 4_000, 14, 17


def posting_file(path: Path, count: int) -> Path:
    rng = random.Random(20260101)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(3_000)]
    sentences = [" ".join(rng.choices(words, k=WORDS)).capitalize() + "." for _ in range(SENTENCES)]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "description", "company", "city", "date"])
        for number in range(count):
            text = "\n".join(rng.sample(sentences, OF_A_POSTING))
            day = f"202{5 + number % 2}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            writer.writerow(
                [words[number % 500].title(), text, f"{words[number % 2_900]} Ltd", words[number % 40], day]
            )
    return path
