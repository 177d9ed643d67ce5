"""Savefiles are read as libpcap reads them, whole, cut, damaged, and in any chunks."""

import bz2
import gzip
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import savefile_oracle
from hypothesis import example, given
from hypothesis import strategies as st
from savefile_bytes import enhanced, interface, obsolete, option, pcap_header, pcap_record, section, simple
from savefile_cases import CASES

from lesson_engine.packets import Capture
from lesson_engine.sources import faults, gunzip
from lesson_engine.sources.faults import SavefileError, SavefileTooLargeError
from lesson_engine.sources.savefile import SavefileReader, open_savefile

PCAP = pcap_header() + pcap_record(b"abcdefgh") + pcap_record(b"", original=60) + pcap_record(b"xyz")
PCAPNG = section(options=option(1, b"c")) + interface() + enhanced(b"abcde") + simple(b"fg") + obsolete(b"h")


def rows(capture: Capture) -> list[tuple[int, int, int, int, bytes]]:
    """What libpcap says about each record, from ours: seconds, nanoseconds, lengths, data."""
    return [
        (
            *(packet.odd_time or divmod(packet.time_ns, 1_000_000_000)),
            packet.captured_length,
            packet.original_length,
            packet.data,
        )
        for packet in capture
    ]


def read(path: Path) -> savefile_oracle.Reading:
    """The same as the oracle's answer, from `open_savefile`."""
    try:
        capture = open_savefile(path)
    except SavefileError as fault:
        return savefile_oracle.Reading(refusal=fault.libpcap_text)
    assert [packet.number for packet in capture] == list(range(1, len(capture) + 1))
    return savefile_oracle.Reading(
        error=capture.error.libpcap_text if isinstance(capture.error, SavefileError) else None,
        dlt=capture.link_type.dlt,
        snapshot_length=capture.snapshot_length,
        swapped=capture.byte_order == "big",
        records=tuple(savefile_oracle.Record(*row) for row in rows(capture)),
    )


def feed(chunks: Iterator[bytes]) -> tuple[list[tuple[int, ...]], str | None, str | None]:
    """Rows, numbers first, with the text of a refusal and of an error."""
    reader = SavefileReader()
    found: list[tuple[int, ...]] = []
    try:
        for chunk in chunks:
            batch = reader.feed(chunk)
            if batch is not None:
                found += zip(batch.numbers, rows(batch), strict=True)
        error = reader.finish()
    except SavefileError as fault:
        return found, str(fault), None
    return found, None, str(error) if error is not None else None


