"""How alike the words of a passage and of an ability are: cosines of weighted words, stems and characters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import sqrt

import numpy as np
from scipy.sparse import csr_matrix

from .filler_words import without_filler
from .folding import fold
from .vocabulary import Vocabulary
from .words import is_chinese, stems, stems_of, with_pairs, words_in

LABEL = 0.4  # a label counts so much more than a synonym, which often names a special case
CHINESE_PAIR = 0.25  # of pairs of Chinese characters most unknown ones only straddle two words


class Cosines:
    """TF-IDF cosines between texts and a fixed list of them, each given as its tokens.

    A token weighs its count times ln((1 + n)/(1 + df)) + 1, of n texts and df that have it.
    Source: Manning, Raghavan and Schütze 2008, Introduction to Information Retrieval, ch. 6.
    """

    def __init__(self, texts: Sequence[Sequence[str]], *, dampened: bool = False) -> None:
        self._dampened = dampened
        self._places = {token: place for place, token in enumerate(sorted({each for text in texts for each in text}))}
        counts = self._counts(texts)
        held = np.bincount(counts.indices, minlength=len(self._places)).astype(np.float32)
        self._idf = np.log(np.float32(len(texts) + 1) / (held + 1)) + 1
        self._columns: csr_matrix = self._weighted(counts).T.tocsr()

    @property
    def weights(self) -> dict[str, float]:
        """How much each known word tells."""
        return dict(zip(self._places, self._idf.tolist(), strict=True))

    def __call__(self, texts: Sequence[Sequence[str]]) -> np.ndarray:
        """Texts × those of the list, each cosine between 0 (nothing in common) and 1."""
        return (self._weighted(self._counts(texts)) @ self._columns).toarray()

    def _counts(self, texts: Sequence[Sequence[str]]) -> csr_matrix:
        """How often each known token stands in each text; one that the list does not have is left out."""
        known = [[self._places[token] for token in text if token in self._places] for text in texts]
        ends = np.cumsum([0, *map(len, known)])
        places = np.fromiter(chain.from_iterable(known), dtype=np.int32, count=ends[-1])
        shape = (len(texts), len(self._places))
        counts = csr_matrix((np.ones(len(places), dtype=np.float32), places, ends), shape=shape)
        counts.sum_duplicates()
        return counts

    def _weighted(self, counts: csr_matrix) -> csr_matrix:
        told = np.log(counts.data) + 1 if self._dampened else counts.data
        told = told * self._idf[counts.indices]
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        lengths = np.sqrt(np.bincount(rows, weights=told.astype(float) ** 2, minlength=counts.shape[0]))
        data = (told / lengths[rows]).astype(np.float32)
        return csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)


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
        self._of_forms = [Cosines(view) for view in _views(vocabulary.forms)[:-1]]
        self._of_articles = Cosines([stems(article) for article in vocabulary.articles], dampened=True)
        self._weights = self._of_articles.weights

    def scores(self, passages: Sequence[str]) -> np.ndarray:
        known = np.array([[self._known(passage)] for passage in passages], dtype=np.float32)
        return self.likeness(passages) * known

    def likeness(self, passages: Sequence[str]) -> np.ndarray:
        """The weighted mean of the cosines, passages × abilities, whatever else the passages say."""
        *views, stemmed = _views([without_filler(passage) for passage in passages])
        total = self._of_articles(stemmed)
        for cosines, view in zip(self._of_forms, views, strict=True):
            found = cosines(view)
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


def _views(texts: Sequence[str]) -> tuple[list[list[str]], ...]:
    """The texts as words with pairs, as stems with pairs, as characters and as stems; each is folded and cut once."""
    folded = [fold(text) for text in texts]
    words = [words_in(text) for text in folded]
    stemmed = [stems_of(each) for each in words]
    characters = [_characters(text) for text in folded]
    return [with_pairs(each) for each in words], [with_pairs(each) for each in stemmed], characters, stemmed


def _characters(folded: str) -> list[str]:
    """Every 3, 4 and 5 characters within a word and the blanks around it; a word that is shorter is told once."""
    found = []
    for word in folded.split():
        edged = f" {word} "
        for size in range(3, min(5, len(edged)) + 1):
            found += [edged[at : at + size] for at in range(len(edged) - size + 1)]
    return found
