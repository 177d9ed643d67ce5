"""A sign of life while work takes long: after a second, and only on a terminal, one line on stderr.

The line is taken away again when the work is done, so what is printed afterwards stands alone.
"""

import time
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from threading import Event, Thread

AFTER = 1.0
"""Seconds of silence before the line appears, and between its changes."""

_CLEAR_LINE = "\r\x1b[K"


class Patience:
    """`with Patience("Reading web.pcap", sys.stderr): …` tells how long it has been at it."""

    def __init__(self, doing: str, stream: TextIO) -> None:
        self._doing = doing
        self._stream = stream
        self._thread: Thread | None = None
        self._done: Event | None = None

    def __enter__(self) -> None:
        if self._stream.isatty():
            from threading import Event, Thread

            self._done = Event()
            self._thread = Thread(target=self._tell, args=(self._done,), daemon=True)
            self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._thread is not None and self._done is not None:
            self._done.set()
            self._thread.join()

    def _tell(self, done: "Event") -> None:
        began = time.monotonic()
        shown = False
        while not done.wait(AFTER):
            self._stream.write(f"{_CLEAR_LINE}{self._doing} … {time.monotonic() - began:.0f} s")
            self._stream.flush()
            shown = True
        if shown:
            self._stream.write(_CLEAR_LINE)
            self._stream.flush()
