"""The captures in the repository are what the manifest and their scenarios say."""

import hashlib
import os
import subprocess
import tomllib
from itertools import pairwise
from typing import Any

import pytest

from lesson_engine.bundled import capture_names, capture_path, sample_pcaps
from lesson_engine.lab import manifest
from lesson_engine.lab.scenarios import SCENARIOS, Expectation, Vantage
from lesson_engine.packets import LinkType

with open(os.path.join(sample_pcaps(), "manifest.toml"), "rb") as file:
    MANIFEST: dict[str, dict[str, Any]] = tomllib.load(file)

VANTAGES = {vantage.capture: vantage for scenario in SCENARIOS.values() for vantage in scenario.vantages}

each_capture = pytest.mark.parametrize("name", sorted(MANIFEST))


def tcpdump(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["tcpdump", "-nn", "-r", capture_path(name), *words], capture_output=True, text=True, errors="replace"
    )


def test_manifest_files_and_scenarios_are_the_same_set() -> None:
    assert set(MANIFEST) == set(capture_names()) == set(VANTAGES)


def test_the_manifest_is_what_the_scenarios_say_today() -> None:
    with open(os.path.join(sample_pcaps(), "manifest.toml"), encoding="utf-8") as file:
        assert file.read() == manifest.text(manifest.load(sample_pcaps()))


@each_capture
def test_the_manifest_describes_the_file(name: str) -> None:
    entry = MANIFEST[name]
    with open(capture_path(name), "rb") as file:
        content = file.read()
    assert entry["file"] == f"{name}.pcap"
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert content[:4] == b"\xd4\xc3\xb2\xa1", "a little-endian pcap with microseconds"
    assert int.from_bytes(content[16:20], "little") == 262144
    assert entry["link_type"] == LinkType.from_number(int.from_bytes(content[20:24], "little")).name
    assert len(content) < 80_000


@each_capture
@pytest.mark.needs("tcpdump")
def test_tcpdump_reads_it_without_complaint(name: str) -> None:
    counted = tcpdump(name, "--count")
    assert counted.returncode == 0
    assert "truncated" not in counted.stderr
    assert counted.stdout == f"{MANIFEST[name]['packets']} packets\n"


@each_capture
@pytest.mark.needs("tcpdump")
def test_every_checksum_is_right(name: str) -> None:
    shown = tcpdump(name, "-vv").stdout
    assert shown
    assert "incorrect" not in shown
    assert "bad" not in shown.replace("bad option", "")


@pytest.mark.parametrize(
    ("vantage", "expectation"),
    [(vantage, expectation) for vantage in VANTAGES.values() for expectation in vantage.expectations],
    ids=lambda value: value.capture if isinstance(value, Vantage) else value.expression,
)
@pytest.mark.needs("tcpdump")
def test_it_shows_what_its_scenario_promises(vantage: Vantage, expectation: Expectation) -> None:
    found = int(tcpdump(vantage.capture, "--count", expectation.expression).stdout.split()[0])
    assert expectation.least <= found
    assert expectation.most is None or found <= expectation.most


@pytest.mark.needs("tcpdump")
def test_the_first_web_packets_on_eth0_are_the_handshake_of_the_course() -> None:
    lines = tcpdump("mix", "-t", "-c", "3", "port 80").stdout.splitlines()
    flags = [line.partition("Flags ")[2].partition(",")[0] for line in lines]
    assert flags == ["[S]", "[S.]", "[.]"]
    assert lines[0].startswith("IP 192.168.1.50.")
    assert "> 93.184.216.34.80:" in lines[0]


@pytest.mark.needs("tcpdump")
def test_both_views_of_the_lost_reply_are_of_the_same_connection() -> None:
    def syns(name: str) -> list[str]:
        shown = tcpdump(name, "-t", "-S", "tcp[tcpflags] == tcp-syn").stdout
        return shown.splitlines()

    assert syns("lost_reply_client") == syns("lost_reply_server")


@pytest.mark.needs("tcpdump")
def test_unanswered_syns_leave_at_growing_intervals() -> None:
    shown = tcpdump("no_answer", "-ttttt").stdout.replace("00:00:", "")
    times = [float(line.split()[0]) for line in shown.splitlines()]
    gaps = [round(later - earlier) for earlier, later in pairwise(times)]
    assert gaps == [1, 2, 4]


@each_capture
def test_nothing_in_it_names_the_machine_that_recorded_it(name: str) -> None:
    with open(capture_path(name), "rb") as file:
        content = file.read()
    assert not any(word in content for word in (b"/home/", b"/tmp/", b"/work/", b"/root", b"made-for-the-recording"))
