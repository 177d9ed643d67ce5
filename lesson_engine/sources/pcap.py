"""The classic savefile format, pcap: where its records lie, and what their headers say.

Reads what libpcap 1.10.3 reads, and refuses what it refuses: both byte orders, microseconds and nanoseconds,
versions up to 2.4 (before 2.3 the two lengths stand the other way round, in 2.3 either way), DG/UX's 543.0,
Kuznetzov's 24-byte record headers, records longer than the snapshot length (cut to it). See
pcap-savefile(5). Records are found first, by their captured lengths alone; the rest of a header is decoded
in bulk when somebody asks. It knows nothing of files, pcapng or compression.

>>> header = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
>>> scan = PcapDecoder().scan(header + struct.pack("<IIII", 0, 0, 2, 60) + b"ab" + bytes(9), 0, 0)
>>> list(scan.offsets), list(scan.captured_lengths), scan.position, scan.wanted
([40], [2], 42, 16)
"""

import struct
import sys
from array import array
from typing import TYPE_CHECKING, Literal

from lesson_engine.packets.capture import Buffer, ByteOrder, Headers, TimeLayout
from lesson_engine.packets.linktype import LinkType
from lesson_engine.sources import faults
from lesson_engine.sources.faults import SavefileError
from lesson_engine.sources.records import Scan, lanes_pay

if TYPE_CHECKING:
    from lesson_engine.sources.lanes import Chain

MICROSECONDS = 0xA1B2C3D4
NANOSECONDS = 0xA1B23C4D
KUZNETZOV = 0xA1B2CD34

FILE_HEADER_SIZE = 24
RECORD_HEADER_SIZE = 16

_STRIDE = 4 << 20
"""Bytes scanned before the lengths found are checked, all in one go."""

_BULK = 1 << 16
"""Headers decoded in one go: enough to be fast, few enough that the intermediate lists stay small."""


_Stride = tuple["array[int] | list[int]", "array[int] | list[int]", int, int]
"""Offsets and captured lengths of some records, the greatest of the lengths, and the end of the last record."""

_Lengths = Literal["captured first", "original first", "smaller is captured"]
"""In which order a record header has its two lengths."""


def recognise(start: bytes) -> ByteOrder | None:
    """The byte order of the pcap file that begins with these four bytes, or None if none does."""
    if int.from_bytes(start, "little") in (MICROSECONDS, NANOSECONDS, KUZNETZOV):
        return "little"
    if int.from_bytes(start, "big") in (MICROSECONDS, NANOSECONDS, KUZNETZOV):
        return "big"
    return None


