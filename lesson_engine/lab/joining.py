"""A command put on a host of a lab that stands: its namespaces entered, its capabilities taken, the terminal kept.

The command is a child in the lab's pid namespace: it ends when the lab does, and when the process that put it there
does. A Ctrl-C is the command's alone. Outside the lab it has no more rights than before: its capabilities count in the
lab's user namespace only.

setns(2), capabilities(7), prctl(2), termios(3).

>>> environment_on("client", {"PATH": "/bin"})["PATH"].split(":")[0]
'/run/lab/bin'
"""

import ctypes
import os
import signal
import sys
from collections.abc import Mapping
from typing import NoReturn

from lesson_engine.lab.namespaces import PATH
from lesson_engine.lab.stage import DIRECTORY
from lesson_engine.privilege import check, every_capability, hold

_PR_SET_PDEATHSIG = 1
_ALL_KINDS = 0


def run_within(process_id: int, host: str, command: list[str]) -> int:
    """Runs `command` on `host` of the lab whose first process is `process_id`; the status a shell would report.

    Raises OSError if the lab is gone or is not this user's.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    here = os.getcwd()
    # A process that waits for the command, rather than this one: entering cannot be undone.
    waiter = os.fork()
    if waiter == 0:
        status = 127
        try:
            status = _wait_within(libc, process_id, host, command, here)
        except OSError as error:
            sys.stderr.write(f"tutor: {error.strerror}: {error.filename or command[0]}\n")
        finally:
            os._exit(status)
    handlers = {each: signal.signal(each, signal.SIG_IGN) for each in (signal.SIGINT, signal.SIGQUIT)}
    try:
        return os.waitstatus_to_exitcode(os.waitpid(waiter, 0)[1])
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)


def environment_on(host: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a command on `host`: the caller's, with the lab's own programs first."""
    path = os.pathsep.join((f"{DIRECTORY}/bin", PATH))
    return {**environment, "PATH": path, "TUTOR_LAB_HOST": host}


def _wait_within(libc: ctypes.CDLL, process_id: int, host: str, command: list[str], here: str) -> int:
    _die_with_parent(libc)
    kinds = ["mnt", "net", "pid"]
    own = os.stat("/proc/self/ns/user")
    other = os.stat(f"/proc/{process_id}/ns/user")
    if (own.st_dev, own.st_ino) != (other.st_dev, other.st_ino):
        kinds.insert(0, "user")
    doors = [os.open(f"/proc/{process_id}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC) for kind in kinds]
    for door in doors:
        check(libc.setns(door, _ALL_KINDS))
    # Another user namespace is another set of credentials, and with these the kernel forgets.
    _die_with_parent(libc)
    child = os.fork()
    if child == 0:
        _become(libc, host, command, here)
    for each in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(each, signal.SIG_IGN)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status if status >= 0 else 128 - status


def _become(libc: ctypes.CDLL, host: str, command: list[str], here: str) -> NoReturn:
    try:
        _die_with_parent(libc)
        for each in (signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE):
            signal.signal(each, signal.SIG_DFL)
        door = os.open(f"/run/netns/{host}", os.O_RDONLY | os.O_CLOEXEC)
        check(libc.setns(door, _ALL_KINDS))
        if os.geteuid() != 0:
            hold(every_capability())
        try:
            os.chdir(here)
        except OSError:
            os.chdir(f"{DIRECTORY}/home")  # the lab has covered it
        os.execvpe(command[0], command, environment_on(host, os.environ))
    except OSError as error:
        sys.stderr.write(f"tutor: {command[0]}: {error.strerror}\n")
    os._exit(127)


def _die_with_parent(libc: ctypes.CDLL) -> None:
    parent = os.getppid()
    check(libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0))
    if os.getppid() != parent:
        os._exit(137)  # it died in between
