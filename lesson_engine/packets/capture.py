"""Captures: many captured records in one buffer, and one record's view.

A `Capture` holds the bytes once (a memory-mapped savefile, or plain bytes) and four stdlib arrays that say
where each record's data lies, how much was captured, how long it was on the wire, and when. The last two may
be read from the records' headers only when they are first wanted: a filter seldom wants them. NumPy views the
arrays without a copy, but nothing here imports NumPy: that happens in `columns`, on first use. A live batch is
a small Capture. Files are read by `lesson_engine.sources.savefile`, and their formats are unknown here.

>>> from lesson_engine.packets.linktype import RAW
>>> capture = Capture.from_frames([b"\\x45" + bytes(19), b"\\x60" + bytes(39)], RAW)
>>> len(capture), capture[1].number, capture[1].original_length
(2, 2, 40)
"""

import mmap
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import lt
from os import PathLike
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from lesson_engine.packets.linktype import EN10MB, LinkType

if TYPE_CHECKING:
    from lesson_engine.packets.columns import CaptureColumns

ByteOrder = Literal["little", "big"]
Buffer = bytes | mmap.mmap

_BLOCK = 256
"""Headers read together for one packet's sake."""

_MANY_PACKETS = 20_000
"""Up to this many packets are handled one by one: importing NumPy would take longer than that does."""

DEFAULT_SNAPSHOT_LENGTH = 262144
"""Bytes; what tcpdump captures of a packet unless -s says otherwise (MAXIMUM_SNAPLEN of libpcap)."""


class Packet(NamedTuple):
    """One captured record. `number` counts from 1 in the capture it was read from; times are in nanoseconds
    since the epoch; `data` is what was captured, which may be less than was on the wire. `odd_time` is None
    but for the packets of `Headers.odd_times`."""

    number: int
    time_ns: int
    data: bytes
    original_length: int
    link_type: LinkType
    byte_order: ByteOrder = "little"
    odd_time: tuple[int, int] | None = None

    @property
    def captured_length(self) -> int:
        """Bytes captured."""
        return len(self.data)


class Headers(NamedTuple):
    """What the records' headers say beside the captured lengths: arrays 'I' and 'q', one item a packet.

    `odd_times` has an entry for each time that is no proper one: index to (seconds, nanoseconds) as the file
    says, where the nanoseconds are negative or a second and more, or the whole is beyond 64 bits. `times_ns`
    has the nearest time for these; tcpdump prints the odd ones as they are.
    """

    original_lengths: "array[int]"
    times_ns: "array[int]"
    odd_times: dict[int, tuple[int, int]]


class TimeLayout(NamedTuple):
    """A time that is two 32-bit numbers: seconds, `at` so many bytes after a packet's offset (before it, if negative),
    and behind them a fraction in units of `unit` nanoseconds."""

    at: int
    unit: int
    signed: bool


class HeaderReader(Protocol):
    """Reads the headers of the records whose data lie at these offsets of the buffer.

    Some numbers can be had without the rest. Where `original_length_at` is not None, the original length is the
    32-bit number so many bytes after the offset, or before it, if negative; where `time_layout` is not None it says how
    the times are written. Both are in the capture's byte order.
    """

    original_length_at: int | None
    time_layout: TimeLayout | None

    def __call__(self, buffer: Buffer, offsets: "array[int]") -> Headers: ...


