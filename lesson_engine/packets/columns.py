"""Reading the packets of a whole capture at once, as NumPy arrays; with `sources.lanes`, all that imports NumPy.

`CaptureColumns` is to a capture what `fields` is to one packet: loads with a bounds check, and 32-bit
arithmetic, one item a packet. What was loaded or computed is kept, within a bound, and serves later questions.
The first bytes of every packet are gathered once into a matrix, by viewing the buffer as items of that width,
because indexing bytes one by one is many times slower. The matrix lies on its side, a row for every two bytes:
what is loaded from it is read from end to end, which takes a fifth of the time. Knows nothing of filters.

>>> from lesson_engine.packets import Capture
>>> capture = Capture.from_frames([b"\\x01\\x02\\x03", b"\\x04"])
>>> column = capture.columns.load(0, 2)
>>> int(column.values[0]), column.missing.tolist()
(258, [False, True])
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from lesson_engine.packets.fields import BEYOND, WORD, calculate

if TYPE_CHECKING:
    from lesson_engine.packets.capture import Capture

Mask: TypeAlias = npt.NDArray[np.bool_]
Words: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]

HEADER_WIDTH = 64
"""Bytes gathered of each packet: enough for the ports behind cooked and IPv6 headers."""

_GATHERED_TOGETHER = 4096
"""Packets whose headers stay in the processor's cache while the matrix is filled from them."""

LOADS_BYTES_PER_PACKET = 64
ANSWERS_BYTES_PER_PACKET = 32
"""How much may be kept of what was loaded, and of what was answered; the least recently used goes first."""

_SAMPLE = 1024
"""The commonest position is looked for among so many packets."""

_BIG_ENDIAN = {1: ">u1", 2: ">u2", 4: ">u4"}
_Kept = TypeVar("_Kept", bound=tuple[Any, ...])


class Column(NamedTuple):
    """One number a packet, unsigned, or the same number for all; `missing` marks the packets that have none
    (shape: one item a packet), None if all have one. What `values` holds where it is missing means nothing."""

    values: Words | int
    missing: Mask | None


class _Starts(NamedTuple):
    """Where something starts in each packet: its position, the packets where that is not the `common` one."""

    positions: npt.NDArray[np.integer[Any]]
    others: npt.NDArray[np.intp]
    common: int
    missing: Mask | None


class Outcome(NamedTuple):
    """The answer for all packets: those that match, and those whose bytes ended before one was reached.

    Both have one item a packet; no packet is in both; `out_of_bounds` None is none.
    """

    matched: Mask
    out_of_bounds: Mask | None


