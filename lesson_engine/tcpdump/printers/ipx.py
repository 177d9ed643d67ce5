"""Novell's IPX, which says the service by the destination's socket.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("ffff 0022 0011 00000001 020000000001 0451 00000002 020000000002 4001 00000000"))
>>> print_ipx(line, 0, 34)
>>> line.text()
'IPX 00000002.02:00:00:00:00:02.4001 > 00000001.02:00:00:00:00:01.0451: ipx-ncp 4'
"""

from lesson_engine.tcpdump.printers.line import Line

_HEADER = 30
_SAP, _RIP, _EIGRP = 0x0452, 0x0453, 0x85BE
_SERVICES = {0x0451: "ncp", 0x0455: "netbios", 0x0456: "diags", 0x0553: "nwlink-dgm"}
_MOST_SERVERS, _MOST_ROUTES = 8, 50
_NAME = 48


def print_ipx(line: Line, at: int, length: int) -> None:
    """A packet at `at`, which says its own length."""
    line.protocol = "ipx"
    write = line.write
    if not line.link_header:
        write("IPX ")
    write(f"{_address(line, at + 18)}.{line.u16(at + 28):04x} > ")
    socket = line.u16(at + 16)
    write(f"{_address(line, at + 6)}.{socket:04x}: ")
    length = line.u16(at + 2)
    if length < _HEADER:
        write(f"[length {length} < {_HEADER}]")
        line.invalid()
        return
    at += _HEADER
    length -= _HEADER
    if socket == _SAP:
        _print_sap(line, at, at + length)
    elif socket == _RIP:
        _print_rip(line, at, at + length)
    elif socket == _EIGRP:
        from lesson_engine.tcpdump.printers.eigrp import print_eigrp

        print_eigrp(line, at, length)
    else:
        write(f"ipx-{_SERVICES.get(socket, f'#{socket:x}')} {length}")


def _address(line: Line, at: int) -> str:
    return f"{line.u32(at):08x}.{line.bytes(at + 4, 6).hex(':')}"


def _print_sap(line: Line, at: int, end: int) -> None:
    """The Service Advertising Protocol."""
    write = line.write
    command = line.u16(at)
    if end - at < 2:
        line.write(f" [length {end - at} < 2]")
        line.invalid()
        return
    at += 2
    if command in (1, 3):
        write("ipx-sap-req" if command == 1 else "ipx-sap-nearest-req")
        write(f" {line.u16(at):04x}")
    elif command in (2, 4):
        write("ipx-sap-resp" if command == 2 else "ipx-sap-nearest-resp")
        for _ in range(_MOST_SERVERS):
            if at == end:
                return
            line.need(at, 2)
            if end - at < 2:
                line.invalid()
                return
            write(f" {line.u16(at):04x} '")
            at += 2
            if end - at < _NAME:
                write("'")
                line.invalid()
                return
            line.padded_text(at, _NAME)
            write("'")
            at += _NAME
            line.need(at, 10)
            if end - at < 10:
                line.invalid()
                return
            write(f" addr {_address(line, at)}")
            at += 10
            line.need(at, 4)
            if end - at < 4:
                line.invalid()
                return
            at += 4
    else:
        write(f"ipx-sap-?{command:x}")


def _print_rip(line: Line, at: int, end: int) -> None:
    """The Routing Information Protocol of IPX."""
    command = line.u16(at)
    if end - at < 2:
        line.write(f" [length {end - at} < 2]")
        line.invalid()
        return
    at += 2
    if command not in (1, 2):
        line.write(f"ipx-rip-?{command:x}")
        return
    line.write("ipx-rip-req" if command == 1 else "ipx-rip-resp")
    for _ in range(1 if command == 1 else _MOST_ROUTES):
        if at == end:
            return
        if end - at < 8:
            line.invalid()
            return
        line.write(f" {line.u32(at):08x}/{line.u16(at + 4)}.{line.u16(at + 6)}")
        at += 8
