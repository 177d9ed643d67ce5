"""A capture as a list of printed lines of which the browser sees a few at a time, and the detail of one packet."""

from typing import Any

from lesson_engine.messages import Language
from lesson_engine.notebook.exhibit import Asked, Reply
from lesson_engine.notebook.page import pieces
from lesson_engine.packets import Capture
from lesson_engine.tcpdump.printed_lines import PrintedLines
from lesson_engine.views.detail import Detail, Node, layer_summary, tree_rows
from lesson_engine.views.dissection import dissect
from lesson_engine.views.hexdump import hex_rows
from lesson_engine.views.text import Line, line

MOST_ROWS = 500
"""Rows that are sent at once; a browser shows a few dozen."""


class Listing:
    """The packets of `capture` by index, which counts from 0; the numbers shown are the capture's own. `lines` are its
    lines, if they are printed otherwise than with -nn."""

    def __init__(self, capture: Capture, language: Language, lines: PrintedLines | None = None) -> None:
        self.capture = capture
        self.lines = PrintedLines(capture) if lines is None else lines
        self.language = language

    def grow(self, capture: Capture) -> None:
        """More packets came: `capture` begins with those that there were."""
        self.capture = capture
        self.lines.grow(capture)

    def __len__(self) -> int:
        return len(self.capture)

    def index(self, asked: Asked) -> int:
        """The index that is asked for, the nearest that there is."""
        return min(max(0, int(asked["index"])), len(self.capture) - 1)

    def line(self, index: int) -> Line:
        """The printed line of a packet."""
        return line((self.lines[index], "packet"))

    def numbered(self, index: int) -> Line:
        """The printed line behind the packet's number."""
        return line((f"#{self.capture[index].number}  ", "accent"), (self.lines[index], "packet"))

    def rows(self, asked: Asked) -> Reply:
        """Index, number and line of the packets at `indices`."""
        wanted = [index for index in asked["indices"][:MOST_ROWS] if 0 <= index < len(self.capture)]
        return {"rows": [[index, self.capture[index].number, pieces(self.line(index))] for index in wanted]}

    def detail(self, asked: Asked) -> Reply:
        """The tree and the bytes of the packet at `index`."""
        index = self.index(asked)
        packet = self.capture[index]
        detail = dissect(packet)
        rows = tree_rows(detail, self.language)
        return {
            "index": index,
            "number": packet.number,
            "line": pieces(self.line(index)),
            "summary": layer_summary(detail, self.language),
            "hex": hex_rows(detail.data),
            "nodes": [
                [row.level, row.label, row.value, row.place, row.remark, list(row.node.span) if row.node.span else None]
                for row in rows
            ],
            "owners": _owners(detail, [row.node for row in rows]),
        }


def _owners(detail: Detail, nodes: list[Node]) -> list[int]:
    """For each byte the place of the narrowest node that holds it, -1 where there is none."""
    places = {id(node): place for place, node in enumerate(nodes)}
    paths: list[list[Any]] = [detail.path_to(offset) for offset in range(len(detail.data))]
    return [places[id(path[-1])] if path else -1 for path in paths]
