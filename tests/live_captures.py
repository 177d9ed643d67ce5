"""Live captures for tests: in private networks, where code prints what it found, and of helpers played by scripts."""

import json
import stat
from pathlib import Path

import pytest
from private_network import User

needs_network = pytest.mark.needs("unshare", "setpriv", "ip", "tcpdump")

TOOLS = """
import json, os, signal, socket, subprocess, sys, tempfile, time

def tutor(*words):
    child = subprocess.Popen([sys.executable, "-m", "lesson_engine.cli", *words], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child.said = ""
    for line in child.stderr:
        child.said += line
        if "listening on" in line:
            break
    return child

def done(child):
    printed, said = child.communicate(timeout=20)
    return {"status": child.returncode, "printed": printed, "said": child.said + said}

def send(count, port=9, size=10):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        for number in range(count):
            udp.sendto(b"%05d" % number + b"x" * size, ("127.0.0.1", port))

def helpers():
    found = []
    for process in filter(str.isdecimal, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/stat") as file:
                name, state = file.read().partition("(")[2].rpartition(")")[::2]
        except OSError:
            continue  # it has just ended
        if state.split()[0] != "Z":  # nobody here waits for orphans
            found.append(name)
    return sorted(name for name in found if name in ("tcpdump", "dumpcap", "sh"))
"""
"""`tutor` starts the command and returns once it listens, `send` sends datagrams."""


def inside(user: User, code: str, *words: str, timeout: float = 60) -> object:
    """What the code prints as JSON; `words` are its sys.argv."""
    finished = user.run_in_namespaces(TOOLS + code, *words, timeout=timeout)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def put(directory: Path, name: str, script: str) -> None:
    """Writes a program of that name."""
    (directory / name).write_text(f"#!/bin/sh\n{script}\n")
    (directory / name).chmod(stat.S_IRWXU)


HEADER = r"printf '\324\303\262\241\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0'"
FORBIDDEN = 'echo "tcpdump: eth0: You don\'t have permission to perform this capture on that device" >&2; exit 1'
