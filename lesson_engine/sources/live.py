"""Live capture: packets of an interface as they pass, through a helper that holds the privilege in Python's place.

The helper is tcpdump, or dumpcap where only that may capture. It sets the filter in the kernel and writes a savefile to
a pipe, and the savefile's reader sits on the pipe: what follows cannot tell live packets from recorded ones, but that
they come in time. Guarantees: a capture is running when `LiveCapture` has been made (the helper writes the savefile's
header once the kernel captures); `stop` hands on every packet that had come before it; when this process ends,
however it does, the helper ends too. What the kernel dropped and what the helper complained of is told. Nothing here
filters, prints, or needs a privilege of its own; one that `privilege` has kept goes to the helper alone.

tcpdump(8), dumpcap(1), pcap(3PCAP), capabilities(7).

>>> helper_command(Wanted("lo", "port 80", count=3), "tcpdump")[-4:]
['-c', '3', '--', 'port 80']
>>> Counts.of("3 packets captured\\n6 packets received by filter\\n1 packet dropped by kernel\\n")
Counts(received=6, dropped=1)
"""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Literal, NamedTuple, Self

from lesson_engine.messages import Message
from lesson_engine.packets.capture import Capture
from lesson_engine.packets.linktype import EN10MB, LINUX_SLL2, RAW, LinkType
from lesson_engine.privilege import lending
from lesson_engine.sources.savefile import SavefileError, SavefileReader

Direction = Literal["in", "out", "inout"]

SNAPSHOT_LENGTH = 2048
"""Bytes of a packet that are captured unless more are asked for: any that Ethernet carries, and the kernel's buffer
has room for thousands."""

BUFFER_SIZE = 16384
"""The kernel's buffer in KiB: a third of a second at 20,000 packets a second while nobody reads."""

_SYSTEM: str = sys.platform
_HELPERS = ("tcpdump", "dumpcap")
# They live in sbin, which an ordinary user's PATH may lack.
_PATH = os.pathsep.join(filter(None, (os.environ.get("PATH"), "/usr/local/sbin", "/usr/sbin", "/sbin")))

_READ_SIZE = 1 << 20
_PIPE_SIZE = 1 << 20
_F_SETPIPE_SZ = 1031  # linux/fcntl.h
_QUIET = {"tcpdump": 0.1, "dumpcap": 0.6}
"""Seconds without a packet after which everything that had come is read; dumpcap hands packets on in blocks."""
_LONGEST_STOP = 5.0

# The helper tells its own process id before it becomes the helper; the watcher holds it until this process's end of
# the pipe closes, by whatever death. Between them there is no moment in which nobody would end the helper.
# The launcher writes to its standard input because a shell may know no descriptor above 9.
_LAUNCH = 'echo $$ >&0; exec "$@" </dev/null'
_WATCH = "read -r helper && read -r never; kill -INT $helper"

_USUAL = re.compile(
    r"Capturing on|File:|Packets:|tcpdump: (listening on|data link type) |\d+ packets? (captured|received|dropped)"
)
"""What the helpers say when nothing is wrong, too."""

_ASK: signal.Signals | None = getattr(signal, "SIGINFO", getattr(signal, "SIGUSR1", None))
_ANSWER = re.compile(
    rb"^tcpdump: \d+ packets? captured, (\d+) packets? received by filter, (\d+) packets? dropped by kernel\n",
    re.MULTILINE,
)
"""What tcpdump says to that signal, in one line, unlike at its end."""

_LINK_TYPES = {"1": EN10MB, "772": EN10MB, "65534": RAW}
"""Kinds of device (linux/if_arp.h) to the link type that libpcap gives them."""


class CaptureError(OSError):
    """A live capture cannot begin, or broke off. `message` says what to do; `helper_text` is what the helper said."""

    def __init__(self, message: Message | None, helper_text: str = "") -> None:
        super().__init__(helper_text or str(message))
        self.message = message
        self.helper_text = helper_text

    def __str__(self) -> str:
        return str(self.message) if self.message is not None else self.helper_text


class Wanted(NamedTuple):
    """What to capture. `interface` None is the helper's own first choice; `count` packets end it, if given; `through`
    are words that start the helper somewhere else, as `ip netns exec` does."""

    interface: str | None
    expression: str = ""
    snapshot_length: int = SNAPSHOT_LENGTH
    count: int | None = None  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    direction: Direction = "inout"
    promiscuous: bool = True
    buffer_size: int = BUFFER_SIZE
    nanoseconds: bool = False
    through: tuple[str, ...] = ()


