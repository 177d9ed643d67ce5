"""The elements of ASN.1's basic encoding (ITU-T X.690) that SNMP is made of (RFC 3416, RFC 3417).

What tcpdump does not expect is named in brackets, and ends the message.

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1))
>>> line.begin(bytes.fromhex("06052b06010201"))
>>> write_element(line, read_element(line, 0, 7))
>>> line.text()
'.1.3.6.1.2.1'
"""

from typing import NamedTuple

from lesson_engine.tcpdump.printers.line import Line
from lesson_engine.tcpdump.printers.snmpnames import Node, tree

ANY, NULL, OCTETS, IDENTIFIER, INTEGER, UNSIGNED, STRING, SEQUENCE, ADDRESS, MESSAGE, EXCEPTION = range(11)
"""What an element is."""

MESSAGES = (
    "GetRequest",
    "GetNextRequest",
    "GetResponse",
    "SetRequest",
    "Trap",
    "GetBulk",
    "Inform",
    "V2Trap",
    "Report",
)
_UNIVERSAL: tuple[str, ...] = ("U-0", "Boolean", "Integer", "Bitstring", "String", "Null", "ObjID", "ObjectDes")
_UNIVERSAL += (*(f"U-{number}" for number in range(8, 16)), "Sequence", "Set")
_CLASSES = (
    _UNIVERSAL,
    ("IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64"),
    MESSAGES,
    ("P-0",),
)
"""The names of tags, by class."""
_EXCEPTIONS = ("noSuchObject", "noSuchInstance", "endOfMibView")
_UNIVERSAL_CLASS, _APPLICATION, _CONTEXT = 0, 1, 2
_COUNTER64 = 6
_LONG_TAG = 0x1F


class BadElementError(Exception):
    """No more can be made of the message; what is wrong has been written."""


class Element(NamedTuple):
    """An element of which the header was read."""

    kind: int
    tag: int
    at: int
    """Where its contents lie."""
    length: int
    size: int
    """Of header and contents."""
    value: int = 0


def read_element(line: Line, at: int, left: int) -> Element:
    """The element at `at`, of which `left` bytes may be taken. Raises BadElementError."""
    start = at
    stop = at + left
    if left < 1:
        raise _bad(line, "[nothing to parse]")
    first = line.u8(at)
    constructed, group, tag = first >> 5 & 1, first >> 6, first & 0x1F
    at += 1
    if tag == _LONG_TAG:
        tag = 0
        while True:
            if at >= stop and not (at == start + 1 and line.u8(at) & 0x80):
                line.u8(at)
                raise _bad(line, "[Xtagfield?]")
            byte = line.u8(at)
            if byte & 0x80 and at >= stop:
                raise _bad(line, "[Xtagfield?]")
            at += 1
            tag = (tag << 7 | byte & 0x7F) & 0xFF
            if not byte & 0x80:
                break
    if at >= stop:
        raise _bad(line, "[no asnlen]")
    length = line.u8(at)
    at += 1
    if length & 0x80:
        count = length & 0x7F
        if stop - at < count:
            raise _bad(line, f"[asnlen? {stop - at}<{count}]")
        _need(line, at, count)
        length = int.from_bytes(line.bytes(at, count), "big") & 0xFFFFFFFF
        at += count
    if stop - at < length:
        raise _bad(line, f"[len{stop - at}<asnlen{length}]")
    names = _CLASSES[group]
    if tag >= len(names):
        raise _bad(line, f"[id?{'C' if constructed else 'P'}/x/{tag}]")
    _need(line, at, length)
    kind, value = (_constructed if constructed else _primitive)(line, group, tag, at, length)
    return Element(kind, tag, at, length, at + length - start, value)


def _bad(line: Line, text: str) -> BadElementError:
    line.write(text)
    return BadElementError()


def _need(line: Line, at: int, size: int) -> None:
    # Contents that were cut end the message alone, not the packet: its dump (-A) is a whole packet's.
    if not line.has(at, size):
        line.truncated()
        raise BadElementError


