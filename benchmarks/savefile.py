"""How long the record boundaries of a million packets take, beside tcpdump, and how much memory.

Makes the savefiles (pcap, 354 MB; pcapng) in a temporary directory, then runs `tcpdump -r FILE --count` and a
fresh Python that opens the same file in turns, and prints the ratio of the fastest of each. Both are whole
processes, so Python's own start counts too; the time within the process is printed beside it. Memory is the
peak of what is resident and not a page of the mapped file (RssAnon of /proc/self/status).

    python benchmarks/savefile.py [PACKETS]
"""

import random
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TURNS = 5
BOUND = 4.0
MEMORY_BOUND_MB = 100

OPEN = """
import sys, time
from lesson_engine.sources.savefile import open_savefile
began = time.perf_counter()
capture = open_savefile(sys.argv[1])
opened = time.perf_counter()
anonymous = [line.split()[1] for line in open("/proc/self/status") if line.startswith("RssAnon")]
capture.times_ns
print(len(capture), opened - began, time.perf_counter() - opened, *anonymous)
"""


def make(path: Path, packets: int, pcapng: bool) -> None:
    """A savefile of frames of 60 to 928 bytes, 338 on average, a millisecond apart."""
    chance = random.Random(1)
    payload = chance.randbytes(1024)
    with path.open("wb") as file:
        if pcapng:
            file.write(struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28))
            file.write(struct.pack("<IIHHII", 1, 20, 1, 0, 262144, 20))
        else:
            file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for index in range(packets):
            length = chance.choice((60, 66, 74, 300, 600, 928))
            seconds, milliseconds = divmod(index, 1000)
            if pcapng:
                padded = (length + 3) // 4 * 4
                time_us = (1_700_000_000 + seconds) * 1_000_000 + milliseconds * 1000
                words = (6, 32 + padded, 0, time_us >> 32, time_us & 0xFFFFFFFF, length, length)
                file.write(struct.pack("<7I", *words) + payload[:padded] + struct.pack("<I", 32 + padded))
            else:
                header = (1_700_000_000 + seconds, milliseconds * 1000, length, length)
                file.write(struct.pack("<4I", *header) + payload[:length])


def seconds_of(*command: str | Path) -> tuple[float, str]:
    """Wall-clock seconds of a process, and what it printed."""
    began = time.perf_counter()
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - began, printed


def compare(path: Path, packets: int) -> None:
    """Prints one file's figures."""
    theirs: list[float] = []
    ours: list[float] = []
    inside: list[float] = []
    headers: list[float] = []
    memory: list[float] = []
    for _ in range(TURNS):
        elapsed, printed = seconds_of("tcpdump", "-r", path, "--count")
        assert printed.split()[0] == str(packets)
        theirs.append(elapsed)
        elapsed, printed = seconds_of(sys.executable, "-c", OPEN, path)
        count, opening, reading, kilobytes = printed.split()
        assert count == str(packets)
        ours.append(elapsed - float(reading))
        inside.append(float(opening))
        headers.append(float(reading))
        memory.append(float(kilobytes) / 1024)
    print(f"{path.name}: {packets:,} packets, {path.stat().st_size / 1e6:.0f} MB, fastest of {TURNS} turns")
    print(f"  tcpdump -r FILE --count         {min(theirs):6.3f} s")
    print(f"  open_savefile, whole process    {min(ours):6.3f} s  {min(ours) / min(theirs):5.2f} times (bound {BOUND})")
    print(f"  open_savefile, the call alone   {min(inside):6.3f} s  {min(inside) / min(theirs):5.2f} times")
    print(f"  times and original lengths      {min(headers):6.3f} s  on first use")
    print(f"  memory beyond the mapped file   {max(memory):6.1f} MB (bound {MEMORY_BOUND_MB})")


def main() -> None:
    """Makes the files and compares."""
    packets = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as directory:
        for name in ("million.pcap", "million.pcapng"):
            path = Path(directory, name)
            make(path, packets, name.endswith("ng"))
            compare(path, packets)
            path.unlink()


if __name__ == "__main__":
    main()
