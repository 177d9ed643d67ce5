"""TCP (RFC 9293): ports, flags, sequence numbers relative to the conversation's first, options, payload.

The first segment of a conversation that carries an acknowledgment gives its first sequence numbers; later
ones are printed relative to them, modulo 2**32, unless -S. Options are RFC 7323 (window scale, timestamps),
2018 (SACK), 2385 (MD5), 5482, 5925, 6994, 7413 and 8684.

>>> FLAGS[0x12], FLAGS[0x10], FLAGS[0], FLAGS[0xc2]
('Flags [S.]', 'Flags [.]', 'Flags [none]', 'Flags [SEW]')
"""

from struct import Struct
from typing import NamedTuple

from lesson_engine.tcpdump.printers.checksum import internet_checksum, should_be
from lesson_engine.tcpdump.printers.ip import pseudo_header
from lesson_engine.tcpdump.printers.line import Line, TruncatedError, named, visible
from lesson_engine.tcpdump.printers.ports import service_printer

_HEADER = Struct(">HHIIBBHHH")
"""Source and destination port, sequence and acknowledgment number, offset, flags, window, checksum, urgent."""

_ALIGNED_TIMESTAMP = bytes((1, 1, 8, 10))
"""Two no-operations, and the head of a timestamp option."""
_TWO_WORDS = Struct(">II")

_PROTOCOL = 6
_WRAP = 0xFFFFFFFF
FIN, SYN, RST, PSH, ACK, URG = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20

_FLAG_LETTERS = ((FIN, "F"), (SYN, "S"), (RST, "R"), (PSH, "P"), (ACK, "."), (URG, "U"), (0x40, "E"), (0x80, "W"))
FLAGS = tuple(
    f"Flags [{''.join(letter for mask, letter in _FLAG_LETTERS if flags & mask) or 'none'}]" for flags in range(256)
)

_MOST_RESET_TEXT = 30

_END, _NO_OPERATION, _MSS, _WINDOW_SCALE, _SACK_PERMITTED, _SACK, _TIMESTAMP = 0, 1, 2, 3, 4, 5, 8
_SIGNATURE, _SCPS, _USER_TIMEOUT, _AUTHENTICATION, _MULTIPATH, _FAST_OPEN, _EXPERIMENT_2 = 19, 20, 28, 29, 30, 34, 254
_OPTION_NAMES = {
    _END: "eol",
    _NO_OPERATION: "nop",
    _MSS: "mss",
    _WINDOW_SCALE: "wscale",
    _SACK_PERMITTED: "sackOK",
    _SACK: "sack",
    6: "echo",
    7: "echoreply",
    _TIMESTAMP: "TS",
    11: "cc",
    12: "ccnew",
    13: "",
    _SIGNATURE: "md5",
    _SCPS: "scps",
    _USER_TIMEOUT: "uto",
    _AUTHENTICATION: "tcp-ao",
    _MULTIPATH: "mptcp",
    _FAST_OPEN: "tfo",
    _EXPERIMENT_2: "exp",
}
_WITH_NUMBER = {_MSS: 2, _WINDOW_SCALE: 1, 6: 4, 7: 4, 11: 4, 12: 4, 13: 4}
"""Options whose data is one number, and its size in bytes."""


class Segment(NamedTuple):
    """What options depend on beside their own bytes."""

    flags: int
    acknowledged_from: int
    """The sequence number that the other side's are printed relative to."""
    whole: bool
    """Whether all of the segment was captured."""


class _BadOptionError(Exception):
    """An option's data does not fit in the options."""


class _CutOptionError(Exception):
    """An option's data was not captured whole."""


