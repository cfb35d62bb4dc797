"""Postings that say the same in nearly the same words: found, counted and listed, never dropped.

Each text becomes a sketch of 96 bytes, which is kept with the posting, so that a file of any length can pass by and
a later file is compared with what is stored: all windows of eight bytes are hashed, the hashes fall into 48 bins, and
the sketch keeps the least of each bin ("one permutation hashing", Li, Owen and Zhang 2012). The part of bins in which
two sketches agree estimates the Jaccard similarity of the windows. Candidates are those that agree in a whole band of
four bins (Broder 1997; Indyk and Motwani 1998).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

SIMILAR, SHORT_SIMILAR = 0.8, 0.6  # pragmatic: about one word in twenty, and one or two of a short posting, changed
_BINS, _BAND = 48, 4
_WINDOW = 8  # bytes
_LONG, _LEAST = 240, 48  # bytes of letters; below the first, title, employer and place are compared with the text
_PAIRS = 50_000  # pairs compared at once
_ODD_1, _ODD_2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_NOTHING = np.uint32(0xFFFFFFFF)
_EMPTY = np.uint16(0xFFFFFFFF // _BINS & 0xFFFF)  # a bin into which no window fell
# Case, digits, blanks and ASCII punctuation make no difference in a long text; other scripts keep all their bytes.
_SMALL = bytes(byte + 32 if 65 <= byte <= 90 else byte for byte in range(256))
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())

# A sketch as it is kept: one byte for how similar another one has to be, then the least of each bin.
SKETCH_BYTES = 1 + 2 * _BINS
_THRESHOLDS = np.array([SIMILAR, SHORT_SIMILAR], dtype=np.float32)

Places = NDArray[np.intp]
_NO_PLACES: Places = np.empty(0, dtype=np.intp)
Sketches = NDArray[np.uint8]  # postings × SKETCH_BYTES


class Advertisement(NamedTuple):
    """What tells two postings apart."""

    text: str
    title: str
    employer: str
    region: str
    day: int  # any number that is another one on another day; 0 where there is none
    details: str = ""  # what else a posting without a text says

    @classmethod
    def of(cls, posting: Any, *, details: str = "") -> Advertisement:
        """A posting as a file has it, or as it is stored."""
        day = posting.published.toordinal() if posting.published else 0
        return cls(posting.text, posting.title, posting.employer, posting.region, day, details)


def sketches_of(advertisements: Sequence[Advertisement]) -> list[bytes]:
    """What is kept of each posting, so that others which say nearly the same are found; SKETCH_BYTES long."""
    letters = [_letters(advertisement.text) for advertisement in advertisements]
    compared = [_compared(text, each) for text, each in zip(letters, advertisements, strict=True)]
    kinds = bytes(len(text) < _LONG for text in letters)
    rows = _sketches(compared).view(np.uint8) if compared else np.empty((0, 2 * _BINS), dtype=np.uint8)
    joined = rows.tobytes()
    width = 2 * _BINS
    return [kinds[n : n + 1] + joined[n * width : (n + 1) * width] for n in range(len(kinds))]


def difference(advertisement: Advertisement, *, first: Advertisement) -> str:
    """Where two postings of one group differ: the day, the place, the employer, the title, the words, or nothing."""
    if _words(advertisement) != _words(first):
        return "small_edits"
    return next((name for name, fact in _DIFFERENCES.items() if fact(advertisement) != fact(first)), "same_words")


_DIFFERENCES = {
    "undated": lambda advertisement: bool(advertisement.day),
    "another_day": lambda advertisement: advertisement.day,
    "another_place": lambda advertisement: advertisement.region,
    "another_employer": lambda advertisement: advertisement.employer,
    "another_title": lambda advertisement: advertisement.title,
}


def _letters(text: str) -> bytes:
    return text.encode("utf-8", "replace").translate(_SMALL, _NO_LETTERS)


def _words(advertisement: Advertisement) -> bytes:
    letters = _letters(advertisement.text)
    return letters if len(letters) >= _LEAST else _compared(letters, advertisement)


def _compared(letters: bytes, advertisement: Advertisement) -> bytes:
    """What two postings have to share: the text; a short one's place and employer too; without a text, everything."""
    if len(letters) >= _LONG:
        return letters
    if len(letters) >= _LEAST:
        return letters + _letters(f"{advertisement.title} {advertisement.employer} {advertisement.region}")
    # All but the day as one hash of eight bytes, which no text is that is compared by its windows.
    everything = "\x1f".join((*advertisement[:4], advertisement.details)).lower()
    return blake2b(everything.encode("utf-8", "replace"), digest_size=_WINDOW).digest()


