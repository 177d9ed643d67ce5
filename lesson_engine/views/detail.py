"""A packet's detail: the tree of its layers and fields, each with the bytes it was read from.

Guarantees: the layers stand in the order of the frame; a span is what the node was read from and no byte more, None for
what stands in no bytes of its own. Knows nothing of how packets are dissected (`dissection`), nor of how bytes
are shown (`hexdump`).

>>> port = Node("TCP.dport", "dport", "443", (36, 38))
>>> tcp = Node("TCP", "TCP", "", (34, 54), children=(Node("TCP.sport", "sport", "1024", (34, 36)), port))
>>> detail = Detail(bytes(54), (tcp,))
>>> [node.kind for node in detail.path_to(37)], detail.find("tcp.dport") == port
(['TCP', 'TCP.dport'], True)
>>> print(plain(tree_lines(detail, "en")))
TCP              bytes 34-53
├─ sport   1024  34-35
└─ dport   443   36-37
"""

from collections.abc import Iterator
from typing import NamedTuple

from lesson_engine.messages import Language, Message, Text
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.text import Line, Role, escape_controls, line, plain, trimmed

__all__ = ["Detail", "Node", "Row", "Span", "layer_summary", "plain", "tree_lines", "tree_rows"]

Span = tuple[int, int]
"""Offsets in the frame: start, and the end behind the last byte."""

_WIDEST_LABEL = 40
_WIDEST_VALUE = 44
"""Cells; beside a longer one the columns do not line up."""


class Node(NamedTuple):
    """One layer, field or option.

    `kind` is its name for programs ("TCP", "TCP.dport"), `label` and `value` for people. `bits` is set for a field that
    is no whole bytes: the place of its first bit in the span (0 is the most significant bit of the first byte), and how
    many. `remark` is what the reader should know beside the value.
    """

    kind: str
    label: Text | str
    value: Text | str
    span: Span | None
    bits: tuple[int, int] | None = None
    children: "tuple[Node, ...]" = ()
    remark: Text | None = None

    def walk(self) -> "Iterator[Node]":
        """This node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Detail(NamedTuple):
    """The layers of one packet, outermost first, and its captured bytes."""

    data: bytes
    layers: tuple[Node, ...]

    def path_to(self, offset: int) -> list[Node]:
        """The nodes that hold the byte at `offset`, from a layer down to the narrowest field; of several fields that
        share a byte, the first."""
        path: list[Node] = []
        nodes = self.layers
        while True:
            node = next((each for each in nodes if each.span and each.span[0] <= offset < each.span[1]), None)
            if node is None:
                return path
            path.append(node)
            nodes = node.children

    def find(self, name: str) -> Node | None:
        """The first node whose kind or label is `name` in any language ("tcp", "TCP.dport", "IPv4"); case does not
        count. Of two headers of a kind, as where ICMP quotes one, that is the outer one."""
        wanted = name.casefold()
        for node in (each for layer in self.layers for each in layer.walk()):
            if wanted in {said.casefold() for said in (node.kind, _said(node.label, "ja"), _said(node.label, "en"))}:
                return node
        return None


def layer_summary(detail: Detail, language: Language) -> str:
    """The names of the layers in one line: "Ethernet ▸ IPv4 ▸ TCP"."""
    return " ▸ ".join(_said(layer.label, language) for layer in detail.layers)


def tree_lines(detail: Detail, language: Language, only: Node | None = None) -> list[Line]:
    """The tree, one node a line: name, value, and bytes; with `only`, that node and what is below it."""
    roots = detail.layers if only is None else (only,)
    rows = [row for root in roots for row in _branches(root, "", "")]
    texts = [(prefix + _said(node.label, language), _said(node.value, language)) for prefix, node in rows]
    left = max((width for text, _ in texts if (width := cell_width(text)) <= _WIDEST_LABEL), default=0) + 3
    right = max((width for _, text in texts if (width := cell_width(text)) <= _WIDEST_VALUE), default=0) + 2
    lines = []
    for (prefix, node), (text, value) in zip(rows, texts, strict=True):
        role: Role = "plain" if prefix else "title"
        parts: list[str | tuple[str, Role]] = [
            (prefix, "faint"), (_padded(text, left)[len(prefix) :], role), (_padded(value, right), "quote"),
            (_place(node, language, named=not prefix), "faint"),
        ]  # fmt: skip
        if node.remark is not None:
            parts.append((f"   ← {node.remark.text(language)}", "accent"))
        lines.append(trimmed(line(*parts)))
    return lines


class Row(NamedTuple):
    """A node with its words: `level` counts from 1 at the layers; texts that are not there are empty."""

    node: Node
    level: int
    label: str
    value: str
    place: str
    remark: str


def tree_rows(detail: Detail, language: Language) -> list[Row]:
    """The tree for pages that draw it themselves, in the order of `tree_lines`."""
    return [row for layer in detail.layers for row in _rows(layer, 1, language)]


def _rows(node: Node, level: int, language: Language) -> Iterator[Row]:
    remark = "" if node.remark is None else _said(node.remark, language)
    place = _place(node, language, named=level == 1)
    yield Row(node, level, _said(node.label, language), _said(node.value, language), place, remark)
    for child in node.children:
        yield from _rows(child, level + 1, language)


def _branches(node: Node, prefix: str, below: str) -> Iterator[tuple[str, Node]]:
    yield prefix, node
    for place, child in enumerate(node.children, 1):
        last = place == len(node.children)
        yield from _branches(child, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))


def _padded(text: str, width: int) -> str:
    """The text in a column; a longer one keeps its distance from the next."""
    return pad(text, width) if cell_width(text) < width else f"{text}  "


def _said(text: Text | str, language: Language) -> str:
    return escape_controls(text if isinstance(text, str) else text.text(language))


def _place(node: Node, language: Language, *, named: bool) -> str:
    if node.span is None:
        return ""
    first, last = node.span[0], node.span[1] - 1
    if last < first:
        return ""
    bytes_text = str(first) if first == last else f"{first}-{last}"
    if node.bits is not None:
        start, size = node.bits
        if size == 1:
            return Message("views.detail.bit", bytes=bytes_text, bits=start).text(language)
        return Message("views.detail.bits", bytes=bytes_text, bits=f"{start}-{start + size - 1}").text(language)
    if not named:
        return bytes_text
    return Message("views.detail.byte" if first == last else "views.detail.bytes", bytes=bytes_text).text(language)