def print_tcp(line: Line, at: int, length: int, header: int, fragmented: bool) -> None:
    """A segment of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "tcp"
    write = line.write
    data = line.data
    version6 = data[header] >> 4 == 6
    if at + 4 > line.end:
        write(_addresses(line, header, version6) + ":")
        line.truncated()
        return
    source_port, destination_port = data[at] << 8 | data[at + 1], data[at + 2] << 8 | data[at + 3]
    names = line.names
    if version6:
        # An extension header between IPv6 and TCP hides the addresses, in tcpdump's eyes.
        if data[header + 6] == _PROTOCOL:
            write(
                f"{line.ipv6(header + 8)}.{names.tcp_port(source_port)} > "
                f"{line.ipv6(header + 24)}.{names.tcp_port(destination_port)}: "
            )
        else:
            write(f"{names.tcp_port(source_port)} > {names.tcp_port(destination_port)}: ")
    elif data[header + 9] == _PROTOCOL:
        write(
            f"{names.ipv4(data[header + 12 : header + 16])}.{names.tcp_port(source_port)} > "
            f"{names.ipv4(data[header + 16 : header + 20])}.{names.tcp_port(destination_port)}: "
        )
    else:
        write(f"{names.tcp_port(source_port)} > {names.tcp_port(destination_port)}: ")
    if at + 20 > line.end:
        line.truncated()
        return
    _, _, sequence, acknowledgment, offset, flags, window, checksum, urgent = _HEADER.unpack_from(data, at)
    header_length = offset >> 4 << 2
    if header_length < 20:
        write(f" tcp {(length - header_length) & _WRAP} [bad hdr length {header_length} - too short, < 20]")
        return
    if line.quiet:
        write(f"tcp {(length - header_length) & _WRAP}")
        if header_length > length:
            write(f" [bad hdr length {header_length} - too long, > {length}]")
        return
    write(FLAGS[flags])
    base = (0, 0)
    reverse = False
    if flags & ACK and not line.absolute_sequence:
        source, destination = _address_bytes(line, header, version6)
        reverse = source_port > destination_port or (source_port == destination_port and source > destination)
        # One entry serves both directions: its key has the lower port first.
        key = (
            destination + source + data[at + 2 : at + 4] + data[at : at + 2]
            if reverse
            else source + destination + data[at : at + 4]
        )
        known = line.conversations.get(key)
        if known is None or flags & SYN:
            opposite = (acknowledgment - 1) & _WRAP
            base = (opposite, sequence) if reverse else (sequence, opposite)
            line.conversations[key] = base
        else:
            base = known
            mine, theirs = (base[1], base[0]) if reverse else base
            sequence = (sequence - mine) & _WRAP
            acknowledgment = (acknowledgment - theirs) & _WRAP
    if header_length > length:
        write(f" [bad hdr length {header_length} - too long, > {length}]")
        return
    if line.check_sums and not fragmented and line.has(at, length):
        covered = pseudo_header(line, header, _PROTOCOL, length) + data[at : at + length]
        difference = internet_checksum(covered)
        verdict = f"incorrect -> 0x{should_be(checksum, difference):04x}" if difference else "correct"
        write(f", cksum 0x{checksum:04x} ({verdict})")
    length -= header_length
    if length > 0:
        write(f", seq {sequence}:{(sequence + length) & _WRAP}")
    elif flags & (SYN | FIN | RST) or line.verbose > 1:
        write(f", seq {sequence}")
    if flags & ACK:
        write(f", ack {acknowledgment}")
    write(f", win {window}")
    if flags & URG:
        write(f", urg {urgent}")
    if header_length == 32 and data[at + 20 : at + 24] == _ALIGNED_TIMESTAMP and at + 32 <= line.end:
        # Nearly every segment of an established connection has just these options.
        value, echo = _TWO_WORDS.unpack_from(data, at + 24)
        write(f", options [nop,nop,TS val {value} ecr {echo}]")
    elif header_length > 20:
        # A selective acknowledgment names the other side's bytes.
        acknowledged_from = base[0] if reverse else base[1]
        segment = Segment(flags, acknowledged_from, line.has(at, header_length + length))
        if not print_options(line, at + 20, header_length - 20, segment):
            return
    write(f", length {length}")
    if length > 0:
        if not line.has(at, header_length):
            write(f" [remaining caplen({line.end - at}) < header length({header_length})]")
            raise TruncatedError
        print_payload(line, at + header_length, length, source_port, destination_port, flags)


def _addresses(line: Line, header: int, version6: bool) -> str:
    if version6:
        return f"{line.ipv6(header + 8)} > {line.ipv6(header + 24)}"
    return f"{line.ipv4(header + 12)} > {line.ipv4(header + 16)}"


def _address_bytes(line: Line, header: int, version6: bool) -> tuple[bytes, bytes]:
    data = line.data
    if version6:
        return data[header + 8 : header + 24], data[header + 24 : header + 40]
    return data[header + 12 : header + 16], data[header + 16 : header + 20]


# Options


def print_options(line: Line, at: int, length: int, segment: Segment) -> bool:
    """The options in brackets; False if printing must stop there, because they are bad or cut."""
    line.write(", options [")
    first = True
    try:
        while length > 0:
            if not first:
                line.write(",")
            kind = line.u8(at)
            size = 1
            if kind not in (_END, _NO_OPERATION):
                size = line.u8(at + 1)
                if size < 2 or size > length:
                    raise _BadOptionError
            line.write(named(_OPTION_NAMES, kind, "unknown-%u"))
            head = 1 if size == 1 else 2
            used = _print_option(line, kind, at + head, size - head, length - head, segment)
            if head + used != size:
                line.write(f"[len {size}]")
            at += head + used
            length -= head + used
            first = False
            if kind == _END:
                break
    except _BadOptionError:
        line.write("[bad opt]" if first else "[bad opt]]")
        return False
    except _CutOptionError:
        line.truncated()
        if not first:
            line.write(">")
        return False
    line.write("]")
    return True


def _print_option(line: Line, kind: int, at: int, size: int, available: int, segment: Segment) -> int:
    """One option's data of `size` bytes by its own account; returns the bytes that its kind has."""
    if kind in (_END, _NO_OPERATION, _SACK_PERMITTED):
        return 0
    if kind in _WITH_NUMBER:
        size = _WITH_NUMBER[kind]
        line.write(f" {int.from_bytes(_option_bytes(line, at, size, available), 'big')}")
    elif kind == _TIMESTAMP:
        size = 8
        _option_bytes(line, at, size, available)
        line.write(f" val {line.u32(at)} ecr {line.u32(at + 4)}")
    elif kind == _SACK:
        if size % 8:
            line.write(" invalid sack")
            return size
        line.write(f" {size // 8} ")
        for offset in range(0, size, 8):
            left = (
                int.from_bytes(_option_bytes(line, at + offset, 4, available), "big") - segment.acknowledged_from
            ) & _WRAP
            right = int.from_bytes(_option_bytes(line, at + offset + 4, 4, available), "big")
            line.write(f"{{{left}:{(right - segment.acknowledged_from) & _WRAP}}}")
    elif kind == _SIGNATURE:
        size = 16
        signature = _option_bytes(line, at, size, available).hex()
        reason = "shared secret not supplied with -M" if segment.whole else "snaplen too short"
        line.write(f" {reason}, can't check - {signature}")
    elif kind == _SCPS:
        size = 2
        capabilities, identifier = _option_bytes(line, at, size, available)
        line.write(f" cap {capabilities:02x} id {identifier}")
    elif kind == _USER_TIMEOUT:
        size = 2
        timeout = int.from_bytes(_option_bytes(line, at, size, available), "big")
        seconds = (timeout >> 1) * 60 if timeout & 1 else timeout >> 1
        line.write(f" 0x{timeout:x} {seconds}")
    elif kind == _AUTHENTICATION:
        if size < 2:
            line.invalid()
            return size
        line.write(f" keyid {_option_bytes(line, at, 1, available)[0]}")
        line.write(f" rnextkeyid {_option_bytes(line, at, 2, available)[1]}")
        if size > 2:
            line.write(" mac 0x")
            for offset in range(2, size):
                line.write(f"{_option_bytes(line, at + offset, 1, available)[0]:02x}")
    elif kind == _MULTIPATH:
        from lesson_engine.tcpdump.printers.mptcp import print_mptcp

        _option_bytes(line, at, size, available)
        if not print_mptcp(line, at - 2, size + 2, segment.flags):
            raise _BadOptionError
    elif kind == _FAST_OPEN:
        _option_bytes(line, at, size, available)
        line.write(" ")
        _print_fast_open(line, at, size)
    elif kind == _EXPERIMENT_2:
        _option_bytes(line, at, size, available)
        if size < 2:
            raise _BadOptionError
        magic = line.u16(at)
        line.write("-")
        if magic == 0xF989:
            line.write("tfo")
            _print_fast_open(line, at + 2, size - 2)
        else:
            line.write(f"{magic:04x}")
    else:
        if size:
            line.write(" 0x")
        for offset in range(size):
            line.write(f"{_option_bytes(line, at + offset, 1, available)[0]:02x}")
    return size


