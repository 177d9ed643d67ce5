"""The newer savefile format, pcapng: sections of blocks, of which some are packets.

Reads what libpcap 1.10.3 reads, and refuses what it refuses: enhanced, simple and the obsolete packet blocks;
several sections of one byte order; several interfaces, each with its own time resolution (decimal or binary)
and offset, but of one link type and one snapshot length. Other blocks and options are skipped. See
draft-ietf-opsawg-pcapng. It knows nothing of files, pcap or compression.

>>> section = struct.pack("<IIIHHqI", SECTION_HEADER, 28, BYTE_ORDER_MAGIC, 1, 0, -1, 28)
>>> interface = struct.pack("<IIHHII", INTERFACE_DESCRIPTION, 20, 1, 0, 0, 20)
>>> packet = struct.pack("<III4sI", SIMPLE_PACKET, 20, 60, b"abcd", 20)
>>> scan = PcapngDecoder().scan(section + interface + packet, 0, 0)
>>> scan.error.libpcap_text  # it says 60 bytes were captured, and holds 4
'block of type 3 in pcapng dump file is too short'
"""

import struct
import sys
from array import array
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from lesson_engine.packets.capture import Buffer, ByteOrder, Headers
from lesson_engine.packets.linktype import LinkType
from lesson_engine.sources import faults
from lesson_engine.sources.faults import SavefileError
from lesson_engine.sources.pcap import adjusted_snapshot_length
from lesson_engine.sources.records import Scan, lanes_pay

if TYPE_CHECKING:
    from lesson_engine.sources.lanes import Chain

SECTION_HEADER = 0x0A0D0D0A
INTERFACE_DESCRIPTION = 1
OBSOLETE_PACKET = 2
SIMPLE_PACKET = 3
ENHANCED_PACKET = 6
BYTE_ORDER_MAGIC = 0x1A2B3C4D

_BLOCKS_READ = frozenset((SECTION_HEADER, INTERFACE_DESCRIPTION, OBSOLETE_PACKET, SIMPLE_PACKET, ENHANCED_PACKET))

_END_OF_OPTIONS = 0
_TIME_RESOLUTION = 9
_TIME_OFFSET = 14
_INTERFACE_OPTIONS = {
    _END_OF_OPTIONS: ("opt_endofopt", 0),
    _TIME_RESOLUTION: ("if_tsresol", 1),
    _TIME_OFFSET: ("if_tsoffset", 8),
}
"""The options that matter: their names and the length they must have."""

_STRIDE = 4 << 20
_RUN_WORTH_WHILE = 8

_MAXIMUM_FIRST_SECTION_HEADER = 1 << 20
_MAXIMUM_BLOCK = 16 << 20
_MAXIMUM_OPTIONS = 128 << 10
"""Bytes that libpcap allows; a longer packet than any block is allowed makes the block's limit grow."""


class _Interface(NamedTuple):
    """How to read an interface's times: units per second, seconds to add, and where the first is a decimal
    power up to 10^9 and the second is 0, nanoseconds per unit."""

    resolution: int = 1_000_000
    binary: bool = False
    offset: int = 0
    unit: int | None = 1000

    def seconds_and_nanoseconds(self, time: int) -> tuple[int, int]:
        """Of a time of 64 bits; the seconds wrap at 64 bits, as they do in libpcap."""
        seconds, fraction = divmod(time, self.resolution)
        if self.binary and self.resolution > 1 << 44:
            # libpcap multiplies in 64 bits, and what tcpdump prints of such fine times has lost its top.
            nanoseconds = (fraction * 1_000_000 % (1 << 64)) // self.resolution * 1000
        else:
            nanoseconds = fraction * 1_000_000_000 // self.resolution
        return (seconds + self.offset + (1 << 63)) % (1 << 64) - (1 << 63), nanoseconds


