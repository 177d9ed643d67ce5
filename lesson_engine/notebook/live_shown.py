"""The packet view of a live capture: the same list, detail and bytes, while packets come.

The helper captures from when the view is made; one thread takes its batches, another tells the pages at a pace that
they can follow, so that cells can be run meanwhile. Guarantees: what is kept is bounded, and the bound is said; the
capture ends with `stop`, with the last place that shows it, and as `background` says; what the kernel dropped, what was
cut and what went wrong is told. Afterwards it is a capture like others.

tcpdump(8).
"""

from os import PathLike
from threading import Event, Thread

from lesson_engine.messages import Message
from lesson_engine.notebook import background
from lesson_engine.notebook.exhibit import Asked, Reply, in_full
from lesson_engine.notebook.opened import Live
from lesson_engine.notebook.packets_shown import PacketView
from lesson_engine.notebook.page import Still, html_lines, html_table, visible
from lesson_engine.packets import Capture
from lesson_engine.packets.growing import MOST_BYTES, MOST_PACKETS, GrowingCapture
from lesson_engine.sources.live import LiveCapture
from lesson_engine.sources.writing import write_savefile
from lesson_engine.tcpdump.capturing import wanted
from lesson_engine.tcpdump.command import Command, CommandError, parse_line
from lesson_engine.tcpdump.printed_lines import PrintedLines
from lesson_engine.views.text import Line, line, plain

_PACE = 0.25
"""Seconds between two tellings."""

_ANSWERED = 1.0
"""Seconds after which the helper has said what the kernel dropped."""

_TOLD_ROWS = 100
"""Lines that are told together, the newest: more than a list shows."""

_STILL_ROWS = 50

_USES = frozenset({
    "a", "b", "B", "c", "e", "H", "i", "immediate-mode", "K", "l", "micro", "n", "N", "nano", "O", "p", "q", "Q", "s",
    "S", "t", "time-stamp-precision", "u", "U", "Z",
})  # fmt: skip
"""Options that choose packets, or say how a line of the list is printed, or make no difference to either."""

_REFUSALS = {
    "r": "reads", "w": "saves", "C": "saves", "G": "saves", "W": "saves", "print": "saves", "v": "one_line",
    "A": "one_line", "x": "one_line", "X": "one_line", "#": "one_line", "F": "filter_file",
}  # fmt: skip