def _option_bytes(line: Line, at: int, size: int, available: int) -> bytes:
    if size > available:
        raise _BadOptionError
    if not line.has(at, size):
        raise _CutOptionError
    return line.data[at : at + size]


def _print_fast_open(line: Line, at: int, size: int) -> None:
    """The cookie of TCP Fast Open (RFC 7413)."""
    if size == 0:
        line.write(" cookiereq")
    elif size % 2 or not 4 <= size <= 16:
        line.invalid()
    else:
        line.write(f" cookie {line.bytes(at, size).hex()}")


# Payload


def print_payload(line: Line, at: int, length: int, source_port: int, destination_port: int, flags: int) -> None:
    """What tcpdump says of the bytes, by port; most ports say nothing."""
    if flags & RST and line.verbose:
        _print_reset_text(line, at, length)
        return
    # Either port may be the service's; tcpdump asks for services in the order of this table.
    service = SERVICES[min(RANKS.get(source_port, _NO_SERVICE), RANKS.get(destination_port, _NO_SERVICE))]
    if service is None:
        return
    if service in _TEXT_PROTOCOLS:
        from lesson_engine.tcpdump.printers.text import print_text

        line.write(": ")
        print_text(line, service, at, length)
    elif service == "domain":
        from lesson_engine.tcpdump.printers.dns import print_dns

        print_dns(line, at, length, over_tcp=True)
    elif service == "ssh":
        from lesson_engine.tcpdump.printers.text import print_ssh

        print_ssh(line, at, length)
    else:
        service_printer(service)(line, at, length)


