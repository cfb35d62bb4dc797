"""Two plain ways from text to abilities, which anything better must beat in the same run."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from .evaluation import Answer
from .terms import Term, TermMatcher
from .vocabulary import Vocabulary

PROPOSED = 100


class ExactLabels:
    """Proposes the abilities whose label or synonym stands in the text, in the order in which they stand there."""

    def __init__(self, vocabulary: Vocabulary, *, synonyms: bool = False) -> None:
        self._terms = TermMatcher(
            Term(form, naming.ability)
            for naming in vocabulary.namings
            for form in (naming.forms if synonyms else naming.labels)
            if form
        )

    def answer(self, text: str) -> Answer:
        found = tuple(dict.fromkeys(mention.ability for mention in self._terms.find(text)))
        return Answer(found, frozenset(found))


class PlainAverage:
    """The mean of the cosines of word (1–2-gram) and character (3–5-gram) TF-IDF, each by the nearest form."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._abilities = [naming.ability for naming in vocabulary.namings]
        self._starts = vocabulary.starts
        self._views = []
        for settings in ({"ngram_range": (1, 2)}, {"analyzer": "char", "ngram_range": (3, 5)}):
            vectorizer = TfidfVectorizer(dtype=np.float32, **settings)
            self._views.append((vectorizer, vectorizer.fit_transform(vocabulary.forms).T.tocsr()))

    def answer(self, text: str) -> Answer:
        words, characters = (self._nearest(vectorizer.transform([text]) @ forms) for vectorizer, forms in self._views)
        score = (words + characters) / 2
        first = np.argsort(-score, kind="stable")[:PROPOSED]
        return Answer([self._abilities[at] for at in first if score[at] > 0])

    def _nearest(self, cosines: csr_matrix) -> np.ndarray:
        return np.maximum.reduceat(cosines.toarray()[0], self._starts)
