"""Many packets at a time: the lines that `Printer.print` gives for each, most of them made by `segments`.

Packets that are no plain segments are printed one by one. They may hold TCP all the same, in a tunnel say, and then
they count for the numbers of later segments, and earlier ones for theirs: so each is first printed with an empty table
of conversations, and where something comes to stand in it, the packets before are finished first.
"""

from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lesson_engine.packets.capture import Capture, Packet
from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.timestamps import NONE, Clock
from lesson_engine.tcpdump.printers.together.segments import (
    HEADER_WIDTH,
    IPV4,
    IPV6,
    Heads,
    SegmentPrinter,
    Version,
    plain_segments,
)
from lesson_engine.tcpdump.printers.together.textcolumns import Texts, chosen, repeated, six_digits

_FIRST_BATCH, _LARGEST_BATCH = 256, 16_384
"""Packets; a reader sees the first lines at once, and the columns of a batch stay in the processor's cache."""
_FEW = 128
"""Fewer packets than this are printed one by one sooner."""
_SECOND = 1_000_000_000
_LAST_SECOND = 1 << 31


class _Batch(NamedTuple):
    """Packets of a capture: their indices, beginnings and times, and by IP version which hold a plain segment."""

    capture: Capture
    rows: npt.NDArray[np.intp]
    heads: Heads
    times: npt.NDArray[np.int64]
    plain: dict[Version, npt.NDArray[np.bool_]]

    def at(self, places: npt.NDArray[np.intp]) -> "_Batch":
        """Some of them."""
        plain = {version: mask[places] for version, mask in self.plain.items()}
        return _Batch(self.capture, self.rows[places], self.heads.rows(places), self.times[places], plain)


class BatchPrinter:
    """Prints the packets of one run. `one` prints a single packet, with `line` and `clock`."""

    def __init__(self, line: Line, clock: Clock, one: Callable[[Packet], str]) -> None:
        self._line = line
        self._clock = clock
        self._one = one
        self._segments = SegmentPrinter(line)
        self._size = _FIRST_BATCH

    def print(self, capture: Capture, indices: "array[int]") -> Iterator[tuple[int, bytes]]:
        """The lines of the packets with these indices, in order: how many packets, and their text."""
        rows = np.frombuffer(indices, np.int64)
        while len(rows):
            batch, rows = rows[: self._size], rows[self._size :]
            yield len(batch), self._text(capture, batch)
            self._size = min(2 * self._size, _LARGEST_BATCH)

    def _text(self, capture: Capture, rows: npt.NDArray[np.intp]) -> bytes:
        if len(rows) < _FEW:
            return b"".join(self._one_by_one(capture, rows))
        batch = _batch(capture, rows)
        alone = np.flatnonzero(~(batch.plain[IPV4] | batch.plain[IPV6]))
        if len(alone) * 2 > len(rows):
            return b"".join(self._one_by_one(capture, rows))
        for version in (IPV4, IPV6):
            if batch.plain[version].all() and isinstance(text := self._segment_lines(batch, version), bytes):
                return text
        lines: list[bytes] = [b""] * len(rows)
        apart = [place for place in alone.tolist() if not self._print_apart(batch, place, lines)]
        for before, place in pairwise((-1, *apart, len(rows))):
            self._between(batch, range(before + 1, place), lines)
            if place < len(rows):
                lines[place] = self._one(capture[int(rows[place])]).encode()
        return b"".join(lines)

    def _one_by_one(self, capture: Capture, rows: npt.NDArray[np.intp]) -> list[bytes]:
        return [self._one(capture[index]).encode() for index in rows.tolist()]

    def _print_apart(self, batch: "_Batch", place: int, lines: list[bytes]) -> bool:
        """Print a packet that is no plain segment; False if it holds one all the same, and must wait for its turn."""
        conversations = self._line.conversations
        self._line.conversations = {}
        text = self._one(batch.capture[int(batch.rows[place])])
        stands_alone = not self._line.conversations
        self._line.conversations = conversations
        if stands_alone:
            lines[place] = text.encode()
        return stands_alone

    def _between(self, batch: "_Batch", places: range, lines: list[bytes]) -> None:
        """Print the plain segments at `places`, which nothing comes between that counts."""
        for version in (IPV4, IPV6):
            plain = np.flatnonzero(batch.plain[version][places.start : places.stop]) + places.start
            if len(plain) < _FEW:
                printed: bytes | list[bytes] = self._one_by_one(batch.capture, batch.rows[plain])
            else:
                printed = self._segment_lines(batch.at(plain), version)
            if isinstance(printed, bytes):
                printed = printed.splitlines(keepends=True)
            for place, text in zip(plain.tolist(), printed, strict=True):
                lines[place] = text

    def _segment_lines(self, batch: "_Batch", version: Version) -> bytes | list[bytes]:
        lines = self._segments.lines(batch.capture, batch.heads, version, self._times(batch.times))
        return self._one_by_one(batch.capture, batch.rows) if lines is None else lines

    def _times(self, times: npt.NDArray[np.int64]) -> Texts:
        """What stands before the lines of packets at these times."""
        clock = self._clock
        if clock.style == NONE:
            return repeated(b"", len(times))
        seconds, nanoseconds = np.divmod(times, _SECOND)
        distinct, which = np.unique(seconds, return_inverse=True)
        wholes = [f"{clock.whole(second)}.".encode() for second in distinct.tolist()]
        fractions = six_digits(nanoseconds // 1000)
        return np.concatenate((chosen(wholes, which), fractions, repeated(b" ", len(times))), axis=1)


def _batch(capture: Capture, rows: npt.NDArray[np.intp]) -> _Batch:
    columns = capture.columns
    times, proper = columns.times_ns(rows)
    proper = proper & (times >= 0) & (times < _LAST_SECOND * _SECOND)
    heads = Heads(columns.heads(rows, HEADER_WIDTH), *columns.places(rows), columns.wire_lengths(rows))
    plain = {version: plain_segments(heads, version) & proper for version in (IPV4, IPV6)}
    return _Batch(capture, rows, heads, times, plain)
