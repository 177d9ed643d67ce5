"""DHCP and BOOTP (RFC 2131, RFC 951): who asks, and under -v the fields and the options (RFC 2132), one a line.

Fields that are zero are not printed. The options are read up to the end mark; under -vvv padding and the mark
itself are printed too.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("01010600") + bytes(24) + bytes.fromhex("020000000001") + bytes(202))
>>> print_dhcp(line, 0, 236)
>>> line.text()
'BOOTP/DHCP, Request from 02:00:00:00:00:01, length 236'
"""

from lesson_engine.tcpdump.printers.line import Line, named, visible

# Fields, in bytes from the message's start
_HARDWARE_TYPE, _HARDWARE_LENGTH, _HOPS = 1, 2, 3
_TRANSACTION = 4
_SECONDS, _FLAGS = 8, 10
_ADDRESSES = {12: "Client-IP", 16: "Your-IP", 20: "Server-IP", 24: "Gateway-IP"}
_HARDWARE_ADDRESS = 28
_NAMES = {44: ("sname", 64), 108: ("file", 128)}
_VENDOR = 236

_REQUEST = 1
_OPERATION_NAMES = {_REQUEST: "Request", 2: "Reply"}
_BROADCAST = 0x8000

_OPTIONS_COOKIE = bytes((99, 130, 83, 99))
_CMU_COOKIE = b"CMU\0"
_CMU_ADDRESSES = {12: "DG", 8: "SM", 16: "NS1", 20: "NS2", 24: "IEN1", 28: "IEN2", 32: "TS1", 36: "TS2"}
_CMU_HAS_MASK = 1


def print_dhcp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "bootp"
    operation = line.u8(at)
    line.write(f"BOOTP/DHCP, {named(_OPERATION_NAMES, operation, 'unknown (0x%02x)')}")
    hardware, size = line.u8(at + _HARDWARE_TYPE), line.u8(at + _HARDWARE_LENGTH)
    if (operation, hardware, size) == (_REQUEST, 1, 6):
        line.write(f" from {line.mac(at + _HARDWARE_ADDRESS)}")
    line.write(f", length {length}")
    if line.verbose:
        _print_fields(line, at, hardware, size)
        if _print_names(line, at):
            _print_vendor_area(line, at + _VENDOR)


def _print_fields(line: Line, at: int, hardware: int, size: int) -> None:
    write = line.write
    line.need(at + _SECONDS, 2)
    if hardware != 1:
        write(f", htype {hardware}")
    if (hardware, size) != (1, 6):
        write(f", hlen {size}")
    hops, transaction, seconds = line.u8(at + _HOPS), line.u32(at + _TRANSACTION), line.u16(at + _SECONDS)
    if hops:
        write(f", hops {hops}")
    if transaction:
        write(f", xid 0x{transaction:x}")
    if seconds:
        write(f", secs {seconds}")
    flags = line.u16(at + _FLAGS)
    write(f", Flags [{'Broadcast' if flags & _BROADCAST else 'none'}]")
    if line.verbose > 1:
        write(f" (0x{flags:04x})")
    for offset, name in _ADDRESSES.items():
        if line.u32(at + offset):
            write(f"\n\t  {name} {line.ipv4(at + offset)}")
    if (hardware, size) == (1, 6):
        write(f"\n\t  Client-Ethernet-Address {line.mac(at + _HARDWARE_ADDRESS)}")


def _print_names(line: Line, at: int) -> bool:
    """The names of server and file; False if one was cut."""
    for offset, (name, room) in _NAMES.items():
        if line.u8(at + offset):
            line.write(f'\n\t  {name} "')
            text, end_mark, _ = line.data[at + offset : min(at + offset + room, line.end)].partition(b"\0")
            line.write(visible(text) + '"')
            if not end_mark:
                # A name that fills its field counts as cut, too.
                line.truncated()
                return False
    return True


def _print_vendor_area(line: Line, at: int) -> None:
    if not line.has(at, 4):
        line.truncated()
        return
    cookie = line.bytes(at, 4)
    if cookie == _OPTIONS_COOKIE:
        from lesson_engine.tcpdump.printers.dhcpoptions import print_dhcp_options

        line.write("\n\t  Vendor-rfc1048 Extensions")
        line.write(f"\n\t    Magic Cookie 0x{cookie.hex()}")
        print_dhcp_options(line, at + 4)
    elif cookie == _CMU_COOKIE:
        _print_cmu(line, at)
    elif any(cookie):
        line.write(f"\n\t  Vendor-#0x{int.from_bytes(cookie, 'big'):x}")


def _print_cmu(line: Line, at: int) -> None:
    """The vendor area of Carnegie Mellon's BOOTP, older than options."""
    line.write(" vend-cmu")
    if not line.has(at, 8):
        line.truncated()
        return
    flags = line.u8(at + 4)
    if flags & ~_CMU_HAS_MASK:
        line.write(f" F:0x{flags:x}")
    for offset, name in _CMU_ADDRESSES.items():
        if not line.has(at + offset, 4):
            line.truncated()
            return
        if line.u32(at + offset):
            mark = "*" if name == "SM" and not flags & _CMU_HAS_MASK else ""
            line.write(f" {name}{mark}:{line.ipv4(at + offset)}")
