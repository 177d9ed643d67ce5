"""Ladders: the numbers are tcpdump's, every packet is told, and shapes never say what words do not."""

import re
import subprocess
from collections.abc import Iterator
from typing import get_args

import pytest

from lesson_engine import Capture
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.conversations.connection import Connection, Connections, connections
from lesson_engine.conversations.icmp import icmp_error_of
from lesson_engine.conversations.marks import Mark
from lesson_engine.conversations.tcp import ACK, FIN, RST, SYN, Endpoint, Segment
from lesson_engine.messages import LANGUAGES, Language, Message
from lesson_engine.messages.cells import cell_width
from lesson_engine.views.ladder import Arrow, Fold, Gap, Notice, Pause, ladder_of, ladder_of_notices
from lesson_engine.views.ladder_text import ladder_lines, plain, row_words

CLIENT, SERVER = Endpoint(bytes([10, 0, 0, 1]), 40000), Endpoint(bytes([10, 0, 0, 2]), 80)


def captured() -> Iterator[Connection]:
    for name in capture_names():
        yield from connections(Capture.open(capture_path(name)))


def segments(*rows: tuple[str, int, int, int, int]) -> Connection:
    """The connection of segments, each as who sends it (">" is the client), flags, seq, ack and payload."""
    made = [
        Segment(
            number, number * 1_000_000, *((CLIENT, SERVER) if way == ">" else (SERVER, CLIENT)),
            sequence, acknowledgment, flags, length, 1000, b"", 64, None,
        )
        for number, (way, flags, sequence, acknowledgment, length) in enumerate(rows, 1)
    ]  # fmt: skip
    found = Connections()
    for segment in made:
        found.add(segment)
    (connection,) = found.so_far()
    return connection


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("name", capture_names())
def test_numbers_are_those_that_tcpdump_prints(name: str, absolute: bool) -> None:
    path = capture_path(name)
    command = ["tcpdump", "-nn", "-t", "-r", path, *(["-S"] if absolute else [])]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    for connection in connections(Capture.open(path)):
        for arrow in ladder_of(connection, absolute=absolute, whole=True).arrows:
            words = row_words(arrow, "en").replace(",", "")
            theirs = lines[arrow.number - 1]
            for field in ("seq", "ack"):
                pattern = rf"\b{field} (\d+(?::\d+)?)"
                (ours, shown) = (re.search(pattern, each) for each in (words, theirs))
                assert (ours and ours[1]) == (shown and shown[1]), (words, theirs)


def test_every_packet_is_told_or_counted() -> None:
    folds = 0
    for connection in captured():
        whole = ladder_of(connection, whole=True)
        assert [arrow.number for arrow in whole.arrows] == [segment.number for segment in connection.segments]
        assert not any(isinstance(row, Fold) for row in whole.rows)
        ladder = ladder_of(connection)
        folded = [row for row in ladder.rows if isinstance(row, Fold)]
        folds += len(folded)
        assert len(ladder.arrows) + sum(row.packets for row in folded) == ladder.packets == len(whole.arrows)
        shown = {arrow.number for arrow in ladder.arrows}
        hidden = [arrow for arrow in whole.arrows if arrow.number not in shown]
        for place in (0, 1):
            sent = sum(arrow.payload_length for arrow in hidden if arrow.origin == place)
            assert sum(row.payload[place] for row in folded) == sent
        if connection.handshake is not None:
            assert {segment.number for segment in connection.handshake.segments} <= shown
    assert folds


@pytest.mark.parametrize("language", LANGUAGES)
def test_lifelines_stand_at_the_same_cells(language: Language) -> None:
    for connection in captured():
        ladder = ladder_of(connection)
        _, *rows = plain(ladder_lines(ladder, language)).splitlines()
        ends = set()
        for row, drawn in zip(ladder.rows, rows, strict=False):
            assert drawn.startswith("     │") or (isinstance(row, Arrow) and row.target == 0)
            stamp = drawn.find("   #") if isinstance(row, Arrow) else len(drawn)
            ends.add(cell_width(drawn[:stamp]))
        assert len(ends) == 1


