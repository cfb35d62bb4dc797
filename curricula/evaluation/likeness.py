"""How like the texts of courses are to abilities that no course is mapped to: who could carry them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from competencies.frameworks.rankers import KEPT, vocabulary_of
from competencies.matching.lexical import LexicalIndex
from competencies.matching.ranking import Ranker
from competencies.matching.suggestions import course_text
from competencies.matching.vocabulary import Vocabulary
from curricula.models import Curriculum

MOST_ABILITIES: Final = 2000  # a larger vocabulary takes seconds to read
MOST_TEXTS: Final = 20_000
COLUMNS: Final = ("course", "ability", "score")


def likeness_frame(curriculum: Curriculum, abilities: pd.Index, *, mapped: pd.DataFrame) -> pd.DataFrame:
    """One row a course that serves something and an ability that none serves, where their texts have likeness.

    By words, which every installation can, so that advice does not hang on whether a language model is at hand.
    """
    if len(abilities) > MOST_ABILITIES:
        return pd.DataFrame(columns=list(COLUMNS))
    # Both are read whether they are needed or not, so that a plan takes as many queries however many rows it has.
    vocabulary = vocabulary_of(curriculum.framework)
    rows = list(curriculum.courses.values_list("code", "title_en", "title_zh", "description"))
    missing = abilities.difference(pd.Index(mapped["ability"]), sort=False)
    serving = set(mapped["course"])
    courses = {code: course_text(texts) for code, *texts in rows if code in serving}
    if missing.empty or not courses:
        return pd.DataFrame(columns=list(COLUMNS))
    scores = pd.DataFrame(
        _likeness(vocabulary, list(courses.values())),
        index=pd.Index(list(courses), name="course"),
        columns=[each.ability for each in vocabulary.namings],
    )
    found = scores.reindex(columns=missing).reset_index()
    return found.melt(id_vars="course", var_name="ability", value_name="score").query("score > 0")


def _likeness(vocabulary: Vocabulary, texts: list[str]) -> np.ndarray:
    """Texts × abilities. A text is read once for as long as no word of the framework changes, whatever else does."""
    ranker, known = _ranker(vocabulary)
    if len(known) > MOST_TEXTS:
        known.clear()
    new = [text for text in dict.fromkeys(texts) if text not in known]
    known.update(zip(new, ranker.likeness(new), strict=True))
    return np.array([known[text] for text in texts])


@lru_cache(maxsize=KEPT)
def _ranker(vocabulary: Vocabulary) -> tuple[Ranker, dict[str, np.ndarray]]:
    return Ranker(vocabulary, scorers=[LexicalIndex(vocabulary)]), {}
