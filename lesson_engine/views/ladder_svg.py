"""A ladder as an SVG picture, and as an HTML table for beside it.

The picture says what `ladder_text` says, in the same words; strokes stand for its lines: solid for a segment, dashed
for one that is sent again, dotted for what others said and for what is not in the capture. The table has a row for
every row of the ladder. Both are in one language, and safe to put into a page.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.conversations.connection import connections
>>> from lesson_engine.views.ladder import ladder_of
>>> ladder = ladder_of(connections(Capture.open(capture_path("closed_port")))[0])
>>> ladder_svg(ladder, "en").count("<polygon"), ladder_table(ladder, "en").count("<tr>")
(2, 3)
"""

from collections.abc import Iterator

from lesson_engine.messages import Language, Message
from lesson_engine.views import svg
from lesson_engine.views.ladder import Arrow, Fold, Gap, Ladder, Notice, Pause, Row
from lesson_engine.views.ladder_text import ladder_summary, missed, row_words, time_text

_ROW = 34
"""Height of a row that is an arrow: its words stand on it."""
_LOW_ROW = 24
_TOP = 52
_MARGIN = 16
_NARROWEST = 380
_STAMP_GAP = 24
_DASHED, _DOTTED = "7 5", "2 4"


def ladder_svg(ladder: Ladder, language: Language, current: int | None = None) -> str:
    """The picture, one SVG document. The packet with the number `current` is pointed at, and called the one of now."""
    words = [row_words(row, language) for row in ladder.rows]
    names = ladder.lifelines[:2]
    left = svg.text_width(names[0]) / 2 + _MARGIN
    span = max([_NARROWEST, *(svg.text_width(text) + 48 for text in words)])
    places = (left, left + span)
    number_width = max((len(f"#{row.number}") for row in ladder.rows if isinstance(row, Arrow | Notice)), default=0)
    stamps = [_stamp(row, number_width, language) for row in ladder.rows]
    pointed = [isinstance(row, Arrow | Notice) and row.number == current for row in ladder.rows]
    now = Message("views.ladder.now").text(language)
    stamps = [f"{stamp}   ◀ {now}" if is_now else stamp for stamp, is_now in zip(stamps, pointed, strict=True)]
    stamp_at = places[1] + _STAMP_GAP
    right = max([stamp_at + max(map(svg.text_width, stamps), default=0), places[1] + svg.text_width(names[1]) / 2])
    elements = [svg.text(place, _TOP - 24, name, "name", "middle") for place, name in zip(places, names, strict=True)]
    y = float(_TOP)
    for row, text, stamp, is_now in zip(ladder.rows, words, stamps, pointed, strict=True):
        y += _ROW if isinstance(row, Arrow | Notice) else _LOW_ROW
        drawn = [*_row(row, text, y, places)]
        if stamp:
            drawn.append(svg.text(stamp_at, y + 4, stamp, "name" if is_now else "faint"))
        if is_now:
            drawn.append(svg.head(left - 6, y, rightward=True, look="accent"))
        elements += svg.group(drawn, packet=row.number) if isinstance(row, Arrow | Notice) else drawn
    y += 12
    elements += [svg.stroke(place, _TOP - 12, place, y, "faint") for place in places]
    if any(row.no_answer for row in ladder.arrows):
        legend = Message("views.ladder.no_answer_means").text(language)
        y += _ROW
        elements.append(svg.text(_MARGIN, y, legend, "faint"))
        right = max(right, _MARGIN + svg.text_width(legend))
    title = Message("views.ladder.title", left=names[0], right=names[1]).text(language)
    return svg.document(right + _MARGIN, y + _MARGIN, title, ladder_description(ladder, language), elements, language)


def ladder_table(ladder: Ladder, language: Language) -> str:
    """The same as an HTML table: one row a packet, with what is remarkable in words."""
    keys = ("number", "time", "from", "to", "flags")
    columns = [Message(f"views.ladder.column.{key}").text(language) for key in keys]
    columns += ["seq", "ack", *(Message(f"views.ladder.column.{key}").text(language) for key in ("bytes", "remark"))]
    return svg.table(ladder_summary(ladder, language), columns, (_cells(row, ladder, language) for row in ladder.rows))


