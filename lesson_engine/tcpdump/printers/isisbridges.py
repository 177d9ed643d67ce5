"""What bridges tell each other by IS-IS for shortest paths (RFC 6329, RFC 6165).

>>> from lesson_engine.tcpdump.options import PrintOptions
>>> line = Line(PrintOptions(numeric=1, verbose=1))
>>> line.begin(bytes.fromhex("3002"))
>>> print_port_capability(line, 0, 2)
>>> line.text()
'\\n\\t       RES: 3, MTID(s): 2'
"""

from collections.abc import Iterator, Mapping

from lesson_engine.tcpdump.printers.isis import UnreadableError
from lesson_engine.tcpdump.printers.line import Line, named

_CONFIGURATION, _DIGEST, _IDENTIFIERS = 4, 5, 6
_PORT_NAMES = {_CONFIGURATION: "SPB MCID", _DIGEST: "SPB Digest", _IDENTIFIERS: "SPB BVID"}
_PORT_SIZES = {_CONFIGURATION: 102, _DIGEST: 33}
_INSTANCE, _SERVICES = 1, 3
_LEAST_INSTANCE = 19
_NAMES = {_INSTANCE: "SPB Instance", _SERVICES: "SPBM Service Identifier and Unicast Address"}


def print_port_capability(line: Line, at: int, left: int) -> None:
    """What a port can do, in `left` bytes at `at`."""
    if left < 2:
        return
    word = line.u16(at)
    line.write(f"\n\t       RES: {word >> 12}, MTID(s): {word & 0xFFF}")
    for kind, place, size in _parts(line, at + 2, left - 2, _PORT_NAMES, "\n\t       "):
        if size < _PORT_SIZES.get(kind, 0):
            line.write(" (too short)")
            return
        if kind == _CONFIGURATION:
            _print_configuration(line, place, "MCID")
            _print_configuration(line, place + 51, "AUX-MCID")
        elif kind == _DIGEST:
            _print_digest(line, place)
        elif kind == _IDENTIFIERS and not _print_identifiers(line, place, size):
            return


def _print_configuration(line: Line, at: int, name: str) -> None:
    """The identifier of a configuration of spanning trees (IEEE 802.1Q, 13.8)."""
    line.write(f"\n\t         {name}: ID: {line.u8(at)}, Name: ")
    line.padded_text(at + 1, 32)
    line.write(f"\n\t              Lvl: {line.u16(at + 33)}, Digest: {line.bytes(at + 35, 16).hex(' ')} ")


def _print_digest(line: Line, at: int) -> None:
    flags = line.u8(at)
    line.write(f"\n\t        RES: {flags >> 5} V: {flags >> 4 & 1} A: {flags >> 2 & 3} D: {flags & 3}")
    digest = line.bytes(at + 1, 32).hex()
    for before, words in (("\n\t         Digest: ", digest[:32]), ("\n\t                 ", digest[32:])):
        line.write(before + "".join(f"{words[start : start + 8]} " for start in range(0, 32, 8)))


def _print_identifiers(line: Line, at: int, left: int) -> bool:
    """What marks the frames of each set of trees; False if one is too short."""
    write = line.write
    while left:
        if left < 4:
            write(" (too short)")
            return False
        write(f"\n\t           ECT: {line.u32(at):08x}")
        if left < 6:
            write(" (too short)")
            return False
        word = line.u16(at + 4)
        write(f" BVID: {word >> 4}, U:{word >> 3 & 1} M:{word >> 2 & 1} ")
        at += 6
        left -= 6
    return True


def print_capability(line: Line, at: int, left: int) -> None:
    """What a bridge can do, in `left` bytes at `at`."""
    if left < 2:
        return
    word = line.u16(at)
    line.write(f"\n\t      O: {word >> 15}, RES: {word >> 12 & 7}, MTID(s): {word & 0xFFF}")
    for kind, place, size in _parts(line, at + 2, left - 2, _NAMES, "\n\t      "):
        if kind == _INSTANCE:
            if size < _LEAST_INSTANCE:
                line.write(" (too short)")
                return
            _print_instance(line, place, size)
        elif kind == _SERVICES:
            _print_services(line, place, size)


def _parts(line: Line, at: int, left: int, names: Mapping[int, str], before: str) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each part, which is named first; ends at one that is longer than what is left. Raises
    UnreadableError where one was not captured."""
    while left > 2:
        kind, size = line.u8(at), line.u8(at + 1)
        at += 2
        left -= 2
        line.write(f"{before}{named(names, kind, 'unknown')} subTLV #{kind}, length: {size}")
        if size > left:
            line.write(" (> containing TLV length)")
            return
        if not line.has(at, size):
            raise UnreadableError
        yield kind, at, size
        at += size
        left -= size


def _print_instance(line: Line, at: int, left: int) -> None:
    """A set of trees."""
    write = line.write
    write(f"\n\t        CIST Root-ID: {line.u32(at):08x} {line.u32(at + 4):08x}")
    write(f", Path Cost: {line.u32(at + 8):08x}, Prio: {line.u16(at + 12)}")
    word, trees = line.u32(at + 14), line.u8(at + 18)
    write(f"\n\t        RES: {word >> 21}, V: {word >> 20 & 1}, SPSource-ID: {word & 0xFFFFF}, No of Trees: {trees:x}")
    at += _LEAST_INSTANCE
    left -= _LEAST_INSTANCE
    for _ in range(trees):
        if left < 8:
            raise UnreadableError
        flags = line.u8(at)
        write(f"\n\t         U:{flags >> 7}, M:{flags >> 6 & 1}, A:{flags >> 5 & 1}, RES:{flags & 0x1F}")
        identifiers = line.u24(at + 5)
        write(f", ECT: {line.u32(at + 1):08x}, BVID: {identifiers >> 12}, SPVID: {identifiers & 0xFFF}")
        at += 8
        left -= 8


def _print_services(line: Line, at: int, left: int) -> None:
    """A bridge's address and the services behind it."""
    write = line.write
    if left < 8:
        raise UnreadableError
    word = line.u16(at + 6)
    write(f"\n\t        BMAC: {line.bytes(at, 6).hex()}, RES: {word >> 12}, VID: {word & 0xFFF}")
    for where in range(at + 8, at + left - 3, 4):
        service = line.u32(where)
        write(
            f"\n\t        T: {service >> 31}, R: {service >> 30 & 1}, RES: {service >> 24 & 0x3F},"
            f" ISID: {service & 0xFFFFFF}"
        )
