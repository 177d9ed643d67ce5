"""Lines of text with a role for each run of characters, which terminals colour and pages style.

The one form in which pictures made of text leave the views: a role says what a run *is*, never how it
looks, and a role never carries meaning that the words do not.

>>> line(("✓ ", "good"), "合格")
(Run(text='✓ ', role='good'), Run(text='合格', role='plain'))
>>> plain([line("a", ("b", "accent"))])
'ab'
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from lesson_engine.messages.cells import cell_width

Role = Literal["plain", "title", "good", "bad", "accent", "faint", "packet", "quote"]


class Run(NamedTuple):
    """Characters of one role."""

    text: str
    role: Role = "plain"


Line = tuple[Run, ...]

PROSE_WIDTH = 80
"""Cells that prose is wrapped to at most; packets and the learner's own words are never cut."""


def line(*parts: str | tuple[str, Role]) -> Line:
    """A line of plain strings and (string, role) pairs."""
    return tuple(Run(part) if isinstance(part, str) else Run(*part) for part in parts)


def plain(lines: Iterable[Line]) -> str:
    """The lines without their roles, joined by newlines."""
    return "\n".join("".join(run.text for run in each) for each in lines)


def trimmed(whole: Line) -> Line:
    """The line without blanks at its end."""
    runs = list(whole)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return tuple(runs)


def shortened(whole: Line, width: int) -> Line:
    """The line cut to `width` cells, with an ellipsis where something is left out; control characters are made visible
    first, since they count as what is shown.

    >>> plain([shortened(line("tcp ", ("通信", "accent")), 7)])
    'tcp 通…'
    """
    runs = [run._replace(text=escape_controls(run.text)) for run in whole]
    if sum(cell_width(run.text) for run in runs) <= width:
        return tuple(runs)
    kept: list[Run] = []
    left = width - 1
    for run in runs:
        length = len(run.text)
        while cell_width(run.text[:length]) > left:
            length -= 1
        kept.append(run._replace(text=run.text[:length]))
        left -= cell_width(kept[-1].text)
        if length < len(run.text):
            break
    return (*kept, Run("…", "faint"))


def escape_controls(text: str) -> str:
    """`text` with every control and format character visible, so that payload can neither move a cursor nor
    turn the direction of writing. Tabs become blanks; newlines are escaped too."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if character == "\t" else character if character.isprintable() else _visible(character)
        for character in text
    )


def _visible(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
