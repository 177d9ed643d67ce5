"""Pieces of a Wireshark display filter, and how they are joined so that they mean what they look like.

A `Phrase` carries its text, what holds it together, and the keys of what the two languages see differently.
Knows the display language's connectives and byte slices, not capture filters. Three of its traps are kept out
here: `&&` and `||` never stand side by side without parentheses; a slice that lies beyond the packet is less
than any bytes and unlike them, so `<`, `<=` and `!=` ask for the slice first; and a lone byte without 0x is read
now as a number, now as a name. Language: wireshark-filter(4), tshark 4.0.

>>> tagged = Phrase("vlan.id == 5")
>>> joined("&&", (tagged, joined("||", (Phrase("tcp"), Phrase("udp"))))).text
'vlan.id == 5 && (tcp || udp)'
>>> sliced("frame", 12, 2, 0xFFFF, "!=", 0x0806).text
'frame[12:2] && frame[12:2] != 08:06'
"""

from collections.abc import Iterable
from typing import NamedTuple

from lesson_engine.filters.nodes import Relational

BYTES_BEYOND = "wireshark.bytes_beyond"
"""The packet may end before a byte that is compared: tcpdump then rejects it, whatever else is true of it."""

FARTHEST = 262144
"""No captured packet is longer than this, in bytes, and tshark refuses to slice at much more."""

RELATIONS: dict[Relational, str] = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Phrase(NamedTuple):
    """A part of a display filter.

    `connective` is the outermost "&&" or "||", else "". `differences` are message keys. `slices` says that bytes
    are compared which a packet may lack.
    """

    text: str
    connective: str = ""
    differences: frozenset[str] = frozenset()
    slices: bool = False

    def but(self, *differences: str) -> "Phrase":
        """The same, with more differences."""
        return self._replace(differences=self.differences | set(differences))


EVERYTHING = Phrase("frame")
NOTHING = Phrase("!frame")


def joined(connective: str, parts: Iterable[Phrase]) -> Phrase:
    """The parts with "&&" or "||" between them, in parentheses where theirs is the other one."""
    parts = tuple(parts)
    if len(parts) == 1:
        return parts[0]
    texts = (part.text if part.connective in ("", connective) else f"({part.text})" for part in parts)
    differences = frozenset[str]().union(*(part.differences for part in parts))
    slices = any(part.slices for part in parts)
    if slices and connective == "||":
        differences |= {BYTES_BEYOND}
    return Phrase(f" {connective} ".join(texts), connective, differences, slices)


def negated(part: Phrase) -> Phrase:
    """Not `part`. Never by turning == into !=, which asks something else where a field occurs twice or not at all."""
    text = f"!{part.text}" if part.text.isidentifier() else f"!({part.text})"
    return Phrase(text, "", part.differences | {BYTES_BEYOND} if part.slices else part.differences, part.slices)


def sliced(header: str, offset: int, size: int, mask: int, relation: Relational, number: int) -> Phrase:
    """`size` bytes at `offset` of `header`, of which `mask` is kept, compared with `number` (not wider than that)."""
    place = f"{header}[{offset}]" if size == 1 else f"{header}[{offset}:{size}]"
    kept = place if mask == (1 << 8 * size) - 1 else f"{place} & {literal(mask, size)}"
    text = f"{kept} {RELATIONS[relation]} {literal(number, size)}"
    if relation in ("!=", "<", "<="):
        return Phrase(f"{place} && {text}", "&&", slices=True)
    return Phrase(text, slices=True)


def literal(number: int, size: int) -> str:
    """A number of `size` bytes, as slices are compared with it."""
    return f"0x{number:02x}" if size == 1 else number.to_bytes(size, "big").hex(":")


def always(relation: Relational, number: int, maximum: int) -> bool | None:
    """Whether every value up to `maximum` relates so to `number`; None where it depends on the value."""
    if number <= maximum:
        return None
    return relation in ("!=", "<", "<=")
