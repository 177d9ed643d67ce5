"""Floor 5: the lessons' side of the engine in IPython: magics, and what is shown below a cell.

`start("en")` in a notebook's first cell, or `%load_ext lesson_engine.notebook`, provides the magics (`magics`). The
functions here show something each: live in a notebook, and still on a page where nothing runs. They speak the language
of `start`, else TUTOR_LANG's or the notebook folder's; what cannot be shown is told, and raises nothing.

The only package that imports IPython, ipywidgets or anywidget.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

from lesson_engine.messages import Language
from lesson_engine.notebook.language import speak, spoken
from lesson_engine.packets import Capture

if TYPE_CHECKING:
    from lesson_engine.notebook.exhibit import Exhibit
    from lesson_engine.notebook.opened import Live

__all__ = [
    "checklist",
    "demo",
    "exercise_card",
    "filter_playground",
    "flag_trainer",
    "handshake_picker",
    "ladder",
    "line_reader",
    "live",
    "load_ipython_extension",
    "packet_view",
    "predict",
    "quiz",
    "start",
]


def start(language: Language) -> None:
    """Registers the magics in the running IPython, speaking `language`."""
    shell = get_ipython()
    if shell is None:
        raise RuntimeError("start() belongs in a notebook or in IPython")
    speak(language)
    _register(shell)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What `%load_ext lesson_engine.notebook` calls."""
    _register(shell)


def _register(shell: InteractiveShell) -> None:
    from lesson_engine.notebook.completion import complete_magics
    from lesson_engine.notebook.magics import LessonMagics

    # Jupyter's streams are UTF-8 whatever the locale; a terminal IPython's may not be.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    shell.register_magics(LessonMagics(shell, spoken()))
    complete_magics(shell)


def filter_playground(capture: str | Capture = "mix", filter: str = "") -> "Exhibit":
    """A filter to type, the packets of a capture that it matches, and why."""
    from lesson_engine.notebook.playground import FilterPlayground

    return _told(lambda: FilterPlayground(capture, filter))


def packet_view(capture: "str | Capture | Live", number: int = 1) -> "Exhibit":
    """List, detail and bytes of a capture's packets, beginning with this one.

    What is captured `live` begins at once, and the list grows as packets come; such a view has `stop()`, `capture`
    (what there is by now) and `save(path)`."""
    from lesson_engine.notebook.opened import Live
    from lesson_engine.notebook.packets_shown import PacketView

    if not isinstance(capture, Live):
        return _told(lambda: PacketView(capture, number))
    from lesson_engine.notebook.live_shown import LiveView

    return _told(lambda: LiveView(capture, number))


def live(command: str = "") -> "Live":
    """What packet_view captures on this machine, asked for as tcpdump is: packet_view(live("-i lo tcp port 80"))."""
    from lesson_engine.notebook.opened import Live

    return Live(command)


def line_reader(line_or_capture: str | Capture, number: int | None = None) -> "Exhibit":
    """A printed line, or the line of a capture's packet, part by part with its meaning."""
    from lesson_engine.notebook.line_shown import LineReader

    return _told(lambda: LineReader(line_or_capture, number))


def flag_trainer(seed: int | None = None) -> "Exhibit":
    """Questions on TCP flags without end; what was missed comes back."""
    from lesson_engine.notebook.asking import FlagTrainer

    return _told(lambda: FlagTrainer(seed))


def ladder(capture: str | Capture, filter: str = "") -> "Exhibit":
    """The conversations of a capture as ladder diagrams; the filter chooses which."""
    from lesson_engine.notebook.ladder_shown import LadderView

    return _told(lambda: LadderView(capture, filter))


def demo(scenario: str) -> "Exhibit":
    """The story of a scenario for a class, packet by packet, as `tutor demo` tells it."""
    from lesson_engine.notebook.story_shown import StoryShown

    return _told(lambda: StoryShown(scenario))


def handshake_picker(capture: str | Capture = "mix", exercise: str = "exercise15") -> "Exhibit":
    """A reading exercise, answered by choosing packets in a list."""
    from lesson_engine.notebook.card import HandshakePicker

    return _told(lambda: HandshakePicker(capture, exercise))


def predict(filter: str, capture: str | Capture = "mix", count: int = 8, seed: int | None = None) -> "Exhibit":
    """Packets to be foretold: which of them does the filter match? Then it is run."""
    from lesson_engine.notebook.asking import Predict

    return _told(lambda: Predict(filter, capture, count, seed))


def exercise_card(exercise: str) -> "Exhibit":
    """An exercise with its answer file, check and hints."""
    from lesson_engine.notebook.card import ExerciseCard

    return _told(lambda: ExerciseCard(exercise))


def checklist() -> "Exhibit":
    """What the learner can do so far."""
    from lesson_engine.notebook.skills import ChecklistShown

    return _told(ChecklistShown)


def quiz(seed: int | None = None) -> "Exhibit":
    """The quiz over the whole checklist; it goes on where it was left."""
    from lesson_engine.notebook.asking import QuizShown

    return _told(lambda: QuizShown(seed))


def _told(make: "Callable[[], Exhibit]") -> "Exhibit":
    """What `make` makes; else a notice that says why not, as far as it is no fault of ours."""
    from lesson_engine.notebook.exhibit import Notice

    try:
        return make()
    except (OSError, ValueError) as error:
        if not hasattr(error, "message") and not isinstance(error, OSError):
            raise
        return Notice(error)
