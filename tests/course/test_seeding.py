"""Seeds: each learner's variant is as authentic as the recording, and every text speaks of the same network."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.course.captures import hidden_capture, open_capture, provide_capture
from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.lint import graded
from lesson_engine.course.network import network
from lesson_engine.course.seeding import LARGEST_SEED, Rewriting, seed_of_name
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.workspace import Workspace
from lesson_engine.filters import Filter
from lesson_engine.lab.scenarios import SCENARIOS
from lesson_engine.packets import Capture

SEEDS = (0, 1, 7, 20261122, seed_of_name("山田 太郎"), LARGEST_SEED)
VANTAGES = {vantage.capture: vantage for scenario in SCENARIOS.values() for vantage in scenario.vantages}

each_capture = pytest.mark.parametrize("name", capture_names())
each_seed = pytest.mark.parametrize("seed", SEEDS)


def tcpdump(path: str, *options: str) -> list[str]:
    done = subprocess.run(
        ["tcpdump", "-nn", *options, "-r", path], capture_output=True, text=True, errors="replace", check=True
    )
    return done.stdout.splitlines()


def variant(tmp_path: Path, name: str, seed: int) -> str:
    return provide_capture(Workspace(str(tmp_path)), name, seed)


def without_absolute_numbers(line: str) -> str:
    """A line of tcpdump without what the seed shifts by an amount of its own for each connection."""
    line = re.sub(r"TS val \d+ ecr (?!0\b)\d+", "TS", line)
    line = re.sub(r"TS val \d+", "TS val", line)
    return re.sub(r"\b(seq|ack) \d{5,}", r"\1", line)


@each_seed
@each_capture
@pytest.mark.needs("tcpdump")
def test_tcpdump_prints_the_same_lines_but_for_addresses_ports_and_numbers(
    tmp_path: Path, name: str, seed: int
) -> None:
    rewriting = Rewriting(seed)
    recorded = tcpdump(capture_path(name), "-ttt", "-#", "-e")
    rewritten = tcpdump(variant(tmp_path, name, seed), "-ttt", "-#", "-e")
    assert [without_absolute_numbers(line) for line in rewritten] == [
        without_absolute_numbers(rewriting.text(line)) for line in recorded
    ]


@each_seed
@each_capture
@pytest.mark.needs("tcpdump")
def test_every_checksum_is_right(tmp_path: Path, name: str, seed: int) -> None:
    shown = "\n".join(tcpdump(variant(tmp_path, name, seed), "-vv"))
    assert shown.count("(correct)") == "\n".join(tcpdump(capture_path(name), "-vv")).count("(correct)")
    assert "incorrect" not in shown
    assert "bad" not in shown.replace("bad option", "")


@pytest.mark.parametrize("seed", SEEDS[2:3])
@each_capture
@pytest.mark.needs("tshark")
def test_wireshark_says_the_same_of_every_segment(tmp_path: Path, name: str, seed: int) -> None:
    fields = [
        *("tcp.analysis", "tcp.analysis.flags", "tcp.seq", "tcp.ack", "tcp.len", "tcp.window_size", "tcp.stream"),
        *("tcp.options.sack_le", "tcp.completeness", "frame.time_delta", "dns.qry.name", "http.host", "_ws.malformed"),
        *("tcp.checksum.status", "udp.checksum.status", "ip.checksum.status", "icmp.checksum.status"),
    ]

    def said(path: str) -> list[str]:
        options = [option for field in fields for option in ("-e", field)]
        checks = [option for each in ("tcp", "udp", "ip") for option in ("-o", f"{each}.check_checksum:TRUE")]
        done = subprocess.run(
            ["tshark", "-r", path, *checks, "-T", "fields", *options], capture_output=True, text=True, check=True
        )
        # SACK edges are absolute.
        return [re.sub(r"\b\d{8,10}(,\d{8,10})*\b", "edge", line) for line in done.stdout.splitlines()]

    rewriting = Rewriting(seed)
    assert said(variant(tmp_path, name, seed)) == [rewriting.text(line) for line in said(capture_path(name))]


@each_seed
@each_capture
def test_the_scenario_still_shows_what_it_promises(name: str, seed: int) -> None:
    rewriting = Rewriting(seed)
    recorded, rewritten = open_capture(name), open_capture(name, seed)
    for expectation in VANTAGES[name].expectations:
        before = sum(Filter(expectation.expression, link_type=recorded.link_type).matches(recorded))
        expression = rewriting.text(expectation.expression)
        after = sum(Filter(expression, link_type=rewritten.link_type).matches(rewritten))
        assert after == before, expression


@each_seed
@each_capture
def test_lengths_gaps_and_numbers_stay(name: str, seed: int) -> None:
    recorded, rewritten = open_capture(name), open_capture(name, seed)
    assert [len(packet.data) for packet in rewritten] == [len(packet.data) for packet in recorded]
    assert [*rewritten.original_lengths] == [*recorded.original_lengths]
    assert [*rewritten.numbers] == [*recorded.numbers]
    shift = rewritten.times_ns[0] - recorded.times_ns[0]
    assert [*rewritten.times_ns] == [time_ns + shift for time_ns in recorded.times_ns]
    assert shift % 1000 == 0


def test_learners_have_captures_of_their_own() -> None:
    syns = set()
    for seed in range(40):
        packet = open_capture("handshake", seed)[0]
        syns.add((packet.time_ns, packet.data[26:34], packet.data[34:38], packet.data[38:42]))
    times, addresses, ports, sequence_numbers = map(set, zip(*syns, strict=True))
    assert min(map(len, (times, addresses, ports, sequence_numbers))) == 40


def test_a_seed_always_gives_the_same() -> None:
    assert open_capture("mix", 7).buffer == open_capture("mix", 7).buffer
    # Written down, since learners keep their captures when the engine is updated.
    assert open_capture("mix", 7)[6].data[:42].hex(" ", -2) == (
        "0200 c0a8 0705 0200 c0a8 071d 0800 4500 003c 359b 4000 4006 3bb1 c0a8 071d 5d6c a43e c4ca 0050 9f2c a0ea"
    )


@each_capture
def test_both_views_of_one_connection_are_rewritten_alike(name: str) -> None:
    """A host is the same host in every capture."""
    rewriting = Rewriting(7)
    for packet, other in zip(open_capture(name), open_capture(name, 7), strict=True):
        if packet.data[12:14] == b"\x08\x00":
            assert other.data[26:30] == rewriting.address(packet.data[26:30])


# Texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("host 192.168.1.100", "host 192.168.7.154"),
        ("192.168.1.50.54321 > 93.184.216.34.80:", "192.168.7.29.38643 > 93.108.164.62.80:"),
        ("host 192.168.1", "host 192.168.7"),
        ("net 192.168.1.0/24 or net 192.168.0.0/16", "net 192.168.7.0/24 or net 192.168.0.0/16"),
        ("net 192.168.1.0 mask 255.255.255.0", "net 192.168.7.0 mask 255.255.255.0"),
        ("net 93.184 と 93.184.216.34 の 93.184.216", "net 93.108 と 93.108.164.62 の 93.108.164"),
        ("サーバー192.168.1.100の3306番", "サーバー192.168.7.154の3306番"),
        ("『192.168.1.1』、192.168.1.255.", "『192.168.7.5』、192.168.7.255."),
        ("net 10.0.0 and not host 10.0.0.3", "net 10.0.0 and not host 10.0.0.5"),
        ("ポート 50650 と port 50650、50650 番ポート", "ポート 34972 と port 34972、34972 番ポート"),
        ("02:00:c0:a8:01:32 at 14:30:02.118", "02:00:c0:a8:07:1d at 14:30:02.118"),
        ("ip[12:4] = 0xc0a80164 and tcp[4:4] = 0xc0a80164", "ip[12:4] = 0xc0a8079a and tcp[4:4] = 0xc0a80164"),
        ("host 2001:db8:1::50 or host fe80::1 or ip6", "host 2001:db8:8::50 or host fe80::1 or ip6"),
        ("/dev/tcp/93.184.216.34/80", "/dev/tcp/93.108.164.62/80"),
    ],
)
def test_texts_speak_of_the_learners_network(text: str, expected: str) -> None:
    assert Rewriting(7).text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("tcpdump 4.99.3, libpcap 1.10.3", "MariaDB 10.11.19", "Chrome/120.0.6099.109", "OID 1.3.6.1.4.1", "1.5 秒"),
        *("seq 3816986785, ack 1009101798, win 65160", "port 80 or port 3306", "portrange 32768-60999", "v1.2.3.4"),
        *("127.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.251", "169.254.1.2", "8.8.8.8 と 1.1.1.1", "300.1.2.3"),
        *("fe80::1", "ff02::1", "::1", "::", "ff:ff:ff:ff:ff:ff", "std::string", "14:30:02", "host 100", "#7 12"),
        *("tcp[12] & 0xf0", "0xc0a80164", "net 172.16.0.0/12", "net 10.0.0.0/8", "exercise15", "192.168.01.5", ""),
    ],
)  # fmt: skip
@each_seed
def test_what_is_no_address_of_the_course_stays(text: str, seed: int) -> None:
    assert Rewriting(seed).text(text) == text


@settings(max_examples=50)
@given(st.integers(0, LARGEST_SEED), st.binary(min_size=3, max_size=3))
def test_hosts_of_one_network_stay_apart_and_together(seed: int, network: bytes) -> None:
    rewriting = Rewriting(seed)
    hosts = [rewriting.address(network + bytes([host])) for host in range(256)]
    assert len({*hosts}) == 256
    assert len({host[:3] for host in hosts}) == 1
    for host, mapped in enumerate(hosts):
        written = ".".join(map(str, network + bytes([host])))
        assert [*map(len, map(str, mapped))] == [*map(len, written.split("."))]
        assert (host in (0, 255)) <= (mapped[3] == host)


@given(st.integers(0, LARGEST_SEED), st.sampled_from(["10", "192.168", "172.16", "172.31", "100.64", "169.254", "127"]))
def test_a_private_network_stays_what_it_is(seed: int, network: str) -> None:
    address = bytes(map(int, f"{network}.77.66.55".split(".")[:4]))
    mapped = Rewriting(seed).address(address)
    kept = network.count(".") + 1
    assert mapped[:kept] == address[:kept]


@settings(max_examples=10)
@given(st.integers(0, LARGEST_SEED))
def test_networks_do_not_fall_together(seed: int) -> None:
    rewriting = Rewriting(seed)
    networks = {
        rewriting.address(bytes([93, second, third, 7]))[:3] for second in range(0, 256, 17) for third in range(256)
    }
    assert len(networks) == 16 * 256
    assert len({rewriting.port(port) for port in range(65536)}) == 65536
    assert all(rewriting.port(port) == port for port in range(32768))


@given(st.integers(0, LARGEST_SEED), st.binary(min_size=16, max_size=16))
def test_ipv6_addresses_keep_their_kind(seed: int, address: bytes) -> None:
    mapped = Rewriting(seed).address(address)
    assert len(mapped) == 16
    assert mapped[:4] == address[:4]
    if address[0] == 0xFF or address[:2] == b"\xfe\x80":
        assert mapped == address


@given(st.integers(0, LARGEST_SEED), st.text())
def test_any_text_is_mapped_line_by_line(seed: int, text: str) -> None:
    assert Rewriting(seed).text(text).count("\n") == text.count("\n")


def test_a_name_gives_one_seed_however_it_is_typed() -> None:
    assert len({seed_of_name(name) for name in ("Yamada Taro", " yamada  taro ", "ＹＡＭＡＤＡ　ＴＡＲＯ")}) == 1
    assert len({seed_of_name(name) for name in ("ﾔﾏﾀﾞ", "ヤマダ", "山田", "Straße", "STRASSE", "strasse")}) == 3
    assert seed_of_name("山田 太郎") == 3420819607


# Exercises


@pytest.mark.parametrize("seed", SEEDS[1:4])
@pytest.mark.parametrize("exercise_id", load_syllabus().exercises)
def test_an_exercise_is_the_same_exercise_for_everyone(exercise_id: str, seed: int) -> None:
    exercise = load_exercise(exercise_id, seed)
    assert exercise.seed == seed
    for answer in (exercise.solution, *exercise.right):
        assert passes(exercise, answer), answer
    for wrong in exercise.wrong:
        verdict = graded(exercise, wrong.answer)
        assert not verdict.passed, wrong.answer
        assert verdict.misconception == wrong.misconception, wrong.answer


def passes(exercise: Exercise, answer: str) -> bool:
    return graded(exercise, answer).passed


def test_somebody_elses_answer_does_not_pass() -> None:
    mine, theirs = load_exercise("exercise3", 1), load_exercise("exercise3", 2)
    assert passes(theirs, theirs.solution)
    assert not passes(mine, theirs.solution)


def test_without_a_seed_everything_is_as_recorded() -> None:
    assert load_exercise("exercise3").seed is None
    assert open_capture("mix").buffer == Capture.open(capture_path("mix")).buffer


# The workspace and the network


def test_each_seed_has_a_copy_of_its_own_which_is_never_overwritten(tmp_path: Path) -> None:
    workspace = Workspace(str(tmp_path))
    paths = [provide_capture(workspace, "handshake", seed) for seed in (None, 1, 2)]
    assert len({*paths}) == len({Path(path).read_bytes() for path in paths}) == 3
    assert Path(paths[0]).read_bytes() == Path(capture_path("handshake")).read_bytes()
    Path(paths[1]).write_bytes(b"the learner's own")
    assert provide_capture(workspace, "handshake", 1) == paths[1]
    assert Path(paths[1]).read_bytes() == b"the learner's own"
    written = Capture.open(paths[2])
    assert [packet[1:] for packet in written] == [packet[1:] for packet in open_capture("handshake", 2)]


def test_the_interfaces_are_the_learners_network() -> None:
    interface = network(7)["eth0"]
    assert interface.load().buffer == open_capture("mix", 7).buffer
    assert interface.hardware_address is not None
    assert interface.hardware_address.hex(":") == "02:00:c0:a8:07:1d"
    assert network(None)["any"].load().buffer == open_capture("any").buffer


# Hidden captures


@pytest.mark.parametrize("seed", [None, 7])
@each_capture
@pytest.mark.needs("tcpdump")
def test_a_hidden_capture_is_authentic_too(tmp_path: Path, name: str, seed: int | None) -> None:
    from lesson_engine.sources.writing import write_savefile

    hidden = hidden_capture(name, seed)
    assert hidden.buffer == hidden_capture(name, seed).buffer
    assert hidden.buffer != open_capture(name, seed).buffer
    path = os.fspath(tmp_path / "hidden.pcap")
    write_savefile(path, hidden)
    shown = "\n".join(tcpdump(path, "-vv"))
    assert "incorrect" not in shown
    assert "bad udp cksum" not in shown


@pytest.mark.parametrize("seed", [None, 1, 7])
def test_in_a_hidden_capture_hosts_and_services_have_changed_places(seed: int | None) -> None:
    shown, hidden = open_capture("mix", seed), hidden_capture("mix", seed)
    rewriting = Rewriting(seed) if seed is not None else None
    database, web = "192.168.1.100", "93.184.216.34"
    fitted = [
        # Right on the packets in sight, and wrong.
        (f"host {database}", f"host {database} and (port 3306 or icmp or arp or udp or tcp port 22 or 8080 or 80)"),
        ("tcp port 443", f"tcp port 443 and host {web}"),
        ("tcp port 80", f"tcp port 80 and host {web}"),
    ]

    def matched(expression: str, capture: Capture) -> bytes:
        expression = rewriting.text(expression) if rewriting else expression
        return Filter(expression, link_type=capture.link_type).matches(capture)

    caught = [matched(right, hidden) != matched(wrong, hidden) for right, wrong in fitted]
    assert [matched(right, shown) == matched(wrong, shown) for right, wrong in fitted] == [True] * 3
    assert all(caught)