class _Block(NamedTuple):
    """One block: where it begins in the buffer, where its trailer does, and where it begins in the file."""

    type: int
    position: int
    end: int
    origin: int

    def fields(self, layout: str, buffer: Buffer) -> tuple[int, ...]:
        """Its first fields. Raises SavefileError if it is too short for them."""
        if self.position + 8 + struct.calcsize(layout) > self.end:
            raise faults.block_too_short(self.origin, self.type)
        return struct.unpack_from(layout, buffer, self.position + 8)


class _Found:
    """The records found in one scan."""

    def __init__(self) -> None:
        self.offsets = array("Q")
        self.captured_lengths = array("I")
        self.original_lengths = array("I")
        self.times_ns = array("q")
        self.odd_times: dict[int, tuple[int, int]] = {}

    def add(self, offset: int, captured: int, original: int, time: int, interface: _Interface) -> None:
        """One record; `time` in the interface's units."""
        time_ns = time * interface.unit if interface.unit is not None else -1
        if not 0 <= time_ns < 1 << 63:
            seconds, nanoseconds = interface.seconds_and_nanoseconds(time)
            time_ns = seconds * 1_000_000_000 + nanoseconds
            if not -(1 << 63) <= time_ns < 1 << 63:
                self.odd_times[len(self.offsets)] = (seconds, nanoseconds)
                time_ns = (1 << 63) - 1 if time_ns > 0 else -(1 << 63)
        self.offsets.append(offset)
        self.captured_lengths.append(captured)
        self.original_lengths.append(original)
        self.times_ns.append(time_ns)


