"""How long filters take over a million packets, beside tcpdump.

Makes a savefile of mixed traffic in a temporary directory (web, MySQL, SSH, DNS, ping, ARP; one packet in ten
is IPv6, one in fifty has a VLAN tag), and puts the course's twenty kinds of filter to it in one process. Each
new run of `tcpdump -r FILE --count EXPRESSION` is measured beside it. Prints, with the bound asked for: a
further filter, at the median; opening and the first filter; the session of all twenty.

    python benchmarks/filters.py [PACKETS]
"""

import random
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXPRESSIONS = (
    "host 192.168.1.100",
    "src host 192.168.1.100",
    "dst host 192.168.1.100",
    "port 80",
    "tcp port 80",
    "port 80 or 443",
    "tcp",
    "udp",
    "icmp",
    "not port 22",
    "tcp and not port 22",
    "host 192.168.1.100 and port 3306",
    "src net 192.168.1.0/24 and dst port 443",
    "tcp[tcpflags] & tcp-syn != 0",
    "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",
    "udp port 53 or icmp",
    "arp or icmp6",
    "portrange 8000-9000",
    "host 192.168.1.100 and (port 80 or port 443) and not host 192.168.1.7",
    "ip6 and not icmp6",
)

SESSION = """
import sys, time
from lesson_engine.filters import Filter
from lesson_engine.packets import Capture
began = time.perf_counter()
capture = Capture.open(sys.argv[1])
import numpy
for expression in sys.argv[2:]:
    count = numpy.count_nonzero(Filter(expression).matches(capture))
    ended = time.perf_counter()
    print(count, ended - began)
    began = ended
"""


def make(path: Path, packets: int) -> None:
    """A savefile of frames like those of a busy server."""
    chance = random.Random(1)
    payload = chance.randbytes(1024)
    macs = bytes.fromhex("020000000002020000000001")
    with path.open("wb") as file:
        file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for index in range(packets):
            length = chance.choice((0, 0, 40, 250, 560, 900))
            near = 0xC0A80100 | chance.choice((7, 50, 100, 100, 200))
            far = chance.choice((0xC0A80164, 0x08080808, 0x5DB8D822, chance.getrandbits(32)))
            ports = [chance.choice((22, 53, 80, 80, 443, 443, 3306, 8080)), chance.randrange(32768, 61000)]
            chance.shuffle(ports)
            protocol = chance.choice((6, 6, 6, 6, 6, 6, 17, 1))
            if protocol == 6:
                flags = chance.choice((2, 18, 16, 16, 16, 24, 17, 4))
                segment = struct.pack(">HHIIBBHHH", *ports, 1, 1, 0x50, flags, 502, 0, 0)
            elif protocol == 17:
                segment = struct.pack(">HHHH", *ports, 8 + length, 0)
            else:
                segment = bytes((8, 0, 0, 0, 0, 1, 0, 1))
            segment += payload[:length]
            if index % 100 == 0:
                kind, data = 0x0806, bytes.fromhex("0001080006040001") + bytes(20)
            elif index % 10 == 0:
                next_header = 58 if protocol == 1 else protocol
                addresses = struct.pack(">QQQQ", 0x20010DB800000000, near, 0x20010DB800000000, far)
                kind, data = 0x86DD, struct.pack(">IHBB", 6 << 28, len(segment), next_header, 64) + addresses + segment
            else:
                total = 20 + len(segment)
                header = struct.pack(">BBHHHBBH", 0x45, 0, total, 1, 0, 64, protocol, 0)
                kind, data = 0x0800, header + struct.pack(">II", *chance.sample((near, far), 2)) + segment
            tag = struct.pack(">HH", 0x8100, 100) if index % 50 == 1 else b""
            frame = macs + tag + struct.pack(">H", kind) + data
            file.write(struct.pack("<IIII", 1_700_000_000 + index // 1000, index % 1000 * 1000, len(frame), len(frame)))
            file.write(frame)


def tcpdump(path: Path, expression: str) -> tuple[int, float]:
    """Packets matched, and the seconds of the whole process."""
    command = ["tcpdump", "-nn", "-O", "-r", str(path), "--count", expression]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[0]), time.perf_counter() - began


def main() -> None:
    """Measures and prints."""
    packets = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "mixed.pcap"
        make(path, packets)
        tcpdump(path, "ip")  # so that both read the file from memory
        theirs = [tcpdump(path, expression) for expression in EXPRESSIONS]
        command = [sys.executable, "-c", SESSION, str(path), *EXPRESSIONS]
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        session = time.perf_counter() - began
    ours = [(int(count), float(seconds)) for count, seconds in map(str.split, done.stdout.splitlines())]
    print(f"{packets:,} packets, {path.name}")
    for expression, (count, seconds), (their_count, their_seconds) in zip(EXPRESSIONS, ours, theirs, strict=True):
        note = "" if count == their_count else f"   DIFFERS: {count} packets, tcpdump {their_count}"
        ratio = their_seconds / seconds
        print(f"{seconds * 1000:9.2f} ms {their_seconds * 1000:9.1f} ms  {ratio:7.1f} x  {expression}{note}")
    ratio = statistics.median(their / own for (_, own), (_, their) in zip(ours[1:], theirs[1:], strict=True))
    print(f"a further filter, median: {ratio:.0f} times as fast as tcpdump (at least 20 is asked for)")
    whole = session - sum(seconds for _, seconds in ours[1:])
    print(f"start, opening and the first filter: {whole / theirs[0][1]:.1f} of tcpdump's time (at most 5)")
    total = sum(seconds for _, seconds in theirs)
    print(f"the whole session: {total / session:.1f} times as fast as tcpdump (at least 5)")


if __name__ == "__main__":
    main()