def _table(kept: Iterable[bytes]) -> Sketches:
    joined = bytearray()
    for sketch in kept:
        joined += sketch
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, SKETCH_BYTES)


def _sketches(texts: list[bytes]) -> NDArray[np.uint16]:
    """Texts × bins. A text of eight bytes is itself a hash, which then stands in every band."""
    sketches = _least_of_bins(texts)
    short = [place for place, text in enumerate(texts) if len(text) == _WINDOW]
    if short:
        hashes = np.frombuffer(b"".join(texts[place] for place in short), dtype=np.uint16)
        sketches[short] = np.tile(hashes.reshape(-1, _BAND), _BINS // _BAND)
    return sketches


def _least_of_bins(texts: list[bytes]) -> NDArray[np.uint16]:
    apart = bytes(_WINDOW)
    joined = b"".join(part for text in texts for part in (text, apart))
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + _WINDOW
    hashes = _window_hashes(joined)
    ends = np.cumsum(lengths)
    hashes[(ends[:, None] - np.arange(1, 2 * _WINDOW)).ravel()] = _NOTHING  # windows that reach beyond their text
    slots = hashes % np.uint32(_BINS)
    slots += np.repeat(np.arange(0, len(texts) * _BINS, _BINS, dtype=np.uint32), lengths)
    least = np.full(len(texts) * _BINS, _NOTHING, dtype=np.uint32)
    np.minimum.at(least, slots, hashes)
    return (least // np.uint32(_BINS)).astype(np.uint16).reshape(-1, _BINS)


def _window_hashes(joined: bytes) -> NDArray[np.uint32]:
    """A hash of the eight bytes from each place on."""
    padded = joined + bytes(_WINDOW)
    windows = np.ndarray((len(joined),), dtype="<u8", buffer=padded, strides=(1,)).copy()
    windows *= _ODD_1
    windows ^= windows >> np.uint64(29)
    windows *= _ODD_2
    return (windows >> np.uint64(32)).astype(np.uint32)


def first_of_group(kept: Iterable[bytes]) -> Places:
    """For each sketch the place of the first that belongs together with it, its own where it is alone."""
    table = _table(kept)
    count = len(table)
    if not count:
        return _NO_PLACES
    sketches, thresholds = np.ascontiguousarray(table[:, 1:]).view(np.uint16), _THRESHOLDS[table[:, 0]]
    links = [pair for band in range(_BINS // _BAND) for pair in _similar_pairs(sketches, thresholds, band=band)]
    left, right = (np.concatenate([pair[side] for pair in links] or [_NO_PLACES]) for side in (0, 1))
    graph = coo_array((np.ones(len(left), dtype=bool), (left, right)), shape=(count, count))
    groups = connected_components(graph, directed=False)[1]
    first = np.full(groups.max() + 1, count, dtype=np.intp)
    np.minimum.at(first, groups, np.arange(count))
    return first[groups]


def _similar_pairs(
    sketches: NDArray[np.uint16], thresholds: NDArray[np.float32], *, band: int
) -> Iterator[tuple[Places, Places]]:
    """Sketches that agree in a band, each beside the first and beside the one before it: never all with all."""
    keys = np.ascontiguousarray(sketches).view(np.uint64)[:, band]
    order = np.argsort(keys, kind="stable")
    begins = np.r_[True, keys[order][1:] != keys[order][:-1]]
    later = np.flatnonzero(~begins)
    firsts = order[np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))[later]]
    for other in (firsts, order[later - 1]):
        for begin in range(0, len(later), _PAIRS):
            left, right = order[later[begin : begin + _PAIRS]], other[begin : begin + _PAIRS]
            similar = _agreement(sketches, left, right) >= np.maximum(thresholds[left], thresholds[right])
            yield left[similar], right[similar]


def _agreement(sketches: NDArray[np.uint16], left: Places, right: Places) -> NDArray[np.float64]:
    """The part of bins with the same least hash, among those that are not empty in both."""
    same = sketches[left] == sketches[right]
    empty = same & (sketches[left] == _EMPTY)
    agreement: NDArray[np.float64] = (same.sum(axis=1) - empty.sum(axis=1)) / (_BINS - empty.sum(axis=1))
    return agreement
