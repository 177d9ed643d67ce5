"""Packets printed many at a time, against the printer of single packets and the installed tcpdump."""

import os
import random
import struct
import subprocess
from array import array
from collections.abc import Sequence
from pathlib import Path

import printer_corpus
import pytest
from printer_oracle import Cut, print_options
from printer_packets import ethernet, ip, ip6, over_ip, tcp

from lesson_engine import Capture
from lesson_engine.tcpdump.printers import Printer
from lesson_engine.tcpdump.printers.together import batches

FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10
FLAGS = (ACK, ACK, ACK, PSH | ACK, SYN, SYN | ACK, FIN | ACK, RST, RST | ACK, 0, 0xFF, 0x31)
PORTS = (80, 8080, 22, 25, 53, 443, 554, 6379, 40_000, 40_001)
PAYLOADS = (
    *(b"", b"", b"x" * 200, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\x16\x03\x01"),
    *(b"word 404", b"word  404 ", b"POST", b"post /a\n", b"get\0", b"a" * 128, b"a" * 129 + b" 200 "),
    *(b"a" * 128 + b" 200", b"a  200\tx", b"a\t200 ", b" GET /", b"SSH-2.0-OpenSSH_9.2\r\n", b"220 mail\r\n"),
    b"*1\r\n$4\r\nPING\r\n",
)  # fmt: skip
STAMPS = bytes.fromhex("0101080a")
OPTIONS = (
    *(b"", b"", STAMPS + bytes(8), STAMPS + b"\xff" * 8),
    *map(
        bytes.fromhex,
        (
            "020405b4", "020405b40402080a000000010000000001030307", "0101080a00000001000000020101050a0000100000002000",
            "020405b40303", "080a0000", "01010101", "01" * 40, "0101080b0000000000000000", "fd04dead", "22020101",
            "13120000" + "00" * 16, "020400", "05",
        ),
    ),
)  # fmt: skip

# IP protocol and ports, over either version. What tcpdump prints of others is another test's.
_DECIDES_THE_PROTOCOL = frozenset((20, 23, *range(34, 38), *range(54, 58)))


def segments(generator: random.Random, count: int) -> list[bytes | Cut]:
    """Segments of a few conversations over both IP versions, with every kind of flags, options and payload."""
    frames: list[bytes | Cut] = []
    for _ in range(count):
        here, there = generator.sample((1, 2, 3), 2)
        segment = tcp(
            generator.choice(PAYLOADS),
            source=generator.choice(PORTS),
            destination=generator.choice(PORTS),
            sequence=generator.choice((1, 1000, 0xFFFFFFFF, generator.randrange(1 << 32))),
            acknowledgment=generator.choice((0, 1, 0x80000000, generator.randrange(1 << 32))),
            flags=generator.choice(FLAGS),
            window=generator.choice((0, 502, 65535)),
            urgent=generator.choice((0, 7)),
            options=generator.choice(OPTIONS),
        )
        if generator.random() < 0.3:
            packet = ip6(segment, 6, source=f"2001:db8::{here}", destination=f"2001:db8::{there}")
            frame = ethernet(packet, 0x86DD)
        else:
            frame = ethernet(ip(segment, source=f"10.0.0.{here}", destination=f"10.0.0.{there}"))
        chance = generator.random()
        if chance < 0.1:
            frames.append(Cut(frame[: generator.randrange(14, len(frame) + 1)], len(frame)))
        elif chance < 0.2:
            changed = bytearray(frame)
            at = generator.randrange(14, len(frame))
            if at not in _DECIDES_THE_PROTOCOL:
                changed[at] = generator.randrange(256)
            frames.append(bytes(changed))
        else:
            frames.append(frame + bytes(generator.choice((0, 0, 6))))
    return frames


def tunnelled(generator: random.Random, count: int) -> list[bytes | Cut]:
    """Segments of the same conversations inside IP in IP, which count for the numbers of those outside."""
    inner = (frame for frame in segments(generator, 20 * count) if isinstance(frame, bytes))
    return [over_ip(4, frame[14:])[0] for frame, _ in zip(inner, range(count), strict=False)]


def mixture(seed: int, count: int = 1500) -> list[bytes | Cut]:
    """Mostly segments, among packets of every other protocol."""
    generator = random.Random(seed)
    others = [frame for frames in printer_corpus.ETHERNET.values() for frame in frames]
    mixed = segments(generator, count) + tunnelled(generator, count // 100) + generator.sample(others, count // 20)
    generator.shuffle(mixed)
    return mixed


def savefile(packets: Sequence[bytes | Cut], order: str = "<", magic: int = 0xA1B2C3D4) -> bytes:
    records = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 262144, 1)]
    for number, packet in enumerate(packets):
        data, length = packet if isinstance(packet, Cut) else (packet, len(packet))
        odd = 2_000_000 if number % 97 == 96 else number % 1_000_000
        records.append(struct.pack(order + "IIII", 1_700_000_000 + number // 50, odd, len(data), length) + data)
    return b"".join(records)


def one_by_one(capture: Capture, letters: str) -> bytes:
    printer = Printer(print_options(letters), capture.link_type)
    return b"".join(printer.print(packet).encode() for packet in capture)


def together(capture: Capture, letters: str) -> bytes:
    printer = Printer(print_options(letters), capture.link_type)
    pieces = list(printer.print_many(capture, array("q", range(len(capture)))))
    assert sum(count for count, _ in pieces) == len(capture)
    return b"".join(text for _, text in pieces)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few packets are printed together too, and conversations go over the borders of batches."""
    monkeypatch.setattr(Capture, "suits_columns", True)
    monkeypatch.setattr(batches, "_FEW", 3)
    monkeypatch.setattr(batches, "_FIRST_BATCH", 20)
    monkeypatch.setattr(batches, "_LARGEST_BATCH", 150)


@pytest.mark.parametrize("letters", ["-n", "", "-nS", "-nt", "-ntt", "-ntttt", "-nK"])
@pytest.mark.parametrize("seed", range(4))
def test_lines_are_those_of_single_packets(tmp_path: Path, letters: str, seed: int) -> None:
    path = tmp_path / "mixed.pcap"
    path.write_bytes(savefile(mixture(seed), "<" if seed % 2 else ">"))
    capture = Capture.open(path)
    assert together(capture, letters).splitlines() == one_by_one(capture, letters).splitlines()


@pytest.mark.parametrize("letters", ["-nttt", "-nttttt", "-v", "-e", "-q", "-x", "-n#"])
def test_lines_that_do_not_stand_alone_are_printed_in_order(tmp_path: Path, letters: str) -> None:
    path = tmp_path / "mixed.pcap"
    path.write_bytes(savefile(mixture(9, 300)))
    capture = Capture.open(path)
    assert together(capture, letters) == one_by_one(capture, letters)


@pytest.mark.parametrize("path", sorted(Path("sample_pcaps").glob("*.pcap")), ids=lambda path: path.stem)
def test_bundled_captures(path: Path) -> None:
    capture = Capture.open(path)
    assert together(capture, "-n") == one_by_one(capture, "-n")


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("magic", [0xA1B2C3D4, 0xA1B23C4D])
def test_tcpdump_prints_the_same(tmp_path: Path, magic: int) -> None:
    path = tmp_path / "mixed.pcap"
    path.write_bytes(savefile(mixture(5, 4000), magic=magic))
    environment = {**os.environ, "TZ": "UTC"}
    done = subprocess.run(["tcpdump", "-nr", str(path)], capture_output=True, env=environment, check=True)
    assert together(Capture.open(path), "-n").splitlines() == done.stdout.splitlines()


def test_conversations_that_cannot_be_told_apart_are_printed_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lesson_engine.tcpdump.printers.together import segments as printed

    monkeypatch.setattr(printed, "_MIX", printed._MIX * 0)
    path = tmp_path / "mixed.pcap"
    path.write_bytes(savefile(mixture(6, 300)))
    capture = Capture.open(path)
    assert together(capture, "-n") == one_by_one(capture, "-n")
