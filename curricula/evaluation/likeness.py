"""How like the texts of courses are to abilities that no course is mapped to: who could carry them."""

from __future__ import annotations

from typing import Final

import pandas as pd

from competencies.frameworks.rankers import ranker_for
from competencies.matching.ranking import DEFAULT
from competencies.matching.suggestions import course_text
from curricula.models import Curriculum

MOST_ABILITIES: Final = 2000  # a larger vocabulary takes seconds to read
COLUMNS: Final = ("course", "ability", "score")


def likeness_frame(curriculum: Curriculum, abilities: pd.Index, *, mapped: pd.DataFrame) -> pd.DataFrame:
    """One row a course that serves something and an ability that none serves, where their texts have likeness.

    By words, which every installation can, so that advice does not hang on whether a language model is at hand.
    """
    missing = abilities.difference(pd.Index(mapped["ability"]), sort=False)
    if missing.empty or mapped.empty or len(abilities) > MOST_ABILITIES:
        return pd.DataFrame(columns=list(COLUMNS))
    ranker = ranker_for(curriculum.framework, tier=DEFAULT)
    fields = ("code", "title_en", "title_zh", "description")
    courses = list(curriculum.courses.filter(code__in=set(mapped["course"])).values_list(*fields))
    scores = pd.DataFrame(
        ranker.likeness([course_text(texts) for _code, *texts in courses]),
        index=pd.Index([code for code, *_texts in courses], name="course"),
        columns=[each.ability for each in ranker.vocabulary.namings],
    )
    rows = scores.reindex(columns=missing).reset_index()
    return rows.melt(id_vars="course", var_name="ability", value_name="score").query("score > 0")