class Counts(NamedTuple):
    """Packets that passed the filter and reached the helper's buffer or not, by the kernel's own count."""

    received: int
    dropped: int

    @classmethod
    def of(cls, said: str) -> Self:
        """What the helper says when it ends; zeros if it does not."""
        received = re.search(r"^(\d+) packets? received by filter", said, re.MULTILINE)
        dropped = re.search(r"^(\d+) packets? dropped by kernel", said, re.MULTILINE)
        if received and dropped:
            return cls(int(received[1]), int(dropped[1]))
        both = re.search(r"received/dropped on interface .*: (\d+)/(\d+) ", said)
        return cls(int(both[1]), int(both[2])) if both else cls(0, 0)


class LiveCapture:
    """A capture that is running. Iterate over it for batches; a `with` statement ends it on the way out.

    `link_type` and `snapshot_length` are the savefile's; `interface` is the name that the helper gives it. After the
    last batch `counts` has the kernel's numbers and `error` what ended it early, or None; before it, `counts` has what
    the helper answered to `ask_counts`.
    """

    def __init__(self, wanted: Wanted) -> None:
        """Returns when packets are being captured. Raises CaptureError."""
        self.wanted = wanted
        self.counts = Counts(0, 0)
        self.error: CaptureError | None = None
        self._said = b""
        self._stopping: float | None = None
        self._first: Capture | None = None
        self._answers = False
        self._wake, self._alarm = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(self._alarm, False)
        try:
            self._start()
        except BaseException:
            self._close_alarm()
            raise

    # ---- beginning

    def _start(self) -> None:
        able = _HELPERS if self.wanted.direction == "inout" else _HELPERS[:1]  # dumpcap knows no directions
        installed = [name for name in able if shutil.which(name, path=_PATH) is not None]
        if not installed:
            raise CaptureError(Message("sources.live.no_helper", install=_installation()))
        refusals = []
        for helper in installed:
            self._launch(helper)
            try:
                self._wait_for_header()
                break
            except CaptureError as error:
                self._end()
                if not _is_permission(error.helper_text):
                    raise
                refusals.append(error.helper_text)
            except BaseException:
                self._end()
                raise
        else:
            raise CaptureError(permission_advice(installed), refusals[0])
        link_type, length = self._reader.link_type, self._reader.snapshot_length
        assert link_type is not None
        assert length is not None
        self.link_type: LinkType = link_type
        self.snapshot_length: int = length

    def _launch(self, helper: str) -> None:
        self._helper = helper
        self._ended = False
        self._said = b""
        self._reader = SavefileReader()
        read, write = os.pipe()
        environment = os.environ | {"PATH": _PATH, "LC_ALL": "C"}
        try:
            self._watcher = subprocess.Popen(
                ["sh", "-c", _WATCH],
                stdin=read,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            command = helper_command(self.wanted, helper)
            # A session of its own: the Ctrl-C of a terminal is for this process, which ends the helper in good order.
            with lending():
                self._child = subprocess.Popen(
                    ["sh", "-c", _LAUNCH, "sh", *command],
                    stdin=write,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                    env=environment,
                )
        finally:
            os.close(read)
        self._lifeline = write
        assert self._child.stdout is not None
        assert self._child.stderr is not None
        self._packets, self._words = self._child.stdout.fileno(), self._child.stderr.fileno()
        for pipe in (self._packets, self._words):
            os.set_blocking(pipe, False)
        if _SYSTEM == "linux":
            import fcntl

            # More than this user may have: the kernel's own size does for less traffic.
            with suppress(OSError):
                fcntl.fcntl(self._packets, _F_SETPIPE_SZ, _PIPE_SIZE)

    def _wait_for_header(self) -> None:
        while not self._reader.ready:
            piece = self._next_piece(None)
            if not piece:
                raise self._failure()
            try:
                self._first = self._reader.feed(piece)
            except SavefileError as error:
                raise CaptureError(None, str(error)) from error

    @property
    def interface(self) -> str:
        """The interface's name, as the helper tells it where none was asked for."""
        if self.wanted.interface is not None:
            return self.wanted.interface
        for _ in range(50):  # it says so right behind the header
            told = re.search(rb"listening on ([^,]+),|Capturing on '([^']+)'", self._said)
            if told:
                return (told[1] or told[2].rpartition(b": ")[2]).decode("utf-8", "replace")
            select.select([self._words], [], [], 0.1)
            self._hear()
        return "?"

    # ---- running

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Capture]:
        """Batches as they come, until `stop`, or the helper ends. To be called once."""
        if self._first is not None:
            yield self._first
        quiet = _QUIET[self._helper]
        interrupted = False
        while True:
            patience = None
            if self._stopping is not None and not interrupted:
                patience = quiet if time.monotonic() < self._stopping + _LONGEST_STOP else 0.0
            piece = self._next_piece(patience)
            if piece is None:
                if self._stopping is not None and not interrupted and patience is not None:
                    # Nothing came for a while: all that had come before the stop is here.
                    interrupted = True
                    self._interrupt()
                continue
            if not piece:
                break
            batch = self._reader.feed(piece)
            if batch is not None:
                self._answers = self._helper == "tcpdump"
                yield batch
        self._finish()

    def stop(self) -> None:
        """Asks for the end, from any thread or from a signal's handler; the iteration goes on to the last packet that
        had come. A second call ends it at once."""
        if self._stopping is not None:
            self._interrupt()
        self._stopping = time.monotonic()
        with suppress(OSError):  # it is full, or the capture is over
            os.write(self._alarm, b"!")

    def ask_counts(self) -> None:
        """Asks for the kernel's numbers so far, from any thread; whoever iterates hears the answer. Before the first
        packet nothing is asked, since tcpdump may not know the signal yet; and dumpcap does not know it."""
        if self._answers and _ASK is not None and self._child.returncode is None:
            self._child.send_signal(_ASK)

    @property
    def stopped(self) -> bool:
        """Whether a stop was asked for."""
        return self._stopping is not None

    def close(self) -> None:
        """Ends the helper if it still runs; what it has not handed on is lost."""
        self._end()
        self._close_alarm()

    def _next_piece(self, patience: float | None) -> bytes | None:
        """Bytes of the savefile; empty at its end, None if nothing came in `patience` seconds, or, without patience,
        when a stop is asked for."""
        deadline = None if patience is None else time.monotonic() + patience
        while True:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([self._packets, self._words, self._wake], [], [], left)
            if self._words in ready and not self._hear():
                # Its end says nothing new, and would be there at each turn.
                ready = select.select([self._packets, self._wake], [], [], left)[0]
            if self._packets in ready:
                return os.read(self._packets, _READ_SIZE)
            if self._wake in ready:
                os.read(self._wake, 64)
                if deadline is None:
                    return None
            if not ready and deadline is not None and time.monotonic() >= deadline:
                return None

    def _hear(self) -> bool:
        """Takes what the helper says; False if it says no more."""
        try:
            words = os.read(self._words, 1 << 16)
        except BlockingIOError:
            return True
        self._said += words
        for answer in _ANSWER.finditer(self._said):
            self.counts = Counts(int(answer[1]), int(answer[2]))
        self._said = _ANSWER.sub(b"", self._said)
        return bool(words)

    # ---- ending

    def _interrupt(self) -> None:
        # Not yet waited for, so the process id cannot have become another's.
        if self._child.returncode is None:
            self._child.send_signal(signal.SIGINT)

    def _finish(self) -> None:
        cut = self._reader.finish()
        status = self._end()
        if self._stopping is None and status not in (0, -signal.SIGINT):
            self.error = self._failure()
        elif cut is not None and self._stopping is None:
            self.error = CaptureError(cut.message)

    def _end(self) -> int:
        """Ends helper and watcher, and hears the helper out; its exit status."""
        child = self._child
        # Not by its exit status: a signal that is sent to it asks for that, too.
        if not self._ended:
            self._ended = True
            self._interrupt()
            deadline = time.monotonic() + _LONGEST_STOP
            pipes = [self._packets, self._words]
            while pipes:
                ready, _, _ = select.select(pipes, [], [], max(0.0, deadline - time.monotonic()))
                if not ready:
                    child.kill()
                    break
                for pipe in ready:
                    more = self._hear() if pipe == self._words else os.read(pipe, _READ_SIZE)
                    if not more:
                        pipes.remove(pipe)
            child.wait()
            assert child.stdout is not None
            assert child.stderr is not None
            child.stdout.close()
            child.stderr.close()
            # Only after that: until then the watcher is what ends the helper if this process dies.
            self._watcher.kill()
            self._watcher.wait()
            os.close(self._lifeline)
            self.counts = Counts.of(self._said.decode("utf-8", "replace"))
        status: int = child.returncode
        return status

    def _close_alarm(self) -> None:
        for end in (self._wake, self._alarm):
            if end >= 0:
                os.close(end)
        self._wake = self._alarm = -1

    def _failure(self) -> CaptureError:
        """What the helper said went wrong."""
        self._end()
        lines = self._said.decode("utf-8", "replace").splitlines()
        text = "\n".join(line for line in lines if not _USUAL.match(line)).strip().removeprefix(f"{self._helper}: ")
        return CaptureError(_advice(text, self.wanted), text)


