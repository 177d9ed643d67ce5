"""A lab that stands, asked over its socket: what exercises and shells want of it, and how it is found.

A lab is found by the name of its socket, which only the kernel keeps (abstract, one for each user; `TUTOR_LAB` names
further ones), and proven by who listens on it: there is no file of state, and nothing stale. Finding one starts no
process and costs next to nothing, so that a check may always try. This module knows nothing of what is played.

unix(7), pidfd_open(2).

>>> Probe("192.168.1.50", 40000, "93.184.216.34", 80, 0, 1, "answered", "x").expression
'host 192.168.1.50 and host 93.184.216.34 and tcp port 40000 and port 80'
"""

import json
import os
import select
import signal
import socket
import struct
from base64 import b64decode
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from lesson_engine.filters import Filter
from lesson_engine.lab.namespaces import PROGRAMS, LabError, on_linux, require_namespaces, require_programs
from lesson_engine.messages import LANGUAGES, Localized, Message
from lesson_engine.packets import Capture
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.sources.savefile import SavefileReader

if TYPE_CHECKING:
    import subprocess

PATIENCE = 30.0
"""Seconds; a lab that takes longer to come or to go is told of."""

_SO_PEERCRED = 17  # asm-generic/socket.h


class Probe(NamedTuple):
    """A visit that the lab made from its client, to be found in a learner's capture: nobody could know the source port
    before. `outcome` is answered, closed, silent, refused, reset or unreachable; `nonce` is in the request of a web
    client that got as far."""

    client: str
    source_port: int
    server: str
    port: int
    began_ns: int
    ended_ns: int
    outcome: str
    nonce: str

    @property
    def expression(self) -> str:
        """The filter that matches its packets and, but for chance, no others."""
        ends = f"host {self.client} and host {self.server}"
        return f"{ends} and tcp port {self.source_port} and port {self.port}"

    def packets_in(self, capture: Capture) -> list[int]:
        """The numbers of its packets in a capture taken while it was made."""
        chosen = Filter(self.expression, link_type=capture.link_type).select(capture)
        return [packet.number for packet in chosen if packet.time_ns >= self.began_ns]


class Watched(NamedTuple):
    """What tcpdump captured on an interface of the client while the lab made these visits; `ended` says that it ended
    by itself, having counted enough."""

    capture: Capture
    visits: tuple[Probe, ...]
    ended: bool


class Remedy(NamedTuple):
    """What is wrong, as a client sees it, the host where it lies, and the command that mends it there."""

    seen: str
    where: str
    command: str


class Task(NamedTuple):
    """A fault that stands for a task: the service it harms, and where that is; `fresh` if it was made just now."""

    service: str
    server: str
    port: int
    fresh: bool


