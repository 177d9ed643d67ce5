"""How long the lab takes to come and go, and what it leaves behind: nothing, whichever of its parts is killed when.

First plain ups and downs, timed. Then, round after round, an up and a down with a kill -9 in between, at a random
moment: of a random process of the lab, or of the `tutor lab up` that is still bringing it up. After each round it looks
for processes, interfaces, namespaces, mounts and temporary files.

    python benchmarks/lab.py [--rounds 100] [--timed 10] [--seed 1]
"""

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lesson_engine.lab import keeper

_NAME = f"benchmark-{os.getpid()}"
_LONGEST = 10.0


def processes() -> list[int]:
    """Those of the lab: with its name about them, or in their pid namespace."""
    mark = f"TUTOR_LAB={_NAME}".encode()
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_alive = (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
            is_marked = mark in (process / "environ").read_bytes().split(b"\0")
            if is_alive and int(process.name) != os.getpid():
                found[int(process.name)] = is_marked, os.readlink(process / "ns/pid")
        except OSError:
            continue
    inside = {space for is_marked, space in found.values() if is_marked} - {os.readlink("/proc/self/ns/pid")}
    return [number for number, (is_marked, space) in found.items() if is_marked or space in inside]


def surroundings(temporary: str) -> tuple[frozenset[str], ...]:
    """Interfaces, mounts, named namespaces, and temporary files of this machine."""
    mounts = frozenset(Path("/proc/self/mounts").read_text().splitlines())
    named = frozenset(os.listdir("/run/netns")) if os.path.isdir("/run/netns") else frozenset[str]()
    return frozenset(os.listdir("/sys/class/net")), mounts, named, frozenset(os.listdir(temporary))


def raising() -> "subprocess.Popen[bytes]":
    """`tutor lab up`, not waited for."""
    words = [sys.executable, "-m", "lesson_engine.cli", "lab", "up"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(rounds: int) -> None:
    """Prints how long hosts, services and the end of them take."""
    ups, services, downs = [], [], []
    for _ in range(rounds):
        began = time.perf_counter()
        lab = keeper.up()
        ups.append(time.perf_counter() - began)
        lab.keep()
        services.append(time.perf_counter() - began)
        lab.close()
        began = time.perf_counter()
        keeper.down()
        downs.append(time.perf_counter() - began)
    for name, times in (("hosts up", ups), ("and their services", services), ("down", downs)):
        print(f"{name:20} median {statistics.median(times) * 1000:6.0f} ms, worst {max(times) * 1000:6.0f} ms")


def main() -> None:
    """Measures, and prints; exit status 1 if anything was left behind."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=100)
    arguments.add_argument("--timed", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    os.environ["TUTOR_LAB"] = _NAME
    chance = random.Random(options.seed)
    leftovers = kills = 0
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["TMPDIR"] = temporary
        before = surroundings(temporary)
        timed(options.timed)
        for _ in range(options.rounds):
            up = raising()
            time.sleep(chance.uniform(0, 1.2))
            victims = processes()
            if victims:
                try:
                    os.kill(chance.choice(victims), signal.SIGKILL)
                    kills += 1
                except ProcessLookupError:
                    pass  # it ended by itself
            up.wait()
            keeper.down()
            deadline = time.monotonic() + _LONGEST
            while processes() and time.monotonic() < deadline:
                time.sleep(0.01)
            left = processes()
            after = surroundings(temporary)
            if left or after != before:
                leftovers += 1
                print("left behind:", left, [sorted(new - old) for new, old in zip(after, before, strict=True)])
    print(f"{options.rounds} ups and downs, {kills} kills: {leftovers or 'none'} left anything behind")
    sys.exit(bool(leftovers))


if __name__ == "__main__":
    main()
