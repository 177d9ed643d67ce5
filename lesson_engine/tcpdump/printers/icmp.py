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

_EXTENDED = frozenset((_UNREACHABLE, _TIME_EXCEEDED, _PARAMETER_PROBLEM))
_EXTENSION = _QUOTED + 128
_MPLS_STACK = 1
_OBJECT_NAMES = {_MPLS_STACK: "MPLS Stack Entry", 2: "Interface Identification"}

_PORT_UNREACHABLE, _FRAGMENTATION_NEEDED = 3, 4
# Where tcpdump asks for whole headers before it reads. A message cut earlier ends there and then, and a dump under -x
# still skips the link-level header; one cut later abandons the packet, and the dump shows all of it.
_CHECKED_FIRST: dict[tuple[int, int | None], int] = {
    (_UNREACHABLE, _PORT_UNREACHABLE): 18,
    (_ROUTER_ADVERTISEMENT, None): 8,
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
    if not fragmented and line.has(at, length):
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
        # A length too short for its own field ends the packet here, as in tcpdump, which reads it again.
        line.need(at + _QUOTED_LENGTH, 2)
        print_ip(line, quoted, quoted_length)
        line.end = end
        line.protocol = "icmp"
    if kind in _EXTENDED and length > _EXTENSION:
        _print_extension(line, at, length)


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


def _print_extension(line: Line, at: int, length: int) -> None:
    """What follows 128 bytes of the quoted packet (RFC 4884): MPLS labels (RFC 4950) and other objects."""
    write = line.write
    start = at + _EXTENSION
    if not line.has(start, 5):
        line.truncated()
        return
    size = length - _EXTENSION
    version = line.u8(start) >> 4
    difference = internet_checksum(line.data[start : start + size]) if line.has(start, size) else None
    # A sender before RFC 4884 leaves the length of the quoted packet 0; then only the checksum tells an extension.
    if line.u8(at + 5) == 0 and difference:
        return
    write(f"\n\tICMP Multi-Part extension v{version}")
    if version != 2:
        write(" packet not supported")
        return
    if difference is not None:
        write(f", checksum 0x{line.u16(start + 2):04x} ({'in' if difference else ''}correct), length {size}")
    where, size = start + 4, size - 4
    while size > 4:
        if not line.has(where, 4):
            line.truncated()
            return
        object_size, object_class, object_type = line.u16(where), line.u8(where + 2), line.u8(where + 3)
        name = named(_OBJECT_NAMES, object_class, "unknown")
        write(f"\n\t  {name} Object ({object_class}), Class-Type: {object_type}, length {object_size}")
        where, size = where + 4, size - 4
        if object_class == 0 or object_size < 4:
            return
        object_size -= 4
        if object_class == _MPLS_STACK and object_type == 1:
            label = line.u32(where)
            bottom = ", [S]" if label & 0x100 else ""
            write(f"\n\t    label {label >> 12}, tc {label >> 9 & 7}{bottom}, ttl {label & 0xFF}")
        else:
            line.write_hex(where, object_size, "\n\t    ")
        if size < object_size:
            return
        where, size = where + object_size, size - object_size