class Capture:
    """Captured records in order.

    `offsets` (array 'Q') are positions of the records' data in `buffer`; `captured_lengths` and
    `original_lengths` (array 'I') are in bytes; `times_ns` (array 'q') in nanoseconds since the epoch, with
    `odd_times` for those that are no proper time. `headers` has the last three, or can read them.
    `numbers` count from 1 in the savefile the records came from, and a selection keeps them.
    `byte_order` is the savefile's (link type NULL depends on it). `link_type_flags` are the savefile's bits
    above the link type (the length of a frame check sequence), which a copy of the savefile keeps. `error` is
    the fault that ended the savefile early, or None: the records before it are good.
    """

    __slots__ = (
        "_block",
        "_block_start",
        "_columns",
        "_headers",
        "buffer",
        "byte_order",
        "captured_lengths",
        "error",
        "link_type",
        "link_type_flags",
        "numbers",
        "offsets",
        "snapshot_length",
    )

    def __init__(
        self,
        buffer: Buffer,
        link_type: LinkType,
        *,
        offsets: "array[int]",
        captured_lengths: "array[int]",
        headers: Headers | HeaderReader,
        numbers: Sequence[int] | None = None,
        byte_order: ByteOrder = "little",
        snapshot_length: int = DEFAULT_SNAPSHOT_LENGTH,
        link_type_flags: int = 0,
        error: ValueError | None = None,
    ) -> None:
        self.buffer = buffer
        self.link_type = link_type
        self.offsets = offsets
        self.captured_lengths = captured_lengths
        self._headers = headers
        self._block: Headers | None = None
        self._block_start = 0
        self.numbers: Sequence[int] = range(1, len(offsets) + 1) if numbers is None else numbers
        self.byte_order: ByteOrder = byte_order
        self.snapshot_length = snapshot_length
        self.link_type_flags = link_type_flags
        self.error = error
        self._columns: CaptureColumns | None = None

    @classmethod
    def open(cls, path: str | PathLike[str]) -> "Capture":
        """The packets of a savefile (pcap or pcapng, plain or gzip-compressed).

        A file that ends early or breaks in the middle gives its good packets, and `error` says where and
        why. Raises SavefileError (a ValueError) if it is no savefile at all, and OSError as `open` does.
        """
        # The one import that goes up a floor: users expect to open a capture where they have the class.
        from lesson_engine.sources.savefile import open_savefile

        return open_savefile(path)

    @classmethod
    def from_frames(
        cls, frames: Iterable[bytes], link_type: LinkType = EN10MB, *, times_ns: Iterable[int] | None = None
    ) -> "Capture":
        """A capture of whole frames made in memory; without `times_ns` all are at the epoch."""
        held = list(frames)
        lengths = array("I", map(len, held))
        offsets = array("Q")
        position = 0
        for length in lengths:
            offsets.append(position)
            position += length
        times = array("q", bytes(8 * len(held))) if times_ns is None else array("q", times_ns)
        if len(times) != len(held):
            raise ValueError(f"{len(held)} frames but {len(times)} times")
        return cls(
            b"".join(held),
            link_type,
            offsets=offsets,
            captured_lengths=lengths,
            headers=Headers(array("I", lengths), times, {}),
        )

    @property
    def headers(self) -> Headers:
        """Original lengths and times together; read from the buffer on first use and kept."""
        if not isinstance(self._headers, Headers):
            self._headers = self._headers(self.buffer, self.offsets)
        return self._headers

    @property
    def original_length_at(self) -> int | None:
        """Where `columns` finds the original lengths while nobody has read the headers, as `HeaderReader` says."""
        return None if isinstance(self._headers, Headers) else self._headers.original_length_at

    @property
    def time_layout(self) -> TimeLayout | None:
        """How `columns` reads the times while nobody has read the headers, as `HeaderReader` says."""
        return None if isinstance(self._headers, Headers) else self._headers.time_layout

    @property
    def original_lengths(self) -> "array[int]":
        """Bytes on the wire, array 'I'."""
        return self.headers.original_lengths

    @property
    def times_ns(self) -> "array[int]":
        """Nanoseconds since the epoch, array 'q'."""
        return self.headers.times_ns

    @property
    def odd_times(self) -> dict[int, tuple[int, int]]:
        """Index to (seconds, nanoseconds) where the file holds no proper time; nearly always empty."""
        return self.headers.odd_times

    @property
    def cut_packets(self) -> int:
        """How many packets are longer than what was captured of them."""
        return sum(map(lt, self.captured_lengths, self.original_lengths))

    @property
    def suits_columns(self) -> bool:
        """Whether there are so many packets that `columns` pays. It never does where NumPy is not to be had, as
        in a browser."""
        if len(self.offsets) <= _MANY_PACKETS:
            return False
        from importlib.util import find_spec

        return find_spec("numpy") is not None

    @property
    def columns(self) -> "CaptureColumns":
        """The header fields of all packets as NumPy arrays; made on first use and kept."""
        if self._columns is None:
            from lesson_engine.packets.columns import CaptureColumns

            # They have a twin of this capture: with a reference to itself, it would outlive its last use.
            twin = self._with(self.offsets, self.captured_lengths, self._headers, self.numbers, self.error)
            self._columns = CaptureColumns(twin)
        return self._columns

    def __len__(self) -> int:
        return len(self.offsets)

    def __getitem__(self, index: int) -> Packet:
        index = range(len(self.offsets))[index]
        offset = self.offsets[index]
        headers, place = self._headers_with(index)
        return Packet(
            self.numbers[index],
            headers.times_ns[place],
            self.buffer[offset : offset + self.captured_lengths[index]],
            headers.original_lengths[place],
            self.link_type,
            self.byte_order,
            headers.odd_times.get(place),
        )

    def headers_at(self, indices: Sequence[int]) -> Headers:
        """The headers of the packets with these indices; what is read for them is not kept."""
        headers = self._headers
        if not isinstance(headers, Headers):
            return headers(self.buffer, array("Q", [self.offsets[index] for index in indices]))
        odd = headers.odd_times
        return Headers(
            array("I", [headers.original_lengths[index] for index in indices]),
            array("q", [headers.times_ns[index] for index in indices]),
            {new: odd[old] for new, old in enumerate(indices) if old in odd} if odd else {},
        )

    def _headers_with(self, index: int) -> tuple[Headers, int]:
        """Headers that have the one of packet `index`, and its place in them. Where nobody has asked for all, a
        few around it are read: a handful of packets out of a million, or the first lines of many, come at once."""
        if isinstance(self._headers, Headers):
            return self._headers, index
        place = index - self._block_start
        if self._block is None or not 0 <= place < len(self._block.times_ns):
            place = index % _BLOCK
            self._block_start = index - place
            self._block = self._headers(self.buffer, self.offsets[self._block_start : self._block_start + _BLOCK])
        return self._block, place

    def __iter__(self) -> Iterator[Packet]:
        for index in range(len(self)):
            yield self[index]

    def parts(self, size: int) -> Iterator["Capture"]:
        """The same packets as captures of up to `size` of them, over the same buffer: what is computed for one part is
        gone with it. The last one has the fault that ended the savefile."""
        for start in range(0, max(len(self), 1), size):
            stop = min(start + size, len(self))
            yield self._with(
                self.offsets[start:stop],
                self.captured_lengths[start:stop],
                self.headers_at(range(start, stop)) if isinstance(self._headers, Headers) else self._headers,
                self.numbers[start:stop],
                self.error if stop == len(self) else None,
            )

    def __repr__(self) -> str:
        return f"<Capture of {len(self)} packets, {self.link_type.name}>"

    def indices(self, mask: Iterable[int]) -> "array[int]":
        """The indices, array 'q', of the packets whose byte in `mask` (one 0 or 1 a packet) is 1."""
        if self.suits_columns and isinstance(mask, memoryview):
            return array("q", self.columns.indices(mask).tobytes())
        return array("q", compress(range(len(self)), mask))

    def select(self, mask: Iterable[int]) -> "Capture":
        """The packets whose byte in `mask` (one 0 or 1 a packet) is 1, with the numbers they had."""
        chosen = self.indices(mask)
        headers = self.headers_at(chosen) if isinstance(self._headers, Headers) else self._headers
        return self._with(
            array("Q", [self.offsets[index] for index in chosen]),
            array("I", [self.captured_lengths[index] for index in chosen]),
            headers,
            array("I", [self.numbers[index] for index in chosen]),
            self.error,
        )

    def _with(
        self,
        offsets: "array[int]",
        captured_lengths: "array[int]",
        headers: Headers | HeaderReader,
        numbers: Sequence[int],
        error: ValueError | None,
    ) -> "Capture":
        """Other records of the same savefile."""
        return Capture(
            self.buffer,
            self.link_type,
            offsets=offsets,
            captured_lengths=captured_lengths,
            headers=headers,
            numbers=numbers,
            byte_order=self.byte_order,
            snapshot_length=self.snapshot_length,
            link_type_flags=self.link_type_flags,
            error=error,
        )
