"""M3UA (RFC 4666), the user adaptation of SS7's MTP3: the message, and the names of its parameters.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("01000301 00000010 00110008 00000005"))
>>> print_m3ua(line, 0, 16)
>>> line.text()
'\\n\\t\\tASP Up Message\\n\\t\\t\\tASP Identifier: (length 8)'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER, _PARAMETER = 8, 4
_CLASSES = {
    0: ("Management", {0: "Error", 1: "Notify"}),
    1: ("Transfer", {1: "Data"}),
    2: (
        "SS7",
        {
            1: "Destination Unavailable",
            2: "Destination Available",
            3: "Destination State Audit",
            4: "Signalling Congestion",
            5: "Destination User Part Unavailable",
            6: "Destination Restricted",
        },
    ),
    3: (
        "ASP",
        {
            1: "Up",
            2: "Down",
            3: "Heartbeat",
            4: "Up Acknowledgement",
            5: "Down Acknowledgement",
            6: "Heartbeat Acknowledgement",
        },
    ),
    4: ("ASP", {1: "Active", 2: "Inactive", 3: "Active Acknowledgement", 4: "Inactive Acknowledgement"}),
    9: (
        "Routing Key Management",
        {
            1: "Registration Request",
            2: "Registration Response",
            3: "Deregistration Request",
            4: "Deregistration Response",
        },
    ),
}
_ROUTING_CONTEXT, _CORRELATION, _NETWORK_APPEARANCE = 0x0006, 0x0013, 0x0200
_PARAMETERS = {
    0x0004: "INFO String",
    _ROUTING_CONTEXT: "Routing Context",
    0x0007: "Diagnostic Info",
    0x0009: "Heartbeat Data",
    0x000B: "Traffic Mode Type",
    0x000C: "Error Code",
    0x000D: "Status",
    0x0011: "ASP Identifier",
    0x0012: "Affected Point Code",
    _CORRELATION: "Correlation ID",
    _NETWORK_APPEARANCE: "Network Appearance",
    0x0204: "User/Cause",
    0x0205: "Congestion Indications",
    0x0206: "Concerned Destination",
    0x0207: "Routing Key",
    0x0208: "Registration Result",
    0x0209: "Deregistration Result",
    0x020A: "Local Routing Key Identifier",
    0x020B: "Destination Point Code",
    0x020C: "Service Indicators",
    0x020E: "Originating Point Code List",
    0x0210: "Protocol Data",
    0x0212: "Registration Status",
    0x0213: "Deregistration Status",
}
_NUMBERS = frozenset((_ROUTING_CONTEXT, _CORRELATION, _NETWORK_APPEARANCE))


def print_m3ua(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "m3ua"
    write = line.write
    if length < _HEADER:
        line.invalid()
        return
    if line.u8(at) != 1:
        return
    group, kind = line.u8(at + 2), line.u8(at + 3)
    if group in _CLASSES:
        name, kinds = _CLASSES[group]
        write(f"\n\t\t{name} {named(kinds, kind, 'Unknown (0x%02x)')} Message")
    else:
        write(f"\n\t\tUnknown message class {group}")
    claimed = line.u32(at + 4)
    if claimed != length:
        write(f"\n\t\t\t@@@@@@ Corrupted length {claimed} of message @@@@@@")
        return
    stop = at + length
    at += _HEADER
    while at < stop:
        if stop - at < _PARAMETER:
            line.invalid()
            return
        kind, size = line.u16(at), line.u16(at + 2)
        write(f"\n\t\t\t{named(_PARAMETERS, kind, 'Unknown Parameter (0x%04x)')}: ")
        if size < _PARAMETER:
            line.invalid()
            return
        padded = size + -size % 4
        line.need(at, padded)
        if kind not in _NUMBERS:
            write(f"(length {size})")
        elif size < _PARAMETER + 4:
            line.invalid()
        else:
            # tcpdump takes the number from where the parameter starts, not its value.
            write(f"0x{line.u32(at):08x}")
        at += padded
