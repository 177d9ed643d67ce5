"""One frame of a demonstration as a full screen of text, for the back row: few lines, and the current packet marked.

The tcpdump lines stand beside the ladder where the screen is wide enough, and above it where it is not. The current
packet has an arrow and a word, in both. Guarantees: never more lines than the screen has, none wider; the packet's own
line is shown whole as long as there is room, and what is asked is always there.
"""

from collections.abc import Sequence

from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.course.demo.shown import heading, status
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import cell_width, pad, wrap
from lesson_engine.views.crossing import CrossingPicture
from lesson_engine.views.crossing_text import crossing_lines
from lesson_engine.views.ladder import Arrow, Ladder, Notice
from lesson_engine.views.ladder_text import ladder_lines
from lesson_engine.views.text import Line, Role, escape_controls, line, shortened

_INDENT = 2
_POINTER = "▶ "
_BESIDE = 64
"""Cells that tcpdump's lines need beside a ladder."""
_BEFORE = 3
"""Packets before the current one that stay on the screen where the ladder is below."""
_MOST_TEXT = 100
"""Cells of a line of prose, however wide the screen is."""


def slide(shown: Presentation, language: Language, columns: int, rows: int, *, keys: bool = False) -> list[Line]:
    """The frame as lines; with `keys` what the keys do in place of the ladder."""
    head = [_head(shown, language, columns), line()]
    foot = [line(), line(" " * _INDENT, (Message("demo.keys").text(language), "faint"))]
    texts = _help(language) if keys else _texts(shown, language, columns)
    room = max(0, rows - len(head) - len(foot))
    texts = texts[-room:] if room else []
    body = [] if keys else _body(shown, language, columns, room - len(texts) - 1)
    filler = [line()] * (room - len(body) - len(texts))
    return [shortened(each, columns) for each in [*head, *body, *filler, *texts, *foot]][:rows]


def _head(shown: Presentation, language: Language, columns: int) -> Line:
    title, right = heading(shown).text(language), status(shown, language)
    gap = max(2, columns - _INDENT * 2 - cell_width(title) - cell_width(right))
    return line(" " * _INDENT, (title, "title"), " " * gap, (right, "faint"))


def _texts(shown: Presentation, language: Language, columns: int) -> list[Line]:
    """What is asked and what is told, as far as the frame has come."""
    frame = shown.frame
    if frame.kind == "opening":
        return []
    asked, told = (Message(key).text(language) for key in ("demo.question", "demo.reveal"))
    label = max(cell_width(asked), cell_width(told))
    lines: list[Line] = []
    if frame.question is not None:
        lines += _labelled(pad(asked, label), frame.question.text(language), "accent", columns)
    if frame.reveal is not None:
        lines += _labelled(pad(told, label), frame.reveal.text(language), "good", columns)
    return [line(), *lines] if lines else []


def _labelled(label: str, text: str, role: Role, columns: int) -> list[Line]:
    begin = _INDENT + cell_width(label) + 2
    wrapped = wrap(text, max(10, min(columns - begin - _INDENT, _MOST_TEXT)))
    first = line(" " * _INDENT, (label, role), "  ", (wrapped[0], "title"))
    return [first, *(line(" " * begin, (each, "title")) for each in wrapped[1:])]


def _help(language: Language) -> list[Line]:
    return [line(" " * _INDENT, each) for each in Message("demo.all_keys").text(language).split("\n")]


def _body(shown: Presentation, language: Language, columns: int, room: int) -> list[Line]:
    if shown.frame.kind == "opening":
        opening = shown.demo.story.opening.text(language)
        told = [line(" " * _INDENT, (each, "title")) for each in wrap(opening, min(columns - 4, _MOST_TEXT))]
        return [line(), *told][: max(room, 0)]
    picture = _picture(shown, language)
    if not shown.frame.packets or room <= 0:
        return []
    wide = max((sum(cell_width(run.text) for run in each) for each in picture), default=0)
    if not shown.frame.is_last and columns >= wide + _BESIDE + _INDENT:
        packets = _packets(shown, language, columns - wide - _INDENT * 2, room, len(picture))
        return _beside(packets, _tail(picture, room), columns - wide)
    packets = _packets(shown, language, columns - _INDENT * 2, max(1, room // 2), _BEFORE)
    if isinstance(shown.demo.picture(shown.frame), CrossingPicture):
        packets = []
    left = room - len(packets) - 1
    return [*packets, line(), *_tail(picture, left)] if left > 1 else packets


def _packets(shown: Presentation, language: Language, width: int, room: int, before: int) -> list[Line]:
    """The current packet's line, whole if there is room, and lines of those before it."""
    frame, demo = shown.frame, shown.demo
    last = frame.packets - 1
    is_current = frame.kind == "packet" or (frame.kind == "reveal" and not frame.is_last)
    label = Message("demo.now", number=demo.number(frame.part, last)).text(language) if is_current else ""
    pieces = _broken(demo.line(frame.part, last), max(20, width - 2))
    current = [
        line(" " * _INDENT, (_POINTER + label, "accent")),
        *(line(" " * (_INDENT + 2), (piece, "title" if is_current else "packet")) for piece in pieces),
    ]
    current = current[not is_current :][:room]
    earlier = range(max(0, last - min(before, room - len(current))), last)
    lines = []
    for index in earlier:
        text = demo.line(frame.part, index).partition("\n")[0]
        lines.append((*line(" " * (_INDENT + 2)), *shortened(line((text, "faint")), width - 2)))
    return [*lines, *current]


def _broken(text: str, width: int) -> list[str]:
    """A packet's line in pieces of at most `width` cells, broken at blanks where there are any."""
    return [piece for each in text.split("\n") for piece in _wrapped(escape_controls(each), width)]


def _wrapped(text: str, width: int) -> list[str]:
    pieces = []
    for piece in wrap(text, width):
        while cell_width(piece) > width:
            pieces.append(piece[:width])
            piece = piece[width:]
        pieces.append(piece)
    return pieces


def _picture(shown: Presentation, language: Language) -> list[Line]:
    """The ladder's lines, the current packet's with an arrow before it."""
    frame = shown.frame
    picture = shown.demo.picture(frame)
    if picture is None:
        return []
    if not isinstance(picture, Ladder):
        return crossing_lines(picture, language)
    lines = ladder_lines(picture, language)
    if frame.is_last or frame.kind == "question":
        return lines
    current = shown.demo.number(frame.part, frame.packets - 1)
    for place, row in enumerate(picture.rows, 1):
        if isinstance(row, Arrow | Notice) and row.number == current:
            margin, *rest = lines[place]
            lines[place] = (*line((_POINTER + margin.text[len(_POINTER) :], "accent")), *rest)
    return lines


def _tail(picture: Sequence[Line], room: int) -> list[Line]:
    """The names, and as many of the last lines as there is room for."""
    if len(picture) <= room:
        return [*picture]
    return [picture[0], *picture[len(picture) - room + 1 :]] if room > 1 else [*picture[:room]]


def _beside(left: Sequence[Line], right: Sequence[Line], at: int) -> list[Line]:
    lines = []
    for index in range(max(len(left), len(right))):
        first = shortened(left[index], at - 1) if index < len(left) else ()
        gap = at - sum(cell_width(run.text) for run in first)
        lines.append((*first, *line(" " * gap), *(right[index] if index < len(right) else ())))
    return lines
