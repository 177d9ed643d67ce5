"""What a browser gets of a demonstration: the page, and the state of the moment as plain values.

Guarantees: no text can become markup, since the page has its labels escaped and its script sets text alone; a state has
nothing of the frames that come later. Knows no sockets.

>>> "<script>" in page("<b>", "presenter", "en"), "&lt;b&gt;" in page("<b>", "presenter", "en")
(False, True)
"""

import os
from typing import Any, Literal

from lesson_engine.course.demo.presentation import Action, Presentation
from lesson_engine.course.demo.shown import picture_of, values
from lesson_engine.messages import Language, Message
from lesson_engine.views.svg import escape

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
    now = values(shown, language)
    return now | {
        "version": version,
        "picture": f"picture?place={shown.place}&version={version}" if now["hasPicture"] else None,
    }


def picture(shown: Presentation, place: int, language: Language, rows: int) -> str | None:
    """The SVG of a frame that the class has seen, as `picture_of`; None of others, and of those that have none."""
    if not 0 <= place <= shown.furthest:
        return None
    return picture_of(shown.demo, shown.demo.frames[place], language, rows)
