"""The lab seen from outside: bring it up, ask it something, put a command on one of its hosts, take it down.

A lab is found by the name of its socket, which only the kernel keeps (abstract, one for each user; `TUTOR_LAB` names
further ones), and proven by who listens on it: there is no file of state, and nothing stale. `down` kills the lab's
first process, and with it goes all the rest. This module knows nothing of what is played.

unix(7), pidfd_open(2), namespaces(7).

>>> Probe("192.168.1.50", 40000, "93.184.216.34", 80, 0, "answered", "x").expression
'host 192.168.1.50 and host 93.184.216.34 and tcp port 40000 and port 80'
"""

import json
import os
import secrets
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple, Self

from lesson_engine import privilege
from lesson_engine.filters import Filter
from lesson_engine.lab.namespaces import (
    PATH,
    PROGRAMS,
    LabError,
    NamespacesRefusedError,
    entering,
    require_namespaces,
    require_programs,
)
from lesson_engine.messages import LANGUAGES, Language, Localized, Message
from lesson_engine.packets import Capture

_SYSTEM: str = sys.platform
_PATIENCE = 30.0
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


class Diagnosis(NamedTuple):
    """Which parts of an answer are right; all False where no fault was made."""

    seen: bool
    where: bool


class Lab:
    """A lab that stands, and a connection to it. One that `up` has made ends with this process until it is kept."""

    def __init__(self, connection: socket.socket, language: Language) -> None:
        self._connection = connection
        self._own: subprocess.Popen[bytes] | None = None
        self._lines = connection.makefile("rw", encoding="utf-8")
        self._language = language
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
            _end(self._own)
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
            self._lines.write(json.dumps({"do": what, "language": self._language} | words) + "\n")
            self._lines.flush()
            line = self._lines.readline()
        except OSError as error:
            raise LabError(Message("lab.gone")) from error
        if not line:
            raise LabError(Message("lab.gone"))
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise LabError(Message("lab.said", text=answer["error"]))
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
                select.select([process], [], [], _PATIENCE)
        except ProcessLookupError:
            pass
        finally:
            os.close(process)

    # What exercises ask of the lab.

    def run(self, name: str, *, seed: int | None = None, into: str | None = None) -> list[str]:
        """Plays a scenario or makes a fault ("random" with a `seed`); the savefiles recorded into directory `into`."""
        captures: list[str] = self.ask("run", name=name, seed=seed, into=into)["captures"]
        return captures

    def inflict(self, name: str, *, seed: int | None = None) -> str:
        """Makes a fault ("random" with a `seed`), sends nothing, and says which service it harms."""
        service: str = self.ask("inflict", name=name, seed=seed)["service"]
        return service

    def probe(self, service: str = "web", *, patience: float = 3.0) -> Probe:
        """Lets the client visit "web" or "database" now, for `patience` seconds at most, and says how it went."""
        nonce = secrets.token_hex(8)
        return Probe(**self.ask("probe", service=service, nonce=nonce, patience=patience), nonce=nonce)

    def diagnose(self, seen: str, where: str) -> Diagnosis:
        """Whether the fault looks so (the kind of a symptom) and lies on this host."""
        answer = self.ask("diagnose", seen=seen, where=where)
        return Diagnosis(answer["seen"], answer["where"])

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


def find(language: Language = "ja") -> Lab | None:
    """The lab that stands, or None. Raises LabError if another user has taken its name."""
    if _SYSTEM != "linux":
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(socket_name())
    except OSError:
        connection.close()
        return None
    return Lab(connection, language)


def require(language: Language = "ja") -> Lab:
    """The lab that stands. Raises LabError if there is none."""
    _require_linux()
    lab = find(language)
    if lab is None:
        raise LabError(Message("lab.not_up"))
    return lab


def _require_linux() -> None:
    if _SYSTEM != "linux":
        raise NamespacesRefusedError(Message("lab.needs_linux"))


def up(language: Language = "ja") -> Lab:
    """A new lab, whose hosts are there; its services are starting, and `Lab.keep` is for them and for lasting. Raises
    LabError; one that says why the system refuses, if it does."""
    require_programs((*PROGRAMS, "tcpdump"))
    with privilege.lending():
        namespaces = _start()
        try:
            lab = _wait_for(namespaces, language)
            lab.own(namespaces)
        except BaseException:
            _end(namespaces)
            raise
    return lab


def _start() -> "subprocess.Popen[bytes]":
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(socket_name())
    except OSError as error:
        listener.close()
        raise LabError(Message("lab.up_already")) from error
    package_root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with listener:
        words = [*entering(dies_with_parent=False), sys.executable, "-m", "lesson_engine.lab.standing"]
        return subprocess.Popen(
            [*words, str(listener.fileno())],
            stdin=subprocess.PIPE,  # it ends when this process does, and then so does a lab that was not asked to stay
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(listener.fileno(),),
            start_new_session=True,
            cwd="/",
            env=os.environ | {"PATH": PATH, "PYTHONPATH": package_root, "PYTHONDONTWRITEBYTECODE": "1"},
        )


def _end(namespaces: "subprocess.Popen[bytes]") -> None:
    namespaces.kill()
    namespaces.wait()
    for pipe in (namespaces.stdin, namespaces.stderr):
        assert pipe is not None
        pipe.close()


def _wait_for(namespaces: subprocess.Popen[bytes], language: Language) -> Lab:
    deadline = time.monotonic() + _PATIENCE
    assert namespaces.stderr is not None
    while namespaces.poll() is None and time.monotonic() < deadline:
        lab = find(language)
        if lab is not None:
            return lab
        time.sleep(0.005)
    if namespaces.poll() is None:
        raise LabError(Message("lab.too_slow", seconds=_PATIENCE))
    require_namespaces()
    said = namespaces.stderr.read().decode("utf-8", "replace").strip()
    try:
        texts = json.loads(said)["error"]
    except ValueError:
        raise LabError(Message("lab.said", text=said[-2000:])) from None
    raise LabError(Message("lab.said", text=Localized(*(texts[each] for each in LANGUAGES))))


def down() -> bool:
    """Ends the lab, and returns when nothing of it is left; False if there was none. Raises LabError if it is another
    user's, or if there can be none here."""
    _require_linux()
    lab = find()
    if lab is None:
        return False
    with lab:
        lab.kill()
    # The name is free when the last process that had it, unshare outside, is gone as well.
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
            try:
                trial.bind(socket_name())
            except OSError:
                time.sleep(0.002)
                continue
            return True
    raise LabError(Message("lab.too_slow", seconds=_PATIENCE))


def enter(lab: Lab, host: str, command: Sequence[str]) -> int:
    """Runs `command` on `host` with this process's terminal, in this directory; its exit status. It may do to the lab
    what root may do to a machine, and dies with the lab and with this process. Raises LabError if there is no such
    host."""
    from lesson_engine.lab.joining import run_within

    known = lab.ask("ready")["hosts"]
    if host not in known:
        raise LabError(Message("lab.unknown_host", name=host, known=", ".join(known)))
    return run_within(lab.process_id, host, list(command))
