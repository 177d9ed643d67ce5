"""Orders of a connection's packets: all that are consistent with TCP pass, and no other."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine import Capture
from lesson_engine.bundled import capture_path
from lesson_engine.conversations.connection import connections
from lesson_engine.conversations.tcp import Segment
from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.material import material
from lesson_engine.course.reading import findings
from lesson_engine.course.reading.order import first_break

LETTERS = {line[0]: line[4:] for line in material(load_exercise("exercise17"))}


def segments(capture: str) -> list[Segment]:
    (connection,) = connections(Capture.open(capture_path(capture)))
    return list(connection.segments)


def possible(rest: list[Segment], before: tuple[Segment, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Every order that has no break, by trying."""
    if not rest:
        yield tuple(segment.number for segment in before)
    for segment in rest:
        if first_break((*before, segment)) is None:
            yield from possible([other for other in rest if other is not segment], (*before, segment))


@pytest.mark.parametrize(
    "capture", ["handshake", "close_fin", "abort_rst", "mysql", "retransmission", "closed_port", "lost_reply_server"]
)
def test_what_was_captured_could_have_come_so(capture: str) -> None:
    found = segments(capture)
    if capture == "lost_reply_server":
        assert len(found) > 8  # one that was never opened: its SYNs and SYN-ACKs come in any order after the first
    assert first_break(found) is None


def test_all_orders_of_a_connection_that_was_closed() -> None:
    """The client's ACK of the data and the server's FIN pass each other; everything else follows from the numbers."""
    assert [*possible(segments("handshake"))] == [tuple(range(1, 11))]
    assert sorted(possible(segments("close_fin"))) == [
        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        (1, 2, 3, 4, 5, 6, 8, 7, 9, 10, 11),
    ]


@pytest.mark.parametrize(
    ("order", "number", "reason"),
    [
        ((2, 1, 3), 2, "begins_without_syn"),
        ((1, 3, 2), 3, "acknowledges_unsent"),
        ((1, 2, 3, 5, 4), 5, "acknowledges_unsent"),
        ((1, 2, 4, 3), 3, "comes_too_late"),
        ((1, 2, 3, 8), 8, "acknowledges_unsent"),
        ((1, 2, 3, 4, 6, 5), 5, "comes_too_late"),
        ((1, 2, 3, 4, 5, 6, 8, 9, 7), 7, "acknowledges_less"),
    ],
)
def test_the_first_line_that_cannot_be_is_named(order: tuple[int, ...], number: int, reason: str) -> None:
    found = {segment.number: segment for segment in segments("close_fin")}
    broken = first_break(found[each] for each in order)
    assert broken is not None
    assert (broken.segment.number, broken.reason) == (number, reason)


def test_sequence_numbers_wrap_around() -> None:
    found = segments("close_fin")
    shift = (1 << 32) - 20 - found[0].sequence
    moved = [
        each._replace(sequence=(each.sequence + shift) % (1 << 32))
        if each.source == found[0].source
        else each._replace(acknowledgment=(each.acknowledgment + shift) % (1 << 32))
        for each in found
    ]
    assert moved[3].next_sequence < moved[3].sequence
    assert first_break(moved) is None
    assert first_break([*moved[:4], moved[9]]) is not None


def test_the_lines_are_shuffled_and_without_times() -> None:
    finding = findings(load_exercise("exercise17"))["order"]
    assert len(LETTERS) == 11
    assert all(line.startswith("IP ") for line in LETTERS.values())
    assert tuple(LETTERS) != finding.example


@given(st.permutations([*LETTERS]))
def test_an_order_passes_if_and_only_if_it_could_have_been(order: list[str]) -> None:
    exercise = load_exercise("exercise17")
    finding = findings(exercise)["order"]
    assert grade(exercise, f"order = {order}").passed == (
        tuple(order) in (finding.example, finding.variants["another-order"])
    )


@pytest.mark.parametrize("cut", [1, 5, 10])
def test_an_order_that_is_not_finished_is_right_so_far(cut: int) -> None:
    exercise = load_exercise("exercise17")
    example = findings(exercise)["order"].example
    assert isinstance(example, tuple)
    verdict = grade(exercise, f"order = {[*example[:cut]]}")
    assert not verdict.passed
    assert "right so far" in str(verdict.parts[0].remark)


def test_fin_is_not_the_end() -> None:
    exercise = load_exercise("exercise17")
    verdict = grade(exercise, as_written(exercise, "order = {order[fin-is-last]}"))
    assert verdict.parts[0].misconception == verdict.misconception == "fin-is-last"
