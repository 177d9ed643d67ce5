"""One run of `tcpdump`: a Command and where packets come from, to output, summary lines and an exit status.

Guarantees: stdout gets the bytes and stderr the lines that tcpdump 4.99.3 writes; after tcpdump's own words an error is
told again in the learner's language, with its place in the line. Interfaces are virtual: bundled captures under a
name, shown at once and with the times of their recording; -r finds sample captures by name, where no such file lies.
Memory does not grow with the packets shown.
It knows neither terminals nor courses; the shell that calls it owns the streams. Reference: tcpdump(8).

>>> import io
>>> from lesson_engine.tcpdump.command import parse_command
>>> from lesson_engine.tcpdump.interfaces import VirtualInterface
>>> stdout, stderr = io.BytesIO(), io.StringIO()
>>> run(parse_command(["-D"]), sources={"eth0": VirtualInterface(Capture)}, stdout=stdout, stderr=stderr)
0
>>> stdout.getvalue()
b'1.eth0 [Up, Running, Connected]\\n'
"""

import errno
import os
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO, NamedTuple, TextIO

from lesson_engine import bundled
from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.rejection import rejects_everything
from lesson_engine.messages import Language, Message
from lesson_engine.packets.capture import Capture, Packet
from lesson_engine.packets.linktype import LINUX_SLL2, LinkType
from lesson_engine.sources.savefile import SavefileError, SavefileReader, open_savefile
from lesson_engine.sources.writing import SavefileWriter
from lesson_engine.tcpdump.command import Command
from lesson_engine.tcpdump.interfaces import Interfaces, find, listing, names_by_index, sent_by_recorder
from lesson_engine.tcpdump.manual import MAXIMUM_SNAPSHOT_LENGTH, OPTIONS, USAGE_TEXT, VERSION_TEXT
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.tcpdump.rotation import LastFileFull, OwnInputError, RotatingSavefile, SavefileNames, UnwritableError

WRITE_FAILED = 14
"""The exit status of tcpdump when its standard output cannot be written."""

PIPE_CLOSED = 141
"""What a shell reports of a program that a closed pipe ended: 128 + SIGPIPE."""

# Filters are bounded far below this; a file given by mistake is not read whole.
_FILTER_FILE_LIMIT = 1 << 20
_READ_SIZE = 1 << 16

_HANDED_ON_TOGETHER = 1 << 16
"""Packets that are filtered and printed before the next ones are looked at: so memory does not grow with the file, and
the first lines come soon."""

_Taker = Callable[[Capture, "array[int]"], Iterator[int]]
"""Does something with the packets of a batch that have these indices; says of how many before it does."""

# libpcap 1.10.3 compiles even an empty filter, and refuses every link type but these.
_LOW_LINK_TYPES = frozenset({0, 1, 6, 7, 8, 9, 10, 11, 12, 15, 16, 19, 50, 51, 99})
_HIGH_LINK_TYPES = range(104, 290)


def run(
    command: Command,
    *,
    sources: Interfaces,
    stdout: BinaryIO,
    stderr: TextIO,
    language: Language = "en",
    stdin: BinaryIO | None = None,
    live: bool = False,
) -> int:
    """Do what the command asks; returns the exit status. Raises nothing that a learner or a file can cause.

    `sources` are the interfaces to listen on, or with `live` those of this machine, where Ctrl-C ends the capture and
    loses nothing. `stdin` is what `-r -` reads. When `stdout` is a closed pipe it is
    replaced by the null device, so that closing it later is quiet too.
    """
    session = _Session(command, sources, stdout, stderr, language, stdin, live)
    try:
        status = session.run()
        stdout.flush()
    except _Stop as stop:
        return stop.status
    except BrokenPipeError:
        _silence(stdout)
        return PIPE_CLOSED
    except OSError as error:
        stderr.write(f"tcpdump: Unable to write output: {error.strerror}\n")
        _silence(stdout)
        return WRITE_FAILED
    return status