class PcapDecoder:
    """Finds the records of one pcap file; a `records.Decoder`."""

    ready = False
    link_type: LinkType
    link_type_flags: int
    snapshot_length: int
    byte_order: ByteOrder

    def __init__(self) -> None:
        self._found = 0

    def scan(self, buffer: Buffer, position: int, origin: int) -> Scan:
        """As `records.Decoder` says."""
        end = len(buffer)
        if not self.ready:
            if end - position < FILE_HEADER_SIZE:
                return Scan(position, FILE_HEADER_SIZE)
            self._read_file_header(buffer[position : position + FILE_HEADER_SIZE])
            position += FILE_HEADER_SIZE
        offsets = array("Q")
        captured_lengths = array("I")
        error = None
        limit = min(self.snapshot_length, self.link_type.maximum_snapshot_length)
        leaps = lanes_pay(end - position)
        while error is None and position + self._header_size <= end:
            stop = min(position + _STRIDE, end)
            if self._lengths == "captured first":
                stride = self._leap if leaps else self._stride
                found, lengths, longest, reached = stride(buffer, position, stop)
                if longest <= limit:
                    cut = reached > end
                    if cut:
                        reached = found.pop() - self._header_size
                        lengths.pop()
                    offsets.extend(found)
                    captured_lengths.extend(lengths)
                    position = reached
                    if cut:
                        break
                    continue
                leaps = False
            before = position
            position, error = self._step(buffer, position, stop, origin, offsets, captured_lengths)
            if position == before:
                break
        self._found += len(offsets)
        return Scan(position, self._wanted(buffer, position), offsets, captured_lengths, self._header_layout, error)

    def cut(self, buffer: Buffer, position: int, origin: int) -> SavefileError | None:
        """As `records.Decoder` says."""
        got = len(buffer) - position
        if not self.ready:
            # The magic was read on its own, and the other 20 bytes are counted without it.
            raise faults.header_cut(FILE_HEADER_SIZE, got - 4, got)
        number = self._found + 1
        if got == 0:
            return None
        if got < self._header_size:
            return faults.record_header_cut(number, origin + position, self._header_size, got)
        got -= self._header_size
        tried = self._record_lengths(buffer, position)[0]
        if got < self.snapshot_length < tried:
            tried = self.snapshot_length
        return faults.record_cut(number, origin + position, tried, got)

    def _read_file_header(self, header: bytes) -> None:
        byte_order = recognise(header[:4])
        assert byte_order is not None, "the caller has recognised the file"
        self.byte_order = byte_order
        self._endian = "<" if byte_order == "little" else ">"
        magic, major, minor, _, _, snapshot_length, link_type = struct.unpack(self._endian + "IHHIIII", header)
        if major < 2:
            raise faults.archaic(f"{major}.{minor}")
        if (major, minor) != (543, 0) and not (major == 2 and minor <= 4):
            raise faults.unsupported_version("pcap", f"{major}.{minor}", 4)
        # The upper six bits say how long the frame check sequence is, if there is one.
        self.link_type = LinkType.from_number(link_type & 0x03FFFFFF)
        self.link_type_flags = link_type & 0xFC000000
        self.snapshot_length = adjusted_snapshot_length(snapshot_length, self.link_type)
        self._header_size = RECORD_HEADER_SIZE
        if magic == KUZNETZOV:
            self._header_size = 24
            if self.link_type.number == 1:
                # Such a libpcap put an Ethernet header of its own before what the snapshot length had cut.
                self.snapshot_length = min(self.snapshot_length + 14, 0x7FFFFFFF)
        self._lengths: _Lengths
        if major == 543 or minor < 3:
            self._lengths = "original first"
        elif minor == 3:
            self._lengths = "smaller is captured"
        else:
            self._lengths = "captured first"
        self._header_layout = _HeaderLayout(
            self._header_size, byte_order, 1 if magic == NANOSECONDS else 1000, self._lengths
        )
        self.ready = True

    def _stride(self, buffer: Buffer, position: int, stop: int) -> _Stride:
        """The records whose header ends by `stop`, at least one; the last may end beyond the buffer. Nothing is
        checked: this is the loop that must be fast."""
        header_size = self._header_size
        length_before_data = header_size - 8
        read_length = struct.Struct(self._endian + "I").unpack_from
        offsets: list[int] = []
        lengths: list[int] = []
        add_offset = offsets.append
        add_length = lengths.append
        offset = position + header_size
        while offset <= stop:
            (length,) = read_length(buffer, offset - length_before_data)
            add_offset(offset)
            add_length(length)
            offset += length + header_size
        return offsets, lengths, max(lengths), offset - header_size

    def _leap(self, buffer: Buffer, position: int, _: int) -> _Stride:
        """The same for as many records as are best found at once, which is more."""
        from lesson_engine.sources.lanes import follow

        stop = len(buffer) - self._header_size + 1
        positions, sizes, reached = follow(buffer, position, stop, self._chain(buffer, position))
        offsets, lengths = array("Q"), array("I")
        offsets.frombytes((positions + self._header_size).tobytes())
        lengths.frombytes(sizes.tobytes())
        return offsets, lengths, int(sizes.max()), reached

    def _chain(self, buffer: Buffer, position: int) -> "Chain":
        import re

        from lesson_engine.sources.lanes import Chain

        # Most records were captured within months of the one at `position`, have a fraction below a second, and
        # are no longer than the usual snapshot length.
        if self.byte_order == "little":
            at, following, length = 3, rb"...[\x00-\x3b]", rb"..[\x00-\x04]\x00"
        else:
            at, following, length = 0, rb"...[\x00-\x3b]...", rb"\x00[\x00-\x04].."
        months = re.escape(buffer[position + at : position + at + 1])
        likely = re.compile(months + following + length + length, re.DOTALL)
        size = self._header_size
        return Chain(self.byte_order, length_at=8, overhead=size, shortest=size, likely=likely, likely_at=at)

    def _step(
        self,
        buffer: Buffer,
        position: int,
        stop: int,
        origin: int,
        offsets: "array[int]",
        captured_lengths: "array[int]",
    ) -> tuple[int, SavefileError | None]:
        """Adds the whole records that begin before `stop`, each looked at closely. Returns where it came to,
        and the fault if one of them is no record."""
        end = len(buffer)
        maximum = self.link_type.maximum_snapshot_length
        while position < stop and position + self._header_size <= end:
            captured, _ = self._record_lengths(buffer, position)
            if captured > maximum:
                number = self._found + len(offsets) + 1
                limits = (self.snapshot_length, "snaplen") if captured > self.snapshot_length else (maximum, "maximum")
                return position, faults.captured_length_lies(number, origin + position, captured, *limits)
            offset = position + self._header_size
            if offset + captured > end:
                break
            offsets.append(offset)
            captured_lengths.append(min(captured, self.snapshot_length))
            position = offset + captured
        return position, None

    def _record_lengths(self, buffer: Buffer, position: int) -> tuple[int, int]:
        captured, original = struct.unpack_from(self._endian + "II", buffer, position + 8)
        swapped = self._lengths == "original first" or (self._lengths == "smaller is captured" and captured > original)
        return (original, captured) if swapped else (captured, original)

    def _wanted(self, buffer: Buffer, position: int) -> int:
        if position + self._header_size > len(buffer):
            return self._header_size
        return self._header_size + self._record_lengths(buffer, position)[0]


