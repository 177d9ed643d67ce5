"""Virtual interfaces: recordings under the names that -i takes.

Guarantees: names, numbers and the list of -D look as libpcap's do on Linux. Says which packets of a recording the
recording machine sent, as far as the recording tells. It opens nothing itself: a recording is loaded when asked for.
Reference: tcpdump(8), -D -i -Q; for the cooked link types https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html.

>>> known = {"eth0": VirtualInterface(Capture), "lo": VirtualInterface(Capture, "this machine itself")}
>>> print(listing(known), end="")
1.eth0 [Up, Running, Connected]
2.lo (this machine itself) [Up, Running, Loopback]
>>> find(None, known), find("2", known), find("wlan0", known)
('eth0', 'lo', None)
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lesson_engine.packets.capture import Capture, Packet
from lesson_engine.packets.linktype import EN10MB, LINUX_SLL, LINUX_SLL2


class VirtualInterface(NamedTuple):
    """A recording that stands for a network interface. `hardware_address` is that of the recording machine, if it is
    known (6 bytes): it tells sent from received Ethernet frames."""

    load: Callable[[], Capture]
    description: str = ""
    hardware_address: bytes | None = None


Interfaces = Mapping[str, VirtualInterface]
"""Name to interface; the first one is used where none is named."""


# libpcap describes this one itself.
_DESCRIPTIONS = {"any": "Pseudo-device that captures on all interfaces"}


def find(name: str | None, interfaces: Interfaces) -> str | None:
    """The interface that -i `name` means (a name, or a number of -D), None if there is none."""
    names = list(interfaces)
    if name is None:
        return names[0] if names else None
    if name in interfaces:
        return name
    if name.isascii() and name.isdecimal() and 1 <= int(name[:9]) <= len(names):
        return names[int(name) - 1]
    return None


def listing(interfaces: Interfaces) -> str:
    """What -D prints."""
    lines = []
    for number, (name, interface) in enumerate(interfaces.items(), start=1):
        description = interface.description or _DESCRIPTIONS.get(name, "")
        description = f" ({description})" if description else ""
        state = {"any": "Up, Running", "lo": "Up, Running, Loopback"}.get(name, "Up, Running, Connected")
        lines.append(f"{number}.{name}{description} [{state}]\n")
    return "".join(lines)


def names_by_index(interfaces: Interfaces) -> dict[int, str]:
    """The names that interface indexes have on a machine with these interfaces; Linux gives 1 to the loopback."""
    return {1: "lo", **dict(enumerate((name for name in interfaces if name not in ("any", "lo")), start=2))}


def sent_by_recorder(interface: VirtualInterface, capture: Capture) -> Callable[[Packet], bool] | None:
    """Tells of a packet whether the recording machine sent it; None if this recording cannot tell."""
    link_type = capture.link_type
    if link_type in (LINUX_SLL, LINUX_SLL2):
        last = 2 if link_type == LINUX_SLL else 11  # the packet type's last byte; 4 is "sent by us"
        return lambda packet: packet.data[last - 1 : last] == b"\x04"
    address = interface.hardware_address
    if link_type == EN10MB and address is not None:
        return lambda packet: packet.data[6:12] == address
    return None