def test_what_nobody_answered_says_so() -> None:
    silent = segments((">", SYN, 99, 0, 0), (">", SYN, 99, 0, 0))
    shown = plain(ladder_lines(ladder_of(silent), "ja")).splitlines()
    assert [line.split("#")[0].rstrip()[-1] for line in shown[1:3]] == ["?", "?"]
    assert "SYN (再送)" in shown[2]
    assert "╌╌" in shown[2]
    assert "╌" not in shown[1]
    assert shown[-1].startswith("? は")


def test_an_answer_by_ack_or_rst_is_an_answer() -> None:
    answered = segments((">", SYN, 99, 0, 0), ("<", RST | ACK, 0, 100, 0))
    assert not any(arrow.no_answer for arrow in ladder_of(answered).arrows)
    half = segments((">", SYN, 99, 0, 0), ("<", SYN | ACK, 499, 100, 0))
    assert [arrow.no_answer for arrow in ladder_of(half).arrows] == [False, True]
    wrapping = segments(
        (">", SYN, 0xFFFFFFF0, 0, 0), ("<", SYN | ACK, 499, 0xFFFFFFF1, 0), (">", ACK, 0xFFFFFFF1, 500, 0),
        (">", ACK, 0xFFFFFFF1, 500, 100), ("<", ACK, 500, 0x55, 0), ("<", FIN | ACK, 500, 0x55, 0),
    )  # fmt: skip
    assert [arrow.no_answer for arrow in ladder_of(wrapping).arrows] == [False] * 5 + [True]


@pytest.mark.parametrize("mark", sorted({*get_args(Mark)} - {"lost_segment"}))
def test_every_mark_has_words(mark: Mark) -> None:
    connection = segments((">", SYN, 99, 0, 0))._replace(marks={1: frozenset({mark})})
    (arrow,) = ladder_of(connection).arrows
    assert [len({told.text(language) for language in LANGUAGES}) for told in arrow.marks] in ([1], [2])


def test_missing_bytes_are_a_row_of_their_own() -> None:
    connection = segments(
        (">", SYN, 99, 0, 0), ("<", SYN | ACK, 499, 100, 0), (">", ACK, 100, 500, 0), (">", ACK, 100, 500, 10),
        (">", ACK, 130, 500, 10), ("<", ACK, 500, 110, 0),
    )  # fmt: skip
    (gap,) = [row for row in ladder_of(connection).rows if isinstance(row, Gap)]
    assert (gap.length, gap.first, gap.behind, gap.origin) == (20, 11, 31, 0)
    (drawn,) = [line for line in plain(ladder_lines(ladder_of(connection), "en")).splitlines() if "✕" in line]
    assert "20 bytes are not here (seq 11:31)" in drawn


def test_an_icmp_error_turns_back_what_it_quotes() -> None:
    capture = Capture.open(capture_path("icmp_reject"))
    errors = [error for packet in capture if (error := icmp_error_of(packet)) is not None]
    (connection,) = connections(capture)
    ladder = ladder_of(connection, errors)
    assert [(arrow.is_stopped, arrow.no_answer) for arrow in ladder.arrows] == [(True, False)]
    (notice,) = [row for row in ladder.rows if isinstance(row, Notice)]
    assert (notice.number, notice.origin, notice.target) == (2, None, 0)
    assert "✕" in plain(ladder_lines(ladder, "en"))
    assert "192.168.1.1" in notice.text.text("en")


def test_a_host_that_asks_in_vain() -> None:
    asked = Message("views.ladder.arp", address="10.0.0.9")
    ladder = ladder_of_notices(("10.0.0.1", "10.0.0.9"), [(1, 0, asked), (4, 1_000_000_000, asked)])
    assert [type(row) for row in ladder.rows] == [Notice, Pause, Notice]
    drawn = plain(ladder_lines(ladder, "ja"))
    assert drawn.count("▶ ?") == 2
    assert "+1.000000" in drawn


def test_a_long_ladder_of_nothing_but_trouble_is_folded_too() -> None:
    rows = [(">", SYN, 99, 0, 0)] * 200
    ladder = ladder_of(segments(*rows))
    assert len(ladder.rows) < 60
    assert sum(row.packets for row in ladder.rows if isinstance(row, Fold)) + len(ladder.arrows) == 200
