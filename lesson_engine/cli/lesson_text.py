"""The text of a lesson at a terminal: Markdown rendered by Rich, with Japanese broken as Japanese is.

Headings, paragraphs and code are laid out here; lists and the columns of tables are Rich's own. Lines are never wider
than `width` cells, but code is not broken. Without colours headings keep their marks, and code its backquotes. The only
module that imports Rich; it costs more than the rest of `tutor`, and is imported when a lesson is shown.

>>> print(rendered("Use `-nn`:\\n\\n```\\ntcpdump -nn\\n```", 40, coloured=False))
Use `-nn`:
<BLANKLINE>
    tcpdump -nn
<BLANKLINE>
"""

import io
from collections.abc import Iterable
from typing import ClassVar

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, Paragraph, TableElement
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from lesson_engine.messages.cells import breaks

_STYLES = Theme(
    {
        "markdown.h1": "bold",
        "markdown.h2": "bold cyan",
        "markdown.h3": "bold",
        "markdown.code": "cyan",
        "markdown.item.bullet": "none",
        "markdown.item.number": "none",
        "markdown.table.header": "bold",
        "markdown.table.border": "dim",
    }
)
"""Basic colours and no backgrounds, so that the learner's own theme stays readable."""


_NARROWEST_CELL = 16
"""Cells of the terminal that a column of a table is not squeezed below."""


def rendered(markdown: str, width: int, *, coloured: bool) -> str:
    """The text as lines of a terminal, with a newline behind each; `coloured` with SGR sequences."""
    file = io.StringIO()
    console = Console(
        file=file, width=width, theme=_STYLES, force_terminal=coloured, color_system="standard" if coloured else None,
        no_color=not coloured, highlight=False, legacy_windows=False,
    )  # fmt: skip
    console.print(_LessonText(markdown, quotes_code=not coloured), crop=False)
    lines = (line.rstrip() for line in file.getvalue().rstrip("\n").split("\n"))
    return "".join(f"{line}\n" for line in lines)


class _Paragraph(Paragraph):
    """A paragraph, broken where Japanese may be, which Rich does not know."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _broken(self.text, options.max_width)


class _Heading(Heading):
    """A heading at the left, whatever its level; where nothing is bold, with its marks."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        marks = Text("" if console.color_system else f"{'#' * int(self.tag[1:])} ")
        yield from _broken(marks + self.text, options.max_width)


class _Code(CodeBlock):
    """Code, set in, and never broken: a command that is broken is another one."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in str(self.text).rstrip().split("\n"):
            yield Text(f"    {line}", style="markdown.code", no_wrap=True, overflow="ignore")


class _Table(TableElement):
    """A table whose cells are broken as paragraphs are."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, style="markdown.table.border")
        for cell in self.header.row.cells if self.header and self.header.row else ():
            heading = cell.content.copy()
            heading.stylize("markdown.table.header")
            table.add_column(_Cell(heading))
        for row in self.body.rows if self.body else ():
            table.add_row(*(_Cell(cell.content) for cell in row.cells))
        yield table


class _Cell:
    """The text of one cell of a table."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(_NARROWEST_CELL, self._text.cell_len), self._text.cell_len)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _broken(self._text, options.max_width)


class _LessonText(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "paragraph_open": _Paragraph,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
        "table_open": _Table,
    }

    def __init__(self, markup: str, *, quotes_code: bool) -> None:
        super().__init__(markup, hyperlinks=False)
        if quotes_code:
            for token in self.parsed:
                for part in token.children or ():
                    if part.type == "code_inline":
                        part.content = f"`{part.content}`"


def _broken(text: Text, width: int) -> Iterable[Text]:
    """The text in lines of at most `width` cells."""
    for paragraph in text.split("\n"):
        for line in paragraph.divide(breaks(paragraph.plain, width)):
            line.rstrip()
            yield line