_TEXT_PROTOCOLS = frozenset(("smtp", "whois", "ftp", "http", "rtsp"))
_PORTS = {
    "telnet": (23,),
    "smtp": (25,),
    "whois": (43,),
    "bgp": (179,),
    "pptpcontrol": (1723,),
    "resp": (6379,),
    "ssh": (22,),
    "beep": (10288,),
    "openflow": (6633, 6653),
    "ftp": (21,),
    "http": (80, 8080),
    "rtsp": (554, 8554),
    "domain": (53,),
    "msdp": (639,),
    "rpki": (323,),
    "ldp": (646,),
}
SERVICES = (*_PORTS, None)
"""What the payload may be, in the order in which tcpdump asks; the last is nothing that is known."""
_NO_SERVICE = len(_PORTS)
RANKS = {port: rank for rank, ports in enumerate(_PORTS.values()) for port in ports}
"""Port to the place of its service in SERVICES."""


def _print_reset_text(line: Line, at: int, length: int) -> None:
    """Why the other side reset (RFC 1122 section 4.2.2.12 lets it say so)."""
    line.write(" [RST" if line.has(at, length) else " [!RST")
    if length > _MOST_RESET_TEXT:
        length = _MOST_RESET_TEXT
        line.write("+")
    line.write(f" {visible(line.data[at : min(at + length, line.end)])}]")
