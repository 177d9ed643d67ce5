"""PPP over Ethernet (RFC 2516): discovery with its tags, and the session that carries PPP.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("11090000000401010000"))
>>> print_pppoe(line, 0, 10)
>>> line.text()
'PPPoE PADI [Service-Name]'
"""

from lesson_engine.tcpdump.printers.line import Line, named

_HEADER = 6
_LARGEST_PAYLOAD = 1484 - _HEADER
_MOST_TAG_TEXT = 79

_SESSION, _INITIATION = 0x00, 0x09
_CODE_NAMES = {_SESSION: "", 0x07: "PADO", _INITIATION: "PADI", 0x19: "PADR", 0x65: "PADS", 0xA7: "PADT"}
_END_OF_LIST = 0x0000
_TAG_NAMES = {
    _END_OF_LIST: "EOL",
    0x0101: "Service-Name",
    0x0102: "AC-Name",
    0x0103: "Host-Uniq",
    0x0104: "AC-Cookie",
    0x0105: "Vendor-Specific",
    0x0110: "Relay-Session-ID",
    0x0120: "PPP-Max-Payload",
    0x0201: "Service-Name-Error",
    0x0202: "AC-System-Error",
    0x0203: "Generic-Error",
}


def print_pppoe(line: Line, at: int, length: int) -> None:
    """A message of `length` bytes, padding included, at `at`."""
    line.protocol = "pppoe"
    write = line.write
    if length < _HEADER:
        write(f" (length {length} < {_HEADER})")
        line.invalid()
        return
    line.need(at, _HEADER)
    length -= _HEADER
    version, code = line.u8(at), line.u8(at + 1)
    session, claimed = line.u16(at + 2), line.u16(at + 4)
    if version >> 4 != 1:
        write(f" [ver {version >> 4}]")
    if version & 0x0F != 1:
        write(f" [type {version & 0x0F}]")
    write(f"PPPoE {named(_CODE_NAMES, code, 'PAD-%x')}")
    if code == _INITIATION and claimed > _LARGEST_PAYLOAD:
        write(f" [len {claimed}!]")
    if claimed > length:
        write(f" [len {claimed} > {length}!]")
        claimed = length
    if session:
        write(f" [ses 0x{session:x}]")
    payload = at + _HEADER
    if code == _SESSION:
        from lesson_engine.tcpdump.printers.ppp import print_ppp

        write(" ")
        print_ppp(line, payload, claimed)
    else:
        _print_tags(line, payload, payload + claimed)


def _print_tags(line: Line, at: int, stop: int) -> None:
    kind = None
    while kind != _END_OF_LIST and at < stop:
        kind, size = line.u16(at), line.u16(at + 2)
        at += 4
        value = line.bytes(at, size)
        line.write(f" [{named(_TAG_NAMES, kind, 'TAG-0x%x')}")
        if size:
            line.write(f" {_tag_text(value)}")
        line.write("]")
        at += size


def _tag_text(data: bytes) -> str:
    """The start of a tag's value: quoted if most of it is text, otherwise in hex."""
    shown = data[:_MOST_TAG_TEXT]
    printable = sum(0x20 <= byte < 0x7F for byte in shown)
    if printable > len(shown) - printable:
        return '"' + "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in shown) + '"'
    return f"0x{data.hex().upper()}"