class Lab:
    """A lab that stands, and a connection to it. One that `up` has made ends with this process until it is kept."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._own: subprocess.Popen[bytes] | None = None
        self._lines = connection.makefile("rw", encoding="utf-8")
        self.process_id, user, _ = struct.unpack(
            "3i", connection.getsockopt(socket.SOL_SOCKET, _SO_PEERCRED, struct.calcsize("3i"))
        )
        if user != os.getuid():
            raise LabError(Message("lab.not_yours", user=user))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; the lab stands on, unless it is this process's own and was not kept."""
        if self._own is not None:
            self.kill()
            end_process(self._own)
        with suppress(OSError):  # what was not sent yet is for nobody
            self._lines.close()
        self._connection.close()

    def own(self, namespaces: "subprocess.Popen[bytes]") -> None:
        """Takes on the process that holds the lab."""
        self._own = namespaces

    def keep(self) -> dict[str, Any]:
        """Waits until the services run, lets the lab outlive this process, and gives its status. Raises LabError."""
        status = self.ask("ready")
        if self._own is not None:
            self.ask("stay")
            for pipe in (self._own.stdin, self._own.stderr):
                assert pipe is not None
                pipe.close()
            # It lives on; that this process will not wait for it is no fault.
            self._own.returncode = 0
            self._own = None
        return status

    def ask(self, what: str, **words: object) -> dict[str, Any]:
        """The answer to a request of `standing`. Raises LabError, also if the lab has gone."""
        try:
            self._lines.write(json.dumps({"do": what} | words) + "\n")
            self._lines.flush()
            line = self._lines.readline()
        except OSError as error:
            raise LabError(Message("lab.gone")) from error
        if not line:
            raise LabError(Message("lab.gone"))
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise said(answer["error"])
        return answer

    def kill(self) -> None:
        """Ends the lab's first process, and so everything in it; waits until it has ended."""
        try:
            process = os.pidfd_open(self.process_id)
        except ProcessLookupError:
            return  # it has ended by itself
        try:
            # While the connection holds, that number is the lab's and nobody else's.
            if not select.select([self._connection], [], [], 0)[0]:
                signal.pidfd_send_signal(process, signal.SIGKILL)
                select.select([process], [], [], PATIENCE)
        except ProcessLookupError:
            pass
        finally:
            os.close(process)

    def outside(self, path: str) -> str:
        """Where a path inside the lab is to be found from here, as long as the lab stands."""
        return f"/proc/{self.process_id}/root{path}"

    # What exercises ask of the lab.

    def run(self, name: str, *, seed: int | None = None, into: str | None = None) -> list[str]:
        """Plays a scenario or makes a fault ("random" with a `seed`); the savefiles recorded into directory `into`."""
        captures: list[str] = self.ask("run", name=name, seed=seed, into=into)["captures"]
        return captures

    def inflict(self, name: str, *, seed: int | None = None) -> str:
        """Makes a fault ("random" with a `seed`), sends nothing, and says which service it harms."""
        service: str = self.ask("inflict", name=name, seed=seed)["service"]
        return service

    def probe(self, service: str = "web", *, patience: float = 3.0, until_written: bool = False) -> Probe:
        """Lets the client visit "web" or "database" now, for `patience` seconds at most, and says how it went; with
        `until_written` when a tcpdump that runs has put it into its file."""
        return Probe(**self.ask("probe", service=service, patience=patience, until_written=until_written))

    def visits(self) -> list[Probe]:
        """The visits that the lab has made since it last changed (a fault made, a mending), oldest first."""
        return [Probe(**each) for each in self.ask("visits")["visits"]]

    def watch(self, interface: str, *, count: int = 0) -> Watched:
        """What tcpdump captures on one of the client's interfaces while visits are made; of no more than `count`
        packets, if that is not 0. Raises LabError, also if tcpdump cannot capture there."""
        answer = self.ask("watch", interface=interface, count=count)
        visits = tuple(Probe(**each) for each in answer["visits"])
        return Watched(_capture(answer["savefile"]), visits, answer["ended"])

    def witnessed(self, began_ns: int, ended_ns: int) -> Capture:
        """What passed the client's eth0 in that time, as the lab itself saw it; it remembers the newest some thousands
        of packets."""
        return _capture(self.ask("witnessed", began_ns=began_ns, ended_ns=ended_ns)["savefile"])

    def pose(self, task: str, *, seed: int) -> Task:
        """Makes the random fault of `seed`, unless the lab's fault stands for `task` already."""
        return Task(**self.ask("pose", task=task, seed=seed))

    def remedy(self) -> Remedy:
        """What is wrong with the lab. Raises LabError if nothing was made to be."""
        return Remedy(**self.ask("remedy"))

    def interfaces(self, host: str) -> list[str]:
        """The names that `tcpdump -D` lists on `host`."""
        names: list[str] = self.ask("interfaces", host=host)["interfaces"]
        return names

    def restore(self) -> None:
        """Mends everything."""
        self.ask("restore")


def socket_name() -> str:
    """The abstract name of this user's lab."""
    return f"\0tutor-lab-{os.getuid()}-{os.environ.get('TUTOR_LAB', '')}"


def find() -> Lab | None:
    """The lab that stands, or None. Raises LabError if another user has taken its name."""
    if not on_linux():
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(socket_name())
    except OSError:
        connection.close()
        return None
    return Lab(connection)


def why_none() -> Message:
    """Why no lab is found: this process is inside one, this system cannot have any, or nobody has made it."""
    inside = os.environ.get("TUTOR_LAB_HOST")
    if inside is not None:  # an abstract socket belongs to one network
        return Message("lab.in_lab", host=inside)
    try:
        require_programs((*PROGRAMS, "tcpdump"))
        require_namespaces()
    except LabError as error:
        return error.message
    return Message("lab.not_up")


def said(texts: dict[str, str]) -> LabError:
    """The error that the lab's first process tells of, in both languages."""
    return LabError(Message("lab.said", text=Localized(*(texts[each] for each in LANGUAGES))))


def end_process(namespaces: "subprocess.Popen[bytes]") -> None:
    """Ends the process that holds a lab of this process's own."""
    namespaces.kill()
    namespaces.wait()
    for pipe in (namespaces.stdin, namespaces.stderr):
        assert pipe is not None
        pipe.close()


def _capture(savefile: str) -> Capture:
    """The packets of a savefile in base64; none of them is cut."""
    return SavefileReader().feed(b64decode(savefile)) or Capture.from_frames([], EN10MB)
