"""A conversation at two capture points as lines of text for terminals and pages of fixed-width type.

The two lifelines are the capture points. An arrow that reaches from one to the other is a packet that both captures
have; one that ends at `✕` was lost in between, one that begins at `+` was made in between, and `?` is where the other
capture cannot know. Each side has its own packet numbers and its own clock. Guarantees: all rows have their lifelines
at the same terminal cells, whatever the language.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.views.crossing import crossings_of
>>> captures = [Capture.open(capture_path(f"lost_reply_{side}")) for side in ("client", "server")]
>>> shown = plain(crossing_lines(crossings_of(*captures)[0], "en")).splitlines()
>>> print("\\n".join(shown[row][-64:] for row in (2, 3)))
──────────────────────────────────────────────▶ │  #1   0.000000
q 1337001637 ack 3675886560 ── │  #2   0.000016  lost in between
"""

from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import cell_width, pad
from lesson_engine.views.crossing import Crossed, CrossingPicture, Folded
from lesson_engine.views.ladder_text import row_words
from lesson_engine.views.text import Line, Role, escape_controls, line, plain, trimmed

__all__ = ["crossing_lines", "crossing_summary", "legend", "plain"]

_NARROWEST = 44
_STAMP = 12
"""Cells of a time and what stands around it, beside the packet's number."""
_TIP = 12
"""Cells that an arrow needs beside its words; one that stops in between needs them twice."""
SIGNS = {"lost": "✕", "made": "+", "untold": "?"}


def crossing_lines(picture: CrossingPicture, language: Language) -> list[Line]:
    """The capture points' names, a line a row, and what the signs mean."""
    words = [_words(row, language) for row in picture.rows]
    inner = max([_NARROWEST, *map(_needed, picture.rows, words)])
    packets = [arrow for row in picture.rows if isinstance(row, Crossed) for arrow in (row.near, row.far) if arrow]
    number = max((len(str(arrow.number)) for arrow in packets), default=1)
    stamp = number + _STAMP
    heads = [
        (Message("views.crossing.at_client").text(language), Message("views.crossing.at_server").text(language)),
        (escape_controls(picture.client), escape_controls(picture.server)),
    ]
    lines = [_head(left, right, stamp, inner) for left, right in heads]
    for row, text in zip(picture.rows, words, strict=True):
        lines.append(trimmed(_row(row, text, inner, number, language)))
    lines += [line(), line(crossing_summary(picture, language))]
    lines += [line((text, "faint")) for text in legend(picture, language)]
    return lines


def crossing_summary(picture: CrossingPicture, language: Language) -> str:
    """How many packets passed, were lost, and were made in between."""
    counts = Message("views.crossing.counts", passed=picture.passed, lost=picture.lost, made=picture.made)
    return counts.text(language)


def legend(picture: CrossingPicture, language: Language) -> list[str]:
    """What the signs that occur mean, and whose the times are."""
    fates = {row.fate for row in picture.rows if isinstance(row, Crossed)}
    keys = [f"{fate}_means" for fate in ("lost", "made", "untold") if fate in fates]
    keys.append("clock" if picture.is_clock_known else "no_clock")
    return [Message(f"views.crossing.{key}").text(language) for key in keys]


def _words(row: Crossed | Folded, language: Language) -> str:
    if isinstance(row, Folded):
        return f"⋮  {Message('views.crossing.fold', count=row.count).text(language)}"
    return " ".join(row_words(row.arrow, language).split())


def _needed(row: Crossed | Folded, words: str) -> int:
    is_whole = isinstance(row, Folded) or row.fate == "passed"
    return cell_width(words) + (_TIP if is_whole else 2 * _TIP)


def _head(left: str, right: str, stamp: int, inner: int) -> Line:
    """The names above their lifelines, the right one at least two cells behind the left one."""
    begin = max(0, stamp + 1 - cell_width(left) // 2)
    at = stamp + inner + 4 - cell_width(right) // 2
    gap = max(2, at - begin - cell_width(left))
    return line(" " * begin, (left, "title"), " " * gap, (right, "title"))


def _row(row: Crossed | Folded, words: str, inner: int, number: int, language: Language) -> Line:
    stamp = number + _STAMP
    rail: tuple[str, Role] = ("│", "faint")
    if isinstance(row, Folded):
        return line(" " * (stamp + 1), rail, (pad(f" {words}", inner + 2), "faint"), rail)
    body, role = _shaft(row, words, inner)
    note = row.arrow.note.text(language) if row.arrow.note is not None else ""
    remark = "" if row.fate == "passed" else Message(f"views.crossing.{row.fate}").text(language)
    behind = "   ".join(text for text in (remark, note) if text)
    near = _stamp(row.near.number if row.near else None, row.near_ns, number)
    far = _stamp(row.far.number if row.far else None, row.far_ns, number)
    return line(
        (pad(near, stamp), "faint"),
        " ",
        rail,
        (f" {body} ", role),
        rail,
        (f" {pad(far, stamp)}", "faint"),
        (f"  {behind}", "bad" if remark else "accent"),
    )


def _stamp(packet: int | None, time_ns: int | None, number: int) -> str:
    if packet is None or time_ns is None:
        return ""
    return f" {f'#{packet}':<{number + 1}} {time_ns / 1e9:9.6f}"


def _shaft(row: Crossed, words: str, inner: int) -> tuple[str, Role]:
    """The arrow with its words in it, `inner` cells wide."""
    role: Role = "plain" if row.fate == "passed" else "accent" if row.fate == "untold" else "bad"
    if row.fate == "passed":
        fill = "─" * (inner - cell_width(words) - 5)
        return (f"── {words} {fill}▶" if row.to_server else f"◀{fill} {words} ──"), role
    sign = SIGNS[row.fate]
    is_left = row.near is not None
    # A made packet, and one that the other capture cannot know, may come in where it is seen.
    leaves = is_left == row.to_server
    if is_left:
        half = f"── {words} ──▶ {sign}" if leaves else f"◀── {words} ── {sign}"
    else:
        half = f"{sign} ◀── {words} ──" if leaves else f"{sign} ── {words} ──▶"
    blank = " " * (inner - cell_width(half))
    return (half + blank if is_left else blank + half), role
