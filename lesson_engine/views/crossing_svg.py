"""A conversation at two capture points as an SVG picture.

It says what `crossing_text` says, in the same words. The description has every row, for who cannot see the picture.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.views.crossing import crossings_of
>>> captures = [Capture.open(capture_path(f"lost_reply_{side}")) for side in ("client", "server")]
>>> picture = crossing_svg(crossings_of(*captures)[0], "en")
>>> picture.count("<polygon"), picture.count(">✕<")
(11, 6)
"""

from collections.abc import Iterator

from lesson_engine.messages import Language, Message
from lesson_engine.views import svg
from lesson_engine.views.crossing import Crossed, CrossingPicture, Folded
from lesson_engine.views.crossing_text import SIGNS, crossing_summary, legend
from lesson_engine.views.ladder_text import row_words

_ROW = 34
_TOP = 70
_MARGIN = 16
_NARROWEST = 420
_GAP = 12


def crossing_svg(picture: CrossingPicture, language: Language) -> str:
    """The picture, one SVG document."""
    words = [_words(row, language) for row in picture.rows]
    stamps = [_stamps(row) for row in picture.rows]
    names = [
        (Message(f"views.crossing.at_{side}").text(language), name)
        for side, name in (("client", picture.client), ("server", picture.server))
    ]
    half_names = [max(map(svg.text_width, each)) / 2 for each in names]
    left = _MARGIN + max([half_names[0], *(svg.text_width(near) + _GAP for near, _ in stamps)])
    span = max([_NARROWEST, *(svg.text_width(text) + 120 for text in words)])
    places = (left, left + span)
    remarks = [_remark(row, language) for row in picture.rows]
    right = places[1] + max(
        [
            half_names[1],
            *(svg.text_width(f"{far}  {text}") + _GAP for (_, far), text in zip(stamps, remarks, strict=True)),
        ]
    )
    elements = []
    for place, (point, name) in zip(places, names, strict=True):
        elements += [
            svg.text(place, _TOP - 42, point, "faint", "middle"),
            svg.text(place, _TOP - 24, name, "name", "middle"),
        ]
    y = float(_TOP)
    for row, text, (near, far), remark in zip(picture.rows, words, stamps, remarks, strict=True):
        y += _ROW
        elements += _row(row, text, y, places)
        if near:
            elements.append(svg.text(places[0] - _GAP, y + 4, near, "faint", "end"))
        elements.append(svg.text(places[1] + _GAP, y + 4, f"{far}  {remark}".strip(), "faint"))
    elements += [svg.stroke(place, _TOP - 12, place, y + 12, "faint") for place in places]
    for text in (crossing_summary(picture, language), *legend(picture, language)):
        y += _ROW
        elements.append(svg.text(_MARGIN, y, text, "faint"))
        right = max(right, _MARGIN + svg.text_width(text))
    title = Message("views.crossing.title", client=picture.client, server=picture.server).text(language)
    return svg.document(
        right + _MARGIN, y + _MARGIN, title, crossing_description(picture, language), elements, language
    )


def _words(row: Crossed | Folded, language: Language) -> str:
    if isinstance(row, Folded):
        return Message("views.crossing.fold", count=row.count).text(language)
    return " ".join(row_words(row.arrow, language).split())


def _stamps(row: Crossed | Folded) -> tuple[str, str]:
    if isinstance(row, Folded):
        return "", ""
    near, far = (
        "" if arrow is None or time is None else f"#{arrow.number}  {time / 1e9:.6f}"
        for arrow, time in ((row.near, row.near_ns), (row.far, row.far_ns))
    )
    return near, far


def _remark(row: Crossed | Folded, language: Language) -> str:
    if isinstance(row, Folded):
        return ""
    remark = "" if row.fate == "passed" else Message(f"views.crossing.{row.fate}").text(language)
    note = row.arrow.note.text(language) if row.arrow.note is not None else ""
    return "  ".join(text for text in (remark, note) if text)


def _row(row: Crossed | Folded, words: str, y: float, places: tuple[float, float]) -> Iterator[str]:
    left, right = places
    middle = (left + right) / 2
    if isinstance(row, Folded):
        yield svg.text(middle, y + 4, f"⋮  {words}", "faint", "middle")
        return
    look = {"passed": "", "untold": "accent"}.get(row.fate, "bad")
    begin, end = (left + 2, right - 2) if row.to_server else (right - 2, left + 2)
    sign_at = None
    if row.fate != "passed":
        # One end is where the packet was seen; the other is in between.
        sign_at = right - 40 if row.near is not None else left + 40
        seen = left + 2 if row.near is not None else right - 2
        short = sign_at - 12 if row.near is not None else sign_at + 12
        leaves = (row.near is not None) == row.to_server
        begin, end = (seen, short) if leaves else (short, seen)
    yield svg.stroke(begin, y, end, y, look, "2 4" if row.fate == "untold" else "")
    yield svg.head(end, y, rightward=row.to_server, look=look)
    if sign_at is not None:
        yield svg.text(sign_at, y + 5, SIGNS[row.fate], f"name {look}", "middle")
    at, anchor = (min(begin, end) + 12, "start") if row.to_server else (max(begin, end) - 12, "end")
    yield svg.text(at, y - 6, words, look, anchor)


def crossing_description(picture: CrossingPicture, language: Language) -> str:
    """What the picture shows, row by row, for who cannot see it."""
    said = [crossing_summary(picture, language)]
    for row in picture.rows:
        text = _words(row, language)
        if isinstance(row, Folded):
            said.append(f"{text}.")
            continue
        source = picture.client if row.to_server else picture.server
        remark = _remark(row, language)
        said.append(f"{source} {text}{f' ({remark})' if remark else ''}.")
    return " ".join(said)
