"""The lab seen from outside: bring it up, ask it something, put a command on one of its hosts, take it down.

`up` binds the socket by which a lab is found, and `down` kills the lab's first process: with it goes all the rest.
What is asked of a lab that stands is in `asking`; this module knows nothing of what is played.

unix(7), namespaces(7).

>>> find() is None or require().process_id > 1
True
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

from lesson_engine import privilege
from lesson_engine.lab.asking import PATIENCE, Lab, Probe, end_process, find, said, socket_name
from lesson_engine.lab.namespaces import (
    PATH,
    PROGRAMS,
    LabError,
    NamespacesRefusedError,
    entering,
    on_linux,
    require_namespaces,
    require_programs,
)
from lesson_engine.messages import Message

__all__ = ["Lab", "Probe", "down", "enter", "find", "require", "socket_name", "up"]


def require() -> Lab:
    """The lab that stands. Raises LabError if there is none."""
    _require_linux()
    lab = find()
    if lab is None:
        raise LabError(Message("lab.not_up"))
    return lab


def _require_linux() -> None:
    if not on_linux():
        raise NamespacesRefusedError(Message("lab.needs_linux"))


def up() -> Lab:
    """A new lab, whose hosts are there; its services are starting, and `Lab.keep` is for them and for lasting. Raises
    LabError; one that says why the system refuses, if it does."""
    require_programs((*PROGRAMS, "tcpdump"))
    with privilege.lending():
        namespaces = _start()
        try:
            lab = _wait_for(namespaces)
            lab.own(namespaces)
        except BaseException:
            end_process(namespaces)
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


def _wait_for(namespaces: subprocess.Popen[bytes]) -> Lab:
    deadline = time.monotonic() + PATIENCE
    assert namespaces.stderr is not None
    while namespaces.poll() is None and time.monotonic() < deadline:
        lab = find()
        if lab is not None:
            return lab
        time.sleep(0.005)
    if namespaces.poll() is None:
        raise LabError(Message("lab.too_slow", seconds=PATIENCE))
    require_namespaces()
    words = namespaces.stderr.read().decode("utf-8", "replace").strip()
    try:
        texts = json.loads(words)["error"]
    except ValueError:
        raise LabError(Message("lab.said", text=words[-2000:])) from None
    raise said(texts)


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
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
            try:
                trial.bind(socket_name())
            except OSError:
                time.sleep(0.002)
                continue
            return True
    raise LabError(Message("lab.too_slow", seconds=PATIENCE))


def enter(lab: Lab, host: str, command: Sequence[str]) -> int:
    """Runs `command` on `host` with this process's terminal, in this directory; its exit status. It may do to the lab
    what root may do to a machine, and dies with the lab and with this process. Raises LabError if there is no such
    host."""
    from lesson_engine.lab.joining import run_within

    known = lab.ask("ready")["hosts"]
    if host not in known:
        raise LabError(Message("lab.unknown_host", name=host, known=", ".join(known)))
    return run_within(lab.process_id, host, list(command))