class PcapngDecoder:
    """Finds the records of one pcapng file; a `records.Decoder`."""

    ready = False
    link_type: LinkType
    link_type_flags = 0
    snapshot_length: int
    byte_order: ByteOrder

    def __init__(self) -> None:
        self._interfaces: list[_Interface] = []
        self._endian = ""
        self._maximum_block = _MAXIMUM_BLOCK
        self._counted = 0

    def scan(self, buffer: Buffer, position: int, origin: int) -> Scan:
        """As `records.Decoder` says."""
        end = len(buffer)
        if not self._endian:
            length = self._first_section_length(buffer, position)
            if end - position < length:
                return Scan(position, length)
            self._begin(buffer, position, length)
            position += length
        found = _Found()
        error = None
        wanted = 8
        read_start = struct.Struct(self._endian + "II").unpack_from
        read_trailer = struct.Struct(self._endian + "I").unpack_from
        slow_until = position + 4  # a run is read together with the trailer before it
        leaps = lanes_pay(end - position)
        try:
            while end - position >= 8:
                block_type, length = read_start(buffer, position)
                if leaps and block_type == ENHANCED_PACKET and self.ready:
                    position, leaps = self._leap(buffer, position, found)
                    slow_until = position + 1
                    continue
                if position >= slow_until and self.ready:
                    position, slow_until = self._run(buffer, position, found)
                    continue
                if length < 12 or length & 3 or length > self._maximum_block:
                    raise self._wrong_length(buffer, position, origin)
                if end - position < length:
                    wanted = length
                    break
                (trailer,) = read_trailer(buffer, position + length - 4)
                if trailer != length:
                    raise faults.block_lengths_differ(origin + position, length, trailer)
                if block_type in _BLOCKS_READ:
                    self._read(_Block(block_type, position, position + length - 4, origin + position), buffer, found)
                position += length
        except SavefileError as fault:
            if not self.ready:
                raise
            error = fault
        self._counted += len(found.offsets)
        headers = Headers(found.original_lengths, found.times_ns, found.odd_times)
        return Scan(position, wanted, found.offsets, found.captured_lengths, headers, error)

    def _run(self, buffer: Buffer, position: int, found: _Found) -> tuple[int, int]:
        """Takes a run of enhanced packet blocks at once if nothing about them is odd: the same as reading them one
        by one, but fast. Returns where the next block is, and before which position not to try this again."""
        first = position
        last = min(position + _STRIDE, len(buffer) - 32)
        read_start = struct.Struct(self._endian + "II").unpack_from
        starts: list[int] = []
        add = starts.append
        while position <= last:
            block_type, length = read_start(buffer, position)
            if block_type != ENHANCED_PACKET or length < 32 or length & 3:
                break
            add(position)
            position += length
        tried = max(position, first + 1)
        if position > len(buffer):
            position = starts.pop()
        if len(starts) < _RUN_WORTH_WHILE:
            return first, tried
        words = array("I", b"".join([buffer[start - 4 : start + 28] for start in starts]))
        words.frombytes(buffer[position - 4 : position])
        if self.byte_order != sys.byteorder:
            words.byteswap()
        trailers, lengths, interfaces, high, low, captured, original = (
            words[8::8],
            words[2::8],
            words[3::8],
            words[4::8],
            words[5::8],
            words[6::8],
            words[7::8],
        )
        if (
            trailers != lengths
            or max(lengths) > self._maximum_block
            or max(interfaces) >= len(self._interfaces)
            or max(captured) > self.snapshot_length
            or min(map(sub, lengths, captured)) < 32
        ):
            return first, tried
        units = [interface.unit or 0 for interface in self._interfaces]
        if 0 in units or (max(high) + 1 << 32) * max(units) >= 1 << 63:
            return first, tried
        pairs = array("I", bytes(8 * len(starts)))
        pairs[0::2], pairs[1::2] = (low, high) if sys.byteorder == "little" else (high, low)
        times = array("q", pairs.tobytes())
        if max(interfaces) == 0:
            unit = units[0]
            found.times_ns.extend(times if unit == 1 else array("q", [time * unit for time in times]))
        else:
            used = zip(times, interfaces, strict=True)
            found.times_ns.extend([time * units[interface] for time, interface in used])
        found.offsets.extend([start + 28 for start in starts])
        found.captured_lengths.extend(captured)
        found.original_lengths.extend(original)
        return position, position + 1

    def _leap(self, buffer: Buffer, position: int, found: _Found) -> tuple[int, bool]:
        """Takes a longer run, with NumPy, up to the first block about which anything is odd. Returns where that is,
        and whether another leap from further on will be worth while."""
        from lesson_engine.sources.lanes import follow, words_at

        stop = len(buffer) - 31
        if position >= stop:
            return position, False
        starts, lengths, reached = follow(buffer, position, stop, self._chain())
        if reached > len(buffer):
            starts, lengths, reached = starts[:-1], lengths[:-1], int(starts[-1])
        types, _, interfaces, high, low, captured, original = words_at(buffer, starts, 7, self.byte_order).T
        trailers = words_at(buffer, starts + lengths - 4, 1, self.byte_order)[:, 0]
        odd = (types != ENHANCED_PACKET) | (trailers != lengths) | (lengths < 32) | (lengths & 3 != 0)
        odd |= (lengths > self._maximum_block) | (captured > self.snapshot_length) | (captured > lengths - 32)
        odd |= interfaces >= len(self._interfaces)
        units = [interface.unit or 0 for interface in self._interfaces]
        if 0 in units:
            return position, False
        odd |= high >= (1 << 31) // max(units, default=1)
        taken = int(odd.argmax()) if odd.any() else len(odd)
        times = high[:taken].astype("i8") << 32 | low[:taken]
        for number, unit in enumerate(units):
            times[interfaces[:taken] == number] *= unit
        found.offsets.frombytes((starts[:taken] + 28).tobytes())
        found.captured_lengths.frombytes(captured[:taken].tobytes())
        found.original_lengths.frombytes(original[:taken].tobytes())
        found.times_ns.frombytes(times.tobytes())
        position = int(starts[taken]) if taken < len(starts) else reached
        return position, 2 * taken > len(starts) and lanes_pay(len(buffer) - position)

    def _chain(self) -> "Chain":
        import re

        from lesson_engine.sources.lanes import Chain

        # Most blocks hold a packet no longer than the usual snapshot length, from one of the first interfaces.
        if self.byte_order == "little":
            block_type, interface, length = rb"\x06\x00\x00\x00", rb"..\x00\x00", rb"..[\x00-\x04]\x00"
        else:
            block_type, interface, length = rb"\x00\x00\x00\x06", rb"\x00\x00..", rb"\x00[\x00-\x04].."
        likely = re.compile(block_type + length + interface + rb".{8}" + length + length, re.DOTALL)
        return Chain(self.byte_order, length_at=4, overhead=0, shortest=12, likely=likely, likely_at=0)

    def cut(self, buffer: Buffer, position: int, origin: int) -> SavefileError | None:
        """As `records.Decoder` says."""
        got = len(buffer) - position
        offset = origin + position
        if not self._endian:
            if got < 12:
                raise faults.not_a_savefile(buffer[position : position + 4])
            raise faults.block_cut(offset, self._first_section_length(buffer, position) - 12, got - 12)
        if got == 0:
            if not self.ready:
                raise faults.no_interface(offset)
            return None
        if got < 8:
            fault = faults.block_cut(offset, 8, got)
        else:
            _, length = struct.unpack_from(self._endian + "II", buffer, position)
            fault = faults.block_cut(offset, length - 8, got - 8)
        if not self.ready:
            raise fault
        return fault

    def _first_section_length(self, buffer: Buffer, position: int) -> int:
        """Bytes of the first section header; 12 while there are too few to know."""
        if len(buffer) - position < 12:
            return 12
        for endian in "<>":
            _, length, magic = struct.unpack_from(endian + "III", buffer, position)
            if magic == BYTE_ORDER_MAGIC:
                break
        else:
            raise faults.not_a_savefile(buffer[position : position + 4])
        if not 28 <= length <= _MAXIMUM_FIRST_SECTION_HEADER:
            text = (
                "Section Header Block in pcapng dump file has invalid length "
                f"28 < _{length}_ < {_MAXIMUM_FIRST_SECTION_HEADER} (BT_SHB_INSANE_MAX)"
            )
            raise faults.block_length_lies(position, length, text)
        return int(length)

    def _begin(self, buffer: Buffer, position: int, length: int) -> None:
        """Reads the first section header. Its length may be odd and its trailer wrong: libpcap does not look."""
        self._endian = "<" if buffer[position + 8] == BYTE_ORDER_MAGIC & 0xFF else ">"
        self.byte_order = "little" if self._endian == "<" else "big"
        major, minor = struct.unpack_from(self._endian + "HH", buffer, position + 12)
        if major != 1 or minor not in (0, 2):
            raise faults.unsupported_version("pcapng", f"{major}.{minor}", position + 12)

    def _wrong_length(self, buffer: Buffer, position: int, origin: int) -> SavefileError:
        block_type, length = struct.unpack_from(self._endian + "II", buffer, position)
        if length < 12:
            text = f"block in pcapng dump file has a length of {length} < 12"
        elif length & 3:
            text = f"block in pcapng dump file has a length of {length} that is not a multiple of 4"
        else:
            text = f"pcapng block size {length} > maximum {self._maximum_block}"
            if block_type == SECTION_HEADER:
                return faults.byte_order_changes(origin + position, text)
        return faults.block_length_lies(origin + position, length, text)

    def _read(self, block: "_Block", buffer: Buffer, found: _Found) -> None:
        if block.type == INTERFACE_DESCRIPTION:
            self._interface(block, buffer)
        elif block.type == SECTION_HEADER:
            self._section(block, buffer)
        else:
            self._packet(block, buffer, found)

    def _section(self, block: "_Block", buffer: Buffer) -> None:
        if not self.ready:
            return  # libpcap looks at nothing but interfaces and packets before it has seen the first interface
        origin = block.origin
        magic, major, _, _ = block.fields(self._endian + "IHHq", buffer)
        if magic != BYTE_ORDER_MAGIC:
            if magic == int.from_bytes(BYTE_ORDER_MAGIC.to_bytes(4, "little"), "big"):
                raise faults.byte_order_changes(origin, "the file has sections with different byte orders")
            raise faults.bad_section(origin)
        if major != 1:
            raise faults.unknown_section_version(origin, major)
        self._interfaces.clear()

    def _interface(self, block: "_Block", buffer: Buffer) -> None:
        origin = block.origin
        number, snapshot_length = block.fields(self._endian + "HxxI", buffer)
        if self.ready:
            # libpcap compares its own number of the first interface's link type with the file's number here.
            if number != self.link_type.dlt:
                other = LinkType.from_number(number).name
                raise faults.link_type_changes(origin, self.link_type.name, other, number)
            if adjusted_snapshot_length(snapshot_length, self.link_type) != self.snapshot_length:
                raise faults.snapshot_length_changes(origin, self.snapshot_length, snapshot_length)
        self._interfaces.append(self._described(buffer[block.position + 16 : block.end], origin))
        if not self.ready:
            self.link_type = LinkType.from_number(number)
            self.snapshot_length = adjusted_snapshot_length(snapshot_length, self.link_type)
            longest_packet_block = 32 + self.link_type.maximum_snapshot_length + _MAXIMUM_OPTIONS
            self._maximum_block = max(_MAXIMUM_BLOCK, longest_packet_block)
            self.ready = True

    def _described(self, options: bytes, origin: int) -> _Interface:
        """The interface that these options describe."""
        resolution, binary, offset = 1_000_000, False, 0
        seen = set()
        position = 0
        while position < len(options):
            if len(options) - position < 4:
                raise faults.block_too_short(origin, INTERFACE_DESCRIPTION)
            code, length = struct.unpack_from(self._endian + "HH", options, position)
            value = options[position + 4 : position + 4 + length]
            position += 4 + (length + 3) // 4 * 4
            if position > len(options):
                raise faults.block_too_short(origin, INTERFACE_DESCRIPTION)
            if code not in _INTERFACE_OPTIONS:
                continue
            name, right_length = _INTERFACE_OPTIONS[code]
            if length != right_length:
                raise faults.bad_interface_option(origin, f"has {name} option with length {length} != {right_length}")
            if code == _END_OF_OPTIONS:
                break
            if code in seen:
                raise faults.bad_interface_option(origin, f"has more than one {name} option")
            seen.add(code)
            if code == _TIME_OFFSET:
                (offset,) = struct.unpack(self._endian + "q", value)
                continue
            binary = value[0] >= 0x80
            base, power, most = (2, value[0] - 0x80, 63) if binary else (10, value[0], 19)
            if power > most:
                raise faults.bad_interface_option(origin, f"if_tsresol option resolution {base}^-{power} is too high")
            resolution = base**power
        plain = offset == 0 and 1_000_000_000 % resolution == 0
        return _Interface(resolution, binary, offset, 1_000_000_000 // resolution if plain else None)

    def _packet(self, block: "_Block", buffer: Buffer, found: _Found) -> None:
        if not self.ready:
            raise faults.packet_before_interface(block.origin)
        if block.type == SIMPLE_PACKET:
            # It has no time and no captured length: what was captured is what the snapshot length allows.
            (original,) = block.fields(self._endian + "I", buffer)
            interface = time = 0
            captured = min(original, self.snapshot_length)
            data = block.position + 12
        else:
            layout = "IIIII" if block.type == ENHANCED_PACKET else "HxxIIII"
            interface, high, low, captured, original = block.fields(self._endian + layout, buffer)
            time = high << 32 | low
            data = block.position + 28
        if interface >= len(self._interfaces):
            raise faults.unknown_interface(block.origin, interface)
        if captured > self.snapshot_length:
            number = self._counted + len(found.offsets) + 1
            raise faults.captured_length_lies(number, block.origin, captured, self.snapshot_length, "snaplen")
        if captured > block.end - data:
            raise faults.block_too_short(block.origin, block.type)
        found.add(data, captured, original, time, self._interfaces[interface])
