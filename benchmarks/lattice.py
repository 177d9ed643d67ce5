"""Comparing two filters of the course as a whole process, against a bare `python -c pass`: ratios from one run.

Prints a row a pair: how long it takes, how often a bare interpreter fits into that (at most 50 times is asked
for), and how long the comparison alone takes inside a process that has everything imported.

    python benchmarks/lattice.py
"""

import statistics
import subprocess
import sys
import time

from lesson_engine.filters import Filter
from lesson_engine.filters.lattice import compare

RUNS = 15
PAIRS = (
    ("host 192.168.1.100", "src host 192.168.1.100"),
    ("tcp and not port 22", "not port 22"),
    ("host 192.168.1.100 and port 3306", "port 3306 and host 192.168.1.100"),
    ("port 80 or port 443", "tcp port 80 or tcp port 443"),
    ("src net 192.168.1.0/24 and (port 80 or 443)", "src net 192.168.1.0/24 and port 80 or 443"),
    ("tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn", "tcp[13] = 2"),
    ("tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420", "tcp port 80"),
)
SCRIPT = (
    "import sys; from lesson_engine.filters import Filter; from lesson_engine.filters.lattice import compare; "
    "compare(*map(Filter, sys.argv[1:]))"
)


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Measures, each process beside a bare interpreter."""
    bare = [sys.executable, "-c", "pass"]
    for pair in PAIRS:
        command = [sys.executable, "-c", SCRIPT, *pair]
        seconds(command)
        runs = [(seconds(command), seconds(bare)) for _ in range(RUNS)]
        whole = statistics.median(one for one, _ in runs)
        ratio = statistics.median(one / other for one, other in runs)
        a, b = map(Filter, pair)
        compare(a, b)
        began = time.perf_counter()
        found = compare(a, b)
        alone = time.perf_counter() - began
        print(f"{whole * 1000:6.1f} ms  {ratio:4.1f} x python -c pass  {alone * 1000:5.1f} ms alone", end="  ")
        print(f"{found.relation}: {pair[0]}  |  {pair[1]}")


if __name__ == "__main__":
    main()
