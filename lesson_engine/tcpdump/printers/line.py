"""The packet being printed: checked reads of what was captured, and the text so far.

A printer takes a `Line`, a position in the packet's bytes and a length on the wire. It reads through the
line, which raises `TruncatedError` where the captured bytes end, and writes through it; `Printer` catches the
exception and adds tcpdump's mark, ` [|tcp]`, with the name of the protocol that was being printed. So a
packet cut anywhere prints as far as it goes, and no printer can read past its end.

The line knows no protocol. Integers are big-endian unless a name says otherwise.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes([10, 0, 0, 1, 0, 80]))
>>> line.ipv4(0), line.u16(4), line.has(4, 3)
('10.0.0.1', 80, False)
>>> line.u32(4)
Traceback (most recent call last):
    ...
lesson_engine.tcpdump.printers.line.TruncatedError
"""

from collections.abc import Mapping
from types import MappingProxyType

from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers.names import Names


class TruncatedError(Exception):
    """The printer wants bytes that were not captured."""


class ShortError(TruncatedError):
    """Something does not fit in what it is part of, or was not captured: this ends that, not the packet."""


class Line:
    """One packet on its way to text. `end` is where the bytes stop that printers may read; a printer whose
    header says how long its payload is narrows it (`narrow`), and the end of the packet stays in `data`."""

    __slots__ = (
        "absolute_sequence",
        "check_sums",
        "conversations",
        "data",
        "dump_unknown",
        "end",
        "exchanges",
        "interface_names",
        "link_header",
        "names",
        "numeric",
        "options",
        "pieces",
        "protocol",
        "quiet",
        "verbose",
        "write",
    )

    def __init__(self, options: PrintOptions, interface_names: Mapping[int, str] = MappingProxyType({})) -> None:
        self.options = options
        self.interface_names = interface_names
        self.names = Names(numeric=options.numeric > 0)
        self.numeric = options.numeric > 0
        self.link_header = options.link_header
        self.quiet = options.quiet
        self.verbose = options.verbose
        self.check_sums = options.verbose > 0 and not options.no_checksums
        self.absolute_sequence = options.absolute_sequence
        self.dump_unknown = not (options.quiet or options.hex or options.hex_ascii)
        self.conversations: dict[bytes, tuple[int, int]] = {}
        self.exchanges: dict[bytes, tuple[bytes, bytes]] = {}
        self.begin(b"")

    def begin(self, data: bytes) -> None:
        """Start on another packet."""
        self.data = data
        self.end = len(data)
        self.protocol = ""
        self.pieces: list[str] = []
        self.write = self.pieces.append

    def text(self) -> str:
        """All that was written."""
        return "".join(self.pieces)

    # Reading

    def has(self, at: int, size: int) -> bool:
        """Whether `size` bytes from `at` were captured."""
        return at + size <= self.end

    def need(self, at: int, size: int) -> None:
        """Raise TruncatedError unless `size` bytes from `at` were captured."""
        if at + size > self.end:
            raise TruncatedError

    def check(self, at: int, size: int) -> None:
        """Raise ShortError unless `size` bytes from `at` were captured."""
        if at + size > self.end:
            raise ShortError

    def u8(self, at: int) -> int:
        """The byte at `at`."""
        if at >= self.end:
            raise TruncatedError
        return self.data[at]

    def u16(self, at: int) -> int:
        """Two bytes."""
        if at + 2 > self.end:
            raise TruncatedError
        return self.data[at] << 8 | self.data[at + 1]

    def u24(self, at: int) -> int:
        """Three bytes."""
        if at + 3 > self.end:
            raise TruncatedError
        return int.from_bytes(self.data[at : at + 3], "big")

    def u32(self, at: int) -> int:
        """Four bytes."""
        if at + 4 > self.end:
            raise TruncatedError
        return int.from_bytes(self.data[at : at + 4], "big")

    def u64(self, at: int) -> int:
        """Eight bytes."""
        if at + 8 > self.end:
            raise TruncatedError
        return int.from_bytes(self.data[at : at + 8], "big")

    def bytes(self, at: int, size: int) -> bytes:
        """`size` bytes."""
        if at + size > self.end:
            raise TruncatedError
        return self.data[at : at + size]

    def ipv4(self, at: int) -> str:
        """The IPv4 address at `at`, as a name or a number."""
        if at + 4 > self.end:
            raise TruncatedError
        return self.names.ipv4(self.data[at : at + 4])

    def ipv6(self, at: int) -> str:
        """The IPv6 address at `at`, as a name or a number."""
        if at + 16 > self.end:
            raise TruncatedError
        return self.names.ipv6(self.data[at : at + 16])

    def mac(self, at: int) -> str:
        """The Ethernet address at `at`, with its maker's name unless -n."""
        if at + 6 > self.end:
            raise TruncatedError
        return self.names.mac(self.data[at : at + 6])

    def narrow(self, end: int) -> int:
        """Let nothing be read from `end` on. Returns the old end, to be put back when the payload is done."""
        old = self.end
        if end < old:
            self.end = end
        return old

    # Writing

    def truncated(self) -> None:
        """Write the mark of a packet that was cut."""
        self.write(f" [|{self.protocol}]")

    def invalid(self) -> None:
        """Write the mark of a value that cannot be."""
        self.write(" (invalid)")

    def dump(self, at: int, length: int) -> None:
        """Write a hex and ASCII dump of what no printer knows, unless an option asks for a dump anyway."""
        if self.dump_unknown:
            self.write_dump(at, length)

    def write_dump(self, at: int, length: int, indent: str = "\n\t") -> None:
        """Write a hex and ASCII dump of `length` bytes from `at`; raises TruncatedError after those captured."""
        from lesson_engine.tcpdump.printers.hexdump import hex_and_ascii

        self.write(hex_and_ascii(self.data[at : min(at + length, self.end)], indent))
        self.need(at, length)

    def write_hex(self, at: int, length: int, indent: str = "\n\t") -> None:
        """Write a hex dump of `length` bytes from `at`, or of those captured."""
        from lesson_engine.tcpdump.printers.hexdump import hex_only

        self.write(hex_only(self.data[at : min(at + length, self.end)], indent))

    def printable(self, at: int, length: int) -> bool:
        """Write up to `length` bytes with unprintable ones in caret and M- notation, as far as captured;
        returns whether the bytes ended before `length`."""
        piece = self.data[at : min(at + length, self.end)]
        self.write(visible(piece))
        return len(piece) < length

    def padded_text(self, at: int, size: int) -> None:
        """Write the text in a field of `size` bytes, which ends at a zero byte where it is shorter; raises
        TruncatedError where the captured bytes end before either."""
        text, end_mark, _ = self.data[at : min(at + size, self.end)].partition(b"\0")
        self.write(visible(text))
        if not end_mark:
            self.need(at, size)


