"""What a passage means: embeddings of it and of the abilities' labels by several models, beside the words they share.

Needs the extra `semantic`; its packages carry the models, and nothing is fetched at run time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from .lexical import LexicalIndex
from .mixes import MIXES, Mix, Voice, language_of
from .models import AT_ONCE, Encode, Model, loaded
from .passages import clauses, pieces
from .vocabulary import Vocabulary

WIDTHS = (2, 4, 8)  # words; a text names an ability in few of its own
SHOWN = 2  # pieces of the second width are shown as what led to an ability
REMEMBERED = 256  # passages

Place = tuple[int, int]
Progress = Callable[[int, int], None]


def is_installed() -> bool:
    return any(mix.installed for mix in MIXES)


def indexes(
    vocabulary: Vocabulary, lexical: LexicalIndex, *, folder: Path, progress: Progress | None = None
) -> list[SemanticIndex]:
    """One index for each mix of models that is installed, the first that speaks a text's language first."""
    return [
        SemanticIndex(vocabulary, mix=mix, lexical=lexical, folder=folder, progress=progress)
        for mix in MIXES
        if mix.installed
    ]


def is_read(vocabulary: Vocabulary, *, folder: Path) -> bool:
    """Whether the folder has all that `indexes` needs, so that no model has to read the vocabulary."""
    return all(
        _path(_flat(_titles(vocabulary, mix)), voice.model, folder=folder).exists()
        for mix in MIXES
        for voice in mix.installed
    )


def read_vocabulary(vocabulary: Vocabulary, *, folder: Path, progress: Progress | None = None) -> None:
    """Let each installed model read the titles, and keep what it made of them; `progress` counts over all of them."""
    due = [(_flat(_titles(vocabulary, mix)), voice.model) for mix in MIXES for voice in mix.installed]
    total, before = sum(len(titles) for titles, _ in due), 0
    for titles, model in due:
        told = partial(_told, progress, before, total)
        _embedded_titles(titles, model, folder=folder, encode=loaded(model), progress=told)
        before += len(titles)


def _told(progress: Progress | None, before: int, total: int, done: int, _of: int) -> None:
    if progress:
        progress(before + done, total)


class SemanticIndex:
    """The lexical score and the likeness of meaning, by one mix of models."""

    tier = "semantic"
    repeated = 1.0  # meaning tells near synonyms apart well enough

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        mix: Mix,
        lexical: LexicalIndex,
        folder: Path,
        encoders: Mapping[Model, Encode] | None = None,
        progress: Progress | None = None,
    ) -> None:
        """`folder` keeps the embeddings of vocabularies that were met before; `encoders` take the models' place."""
        self.mix, self.sure, self.least = mix, mix.sure, mix.least
        self._lexical = lexical
        self._encoders = encoders
        self._voices = mix.installed if encoders is None else mix.voices
        titles = _titles(vocabulary, mix)
        self._starts = np.cumsum([0, *map(len, titles[:-1])])
        labels = _flat(titles)
        self._language = language_of(" ".join(labels))
        self._labels = {
            voice.model: _embedded_titles(
                labels, voice.model, folder=folder, encode=self._encoder(voice.model), progress=progress
            )
            for voice in self._voices
        }
        self._parts_of = lru_cache(maxsize=REMEMBERED)(self._embedded)
        self._shown_of = lru_cache(maxsize=REMEMBERED)(self._shown)

    def scores(self, passages: Sequence[str]) -> np.ndarray:
        meaning = sum(
            voice.weight * np.stack([self._meaning(text, voice) for text in passages]) for voice in self._voices
        )
        weight = self.mix.lexical + sum(voice.weight for voice in self._voices)
        found: np.ndarray = (self.mix.lexical * self._lexical.likeness(passages) + meaning) / weight
        return found

    def speaks(self, text: str) -> bool:
        return bool(self._voices) and self.mix.reads(text, labels=self._language)

    def nearest_place(self, passage: str, ability: int) -> Place:
        """Where the few words, or the clause, stand that are nearest in meaning."""
        places, alike = self._shown_of(passage)
        return places[int(alike[:, ability].argmax())]

    def _shown(self, passage: str) -> tuple[list[Place], np.ndarray]:
        """What may be shown of a passage, and the likeness of each to each ability."""
        voice = self._voices[0]
        places = pieces(passage, width=WIDTHS[SHOWN - 1]) if voice.few else clauses(passage)
        vectors = self._vectors([passage[start:end] for start, end in places], voice.model)
        return places, np.maximum.reduceat(vectors @ self._labels[voice.model].T, self._starts, axis=1)

    def _meaning(self, passage: str, voice: Voice) -> np.ndarray:
        """One likeness for each ability, between 0 and 1: of the whole, and of the best few words where they count."""
        labels = self._labels[voice.model]
        whole, *few = ((some @ labels.T).max(axis=0) for some in self._parts_of(passage, voice))
        alike = (whole + np.mean(few, axis=0)) / 2 if few else whole
        return np.maximum.reduceat(np.clip((alike - voice.floor) / (1 - voice.floor), 0, 1), self._starts)

    def _embedded(self, passage: str, voice: Voice) -> list[np.ndarray]:
        """The passage, then its pieces of each width where they count."""
        widths = (len(passage), *WIDTHS) if voice.few else (len(passage),)
        # Each width by itself: a model takes as long for every text of a batch as for its longest.
        return [
            self._vectors([passage[start:end] for start, end in pieces(passage, width=width)], voice.model)
            for width in widths
        ]

    def _vectors(self, texts: Sequence[str], model: Model) -> np.ndarray:
        said = [" ".join(text.split()) for text in texts]
        different = list(dict.fromkeys(said))
        read = self._encoder(model)
        parts = [read(different[begin : begin + AT_ONCE]) for begin in range(0, len(different), AT_ONCE)]
        rows = dict(zip(different, np.concatenate(parts), strict=True))
        return np.stack([rows[words] for words in said])

    def _encoder(self, model: Model) -> Encode:
        return self._encoders[model] if self._encoders is not None else loaded(model)


def _titles(vocabulary: Vocabulary, mix: Mix) -> list[Sequence[str]]:
    """What each ability is compared by; one without any title has an empty one."""
    return [naming.labels[: None if mix.all_labels else 1] or ("",) for naming in vocabulary.namings]


def _flat(titles: Iterable[Sequence[str]]) -> list[str]:
    return [title for each in titles for title in each]


def _embedded_titles(
    texts: Sequence[str], model: Model, *, folder: Path, encode: Encode, progress: Progress | None
) -> np.ndarray:
    """The embeddings of the texts, from the folder where the same texts were embedded before."""
    path = _path(texts, model, folder=folder)
    if path.exists():
        return np.load(path)
    found = []
    for begin in range(0, len(texts), AT_ONCE):
        found.append(encode(texts[begin : begin + AT_ONCE]))
        if progress:
            progress(min(begin + AT_ONCE, len(texts)), len(texts))
    vectors = np.concatenate(found)
    _write_whole(path, vectors)
    return vectors


def _path(texts: Sequence[str], model: Model, *, folder: Path) -> Path:
    return folder / f"{hashlib.sha256(repr((model.name, list(texts))).encode()).hexdigest()}.npy"


def _write_whole(path: Path, vectors: np.ndarray) -> None:
    """Beside the target first, so that nobody ever reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        np.save(file, vectors)
    os.replace(name, path)
