"""What we write is what tcpdump -w writes."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import savefile_oracle
from savefile_cases import CASES

from lesson_engine.packets import Capture, Packet
from lesson_engine.sources.faults import SavefileError
from lesson_engine.sources.savefile import open_savefile
from lesson_engine.sources.writing import write_savefile


@pytest.mark.needs("tcpdump", "libpcap")
@pytest.mark.parametrize("nanoseconds", [False, True], ids=["micro", "nano"])
def test_the_bytes_are_those_of_tcpdump(nanoseconds: bool, tmp_path: Path) -> None:
    options = ["--nano"] if nanoseconds else []
    compared = 0
    for name, data in CASES.items():
        source, theirs, ours = (tmp_path / leaf for leaf in ("in.pcap", "theirs.pcap", "ours.pcap"))
        source.write_bytes(data)
        theirs.unlink(missing_ok=True)
        subprocess.run(["tcpdump", *options, "-r", source, "-w", theirs], capture_output=True, check=False)
        if not theirs.exists():
            continue
        if nanoseconds and name.startswith("resolution"):
            continue  # libpcap's own nanoseconds overflow there
        write_savefile(ours, open_savefile(source), nanoseconds=nanoseconds)
        assert ours.read_bytes() == theirs.read_bytes(), name
        compared += 1
    assert compared > 100


@pytest.mark.needs("libpcap")
def test_libpcap_reads_back_nanoseconds(tmp_path: Path) -> None:
    path = tmp_path / "x.pcap"
    write_savefile(path, Capture.from_frames([b"a", b"bc"], times_ns=[1, 1_700_000_000_123_456_789]), nanoseconds=True)
    records = savefile_oracle.read(path).records
    assert [(r.seconds, r.nanoseconds, r.data) for r in records] == [(0, 1, b"a"), (1_700_000_000, 123_456_789, b"bc")]


class Breaking(Capture):
    """A capture whose second packet cannot be read."""

    def __iter__(self) -> Iterator[Packet]:
        yield self[0]
        raise OSError("the disk is full")


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.pcap"
    path.write_bytes(b"precious")
    with pytest.raises(OSError, match="full"):
        write_savefile(path, Breaking.from_frames([b"a", b"b"]))
    assert path.read_bytes() == b"precious"
    assert os.listdir(tmp_path) == ["x.pcap"]


def test_a_link_stays_a_link_and_the_mode_is_the_usual(tmp_path: Path) -> None:
    target, link = tmp_path / "target.pcap", tmp_path / "link.pcap"
    link.symlink_to(target)
    write_savefile(link, Capture.from_frames([b"a"]))
    assert link.is_symlink()
    (tmp_path / "other").touch()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)
    assert [packet.data for packet in Capture.open(target)] == [b"a"]


def test_a_device_is_written_to_not_replaced() -> None:
    write_savefile(os.devnull, Capture.from_frames([b"a"]))
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_missing_directory_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        write_savefile(tmp_path / "no" / "x.pcap", Capture.from_frames([]))
    assert "No such file" in SavefileError.from_os_error(caught.value).libpcap_text