def whole(data: bytes, path: Path) -> tuple[list[tuple[int, ...]], str | None, str | None]:
    """As `feed`, from a file."""
    path.write_bytes(data)
    try:
        capture = open_savefile(path)
    except SavefileError as fault:
        return [], str(fault), None
    error = None if capture.error is None else str(capture.error)
    return list(zip(capture.numbers, rows(capture), strict=True)), None, error


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize("name", CASES)
def test_reads_what_libpcap_reads(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pcap"
    path.write_bytes(CASES[name])
    ours, theirs = read(path), savefile_oracle.read(path)
    if name.startswith("resolution"):  # libpcap's nanoseconds overflow where its microseconds do not
        micro = savefile_oracle.read(path, precision=0)
        records = tuple(r._replace(nanoseconds=r.nanoseconds // 1000) for r in ours.records)
        assert ours._replace(records=records) == micro
        return
    if "odd times" in name:
        # Microseconds are what tcpdump asks for; times a thousand they need not fit libpcap's own integers.
        micro = savefile_oracle.read(path, precision=0)
        assert [r.seconds for r in ours.records] == [r.seconds for r in micro.records]
        assert [int(r.nanoseconds / 1000) for r in ours.records] == [r.nanoseconds for r in micro.records]
    assert ours == theirs


@pytest.mark.needs("libpcap")
@pytest.mark.parametrize(
    "data",
    [
        PCAP,
        PCAPNG,
        section(">", options=option(1, b"c", ">")) + interface(">") + enhanced(b"abcde", ">"),
        pcap_header(magic=0xA1B2CD34) + pcap_record(b"abc", extra=bytes(8)),
        pcap_header(snapshot_length=3) + pcap_record(b"abcdefgh"),
        pcap_header(version=(2, 2)) + pcap_record(b"abcdefgh"),
    ],
    ids=["pcap", "pcapng", "swapped pcapng", "kuznetzov", "beyond the snapshot", "old"],
)
def test_a_file_cut_anywhere_says_what_libpcap_says(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.pcap"
    for size in range(len(data) + 1):
        path.write_bytes(data[:size])
        assert read(path) == savefile_oracle.read(path), size


@pytest.mark.parametrize("data", [PCAP, PCAPNG], ids=["pcap", "pcapng"])
def test_a_cut_file_names_the_offset_and_the_missing_bytes(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.pcap"
    path.write_bytes(data[:-1])
    error = open_savefile(path).error
    assert isinstance(error, SavefileError)
    assert error.missing == 1
    assert error.offset is not None
    for language in ("ja", "en"):
        assert str(error.offset) in error.message.text(language)


@pytest.mark.parametrize("name", CASES)
def test_any_chunking_gives_the_same(name: str, tmp_path: Path) -> None:
    data = CASES[name]
    expected = whole(data, tmp_path / "x.pcap")
    if len(data) < 20_000:
        assert feed(data[i : i + 1] for i in range(len(data))) == expected
    assert feed(iter([data])) == expected
    assert feed(data[i : i + 97] for i in range(0, len(data), 97)) == expected


@given(
    st.sampled_from(["pcap", "pcapng", "gzip"]),
    st.lists(st.binary(max_size=40), max_size=8),
    st.lists(st.integers(1, 30), min_size=1, max_size=20),
    st.integers(0, 20),
)
def test_any_chunking_of_any_packets(kind: str, packets: list[bytes], sizes: list[int], cut: int) -> None:
    if kind == "pcapng":
        data = section() + interface() + b"".join(map(enhanced, packets))
    else:
        data = pcap_header() + b"".join(map(pcap_record, packets))
    data = data[: len(data) - cut] if cut < len(data) else data
    expected = feed(iter([data]))
    if cut == 0:
        assert [row[-1] for _, row in expected[0]] == packets  # type: ignore[index]
    fed = gzip.compress(data) if kind == "gzip" else data

    def chunks() -> Iterator[bytes]:
        position = 0
        while position < len(fed):
            size = sizes[position % len(sizes)]
            yield fed[position : position + size]
            position += size

    got = feed(chunks())
    assert got[0] == expected[0]
    for one, other in zip(got[1:], expected[1:], strict=True):
        assert one == (other and f"Inside the gzip file: {other}" if kind == "gzip" else other)


def test_a_batch_is_there_as_soon_as_its_bytes_are() -> None:
    reader = SavefileReader()
    assert reader.feed(PCAP[:39]) is None
    assert reader.ready
    assert reader.feed(PCAP[39:47]) is None
    assert reader.link_type_flags == 0
    batch = reader.feed(PCAP[47:48])
    assert batch is not None
    assert [packet.data for packet in batch] == [b"abcdefgh"]


@given(st.sampled_from([b"", pcap_header(), section() + interface(), PCAP, PCAPNG]), st.binary(max_size=200))
@example(b"", b"\x1f\x8b\x08\x00")
def test_any_bytes_give_packets_or_one_error(start: bytes, noise: bytes) -> None:
    found, refusal, error = feed(iter([start + noise]))
    assert refusal is None or (refusal and not error and not found)


@given(st.sampled_from([PCAP, PCAPNG]), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=4))
@pytest.mark.needs("libpcap")
def test_damaged_bytes_are_read_as_libpcap_reads_them(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, damage: list[tuple[int, int]]
) -> None:
    damaged = bytearray(data)
    for position, byte in damage:
        damaged[position % len(damaged)] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.pcap"
    path.write_bytes(damaged)
    ours, theirs = read(path), savefile_oracle.read(path, precision=0)
    # Microseconds: libpcap's own multiplication to nanoseconds overflows for odd ones.
    records = tuple(r._replace(nanoseconds=int(r.nanoseconds / 1000)) for r in ours.records)
    ours = ours._replace(records=records)
    if theirs.dlt == 14:
        ours = ours._replace(dlt=14)
    assert ours == theirs


class TestGzip:
    @pytest.mark.parametrize("data", [PCAP, PCAPNG], ids=["pcap", "pcapng"])
    def test_gives_the_same_packets(self, data: bytes, tmp_path: Path) -> None:
        plain = whole(data, tmp_path / "plain")
        assert whole(gzip.compress(data), tmp_path / "packed") == plain
        assert whole(gzip.compress(data[:30]) + gzip.compress(data[30:]), tmp_path / "members") == plain
        assert whole(gzip.compress(data) + b"garbage", tmp_path / "tail") == plain

    def test_a_big_one_is_mapped_from_a_temporary_file(self, tmp_path: Path) -> None:
        data = pcap_header() + b"".join(pcap_record(os.urandom(60_000)) for _ in range(40))
        plain = whole(data, tmp_path / "plain")
        assert len(plain[0]) == 40
        assert whole(gzip.compress(data, 1), tmp_path / "packed") == plain

    def test_cut_anywhere_gives_good_packets_and_the_error(self, tmp_path: Path) -> None:
        packed = gzip.compress(PCAP)
        for size in range(2, len(packed)):
            found, refusal, error = whole(packed[:size], tmp_path / "cut")
            assert (refusal or error) == str(faults.gzip_cut()), size
            assert found == whole(PCAP, tmp_path / "plain")[0][: len(found)]
            assert feed(iter([packed[:size]])) == (found, refusal, error)
        assert len(found) == 3

    def test_damage_is_told(self, tmp_path: Path) -> None:
        packed = bytearray(gzip.compress(PCAP))
        packed[-6] ^= 0xFF  # the checksum
        found, refusal, error = whole(bytes(packed), tmp_path / "damaged")
        assert len(found) == 3
        assert refusal is None
        assert "damaged" in str(error)
        assert feed(iter([bytes(packed)])) == (found, refusal, error)

    def test_what_is_compressed_may_be_no_savefile(self, tmp_path: Path) -> None:
        refusal = whole(gzip.compress(b"text\n" * 9), tmp_path / "x.gz")[1]
        assert refusal is not None
        assert refusal.startswith("Inside the gzip file: This is a text file")
        refusal = whole(gzip.compress(b"text\n" * 9_999_999, 1), tmp_path / "x.gz")[1]
        assert refusal is not None
        assert refusal.startswith("Inside the gzip file: This is a text file")

    def test_growth_is_bounded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(gunzip, "LIMIT", 4 << 20)
        path = tmp_path / "bomb.gz"
        path.write_bytes(gzip.compress(PCAP + bytes(20 << 20)))
        with pytest.raises(SavefileTooLargeError, match="4 MiB"):
            open_savefile(path)
        reader = SavefileReader()
        reader.feed(path.read_bytes())
        with_error = reader.finish()
        assert isinstance(with_error, SavefileTooLargeError)


class TestPaths:
    def test_missing_directory_and_forbidden_speak_two_languages(self, tmp_path: Path) -> None:
        for path, error in ((tmp_path / "no.pcap", FileNotFoundError), (tmp_path, IsADirectoryError)):
            with pytest.raises(error) as caught:
                Capture.open(path)
            fault = SavefileError.from_os_error(caught.value)
            assert str(path) in fault.message.text("ja")
            assert str(path) in fault.message.text("en")

    @pytest.mark.needs("tcpdump")
    def test_tcpdump_says_the_same(self, tmp_path: Path) -> None:
        for path in (tmp_path / "no.pcap", tmp_path):
            with pytest.raises(OSError) as caught:  # noqa: PT011
                open_savefile(path)
            printed = subprocess.run(["tcpdump", "-r", path], capture_output=True, text=True, check=False).stderr
            assert printed == f"tcpdump: {SavefileError.from_os_error(caught.value).libpcap_text}\n"

    def test_other_compressions_are_named(self, tmp_path: Path) -> None:
        assert "bzip2" in str(whole(bz2.compress(PCAP), tmp_path / "x.bz2")[1])

    def test_a_pipe_is_read_to_its_end(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe"
        os.mkfifo(path)
        writer = threading.Thread(target=path.write_bytes, args=(PCAP,))
        writer.start()
        capture = open_savefile(path)
        writer.join()
        assert [packet.data for packet in capture] == [b"abcdefgh", b"", b"xyz"]

    def test_a_device_without_end_is_refused_at_once(self) -> None:
        with pytest.raises(SavefileError):
            open_savefile("/dev/zero")

    def test_big_files_are_mapped(self, tmp_path: Path) -> None:
        record = pcap_record(bytes(1000))
        path = tmp_path / "big.pcap"
        path.write_bytes(pcap_header() + record * 9000)
        capture = open_savefile(path)
        assert len(capture) == 9000
        assert capture.offsets[8999] == 24 + 8999 * len(record) + 16
        assert set(capture.times_ns) == {1_000_002_000}
        assert not isinstance(capture.buffer, bytes)

    def test_one_bad_length_among_many_ends_a_big_file_there(self, tmp_path: Path) -> None:
        record = pcap_record(bytes(1000))
        data = bytearray(pcap_header() + record * 9000)
        data[24 + 7000 * len(record) + 8 : 24 + 7000 * len(record) + 12] = (300_000).to_bytes(4, "little")
        path = tmp_path / "big.pcap"
        path.write_bytes(data)
        capture = open_savefile(path)
        assert len(capture) == 7000
        assert isinstance(capture.error, SavefileError)
        assert capture.error.offset == 24 + 7000 * len(record)


@pytest.mark.parametrize("name", CASES)
def test_columns_have_the_original_lengths_without_the_rest_of_the_headers(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pcap"
    path.write_bytes(CASES[name])
    try:
        capture = open_savefile(path)
    except SavefileError:
        return
    alone = capture.columns.original_lengths.values
    assert alone.tolist() == capture.original_lengths.tolist()  # type: ignore[union-attr]
