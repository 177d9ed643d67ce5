"""The Multi-Point Control Protocol (IEEE 802.3ah), whose pause frames are those of every switch.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0001 ffff 0000"))
>>> print_mpcp(line, 0, 46)
>>> line.text()
'MPCP, Opcode Pause, length 46'
"""

from lesson_engine.tcpdump.printers.line import Line, bits, named

_HEADER = 6
_PAUSE, _GATE, _REPORT, _REQUEST, _REGISTER, _ACKNOWLEDGEMENT = range(1, 7)
_OPERATIONS = {
    _PAUSE: "Pause",
    _GATE: "Gate",
    _REPORT: "Report",
    _REQUEST: "Register Request",
    _REGISTER: "Register",
    _ACKNOWLEDGEMENT: "Register ACK",
}
_GATE_FLAGS = {
    0x08: "Discovery",
    0x10: "Force Grant #1",
    0x20: "Force Grant #2",
    0x40: "Force Grant #3",
    0x80: "Force Grant #4",
}
_REQUEST_FLAGS = {1: "Register", 3: "De-Register"}
_REGISTER_FLAGS = {1: "Re-Register", 2: "De-Register", 3: "ACK", 4: "NACK"}
_QUEUES = {1 << number: f"Q{number}" for number in range(8)}


def print_mpcp(line: Line, at: int, length: int) -> None:
    """A message at `at`, in a frame with `length` bytes for it."""
    line.protocol = "mpcp"
    write = line.write
    operation = line.u16(at)
    time = line.u32(at + 2)
    write(f"MPCP, Opcode {named(_OPERATIONS, operation, 'Unknown (%u)')}")
    if operation != _PAUSE:
        write(f", Timestamp {time} ticks")
    write(f", length {length}")
    if not line.verbose:
        return
    if operation not in _OPERATIONS:
        line.write_hex(at, length)
        return
    at += _HEADER
    if operation == _GATE:
        _print_grants(line, at)
    elif operation == _REPORT:
        _print_reports(line, at)
    elif operation == _REQUEST:
        flags = bits(_REQUEST_FLAGS, line.u8(at), "Reserved")
        write(f"\n\tFlags [ {flags} ], Pending-Grants {line.u8(at + 1)}")
    elif operation == _REGISTER:
        flags = bits(_REGISTER_FLAGS, line.u8(at + 2), "Reserved")
        write(
            f"\n\tAssigned-Port {line.u16(at)}, Flags [ {flags} ]"
            f"\n\tSync-Time {line.u16(at + 3)} ticks, Echoed-Pending-Grants {line.u8(at + 5)}"
        )
    elif operation == _ACKNOWLEDGEMENT:
        flags = "ACK" if line.u8(at) & 1 else "Reserved"
        write(
            f"\n\tEchoed-Assigned-Port {line.u16(at + 1)}, Flags [ {flags} ]"
            f"\n\tEchoed-Sync-Time {line.u16(at + 3)} ticks"
        )


def _print_grants(line: Line, at: int) -> None:
    byte = line.u8(at)
    count = byte & 7
    line.write(f"\n\tGrant Numbers {count}, Flags [ {bits(_GATE_FLAGS, byte & ~7, '?')} ]")
    at += 1
    for number in range(1, count + 1):
        line.write(f"\n\tGrant #{number}, Start-Time {line.u32(at)} ticks, duration {line.u16(at + 4)} ticks")
        at += 6
    line.write(f"\n\tSync-Time {line.u16(at)} ticks")


def _print_reports(line: Line, at: int) -> None:
    sets = line.u8(at)
    at += 1
    line.write(f"\n\tTotal Queue-Sets {sets}")
    for _ in range(1, sets):
        reported = line.u8(at)
        at += 1
        line.write(f"\n\t  Queue-Set #{sets}, Report-Bitmap [ {bits(_QUEUES, reported, 'Unknown')} ]")
        for number in range(8):
            if reported >> number & 1:
                line.write(f"\n\t    Q{number + 1} Report, Duration {line.u16(at)} ticks")
                at += 2