def adjusted_snapshot_length(written: int, link_type: LinkType) -> int:
    """The snapshot length that libpcap goes by when a file says `written`: none, or more than fits an int,
    means the most."""
    return written if 0 < written <= 0x7FFFFFFF else link_type.maximum_snapshot_length


class _HeaderLayout:
    """How to read record headers; calling it reads many, as `Capture` wants. `unit` is in nanoseconds."""

    __slots__ = ("byte_order", "lengths", "original_length_at", "size", "time_layout", "unit")

    def __init__(self, size: int, byte_order: ByteOrder, unit: int, lengths: _Lengths) -> None:
        self.size = size
        self.byte_order = byte_order
        self.unit = unit
        self.lengths = lengths
        self.original_length_at: int | None = {"captured first": 12 - size, "original first": 8 - size}.get(lengths)
        # tcpdump takes times of its own byte order (nearly always little) for signed, swapped ones for not.
        self.time_layout: TimeLayout | None = TimeLayout(-size, unit, signed=byte_order == "little")

    def __call__(self, buffer: Buffer, offsets: "array[int]") -> Headers:
        original_lengths = array("I")
        times_ns = array("q")
        odd_times: dict[int, tuple[int, int]] = {}
        unit = self.unit
        for begin in range(0, len(offsets), _BULK):
            starts = [offset - self.size for offset in offsets[begin : begin + _BULK]]
            words = array("I", b"".join([buffer[start : start + RECORD_HEADER_SIZE] for start in starts]))
            if self.byte_order != sys.byteorder:
                words.byteswap()
            times = array("i", words.tobytes()) if self.byte_order == "little" else words
            seconds, fractions = times[0::4], times[1::4]
            times_ns.extend(
                [whole * 1_000_000_000 + part * unit for whole, part in zip(seconds, fractions, strict=True)]
            )
            if min(fractions) < 0 or max(fractions) * unit >= 1_000_000_000:
                for index, (whole, part) in enumerate(zip(seconds, fractions, strict=True), begin):
                    if not 0 <= part * unit < 1_000_000_000:
                        odd_times[index] = (whole, part * unit)
            if self.lengths == "captured first":
                original_lengths.extend(words[3::4])
            elif self.lengths == "original first":
                original_lengths.extend(words[2::4])
            else:
                original_lengths.extend(map(max, words[2::4], words[3::4]))
        return Headers(original_lengths, times_ns, odd_times)
