"""What is shown of a presentation now, as plain values: for a page of its own, and for one in a notebook.

Guarantees: nothing of the frames that come later is in it, and control characters are visible. Knows no HTML.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.course.demo.story import load_story
>>> shown = Presentation(Demo(load_story("ping"), [Capture.open(capture_path("ping"))]))
>>> now = values(shown, "en")
>>> now["title"], now["status"], now["lines"]
('Ping', 'packet 0 of 8', [])
"""

from typing import Any

from lesson_engine.course.demo.demo import Demo, Frame
from lesson_engine.course.demo.presentation import Presentation
from lesson_engine.messages import Language, Localized, Message
from lesson_engine.views.crossing_svg import crossing_description, crossing_svg
from lesson_engine.views.ladder import Ladder
from lesson_engine.views.ladder_svg import ladder_description, ladder_svg
from lesson_engine.views.text import escape_controls


def values(shown: Presentation, language: Language) -> dict[str, Any]:
    """What is shown, but for the picture, of which there is the `description`: texts, the `opening`, `question` and
    `reveal` None where there are none now; and the `lines`, each with `number`, `text` and whether it is the `current`
    one."""
    demo, frame = shown.demo, shown.frame
    current = _current(frame)
    picture = None if frame.kind == "opening" else demo.picture(frame)
    description = ""
    if isinstance(picture, Ladder):
        description = ladder_description(picture, language)
    elif picture is not None:
        description = crossing_description(picture, language)
    # A picture of both captures has the packets of both.
    begin = 0 if picture is None or isinstance(picture, Ladder) else frame.packets
    return {
        "title": heading(shown).text(language),
        "status": status(shown, language),
        "opening": demo.story.opening.text(language) if frame.kind == "opening" else None,
        "lines": [
            {
                "number": demo.number(frame.part, index),
                "text": "\n".join(map(escape_controls, demo.line(frame.part, index).split("\n"))),
                "current": index == current,
            }
            for index in range(begin, frame.packets)
        ],
        "hasPicture": picture is not None,
        "description": escape_controls(description),
        "question": None if frame.question is None else frame.question.text(language),
        "reveal": None if frame.reveal is None else frame.reveal.text(language),
        "isLast": frame.is_last,
    }


def picture_of(demo: Demo, frame: Frame, language: Language, rows: int = 0) -> str | None:
    """The frame's picture as SVG; None if it has none. A ladder has its last `rows` alone if there are so many, but for
    the one at the end."""
    picture = demo.picture(frame)
    if isinstance(picture, Ladder):
        current = _current(frame)
        if not frame.is_last and rows > 0:
            picture = picture._replace(rows=picture.rows[-rows:])
        return ladder_svg(picture, language, None if current is None else demo.number(frame.part, current))
    return None if picture is None else crossing_svg(picture, language)


def heading(shown: Presentation) -> Message | Localized:
    """What the frame is headed with: the story's title, or where it is seen from where there are several places."""
    is_of_one_place = len(shown.demo.story.captures) > 1 and not shown.frame.is_last
    return shown.demo.vantage(shown.frame) if is_of_one_place else shown.demo.story.title


def status(shown: Presentation, language: Language) -> str:
    """Where the class is: which packet of how many, and what goes on."""
    frame, demo = shown.frame, shown.demo
    key = "demo.place" if demo.is_complete else "demo.place_broken_off" if shown.is_broken_off else "demo.place_live"
    place = Message(key, packet=frame.packets, packets=len(demo.captures[frame.part])).text(language)
    if shown.is_playing:
        return f"{place}   {Message('demo.playing', speed=f'{shown.speed:g}').text(language)}"
    if shown.speed != 1:
        return f"{place}   {Message('demo.paused', speed=f'{shown.speed:g}').text(language)}"
    return place


def _current(frame: Frame) -> int | None:
    """The index of the packet that a frame is about."""
    is_about_one = frame.kind == "packet" or (frame.kind == "reveal" and not frame.is_last)
    return frame.packets - 1 if is_about_one else None
