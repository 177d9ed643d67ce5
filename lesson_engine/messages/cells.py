"""How wide text is on a terminal, in cells: a Japanese character takes two.

Follows Unicode Standard Annex 11: wide and full-width characters take two cells, combining marks and format
controls none. Ambiguous characters count one, as terminals outside legacy East Asian locales draw them.

>>> cell_width("tcp 通信")
8
>>> pad("はい", 6) + "|"
'はい  |'
"""

from itertools import pairwise
from unicodedata import category, east_asian_width

_NO_CELLS = {"Mn", "Me", "Cf"}


def cell_width(text: str) -> int:
    """Cells that one line of text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if category(character) in _NO_CELLS else 2 if east_asian_width(character) in "WF" else 1 for character in text
    )


def pad(text: str, width: int) -> str:
    """`text` with blanks behind it until it is `width` cells wide; longer text is left whole."""
    return text + " " * (width - cell_width(text))


def caret(source: str, span: tuple[int, int], width: int = 76) -> str:
    """The line of `source` that holds the span's start, and carets under the span: two lines of text, each at
    most `width` cells. `span` is a start and an end offset; a long line is shown around the span.

    >>> print(caret("tcpdump -c ten", (11, 14)))
    tcpdump -c ten
               ^^^
    """
    begin = source.rfind("\n", 0, span[0]) + 1
    line = source[begin : span[1] + width].partition("\n")[0]
    line = "".join(character if character.isprintable() else " " for character in line)
    start = span[0] - begin
    end = max(start + 1, span[1] - begin)
    # Two thirds of the width before the span's start, where the line does not fit as a whole.
    first = 0 if cell_width(line) <= width else max(0, start - width * 2 // 3)
    while cell_width(line[first:start]) > width * 2 // 3:
        first += 1
    last = min(len(line), first + width)
    while cell_width(line[first:last]) > width:
        last -= 1
    marks = "^" * max(1, cell_width(line[start : min(end, last)]))
    return f"{line[first:last]}\n{' ' * cell_width(line[first:start])}{marks}"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; breaks at blanks, and inside Japanese anywhere but before closing
    marks and behind opening ones."""
    return [
        paragraph[start:end].strip() if start else paragraph[start:end].rstrip()
        for paragraph in text.split("\n")
        for start, end in pairwise([0, *breaks(paragraph, width), len(paragraph)])
    ]


def breaks(paragraph: str, width: int) -> list[int]:
    """The offsets at which a paragraph is to be broken, so that no line takes more than `width` cells.

    >>> breaks("one two three", 7)
    [8]
    """
    found: list[int] = []
    start = at = 0
    for piece in _pieces(paragraph):
        if at > start and cell_width(paragraph[start:at] + piece.rstrip()) > width:
            found.append(at)
            start = at
        at += len(piece)
    return found


_OPENING = frozenset("([（「『【〈《")
_CLOSING = frozenset("、。，．・:;?!)）」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")


def _pieces(text: str) -> list[str]:
    """What may not be broken: words with the blanks behind them, and single wide characters."""
    pieces: list[str] = []
    for character in text:
        wide = east_asian_width(character) in "WF"
        if pieces and (
            character == " "
            or character in _CLOSING
            or pieces[-1][-1] in _OPENING
            or (not wide and pieces[-1][-1] != " " and east_asian_width(pieces[-1][-1]) not in "WF")
        ):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
