"""What the lessons show below a cell: live in a notebook with a kernel, and still everywhere else.

An `Exhibit` is a controller without logic of its own: the browser asks by name and gets values that the engine made.
It is shown twice, one below the other: a widget, and its still form as HTML and text. The widget takes the place of the
still form once a kernel has answered it; so a page that was exported, published or opened without a kernel shows the
still form, even where no widget can be loaded. Guarantees: whatever is asked, the browser gets an answer, and what goes
wrong is said in the learner's words. What goes on while nothing is asked, an exhibit can tell of itself; the kernel may
ask and tell from several threads, and they take turns.
"""

import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from threading import RLock
from typing import Any, ClassVar
from uuid import uuid4

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import publish_display_data

from lesson_engine.messages import LANGUAGES, Language, Message, Text
from lesson_engine.messages.notebook import TEXTS
from lesson_engine.notebook.language import spoken
from lesson_engine.notebook.page import Still, framed, still_lines, style_sheet
from lesson_engine.tcpdump.command import CommandError
from lesson_engine.tcpdump.report import report
from lesson_engine.views.text import line

Asked = Mapping[str, Any]
Reply = dict[str, Any]

SCRIPTS = (
    "kit", "packets", "detail", "playground", "capturing", "packet", "line", "ladder", "question", "card", "handshake",
    "checklist", "story", "main",
)  # fmt: skip
"""The browser's side, in the order in which its files are joined to one ES module."""


class Exhibit:
    """Base of all that is shown. `kind` names its renderer in widgets/main.js."""

    kind: ClassVar[str]

    def __init__(self) -> None:
        self.language = spoken()
        self.lock = RLock()
        self._widgets: list[_Live] = []

    def still(self) -> Still:
        """What is shown where nothing runs."""
        raise NotImplementedError

    def on_open(self, asked: Asked) -> Reply:
        """What the browser begins with."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Reply:
        """The reply to one question of the browser; each is a method `on_` with its name."""
        reply: Reply = getattr(self, f"on_{asked['ask']}")(asked)
        return reply

    def say(self, text: Text) -> str:
        """The text in the notebook's language."""
        return text.text(self.language)

    def _ipython_display_(self) -> None:
        name = uuid4().hex
        widget = _Live(kind=self.kind, language=self.language, words=_words(self.language), still=name)
        widget.on_msg(lambda _, asked, __: self._reply(widget, asked))
        view = {"version_major": 2, "version_minor": 1, "model_id": widget.model_id}
        publish_display_data({"application/vnd.jupyter.widget-view+json": view})
        with self.lock:
            self._widgets.append(widget)
            publish_display_data(self._page(name, self.still()), transient={"display_id": name})

    def tell(self, news: Reply) -> None:
        """Sends what nobody asked for to every place where this is shown."""
        with self.lock:
            for widget in self._widgets:
                widget.send({"news": news})

    def show_still_again(self) -> None:
        """Puts the still form as it is now in the place of the one that was published."""
        if not hasattr(get_ipython(), "kernel"):
            return  # a terminal cannot take back what it has printed
        with self.lock:
            still = self.still()
            for widget in self._widgets:
                page = self._page(widget.still, still)
                publish_display_data(page, transient={"display_id": widget.still}, update=True)

    def _page(self, name: str, still: Still) -> dict[str, str]:
        return {"text/html": framed(still.html, self.language, name), "text/plain": still.text}

    def _reply(self, widget: "_Live", asked: Asked) -> None:
        # What is told afterwards must not overtake the answer.
        with self.lock:
            self._answer_to(widget, asked)

    def _answer_to(self, widget: "_Live", asked: Asked) -> None:
        try:
            reply = self.answer(asked)
        except Exception as error:
            # The browser waits for an answer; and a fault of ours must be seen in the kernel's log.
            told = fault(error)
            widget.send({"id": asked.get("id"), "fault": self.say(told)})
            if told.key == "notebook.our_fault":
                raise
            return
        buffers = reply.pop("buffers", None)
        widget.send({**reply, "id": asked["id"]}, buffers)


class Notice(Exhibit):
    """Something that could not be shown, and why."""

    kind = "notice"

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._lines = in_full(error, self.language).rstrip("\n").split("\n")

    def still(self) -> Still:
        return still_lines([line((each, "bad")) for each in self._lines])

    def on_open(self, asked: Asked) -> Reply:
        return {"lines": self._lines}


def fault(error: Exception) -> Message:
    """What to say of an error: its own message, the file that the system names, or that it is a fault of ours."""
    message = getattr(error, "message", None)
    if isinstance(message, Message):
        return message
    if isinstance(error, OSError) and error.filename is not None:
        return Message("notebook.file_fault", path=str(error.filename), fault=error.strerror)
    return Message("notebook.our_fault", fault=f"{type(error).__name__}: {error}")


def in_full(error: Exception, language: Language) -> str:
    """An error with all that it has beside its message: the place and what to write, or what the helper said."""
    if isinstance(error, CommandError):
        written = io.StringIO()
        report(error, written, language)
        return written.getvalue()
    text = getattr(error, "text", None)
    if text is not None:
        in_words: str = text(language)
        return in_words
    helper_text = getattr(error, "helper_text", "")
    said = [f"tcpdump: {helper_text}"] if helper_text else []
    if not said or getattr(error, "message", None) is not None:
        said.append(fault(error).text(language))
    return "\n".join(said)


class _Live(anywidget.AnyWidget):
    """The model of one exhibit in the browser; everything else goes by messages."""

    _esm = "\n".join(
        files("lesson_engine.notebook.widgets").joinpath(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS
    )
    _css = style_sheet("page.css") + style_sheet("live.css")
    kind = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    still = traitlets.Unicode().tag(sync=True)


@cache
def _words(language: str) -> dict[str, str]:
    """What the browser's side says itself."""
    place = LANGUAGES.index("ja" if language == "ja" else "en")
    prefix = "notebook.ui."
    return {key.removeprefix(prefix): texts[place] for key, texts in TEXTS.items() if key.startswith(prefix)}
