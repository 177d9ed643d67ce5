"""Lines with roles as HTML, and as values for the browser; tables for pages where nothing runs.

Guarantees: every text is escaped, control and format characters are visible, and columns align in any font: what is not
ASCII stands in a box as wide as its terminal cells (`ch` is the width of one). Knows nothing of what is shown.

>>> from lesson_engine.views.text import line
>>> html_line(line(("はい", "good"), " <b>"))
'<span class="t-good"><span class="t-cells t-wide" style="--cells:4">はい</span></span> &lt;b&gt;'
>>> pieces(line(("tcp", "quote"), "は 80"))
[['tcp', 'quote', 0], ['は', 'plain', 2], [' 80', 'plain', 0]]
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from lesson_engine.messages import Language
from lesson_engine.messages.cells import cell_width
from lesson_engine.views import svg
from lesson_engine.views.text import Line, escape_controls, plain

_LONGEST_NAME = 80

Piece = list[str | int]
"""A text, its role, and the cells that it takes; 0 where they are as many as its characters."""

_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_RUNS = re.compile(f"[ -~]+|[{_WIDE}]+|[^ -~{_WIDE}]+")


class Still(NamedTuple):
    """What is shown where nothing runs: HTML without its frame, and plain text."""

    html: str
    text: str


def pieces(line: Line) -> list[Piece]:
    """The line in pieces that are ASCII, or wide, or neither."""
    return [
        [text, run.role, 0 if text.isascii() else cell_width(text)]
        for run in line
        for text in _RUNS.findall(escape_controls(run.text))
    ]


def html_line(line: Line) -> str:
    """The line in spans with classes."""
    shown = []
    for text, role, cells in pieces(line):
        content = svg.escape(str(text))
        if cells:
            wide = " t-wide" if cells == 2 * len(str(text)) else ""
            content = f'<span class="t-cells{wide}" style="--cells:{cells}">{content}</span>'
        shown.append(content if role == "plain" else f'<span class="t-{role}">{content}</span>')
    return "".join(shown)


def html_lines(lines: Sequence[Line]) -> str:
    """The lines as preformatted text, which is named by the first of them and can be scrolled from the keyboard too."""
    name = next((text for each in lines if (text := plain([each]).strip())), "")[:_LONGEST_NAME]
    content = "\n".join(map(html_line, lines))
    return f'<pre class="t-lines" tabindex="0" role="group" aria-label="{svg.escape(name)}">{content}</pre>'


def still_lines(lines: Sequence[Line]) -> Still:
    """The lines and nothing else."""
    return Still(html_lines(lines), visible(plain(lines)))


def html_table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose cells are text."""
    return svg.table(caption, columns, rows)


def framed(html: str, language: Language, name: str) -> str:
    """The HTML as it is put into a page: with its style, and with a name by which what is live can take its place."""
    style = f"<style>{style_sheet('page.css')}</style>"
    return f'<div class="tutor tutor-still" lang="{language}" data-tutor-still="{svg.escape(name)}">{style}{html}</div>'


def visible(text: str) -> str:
    """Plain text whose only control characters are line breaks."""
    return "\n".join(map(escape_controls, text.split("\n")))


@cache
def style_sheet(name: str) -> str:
    """One of the style sheets of the package."""
    return files("lesson_engine.notebook.widgets").joinpath(name).read_text(encoding="utf-8")
