"""VRRP (RFC 3768, RFC 5798): which router stands in for which addresses.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("21 01 64 01 0001 0000 0a0000fe"))
>>> print_vrrp(line, 0, 12, 0, 255)
>>> line.text()
'VRRPv2, Advertisement, vrid 1, prio 100, authtype none, intvl 1s, length 12'
"""

from lesson_engine.tcpdump.printers.checksum import internet_checksum
from lesson_engine.tcpdump.printers.ip import pseudo_header
from lesson_engine.tcpdump.printers.line import Line, named

_PROTOCOL = 112
_RIGHT_HOP_LIMIT = 255

# Fields, in bytes from the message's start
_ROUTER, _PRIORITY, _COUNT, _AUTHENTICATION, _INTERVAL, _CHECKSUM = 1, 2, 3, 4, 5, 6
_ADDRESSES = 8
_PASSWORD_SIZE = 8

_ADVERTISEMENT = 1
_SIMPLE = 1
_AUTHENTICATION_NAMES = {0: "none", _SIMPLE: "simple", 2: "ah"}


def print_vrrp(line: Line, at: int, length: int, header: int, hop_limit: int) -> None:
    """A message of `length` bytes at `at`, in the IP packet whose header is at `header`."""
    line.protocol = "vrrp"
    write = line.write
    write("VRRP")
    first = line.u8(at)
    version, kind = first >> 4, first & 0x0F
    write(f"v{version}, {'Advertisement' if kind == _ADVERTISEMENT else f'unknown type ({kind})'}")
    if hop_limit != _RIGHT_HOP_LIMIT:
        write(f", (ttl {hop_limit})")
    if version not in (2, 3) or kind != _ADVERTISEMENT:
        return
    line.need(at + _PRIORITY, 1)
    write(f", vrid {line.u8(at + _ROUTER)}, prio {line.u8(at + _PRIORITY)}")
    authentication = line.u8(at + _AUTHENTICATION)
    if version == 2:
        write(f", authtype {named(_AUTHENTICATION_NAMES, authentication)}")
        write(f", intvl {line.u8(at + _INTERVAL)}s, length {length}")
    else:
        write(f", intvl {line.u16(at + _AUTHENTICATION) & 0x0FFF}cs, length {length}")
    if not line.verbose:
        return
    if line.has(at, length):
        covered = pseudo_header(line, header, _PROTOCOL, length) if version == 3 else b""
        if internet_checksum(covered + line.data[at : at + length]):
            write(f", (bad vrrp cksum {line.u16(at + _CHECKSUM):x})")
    address, size = (line.ipv4, 4) if line.data[header] >> 4 == 4 else (line.ipv6, 16)
    count = line.u8(at + _COUNT)
    write(f", addrs({count}):" if count > 1 else ", addrs:")
    at += _ADDRESSES
    for index in range(count):
        write(f",{address(at)}" if index else f" {address(at)}")
        at += size
    if version == 2 and authentication == _SIMPLE:
        write(' auth "')
        line.padded_text(at, _PASSWORD_SIZE)
        write('"')
