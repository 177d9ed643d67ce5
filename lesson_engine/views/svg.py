"""Writing SVG: one document with a title and a description, text that cannot break out, and one style for all pictures.

Guarantees: well-formed XML whatever the texts hold (control and format characters are made visible first, as in a
terminal); the picture has a role and a name for screen readers; it scales with its width; colours follow the reader's
light or dark scheme, with a ground of its own so that the text stays readable on any page. Knows no packets. SVG 2,
WAI-ARIA 1.2.

>>> picture = document(100, 20, "A & B", "two\\x07", [text(5, 15, "<b>")], "en")
>>> "<title id=" in picture and ">A &amp; B</title>" in picture and "two\\\\x07" in picture and "&lt;b&gt;" in picture
True
"""

from collections.abc import Iterable
from zlib import crc32

from lesson_engine.messages import Language
from lesson_engine.messages.cells import cell_width
from lesson_engine.views.text import escape_controls

FONT_SIZE = 13
CELL = FONT_SIZE * 0.62
"""Width of one terminal cell in the monospaced fonts of the style, with some room."""

_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})

# Each of the colours has a contrast of 4.5 and more with its ground (WCAG 2.2, 1.4.3).
_STYLE = """
.tutor-picture { --ground: #ffffff; --ink: #1f2328; --faint: #59636e; --accent: #0550ae; --bad: #b3261e;
  font-family: "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK JP", "BIZ UDGothic", "Hiragino Sans", monospace;
  font-size: 13px; }
@media (prefers-color-scheme: dark) { .tutor-picture { --ground: #15191f; --ink: #e6edf3; --faint: #9aa4af;
  --accent: #79b8ff; --bad: #ff8a80; } }
.tutor-picture .ground { fill: var(--ground); }
.tutor-picture text { fill: var(--ink); white-space: pre; }
.tutor-picture text.name { font-weight: 700; }
.tutor-picture text.faint { fill: var(--faint); }
.tutor-picture text.accent { fill: var(--accent); }
.tutor-picture text.bad { fill: var(--bad); }
.tutor-picture .line { stroke: var(--ink); stroke-width: 1.5; fill: none; }
.tutor-picture .line.faint { stroke: var(--faint); stroke-width: 1; }
.tutor-picture .line.accent { stroke: var(--accent); }
.tutor-picture .line.bad { stroke: var(--bad); }
.tutor-picture .head { fill: var(--ink); }
.tutor-picture .head.accent, .tutor-picture .bar.accent { fill: var(--accent); }
.tutor-picture .head.bad { fill: var(--bad); }
.tutor-picture .bar { fill: var(--ink); }
"""


def escape(content: str) -> str:
    """Text or an attribute's value for XML and HTML, with control and format characters made visible."""
    return escape_controls(content).translate(_SPECIAL)


def document(
    width: float, height: float, title: str, description: str, elements: Iterable[str], language: Language
) -> str:
    """The whole picture; `width` and `height` are in its own units, to which it is scaled."""
    body = "\n".join(elements)
    # Several pictures may stand on one page, and an id must be there once.
    name = f"tutor-{crc32(f'{title}{description}{body}'.encode()):08x}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tutor-picture" role="img" lang="{language}" '
        f'viewBox="0 0 {_number(width)} {_number(height)}" width="{_number(width)}" '
        f'style="max-width:100%;height:auto" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n<desc id="{name}-desc">{escape(description)}</desc>\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="ground" width="{_number(width)}" height="{_number(height)}"/>\n{body}\n</svg>\n'
    )


def text(x: float, y: float, content: str, look: str = "", anchor: str = "start") -> str:
    """Text with its baseline at `y`; `anchor` says what of it stands at `x`: start, middle or end."""
    look = f' class="{look}"' if look else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{_number(x)}" y="{_number(y)}"{look}{place}>{escape(content)}</text>'


def text_width(content: str) -> float:
    """How wide a text is, in the units of the picture."""
    return cell_width(escape_controls(content)) * CELL


def stroke(x1: float, y1: float, x2: float, y2: float, look: str = "", dashes: str = "") -> str:
    """A straight line; `dashes` are lengths of ink and of nothing."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line class="{f"line {look}".rstrip()}" x1="{_number(x1)}" y1="{_number(y1)}" '
        f'x2="{_number(x2)}" y2="{_number(y2)}"{dashed}/>'
    )


def head(x: float, y: float, *, rightward: bool, look: str = "") -> str:
    """The head of an arrow that ends at (x, y)."""
    back = x - 9 if rightward else x + 9
    points = f"{_number(x)},{_number(y)} {_number(back)},{_number(y - 4.5)} {_number(back)},{_number(y + 4.5)}"
    return f'<polygon class="{f"head {look}".rstrip()}" points="{points}"/>'


def bar(x: float, y: float, width: float, height: float, look: str = "") -> str:
    """A filled rectangle."""
    return (
        f'<rect class="{f"bar {look}".rstrip()}" x="{_number(x)}" y="{_number(y)}" '
        f'width="{_number(width)}" height="{_number(height)}"/>'
    )


def group(elements: Iterable[str], *, packet: int) -> list[str]:
    """Elements that belong to one packet, which pages can find by its number."""
    return [f'<g data-packet="{packet}">', *elements, "</g>"]


def table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """An HTML table, for beside the picture: what it shows, for who reads rather than looks."""
    header = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "\n".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<table class="tutor-table">\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{header}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
