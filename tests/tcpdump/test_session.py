"""Whole runs: what is printed, written, said and returned is what the real tcpdump does."""

import errno
import io
import os
import random
import shutil
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from lesson_engine.packets.capture import Capture
from lesson_engine.packets.linktype import EN10MB, LINUX_SLL2
from lesson_engine.sources.savefile import open_savefile
from lesson_engine.tcpdump.command import CommandError, parse_command
from lesson_engine.tcpdump.interfaces import VirtualInterface
from lesson_engine.tcpdump.report import report
from lesson_engine.tcpdump.session import PIPE_CLOSED, WRITE_FAILED, run

CLIENT, SERVER = bytes.fromhex("0200c0000201"), bytes.fromhex("0200c0000202")


def ipv4(protocol: int, source: str, destination: str, payload: bytes) -> bytes:
    addresses = bytes(map(int, f"{source}.{destination}".split(".")))
    header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0x4000, 64, protocol, 0) + addresses
    total = sum(struct.unpack(">10H", header))
    checksum = 0xFFFF - (total % 0xFFFF)
    return header[:10] + struct.pack(">H", checksum) + header[12:] + payload


def tcp(
    source_port: int, destination_port: int, flags: int, sequence: int, acknowledged: int, data: bytes = b""
) -> bytes:
    return (
        struct.pack(">HHIIBBHHH", source_port, destination_port, sequence, acknowledged, 0x50, flags, 502, 0, 0) + data
    )


def udp(source_port: int, destination_port: int, data: bytes) -> bytes:
    return struct.pack(">HHHH", source_port, destination_port, 8 + len(data), 0) + data


