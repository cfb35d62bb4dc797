"""What texts are compared with: the abilities of a framework with every form of words that names one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Naming:
    """How one ability is named: its labels, the terms for it, and what is stated of it."""

    ability: str
    labels: tuple[str, ...]
    terms: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.labels, *self.terms))) or ("",)


@dataclass(frozen=True)
class Vocabulary:
    """Abilities in a fixed order, and their forms in one list, those of an ability side by side."""

    namings: tuple[Naming, ...]
    at: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", {naming.ability: index for index, naming in enumerate(self.namings)})

    @classmethod
    def of(cls, namings: Iterable[Naming]) -> Vocabulary:
        return cls(tuple(namings))

    @cached_property
    def forms(self) -> list[str]:
        return [form for naming in self.namings for form in naming.forms]

    @cached_property
    def starts(self) -> np.ndarray:
        """Where in `forms` each ability's own begin."""
        counts = [len(naming.forms) for naming in self.namings]
        return np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(int)

    @cached_property
    def last_labels(self) -> np.ndarray:
        """Where in `forms` the last label of each ability is; its first one is where its forms begin."""
        return self.starts + [max(len(set(naming.labels)) - 1, 0) for naming in self.namings]

    @cached_property
    def articles(self) -> list[str]:
        """All that is said of an ability in one piece."""
        return ["\n".join((*naming.forms, *naming.statements)) for naming in self.namings]

    @cached_property
    def digest(self) -> str:
        """The same for the same content, whatever it is stored as."""
        whole = hashlib.sha256()
        for naming in self.namings:
            whole.update(repr((naming.ability, naming.labels, naming.terms, naming.statements)).encode())
        return whole.hexdigest()

    def forms_of(self, index: int) -> tuple[str, ...]:
        return self.namings[index].forms
