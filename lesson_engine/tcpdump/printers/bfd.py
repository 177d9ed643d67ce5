"""BFD (RFC 5880): state and flags of a path between two systems, and under -v its clocks and authentication.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("20c00318") + bytes(20))
>>> print_bfd(line, 0, 24, Datagram(0, 49152, 3784))
>>> line.text()
'BFDv1, Control, State Up, Flags: [none], length: 24'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named
from lesson_engine.tcpdump.printers.ports import Datagram

_HEADER = 24
_ECHO = 3785
_PORTS = {3784: "Control", 4784: "Multihop", 6784: "Lag"}
_AUTHENTICATED = 0x04
_FLAGS_0 = {
    0x80: "I Hear You",
    0x40: "Demand",
    0x20: "Poll",
    0x10: "Final",
    0x08: "Control Plane Independent",
    _AUTHENTICATED: "Authentication Present",
    0x02: "Reserved",
    0x01: "Reserved",
}
_FLAGS_1 = {
    0x20: "Poll",
    0x10: "Final",
    0x08: "Control Plane Independent",
    _AUTHENTICATED: "Authentication Present",
    0x02: "Demand",
    0x01: "Multipoint",
}
_STATES = ("AdminDown", "Down", "Init", "Up")
_DIAGNOSTICS = {
    0: "No Diagnostic",
    1: "Control Detection Time Expired",
    2: "Echo Function Failed",
    3: "Neighbor Signaled Session Down",
    4: "Forwarding Plane Reset",
    5: "Path Down",
    6: "Concatenated Path Down",
    7: "Administratively Down",
    8: "Reverse Concatenated Path Down",
}
_PASSWORD = 1
_DIGESTS = {2: (24, "Digest"), 3: (24, "Digest"), 4: (28, "Hash"), 5: (28, "Hash")}
_AUTHENTICATIONS = {
    _PASSWORD: "Simple Password",
    2: "Keyed MD5",
    3: "Meticulous Keyed MD5",
    4: "Keyed SHA1",
    5: "Meticulous Keyed SHA1",
}


def print_bfd(line: Line, at: int, length: int, datagram: Datagram) -> None:
    """A message of `length` bytes at `at`; the destination port of its `datagram` says what kind it is."""
    line.protocol = "bfd"
    write = line.write
    if datagram.destination_port == _ECHO:
        write(f"BFD, Echo, length: {length}")
        if line.verbose:
            line.write_hex(at, length)
        return
    line.need(at, _HEADER)
    version, diagnostic, flags = line.u8(at) >> 5, line.u8(at) & 0x1F, line.u8(at + 1)
    if version > 1:
        write(f"BFDv{version}, Control, length: {length}")
        if line.verbose:
            line.write_hex(at, length)
        return
    if version == 0:
        state = f"Control, Flags: [{bits(_FLAGS_0, flags, 'none')}]"
    else:
        kind = _PORTS[datagram.destination_port]
        state = f"{kind}, State {_STATES[flags >> 6]}, Flags: [{bits(_FLAGS_1, flags & 0x3F, 'none')}]"
    if not line.verbose:
        write(f"BFDv{version}, {state}, length: {length}")
        return
    write(
        f"BFDv{version}, length: {length}\n\t{state},"
        f" Diagnostic: {named(_DIAGNOSTICS, diagnostic, 'unknown')} (0x{diagnostic:02x})"
    )
    multiplier, interval = line.u8(at + 2), line.u32(at + 12)
    write(
        f"\n\tDetection Timer Multiplier: {multiplier} ({(multiplier * interval & 0xFFFFFFFF) // 1000} ms Detection"
        f" time), BFD Length: {line.u8(at + 3)}"
        f"\n\tMy Discriminator: 0x{line.u32(at + 4):08x}, Your Discriminator: 0x{line.u32(at + 8):08x}"
        f"\n\t  Desired min Tx Interval:    {interval // 1000:4} ms"
        f"\n\t  Required min Rx Interval:   {line.u32(at + 16) // 1000:4} ms"
        f"\n\t  Required min Echo Interval: {line.u32(at + 20) // 1000:4} ms"
    )
    if flags & _AUTHENTICATED:
        _print_authentication(line, at + _HEADER)


def _print_authentication(line: Line, at: int) -> None:
    line.need(at, 4)
    kind, size = line.u8(at), line.u8(at + 1)
    line.write(f"\n\tAuthentication: {named(_AUTHENTICATIONS, kind, 'Unknown')} ({kind}), length: {size}")
    line.write(f"\n\t  Auth Key ID: {line.u8(at + 2)}")
    if kind == _PASSWORD:
        if not 4 <= size <= 19:
            line.write(f"[invalid length {size}]")
            return
        line.write(", Password: ")
        if line.printable(at + 3, size - 3):
            line.need(at + 3, size - 3)
    elif kind in _DIGESTS:
        needed, name = _DIGESTS[kind]
        if size != needed:
            line.write(f"[invalid length {size}]")
            return
        line.write(f", Sequence Number: 0x{line.u32(at + 4):08x}")
        line.need(at + 8, needed - 8)
        line.write(f"\n\t  {name}: {line.bytes(at + 8, needed - 8).hex()}")
