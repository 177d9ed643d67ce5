"""EGP (RFC 904), which routers of different networks spoke before BGP.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0203 0001 ffff 0007 0009 001e 0000 0078"))
>>> print_egp(line, 0, 16)
>>> line.text()
'EGPv2, AS 7, seq 9, length 16'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 16
_VERSION = 2
_UPDATE, _POLL, _ACQUIRE, _REACH, _ERROR = 1, 2, 3, 5, 8
_REQUEST, _CONFIRM = 0, 1
_ACQUISITIONS = {_REQUEST: "request", _CONFIRM: "confirm", 2: "refuse", 3: "cease", 4: "cease_ack"}
_MODES = {0: "unspecified", 1: "active_mode", 2: "passive_mode"}
_REFUSALS = {
    0: "unspecified",
    3: "insufficient_resources",
    4: "administratively_prohibited",
    5: "going_down",
    6: "parameter_violation",
    7: "protocol_violation",
}
_REACHES = {0: "hello", 1: "i-h-u"}
_STATES = {0: "indeterminate", 1: "up", 2: "down"}
_UNSOLICITED = 0x80
_REASONS = {
    0: "unspecified",
    1: "bad_EGP_header_format",
    2: "bad_EGP_data_field_format",
    3: "reachability_info_unavailable",
    4: "excessive_polling_rate",
    5: "no_response",
    6: "unsupported_version",
}


def print_egp(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "egp"
    write = line.write
    if length < _HEADER or not line.has(at, _HEADER):
        line.truncated()
        return
    version = line.u8(at)
    if not line.verbose:
        write(f"EGPv{version}, AS {line.u16(at + 6)}, seq {line.u16(at + 8)}, length {length}")
        return
    write(f"EGPv{version}, length {length}")
    if version != _VERSION:
        write(f"[version {version}]")
        return
    kind, code, status = line.u8(at + 1), line.u8(at + 2), line.u8(at + 3)
    if kind == _ACQUIRE:
        write(" acquire")
        if code not in _ACQUISITIONS:
            write(f"[code {code}]")
            return
        write(f" {_ACQUISITIONS[code]}")
        if code in (_REQUEST, _CONFIRM):
            write(f" {named(_MODES, status, '[status %u]')} hello:{line.u16(at + 10)} poll:{line.u16(at + 12)}")
        else:
            write(f" {_REFUSALS[status]}" if status in _REFUSALS else f"[status {status}]")
    elif kind == _REACH:
        if code not in _REACHES:
            write(f"[reach code {code}]")
            return
        write(f" {_REACHES[code]}{_state(status)}")
    elif kind == _POLL:
        write(f" poll{_state(status)} net:{line.ipv4(at + 12)}")
    elif kind == _UPDATE:
        write(f" update{' unsolicited' if status & _UNSOLICITED else ''}{_state(status & ~_UNSOLICITED)}")
        write(f" {line.ipv4(at + 12)} int {line.u8(at + 10)} ext {line.u8(at + 11)}")
        _print_gateways(line, at, at + length)
    elif kind == _ERROR:
        write(f" error{_state(status)} {named(_REASONS, line.u16(at + 10), '[reason %u]')}")
    else:
        write(f"[type {kind}]")


def _state(status: int) -> str:
    return f" state:{_STATES[status]}" if status in _STATES else f" [status {status}]"


def _print_gateways(line: Line, at: int, end: int) -> None:
    """The gateways of an update, and how far which networks are behind each.

    tcpdump reads these addresses as little-endian numbers: their bytes come out backwards, and the class of the
    source network is that of its last byte."""
    write = line.write
    network = line.bytes(at + 12, 4)[::-1]
    shared = _network_size(network[0])
    inner, outer = line.u8(at + 10), line.u8(at + 11)
    at += _HEADER
    for number in range(inner + outer):
        size = 4 - shared
        if end - at < size or not line.has(at, size):
            line.truncated()
            return
        # A network that is of no class leaves out all of the address but tells none of it either.
        host = line.bytes(at, size) if shared else bytes(4)
        at += size if shared else 0
        end -= 0 if shared else size
        if end - at < 1:
            line.truncated()
            return
        distances = line.u8(at)
        at += 1
        write(f" {'int' if number < inner else 'ext'} {line.names.ipv4((network[:shared] + host)[::-1])} ")
        write("(")
        for distance in range(distances):
            if end - at < 2:
                line.truncated()
                return
            write(f"{', ' if distance else ''}d{line.u8(at)}:")
            networks = line.u8(at + 1)
            at += 2
            for _ in range(networks):
                if end - at < 1:
                    line.truncated()
                    return
                size = _network_size(line.u8(at)) or 3
                if end - at < size:
                    line.u8(at)
                    line.truncated()
                    return
                write(f" {line.names.ipv4(line.bytes(at, size).ljust(4, bytes(1))[::-1])}")
                at += size
        write(")")


def _network_size(first: int) -> int:
    """How many bytes of an address were its network, when addresses had classes."""
    return 1 if first < 128 else 2 if first < 192 else 3 if first < 224 else 0
