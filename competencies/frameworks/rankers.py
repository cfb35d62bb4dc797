"""Rankers over a framework's vocabulary, kept in memory for as long as no word of it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from django.conf import settings

from competencies.matching import semantic
from competencies.matching.lexical import LexicalIndex
from competencies.matching.ranking import DEFAULT, SEMANTIC, Ranker
from competencies.matching.reading_behind import Reading, read_behind
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

    `progress` is told how many titles the models have read, which takes minutes for ten thousand, once.
    """
    return _kept(framework, tier_in_use(tier), progress=progress)


def ranker_at_once(framework: Framework) -> tuple[Ranker, Reading | None]:
    """The ranker for a page, which never waits for models: words alone while they read the vocabulary behind it.

    Beside it how far they are; None where nothing is being read.
    """
    if tier_in_use() == DEFAULT:
        return ranker_for(framework, tier=DEFAULT), None
    key = _key(framework, SEMANTIC)
    words = _kept(framework, DEFAULT)
    if key in _rankers or semantic.is_read(words.vocabulary, folder=_folder()):
        return ranker_for(framework), None
    return words, read_behind(words.vocabulary, folder=_folder())


def _folder() -> Path:
    return Path(settings.STATE_DIR) / "embeddings"


def _key(framework: Framework, tier: str) -> Key:
    return framework.pk, framework.vocabulary_version, framework.changed, tier


def _kept(framework: Framework, tier: str, *, progress: Progress | None = None) -> Ranker:
    key = _key(framework, tier)
    with _making:
        if key not in _rankers:
            while len(_rankers) >= KEPT:
                del _rankers[next(iter(_rankers))]
            _rankers[key] = _made(framework, tier=tier, progress=progress)
        return _rankers[key]


def _made(framework: Framework, *, tier: str, progress: Progress | None) -> Ranker:
    vocabulary = vocabulary_of(framework)
    lexical = LexicalIndex(vocabulary)
    meaning = [] if tier == DEFAULT else semantic.indexes(vocabulary, lexical, folder=_folder(), progress=progress)
    return Ranker(vocabulary, scorers=[*meaning, lexical])
