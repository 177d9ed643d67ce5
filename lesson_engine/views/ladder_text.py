"""A ladder as lines of text for terminals and pages of fixed-width type.

Shapes and words say the same: a plain line is a segment, a dashed one is sent again; in place of the other lifeline,
`?` is what nobody answered and `✕` what an ICMP error turned back; a dotted line is what was said by others or is not
in the capture. Guarantees: all rows have their lifelines at the same terminal cells, whatever the language.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.conversations.connection import connections
>>> (connection,) = connections(Capture.open(capture_path("closed_port")))
>>> print(plain(ladder_lines(ladder_of(connection), "en")))
192.168.1.50.37870                    192.168.1.100.3306
     │ ── SYN          seq 3570153969 ────────▶ │   #1   0.000000
     │ ◀───── RST-ACK  seq 0  ack 3570153970 ── │   #2  +0.000039   reset
"""

from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.ladder import Arrow, Fold, Gap, Ladder, Notice, Pause, Row, ladder_of
from lesson_engine.views.text import Line, Role, escape_controls, line, plain, trimmed

__all__ = ["ladder_lines", "ladder_of", "ladder_summary", "missed", "plain", "row_words", "time_text"]

_MARGIN = 5
"""Cells before the left lifeline."""
_NARROWEST = 40
_FLAGS_WIDTH = 11
_SHAFT = 3
"""Cells of line that every arrow shows at least, beyond the two at its beginning."""


def ladder_lines(ladder: Ladder, language: Language) -> list[Line]:
    """The lifelines' names, then a line a row: the arrow, the packet's number, the time since the row before, and what
    the row completes. The first time is 0; a legend follows where a sign needs one."""
    words = [row_words(row, language) for row in ladder.rows]
    inner = max([_NARROWEST, *map(_needed, ladder.rows, words)])
    left, right = (escape_controls(name) for name in ladder.lifelines[:2])
    begin = max(1, _MARGIN + inner + 2 - cell_width(right) // 2 - cell_width(left))
    numbers = [row.number for row in ladder.rows if isinstance(row, Arrow | Notice)]
    number_width = len(str(max(numbers, default=0))) + 1
    lines = [line((left, "title"), " " * begin, (right, "title"))]
    for row, text in zip(ladder.rows, words, strict=True):
        lines.append(trimmed(_row(row, text, inner, number_width, language)))
    if any(isinstance(row, Arrow) and row.no_answer for row in ladder.rows):
        lines += [line(), line((Message("views.ladder.no_answer_means").text(language), "faint"))]
    return lines


def _arrow_words(row: Arrow, language: Language) -> str:
    """What an arrow says: flags with what marks them, sequence numbers, acknowledgment, payload. Those to the right
    stand in columns, those to the left at the right end of theirs."""
    if row.said:
        return escape_controls(f"{row.flags}  {row.said}".strip())
    parts = []
    if row.sequence is not None:
        parts.append(f"seq {row.sequence}" + ("" if row.behind is None else f":{row.behind}"))
    if row.acknowledgment is not None:
        parts.append(f"ack {row.acknowledgment}")
    if row.payload_length:
        parts.append(Message("views.ladder.payload", bytes=f"{row.payload_length:,}").text(language))
    flags = _flags(row, language)
    return f"{pad(flags, _FLAGS_WIDTH) if row.target > row.origin else flags}  {'  '.join(parts)}".rstrip()


def time_text(nanoseconds: int | None) -> str:
    """Seconds since the row before, to the microsecond; 0 for the first row.

    >>> time_text(None), time_text(1_029_000_000)
    (' 0.000000', '+1.029000')
    """
    return f" {0:.6f}" if nanoseconds is None else f"{nanoseconds / 1e9:+.6f}"


def _flags(row: Arrow, language: Language) -> str:
    marks = ", ".join(mark.text(language) for mark in row.marks)
    return f"{row.flags} ({marks})" if marks else row.flags


def row_words(row: Row, language: Language) -> str:
    """What any row says, without its packet's number and time."""
    if isinstance(row, Arrow):
        return _arrow_words(row, language)
    if isinstance(row, Notice):
        return escape_controls(row.text.text(language))
    if isinstance(row, Gap):
        gap = Message("views.ladder.gap", bytes=f"{row.length:,}", first=row.first, behind=row.behind)
        return f"✕ {gap.text(language)} ✕"
    if isinstance(row, Pause):
        return "⋮  " + Message("views.ladder.pause", seconds=f"{row.length_ns / 1e9:.1f}").text(language)
    right, left = (f"{count:,}" for count in row.payload)
    fold = Message(
        "views.ladder.fold", packets=f"{row.packets:,}", first=row.first, last=row.last, right=right, left=left
    )
    return f"⋮  {fold.text(language)}"


def _row(row: Row, words: str, inner: int, number_width: int, language: Language) -> Line:
    margin = " " * _MARGIN
    rail: tuple[str, Role] = ("│", "faint")
    if isinstance(row, Pause | Fold):
        return line(margin, rail, (pad(f" {words}", inner + 2), "faint"), rail)
    if isinstance(row, Gap):
        fill = inner - cell_width(words) - 2
        shown = f"{'┈' * (fill // 2)} {words} {'┈' * (fill - fill // 2)}"
        return line(margin, rail, (f" {shown} ", "bad"), rail)
    body, role = _shaft(row, words, inner)
    sign = _sign(row)
    end: tuple[str, Role] = (sign, "bad") if sign else rail
    left, right = (end, rail) if row.target == 0 else (rail, end)
    stamp = f"   {f'#{row.number}':<{number_width}}  {time_text(row.since_ns)}"
    note = row.note.text(language) if isinstance(row, Arrow) and row.note is not None else ""
    return line(margin, left, (f" {body} ", role), right, (stamp, "faint"), (f"   {note}", "accent"))


def _needed(row: Row, words: str) -> int:
    return cell_width(words) + (1 if isinstance(row, Pause | Fold) else _SHAFT + 5)


def missed(row: Arrow | Notice) -> Message | None:
    """Why a row is not known to have reached the other lifeline, or None."""
    if isinstance(row, Arrow) and row.is_stopped:
        return Message("views.ladder.stopped")
    unheard = row.no_answer if isinstance(row, Arrow) else row.target is None
    return Message("views.ladder.no_answer") if unheard else None


def _sign(row: Arrow | Notice) -> str:
    """What stands in place of the lifeline that a row is not known to have reached; empty where it is."""
    if missed(row) is None:
        return ""
    return "✕" if isinstance(row, Arrow) and row.is_stopped else "?"


def _shaft(row: Arrow | Notice, words: str, inner: int) -> tuple[str, Role]:
    """The arrow with its words in it, `inner` cells wide."""
    if isinstance(row, Arrow):
        stroke, role = ("╌", "accent") if row.is_again else ("─", "plain")
        if _sign(row) or "RST" in row.flags:
            role = "bad"
        rightward = row.target > row.origin
    else:
        stroke, role, rightward = "┈", "bad", row.target != 0
    fill = inner - cell_width(words) - 5
    if rightward:
        return f"{stroke * 2} {words} {stroke * fill}▶", role  # type: ignore[return-value]
    return f"◀{stroke * fill} {words} {stroke * 2}", role  # type: ignore[return-value]


def ladder_summary(ladder: Ladder, language: Language) -> str:
    """One sentence for who cannot see the picture: who talks to whom, in how many packets."""
    left, right = ladder.lifelines[:2]
    return Message("views.ladder.summary", left=left, right=right, packets=ladder.packets).text(language)
