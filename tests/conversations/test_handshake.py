"""Handshakes in the bundled captures, against tshark; and by hand where no capture shows the case."""

import subprocess

import pytest

from lesson_engine import Capture, Filter
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.conversations.connection import find_handshakes


@pytest.mark.needs("tshark")
@pytest.mark.parametrize("name", capture_names())
def test_steps_are_those_that_tshark_sees(name: str) -> None:
    """tcp.completeness of tshark: 1 a SYN, 2 a SYN-ACK, 4 an ACK were seen in the stream. The ACK of a RST that
    refuses the connection counts for tshark, but it completes no handshake."""
    fields = ["-e", "tcp.srcport", "-e", "tcp.dstport", "-e", "ip.src", "-e", "tcp.completeness"]
    done = subprocess.run(
        [
            "tshark",
            "-2",
            "-r",
            capture_path(name),
            "-Y",
            "tcp.flags.syn==1 && tcp.flags.ack==0",
            "-T",
            "fields",
            *fields,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    seen = {}
    for row in done.stdout.splitlines():
        source, destination, _, completeness = row.split("\t")
        seen[int(source), int(destination)] = int(completeness) & (7 if int(completeness) & 2 else 3)
    capture = Capture.open(capture_path(name))
    found = {
        (each.client.port, each.server.port): bool(each.syn) | bool(each.syn_ack) << 1 | bool(each.ack) << 2
        for each in find_handshakes(capture)
    }
    assert found == seen


def test_the_first_three_packets_of_the_handshake_capture() -> None:
    handshake = find_handshakes(Capture.open(capture_path("handshake")))[0]
    assert [segment.number for part in (handshake.syn, handshake.syn_ack, handshake.ack) for segment in part] == [
        1,
        2,
        3,
    ]
    assert (str(handshake.server), handshake.is_complete) == ("93.184.216.34.80", True)


def test_a_syn_sent_again_belongs_to_the_same_attempt() -> None:
    (attempt,) = find_handshakes(Capture.open(capture_path("no_answer")))
    assert len(attempt.syn) >= 3
    assert len({segment.sequence for segment in attempt.syn}) == 1
    assert not attempt.is_complete


def test_numbers_are_those_of_the_whole_capture() -> None:
    capture = Capture.open(capture_path("mix"))
    selected = Filter("tcp port 3306").select(capture)
    numbers = [handshake.syn[0].number for handshake in find_handshakes(selected)]
    assert numbers == [each.syn[0].number for each in find_handshakes(capture) if each.server.port == 3306]
    assert numbers[0] > 10
