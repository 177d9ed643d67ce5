"""Private namespaces: the command line that puts a process where a network can be built, and why it may not be.

An ordinary user gets a user namespace, in which the process has every capability over namespaces of its own and
none over the machine; nothing is installed and no privilege is asked for. Where the system lets only root have a user
namespace, sudo helps: its caller is an ordinary user here again, who still has the one capability that this takes (see
`privilege`), and owns the namespace, so that they enter it later without sudo. Root who was not made by sudo gets the
other namespaces alone, which a container allows more often. In each way the process is pid 1 of its own pid
namespace: when it ends, or the one who started it does, the kernel ends every process in the lab and forgets its
interfaces, its mounts and its files. This module knows nothing of hosts and links.

user_namespaces(7), pid_namespaces(7), unshare(1), setpriv(1).

>>> entering()[:3]
['setpriv', '--pdeathsig', 'KILL']
"""

import os
import sys
from collections.abc import Iterable

from lesson_engine.messages import Message

_PACKAGES = {
    "bash": "bash",
    "curl": "curl",
    "dig": "bind9-dnsutils",
    "dnsmasq": "dnsmasq-base",
    "ip": "iproute2",
    "mariadb": "mariadb-client-core",
    "mariadb-install-db": "mariadb-server-core",
    "mariadbd": "mariadb-server-core",
    "mount": "mount",
    "nft": "nftables",
    "nginx": "nginx",
    "openssl": "openssl",
    "ping": "iputils-ping",
    "setpriv": "util-linux",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "sshd": "openssh-server",
    "tcpdump": "tcpdump",
    "unshare": "util-linux",
}
"""Program to the Debian package that has it."""

_SYSTEM: str = sys.platform

PROGRAMS = ("ip", "mount", "nft", "setpriv", "unshare")
"""What every lab needs, whatever is played in it."""

# Daemons and network tools live in sbin, which an ordinary user's PATH may lack.
PATH = os.pathsep.join(filter(None, (os.environ.get("PATH"), "/usr/local/sbin", "/usr/sbin", "/sbin")))


class LabError(OSError):
    """The lab cannot do what was asked; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class MissingProgramError(LabError):
    """Programs the lab needs are not installed; `message` names them and their Debian packages."""


class NamespacesRefusedError(LabError):
    """This system does not let the process have namespaces; `message` names the rule that refuses."""


def on_linux() -> bool:
    """Whether this is the system that has namespaces."""
    return _SYSTEM == "linux"


def require_programs(programs: Iterable[str]) -> None:
    """Raises MissingProgramError unless each of `programs` is installed."""
    if not on_linux():
        raise NamespacesRefusedError(Message("lab.needs_linux"))
    missing = sorted({program for program in programs if not is_installed(program)})
    if missing:
        packages = sorted({_PACKAGES[program] for program in missing})
        raise MissingProgramError(
            Message("lab.missing_program", programs=", ".join(missing), packages=" ".join(packages))
        )


def is_installed(program: str) -> bool:
    """Whether `program` is where the lab looks for programs."""
    import shutil

    return shutil.which(program, path=PATH) is not None


def entering(*, dies_with_parent: bool = True) -> list[str]:
    """The words to put before a command so that it runs as pid 1 of private namespaces, and dies with its parent.

    Its user stays the same inside and outside: files it writes belong to the one who started it.
    """
    die_with_parent = ["setpriv", "--pdeathsig", "KILL"] if dies_with_parent else []
    namespaces = ["--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
    if os.geteuid() == 0:
        return [*die_with_parent, "unshare", *namespaces]
    # Not --map-root-user: tcpdump would take itself for root and fail to hand its savefile to another user.
    return [*die_with_parent, "unshare", "--user", "--map-current-user", "--keep-caps", *namespaces]


def require_namespaces() -> None:
    """Tries the namespaces for a moment. Raises MissingProgramError or NamespacesRefusedError."""
    require_programs(PROGRAMS)
    # AppArmor grants the user namespace and then denies its capabilities, so the trial uses one.
    status, said = _tried([*entering(), "ip", "link", "set", "lo", "up"])
    if status != 0:
        raise NamespacesRefusedError(_refusal(said))


def _tried(command: list[str]) -> tuple[int, str]:
    """The exit status of a command, and what it wrote. Without subprocess, whose import takes longer than all this: a
    check that finds no lab asks for the reason."""
    import shutil

    program = shutil.which(command[0], path=PATH)
    assert program is not None
    reading, writing = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1),
        (os.POSIX_SPAWN_DUP2, writing, 2),
    ]
    process = os.posix_spawn(program, command, os.environ | {"PATH": PATH}, file_actions=actions)
    os.close(writing)
    with open(reading, encoding="utf-8", errors="replace") as said:
        text = said.read().strip()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), text


def _refusal(error: str) -> Message:
    from lesson_engine import privilege

    if os.geteuid() == 0:  # no rule about user namespaces has refused
        return Message("lab.refused_otherwise", error=error)
    # The kernel counts what root makes as well: sudo does not help here.
    if _setting("/proc/sys/user/max_user_namespaces") == "0":
        return Message("lab.refused_by_limit")
    for path, value, key in _RULES_FOR_USERS:
        if _setting(path) == value:
            refusal = Message(key)
            return refusal if privilege.is_lent() else Message("lab.or_sudo", refusal=refusal, command=_with_sudo())
    return Message("lab.refused_otherwise", error=error)


_RULES_FOR_USERS = (
    ("/proc/sys/kernel/unprivileged_userns_clone", "0", "lab.refused_by_clone"),
    ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "lab.refused_by_apparmor"),
)
"""Settings that refuse those without CAP_SYS_ADMIN, each with its value that does."""


def _with_sudo() -> str:
    """The command that makes this lab through sudo, which knows no virtual environment and drops variables."""
    import shlex

    beside = os.path.join(os.path.dirname(sys.executable), "tutor")
    program = [beside] if os.access(beside, os.X_OK) else [sys.executable, "-m", "lesson_engine.cli"]
    name = os.environ.get("TUTOR_LAB")
    return shlex.join(["sudo", *(["env", f"TUTOR_LAB={name}"] if name else []), *program, "lab", "up"])


def _setting(path: str) -> str | None:
    try:
        with open(path) as setting:
            return setting.read().strip()
    except OSError:
        return None