class _Stop(Exception):  # noqa: N818  # carries an exit status out, after everything has been said
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Origin(NamedTuple):
    """Where packets come from: what is known before the first of them, and the batches.

    `began` is the time at which -G begins to count, `clock` what it counts by, in seconds since the epoch.
    """

    link_type: LinkType
    link_type_flags: int
    snapshot_length: int
    batches: Iterator[Capture]
    began: int
    clock: Callable[[Packet], int]

    @property
    def description(self) -> str:
        """As in the line that announces a run."""
        link_type = self.link_type
        named = f"{link_type.name} ({link_type.description})" if link_type.description else link_type.name
        return f"link-type {named}, snapshot length {self.snapshot_length}"


class _Session:
    """One run. What ends it early raises _Stop, once it has been told."""

    def __init__(
        self,
        command: Command,
        sources: Interfaces,
        stdout: BinaryIO,
        stderr: TextIO,
        language: Language,
        stdin: BinaryIO | None,
        live: bool,
    ) -> None:
        self.command = command
        self.sources = sources
        self.stdout = stdout
        self.stderr = stderr
        self.language = language
        self.stdin = stdin
        self.live = live
        self.seen = 0
        self.captured = 0

    def run(self) -> int:
        command = self.command
        if command.show_help or command.show_version:
            self.stdout.write((USAGE_TEXT if command.show_help else VERSION_TEXT).encode())
            return 0
        if command.list_interfaces:
            self.stdout.write((self.live_listing() if self.live else listing(self.sources)).encode())
            return 0
        if command.unsupported:
            spelling = OPTIONS[command.unsupported[0]].spelling
            self.explain(Message("tcpdump.session.unsupported", option=spelling))
            return 1
        if command.read_file is not None:
            return self.read(command.read_file)
        return self.listen_live() if self.live else self.listen()

    # ---- saying

    def say(self, text: str) -> None:
        self.stderr.write(text + "\n")

    def explain(self, message: Message) -> None:
        self.say(message.text(self.language))

    def stop(self, text: str, message: Message | None = None) -> _Stop:
        """Tell of an error in tcpdump's words, then in ours."""
        self.stdout.flush()
        self.say(f"tcpdump: {text}")
        if message is not None:
            self.explain(message)
        return _Stop(1)

    # ---- where packets come from

    def read(self, name: str) -> int:
        """-r: the packets of a savefile."""
        try:
            origin = self.open_stdin() if name == "-" else self.open_file(name)
        except SavefileError as error:
            raise self.stop(error.libpcap_text, error.message) from error
        self.say(f"reading from file {name}, {origin.description}")
        if origin.link_type == LINUX_SLL2:
            self.say("Warning: interface names might be incorrect")
        fault = self.process(origin, self.filter(origin.link_type))
        prints = not self.command.count_only and self.command.write_file is None
        if fault is None and not self.seen and prints and name != "-":
            self.explain(Message("tcpdump.session.no_packets", name=name))
        if self.command.count_only:
            self.stdout.write(f"{_packets(self.captured)}\n".encode())
        if fault is not None:
            raise self.stop(f"pcap_loop: {fault.libpcap_text}", fault.message)
        return 0

    def open_file(self, name: str) -> _Origin:
        name = bundled.savefile(name)
        try:
            if os.path.exists(name) and not (os.path.isfile(name) or os.path.isdir(name)):
                return _stream_origin(_file_pieces(name))  # a pipe: its packets are shown as they come
            capture = open_savefile(name)
        except OSError as error:
            raise SavefileError.from_os_error(error) from error
        return _file_origin(capture.link_type, capture.link_type_flags, capture.snapshot_length, iter((capture,)))

    def open_stdin(self) -> _Origin:
        # What is there already is taken at once: packets may come slowly through a pipe.
        if self.stdin is None:
            return _stream_origin(iter(()))
        read = getattr(self.stdin, "read1", self.stdin.read)
        return _stream_origin(iter(lambda: read(_READ_SIZE), b""))

    def listen(self) -> int:
        """-i: the recording that stands for an interface."""
        command = self.command
        name = find(command.interface, self.sources)
        if name is None:
            raise self.unknown_interface(command.interface or "")
        capture = self.sources[name].load()
        chosen = self.filter(capture.link_type)
        length = command.snapshot_length
        began = capture.times_ns[0] // 1_000_000_000 if len(capture) else 0
        batches = iter((capture,) if command.direction == "inout" else (self.directed(name, capture),))
        origin = _Origin(capture.link_type, 0, length, batches, began, lambda packet: packet.time_ns // 1_000_000_000)
        self.announce(name, origin)
        fault = self.process(origin, chosen)
        if fault is not None:
            self.say(f"tcpdump: pcap_loop: {fault.libpcap_text}")
            self.explain(fault.message)
        # A recording is read no further than it is wanted, so the filter has let through what was taken.
        self.summarize(self.captured, 0)
        return 0 if fault is None else 1

    def listen_live(self) -> int:
        """-i: an interface of this machine."""
        from lesson_engine.sources.live import CaptureError, LiveCapture
        from lesson_engine.tcpdump.capturing import wanted

        command = self.command
        expression = self.expression()
        try:
            asked = wanted(command, expression)
        except FilterSyntaxError as error:
            raise self.refused(error) from error
        cut = 0

        def batches() -> Iterator[Capture]:
            nonlocal cut
            for batch in capture:
                cut += batch.cut_packets
                yield batch

        try:
            capture = LiveCapture(asked)
        except CaptureError as error:
            raise self.stop(error.helper_text or str(error), error.message) from error
        with capture, _stopped_by_signals(capture.stop):
            origin = _file_origin(capture.link_type, 0, capture.snapshot_length, batches())
            self.announce(capture.interface, origin)
            fault = self.process(origin, None)
            if capture.stopped and command.write_file is None:
                self.stdout.write(b"\n")  # where ^C stands on a terminal; the real one does so, too
        if capture.error is not None:
            self.stop(capture.error.helper_text or str(capture.error), capture.error.message)
        elif fault is not None:
            self.stop(f"pcap_loop: {fault.libpcap_text}", fault.message)
        self.summarize(*capture.counts)
        if capture.counts.dropped:
            self.explain(Message("sources.live.dropped", count=capture.counts.dropped))
        if cut:
            self.explain(Message("sources.live.cut", count=cut, length=capture.snapshot_length))
        return 0 if fault is None and capture.error is None else 1

    def live_listing(self) -> str:
        """-D: the interfaces of this machine."""
        from lesson_engine.sources.live import CaptureError, list_interfaces

        try:
            return list_interfaces()
        except CaptureError as error:
            raise self.stop(error.helper_text or str(error), error.message) from error

    def announce(self, name: str, origin: _Origin) -> None:
        """What tcpdump says when it begins to listen."""
        if name == "any":
            self.say(f"tcpdump: data link type {origin.link_type.name}")
        announced = f"listening on {name}, {origin.description} bytes"
        if self.command.print_options.verbose or self.command.write_file is not None:
            self.say(f"tcpdump: {announced}")
        else:
            self.say("tcpdump: verbose output suppressed, use -v[v]... for full protocol decode")
            self.say(announced)
        self.stderr.flush()

    def summarize(self, received: int, dropped: int) -> None:
        """What tcpdump says when it has listened."""
        self.stdout.flush()
        self.say(f"{_packets(self.captured)} captured")
        self.say(f"{_packets(received)} received by filter")
        self.say(f"{_packets(dropped)} dropped by kernel")

    def unknown_interface(self, name: str) -> _Stop:
        text = f"{name}: No such device exists\n(No such device exists)"
        if name.isdecimal():
            text = "Invalid adapter index"
        return self.stop(text, Message("tcpdump.session.no_interface", name=name, known=", ".join(self.sources)))

    def directed(self, name: str, capture: Capture) -> Capture:
        """-Q: the packets that went the direction asked for."""
        direction = self.command.direction
        sent = sent_by_recorder(self.sources[name], capture)
        if sent is None:
            self.explain(Message("tcpdump.session.direction_unknown", interface=name, direction=direction))
            raise _Stop(1)
        return capture.select(sent(packet) == (direction == "out") for packet in capture)

    # ---- the filter

    def filter(self, link_type: LinkType) -> Filter | None:
        """The filter of the command line or of -F; None if every packet is wanted."""
        number = link_type.dlt
        if number not in _LOW_LINK_TYPES and number not in _HIGH_LINK_TYPES:
            text = f"unknown data link type {number} (min {_HIGH_LINK_TYPES[0]}, max {_HIGH_LINK_TYPES[-1]})"
            raise self.stop(text, Message("tcpdump.session.link_type_unknown", number=number))
        expression = self.expression()
        if not expression.strip():
            return None
        try:
            chosen = Filter(expression, link_type=link_type)
        except FilterSyntaxError as error:
            raise self.refused(error) from error
        if not self.command.no_optimize and rejects_everything(chosen.program(link_type)):
            impossible = Message("misconceptions.impossible", term=" ".join(expression.split()))
            raise self.stop("expression rejects all packets", impossible)
        return chosen

    def expression(self) -> str:
        """The text of the filter."""
        path = self.command.filter_file
        return self.command.expression if path is None else self.read_filter_file(path)

    def refused(self, error: FilterSyntaxError) -> _Stop:
        """Tell of a filter that cannot be used."""
        stop = self.stop(error.libpcap_text)
        self.say(error.text(self.language))
        return stop

    def read_filter_file(self, path: str) -> str:
        """The expression in a file; what follows a # on a line is a comment to tcpdump."""
        try:
            with open(path, "rb") as file:
                content = file.read(_FILTER_FILE_LIMIT)
        except OSError as error:
            # a directory opens, for C, and fails only when it is read
            action = "read" if error.filename is None or error.errno == errno.EISDIR else "can't open"
            raise self.stop(f"{action} {path}: {error.strerror}") from error
        lines = content.decode("utf-8", "replace").split("\n")
        return "\n".join(line.partition("#")[0] for line in lines)

    # ---- what is done with the packets

    def process(self, origin: _Origin, chosen: Filter | None) -> SavefileError | None:
        """Hand on the chosen packets until they end or are enough; returns the fault that ended a savefile early."""
        try:
            savefile = self.open_savefile(origin) if self.command.write_file is not None else None
            try:
                return self.hand_on(origin, chosen, self.taker(origin, savefile))
            except LastFileFull:
                self.say(f"Maximum file limit reached: {self.command.rotate_count}")
            except KeyboardInterrupt:
                # the real one cannot know whether a line was unfinished, and ends it
                self.stdout.write(b"\n")
            finally:
                if savefile is not None:
                    savefile.close()
        except UnwritableError as fault:
            message = None
            if isinstance(fault, OwnInputError):
                message = Message("tcpdump.session.own_input", path=fault.path)
            elif fault.error.errno == errno.ENOSPC:
                message = Message("tcpdump.session.disk_full", path=fault.path)
            raise self.stop(f"{fault.path}: {fault.error.strerror}", message) from fault
        return None

    def hand_on(self, origin: _Origin, chosen: Filter | None, take: _Taker) -> SavefileError | None:
        enough = self.command.count
        try:
            for batch in chain.from_iterable(batch.parts(_HANDED_ON_TOGETHER) for batch in origin.batches):
                self.seen += len(batch)
                indices = array("q", range(len(batch))) if chosen is None else batch.indices(chosen.matches(batch))
                if enough is not None:
                    indices = indices[: enough - self.captured]
                for done in take(batch, indices):
                    self.captured += done
                if self.captured == enough:
                    return None
                if isinstance(batch.error, SavefileError):
                    return batch.error
        except SavefileError as fault:
            return fault
        return None

    def taker(self, origin: _Origin, savefile: RotatingSavefile | None) -> _Taker:
        """What is done with the packets of a batch."""
        command = self.command
        cuts = command.read_file is None and not self.live and origin.snapshot_length < MAXIMUM_SNAPSHOT_LENGTH
        # --count is for files, and there stronger than --print
        silent = command.count_only and command.read_file is not None
        if savefile is None and not cuts:
            return _counted if silent else self.shower(origin)
        takes = [] if savefile is None else [self.saver(origin, savefile)]
        if command.print_always if savefile is not None else not silent:
            takes.append(self.single_shower(origin))
        return _one_by_one([_cut_to(origin.snapshot_length, take) for take in takes] if cuts else takes)

    def shower(self, origin: _Origin) -> _Taker:
        """Prints the packets of a batch."""
        printer = self.printer(origin)
        put = self.putter()

        def show(batch: Capture, indices: "array[int]") -> Iterator[int]:
            for count, text in printer.print_many(batch, indices):
                yield count
                put(text)

        return show

    def single_shower(self, origin: _Origin) -> Callable[[Packet], object]:
        """Prints one packet."""
        printer = self.printer(origin)
        put = self.putter()
        return lambda packet: put(printer.print(packet).encode())

    def printer(self, origin: _Origin) -> Printer:
        if self.live:
            from socket import if_nameindex

            names = dict(if_nameindex())
        else:
            names = names_by_index(self.sources)
        return Printer(self.command.print_options, origin.link_type, interface_names=names)

    def putter(self) -> Callable[[bytes], object]:
        """How text goes out: at once where somebody waits for each line."""
        stdout = self.stdout
        if not (self.command.line_buffered or self.command.packet_buffered or stdout.isatty()):
            return stdout.write

        def put(text: bytes) -> None:
            stdout.write(text)
            stdout.flush()

        return put

    def saver(self, origin: _Origin, savefile: RotatingSavefile) -> Callable[[Packet], object]:
        record_bytes = self.writer(origin).record_bytes
        clock = origin.clock
        return lambda packet: savefile.write(record_bytes(packet), lambda: clock(packet))

    def writer(self, origin: _Origin) -> SavefileWriter:
        return SavefileWriter(
            origin.link_type,
            snapshot_length=origin.snapshot_length,
            link_type_flags=origin.link_type_flags,
            nanoseconds=self.command.print_options.nanoseconds,
        )

    def open_savefile(self, origin: _Origin) -> RotatingSavefile:
        command = self.command
        path = command.write_file or ""
        return RotatingSavefile(
            SavefileNames(path, command.rotate_size, command.rotate_seconds, command.rotate_count),
            self.writer(origin).header_bytes(),
            began=origin.began,
            stream=self.stdout,
            source=command.read_file,
            unbuffered=command.packet_buffered,
        )


def _file_pieces(path: str) -> Iterator[bytes]:
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(_READ_SIZE):
            yield piece


def _stream_origin(pieces: Iterator[bytes]) -> _Origin:
    """Reads until the savefile's header is complete; the batches read on. Raises SavefileError and OSError."""
    reader = SavefileReader()
    first = None
    for piece in pieces:
        first = reader.feed(piece)
        if reader.ready:
            break
    else:
        reader.finish()  # raises: there is not even a header
    assert reader.link_type is not None
    assert reader.snapshot_length is not None

    def batches() -> Iterator[Capture]:
        if first is not None:
            yield first
        for piece in pieces:
            batch = reader.feed(piece)
            if batch is not None:
                yield batch
        fault = reader.finish()
        if fault is not None:
            raise fault

    flags = first.link_type_flags if first is not None else 0
    return _file_origin(reader.link_type, flags, reader.snapshot_length, batches())


def _file_origin(link_type: LinkType, flags: int, snapshot_length: int, batches: Iterator[Capture]) -> _Origin:
    """tcpdump counts -G by the clock on the wall also when it reads a file."""
    return _Origin(link_type, flags, snapshot_length, batches, int(time.time()), lambda packet: int(time.time()))


def _counted(batch: Capture, indices: "array[int]") -> Iterator[int]:
    yield len(indices)


def _one_by_one(takes: Sequence[Callable[[Packet], object]]) -> _Taker:
    """Each packet goes to all before the next one is looked at."""

    def take_each(batch: Capture, indices: "array[int]") -> Iterator[int]:
        for index in indices:
            yield 1
            packet = batch[index]
            for take in takes:
                take(packet)

    return take_each


def _cut_to(length: int, take: Callable[[Packet], object]) -> Callable[[Packet], None]:
    """-s: a live capture hands on the beginning of a packet only."""

    def take_cut(packet: Packet) -> None:
        take(packet._replace(data=packet.data[:length]) if packet.captured_length > length else packet)

    return take_cut


@contextmanager
def _stopped_by_signals(stop: Callable[[], object]) -> Iterator[None]:
    """Ctrl-C and a polite kill end a capture in good order; an exception might come between a packet and its line."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread has signals, and whoever runs this in another one stops it otherwise
        return
    kept = {each: signal.signal(each, lambda *_: stop()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in kept.items():
            signal.signal(each, handler)


def _packets(count: int) -> str:
    return f"{count} packet{'' if count == 1 else 's'}"


def _silence(stdout: BinaryIO) -> None:
    """Let what is still held back for a closed pipe or a full disk go nowhere, so that closing it does not fail."""
    try:
        descriptor = stdout.fileno()
    except OSError:
        return  # not a file: nothing is held back
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)
