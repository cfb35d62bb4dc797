"""How alike the words of a passage and of an ability are: cosines of weighted words, stems and characters."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from .filler_words import without_filler
from .folding import fold
from .vocabulary import Vocabulary
from .words import is_chinese, plain, stems, with_pairs

LABEL = 0.4  # a label counts so much more than a synonym, which often names a special case
CHINESE_PAIR = 0.25  # of pairs of Chinese characters most unknown ones only straddle two words


class Cosines:
    """TF-IDF cosines between passages and a fixed list of texts."""

    def __init__(self, texts: Sequence[str], **settings: Any) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # half a second, for the pages that match texts

        self._vectorizer = TfidfVectorizer(dtype=np.float32, **settings)
        self._columns: csr_matrix = self._vectorizer.fit_transform(texts).T.tocsr()

    @property
    def weights(self) -> dict[str, float]:
        """How much each known word tells."""
        return dict(zip(self._vectorizer.get_feature_names_out(), self._vectorizer.idf_.tolist(), strict=True))

    def __call__(self, passages: Sequence[str]) -> np.ndarray:
        """Passages × texts, each cosine between 0 (nothing in common) and 1."""
        return (self._vectorizer.transform(passages) @ self._columns).toarray()


class LexicalIndex:
    """Four views of a vocabulary; a score is the mean of their cosines, in which a label counts a little twice.

    Words (with pairs), stems (with pairs) and characters (3 to 5, within words) look for the one form that is
    nearest, the article for an ability whose many forms together have the words of the passage.
    """

    tier = "default"
    sure = 0.35
    least = 0.25
    repeated = 0.9

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._starts, self._last_labels = vocabulary.starts, vocabulary.last_labels
        forms = vocabulary.forms
        self._of_forms = [
            Cosines(forms, analyzer=lambda text: with_pairs(plain(text))),
            Cosines(forms, analyzer=lambda text: with_pairs(stems(text))),
            Cosines(forms, analyzer="char_wb", ngram_range=(3, 5), preprocessor=fold),
        ]
        self._of_articles = Cosines(vocabulary.articles, analyzer=_stems_of_lines, sublinear_tf=True)
        self._weights = self._of_articles.weights

    def scores(self, passages: Sequence[str]) -> np.ndarray:
        known = np.array([[self._known(passage)] for passage in passages], dtype=np.float32)
        return self.likeness(passages) * known

    def likeness(self, passages: Sequence[str]) -> np.ndarray:
        """The weighted mean of the cosines, passages × abilities, whatever else the passages say."""
        passages = [without_filler(passage) for passage in passages]
        total = self._of_articles(passages)
        for cosines in self._of_forms:
            found = cosines(passages)
            total += np.maximum.reduceat(found, self._starts, axis=1)
            total += LABEL * np.maximum(found[:, self._starts], found[:, self._last_labels])
        return total / (4 + 3 * LABEL)

    def _known(self, passage: str) -> float:
        """How much of what the passage says the vocabulary has words for, between 0 and 1.

        A cosine leaves out words that no ability has; "career planning" is not "planning" for that.
        """
        weights = self._weights
        unknown = max(weights.values(), default=1.0)
        found = stems(passage)
        known = sum(weights[word] ** 2 for word in found if word in weights)
        foreign = sum(unknown**2 * (CHINESE_PAIR if is_chinese(word) else 1) for word in found if word not in weights)
        return sqrt(known / (known + foreign)) if found else 1.0

    def speaks(self, text: str) -> bool:
        return True

    def nearest_place(self, passage: str, ability: int) -> None:
        return None


def _stems_of_lines(article: str) -> list[str]:
    return [word for line in article.splitlines() for word in stems(line)]
