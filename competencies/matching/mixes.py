"""Which models read a text of which language, in which pieces, and what each weighs beside shared words.

The weights were fitted on validation sentences and on our own Chinese gold; docs/matching.md says how and how sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .folding import is_han
from .models import E5, MINILM, USE, Model

_FOREIGN: Final = 0.2  # the part of Chinese letters from which a text is not English


@dataclass(frozen=True)
class Voice:
    """A model's part in a score; `floor` is the likeness that any two texts have for it."""

    model: Model
    weight: float
    floor: float = 0.0
    few: bool = False  # compares the best few words of a passage too


@dataclass(frozen=True)
class Mix:
    """`lexical` weighs shared words; `sure` and `least` are borders of the score, as a scorer has them."""

    lexical: float
    voices: tuple[Voice, ...]
    sure: float
    least: float
    all_labels: bool = False  # compares with an ability's titles in each language, not with the first alone

    @property
    def installed(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.model.is_installed)

    def reads(self, text: str, *, labels: str) -> bool:
        """Whether it was made for a text against labels of this language, `en` or `zh`."""
        return self.all_labels or language_of(text) == labels == "en"


ENGLISH: Final = Mix(0.6, (Voice(MINILM, 1.0, few=True), Voice(E5, 0.5, floor=0.75)), sure=0.5, least=0.45)
BILINGUAL: Final = Mix(2.0, (Voice(USE, 1.0), Voice(E5, 1.0, floor=0.75)), sure=0.5, least=0.35, all_labels=True)
MIXES: Final = (ENGLISH, BILINGUAL)  # the first that reads a text is at work


def language_of(text: str) -> str:
    """`zh` where a fifth or more of the letters are Chinese, else `en`; a text without letters is English.

    >>> language_of("跨境物流 (logistics)"), language_of("Web design in HTML at 阿里")
    ('zh', 'en')
    """
    letters = [char for char in text if char.isalpha()]
    return "zh" if letters and sum(map(is_han, letters)) >= _FOREIGN * len(letters) else "en"
