"""A story told from the top to the bottom, each frame by the lines that it adds: for pipes, and for pages that stay as
they are.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.course.demo.story import load_story
>>> from lesson_engine.views.text import plain
>>> demo = Demo(load_story("ping"), [Capture.open(capture_path("ping"))])
>>> plain(frame_lines(demo, demo.frames[1], "en", 80)).strip()
'Question  Which port does the first packet go to?'
"""

from lesson_engine.course.demo.demo import Demo, Frame
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import wrap
from lesson_engine.views.crossing_text import crossing_lines
from lesson_engine.views.ladder import Ladder
from lesson_engine.views.ladder_text import ladder_lines
from lesson_engine.views.text import Line, line


def frame_lines(demo: Demo, frame: Frame, language: Language, width: int) -> list[Line]:
    """What a frame adds to the frames before it."""
    if frame.kind == "opening":
        return [
            line((demo.story.title.text(language), "title")),
            line(),
            *_wrapped(demo.story.opening.text(language), width),
        ]
    if frame.kind == "packet":
        number = demo.number(frame.part, frame.packets - 1)
        first, *more = demo.line(frame.part, frame.packets - 1).split("\n")
        lines = [line((f"#{number:<3} ", "accent"), (first, "packet")), *(line((each, "packet")) for each in more)]
        if frame.packets == 1 and len(demo.story.captures) > 1:
            lines.insert(0, line((demo.vantage(frame).text(language), "title")))
        return [line(), *lines]
    if frame.kind == "question":
        assert frame.question is not None
        return [line(), *_wrapped(f"{Message('demo.question').text(language)}  {frame.question.text(language)}", width)]
    assert frame.reveal is not None
    picture = demo.picture(frame)
    drawn = (
        []
        if picture is None
        else (ladder_lines(picture, language) if isinstance(picture, Ladder) else crossing_lines(picture, language))
    )
    told = f"{Message('demo.reveal').text(language)}  {frame.reveal.text(language)}"
    return [line(), *drawn, line(), *_wrapped(told, width)]


def _wrapped(text: str, width: int) -> list[Line]:
    return [line("  ", each) for each in wrap(text, width - 2)]
