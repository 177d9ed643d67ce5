"""The presenter's terminal: keys without Enter, and one frame at a time on a screen of its own.

Guarantees: however it ends (q, Ctrl-C, SIGTERM, SIGHUP, an exception), and while it is suspended by Ctrl-Z, the
terminal is as it was; a new size is drawn at once. The only module that knows termios.

termios(3), xterm's control sequences (ctlseqs), ECMA-48.

>>> [*keys_in(b" \\x1b[Cbq")]
['next', 'next', 'back', 'quit']
"""

import os
import re
import select
import signal
import sys
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from lesson_engine.cli.demo.showing import Showing
from lesson_engine.cli.demo.slide import slide
from lesson_engine.cli.screen import Screen, painted
from lesson_engine.course.demo.presentation import ACTIONS

# Presenters' remote controls send PageDown and PageUp.
_KEYS = {
    b" ": "next", b"\r": "next", b"\n": "next", b"n": "next", b"\x1b[C": "next", b"\x1bOC": "next", b"\x1b[6~": "next",
    b"b": "back", b"\x7f": "back", b"\x08": "back", b"\x1b[D": "back", b"\x1bOD": "back", b"\x1b[5~": "back",
    b"\x1b[H": "begin", b"\x1bOH": "begin", b"\x1b[1~": "begin",
    b"\x1b[F": "end", b"\x1bOF": "end", b"\x1b[4~": "end",
    b"r": "reveal", b"p": "play", b"+": "faster", b"=": "faster", b"-": "slower", b"q": "quit", b"?": "help",
}  # fmt: skip

_ENTER = "\x1b[?1049h\x1b[?25l"
_LEAVE = "\x1b[?25h\x1b[?1049l"
_HOME, _REST_OF_LINE, _REST_OF_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"
_SMALLEST = (20, 6)
_ENDING = (signal.SIGTERM, signal.SIGHUP)


# A key may be a control sequence, and over a slow line that may come in pieces.
_SEQUENCE = re.compile(rb"\x1b(?:[\[O][\x20-\x3f]*[\x40-\x7e])?|.", re.DOTALL)
_BEGUN = re.compile(rb"\x1b(?:[\[O][\x20-\x3f]*)?\Z")


def keys_in(typed: bytes) -> Iterator[str]:
    """What the keys ask for; those that mean nothing are left out."""
    for sequence in _SEQUENCE.findall(typed):
        key = _KEYS.get(sequence)
        if key is not None:
            yield key


def present(showing: Showing, screen: Screen) -> None:
    """Shows the presentation until the presenter leaves."""
    _Presenter(showing, screen).run()


class _Presenter:
    def __init__(self, showing: Showing, screen: Screen) -> None:
        self._showing = showing
        self._screen = screen
        self._keyboard = sys.stdin.fileno()
        self._helps = False
        self._begun = b""
        self._before: list[Any] = []

    def run(self) -> None:
        with self._awake() as wake, self._in_full():
            self._draw()
            while True:
                now = time.monotonic()
                ready, _, _ = select.select([self._keyboard, wake], [], [], self._showing.wait(now))
                if wake in ready:
                    os.read(wake, 512)
                if self._keyboard in ready:
                    typed = os.read(self._keyboard, 64)
                    if not typed or not self._take(typed):
                        return  # no key can come any more, or the presenter leaves
                changed = self._showing.grow()
                changed |= self._showing.presentation.tick(time.monotonic())
                if changed or ready:
                    self._draw()

    def _take(self, typed: bytes) -> bool:
        """Does what the keys ask for; False if that is to leave."""
        typed = self._begun + typed
        begun = _BEGUN.search(typed)
        self._begun = begun[0] if begun is not None else b""
        for key in keys_in(typed.removesuffix(self._begun)):
            if key == "quit":
                return False
            if key == "help" or self._helps:
                self._helps = not self._helps
            elif key in ACTIONS:
                self._showing.presentation.do(key, time.monotonic())
        return True

    def _draw(self) -> None:
        try:
            size = os.get_terminal_size(self._screen.out.fileno())
        except OSError:
            size = os.terminal_size((80, 24))
        columns, rows = (max(least, found) for least, found in zip(_SMALLEST, size, strict=True))
        lines = slide(self._showing.presentation, self._screen.language, columns, rows, keys=self._helps)
        coloured = self._screen.is_coloured
        shown = ["".join(painted(run, coloured) for run in each) + _REST_OF_LINE for each in lines]
        self._screen.out.write(_HOME + "\n".join(shown) + _REST_OF_SCREEN)
        self._screen.out.flush()

    @contextmanager
    def _in_full(self) -> Iterator[None]:
        """The screen of its own; signals that end the process end this first."""
        handlers = {each: signal.signal(each, _end) for each in _ENDING}
        handlers[signal.SIGINT] = signal.getsignal(signal.SIGINT)
        handlers[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, self._suspend)
        self._before = termios.tcgetattr(self._keyboard)
        try:
            self._enter()
            yield
        finally:
            for each in handlers:
                signal.signal(each, signal.SIG_IGN)
            self._leave()
            for each, handler in handlers.items():
                signal.signal(each, handler)

    def _enter(self) -> None:
        # Ctrl-C and Ctrl-Z stay signals.
        tty.setcbreak(self._keyboard)
        self._screen.out.write(_ENTER)
        self._screen.out.flush()

    def _leave(self) -> None:
        with suppress(OSError, termios.error):  # the terminal has gone
            termios.tcsetattr(self._keyboard, termios.TCSADRAIN, self._before)
        with suppress(OSError):
            self._screen.out.write(_LEAVE)
            self._screen.out.flush()

    def _suspend(self, number: int, frame: FrameType | None) -> None:
        self._leave()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        # The shell has brought it back.
        signal.signal(signal.SIGTSTP, self._suspend)
        self._enter()

    @contextmanager
    def _awake(self) -> Iterator[int]:
        """A pipe that is readable when a signal came, of which a new size of the terminal is one."""
        read, write = os.pipe()
        os.set_blocking(write, False)
        before = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        handler = signal.signal(signal.SIGWINCH, lambda number, frame: None)
        try:
            yield read
        finally:
            signal.signal(signal.SIGWINCH, handler)
            signal.set_wakeup_fd(before)
            os.close(read)
            os.close(write)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
