"""The lab while it stands: commands on its hosts, captures at its interfaces, rules on its firewall.

A `Stage` is made inside private namespaces (see `namespaces.entering`) and needs the whole of them: it covers
/run with memory, where everything the lab writes lies, and gives the hosts their own /etc/passwd and resolver.
Daemons and clients run as `USER` without any capability, whoever started the lab. The kernel clears all of it away
when the process ends, so nothing here needs undoing. What is played on the stage is told in `scenarios`.

tcpdump(8), nft(8), setpriv(1); the resolver files are resolv.conf(5) and nsswitch.conf(5).

>>> DIRECTORY.startswith("/run/")
True
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal, NamedTuple

from lesson_engine.lab.namespaces import PATH, LabError
from lesson_engine.lab.topology import FIREWALL, Topology, build, forget, in_host, introduce
from lesson_engine.messages import Message

USER = "student"
"""The name of the one user in the lab."""

DIRECTORY = "/run/lab"
"""Where daemons keep what they need; it is memory, and exists inside the lab only."""

# Root plays the lab for itself but nothing in it: then this user does, "nobody" to the system around.
_NOBODY = 65534
_PATIENCE = 10.0
_STARTING_SECONDS = 30.0
"""What a database may take to begin on a slow, or emulated, processor."""

BLOCK_SECONDS = 1.2
"""How long a packet may take from the kernel's buffer into a savefile, and a little more."""
_MOMENT_SECONDS = 0.2
"""The same in immediate mode."""

Port = tuple[int, str]
"""A number, and the kernel's table that has it: tcp or udp."""


class Service(NamedTuple):
    """A daemon that is to be running: where, on which ports, by which command."""

    host: str
    ports: tuple[Port, ...]
    command: tuple[str, ...]
    process: subprocess.Popen[bytes]
    kind: Literal["real", "stand-in", "fault"]


