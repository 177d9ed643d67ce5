"""A packet's bytes in hexadecimal and as text, sixteen a line, with ranges of them marked.

A mark is a pair of brackets and a role, so that it is seen without colour too; where one range ends and the next
begins, a bar stands for both brackets. Guarantees: every line has the same columns; no byte is shown as a control
character.

>>> print(plain(hex_lines(b"GET / HTTP/1.1\\r\\n..", [(4, 5), (14, 18)])))
0000   47 45 54 20[2f]20 48 54  54 50 2f 31 2e 31[0d 0a   GET / HTTP/1.1..
0010   2e 2e]                                             ..
"""

from collections.abc import Sequence

from lesson_engine.views.detail import Span
from lesson_engine.views.text import Line, Role, Run, line, plain

__all__ = ["hex_lines", "hex_rows", "plain"]

ROW = 16
_TEXT = bytes(byte if 0x20 <= byte < 0x7F else 0x2E for byte in range(256))


def hex_rows(data: bytes) -> list[tuple[str, list[str], str]]:
    """The rows for pages that draw them themselves: offset, each byte, and the text."""
    digits = _digits(data)
    return [
        (f"{at:0{digits}x}", [f"{byte:02x}" for byte in data[at : at + ROW]], _text(data[at : at + ROW]))
        for at in range(0, len(data), ROW)
    ]


def _digits(data: bytes) -> int:
    """Four digits, or as many as the last offset needs."""
    return max(4, len(f"{max(0, len(data) - 1):x}"))


def _text(row: bytes) -> str:
    return row.translate(_TEXT).decode("ascii")


def hex_lines(data: bytes, marked: Sequence[Span] = (), role: Role = "accent") -> list[Line]:
    """The lines of `data`; the bytes in any of the spans of `marked` have `role`, the others are faint if there are any
    marked ones. Offsets have four digits, or as many as the last one needs."""
    inside = bytearray(len(data) + 1)
    opens, closes = set(), set()
    for start, end in marked:
        start, end = max(0, start), min(end, len(data))
        if start < end:
            inside[start:end] = b"\1" * (end - start)
            opens.add(start)
            closes.add(end)
    other: Role = "faint" if opens else "plain"
    digits = _digits(data)
    lines = []
    for at in range(0, len(data), ROW):
        parts: list[str | tuple[str, Role]] = [(f"{at:0{digits}x}  ", "faint")]
        for place in range(at, at + ROW + 1):
            if place == at + ROW // 2:
                parts.append(" ")
            parts.append((_between(place, at, opens, closes), role))
            if place < min(at + ROW, len(data)):
                parts.append((f"{data[place]:02x}", role if inside[place] else other))
            elif place < at + ROW:
                parts.append("  ")
        parts.append("  ")
        row = _text(data[at : at + ROW])
        parts += [(character, role if inside[at + index] else other) for index, character in enumerate(row)]
        lines.append(_joined(parts))
    return lines


def _between(place: int, row: int, opens: set[int], closes: set[int]) -> str:
    """What stands before the byte at `place`: at a row's ends, a bracket belongs to the row of its byte."""
    closed = place in closes and place > row
    opened = place in opens and place < row + ROW
    return "|" if closed and opened else "]" if closed else "[" if opened else " "


def _joined(parts: list[str | tuple[str, Role]]) -> Line:
    """The parts as a line in which neighbours of one role are one run; blanks take the role before them."""
    runs: list[Run] = []
    for run in line(*parts):
        if runs and (runs[-1].role == run.role or not run.text.strip()):
            runs[-1] = runs[-1]._replace(text=runs[-1].text + run.text)
        else:
            runs.append(run)
    return tuple(runs)