def named(table: Mapping[int, str], value: int, unknown: str = "#%u") -> str:
    """The name of `value` in `table`, or `unknown` with the value for its one %u or %x (if it has any).

    >>> named({1: "Request"}, 1), named({}, 2), named({}, 3, "Unknown (0x%02x)"), named({}, 4, "none")
    ('Request', '#2', 'Unknown (0x03)', 'none')
    """
    name = table.get(value)
    if name is not None:
        return name
    return unknown % value if "%" in unknown else unknown


def bits(table: Mapping[int, str], value: int, none: str, separator: str = ", ") -> str:
    """The names of the bits set in `value`, in the table's order; `none` if no named bit is set.

    >>> bits({1: "one", 2: "two"}, 3, "none"), bits({1: "one"}, 4, "none")
    ('one, two', 'none')
    """
    names = [name for mask, name in table.items() if value & mask == mask]
    return separator.join(names) if names else none


def visible(data: bytes) -> str:
    """Bytes as printable ASCII: controls as ^X, bytes with the high bit set as M-x (cat -v's notation).

    >>> visible(b"a\\r\\n\\x7f\\xe1\\x81")
    'a^M^J^?M-aM-^A'
    """
    return "".join([_VISIBLE[byte] for byte in data])


def _visible(byte: int) -> str:
    meta, byte = ("M-", byte & 0x7F) if byte & 0x80 else ("", byte)
    return meta + (chr(byte) if 0x20 <= byte < 0x7F else "^" + chr(byte ^ 0x40))


_VISIBLE = [_visible(byte) for byte in range(256)]
