"""Bytes that know where in a frame they were cut from.

A dissector that slices its input, and hands the slices on, so says of each piece where it stands. Guarantees: a slice
without a step has its own place; pieces that are joined again keep the place of the whole; what is made anew (reversed,
decompressed) is plain bytes without a place. Knows nothing of protocols.

>>> frame = Located(b"abcdef", 0)
>>> frame[2:][1:3], frame[2:][1:3].start, frame[9:].start
(b'de', 3, 6)
>>> (frame[:2] + frame[2:4]).start, type(frame[::-1])
(0, <class 'bytes'>)
"""

from typing import Any


class Located(bytes):
    """Bytes from `start` of a frame on."""

    start: int

    def __new__(cls, data: bytes, start: int) -> "Located":
        self = super().__new__(cls, data)
        self.start = start
        return self

    @property
    def end(self) -> int:
        """The offset in the frame behind the last byte."""
        return self.start + len(self)

    def __getitem__(self, key: Any) -> Any:
        piece = super().__getitem__(key)
        if not isinstance(key, slice) or key.step not in (None, 1):
            return piece
        return Located(piece, self.start + key.indices(len(self))[0])

    def __add__(self, other: Any) -> Any:
        joined = super().__add__(other)
        together = not other or (isinstance(other, Located) and other.start == self.end)
        return Located(joined, self.start) if together else joined

    def __radd__(self, other: bytes) -> bytes:
        # Only plain bytes come here; they stand for as many of the frame, whose place the whole so has.
        joined = other + bytes(self)
        return Located(joined, self.start - len(other)) if len(other) <= self.start else joined
