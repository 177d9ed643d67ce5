"""What goes on behind a notebook when its cell has returned, and what ends it.

Guarantees: it ends with an interrupt of the kernel, whether a cell runs at that time or none, and when its cell is run
again; after each cell that was run meanwhile its still form is as it was then, so that a notebook that is executed and
exported shows what came. Outside of IPython nothing is watched. Nothing here waits.
"""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple, Protocol
from weakref import WeakSet

from IPython import get_ipython


class Running(Protocol):
    """Something that goes on."""

    @property
    def running(self) -> bool:
        """Whether it still does."""

    def interrupt(self) -> None:
        """Asks for the end; may be called from a signal's handler."""

    def show_still_again(self) -> None:
        """Shows anew what is shown of it where nothing runs."""


class _Place(NamedTuple):
    """A cell, and one run of it; None where nobody tells."""

    cell: str | None
    run: str | None


_running: dict[Running, _Place] = {}
_watched: WeakSet[Any] = WeakSet()


def begin(what: Running) -> None:
    """From now on it ends as is said above."""
    shell = get_ipython()
    place = _place(shell)
    for other, elsewhere in list(_running.items()):
        if elsewhere.cell is not None and elsewhere.cell == place.cell and elsewhere.run != place.run:
            other.interrupt()
    _running[what] = place
    if shell is None:
        return
    if shell not in _watched:
        _watched.add(shell)
        shell.events.register("pre_run_cell", lambda *_: _watch_interrupts())
        shell.events.register("post_run_cell", lambda *_: _show_stills())
    _watch_interrupts()
    kernel = getattr(shell, "kernel", None)
    if kernel is not None and hasattr(kernel, "saved_sigint_handler"):
        # What ipykernel puts back after each cell: it ignores interrupts then, and so nobody would hear of them.
        kernel.saved_sigint_handler = _stopping(kernel.saved_sigint_handler)


def _place(shell: Any) -> _Place:
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return _Place(parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id"))


def _show_stills() -> None:
    for each in list(_running):
        over = not each.running
        each.show_still_again()
        # Not before that: what executes a notebook may not hear what is shown between two cells.
        if over:
            del _running[each]


def _watch_interrupts() -> None:
    if _running and threading.current_thread() is threading.main_thread():  # only that one has signals
        signal.signal(signal.SIGINT, _stopping(signal.getsignal(signal.SIGINT)))


def _stopping(before: Any) -> Callable[[int, FrameType | None], None]:
    """A signal's handler that ends all that runs, then does what `before` did."""
    if getattr(before, "ends_what_runs", False):
        return before  # type: ignore[no-any-return]

    def handler(number: int, frame: FrameType | None) -> None:
        for each in list(_running):
            each.interrupt()
        if callable(before):
            before(number, frame)

    handler.ends_what_runs = True  # type: ignore[attr-defined]
    return handler
