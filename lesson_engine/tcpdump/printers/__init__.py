"""Packets as tcpdump 4.99.3 prints them, byte for byte: time, header lines, and dumps where asked.

A `Printer` is made for one run: it remembers what tcpdump remembers from packet to packet (the first
sequence numbers of each TCP conversation, the times that -ttt and -ttttt compare with) and nothing else.
Any bytes give text, never an exception. One module a protocol, each reading through a `Line`; `dispatch`
says which of them takes a port or a protocol number. They know nothing of files, filters or languages.

>>> from lesson_engine.packets import Packet
>>> from lesson_engine.packets.linktype import RAW
>>> from lesson_engine.tcpdump.options import PrintOptions
>>> segment = bytes.fromhex("4500002800014000400626cd0a0000010a000002 03e8005000000001000000005002006400000000")
>>> packet = Packet(1, 0, segment, len(segment), RAW)
>>> Printer(PrintOptions(numeric=1, time_style=1), RAW).print(packet)
'IP 10.0.0.1.1000 > 10.0.0.2.80: Flags [S], seq 1, win 100, length 0\\n'
"""

from array import array
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from lesson_engine.packets.capture import Capture, Packet
from lesson_engine.packets.linktype import EN10MB, LinkType
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers.line import Line, TruncatedError
from lesson_engine.tcpdump.printers.link import link_printer
from lesson_engine.tcpdump.printers.timestamps import CLOCK, DATE, EPOCH, NONE, Clock

if TYPE_CHECKING:
    from lesson_engine.tcpdump.printers.together.batches import BatchPrinter

__all__ = ["Printer"]


class Printer:
    """Prints the packets of one capture in order, with one set of options."""

    __slots__ = ("_batches", "_clock", "_count", "_dumps", "_line", "_link", "_options", "_together")

    def __init__(
        self, options: PrintOptions, link_type: LinkType, *, interface_names: Mapping[int, str] = MappingProxyType({})
    ) -> None:
        """`interface_names` gives the interfaces of SLL2 records their names, which are not in the record."""
        self._options = options
        self._clock = Clock(options.time_style, nanoseconds=options.nanoseconds)
        self._line = Line(options, interface_names)
        self._link = link_printer(link_type)
        self._dumps = bool(options.ascii or options.hex or options.hex_ascii)
        self._count = 0
        self._batches: BatchPrinter | None = None
        self._together = link_type == EN10MB and _lines_stand_alone(options)

    def print(self, packet: Packet) -> str:
        """Everything tcpdump writes for this packet, the last newline included."""
        data = packet.data
        self._count += 1
        number = f"{self._count:5}  " if self._options.number else ""
        if not data or packet.original_length < len(data):
            return number + _invalid_record(len(data), packet.original_length)
        line = self._line
        line.begin(data)
        line.write(number)
        line.write(self._clock.text(packet.time_ns, packet.odd_time))
        try:
            header_length = self._link(line, packet.original_length)
        except TruncatedError:
            line.truncated()
            # As in tcpdump, a dump of an abandoned packet does not skip its link-level header.
            header_length = 0
        if self._dumps:
            line.write(self._dump(data, header_length))
        line.write("\n")
        return line.text()

    def print_many(self, capture: Capture, indices: "array[int]") -> Iterator[tuple[int, bytes]]:
        """What `print` gives for the packets of `capture` with these indices, in pieces: of how many packets one is,
        and its text. Many packets take less time together than one by one."""
        if self._together and capture.suits_columns:
            if self._batches is None:
                from lesson_engine.tcpdump.printers.together.batches import BatchPrinter

                self._batches = BatchPrinter(self._line, self._clock, self.print)
            yield from self._batches.print(capture, indices)
            return
        for index in indices:
            yield 1, self.print(capture[index]).encode()

    def _dump(self, data: bytes, header_length: int) -> str:
        from lesson_engine.tcpdump.printers.hexdump import hex_and_ascii, hex_only, text_only

        options = self._options
        count, dump = (
            (options.hex_ascii, hex_and_ascii)
            if options.hex_ascii
            else (options.hex, hex_only)
            if options.hex
            else (options.ascii, text_only)
        )
        shown = data if count > 1 else data[header_length:]
        return dump(shown) if shown else ""


def _lines_stand_alone(options: PrintOptions) -> bool:
    """Whether, but for TCP's sequence numbers, no line depends on another packet, and each is only a line: then many
    can be made together."""
    plain = PrintOptions(
        numeric=options.numeric,
        time_style=options.time_style if options.time_style in (NONE, EPOCH, DATE) else CLOCK,
        absolute_sequence=options.absolute_sequence,
        no_checksums=options.no_checksums,
        no_domain=options.no_domain,
        dotted_systems=options.dotted_systems,
    )
    return options == plain


def _invalid_record(captured_length: int, original_length: int) -> str:
    faults = []
    if captured_length == 0:
        faults.append("caplen==0")
    if original_length == 0:
        faults.append("len==0")
    elif original_length < captured_length:
        faults.append(f"len({original_length}) < caplen({captured_length})")
    return f"[Invalid header: {', '.join(faults)}]\n"
