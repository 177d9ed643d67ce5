"""The lab while it stands for a learner: pid 1 of its namespaces, which answers on a socket until it is killed.

`python -m lesson_engine.lab.standing DESCRIPTOR` is started by `keeper.up`, inside `namespaces.entering`. The
socket was bound outside and listens here, so whoever connects can ask the kernel which process this is. There is no
file that could outlive the lab: when this process ends, by whatever death, the kernel ends every process in the lab
and forgets the rest. Before someone has asked it to stay, it ends with the one who started it. Requests and answers
are lines of JSON; several clients are served, one request that changes the lab at a time.

unix(7), pid_namespaces(7).

>>> parse_request('{"do": "status"}')
('status', {})
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from lesson_engine.lab import daemons
from lesson_engine.lab.faults import FAULTS, Fault, random_fault
from lesson_engine.lab.namespaces import LabError
from lesson_engine.lab.plays import play_visit
from lesson_engine.lab.scenarios import SCENARIOS, Scenario, Vantage, both_ends
from lesson_engine.lab.stage import BLOCK_SECONDS, DIRECTORY, Stage
from lesson_engine.lab.topology import COURSE, FIREWALL, in_host
from lesson_engine.lab.witness import Witness
from lesson_engine.messages import LANGUAGES, Message

_PROBE_PATIENCE = 3.0
_WATCH_PATIENCE = 1.0
_WATCHED_VISITS = 4
"""How often the client goes out so that a counting capture may end."""
_REMEMBERED = 200
_CLONE_NEWNET = 0x40000000

_SERVICES = {"web": ("web", 80), "database": ("database", 3306)}

_SUDO = """#!/bin/sh
# In the lab everyone may do everything to it, so sudo has nothing to add.
while [ "${1#-}" != "$1" ]; do shift; done
exec "$@"
"""

_SHELL_START = """[ ! -f ~/.bashrc ] || . ~/.bashrc
PS1="$TUTOR_LAB_HOST\\$ "
"""


def parse_request(line: str) -> tuple[str, dict[str, object]]:
    """What to do, and with what. Raises ValueError for what is no request."""
    request = json.loads(line)
    if not isinstance(request, dict) or not isinstance(request.get("do"), str):
        raise ValueError(line)
    return request.pop("do"), request


class _Lab:
    """The stage, what is wrong with it at the moment, and what clients may ask."""

    def __init__(self, staying: threading.Event) -> None:
        self.stage = Stage(COURSE)
        self.changing = threading.Lock()
        self.staying = staying
        self.fault: Fault | None = None
        self.playing = ""
        self.task = ""
        self.made: deque[dict[str, object]] = deque(maxlen=_REMEMBERED)
        with _in_network_of("client"):
            self.witness = Witness("eth0")
        self.services_error: LabError | None = None
        self._provide_shell()
        self._services = threading.Thread(target=self._start_services, daemon=True)
        self._services.start()

    def _provide_shell(self) -> None:
        programs = self.stage.directory("bin")
        for path, text in ((f"{programs}/sudo", _SUDO), (f"{DIRECTORY}/bashrc", _SHELL_START)):
            with open(path, "w") as file:
                file.write(text)
            os.chmod(path, 0o755)

    def _start_services(self) -> None:
        try:
            for name in daemons.EVERY:
                getattr(daemons, name)(self.stage)
        except LabError as error:
            self.services_error = error

    def ready(self) -> dict[str, object]:
        """Waits until the services run. Raises LabError if they cannot."""
        self._services.join()
        if self.services_error is not None:
            raise self.services_error
        return self.status()

    def status(self) -> dict[str, object]:
        """What is there: hosts with addresses, services with their state."""
        hosts = {FIREWALL: self.stage.address(FIREWALL)} | {host.name: host.address for host in COURSE.hosts}
        services = {}
        for name in daemons.EVERY:
            service = self.stage.services.get(name)
            if service is None:
                state = "starting" if self._services.is_alive() else "failed"
            elif service.process.poll() is None:
                state = service.kind
            else:
                state = "stopped"
            services[name] = state
        # A fault is for the learner to find.
        return {"hosts": hosts, "services": services, "playing": self.playing, "fault": self.fault is not None}

    def stay(self) -> dict[str, object]:
        self.staying.set()
        return {}

    def run(self, name: str, seed: int | None = None, into: str | None = None) -> dict[str, object]:
        """Plays a scenario, or makes a fault and lets a client run into it; recorded where it is watched, if `into` is
        a directory. The fault stays until the next run. Raises LabError."""
        self.ready()
        with self.changing:
            self._begin(name)
            if name in SCENARIOS:
                return {"captures": self._play(SCENARIOS[name], into)}
            fault = _fault(name, seed)
            vantages = (
                Vantage(f"{name}_client", "client", "eth0", ()),
                Vantage(f"{name}_server", _SERVICES[fault.service][0], "eth0", ()),
            )
            scenario = Scenario(
                name, (), self._inflict(fault), lambda stage: play_visit(stage, fault.service), vantages
            )
            return {"captures": self._play(scenario, into)}

    def inflict(self, name: str, seed: int | None = None) -> dict[str, object]:
        """Makes a fault and says which service is harmed. It stays until the next run. Raises LabError."""
        self.ready()
        fault = _fault(name, seed)
        with self.changing:
            self._begin(name)
            self._inflict(fault)(self.stage)
        return {"service": fault.service}

    def pose(self, task: str, seed: int) -> dict[str, object]:
        """Makes the random fault of `seed`, unless the one that stands was made for `task`: asking again changes
        nothing, and a learner's mending stays. Raises LabError."""
        self.ready()
        with self.changing:
            fresh = self.task != task or self.fault is None
            if fresh:
                self._begin("random")
                self._inflict(random_fault(seed))(self.stage)
                self.task = task
            assert self.fault is not None
            service = self.fault.service
        host, port = _SERVICES[service]
        return {"service": service, "server": self.stage.address(host), "port": port, "fresh": fresh}

    def remedy(self) -> dict[str, object]:
        """What is wrong, where, and what mends it. Raises LabError if nothing is."""
        if self.fault is None:
            raise LabError(Message("lab.no_fault"))
        return {"seen": self.fault.seen, "where": self.fault.where, "command": self.fault.mend}

    def _begin(self, name: str) -> None:
        self.stage.restore()
        self.fault, self.playing, self.task = None, name, ""
        self.made.clear()

    def _inflict(self, fault: Fault) -> Callable[[Stage], None]:
        def prepare(stage: Stage) -> None:
            fault.inflict(stage)
            self.fault = fault

        return prepare

    def _play(self, scenario: Scenario, into: str | None) -> list[str]:
        scenario.prepare(self.stage)
        paths = []
        with ExitStack() as captures:
            for vantage in both_ends(scenario) if into is not None else ():
                path = os.path.join(into or "", vantage.savefile)
                captures.enter_context(
                    self.stage.capturing(vantage.host, vantage.interface, path, goes_on=True, at_once=True)
                )
                paths.append(path)
            scenario.play(self.stage)
        return paths

    def restore(self) -> dict[str, object]:
        """Takes away what is wrong."""
        self.ready()
        with self.changing:
            self._begin("")
        return {}

    def probe(self, service: str, patience: float = _PROBE_PATIENCE, until_written: bool = False) -> dict[str, object]:
        """A client's visit to a service from a port that nobody could have known before, carrying a nonce; it gives up
        after `patience` seconds, and is remembered."""
        self.ready()
        host, port = _SERVICES[service]
        address, nonce = self.stage.address(host), os.urandom(8).hex()
        began = time.time_ns()
        with _in_network_of("client"):
            connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        with connection:
            connection.settimeout(patience)
            connection.bind((self.stage.address("client"), 0))
            source_port = connection.getsockname()[1]
            outcome = _visit(connection, (address, port), f"GET /{nonce} HTTP/1.0\r\nHost: lab\r\n\r\n".encode())
        visit: dict[str, object] = {
            "client": self.stage.address("client"),
            "source_port": source_port,
            "server": address,
            "port": port,
            "began_ns": began,
            "ended_ns": time.time_ns(),
            "outcome": outcome,
            "nonce": nonce,
        }
        self.made.append(visit)
        if until_written:
            time.sleep(BLOCK_SECONDS)
        return visit

    def visits(self) -> dict[str, object]:
        """The visits since the last change, oldest first."""
        return {"visits": list(self.made)}

    def watch(self, interface: str, count: int = 0) -> dict[str, object]:
        """Captures on an interface of the client while it visits the web server, and, where so many packets are to be
        counted, goes out until they are. Raises LabError."""
        self.ready()
        path = f"{DIRECTORY}/watched-{os.urandom(4).hex()}.pcap"
        visits = []
        try:
            with self.stage.capturing("client", interface, path, goes_on=True, count=count) as tcpdump:
                for number in range(_WATCHED_VISITS if count else 1):
                    visits.append(self.probe(("web", "database")[number % 2], _WATCH_PATIENCE))
                    with suppress(subprocess.TimeoutExpired):
                        tcpdump.wait(BLOCK_SECONDS if count else 0)
                        break
                ended = tcpdump.poll() is not None
            with open(path, "rb") as file:
                return {"visits": visits, "ended": ended, "savefile": b64encode(file.read()).decode()}
        finally:
            with suppress(FileNotFoundError):
                os.unlink(path)

    def witnessed(self, began_ns: int, ended_ns: int) -> dict[str, object]:
        """What passed the client's interface in that time."""
        return {"savefile": b64encode(self.witness.between(began_ns, ended_ns)).decode()}

    def interfaces(self, host: str) -> dict[str, object]:
        """The interfaces of a host, as `tcpdump -D` knows them there."""
        listing = subprocess.run(in_host(host, "tcpdump", "-D"), capture_output=True, text=True).stdout
        return {"interfaces": [line.partition(".")[2].split()[0] for line in listing.splitlines() if "." in line]}


