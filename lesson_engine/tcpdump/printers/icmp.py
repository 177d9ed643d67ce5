"""ICMP for IPv4 (RFC 792, 950, 1191, 1256), with the packet that an error quotes under -v.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("0800 0000 002a 0001"))
>>> print_icmp(line, 0, 8, 0, False)
>>> line.text()
'ICMP echo request, id 42, seq 1, length 8'
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum, should_be
from lesson_engine.tcpdump.printers.line import Line, named

# Fields, in bytes from the message's start
_CODE = 1
_CHECKSUM = 2
_IDENTIFIER = 4
_SEQUENCE = 6
_NEXT_HOP_MTU = 6
_QUOTED = 8
_QUOTED_LENGTH = _QUOTED + 2
_QUOTED_PROTOCOL = _QUOTED + 9
_QUOTED_DESTINATION = _QUOTED + 16

_ECHO_REPLY, _UNREACHABLE, _SOURCE_QUENCH, _REDIRECT, _ECHO_REQUEST, _ROUTER_ADVERTISEMENT = 0, 3, 4, 5, 8, 9
_TIME_EXCEEDED, _PARAMETER_PROBLEM, _TIMESTAMP, _TIMESTAMP_REPLY, _MASK_REPLY = 11, 12, 13, 14, 18
_NAMES = {
    _SOURCE_QUENCH: "source quench",
    10: "router solicitation",
    15: "information request",
    16: "information reply",
    17: "address mask request",
}
_QUOTING = frozenset((_UNREACHABLE, _SOURCE_QUENCH, _REDIRECT, _TIME_EXCEEDED, _PARAMETER_PROBLEM))

_PORT_UNREACHABLE, _FRAGMENTATION_NEEDED = 3, 4
# Where tcpdump asks for whole headers before it reads. A message cut earlier ends there and then, and a dump under -x
# still skips the link-level header; one cut later abandons the packet, and the dump shows all of it.
_CHECKED_FIRST: dict[tuple[int, int | None], int] = {
    (_UNREACHABLE, _PORT_UNREACHABLE): 18,
    (_ROUTER_ADVERTISEMENT, None): 16,
    (_TIME_EXCEEDED, None): 28,
    (_TIMESTAMP_REPLY, None): 20,
}

_UNREACHABLE_TEXTS = {
    0: "net %s unreachable",
    1: "host %s unreachable",
    5: "%s unreachable - source route failed",
    6: "net %s unreachable - unknown",
    7: "host %s unreachable - unknown",
    8: "%s unreachable - source host isolated",
    9: "net %s unreachable - admin prohibited",
    10: "host %s unreachable - admin prohibited",
    11: "net %s unreachable - tos prohibited",
    12: "host %s unreachable - tos prohibited",
    13: "host %s unreachable - admin prohibited filter",
    14: "host %s unreachable - host precedence violation",
    15: "host %s unreachable - precedence cutoff",
}
_REDIRECT_TEXTS = {
    0: "redirect %s to net %s",
    1: "redirect %s to host %s",
    2: "redirect-tos %s to net %s",
    3: "redirect-tos %s to host %s",
}


def print_icmp(line: Line, at: int, length: int, header: int, fragmented: bool) -> None:
    """A message of `length` bytes at `at`."""
    line.protocol = "icmp"
    kind = line.u8(at)
    code = line.u8(at + _CODE)
    whole = line.has(at, _CHECKED_FIRST.get((kind, code)) or _CHECKED_FIRST.get((kind, None), 0))
    text = _text(line, at, kind, code) if whole else None
    if text is None:
        line.truncated()
        return
    line.write(f"ICMP {text}, length {length}")
    if not line.verbose:
        return
    if not fragmented and not line.options.no_checksums and line.has(at, length):
        difference = internet_checksum(line.data[at : at + length])
        if difference:
            found = line.u16(at + _CHECKSUM)
            line.write(f" (wrong icmp cksum {found:x} (->{should_be(found, difference):x})!)")
    if kind in _QUOTING:
        from lesson_engine.tcpdump.printers.ip import print_ip

        line.write("\n\t")
        quoted = at + _QUOTED
        quoted_length = line.u16(at + _QUOTED_LENGTH)
        end = line.narrow(quoted + quoted_length)
        print_ip(line, quoted, quoted_length)
        line.end = end
        line.protocol = "icmp"


def _text(line: Line, at: int, kind: int, code: int) -> str | None:
    """What the message says; None where it was cut in a list."""
    if kind in (_ECHO_REQUEST, _ECHO_REPLY):
        name = "request" if kind == _ECHO_REQUEST else "reply"
        return f"echo {name}, id {line.u16(at + _IDENTIFIER)}, seq {line.u16(at + _SEQUENCE)}"
    if kind == _UNREACHABLE:
        return _unreachable_text(line, at, code)
    if kind == _REDIRECT:
        text = _REDIRECT_TEXTS.get(code, f"redirect-#{code} %s to %s")
        return text % (line.ipv4(at + _QUOTED_DESTINATION), line.ipv4(at + 4))
    if kind == _ROUTER_ADVERTISEMENT:
        return _router_advertisement_text(line, at)
    if kind == _TIME_EXCEEDED:
        return named({0: "time exceeded in-transit", 1: "ip reassembly time exceeded"}, code, "time exceeded-#%u")
    if kind == _PARAMETER_PROBLEM:
        return f"parameter problem - code {code}" if code else f"parameter problem - octet {line.u8(at + 4)}"
    if kind == _MASK_REPLY:
        return f"address mask is 0x{line.u32(at + 8):08x}"
    if kind == _TIMESTAMP:
        return f"time stamp query id {line.u16(at + _IDENTIFIER)} seq {line.u16(at + _SEQUENCE)}"
    if kind == _TIMESTAMP_REPLY:
        originate, receive, transmit = (_time_text(line.u32(at + offset)) for offset in (8, 12, 16))
        identifier = f"id {line.u16(at + _IDENTIFIER)} seq {line.u16(at + _SEQUENCE)}"
        return f"time stamp reply {identifier}: org {originate}, recv {receive}, xmit {transmit}"
    return named(_NAMES, kind, "type-#%u")


def _unreachable_text(line: Line, at: int, code: int) -> str:
    destination = line.ipv4(at + _QUOTED_DESTINATION)
    if code == 2:
        return f"{destination} protocol {line.u8(at + _QUOTED_PROTOCOL)} unreachable"
    if code == _PORT_UNREACHABLE:
        header_length = (line.u8(at + _QUOTED) & 0x0F) * 4
        port = line.u16(at + _QUOTED + header_length + 2)
        protocol = line.u8(at + _QUOTED_PROTOCOL)
        if protocol == 6:
            return f"{destination} tcp port {line.names.tcp_port(port)} unreachable"
        if protocol == 17:
            return f"{destination} udp port {line.names.udp_port(port)} unreachable"
        return f"{destination} protocol {protocol} port {port} unreachable"
    if code == _FRAGMENTATION_NEEDED:
        mtu = line.u16(at + _NEXT_HOP_MTU)
        return f"{destination} unreachable - need to frag" + (f" (mtu {mtu})" if mtu else "")
    text = _UNREACHABLE_TEXTS.get(code)
    return text % destination if text else f"{destination} unreachable - #{code}"


def _router_advertisement_text(line: Line, at: int) -> str | None:
    lifetime = line.u16(at + 6)
    minutes, seconds = divmod(lifetime, 60)
    if lifetime < 60:
        duration = str(lifetime)
    elif minutes < 60:
        duration = f"{minutes}:{seconds:02}"
    else:
        duration = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    count, words = line.u8(at + 4), line.u8(at + 5)
    text = f"router advertisement lifetime {duration} {count}:"
    if words != 2:
        return f"{text} [size {words}]"
    for entry in range(at + 8, at + 8 + 8 * count, 8):
        if not line.has(entry, 8):
            return None
        text += f" {{{line.ipv4(entry)} {line.u32(entry + 4)}}}"
    return text


def _time_text(milliseconds: int) -> str:
    """Milliseconds since midnight UT, as a clock."""
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{fraction:03}"
