"""What a browser gets of a demonstration: the page, and the state of the moment as plain values.

Guarantees: no text can become markup, since the page has its labels escaped and its script sets text alone; a state has
nothing of the frames that come later. Knows no sockets.

>>> "<script>" in page("<b>", "presenter", "en"), "&lt;b&gt;" in page("<b>", "presenter", "en")
(False, True)
"""

import os
from typing import Any, Literal

from lesson_engine.cli.demo.slide import heading, status
from lesson_engine.course.demo.demo import Demo, Frame
from lesson_engine.course.demo.presentation import Action, Presentation
from lesson_engine.messages import Language, Message
from lesson_engine.views.crossing_svg import crossing_description, crossing_svg
from lesson_engine.views.ladder import Ladder
from lesson_engine.views.ladder_svg import ladder_description, ladder_svg
from lesson_engine.views.svg import escape
from lesson_engine.views.text import escape_controls

Role = Literal["presenter", "class"]

ASSETS = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}
"""The files of the page, and what they are."""

_BUTTONS: tuple[tuple[Action, str], ...] = (
    ("back", "←"), ("next", "Space"), ("reveal", "R"), ("play", "P"), ("slower", "−"), ("faster", "+"),
)  # fmt: skip


def page(title: str, role: Role, language: Language) -> str:
    """The HTML; the presenter's has buttons."""

    def said(name: str) -> str:
        return escape(Message(f"demo.page.{name}").text(language))

    if role == "presenter":
        controls = "".join(
            f'<button type="button" data-do="{action}">{said(action)}<kbd>{key}</kbd></button>'
            for action, key in _BUTTONS
        )
    else:
        controls = f"<p>{said('follows')}</p>"
    labels = {name: said(name) for name in ("now", "lost", "packets", "ladder", "noscript")}
    labels |= {name: escape(Message(f"demo.{name}").text(language)) for name in ("question", "reveal")}
    template = asset("page.html").decode()
    return template.format(language=language, title=escape(title), role=role, controls=controls, **labels)


def asset(name: str) -> bytes:
    """A file of the page."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "rb") as file:
        return file.read()


def state(shown: Presentation, version: int, language: Language) -> dict[str, Any]:
    """What is shown now, for the page's script."""
    demo, frame = shown.demo, shown.frame
    current = _current(demo, frame)
    opening = demo.story.opening.text(language) if frame.kind == "opening" else None
    picture = None if opening is not None else demo.picture(frame)
    description = ""
    if isinstance(picture, Ladder):
        description = ladder_description(picture, language)
    elif picture is not None:
        description = crossing_description(picture, language)
    return {
        "version": version,
        "title": heading(shown).text(language),
        "status": status(shown, language),
        "opening": opening,
        "lines": [
            {
                "number": demo.number(frame.part, index),
                "text": "\n".join(map(escape_controls, demo.line(frame.part, index).split("\n"))),
                "current": index == current,
            }
            for index in range(0 if not frame.is_last or isinstance(picture, Ladder) else frame.packets, frame.packets)
        ],
        "picture": None if picture is None else f"picture?place={shown.place}&version={version}",
        "isLast": frame.is_last,
        "description": escape_controls(description),
        "question": None if frame.question is None else frame.question.text(language),
        "reveal": None if frame.reveal is None else frame.reveal.text(language),
    }


def picture_of(shown: Presentation, place: int, language: Language, rows: int) -> str | None:
    """The SVG of a frame that has been come to; None of others, and of those that have none. A ladder has its last
    `rows` if there are so many, but for the one at the end."""
    if not 0 <= place <= shown.place:
        return None
    frame = shown.demo.frames[place]
    picture = shown.demo.picture(frame)
    if isinstance(picture, Ladder):
        current = _current(shown.demo, frame)
        if not frame.is_last and rows > 0:
            picture = picture._replace(rows=picture.rows[-rows:])
        return ladder_svg(picture, language, None if current is None else shown.demo.number(frame.part, current))
    return None if picture is None else crossing_svg(picture, language)


def _current(demo: Demo, frame: Frame) -> int | None:
    """The index of the packet that a frame is about."""
    is_about_one = frame.kind == "packet" or (frame.kind == "reveal" and not frame.is_last)
    return frame.packets - 1 if is_about_one else None
