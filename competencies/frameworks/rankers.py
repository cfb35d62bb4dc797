"""Rankers over a framework's vocabulary, kept in memory for as long as no word of it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from django.conf import settings

from competencies.matching import semantic
from competencies.matching.lexical import LexicalIndex
from competencies.matching.ranking import DEFAULT, SEMANTIC, Ranker
from competencies.matching.vocabulary import Naming, Vocabulary
from competencies.models import AbilityTerm, Framework

AUTO = "auto"
TIERS = (AUTO, DEFAULT, SEMANTIC)
KEPT = 4  # a ranker of ESCO's size takes about 300 MB

Progress = Callable[[int, int], None]
Key = tuple[int, int, datetime, str]

_rankers: dict[Key, Ranker] = {}
_making = Lock()


def vocabulary_of(framework: Framework) -> Vocabulary:
    """The abilities that a course can serve, under their codes, with all that names them in both languages."""
    terms = defaultdict(list)
    found = AbilityTerm.objects.filter(ability__framework=framework).order_by("ability_id", "pk")
    for ability, text in found.values_list("ability_id", "text"):
        terms[ability].append(text)
    return Vocabulary.of(
        Naming(
            ability=ability.code,
            labels=_stated(ability.title_en, ability.title_zh),
            terms=tuple(terms[ability.pk]),
            statements=_stated(ability.statement_en, ability.statement_zh),
        )
        for ability in framework.abilities.leaves()
    )


def _stated(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def tier_in_use(tier: str = AUTO) -> str:
    """The tier itself; for `auto`, the best one that is installed."""
    if tier == AUTO:
        return SEMANTIC if semantic.is_installed() else DEFAULT
    return tier


def ranker_for(framework: Framework, *, tier: str = AUTO, progress: Progress | None = None) -> Ranker:
    """The ranker of the framework as it is now; made in seconds when first asked for.

    `progress` is told how many abilities the model has read, which takes a minute for ten thousand, once.
    """
    used = tier_in_use(tier)
    key = (framework.pk, framework.vocabulary_version, framework.changed, used)
    with _making:
        if key not in _rankers:
            while len(_rankers) >= KEPT:
                del _rankers[next(iter(_rankers))]
            _rankers[key] = _made(vocabulary_of(framework), tier=used, progress=progress)
        return _rankers[key]


def _made(vocabulary: Vocabulary, *, tier: str, progress: Progress | None) -> Ranker:
    lexical = LexicalIndex(vocabulary)
    if tier == DEFAULT:
        return Ranker(vocabulary, scorers=[lexical])
    folder = settings.STATE_DIR / "embeddings"
    meaning = semantic.SemanticIndex(vocabulary, lexical=lexical, folder=folder, progress=progress)
    return Ranker(vocabulary, scorers=[meaning, lexical])
