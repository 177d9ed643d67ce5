"""Spanning tree bridge messages (IEEE 802.1D, and the rapid kind of 802.1w).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("00000080"))
>>> print_stp(line, 0, 4)
>>> line.text()
'STP 802.1d, Topology Change'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

# Fields, in bytes from the message's start
_VERSION = 2
_TYPE = 3
_FLAGS = 4
_ROOT = 5
_ROOT_COST = 13
_BRIDGE = 17
_PORT = 25
_TIMES = 27

_VERSION_NAMES = {0: "802.1d", 2: "802.1w", 3: "802.1s", 4: "802.1aq"}
_CONFIGURATION, _RAPID = 0x00, 0x02
_TYPE_NAMES = {_CONFIGURATION: "Config", _RAPID: "Rapid STP", 0x80: "Topology Change"}
_FLAG_NAMES = {
    0x01: "Topology change",
    0x02: "Proposal",
    0x10: "Learn",
    0x20: "Forward",
    0x40: "Agreement",
    0x80: "Topology change ACK",
}
_ROLES = ("Unknown", "Alternate", "Root", "Designated")


def print_stp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "stp"
    if length < 4:
        line.invalid()
        return
    if line.u16(at):
        line.write(f"unknown STP version, length {length}")
        return
    version = line.u8(at + _VERSION)
    line.write(f"STP {named(_VERSION_NAMES, version, 'Unknown STP protocol (0x%02x)')}")
    if version not in _VERSION_NAMES:
        return
    kind = line.u8(at + _TYPE)
    line.write(f", {named(_TYPE_NAMES, kind, 'Unknown BPDU Type (0x%02x)')}")
    if kind == _CONFIGURATION or (kind == _RAPID and version == 2):
        if length < (35 if kind == _CONFIGURATION else 36):
            line.invalid()
            return
        _print_configuration(line, at, length, kind)


def _print_configuration(line: Line, at: int, length: int, kind: int) -> None:
    flags = line.u8(at + _FLAGS)
    line.write(f", Flags [{bits(_FLAG_NAMES, flags, 'none')}]")
    line.write(f", bridge-id {_bridge(line, at + _BRIDGE)}.{line.u16(at + _PORT):04x}, length {length}")
    if not line.verbose:
        return
    age, longest, hello, delay = (line.u16(at + _TIMES + offset) / 256 for offset in (0, 2, 4, 6))
    line.write(
        f"\n\tmessage-age {age:.2f}s, max-age {longest:.2f}s, hello-time {hello:.2f}s, forwarding-delay {delay:.2f}s"
        f"\n\troot-id {_bridge(line, at + _ROOT)}, root-pathcost {line.u32(at + _ROOT_COST)}"
    )
    if kind == _RAPID:
        line.write(f", port-role {_ROLES[flags >> 2 & 3]}")


def _bridge(line: Line, at: int) -> str:
    identifier = line.bytes(at, 8)
    return f"{identifier[:2].hex()}.{identifier[2:].hex(':')}"
