"""How long printing takes, beside tcpdump: web traffic, and all of TCP over many conversations.

Makes a savefile in a temporary directory (PACKETS packets, half of them of web conversations, in as many
conversations as asked) and prints it with the installed tcpdump and with the printers here, each once, turn
about. Prints seconds, packets a second and the ratio to tcpdump; and what the printers' memory grew by.

    python benchmarks/printing.py [--packets 200000] [--conversations 5000]
"""

import argparse
import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from lesson_engine.packets.capture import Capture
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer

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


def seconds_theirs(path: Path) -> float:
    """A whole `tcpdump -nn -r`, its output thrown away."""
    start = time.perf_counter()
    subprocess.run(
        ["tcpdump", "-nn", "-r", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    return time.perf_counter() - start


def seconds_ours(path: Path) -> float:
    """Opening the capture and printing it in this process, the text thrown away."""
    start = time.perf_counter()
    capture = Capture.open(path)
    printer = Printer(PrintOptions(numeric=2), capture.link_type)
    with open(os.devnull, "w") as nowhere:
        for packet in capture:
            nowhere.write(printer.print(packet))
    return time.perf_counter() - start


def main() -> None:
    """Measures, and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--packets", type=int, default=200_000)
    arguments.add_argument("--conversations", type=int, default=5_000)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tcp.pcap"
        write_capture(path, options.packets, options.conversations)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        theirs, ours = seconds_theirs(path), seconds_ours(path)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    for name, seconds in (("tcpdump", theirs), ("ours", ours)):
        rate = f"{options.packets / seconds:11,.0f} packets/s"
        print(f"{name:8} {seconds:7.2f} s  {rate}  {seconds / theirs:6.2f} x tcpdump")
    print(f"memory grew by {grown / 1024:.0f} MB over {options.packets:,} packets")


if __name__ == "__main__":
    main()