def helper_command(wanted: Wanted, helper: str) -> list[str]:
    """The argv of the helper for what is wanted."""
    interface = [] if wanted.interface is None else ["-i", wanted.interface]
    count = [] if wanted.count is None else ["-c", str(wanted.count)]
    common = [*interface, *([] if wanted.promiscuous else ["-p"]), "-s", str(wanted.snapshot_length)]
    if helper == "dumpcap":
        size = max(1, wanted.buffer_size // 1024)
        kernel_filter = ["-f", wanted.expression] if wanted.expression else []
        return [*wanted.through, "dumpcap", "-q", "-P", *common, "-B", str(size), *count, *kernel_filter, "-w", "-"]
    # -O: the kernel then judges as this engine does, also packets too short for the filter.
    words = [*wanted.through, "tcpdump", "-U", "--immediate-mode", "-O", "-n", "-B", str(wanted.buffer_size), *common]
    words += ["-w", "-", *_owner()]
    if wanted.nanoseconds:
        words += ["--time-stamp-precision=nano"]
    if wanted.direction != "inout":
        words += ["-Q", wanted.direction]
    return [*words, *count, *(["--", wanted.expression] if wanted.expression else [])]


def _owner() -> list[str]:
    """tcpdump, started by root, becomes a user that some systems do not have."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    import pwd

    try:
        pwd.getpwnam("tcpdump")
    except KeyError:
        return ["-Z", "root"]
    return []


def expected_link_type(interface: str | None) -> LinkType:
    """The link type that a capture on `interface` will most likely have: to look at a filter before it begins."""
    if interface == "any":
        return LINUX_SLL2
    try:
        with open(f"/sys/class/net/{interface}/type") as file:
            return _LINK_TYPES.get(file.read().strip(), EN10MB)
    except OSError:
        return EN10MB


def list_interfaces() -> str:
    """The interfaces of this machine, as `tcpdump -D` prints them. Raises CaptureError."""
    tcpdump = shutil.which("tcpdump", path=_PATH)
    if tcpdump is None:
        raise CaptureError(Message("sources.live.no_helper", install=_installation()))
    done = subprocess.run([tcpdump, "-D"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise CaptureError(None, done.stderr.strip().removeprefix("tcpdump: "))
    return done.stdout


def permission_advice(installed: Sequence[str], group: str = "pcap") -> Message:
    """What to do on this system so that this user may capture, and what works without."""
    steps: list[Message] = []
    if _SYSTEM == "darwin":
        steps.append(Message("sources.live.permission_macos"))
    elif _SYSTEM == "linux":
        if "dumpcap" in installed and os.path.exists("/etc/debian_version"):
            steps.append(Message("sources.live.permission_wireshark"))
        path = shutil.which("tcpdump", path=_PATH)
        if path is not None:
            steps.append(Message("sources.live.permission_setcap", path=path, group=group))
    steps.append(Message("sources.live.permission_sudo"))
    if _SYSTEM == "linux":
        steps.append(Message("sources.live.permission_lab"))
    joined = steps[-1]
    for step in reversed(steps[:-1]):
        joined = Message("sources.live.step_and_next", step=step, next=joined)
    return Message("sources.live.permission", steps=joined)


def _advice(text: str, wanted: Wanted) -> Message | None:
    """What to do about an error of the helper, where that is known."""
    if _is_permission(text):
        return None
    if "No such device exists" in text or "There is no device named" in text:
        return Message("sources.live.no_interface", name=wanted.interface or "")
    if "is not up" in text:
        return Message("sources.live.interface_down", name=wanted.interface or "")
    if "disappeared" in text or "went down" in text:
        return Message("sources.live.interface_gone", name=wanted.interface or "")
    return None


def _is_permission(text: str) -> bool:
    return "permission" in text.lower() or "Operation not permitted" in text


def _installation() -> Message:
    if _SYSTEM == "linux":
        return Message("sources.live.install_linux")
    return Message("sources.live.install_elsewhere")