class CaptureColumns:
    """The bytes of all packets of `capture`, as columns."""

    def __init__(self, capture: Capture) -> None:
        self._capture = capture
        self._offsets = np.frombuffer(capture.offsets, dtype=np.int64)  # none is so great that it would be negative
        self._captured = np.frombuffer(capture.captured_lengths, dtype=np.uint32)
        self._shortest = int(self._captured.min()) if len(self._captured) else 0
        self._buffer = np.frombuffer(capture.buffer, dtype=np.uint8) if len(capture.buffer) else np.zeros(1, np.uint8)
        self._pairs: npt.NDArray[np.uint16] | None = None
        self._loads = _Shelf(LOADS_BYTES_PER_PACKET * len(self))
        self._answers = _Shelf(ANSWERS_BYTES_PER_PACKET * len(self))

    def __len__(self) -> int:
        return len(self._offsets)

    def data(self, row: int) -> bytes:
        """The captured bytes of one packet."""
        start = int(self._offsets[row])
        return bytes(self._buffer[start : start + int(self._captured[row])])

    def places(self, rows: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where the packets with these indices lie in the buffer, and how many bytes of each were captured."""
        return self._offsets[rows], self._captured[rows].astype(np.int64)

    def wire_lengths(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
        """The original lengths of the packets with these indices."""
        where = self._capture.original_length_at
        if where is None:
            return np.frombuffer(self._capture.original_lengths, dtype=np.uint32)[rows].astype(np.int64)
        return self._word(self._offsets[rows] + where).astype(np.int64)

    def heads(self, rows: npt.NDArray[np.intp], width: int) -> npt.NDArray[np.uint8]:
        """The first bytes of the packets with these indices, shape (rows, width); what lies beyond a packet's end
        means nothing."""
        last = len(self._buffer) - width
        offsets = self._offsets[rows]
        if last < 0 or offsets.max(initial=0) > last:
            padded = [self.data(row)[:width].ljust(width, b"\0") for row in rows.tolist()]
            return np.frombuffer(b"".join(padded), np.uint8).reshape(len(rows), width)
        items = np.ndarray((last + 1,), f"V{width}", self._buffer, 0, (1,))
        return items[offsets].view(np.uint8).reshape(len(rows), width)

    def times_ns(self, rows: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.int64], Mask]:
        """The times of the packets with these indices, in nanoseconds since the epoch, and which of them are proper
        ones, as `Headers` says."""
        layout = self._capture.time_layout
        if layout is None:
            headers = self._capture.headers_at(rows.tolist())
            proper = np.full(len(rows), True)
            proper[list(headers.odd_times)] = False
            return np.frombuffer(headers.times_ns, np.int64), proper
        seconds, fractions = (self._word(self._offsets[rows] + layout.at + at) for at in (0, 4))
        if layout.signed:
            seconds, fractions = seconds.view(np.int32), fractions.view(np.int32)
        nanoseconds = fractions.astype(np.int64) * layout.unit
        proper = (nanoseconds >= 0) & (nanoseconds < 1_000_000_000)
        return seconds.astype(np.int64) * 1_000_000_000 + nanoseconds, proper

    def _word(self, positions: npt.NDArray[np.int64]) -> Words:
        """The 32-bit numbers at these positions of the buffer, which are in the capture's byte order."""
        words = self._items(4, positions)
        return words.byteswap() if self._capture.byte_order == "little" else words

    # Masks

    def all_or_none(self, truth: bool) -> Mask:
        """A mask of all packets, or of none."""
        return np.full(len(self), truth)

    def rows_of(self, mask: Mask) -> list[int]:
        """The indices of the packets in `mask`."""
        found: list[int] = np.flatnonzero(mask).tolist()
        return found

    def mask_of(self, rows: list[int]) -> Mask:
        """The mask of the packets with these indices."""
        mask = self.all_or_none(False)
        mask[rows] = True
        return mask

    def indices(self, mask: memoryview) -> npt.NDArray[np.int64]:
        """The indices of the packets whose byte in `mask` is not 0."""
        return np.flatnonzero(np.frombuffer(mask, np.uint8)).astype(np.int64)

    # Loads

    @property
    def original_lengths(self) -> Column:
        """Bytes on the wire."""
        return self._loads.keep("original lengths", lambda: Column(self._read_original_lengths(), None))

    def _read_original_lengths(self) -> Words:
        where = self._capture.original_length_at
        if where is None:
            return np.frombuffer(self._capture.original_lengths, dtype=np.uint32)
        return self._word(self._offsets + where)

    def answer(self, question: Hashable, make: Callable[[], Outcome]) -> Outcome:
        """What `make` gives, or gave before for an equal `question`; its arrays cannot be written to."""
        return self._answers.keep(question, make)

    def load(self, offset: int, size: int) -> Column:
        """`size` bytes (1, 2 or 4) at `offset` of each packet, big endian."""
        return self._loads.keep((offset, size), lambda: Column(self._read(offset, size), self._beyond(offset + size)))

    def load_at(self, name: Hashable, base: Callable[[], Column], offset: int, size: int) -> Column:
        """`size` bytes at a position of each packet's own, `base` + `offset`; `name` tells bases apart."""
        return self._loads.keep((name, offset, size), lambda: self._load_at(name, base, offset, size))

    def _load_at(self, name: Hashable, base: Callable[[], Column], offset: int, size: int) -> Column:
        starts = self._loads.keep(name, lambda: self._starts(base()))
        first = starts.common + offset
        # Headers are mostly of one length: that column is read whole, and the other packets are then put right.
        whole = first + size <= HEADER_WIDTH
        values = self._read(first, size) if whole else np.zeros(len(self), f"u{size}")
        others = starts.others if whole else np.arange(len(self))
        positions = starts.positions[others].astype(np.int64) + offset
        inside = positions + size <= self._captured[others]
        missing = self._beyond(first + size)
        if missing is not None or not inside.all():
            missing = self.all_or_none(False) if missing is None else missing
            missing[others] = ~inside
            others, positions = others[inside], positions[inside]
        values[others] = self._items(size, self._offsets[others] + positions)
        return Column(values, union(starts.missing, missing if missing is not None and missing.any() else None))

    def _starts(self, base: Column) -> _Starts:
        positions = np.broadcast_to(np.asarray(base.values), (len(self),))
        sample, counts = np.unique(positions[:: len(self) // _SAMPLE + 1], return_counts=True)
        common = int(sample[counts.argmax()]) if len(sample) else 0
        return _Starts(positions, np.flatnonzero(positions != common), common, base.missing)

    def _beyond(self, end: int) -> Mask | None:
        return None if end <= self._shortest else self._captured < end

    def _read(self, offset: int, size: int) -> Words:
        """As `load`, with anything in the packets that are too short."""
        if offset + size <= HEADER_WIDTH:
            return self._read_header(offset, size)
        inside = np.flatnonzero(self._captured >= offset + size)
        values = np.zeros(len(self), f"u{size}")
        values[inside] = self._items(size, self._offsets[inside] + offset)
        return values

    def _read_header(self, offset: int, size: int) -> Words:
        if self._pairs is None:
            self._pairs = self._gather_headers()
        if size > 1 and offset % 2 == 0:
            parts = list(self._pairs[offset // 2 : (offset + size) // 2])
        else:
            octets = self._pairs.view(np.uint8).reshape(HEADER_WIDTH // 2, len(self), 2)
            parts = [octets[place // 2, :, place % 2] for place in range(offset, offset + size)]
        joined = np.stack(parts, axis=1) if len(parts) > 1 else parts[0]
        values: Words = joined.view(_BIG_ENDIAN[size]).reshape(-1).astype(f"u{size}")
        return values

    def _items(self, size: int, positions: npt.NDArray[np.intp]) -> Words:
        """`size` bytes at each position of the buffer; all of them must lie within it."""
        if not len(positions):
            return np.zeros(0, f"u{size}")
        items = np.ndarray((len(self._buffer) - size + 1,), f"V{size}", self._buffer, 0, (1,))
        values: Words = items[positions].view(_BIG_ENDIAN[size]).astype(f"u{size}")
        return values

    def _gather_headers(self) -> npt.NDArray[np.uint16]:
        """The first HEADER_WIDTH bytes of each packet, a column each; beyond its captured length come any."""
        pairs = np.empty((HEADER_WIDTH // 2, len(self)), np.uint16)
        last = len(self._buffer) - HEADER_WIDTH
        if last >= 0:
            items = np.ndarray((last + 1,), f"V{HEADER_WIDTH}", self._buffer, 0, (1,))
            for start in range(0, len(self), _GATHERED_TOGETHER):
                part = slice(start, start + _GATHERED_TOGETHER)
                headers = items[np.minimum(self._offsets[part], last)]
                pairs[:, part] = headers.view(np.uint16).reshape(-1, HEADER_WIDTH // 2).T
        for row in np.flatnonzero(self._offsets > last):
            data = bytes(self._buffer[self._offsets[row] :])
            pairs[:, row] = np.frombuffer(data.ljust(HEADER_WIDTH, b"\0"), np.uint16)
        return pairs

    # Arithmetic

    def calculate(self, sign: str, left: Column, right: Column) -> Column:
        """Two columns and an operator, modulo 2**32; where the divisor is 0 the result is missing."""
        missing = union(left.missing, right.missing)
        first, second = left.values, right.values
        if isinstance(first, int) and isinstance(second, int):
            try:
                return Column(calculate(sign)(first, second) & WORD, missing)
            except BEYOND:
                return Column(0, self.all_or_none(True))
        if not isinstance(first, int) and isinstance(second, int):
            if sign == "&":
                return Column(first & first.dtype.type(second & int(np.iinfo(first.dtype).max)), missing)
            if sign in ("<<", ">>") and second < 32:
                # New memory is the cost of a big array: half of it is enough for, say, a header's length in bytes.
                fits = sign == "<<" and int(np.iinfo(first.dtype).max) << second <= 0xFFFF
                words: Words = first.astype(np.uint16) if fits else first.astype(np.uint32)
                by: Any = words.dtype.type(second)
                return Column(words << by if sign == "<<" else words >> by, missing)
        return self._calculate(sign, _as_words(first), _as_words(second), missing)

    def _calculate(self, sign: str, first: Words, second: Words, missing: Mask | None) -> Column:
        if sign in ("/", "%"):
            zero = np.broadcast_to(second == 0, (len(self),))
            if zero.any():
                missing = union(missing, zero)
                second = np.where(second == 0, np.uint32(1), second)
            return Column(first // second if sign == "/" else first % second, missing)
        if sign in ("<<", ">>"):
            by = second & np.uint32(31)
            shifted = first << by if sign == "<<" else first >> by
            return Column(np.where(second < 32, shifted, np.uint32(0)), missing)
        return Column(calculate(sign)(first, second), missing)  # type: ignore[arg-type]  # operators work on arrays too

    def choose(self, test: Outcome, then: Column, otherwise: Column) -> Column:
        """Of each packet, one of two numbers, by whether `test` matched."""
        values = np.where(test.matched, _as_words(then.values), _as_words(otherwise.values))
        nothing = self.all_or_none(False)
        missing = np.where(
            test.matched,
            nothing if then.missing is None else then.missing,
            nothing if otherwise.missing is None else otherwise.missing,
        )
        return Column(values, union(test.out_of_bounds, missing))

    def compare(self, left: Column, relation: Callable[[Any, Any], Any], right: Column) -> Outcome:
        """Which packets' numbers stand in `relation` (a comparison of the operator module)."""
        missing = union(left.missing, right.missing)
        first, second = left.values, right.values
        if not isinstance(first, int) and isinstance(second, int):
            if second > np.iinfo(first.dtype).max:
                first = first.astype(np.uint32)
            matched = relation(first, first.dtype.type(second))
        elif isinstance(first, int) and isinstance(second, int):
            matched = self.all_or_none(relation(first, second))
        else:
            matched = relation(_as_words(first), _as_words(second))
        # Of two truth values, the first is the greater where it is true and the second is not.
        return Outcome(matched if missing is None else matched > missing, missing)


class _Shelf:
    """What was made, by key; the least recently used goes when the arrays take more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: dict[Hashable, tuple[Any, ...]] = {}

    def keep(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """What `make` gives, or gave before for an equal `key`; its arrays cannot be written to."""
        found: Any = self._kept.pop(key, None)
        if found is None:
            found = make()
            for part in _arrays(found):
                part.setflags(write=False)
                self._bytes += part.nbytes
            while self._kept and self._bytes > self._limit:
                dropped = self._kept.pop(next(iter(self._kept)))
                self._bytes -= sum(part.nbytes for part in _arrays(dropped))
        self._kept[key] = found
        kept: _Kept = found
        return kept


def union(first: Mask | None, second: Mask | None) -> Mask | None:
    """The packets in either mask; None is an empty one."""
    if first is None or second is None:
        return second if first is None else first
    return first | second


def both(first: Mask | None, second: Mask) -> Mask | None:
    """The packets in both masks; None where there are none, because all that follows is then quicker."""
    if first is None:
        return None
    found = first & second
    return found if found.any() else None


def without(first: Mask | None, second: Mask) -> Mask | None:
    """The packets in the first mask and not in the second; None where there are none."""
    return None if first is None else both(first, ~second)


def _as_words(values: Words | int) -> Words:
    return np.asarray(values, dtype=np.uint32)


def _arrays(kept: tuple[Any, ...]) -> list[npt.NDArray[Any]]:
    return [part for part in kept if isinstance(part, np.ndarray)]