A, B = "192.168.1.50", "192.168.1.100"
FRAMES = [
    SERVER + CLIENT + b"\x08\x00" + ipv4(6, A, B, tcp(50000, 3306, 0x02, 1000, 0)),
    CLIENT + SERVER + b"\x08\x00" + ipv4(6, B, A, tcp(3306, 50000, 0x12, 9000, 1001)),
    SERVER + CLIENT + b"\x08\x00" + ipv4(6, A, B, tcp(50000, 3306, 0x10, 1001, 9001)),
    SERVER + CLIENT + b"\x08\x00" + ipv4(17, A, B, udp(40000, 7777, b"x" * 200)),
    SERVER + CLIENT + b"\x08\x00" + ipv4(6, A, B, tcp(50001, 80, 0x18, 5, 6, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")),
    CLIENT + SERVER + b"\x08\x00" + ipv4(1, B, A, bytes.fromhex("0000ffff00000000")),
]
TIMES = [1_700_000_000_123_456_789 + 1_500_000_000 * index for index in range(len(FRAMES))]


def savefile(frames: Sequence[bytes] = FRAMES, link_type: int = 1, nanoseconds: bool = False) -> bytes:
    magic, unit = (0xA1B23C4D, 1) if nanoseconds else (0xA1B2C3D4, 1000)
    parts = [struct.pack("<IHHiIII", magic, 2, 4, 0, 0, 262144, link_type)]
    for time, frame in zip(TIMES * (len(frames) // len(TIMES) + 1), frames, strict=False):
        seconds, rest = divmod(time, 1_000_000_000)
        parts.append(struct.pack("<IIII", seconds, rest // unit, len(frame), len(frame)) + frame)
    return b"".join(parts)


class Ran(NamedTuple):
    status: int
    stdout: bytes
    stderr: str


def tutor(
    *arguments: str, stdin: bytes = b"", interfaces: dict[str, VirtualInterface] | None = None, language: str = "en"
) -> Ran:
    stdout, stderr = io.BytesIO(), io.StringIO()
    status = run(
        parse_command(arguments),
        sources={"eth0": VirtualInterface(recording)} if interfaces is None else interfaces,
        stdout=stdout,
        stderr=stderr,
        stdin=io.BytesIO(stdin),
        language="ja" if language == "ja" else "en",
    )
    return Ran(status, stdout.getvalue(), stderr.getvalue())


@cache
def offline() -> list[str]:
    """What takes the network from the real tcpdump, which would ask it for names; nothing where that is forbidden."""
    prefix = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--net"]
    able = (
        shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    )
    return prefix if able else []


def real(*arguments: str, stdin: bytes = b"") -> Ran:
    prefix = [] if any(word.startswith("-n") for word in arguments) else offline()
    # -Z root: without it a run as root gives up the right to write below a test's directory
    root = ["-Z", "root"] if not prefix and os.geteuid() == 0 else []
    command = [*prefix, "tcpdump", *root, *arguments]
    ran = subprocess.run(command, input=stdin, capture_output=True, timeout=20, check=False)
    return Ran(ran.returncode, ran.stdout, ran.stderr.decode())


def recording() -> Capture:
    return Capture.from_frames(FRAMES, EN10MB, times_ns=TIMES)


def without_openssl(text: str) -> list[str]:
    """The lines that do not depend on this machine's libraries."""
    return [line for line in text.splitlines() if not line.startswith("OpenSSL")]


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "capture.pcap"
    path.write_bytes(savefile())
    return path


READS = [
    "", "-n", "-nn -c 3", "-c 1 -n tcp", "-n port 3306", "-n 'port 80' or 'icmp'", "-n not port 3306 and not icmp",
    "--count", "--count --print", "--count tcp", "--count -c 1",
    "-#n", "-tttt -n udp", "-ttt -n", "-ttttt -n", "-t -n", "-tt -n",
    "-n --nano", "-e -n", "-q -n", "-v -n tcp", "-A -n port 80", "-x -n icmp", "-XX -n icmp", "-S -n tcp",
    "-s 20 -n", "-Q in -n", "-i nonesuch -n", "-l -n", "-U -n", "-K -n -v", "-n -p -O -B 10 --immediate-mode",
    "-n dst host 192.168.1.100 and port 3306",
]  # fmt: skip


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("options", READS)
def test_reading_a_file(web: Path, options: str) -> None:
    arguments = ["-r", "capture.pcap", *(word.strip("'") for word in options.split())]
    assert tutor(*arguments) == real(*arguments)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("link_type", [0, 1, 9, 12, 101, 113, 147, 228, 276])
def test_the_announcement_names_the_link_type(web: Path, link_type: int) -> None:
    web.write_bytes(savefile([], link_type))
    ours, theirs = tutor("-r", "capture.pcap"), real("-r", "capture.pcap")
    assert ours[:2] == theirs[:2]
    # A file without packets is told of, in a line of our own after tcpdump's.
    announced, said = ours.stderr.splitlines(keepends=True)[:-1], ours.stderr.splitlines()[-1]
    assert "".join(announced) == theirs.stderr
    assert said.startswith("capture.pcap holds no packets")


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("link_type", [2, 13, 60, 98, 99, 100, 103, 104, 289, 290, 999])
def test_link_types_that_libpcap_refuses(link_type: int) -> None:
    content = savefile([], link_type)
    ours, theirs = tutor("-r", "-", "--count", stdin=content), real("-r", "-", "--count", stdin=content)
    assert ours[:2] == theirs[:2]
    assert ours.stderr.startswith(theirs.stderr)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("arguments", [["-n"], ["-nc", "2"], ["--count", "udp"], ["-w", "-"]], ids=" ".join)
@pytest.mark.parametrize(
    "content", [savefile(), savefile(nanoseconds=True), savefile([])], ids=["micro", "nano", "none"]
)
def test_reading_standard_input(content: bytes, arguments: list[str]) -> None:
    assert tutor("-r", "-", *arguments, stdin=content) == real("-r", "-", *arguments, stdin=content)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize(
    "options", [["-n"], ["--count"], ["-w", "out.pcap"], ["-nc", "1"], ["-n", "icmp"]], ids=" ".join
)
@pytest.mark.parametrize("missing", [1, 7, 41, 50, 57, 58])
def test_a_cut_savefile_gives_its_good_packets_then_the_fault(web: Path, missing: int, options: list[str]) -> None:
    web.write_bytes(savefile()[:-missing])
    ours = tutor("-r", "capture.pcap", *options)
    written = Path("out.pcap").read_bytes() if "-w" in options else b""
    theirs = real("-r", "capture.pcap", *options)
    assert (ours.status, ours.stdout) == (theirs.status, theirs.stdout)
    assert ours.stderr.startswith(theirs.stderr)
    if "-w" in options:
        assert Path("out.pcap").read_bytes() == written


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize(
    "arguments",
    [
        ["-r", "missing.pcap"],
        ["-r", "."],
        ["-r", "text.txt"],
        ["-r", "empty"],
        ["-r", ""],
        ["-r", "-"],
        ["-r", "capture.pcap", "-F", "missing"],
        ["-r", "capture.pcap", "-F", "."],
        ["-r", "capture.pcap", "-w", "none/out.pcap"],
        ["-r", "capture.pcap", "-w", ""],
        ["-r", "capture.pcap", "port", "99999"],
        ["-r", "capture.pcap", "prot", "80"],
        ["-r", "capture.pcap", "--", "-c", "1"],
        ["-r", "capture.pcap", "-F", "bad", "tcp"],
    ],
    ids=" ".join,
)
def test_faults_are_told_as_tcpdump_tells_them(web: Path, arguments: list[str]) -> None:
    Path("text.txt").write_text("no packets here\n")
    Path("empty").touch()
    Path("bad").write_text("prot 80 # comment\n")
    theirs = real(*arguments)
    for language in ("en", "ja"):
        ours = tutor(*arguments, language=language)
        assert (ours.status, ours.stdout) == (theirs.status, theirs.stdout)
        assert ours.stderr.startswith(theirs.stderr)
        assert "Traceback" not in ours.stderr


def test_a_filter_fault_is_taught_after_it_is_told(web: Path) -> None:
    told = tutor("-r", "capture.pcap", "tcp.port == 80", language="ja").stderr.split("\n", 2)
    assert told[1] == "tcpdump: can't parse filter expression: syntax error"
    assert "tcp.port == 80" in told[2]
    assert "^" in told[2]


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize(
    "content",
    ["tcp and # all\n port 3306\n", "tcp # and port 80", "", "# nothing\n", "udp", "port\n80\n"],
)
def test_the_filter_may_come_from_a_file(web: Path, content: str) -> None:
    Path("filter").write_text(content)
    for arguments in (["-F", "filter"], ["-F", "filter", "icmp"]):
        assert tutor("-nr", "capture.pcap", *arguments) == real("-nr", "capture.pcap", *arguments)


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize(
    "options", ["", "tcp", "-c 2", "--nano", "--print -n", "-U", "-s 20", "--count", "--count --print -n", "-v -n"]
)
@pytest.mark.parametrize("nanoseconds", [False, True])
def test_writing_a_file(web: Path, options: str, nanoseconds: bool) -> None:
    web.write_bytes(savefile(nanoseconds=nanoseconds))
    arguments = ["-r", "capture.pcap", "-w", "out.pcap", *options.split()]
    ours = tutor(*arguments)
    written = Path("out.pcap").read_bytes()
    assert ours == real(*arguments)
    assert Path("out.pcap").read_bytes() == written
    assert tutor(*arguments[:3], "-", *options.split()) == real(*arguments[:3], "-", *options.split())


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize(
    "options",
    ["-C 1", "-C 1 -W 3", "-C 1 -W 12", "-C 1 -W 1", "-C 1 -W 10", "-C 1 -W 11", "-W 3", "-C 1 -U", "-C 2 -c 900"],
)
def test_rotation_by_size(web: Path, tmp_path: Path, options: str) -> None:
    web.write_bytes(savefile([FRAMES[0] + bytes(1446)] * 2500))

    def made(call: object, folder: str, name: str) -> tuple[object, dict[str, bytes]]:
        (tmp_path / folder).mkdir()
        os.chdir(tmp_path / folder)
        assert callable(call)
        ran = call("-r", "../capture.pcap", "-w", name, *options.split())
        return ran, {path.name: path.read_bytes() for path in sorted(Path().iterdir())}

    assert made(tutor, "ours", "x.pcap") == made(real, "theirs", "x.pcap")
    if "-C" in options and "-W" in options and not options.endswith("-W 1"):
        # a name with a number behind it is not `-` any more
        assert made(tutor, "ours-", "-") == made(real, "theirs-", "-")


def test_rotation_by_time_follows_the_recording(web: Path) -> None:
    # The moments and the counting are those seen of the real one on a live interface: a file that is due when a
    # packet comes begins with that packet, and the packet that would begin one file too many is counted only.
    ran = tutor("-w", "x-%S.pcap", "-G", "2")
    assert sorted(path.name for path in Path().glob("x-*")) == ["x-20.pcap", "x-23.pcap", "x-26.pcap"]
    assert [len(open_savefile(name)) for name in ("x-20.pcap", "x-23.pcap", "x-26.pcap")] == [2, 2, 2]
    assert ran.stderr.splitlines()[1:] == [
        "6 packets captured", "6 packets received by filter", "0 packets dropped by kernel",
    ]  # fmt: skip
    ran = tutor("-w", "y-%S.pcap", "-G", "2", "-W", "1")
    assert sorted(path.name for path in Path().glob("y-*")) == ["y-20.pcap"]
    assert ran.stderr.splitlines()[1:3] == ["Maximum file limit reached: 1", "3 packets captured"]
    tutor("-w", "z-%S.pcap", "-G", "2", "-C", "1", "-W", "3")
    assert sorted(path.name for path in Path().glob("z-*")) == ["z-20.pcap0", "z-23.pcap0", "z-26.pcap0"]


def test_the_file_being_read_is_not_emptied(web: Path) -> None:
    before = web.read_bytes()
    ran = tutor("-r", "capture.pcap", "-w", "./capture.pcap")
    assert (ran.status, web.read_bytes()) == (1, before)
    assert "being read" in ran.stderr


def test_a_named_pipe_is_read_as_it_fills(web: Path) -> None:
    os.mkfifo("pipe")
    writer = threading.Thread(target=lambda: Path("pipe").write_bytes(savefile()))
    writer.start()
    ran = tutor("-n", "-r", "pipe")
    writer.join()
    assert (ran.status, ran.stdout) == (0, tutor("-n", "-r", "capture.pcap").stdout)


def test_packets_of_a_pipe_are_shown_before_it_ends() -> None:
    whole = savefile()
    pieces = [whole[:24], whole[24:170], whole[170:200], b""]
    shown_when_asked = []

    class Slow(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            shown_when_asked.append(stdout.getvalue().count(b"\n"))
            return pieces.pop(0)

    stdout = io.BytesIO()
    run(parse_command(["-nlr", "-"]), sources={}, stdout=stdout, stderr=io.StringIO(), stdin=Slow())  # type: ignore[arg-type]
    assert shown_when_asked == [0, 0, 2, 2]


LETTERS = [*"eqvtSAxX#lUKpNO", "n", "n", "v", "t"]
LONG = [
    "--count", "--print", "--nano", "--micro", "--number", "--packet-buffered", "--immediate-mode", "--snap=64",
    "--time-stamp-precision=nano", "--absolute", "--dont", "--no-o", "--no-p", "--dir=in", "--no", "--bogus",
]  # fmt: skip
VALUES = {
    "-c": ["1", "3", "0", "x", "10x", "007"], "-s": ["0", "64", "0x30", "262145"], "-Q": ["in", "bad"],
    "-C": ["1", "k"], "-W": ["3", "0"], "-G": ["0", "5", "-1"], "-B": ["4", "0"], "-i": ["lo"],
}  # fmt: skip
FILTERS = ["tcp", "port 80 or 3306", "not icmp", "len > 100", "(tcp", "tcp[13] & 2 != 0", "tcp port bogus", ""]


def any_options(chance: random.Random) -> list[str]:
    items: list[list[str]] = [[chance.choice(FILTERS)] if chance.random() < 0.5 else chance.choice(FILTERS).split()]
    for _ in range(chance.randrange(4)):
        option, values = chance.choice(list(VALUES.items()))
        value = chance.choice(values)
        items += chance.choice(
            [
                [["-" + "".join(chance.choices(LETTERS, k=chance.randint(1, 3)))]],
                [[chance.choice(LONG)]],
                [[option, value]],
                [[option + value]],
            ]
        )
    chance.shuffle(items)
    return [word for item in items for word in item]


@pytest.mark.needs("tcpdump")
def test_random_options_do_what_the_real_one_does(web: Path) -> None:
    chance = random.Random(4993)
    for _ in range(150):
        arguments = ["-nr", "capture.pcap", *any_options(chance)]
        stderr = io.StringIO()
        try:
            ours = tutor(*arguments)
        except CommandError as error:
            ours = Ran(report(error, stderr, "en"), b"", stderr.getvalue())
        theirs = real(*arguments)
        assert ours[:2] == theirs[:2], arguments
        assert without_openssl(ours.stderr)[: len(without_openssl(theirs.stderr))] == without_openssl(theirs.stderr)


# ---- interfaces. Announcement and summary are those of tcpdump 4.99.3 on a live interface.

SUMMARY = "{0} received by filter\n0 packets dropped by kernel\n"


def test_listening() -> None:
    ran = tutor("-n", "-c", "1", "port", "3306")
    assert (
        ran.stdout
        == b"22:13:20.123456 IP 192.168.1.50.50000 > 192.168.1.100.3306: Flags [S], seq 1000, win 502, length 0\n"
    )
    assert ran.stderr == (
        "tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n"
        "listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n"
        "1 packet captured\n1 packet received by filter\n0 packets dropped by kernel\n"
    )
    assert ran.status == 0


@pytest.mark.parametrize("options", [["-v"], ["-w", "-"], ["-w", "-", "--print"]], ids=" ".join)
def test_listening_announces_itself_in_one_line(options: list[str]) -> None:
    first, *rest = tutor(*options).stderr.splitlines()
    assert first == "tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes"
    assert rest[0] == "6 packets captured"


def test_counting_needs_a_file() -> None:
    assert tutor("--count", "-n").stdout == tutor("-n").stdout


def test_snapshot_length_cuts_what_is_captured_not_what_is_filtered(web: Path) -> None:
    ran = tutor("-s", "20", "-w", "cut.pcap", "port", "3306")
    assert "snapshot length 20 bytes" in ran.stderr
    cut = open_savefile("cut.pcap")
    assert (cut.snapshot_length, [packet.captured_length for packet in cut]) == (20, [20, 20, 20])
    assert cut[0].original_length == len(FRAMES[0])
    assert b"[|" in tutor("-n", "-s", "20", "-c", "1").stdout


def test_interfaces_are_listed_and_numbered() -> None:
    known = {
        "eth0": VirtualInterface(recording),
        "any": VirtualInterface(recording),
        "lo": VirtualInterface(recording),
    }
    assert tutor("-D", interfaces=known).stdout.decode() == (
        "1.eth0 [Up, Running, Connected]\n"
        "2.any (Pseudo-device that captures on all interfaces) [Up, Running]\n"
        "3.lo [Up, Running, Loopback]\n"
    )
    assert "listening on lo," in tutor("-i", "3", interfaces=known).stderr


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("name", ["nonesuch0", "", "99"])
def test_an_interface_that_is_not_there(name: str) -> None:
    ours, theirs = tutor("-i", name), real("-i", name)
    if "permission" not in theirs.stderr:  # an ordinary user may not get far enough to see it
        assert ours.stderr.startswith(theirs.stderr)
        assert ours.status == theirs.status
    assert "eth0" in ours.stderr


def test_any_is_cooked() -> None:
    def sll2(packet_type: int, frame: bytes) -> bytes:
        return (
            b"\x08\x00\x00\x00\x00\x00\x00\x02\x00\x01" + bytes([packet_type, 6]) + frame[6:12] + b"\0\0" + frame[14:]
        )

    def cooked() -> Capture:
        return Capture.from_frames([sll2(4, FRAMES[0]), sll2(0, FRAMES[1])], LINUX_SLL2, times_ns=TIMES[:2])

    known = {"any": VirtualInterface(cooked)}
    ran = tutor("-w", "-", "-i", "any", interfaces=known)
    assert ran.stderr.startswith(
        "tcpdump: data link type LINUX_SLL2\ntcpdump: listening on any, link-type LINUX_SLL2 ("
    )
    for direction, index in (("out", 0), ("in", 1)):
        written = tutor("-i", "any", "-Q", direction, "-w", "-", interfaces=known).stdout
        assert written[24 + 16 :] == cooked()[index].data


def test_directions_of_an_ethernet_recording() -> None:
    known = {"eth0": VirtualInterface(recording, hardware_address=SERVER)}
    lines = [tutor("-n", "-Q", direction, interfaces=known).stdout.count(b"\n") for direction in ("in", "out", "inout")]
    assert lines == [4, 2, 6]
    ran = tutor("-n", "-Q", "in")
    assert (ran.status, ran.stdout) == (1, b"")
    assert "-Q in" in ran.stderr


# ---- ends


def test_an_option_that_only_the_real_one_has() -> None:
    ran = tutor("-d", "tcp")
    assert (ran.status, ran.stdout) == (1, b"")
    assert ran.stderr == "The real tcpdump has -d; this one does not.\n"


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("option", ["-h", "--version"])
def test_help(option: str) -> None:
    ours, theirs = tutor(option), real(option)
    assert (ours.status, ours.stderr) == (theirs.status, theirs.stderr)
    assert without_openssl(ours.stdout.decode()) == without_openssl(theirs.stdout.decode())


class Failing(io.BytesIO):
    """A stream that takes two writes, then fails."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error
        self.left = 2

    def write(self, data: object) -> int:
        if self.left == 0:
            self.left = 2  # an interruption comes once
            raise self.error
        self.left -= 1
        return super().write(data)  # type: ignore[arg-type]


def ends(error: BaseException, *arguments: str) -> tuple[int, bytes, list[str]]:
    stdout, stderr = Failing(error), io.StringIO()
    sources = {"eth0": VirtualInterface(recording)}
    status = run(parse_command(arguments), sources=sources, stdout=stdout, stderr=stderr)
    return status, stdout.getvalue(), stderr.getvalue().splitlines()[2:]


def test_a_closed_pipe_ends_quietly() -> None:
    assert ends(BrokenPipeError(errno.EPIPE, "Broken pipe"), "-n")[::2] == (PIPE_CLOSED, [])


def test_a_full_disk_behind_standard_output() -> None:
    status, _, said = ends(OSError(errno.ENOSPC, "No space left on device"), "-n")
    assert (status, said) == (WRITE_FAILED, ["tcpdump: Unable to write output: No space left on device"])


def test_an_interruption_ends_the_line_and_gives_the_summary() -> None:
    status, printed, said = ends(KeyboardInterrupt(), "-n")
    assert (status, printed.count(b"\n"), printed[-1:]) == (0, 3, b"\n")
    assert said == ["3 packets captured", "3 packets received by filter", "0 packets dropped by kernel"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("options", [[], ["-U"]])
def test_a_full_disk_under_w_is_told(web: Path, options: list[str]) -> None:
    for frames in (FRAMES, FRAMES * 100):  # the buffer's end is met when closing, or while writing
        web.write_bytes(savefile(frames))
        ran = tutor("-r", "capture.pcap", "-w", "/dev/full", *options, language="ja")
        assert ran.status == 1
        assert ran.stderr.count("tcpdump: /dev/full: No space left on device\n") == 1
        assert ran.stderr.count("ディスクがいっぱい") == 1


def test_a_real_closed_pipe(web: Path) -> None:
    web.write_bytes(savefile(FRAMES * 3000))
    program = (
        "import sys; from lesson_engine.tcpdump.command import parse_command; "
        "from lesson_engine.tcpdump.session import run; "
        "sys.exit(run(parse_command(sys.argv[1:]), sources={}, stdout=sys.stdout.buffer, stderr=sys.stderr))"
    )
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", program, "-nr", "capture.pcap"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == PIPE_CLOSED
    assert said.count(b"\n") == 1  # the announcement
