"""RPKI to router (RFC 6810), which tells routers who may originate a prefix: its name, and under -v its PDUs.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("00000007 0000000c 00000005"))
>>> print_rpki(line, 0, 12)
>>> line.text()
'\\n\\tRPKI-RTRv0, Serial Notify PDU (0), length: 12\\n\\t  Session ID: 0x0007, Serial: 5'
"""

from lesson_engine.tcpdump.printers.line import Line, TruncatedError, named

_HEADER = 8
_ERROR_HEADER = 12
_START = "\n\t  "
"""What comes before a field, but for those of an encapsulated PDU."""
_NOTIFY, _QUERY, _RESPONSE, _PREFIX4, _PREFIX6, _END, _ERROR = 0, 1, 3, 4, 6, 7, 10
_NAMES = {
    _NOTIFY: "Serial Notify",
    _QUERY: "Serial Query",
    2: "Reset Query",
    _RESPONSE: "Cache Response",
    _PREFIX4: "IPV4 Prefix",
    _PREFIX6: "IPV6 Prefix",
    _END: "End of Data",
    8: "Cache Reset",
    _ERROR: "Error Report",
}
_SIZES = {_NOTIFY: 12, _QUERY: 12, 2: 8, _RESPONSE: 8, _PREFIX4: 20, _PREFIX6: 32, _END: 12, 8: 8}
_ERRORS = {
    0: "Corrupt Data",
    1: "Internal Error",
    2: "No Data Available",
    3: "Invalid Request",
    4: "Unsupported Protocol Version",
    5: "Unsupported PDU Type",
    6: "Withdrawal of Unknown Record",
    7: "Duplicate Announcement Received",
}


def print_rpki(line: Line, at: int, length: int) -> None:
    """PDUs in `length` bytes at `at`."""
    line.protocol = "rpki_rtr"
    if not line.verbose:
        line.write(", RPKI-RTR")
        return
    while length > 0:
        size = _print_pdu(line, at, length, _START)
        if size == 0:
            return
        at += size
        length -= size


def _print_pdu(line: Line, at: int, left: int, start: str) -> int:
    """A PDU where `left` bytes are left, with its fields on lines that `start` so; returns its size, or 0 if nothing
    after it can be read."""
    write = line.write
    version = line.u8(at)
    if version != 0:
        write(f"\n\tRPKI-RTRv{version} (unknown)")
        return 0
    if left < _HEADER:
        write(f"({left} bytes is too few to decode)")
        _end(line, at, left)
        return 0
    line.need(at, _HEADER)
    kind, number, size = line.u8(at + 1), line.u16(at + 2), line.u32(at + 4)
    write(f"\n\tRPKI-RTRv0, {named(_NAMES, kind, 'Unknown')} PDU ({kind}), length: {size}")
    if size < _HEADER or size > left or size != _SIZES.get(kind, size) or (kind == _ERROR and size < _ERROR_HEADER):
        _end(line, at, left)
        return 0
    line.need(at, _ERROR_HEADER if kind == _ERROR else size)
    if kind in (_NOTIFY, _QUERY, _END):
        write(f"{start}Session ID: 0x{number:04x}, Serial: {line.u32(at + 8)}")
    elif kind == _RESPONSE:
        write(f"{start}Session ID: 0x{number:04x}")
    elif kind in (_PREFIX4, _PREFIX6):
        address, origin = (line.ipv4(at + 12), at + 16) if kind == _PREFIX4 else (line.ipv6(at + 12), at + 28)
        write(
            f"{start}IPv{kind} Prefix {address}/{line.u8(at + 9)}-{line.u8(at + 10)}"
            f", origin-as {line.u32(origin)}, flags 0x{line.u8(at + 8):02x}"
        )
    elif kind == _ERROR:
        if not _print_error(line, at, number, size, start):
            _end(line, at, left)
            return 0
    elif kind not in _NAMES:
        line.write_hex(at, size, "\n\t  ")
        return size
    if line.verbose > 1:
        line.write_hex(at, size, "\n\t  ")
    return size


def _end(line: Line, at: int, left: int) -> None:
    """Mark what cannot be read on; tcpdump looks whether all of it was captured."""
    line.invalid()
    line.need(at, left)


def _print_error(line: Line, at: int, code: int, size: int, start: str) -> bool:
    """The PDU that was wrong, and a text; False if they do not fit."""
    wrong = line.u32(at + 8)
    line.write(f"{start}Error code: {named(_ERRORS, code, 'Unknown')} ({code}), Encapsulated PDU length: {wrong}")
    # tcpdump counts in 32 bits.
    behind = (_ERROR_HEADER + wrong) % (1 << 32)
    if size < behind:
        return False
    outermost = start == _START
    if wrong and outermost:
        line.write("\n\t    -----encapsulated PDU-----")
        _print_pdu(line, at + _ERROR_HEADER, wrong, "\n\t    ")
    # In an encapsulated one, tcpdump does not count the PDU that it does not print.
    if size < (behind if outermost else _ERROR_HEADER) + 4:
        return False
    text = line.u32(at + behind)
    if size < behind + 4 or size < (behind + 4 + text) % (1 << 32):
        return False
    if text:
        line.write(f"{start}Error text: ")
        if line.printable(at + behind + 4, text):
            raise TruncatedError
    return True
