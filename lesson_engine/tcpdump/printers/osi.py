"""OSI network layers (ISO/IEC TR 9577): the first byte says which one follows.

Of those that tcpdump knows, IS-IS is printed here.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(b"E")
>>> print_osi(line, 0, 1)
True
>>> line.text()
'OSI NLPID 0x45 unknown, length: 1'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_NULL, _ISIS = 0x00, 0x83
NAMES = {
    _NULL: "NULL",
    0x08: "Q.933",
    0x09: "LMI",
    0x80: "SNAP",
    0x81: "CLNP",
    0x82: "ES-IS",
    _ISIS: "IS-IS",
    0x84: "CONS",
    0x85: "IDRP",
    0x8A: "X25 ES-IS",
    0x8E: "IPv6",
    0xB1: "FRF.15",
    0xC1: "ISIS_SPB",
    0xCC: "IPv4",
    0xCF: "PPP",
}
_ELSEWHERE = frozenset((0x08, 0x81, 0x82, 0x8E, 0xCC, 0xCF))
"""Layers that tcpdump takes apart and we do not: Q.933, CLNP, ES-IS, IPv6, IPv4 and PPP."""


def print_osi(line: Line, at: int, length: int) -> bool:
    """A packet of `length` bytes at `at`; False if it is of a layer that is known, but not here."""
    line.protocol = "isoclns"
    identifier = line.u8(at)
    if identifier in _ELSEWHERE:
        return False
    write = line.write
    if line.link_header:
        write(f"OSI NLPID {named(NAMES, identifier, 'Unknown')} (0x{identifier:02x}): ")
    if identifier == _ISIS:
        from lesson_engine.tcpdump.printers.isis import print_isis

        if not print_isis(line, at, length):
            line.write_hex(at, length)
        return True
    if identifier == _NULL:
        write(f"length: {length}" if line.link_header else f", length: {length}")
        return True
    write(f"length: {length}" if line.link_header else f"OSI NLPID 0x{identifier:02x} unknown, length: {length}")
    if length > 1:
        line.write_hex(at, length)
    return True


def system_id(data: bytes) -> str:
    """A system's identifier, with what follows it: a circuit's number, and a fragment's.

    >>> system_id(bytes.fromhex("102030405060")), system_id(bytes.fromhex("102030405060 01 02"))
    ('1020.3040.5060', '1020.3040.5060.01-02')
    """
    text = data.hex()
    parts = f"{text[:4]}.{text[4:8]}.{text[8:12]}"
    if len(data) > 6:
        parts += f".{text[12:14]}"
    return parts + f"-{text[14:16]}" if len(data) > 7 else parts


def network_address(data: bytes) -> str:
    """A network service access point's address, or the beginning of one (ISO 8348).

    >>> network_address(bytes.fromhex("490001"))
    '49.0001'
    """
    if not 1 <= len(data) <= 20:
        return "isonsap_string: illegal length"
    text = data.hex()
    return ".".join([text[:2], *(text[at : at + 4] for at in range(2, len(text), 4))])
