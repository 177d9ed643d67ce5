"""What comes on the port that IKE and ESP share behind NAT (RFC 3948): a keep-alive, a message, or a packet.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"\\xff")
>>> print_udpencap(line, 0, 1, Datagram(0, 4500, 4500))
>>> line.text()
'isakmp-nat-keep-alive'
"""

from lesson_engine.tcpdump.printers.ipsec import print_esp
from lesson_engine.tcpdump.printers.isakmp import print_isakmp
from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.ports import Datagram

_NOT_ESP = 0
"""No ESP packet has this index: an IKE message follows."""


def print_udpencap(line: Line, at: int, length: int, datagram: Datagram) -> None:
    """A payload of `length` bytes at `at`, in this `datagram`."""
    line.protocol = "isakmp_rfc3948"
    if length == 1 and line.u8(at) == 0xFF:
        line.write("isakmp-nat-keep-alive")
    elif length < 4:
        line.truncated()
    elif line.u32(at) == _NOT_ESP:
        line.write("NONESP-encap: ")
        print_isakmp(line, at + 4, length - 4, datagram)
    else:
        line.write("UDP-encap: ")
        print_esp(line, at, length)