def ladder_description(ladder: Ladder, language: Language) -> str:
    """What the picture shows, row by row, for who cannot see it."""
    rows = [f"#{row.number} {_said(row, ladder, language)}" for row in ladder.rows if isinstance(row, Arrow | Notice)]
    return " ".join([ladder_summary(ladder, language), *(f"{row}." for row in rows)])


def _said(row: Arrow | Notice, ladder: Ladder, language: Language) -> str:
    remark = "" if isinstance(row, Notice) else _remarks(row, language, with_marks=False)
    source = ladder.lifelines[row.origin] if row.origin is not None else ""
    words = f"{source} {' '.join(row_words(row, language).split())}".strip()
    return f"{words} ({remark})" if remark else words


def _remarks(row: Arrow, language: Language, *, with_marks: bool = True) -> str:
    remarks = [*row.marks] if with_marks else []
    remarks += [each for each in (missed(row), row.note) if each is not None]
    said = [row.said] if row.said and with_marks else []
    return ", ".join([*said, *(remark.text(language) for remark in remarks)])


def _stamp(row: Row, number_width: int, language: Language) -> str:
    if not isinstance(row, Arrow | Notice):
        return ""
    note = row.note.text(language) if isinstance(row, Arrow) and row.note is not None else ""
    return f"{f'#{row.number}':<{number_width}}  {time_text(row.since_ns)}   {note}".rstrip()


def _row(row: Row, words: str, y: float, places: tuple[float, float]) -> Iterator[str]:
    left, right = places
    middle = (left + right) / 2
    if isinstance(row, Pause | Fold):
        yield svg.text(middle, y + 4, words, "faint", "middle")
        return
    if isinstance(row, Gap):
        half = svg.text_width(words) / 2 + 8
        yield svg.stroke(left + 4, y, middle - half, y, "bad", _DOTTED)
        yield svg.stroke(middle + half, y, right - 4, y, "bad", _DOTTED)
        yield svg.text(middle, y + 4, words, "bad", "middle")
        return
    rightward = row.target != 0
    sign = missed(row)
    bad = sign is not None or isinstance(row, Notice) or "RST" in row.flags
    again = isinstance(row, Arrow) and row.is_again
    look = "bad" if bad else "accent" if again else ""
    dashes = _DOTTED if isinstance(row, Notice) else _DASHED if again else ""
    # An arrow that is not known to have arrived ends before the lifeline, at its sign.
    short = 22 if sign is not None else 2
    begin, end = (left + 2, right - short) if rightward else (right - 2, left + short)
    anchored_left = rightward
    if isinstance(row, Notice) and row.origin is None:
        # From neither of the two: from somewhere between them.
        begin, anchored_left = middle, True
    yield svg.stroke(begin, y, end, y, look, dashes)
    yield svg.head(end, y, rightward=rightward, look=look)
    if sign is not None:
        mark = "✕" if isinstance(row, Arrow) and row.is_stopped else "?"
        yield svg.text(end + (11 if rightward else -11), y + 5, mark, "name bad", "middle")
    at, anchor = (left + 12, "start") if anchored_left else (right - 12, "end")
    yield svg.text(at, y - 6, words, look, anchor)


def _cells(row: Row, ladder: Ladder, language: Language) -> list[str]:
    if isinstance(row, Arrow):
        sequence = "" if row.sequence is None else f"{row.sequence}{'' if row.behind is None else f':{row.behind}'}"
        return [
            str(row.number),
            time_text(row.since_ns).strip(),
            ladder.lifelines[row.origin],
            ladder.lifelines[row.target],
            row.flags,
            sequence,
            "" if row.acknowledgment is None else str(row.acknowledgment),
            f"{row.payload_length:,}",
            _remarks(row, language),
        ]
    if isinstance(row, Notice):
        ends = ["" if place is None else ladder.lifelines[place] for place in (row.origin, row.target)]
        return [str(row.number), time_text(row.since_ns).strip(), *ends, "", "", "", "", row_words(row, language)]
    ends = [ladder.lifelines[row.origin], ladder.lifelines[row.target]] if isinstance(row, Gap) else ["", ""]
    number = f"{row.first}-{row.last}" if isinstance(row, Fold) else ""
    return [number, "", *ends, "", "", "", "", row_words(row, language)]
