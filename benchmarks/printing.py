"""How long printing takes, beside tcpdump: web traffic picked by a filter, and all of TCP over many conversations.

Makes savefiles in a temporary directory and prints each with the installed tcpdump and with `tutor tcpdump`, whole
processes, turn about, the output thrown away. Prints seconds, the ratio to tcpdump (median of the rounds), and how
much memory ours took beside the mapped savefile.

    python benchmarks/printing.py [--packets 1000000] [--rounds 5]
"""

import argparse
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ETHERNET = bytes.fromhex("020000000002020000000001 0800")
_STAMPS = bytes.fromhex("0101080a0000000100000002")


def write_capture(path: Path, packets: int, conversations: int) -> None:
    """A savefile of TCP segments, round-robin over the conversations; every other one is on port 80."""
    records = bytearray(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
    for index in range(packets):
        conversation = index % conversations
        turn = index // conversations
        payload = b"x" * (100 * (turn % 3))
        client = (0x0A000000 + conversation, 20000 + conversation % 40000)
        server = (0xC0A80101, 443 if conversation % 2 else 80)
        (source, source_port), (destination, destination_port) = (server, client) if turn % 2 else (client, server)
        header = struct.pack(">BBHHHBBHII", 0x45, 0, 52 + len(payload), 1, 0x4000, 64, 6, 0, source, destination)
        fields = (source_port, destination_port, turn * 100 + 1, turn * 100 + 1, 0x80, 0x18, 502, 0, 0)
        frame = _ETHERNET + header + struct.pack(">HHIIBBHHH", *fields) + _STAMPS + payload
        records += (
            struct.pack("<IIII", 1_700_000_000 + index // 1000, index % 1000 * 1000, len(frame), len(frame)) + frame
        )
    path.write_bytes(records)


TUTOR = [sys.executable, "-m", "lesson_engine.cli", "tcpdump"]


def run(command: list[str]) -> tuple[float, int]:
    """Seconds that a whole process takes, and the most memory it had, in bytes."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, command
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def main() -> None:
    """Measures, and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--packets", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for conversations, expression in ((500, "tcp port 80"), (5_000, "tcp port 80"), (5_000, ""), (20_000, "")):
            path = Path(folder) / "tcp.pcap"
            write_capture(path, options.packets, conversations)
            words = ["-nn", "-r", str(path), *([expression] if expression else [])]
            rounds = [(run(["tcpdump", *words]), run([*TUTOR, *words])) for _ in range(options.rounds)]
            theirs = statistics.median(seconds for (seconds, _), _ in rounds)
            ours = statistics.median(seconds for _, (seconds, _) in rounds)
            ratio = statistics.median(theirs / ours for (theirs, _), (ours, _) in rounds)
            beside = max(memory for _, (_, memory) in rounds) - path.stat().st_size
            print(
                f"{conversations:6,} conversations  {expression or 'all of TCP':12}  tcpdump {theirs:5.2f} s"
                f"  ours {ours:5.2f} s  {ratio:5.2f} times as fast  {beside / 1e6:4.0f} MB beside the savefile"
            )


if __name__ == "__main__":
    main()