def _fault(name: str, seed: int | None) -> Fault:
    if name == "random":
        return random_fault(seed or 0)
    if name not in FAULTS:
        raise LabError(Message("lab.unknown_scenario", name=name, known=", ".join([*SCENARIOS, *FAULTS])))
    return FAULTS[name]


def _visit(connection: socket.socket, place: tuple[str, int], request: bytes) -> str:
    try:
        connection.connect(place)
        if place[1] == 80:
            connection.sendall(request)
        answer = connection.recv(4096)
        # Leaving with data unread would end it by a RST, and a visit is to look like any other.
        while place[1] == 80 and connection.recv(4096):
            pass
        return "answered" if answer else "closed"
    except TimeoutError:
        return "silent"
    except ConnectionRefusedError:
        return "refused"
    except ConnectionResetError:
        return "reset"
    except OSError:
        return "unreachable"


@contextmanager
def _in_network_of(host: str) -> Iterator[None]:
    """In this thread alone: a socket that is made here belongs to `host` for good."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    with open("/proc/thread-self/ns/net") as here, open(f"/run/netns/{host}") as there:
        if libc.setns(there.fileno(), _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        try:
            yield
        finally:
            libc.setns(here.fileno(), _CLONE_NEWNET)


def _answer(lab: _Lab, line: str) -> dict[str, object]:
    try:
        what, words = parse_request(line)
    except ValueError:
        return _error("no request")
    known: dict[str, Callable[..., dict[str, object]]] = {
        each.__name__: each
        for each in (
            lab.status, lab.ready, lab.stay, lab.run, lab.inflict, lab.pose, lab.restore, lab.remedy,
            lab.probe, lab.visits, lab.watch, lab.witnessed, lab.interfaces,
        )
    }  # fmt: skip
    try:
        return known[what](**words)
    except LabError as error:
        return _error(error.message)
    except (KeyError, TypeError, OSError) as error:
        return _error(f"{type(error).__name__}: {error}")


def _error(said: Message | str) -> dict[str, object]:
    return {"error": {each: said if isinstance(said, str) else said.text(each) for each in LANGUAGES}}


def _serve(lab: _Lab, client: socket.socket) -> None:
    with client, client.makefile("rw", encoding="utf-8") as lines, suppress(OSError):  # the client has left
        for line in lines:
            lines.write(json.dumps(_answer(lab, line)) + "\n")
            lines.flush()


def _end_with_owner(staying: threading.Event) -> None:
    """Standard input ends when the process that started the lab has gone."""
    while os.read(0, 1):
        pass
    if not staying.is_set():
        os._exit(0)


def main(descriptor: int) -> None:
    """Builds the lab and serves until the process is killed."""
    listener = socket.socket(fileno=descriptor)
    staying = threading.Event()
    threading.Thread(target=_end_with_owner, args=(staying,), daemon=True).start()
    try:
        lab = _Lab(staying)
    except LabError as error:
        sys.stderr.write(json.dumps(_error(error.message)))
        sys.exit(1)
    listener.listen(16)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    os.close(null)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=_serve, args=(lab, client), daemon=True).start()


if __name__ == "__main__":
    main(int(sys.argv[1]))
