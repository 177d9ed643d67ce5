"""The lines of a capture as tcpdump prints them, one a packet, made as far as they are asked for.

Guarantees: a line is the one that the whole run prints, with the sequence numbers relative to packets before it;
lines that tcpdump breaks keep their line breaks. Big captures are printed many packets at a time.

>>> from lesson_engine.bundled import capture_path
>>> lines = PrintedLines(Capture.open(capture_path("handshake")))
>>> len(lines), lines[2][16:]
(10, 'IP 192.168.1.50.47398 > 93.184.216.34.80: Flags [.], ack 1, win 63, \
options [nop,nop,TS val 2865710810 ecr 3623495344], length 0')
"""

from array import array
from collections.abc import Mapping

from lesson_engine.packets.capture import Capture
from lesson_engine.tcpdump.interfaces import names_by_index
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.tcpdump.recorded import recorded_network

_AT_LEAST = 4096
"""Packets that are printed together."""

_NUMERIC = PrintOptions(numeric=2)


class PrintedLines:
    """What `tcpdump -nn`, or with `options`, prints for each packet of `capture`, without the last line break; indices
    count from 0. `interface_names` are by index; without, those of the recorded network."""

    def __init__(
        self,
        capture: Capture,
        options: PrintOptions = _NUMERIC,
        interface_names: Mapping[int, str] | None = None,
    ) -> None:
        self._capture = capture
        self._options = options
        self._names = names_by_index(recorded_network()) if interface_names is None else interface_names
        self._lines: list[str] = []
        self._printer = self._new_printer()
        self._together = True

    def __len__(self) -> int:
        return len(self._capture)

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._capture):
            raise IndexError(index)
        self._print_to(index + 1)
        return self._lines[index]

    def grow(self, capture: Capture) -> None:
        """More packets came: `capture` begins with those that there were."""
        self._capture = capture

    def _new_printer(self) -> Printer:
        return Printer(self._options, self._capture.link_type, interface_names=self._names)

    def _print_to(self, end: int) -> None:
        begin = len(self._lines)
        if end <= begin:
            return
        end = min(len(self._capture), max(end, begin + _AT_LEAST))
        if self._together:
            for packets, text in self._printer.print_many(self._capture, array("q", range(begin, end))):
                lines = text.decode("utf-8", "backslashreplace").removesuffix("\n").split("\n")
                if packets == 1:
                    self._lines.append("\n".join(lines))
                elif packets == len(lines):
                    self._lines += lines
                else:
                    # Some packet has several lines, and the text does not say which: from here on one by one.
                    self._together = False
                    break
        if not self._together:
            self._printer, self._lines = self._new_printer(), []
            self._lines = [self._printer.print(self._capture[index]).removesuffix("\n") for index in range(end)]
