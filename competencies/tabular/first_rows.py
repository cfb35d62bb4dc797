"""Which row had the same content first, in some 24 bytes a row, so that a file of any length can pass by."""

from __future__ import annotations

from array import array

_SMALLEST = 2**12


class FirstRows:
    """A hash table with open addressing, at most half full, that holds no object for a digest or a row.

    It keeps 64 bits of each digest: among a million rows two that differ clash once in 40 million files.
    """

    def __init__(self) -> None:
        self._count = 0
        self._make(_SMALLEST)

    def _make(self, size: int) -> None:
        self._mask = size - 1
        self._digests = array("Q", bytes(8 * size))
        self._rows = array("I", bytes(4 * size))  # 0 is a free place: rows count from 1

    def first(self, digest: bytes) -> int:
        """The first row that had this digest; 0 where none had it yet."""
        return self._rows[self._place(int.from_bytes(digest[:8], "little"))]

    def add(self, digest: bytes, row: int) -> None:
        """Remembers a row whose digest was not there yet."""
        self._put(int.from_bytes(digest[:8], "little"), row)
        self._count += 1
        if 2 * self._count > self._mask:
            self._grow()

    def _put(self, digest: int, row: int) -> None:
        place = self._place(digest)
        self._digests[place] = digest
        self._rows[place] = row

    def _place(self, digest: int) -> int:
        digests, rows, mask = self._digests, self._rows, self._mask
        place = digest & mask
        while rows[place] and digests[place] != digest:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        digests, rows = self._digests, self._rows
        self._make(2 * len(rows))
        for digest, row in zip(digests, rows, strict=True):
            if row:
                self._put(digest, row)