class Stage:
    """A topology that is up. Making one builds it; there is one stage to a process."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.services: dict[str, Service] = {}
        self.user_id = os.getuid() or _NOBODY
        self.group_id = os.getgid() or _NOBODY
        _run("mount", "-t", "tmpfs", "tmpfs", "/run")
        self._make_directory(DIRECTORY)
        self.home = self.directory("home")
        self._name_things()
        build(topology)

    def address(self, host: str) -> str:
        """The IPv4 address of `host`; the firewall's is that on the client's side."""
        return self.topology.networks[0].router if host == FIREWALL else self.topology.host(host).address

    def settle(self) -> None:
        """Makes every host know its neighbours, so that a capture begins with the matter and not with ARP."""
        introduce(self.topology)

    def directory(self, name: str) -> str:
        """A new directory below `DIRECTORY` that daemons may write to."""
        return self._make_directory(os.path.join(DIRECTORY, name))

    def write(self, path: str, text: str) -> str:
        """Writes a file that the lab's user, and nobody else, may read. Gives its path back."""
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, 0o600)
        os.chown(path, self.user_id, self.group_id)
        return path

    def start(self, host: str, *command: str, has_capabilities: bool = False) -> subprocess.Popen[bytes]:
        """Starts `command` on `host` and does not wait; its output goes to a log in `DIRECTORY`."""
        before = [] if has_capabilities else self._without_privileges(command[0])
        with open(os.path.join(DIRECTORY, "log"), "ab") as log:
            return subprocess.Popen(
                in_host(host, *before, *command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment(),
                cwd=self.home,
            )

    def serve(
        self,
        name: str,
        host: str,
        ports: Iterable[Port],
        *command: str,
        kind: Literal["real", "stand-in", "fault"] = "real",
    ) -> None:
        """Starts the daemon `command` on `host` and returns when it listens; it is known as `name` from now on. One
        that is a fault is gone after `restore`."""
        ports = tuple(ports)
        # Some kernels let no one without a capability put a filter on a socket.
        daemon = self.start(host, *command, has_capabilities=kind == "fault")
        self.services[name] = Service(host, ports, command, daemon, kind)
        for port, table in ports:
            self.wait_for_port(daemon, port, table)

    def serves(self, name: str) -> bool:
        """Whether the daemon of this name has been made; one that has ended since is started again."""
        service = self.services.get(name)
        if service is None:
            return False
        if service.process.poll() is not None:
            self.serve(name, service.host, service.ports, *service.command, kind=service.kind)
        return True

    def withdraw(self, name: str) -> None:
        """Ends the daemon of this name, if it runs."""
        service = self.services.get(name)
        if service is not None and service.process.poll() is None:
            service.process.terminate()
            self.finish([service.process])

    def restore(self) -> None:
        """Takes every fault away: rules, refusing routes, links that are down, neighbours learnt for good, daemons that
        were withdrawn."""
        for host in (FIREWALL, *(host.name for host in self.topology.hosts)):
            _run(*in_host(host, "nft", "flush", "ruleset"))
            for kind in ("blackhole", "unreachable", "prohibit"):
                _run(*in_host(host, "ip", "route", "flush", "type", kind))
        for each in self.topology.hosts:
            _run(*in_host(FIREWALL, "ip", "link", "set", each.name, "up"))
        forget(self.topology)
        for name in [name for name, service in self.services.items() if service.kind == "fault"]:
            self.withdraw(name)
            del self.services[name]
        for name in list(self.services):
            self.serves(name)

    def administer(self, host: str, *command: str) -> None:
        """Runs `command` on `host` with all the lab's capabilities. Raises LabError if it fails."""
        _run(*in_host(host, *command))

    def finish(self, processes: Iterable[subprocess.Popen[bytes]]) -> None:
        """Waits until each of `processes` has ended, however it did. Raises LabError if one takes too long."""
        for process in processes:
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired as error:
                raise LabError(Message("lab.command_too_slow", command=str(error.cmd))) from error

    def run(self, host: str, *command: str) -> str:
        """Runs `command` on `host`; its output. Raises LabError if it fails or takes too long."""
        done = self._complete(host, command)
        if done.returncode != 0:
            raise LabError(
                Message("lab.command_failed", command=" ".join(command), error=(done.stderr or done.stdout).strip())
            )
        return done.stdout

    def run_in_vain(self, host: str, *command: str) -> None:
        """Runs `command` on `host`, which the scenario means to fail. Raises LabError if it succeeds."""
        if self._complete(host, command).returncode == 0:
            raise LabError(Message("lab.command_succeeded", command=" ".join(command)))

    def filter(self, rules: str, host: str = FIREWALL) -> None:
        """Adds nft(8) `rules` to the firewall, or to another host."""
        _run(*in_host(host, "nft", "-f", "-"), text=rules)

    def wait_for_port(self, daemon: subprocess.Popen[bytes], port: int, table: str = "tcp") -> None:
        """Waits until `daemon` listens on `port`, by the kernel's own list, so that no packet is spent on asking.

        Raises LabError with the end of the log if the daemon ends first, or is not there in half a minute.
        """
        deadline = time.monotonic() + _STARTING_SECONDS
        while not _listens(daemon.pid, port, table):
            if daemon.poll() is not None or time.monotonic() > deadline:
                with open(os.path.join(DIRECTORY, "log"), errors="replace") as log:
                    error = log.read()[-2000:].strip()
                raise LabError(Message("lab.daemon_not_ready", port=port, error=error))
            time.sleep(0.005)

    @contextmanager
    def capturing(
        self, host: str, interface: str, path: str, *, goes_on: bool = False, at_once: bool = False, count: int = 0
    ) -> Iterator[subprocess.Popen[str]]:
        """Records what passes `interface` of `host` into the savefile `path` by tcpdump, from before to after; each
        packet `at_once`, for who reads along, of which 2048 bytes are kept. Gives tcpdump, which ends by itself after
        `count` packets, if that is not 0.

        Raises LabError if tcpdump cannot start, or says that the kernel dropped packets; and unless the traffic
        `goes_on` at the end, if there is one that tcpdump did not read.
        """
        owner = ["-Z", "root"] if os.getuid() == 0 else []
        manner = ["--immediate-mode", "-B", "16384", "-s", "2048"] if at_once else ["-s", "262144"]
        counted = ["-c", str(count)] if count else []
        tcpdump = subprocess.Popen(
            in_host(host, "tcpdump", "-i", interface, *manner, "-U", "-n", *owner, *counted, "-w", path),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=self._environment(),
        )
        assert tcpdump.stderr is not None
        said = []
        for line in tcpdump.stderr:
            said.append(line)
            if "listening on" in line:
                break
        else:
            raise LabError(Message("lab.command_failed", command="tcpdump", error="".join(said).strip()))
        try:
            yield tcpdump
            # The kernel hands packets on in blocks, at the latest a second after their first. --immediate-mode spares
            # the wait, but at the longest snapshot length its buffer has room for no more than eight packets.
            with suppress(subprocess.TimeoutExpired):
                tcpdump.wait(_MOMENT_SECONDS if at_once else BLOCK_SECONDS)
        finally:
            tcpdump.send_signal(signal.SIGINT)
            summary = tcpdump.stderr.read()
            tcpdump.wait(_PATIENCE)
            tcpdump.stderr.close()
        counts = {words[2]: words[0] for line in summary.splitlines() if len(words := line.split()) > 2}
        # On "any", the kernel's number counts what goes through lo twice, and the capture has it once.
        unread = interface != "any" and not goes_on and counts.get("captured") != counts.get("received")
        if counts.get("dropped") != "0" or unread:
            raise LabError(Message("lab.capture_incomplete", summary=summary.strip()))

    def _complete(self, host: str, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                in_host(host, *self._without_privileges(command[0]), *command),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                env=self._environment(),
                cwd=self.home,
                timeout=2 * _PATIENCE,
            )
        except subprocess.TimeoutExpired as error:
            raise LabError(Message("lab.command_too_slow", command=" ".join(command))) from error

    def _without_privileges(self, program: str) -> list[str]:
        words = ["setpriv", "--ambient-caps=-all", "--inh-caps=-all"]
        if os.getuid() == 0:
            words += ["--reuid", str(self.user_id), "--regid", str(self.group_id), "--clear-groups"]
        # ping's file carries a capability, which the kernel refuses to execute where the bounding set lacks it.
        return words if program == "ping" else [*words, "--bounding-set=-all"]

    def _environment(self) -> dict[str, str]:
        return {"PATH": PATH, "HOME": self.home, "USER": USER, "LOGNAME": USER, "LANG": "C.UTF-8", "TZ": "UTC"}

    def _make_directory(self, path: str) -> str:
        os.mkdir(path, 0o755)
        os.chown(path, self.user_id, self.group_id)
        return path

    def _name_things(self) -> None:
        # The first entry of a number names it; dnsmasq wants to find "nobody", whoever it runs as, and tcpdump, started
        # by root, a user of its own, who may write where root does.
        users = (
            *((USER, self.user_id, self.group_id), ("root", 0, 0), ("nobody", _NOBODY, _NOBODY)),
            ("tcpdump", 0, 0),
        )
        passwd = "".join(f"{name}:x:{user}:{group}::{self.home}:/bin/sh\n" for name, user, group in users)
        groups = "".join(f"{name}:x:{group}:\n" for name, _, group in users)
        files = {
            "/etc/passwd": passwd,
            "/etc/group": groups,
            "/etc/hosts": "127.0.0.1 localhost\n",
            "/etc/resolv.conf": f"nameserver {self.address(FIREWALL)}\n",
            "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
        }
        for path, text in files.items():
            own = os.path.join(DIRECTORY, os.path.basename(path))
            with open(own, "w") as file:
                file.write(text)
            covered = os.path.realpath(path)
            # systemd's /etc/resolv.conf points into /run, which is empty now.
            if covered.startswith("/run/"):
                os.makedirs(os.path.dirname(covered), exist_ok=True)
                os.replace(own, covered)
            elif os.path.exists(covered):
                _run("mount", "--bind", own, covered)


def _run(*command: str, text: str = "") -> None:
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=os.environ | {"PATH": PATH})
    if done.returncode != 0:
        raise LabError(Message("lab.command_failed", command=" ".join(command), error=done.stderr.strip()))


_TCP_LISTEN = "0A"


def _listens(process: int, port: int, table: str) -> bool:
    try:
        with open(f"/proc/{process}/net/{table}") as sockets:
            rows = [line.split() for line in sockets][1:]
    except OSError:
        return False
    return any(int(row[1].rpartition(":")[2], 16) == port and (table == "udp" or row[3] == _TCP_LISTEN) for row in rows)
