"""What questions show: packets of the bundled captures with the lines that tcpdump prints for them.

A scene is a whole capture, so that its sequence numbers are relative as they are on a terminal. Where several lines
stand below each other they are those of `brief`: the same frames without TCP options, as hosts send them that use
none, because a line with options takes three rows of a terminal. RFC 9293 (TCP), RFC 1071 (checksums).

>>> recorded("handshake").lines[1][-57:]
'TS val 3623495344 ecr 2865710810,nop,wscale 10], length 0'
>>> print(brief("handshake").lines[1][16:])
IP 93.184.216.34.80 > 192.168.1.50.47398: Flags [S.], seq 3816986785, ack 1009101798, win 65160, length 0
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from lesson_engine.course.captures import open_capture
from lesson_engine.packets import Capture, Packet
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS
from lesson_engine.tcpdump.interfaces import names_by_index
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.tcpdump.printers.checksum import internet_checksum
from lesson_engine.tcpdump.recorded import recorded_network

HOSTS = ("192.168.1.50", "192.168.1.51", "192.168.1.100", "93.184.216.34", "192.168.1.1")
"""The hosts of the recorded network: two clients, the database, the web server, the router that answers DNS."""
SERVICES = {22: "SSH", 53: "DNS", 80: "HTTP", 443: "HTTPS", 3306: "MySQL"}


class Scene(NamedTuple):
    """Packets, and the line of `tcpdump -nn` for each."""

    packets: tuple[Packet, ...]
    lines: tuple[str, ...]

    def only(self, indexes: Iterable[int]) -> "Scene":
        """Some of the packets, in this order, with the lines they have here."""
        chosen = tuple(indexes)
        return Scene(tuple(self.packets[each] for each in chosen), tuple(self.lines[each] for each in chosen))

    def numbered(self, numbers: Iterable[int]) -> "Scene":
        """The packets of these numbers."""
        return self.only(number - 1 for number in numbers)


@cache
def recorded(name: str) -> Scene:
    """The bundled capture of that name. Raises as `open_capture`."""
    return _printed(tuple(open_capture(name)), time_style=0)


@cache
def brief(name: str, *, times: bool = True) -> Scene:
    """The bundled capture of that name without TCP options; with `times` False, as -t prints it."""
    return _printed(tuple(map(_without_options, open_capture(name))), time_style=0 if times else 1)


def as_capture(scene: Scene) -> Capture:
    """The scene's packets, numbered from 1."""
    frames = [packet.data for packet in scene.packets]
    return Capture.from_frames(
        frames, scene.packets[0].link_type, times_ns=[packet.time_ns for packet in scene.packets]
    )


def _printed(packets: tuple[Packet, ...], *, time_style: int) -> Scene:
    options = PrintOptions(numeric=2, time_style=time_style)
    printer = Printer(options, packets[0].link_type, interface_names=names_by_index(recorded_network()))
    return Scene(packets, tuple(printer.print(packet).rstrip("\n") for packet in packets))


_IP, _TCP = ETHER_TYPES["ip"].to_bytes(2), IP_PROTOCOLS["tcp"]
_NETWORK = 14
"""Where IP starts in an Ethernet frame without tags; no other frames are bundled."""


def _without_options(packet: Packet) -> Packet:
    """The packet as it is if it is no whole TCP segment over IPv4."""
    data = packet.data
    if data[12:_NETWORK] != _IP or data[_NETWORK + 9] != _TCP or packet.original_length != len(data):
        return packet
    transport = _NETWORK + (data[_NETWORK] & 0x0F) * 4
    options = (data[transport + 12] >> 4) * 4 - 20
    network = bytearray(data[_NETWORK:transport])
    network[2:4] = (int.from_bytes(network[2:4]) - options).to_bytes(2)
    network[10:12] = bytes(2)
    network[10:12] = internet_checksum(bytes(network)).to_bytes(2)
    end = _NETWORK + int.from_bytes(data[_NETWORK + 2 : _NETWORK + 4])
    segment = bytearray(data[transport : transport + 20]) + data[transport + 20 + options : end]
    segment[12] = 5 << 4
    segment[16:18] = bytes(2)
    pseudo_header = network[12:20] + bytes((0, _TCP)) + len(segment).to_bytes(2)
    segment[16:18] = internet_checksum(bytes(pseudo_header + segment)).to_bytes(2)
    frame = data[:_NETWORK] + network + segment
    return packet._replace(data=frame, original_length=len(frame))
