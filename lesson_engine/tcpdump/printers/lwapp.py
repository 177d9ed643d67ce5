"""LWAPP (RFC 5412), by which controllers run access points: the kind of frame, in one line.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("040000000000"))
>>> print_lwapp(line, 0, 6, Datagram(0, 40000, 12222))
>>> line.text()
'LWAPPv0, Control frame, Flags [Control Bit], length 6'
"""

from lesson_engine.tcpdump.printers.line import Line, bits
from lesson_engine.tcpdump.printers.ports import Datagram

_HEADER = 6
_CONTROL_PORT = 12223
_CONTROL = 0x04
_FLAGS = {0x01: "Last Fragment Bit", 0x02: "Fragment Bit", _CONTROL: "Control Bit"}


def print_lwapp(line: Line, at: int, length: int, datagram: Datagram) -> None:
    """A frame of `length` bytes at `at`; to the control port, the access point's address precedes it."""
    identified = datagram.destination_port == _CONTROL_PORT
    control = identified or datagram.source_port == _CONTROL_PORT
    line.protocol = "lwapp_control" if control else "lwapp_data"
    start = at + (6 if identified else 0)
    if not line.has(start, _HEADER):
        line.truncated()
        return
    first = line.u8(start)
    version = first >> 6
    if version:
        line.write(f"LWAPP version {version} packet not supported")
        return
    line.write(
        f"LWAPPv{version}, {'Control' if first & _CONTROL else 'Data'} frame,"
        f" Flags [{bits(_FLAGS, first & 7, 'none')}], length {length}"
    )
