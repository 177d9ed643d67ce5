"""VQP, by which Cisco's switches ask in which VLAN a port belongs.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("01 01 00 00 00000007"))
>>> print_vqp(line, 0, 8)
>>> line.text()
'VQPv1 Request, Join Port Message, error-code No error (0), length 8'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER, _OBJECT = 8, 6
_MESSAGES = {1: "Request, Join Port", 2: "Response, VLAN", 3: "Request, Reconfirm", 4: "Response, Reconfirm"}
_ERRORS = {0: "No error", 3: "Access denied", 4: "Shutdown port", 5: "Wrong VTP domain"}
_ADDRESS, _MAC_NULL, _MAC = 0x0C01, 0x0C06, 0x0C08
_OBJECTS = {
    _ADDRESS: "Client IP Address",
    0x0C02: "Port Name",
    0x0C03: "VLAN Name",
    0x0C04: "VTP Domain",
    0x0C05: "Ethernet Packet",
    _MAC_NULL: "MAC Null",
    _MAC: "MAC Address",
}


def print_vqp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "vqp"
    write = line.write
    line.need(at, _HEADER)
    if length < _HEADER:
        line.invalid()
        return
    version = line.u8(at)
    if version != 1:
        write(f"VQP version {version} packet not supported")
        return
    message, error, count = named(_MESSAGES, line.u8(at + 1), "unknown (%u)"), line.u8(at + 2), line.u8(at + 3)
    outcome = f"error-code {named(_ERRORS, error, 'unknown')} ({error})"
    if not line.verbose:
        write(f"VQPv{version} {message} Message, {outcome}, length {length}")
        return
    write(
        f"\n\tVQPv{version}, {message} Message, {outcome}, seq 0x{line.u32(at + 4):08x}, items {count}, length {length}"
    )
    at += _HEADER
    left = length - _HEADER
    while count and left:
        line.need(at, _OBJECT)
        if left < _OBJECT:
            line.invalid()
            return
        kind, size = line.u32(at), line.u16(at + 4)
        at += _OBJECT
        left -= _OBJECT
        write(f"\n\t  {named(_OBJECTS, kind, 'Unknown')} Object (0x{kind:08x}), length {size}, value: ")
        if kind == 0 or size == 0:
            return
        line.need(at, size)
        if size > left or not _print_object(line, kind, at, size):
            line.invalid()
            return
        at += size
        left -= size
        count -= 1


def _print_object(line: Line, kind: int, at: int, size: int) -> bool:
    """False if the object's size is wrong."""
    if kind == _ADDRESS:
        if size != 4:
            return False
        line.write(f"{line.ipv4(at)} (0x{line.u32(at):08x})")
    elif kind in (_MAC, _MAC_NULL):
        if size != 6:
            return False
        line.write(line.mac(at))
    elif kind in _OBJECTS:
        line.padded_text(at, size)
    elif line.verbose == 1:
        line.write_hex(at, size, "\n\t    ")
    return True
