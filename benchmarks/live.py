"""How much a live capture takes without loss, and how soon: from the kernel to tcpdump's line, beside tcpdump itself.

In namespaces of its own, TCP segments of 120 bytes go down a pair of virtual Ethernets at a fixed rate. `tutor live`
has to print a line for each; plain `tcpdump -w /dev/null` is measured beside it at the same rates. Then, at 1,000 a
second, the time from the kernel's stamp of a packet to the moment in which Python has it.

    python benchmarks/live.py [--rate 20000] [--seconds 10] [--step-seconds 3]
"""

import argparse
import os
import re
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lesson_engine.lab.namespaces import PATH, entering, require_namespaces
from lesson_engine.sources.live import LiveCapture, Wanted

_ETHERNET = bytes.fromhex("020000000002020000000001 0800")
_STEPS = (30_000, 40_000, 50_000, 60_000, 80_000, 100_000, 120_000)
_MOMENT = 0.005
"""Seconds of packets that are sent together; sleeping between single ones would be slower than they are."""


def frames() -> list[bytes]:
    """TCP segments of some conversations, 120 bytes each."""
    made = []
    for index in range(1000):
        payload = b"x" * 66
        ip = struct.pack(">BBHHHBBHII", 0x45, 0, 106, index, 0x4000, 64, 6, 0, 0x0A000001 + index % 50, 0xC0A80101)
        tcp = struct.pack(">HHIIBBHHH", 20000 + index % 50, 80, index * 66 + 1, 1, 0x50, 0x18, 502, 0, 0)
        made.append(_ETHERNET + ip + tcp + payload)
    return made


def send(rate: int, seconds: float) -> None:
    """Sends at a steady rate and prints how many were sent, and in how many seconds."""
    made = frames()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as out:
        out.bind(("near", 0))
        began = time.perf_counter()
        total, sent = round(rate * seconds), 0
        while sent < total:
            due = min(total, round(rate * (time.perf_counter() - began + _MOMENT)))
            for number in range(sent, due):
                out.send(made[number % 1000])
            sent = max(sent, due)
            time.sleep(_MOMENT / 2)
        print(total, time.perf_counter() - began)


def sending(rate: int, seconds: float) -> "subprocess.Popen[str]":
    """A process that sends."""
    words = [sys.executable, __file__, "--send", str(rate), "--seconds", str(seconds)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def watched(command: list[str], rate: int, seconds: float) -> tuple[int, float, int, int]:
    """Packets sent and at which rate they were, packets that the command captured, and lines that it printed."""
    with tempfile.TemporaryFile() as lines:
        child = subprocess.Popen(command, stdout=lines, stderr=subprocess.PIPE, text=True)
        assert child.stderr is not None
        for line in child.stderr:
            if "listening on" in line:
                break
        sender = sending(rate, seconds)
        sent, took = sender.communicate()[0].split()
        # Plain tcpdump hands on what it has at the latest after a second.
        time.sleep(1.5)
        child.send_signal(signal.SIGINT)
        said = child.stderr.read()
        child.wait()
        captured = re.search(r"(\d+) packets? captured", said)
        lines.seek(0)
        printed = sum(piece.count(b" IP ") for piece in iter(lambda: lines.read(1 << 20), b""))
        return int(sent), int(sent) / float(took), int(captured[1]) if captured else 0, printed


def latency(seconds: float) -> tuple[float, float]:
    """Median and 99th percentile, in milliseconds, at 1,000 packets a second."""
    found = []
    with LiveCapture(Wanted("far", "tcp")) as capture:
        sender = sending(1000, seconds)
        enough = round(1000 * seconds)
        for batch in capture:
            now = time.time_ns()
            found += [(now - each) / 1e6 for each in batch.times_ns]
            if len(found) >= enough:
                capture.stop()
        sender.wait()
    return statistics.median(found), statistics.quantiles(found, n=100)[98]


def measure(options: argparse.Namespace) -> None:
    """Everything, inside the namespaces."""
    ip = "link add near type veth peer name far\nlink set near up\nlink set far up\n"
    subprocess.run(["ip", "-batch", "-"], input=ip, text=True, check=True)
    for name in ("near", "far"):
        Path(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6").write_text("1")
    ours = [sys.executable, "-m", "lesson_engine.cli", "live", "-i", "far", "-nn", "tcp"]
    theirs = ["tcpdump", "-i", "far", "-nn", *(["-Z", "root"] if os.geteuid() == 0 else []), "-w", "/dev/null", "tcp"]
    sent, rate, captured, printed = watched(ours, options.rate, options.seconds)
    print(f"tutor live     {rate:9,.0f} a second for {options.seconds:.0f} s: {sent:,} sent, {sent - printed:,} lost")
    for name, command in (("tutor live", ours), ("tcpdump -w", theirs)):
        best = 0.0
        for step in (options.rate, *(each for each in _STEPS if each > options.rate)):
            sent, rate, captured, printed = watched(command, step, options.step_seconds)
            lost = sent - (printed if name == "tutor live" else captured)
            print(f"{name:12}   {rate:9,.0f} a second: {lost:,} of {sent:,} lost")
            if lost:
                break
            best = rate
        print(f"{name:12}   {best:9,.0f} a second without loss")
    median, high = latency(5)
    print(f"packet to Python at 1,000 a second: median {median:.2f} ms, 99th percentile {high:.2f} ms")


def main() -> None:
    """Measures, and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rate", type=int, default=20_000)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--step-seconds", type=float, default=3)
    arguments.add_argument("--send", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.send:
        send(options.send, options.seconds)
    elif options.inside:
        measure(options)
    else:
        require_namespaces()
        words = [*entering(), sys.executable, __file__, "--inside", *sys.argv[1:]]
        sys.exit(subprocess.run(words, env=os.environ | {"PATH": PATH}).returncode)


if __name__ == "__main__":
    main()