class LiveView(PacketView):
    """The packets of a live capture from now on; `number` is the packet that the still form shows in full.

    Raises CommandError, FilterSyntaxError, and CaptureError.
    """

    def __init__(self, asked: Live, number: int) -> None:
        self._command = _command(asked)
        self._source = LiveCapture(wanted(self._command, self._command.expression))
        self._interface = self._source.interface
        self._growing = GrowingCapture(
            self._source.link_type,
            snapshot_length=self._source.snapshot_length,
            most_packets=MOST_PACKETS,
            most_bytes=MOST_BYTES,
        )
        begun = self._growing.capture
        options = self._command.print_options._replace(numeric=2)
        super().__init__(begun, number, PrintedLines(begun, options, _interface_names()))
        self._told = 0
        self._fault: Exception | None = None
        self._left: set[str] = set()
        self._news, self._over = Event(), Event()
        # Daemons: a kernel that ends waits for neither, and its helper sees that it is gone.
        self._taking = Thread(target=self._take_packets, name="live capture", daemon=True)
        self._telling = Thread(target=self._tell_pages, name="live view", daemon=True)
        background.begin(self)
        self._taking.start()
        self._telling.start()

    # ---- for those who have the view

    @property
    def capture(self) -> Capture:
        """What there is by now; what comes later does not change it."""
        with self.lock:
            self._grow()
            return self._listing.capture

    @property
    def running(self) -> bool:
        """Whether it may still grow."""
        return not self._over.is_set()

    def stop(self) -> None:
        """Ends the capture; returns when every packet that had come is here."""
        self.interrupt()
        self._telling.join()

    def interrupt(self) -> None:
        """Asks for the end and waits for nothing, from any thread or from a signal's handler; a second time it ends at
        once."""
        if not self._over.is_set():
            self._source.stop()

    def save(self, path: str | PathLike[str]) -> None:
        """Writes what there is by now as a savefile, as -w does. Raises OSError."""
        write_savefile(path, self.capture, nanoseconds=self._command.print_options.nanoseconds)

    # ---- what goes on behind

    def _take_packets(self) -> None:
        try:
            with self._source:
                for batch in self._source:
                    with self.lock:
                        self._growing.add(batch)
                    self._news.set()
                    self._fault = batch.error
                    if self._growing.is_full or self._fault is not None:
                        break
            self._fault = self._fault or self._source.error
        except Exception as error:
            self._fault = error
            raise
        finally:
            self._over.set()
            self._news.set()

    def _tell_pages(self) -> None:
        over = False
        dropped = 0
        while not over:
            news = self._news.wait(_ANSWERED)
            self._news.clear()
            over = self._over.is_set()
            if news or self._source.counts.dropped != dropped:
                dropped = self._source.counts.dropped
                with self.lock:
                    self._grow()
                    self.tell(self._state() | self._new_rows())
                self._source.ask_counts()
            # The first packet is told at once, and the end is not waited for.
            self._over.wait(_PACE)
        self.show_still_again()

    def _grow(self) -> None:
        if len(self._growing) > len(self._listing):
            self._listing.grow(self._growing.capture)

    def _new_rows(self) -> Reply:
        count = len(self._listing)
        first, self._told = max(self._told, count - _TOLD_ROWS), count
        return self._listing.rows({"indices": range(first, count)})

    # ---- what is said

    def _state(self) -> Reply:
        return {
            "packets": len(self._listing),
            "running": self.running,
            "state": self.say(self._in_a_word()),
            "remarks": self._remarks(),
        }

    def _in_a_word(self) -> Message:
        count = f"{len(self._listing):,}"
        if self.running:
            return Message("notebook.live.capturing", interface=self._interface, count=count)
        dropped = f"{self._source.counts.dropped:,}"
        return Message("notebook.live.stopped", interface=self._interface, count=count, dropped=dropped)

    def _remarks(self) -> list[str]:
        bound = {"packets": f"{MOST_PACKETS:,}", "mebibytes": MOST_BYTES >> 20}
        remarks = []
        if self.running:
            remarks.append(self.say(Message("notebook.live.bound", **bound)))
        elif self._fault is not None:
            remarks.append(in_full(self._fault, self.language))
        elif self._command.count is not None and len(self._listing) == self._command.count:
            remarks.append(self.say(Message("notebook.live.counted")))
        elif self._growing.is_full:
            remarks.append(self.say(Message("notebook.live.full", **bound)))
        dropped = self._source.counts.dropped
        if dropped:
            remarks.append(self.say(Message("sources.live.dropped", count=dropped)))
        cut = 0 if self.running else self._listing.capture.cut_packets
        if cut:
            remarks.append(self.say(Message("sources.live.cut", count=cut, length=self._source.snapshot_length)))
        return remarks

    # ---- what the page asks

    def on_open(self, asked: Asked) -> Reply:
        self._left.discard(asked.get("place", ""))
        self._grow()
        return super().on_open(asked) | {"live": self._state()}

    def on_stop(self, asked: Asked) -> Reply:
        """Asks for the end, which is told when it has come."""
        self.interrupt()
        return {}

    def on_leave(self, asked: Asked) -> Reply:
        """It is seen no more in this place; in the last of them, that is its end."""
        self._left.add(asked["place"])
        if self._left.issuperset(widget.still for widget in self._widgets):
            self.interrupt()
        return {}

    def still(self) -> Still:
        self._grow()
        state = self._state()
        texts = [state["state"], *(each for remark in state["remarks"] for each in remark.split("\n"))]
        head: list[Line] = [line((self._command.source, "quote")), *map(line, texts)]
        if not state["packets"]:
            return Still(html_lines(head), visible(plain(head)))
        rows = [(f"{index + 1}", self._listing.lines[index]) for index in range(min(_STILL_ROWS, len(self._listing)))]
        caption = self.say(Message("notebook.still_rows", rows=len(rows), total=f"{state['packets']:,}"))
        columns = [self.say(Message(f"notebook.column.{key}")) for key in ("number", "line")]
        packet = super().still()
        listed = [line(f"{number:>7}  ", (text, "packet")) for number, text in rows]
        text = visible(plain([*head, line(), line(caption), *listed, line()]))
        return Still(html_lines(head) + html_table(caption, columns, rows) + packet.html, f"{text}\n{packet.text}")


def _command(asked: Live) -> Command:
    """The command, whose every option has a use in a list of packets. Raises CommandError."""
    command = parse_line(f"tcpdump {asked.command}")
    for option in command.given:
        if option.key not in _USES:
            key = "tcpdump.session.unsupported" if option.key in command.unsupported else _refusal(option.key)
            raise CommandError(Message(key, option=option.spelling), command.source, option.span)
    return command


def _refusal(key: str) -> str:
    return f"notebook.live.{_REFUSALS.get(key, 'no_use')}"


def _interface_names() -> dict[int, str]:
    from socket import if_nameindex

    return dict(if_nameindex())
