"""CDP, Cisco's discovery of neighbours: who sends it, in one line and a dump of all else.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("02b40000 00010007") + b"sw1")
>>> print_cdp(line, 0, 11)
>>> line.text()
"CDPv2, ttl: 180s, Device-ID 'sw1', length 11"
"""

from lesson_engine.tcpdump.printers.line import Line, TruncatedError, named

_HEADER = 4
_DEVICE = 1
_NAMES = {
    _DEVICE: "Device-ID",
    0x02: "Address",
    0x03: "Port-ID",
    0x04: "Capability",
    0x05: "Version String",
    0x06: "Platform",
    0x07: "Prefixes",
    0x08: "Protocol-Hello option",
    0x09: "VTP Management Domain",
    0x0A: "Native VLAN ID",
    0x0B: "Duplex",
    0x0E: "ATA-186 VoIP VLAN assignment",
    0x0F: "ATA-186 VoIP VLAN request",
    0x10: "power consumption",
    0x11: "MTU",
    0x12: "AVVID trust bitmap",
    0x13: "AVVID untrusted ports CoS",
    0x14: "System Name",
    0x15: "System Object ID (not decoded)",
    0x16: "Management Addresses",
    0x17: "Physical Location",
}
_VALUE_SIZES = {
    0x04: (4, 4),
    0x0A: (2, 2),
    0x0B: (1, 1),
    0x0E: (3, 3),
    0x0F: (2, 3),
    0x10: (1, 3),
    0x11: (4, 4),
    0x12: (1, 1),
    0x13: (1, 1),
    0x16: (4, 0xFFFF),
    0x17: (1, 0xFFFF),
}
"""The least and the most bytes of values that have a certain size."""


def print_cdp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "cdp"
    total = length
    if length < _HEADER:
        line.write(f" (packet length {length} < {_HEADER})")
        _stop(line, at, length)
        return
    line.write(f"CDPv{line.u8(at)}, ttl: {line.u8(at + 1)}s")
    line.need(at, _HEADER)
    at += _HEADER
    length -= _HEADER
    while length:
        if length < _HEADER:
            line.write(f" (remaining packet length {length} < {_HEADER})")
            _stop(line, at, length)
            return
        kind, size = line.u16(at), line.u16(at + 2)
        if size < _HEADER:
            line.write(f", {named(_NAMES, kind, 'unknown field type')} TLV length {size} too short")
            _stop(line, at, length)
            return
        if size > length:
            line.write(f" (TLV length {size} > {length})")
            _stop(line, at, length)
            return
        if kind == _DEVICE:
            line.write(", Device-ID '")
            if line.printable(at + _HEADER, size - _HEADER):
                raise TruncatedError
            line.write("'")
        else:
            line.need(at, size)
            least, most = _VALUE_SIZES.get(kind, (0, size))
            if not least <= size - _HEADER <= most:
                line.write(" (malformed TLV)")
            line.write_hex(at + _HEADER, size - _HEADER, "\n\t  ")
        at += size
        length -= size
    line.write(f", length {total}")


def _stop(line: Line, at: int, length: int) -> None:
    """Mark what cannot be; the rest of the message is not printed, but missed where it was not captured."""
    line.invalid()
    line.need(at, length)
