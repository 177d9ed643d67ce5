"""Floor 1: the pcap-filter language, as libpcap 1.10 reads it.

A `Filter` is a parsed expression; it says which packets match. `errors` holds what a wrong expression gives,
`nodes` the tree, `explain` how it was read. The whole of libpcap's language for Ethernet, Raw IP, Linux cooked
and BSD loopback; names of hosts are never looked up.

>>> from lesson_engine.packets import Capture
>>> from lesson_engine.packets.linktype import RAW
>>> Filter("icmp or tcp port 80").tree
Or((Protocol('icmp'), Address(Qualifiers(protocol='tcp', direction=None, type='port'), IdNumber(80))))
>>> bytes(Filter("ip6").matches(Capture.from_frames([bytes(20), b"\\x60" + bytes(39)], RAW)))
b'\\x00\\x01'
"""

from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.filters.evaluate import Predicate, outcome, predicate
from lesson_engine.filters.meaning import Compiler
from lesson_engine.filters.nodes import Node
from lesson_engine.filters.parser import parse
from lesson_engine.filters.program import Test
from lesson_engine.packets.capture import ByteOrder, Capture, Packet
from lesson_engine.packets.linktype import NULL, LinkType

__all__ = ["Filter", "FilterSyntaxError"]


class Filter:
    """A capture filter.

    Raises FilterSyntaxError if `expression` is wrong on every link type; with `link_type`, if it is on that one.
    `tree` is its syntax tree; `str()` is the canonical expression.
    """

    def __init__(self, expression: str, *, link_type: LinkType | None = None) -> None:
        self.expression = expression
        self._programs: dict[tuple[LinkType, ByteOrder], Test] = {}
        self._predicates: dict[Test, Predicate] = {}
        compiler = Compiler(expression, link_type)
        self.tree: Node = parse(expression, compiler.part)

    def program(self, link_type: LinkType, byte_order: ByteOrder = "little") -> Test:
        """What the filter asks of the bytes of a packet of `link_type`; `byte_order` is the savefile's.

        Raises FilterSyntaxError if the filter cannot be used on that link type.
        """
        key = (link_type, byte_order if link_type == NULL else "little")
        if (program := self._programs.get(key)) is None:
            program = self._programs[key] = Compiler(self.expression, *key).test(self.tree)
        return program

    def predicate(self, link_type: LinkType, byte_order: ByteOrder = "little") -> Predicate:
        """A function of one packet's captured bytes and original length: whether it matches. Raises as `program`."""
        program = self.program(link_type, byte_order)
        if (made := self._predicates.get(program)) is None:
            made = self._predicates[program] = predicate(program)
        return made

    def matches_packet(self, packet: Packet) -> bool:
        """Whether one packet matches. Raises FilterSyntaxError if the filter cannot be used on its link type."""
        return self.predicate(packet.link_type, packet.byte_order)(packet.data, packet.original_length)

    def matches(self, capture: Capture) -> bytes | bytearray | memoryview:
        """One byte a packet, 1 where it matches and else 0.

        Raises FilterSyntaxError if the filter cannot be used on the capture's link type.
        """
        program = self.program(capture.link_type, capture.byte_order)
        if capture.suits_columns:
            return outcome(program, capture.columns).matched.data.cast("B")
        asks = self.predicate(capture.link_type, capture.byte_order)
        buffer = capture.buffer
        rows = zip(capture.offsets, capture.captured_lengths, capture.original_lengths, strict=True)
        return bytes([asks(buffer[start : start + captured], original) for start, captured, original in rows])

    def select(self, capture: Capture) -> Capture:
        """The packets that match. Raises as `matches`."""
        return capture.select(self.matches(capture))

    def __str__(self) -> str:
        return str(self.tree)

    def __repr__(self) -> str:
        return f"Filter({self.expression!r})"