def _primitive(line: Line, group: int, tag: int, at: int, length: int) -> tuple[int, int]:
    if group == _UNIVERSAL_CLASS:
        if tag == 4:
            return STRING, 0
        if tag == 2:
            if length == 0:
                raise _bad(line, "[asnlen=0]")
            value = int.from_bytes(line.bytes(at, length), "big", signed=True)
            return INTEGER, _signed(value)
        if tag == 6:
            return IDENTIFIER, 0
        if tag == 5:
            return NULL, 0
        line.write(f"[P/U/{_UNIVERSAL[tag]}]")
        return OCTETS, 0
    if group == _APPLICATION:
        if tag == 0:
            return ADDRESS, 0
        if tag in (1, 2, 3, _COUNTER64):
            size = 8 if tag == _COUNTER64 else 4
            return UNSIGNED, int.from_bytes(line.bytes(at, length)[-size:], "big")
        line.write(f"[P/A/{_CLASSES[group][tag]}]")
        return OCTETS, 0
    if group == _CONTEXT:
        return EXCEPTION if tag < len(_EXCEPTIONS) else ANY, 0
    line.write(f"[P/x/{_CLASSES[group][tag]}]")
    return OCTETS, 0


def _constructed(line: Line, group: int, tag: int, at: int, length: int) -> tuple[int, int]:
    if group == _CONTEXT:
        return MESSAGE, 0
    if group == _UNIVERSAL_CLASS:
        if tag == 16:
            return SEQUENCE, 0
        line.write(f"C/U/{_UNIVERSAL[tag]}")
        return OCTETS, 0
    line.write(f"C/x/{_CLASSES[group][tag]}")
    return OCTETS, 0


def write_element(line: Line, element: Element) -> None:
    """Write what an element holds."""
    kind, at, length = element.kind, element.at, element.length
    if kind == OCTETS:
        line.write("".join([f"_{byte:02x}" for byte in line.bytes(at, length)]))
    elif kind == IDENTIFIER:
        _write_identifier(line, at, length)
    elif kind in (INTEGER, UNSIGNED):
        line.write(str(element.value))
    elif kind == STRING:
        data = line.bytes(at, length)
        printable = all(0x20 <= byte < 0x7F for byte in data)
        line.write(f'"{data.decode("ascii")}"' if printable else data.hex("_"))
    elif kind == SEQUENCE:
        line.write(f"Seq({length})")
    elif kind == ADDRESS:
        if length != 4:
            line.write("[inetaddr len!=4]")
        line.write(".".join([str(byte) for byte in line.bytes(at, length)]))
    elif kind == EXCEPTION:
        line.write(f"[{_EXCEPTIONS[element.tag]}]")
    elif kind == MESSAGE:
        line.write(f"{MESSAGES[element.tag]}({length})")
    elif kind == ANY:
        line.write("[BE_ANY!?]")


def _signed(value: int) -> int:
    """The value in 32 bits."""
    return (value + (1 << 31)) % (1 << 32) - (1 << 31)


_PREFIXES = (
    (bytes((43, 6, 1, 2, 1)), "", (2, 1)),
    (bytes((43, 6, 1, 4, 1)), "E:", (4, 1)),
    (bytes((43, 6, 1, 3)), "X:", (3,)),
    (bytes((43, 6, 1, 6, 3)), "S:", (6, 3)),
)
"""Beginnings that are shortened, the text for them, and their place under `internet`."""


def _write_identifier(line: Line, at: int, length: int) -> None:
    stop = at + length
    objects: dict[int, Node] = {} if line.numeric else tree()
    shortened = False
    if not line.numeric:
        for prefix, text, path in _PREFIXES:
            if length >= len(prefix) and line.bytes(at, len(prefix)) == prefix:
                for number in (1, 3, 6, 1, *path):
                    objects = objects[number].children
                line.write(text)
                at += len(prefix)
                shortened = True
                break
    arc = 0
    separator = "" if shortened else "."
    first = not shortened
    while at < stop:
        byte = line.u8(at)
        at += 1
        arc = _signed((arc << 7) + (byte & 0x7F))
        if byte & 0x80:
            continue
        arcs = [arc]
        if first:
            # The first two numbers share a place.
            top = min(arc // 40, 2) if arc >= 0 else -(-arc // 40)
            arcs = [top, arc - top * 40]
            first = False
        for number in arcs:
            node = objects.get(number)
            line.write(f"{separator}{node.name if node else number & 0xFFFFFFFF}")
            objects = node.children if node else {}
            separator = "."
        arc = 0
