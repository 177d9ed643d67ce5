"""Records that are no ordinary ones, printed as tcpdump prints them: times that make no time, unknown link types."""

import struct
import subprocess
from pathlib import Path

import pytest

from lesson_engine import Capture
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer

FRAME = bytes.fromhex("ffffffffffff02000000000108004500001c00010000400066cf0a0000010a00000200350035000842d1")
TIMES = [
    (1, 1_500_000), (2, 10), (0x7FFFFFFF, 999_999), (0x80000001, 5), (0xFFFFFFFF, 0xFFFFFFFF), (5, 0xFFFFFFFF),
    (0, 0), (3, 0x80000000), (6, 2_000_000), (4, 0),
]  # fmt: skip


def savefile(magic: int, link_type: int, records: list[tuple[int, int, bytes]]) -> bytes:
    content = struct.pack("<IHHIIII", magic, 2, 4, 0, 0, 262144, link_type)
    for seconds, fraction, data in records:
        content += struct.pack("<IIII", seconds, fraction, len(data), len(data)) + data
    return content


def ours(path: Path, options: PrintOptions) -> str:
    capture = Capture.open(path)
    printer = Printer(options, capture.link_type)
    return "".join(map(printer.print, capture))


def theirs(path: Path, words: list[str]) -> str:
    return subprocess.run(["tcpdump", *words, "-r", str(path)], capture_output=True, text=True, check=True).stdout


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("magic", [0xA1B2C3D4, 0xA1B23C4D])
@pytest.mark.parametrize("style", range(6))
@pytest.mark.parametrize("nanoseconds", [False, True])
def test_odd_times(tmp_path: Path, magic: int, style: int, nanoseconds: bool) -> None:
    path = tmp_path / "odd.pcap"
    path.write_bytes(savefile(magic, 1, [(seconds, fraction, FRAME) for seconds, fraction in TIMES]))
    words = ["-n", *["-t"] * style, *(["--nano"] if nanoseconds else [])]
    options = PrintOptions(numeric=1, time_style=style, nanoseconds=nanoseconds)
    assert ours(path, options) == theirs(path, words)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["-n"], PrintOptions(numeric=1)),
        (["-nq"], PrintOptions(numeric=1, quiet=True)),
        (["-nx"], PrintOptions(numeric=1, hex=1)),
        (["-nA"], PrintOptions(numeric=1, ascii=1)),
        (["-nev"], PrintOptions(numeric=1, link_header=True, verbose=1)),
    ],
)
def test_a_link_type_that_cannot_be_printed(tmp_path: Path, words: list[str], options: PrintOptions) -> None:
    path = tmp_path / "user0.pcap"
    path.write_bytes(savefile(0xA1B2C3D4, 147, [(1, 5, b"abcd"), (2, 5, bytes(40))]))
    assert ours(path, options) == theirs(path, words)
