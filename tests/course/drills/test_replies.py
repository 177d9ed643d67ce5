"""What learners type: tolerant where nothing is lost, None where it is no answer of the form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.course.drills import replies

CHOICES = ("tcp port 80", "A", "接続要求")


@pytest.mark.parametrize(
    ("reply", "number"),
    [
        ("2", 2), ("２", 2), ("b", 2), ("B", 2), ("(2)", 2), ("2.", 2), ("2)", 2), ("2番", 2), ("#2", 2), (" 2 \n", 2),
        ("A", 2), ("a", 1), ("tcp port 80", 1), ("tcp  port 80 ", 1), ("接続要求", 3), ("「接続要求」", 3),
        ("4", None), ("0", None), ("d", None), ("12", None), ("tcp", None), ("", None), ("1 2", None),
    ],
)  # fmt: skip
def test_choices(reply: str, number: int | None) -> None:
    assert replies.choice(reply, CHOICES) == number


@pytest.mark.parametrize(
    ("reply", "numbers"),
    [
        ("1 3", (1, 3)), ("1,3", (1, 3)), ("１、３", (1, 3)), ("#1 #3", (1, 3)), ("1番と3番", (1, 3)),
        ("1 and 3", (1, 3)), ("lines 3, 1", (3, 1)), ("5行目", (5,)), ("なし", ()), ("none", ()), ("NONE", ()),
        ("6", None), ("1 1", None), ("x", None), ("1 x", None), ("", None), ("1.5", None),
    ],
)  # fmt: skip
def test_numbers_of_lines(reply: str, numbers: tuple[int, ...] | None) -> None:
    assert replies.numbers(reply, most=5) == numbers


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ("79", 79), ("７９", 79), ("79 バイト", 79), ("79 bytes", 79), ("1,009,101,798", 1009101798), ("ack 5", 5),
        ("0", 0), ("x", None), ("", None), ("-3", None), ("1 2", None),
    ],
)  # fmt: skip
def test_values(reply: str, value: int | None) -> None:
    assert replies.value(reply) == value


@pytest.mark.parametrize(
    "reply",
    ["S.", "[S.]", "Flags [S.]", "SYN,ACK", "syn-ack", "SYN-ACK", "ACK SYN", "ＳＹＮ，ＡＣＫ", "SYN と ACK", "S。"],
)
def test_flags_in_all_their_spellings(reply: str) -> None:
    assert replies.flags(reply) == "ACK,SYN"


@pytest.mark.parametrize("reply", ["", "[]", "hello", "[____]", "1", "SYN,FOO"])
def test_no_flags(reply: str) -> None:
    assert replies.flags(reply) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(reply: str) -> None:
    assert replies.choice(reply, CHOICES) in (None, 1, 2, 3)
    numbers = replies.numbers(reply, most=5)
    assert numbers is None or {*numbers} <= {1, 2, 3, 4, 5}
    value = replies.value(reply)
    assert value is None or value >= 0
    assert replies.flags(reply) != ""
    assert replies.word(reply) == replies.word(replies.word(reply)) or not replies.word(reply).isascii()
