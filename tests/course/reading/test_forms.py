"""What learners may write, form by form; and that nothing else is understood."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.course.reading import forms
from lesson_engine.messages import LANGUAGES, Message

ALL = (
    forms.packet,
    forms.packets,
    forms.handshakes,
    forms.order,
    forms.number,
    forms.sequence,
    forms.port,
    forms.address,
    forms.clock,
    forms.flags,
    forms.flag_names,
    forms.choice,
)
SYN_ACK = frozenset({"syn", "ack"})


@pytest.mark.parametrize(
    ("form", "written", "understood"),
    [
        (forms.packet, 7, 7),
        (forms.packet, "7", 7),
        (forms.packet, " #7 ", 7),
        (forms.packets, [1, "2", "#3"], (1, 2, 3)),
        (forms.packets, "#1, 2 3", (1, 2, 3)),
        (forms.packets, 4, (4,)),
        (forms.packets, [0, 5], (0, 5)),
        (forms.handshakes, [[1, 2, 3], ["#7", "8", 9]], ((1, 2, 3), (7, 8, 9))),
        (forms.handshakes, [1, 2, 3], ((1, 2, 3),)),
        (forms.handshakes, [[1, 2, 3], [0, 0, 0]], ((1, 2, 3),)),
        (forms.order, ["b", "A"], ("B", "A")),
        (forms.order, "B → A, c", ("B", "A", "C")),
        (forms.number, 0, 0),
        (forms.number, "ack 1", 1),
        (forms.number, "win=64240", 64240),
        (forms.sequence, "seq 1:80", "1:80"),
        (forms.sequence, "01 : 080", "1:80"),
        (forms.sequence, 1, "1"),
        (forms.port, "80", 80),
        (forms.address, " 192.168.1.50 ", "192.168.1.50"),
        (forms.address, "FE80::1", "fe80::1"),
        (forms.clock, "20:44:09.748880", "20:44:09.748880"),
        (forms.clock, time(20, 44, 9), "20:44:09.000000"),
        (forms.choice, " Silent ", "silent"),
        *((forms.flags, text, SYN_ACK) for text in ("S.", ".S", "[S.]", "Flags [S.]", "s.", "SYN,ACK", "syn-ack")),
        *((forms.flags, text, SYN_ACK) for text in ("SYNACK", "ack + syn", "SYN と ACK", "SYN and ACK", "SYN・ACK")),
        (forms.flags, "none", frozenset()),
        (forms.flags, "SEW", frozenset({"syn", "ece", "cwr"})),
        (forms.flag_names, "push ack", frozenset({"psh", "ack"})),
        (forms.flag_names, "none", frozenset()),
        (forms.flag_names, "Reset", frozenset({"rst"})),
    ],
)
def test_understood(form: forms.Form, written: object, understood: object) -> None:
    assert form(written) == understood


@pytest.mark.parametrize(
    ("form", "written"),
    [
        *((form, written) for form in ALL for written in (True, 1.5, float("nan"), {"a": 1}, date(2026, 1, 2), [[]])),
        *((form, written) for form in ALL for written in (None, {}, -1, 10**30, [True], [1.0, 2], [[1], 2])),
        (forms.packet, [7]),
        (forms.packet, "7th"),
        (forms.packet, "seven"),
        (forms.packets, [1, 1]),
        (forms.packets, [1, [2]]),
        (forms.packets, []),
        (forms.packets, [0]),
        (forms.handshakes, [[1, 2, 3], [1, 2, 3]]),
        (forms.handshakes, [[1, 2]]),
        (forms.handshakes, [[1, 2, 3], 4]),
        (forms.order, ["A", "A"]),
        (forms.order, ["A", 1]),
        (forms.order, "1 2"),
        (forms.number, "one"),
        (forms.number, "foo 1"),
        (forms.number, "1 2"),
        (forms.sequence, "1:"),
        (forms.address, 192),
        (forms.address, "web"),
        (forms.clock, "noon"),
        (forms.flags, "S,."),
        (forms.flags, ""),
        (forms.flags, "接続要求"),
        (forms.flags, "SYN ではない ACK"),
        (forms.flag_names, "S"),
        (forms.flag_names, "[S.]"),
        (forms.flag_names, "SIN"),
    ],
)
def test_not_understood(form: forms.Form, written: object) -> None:
    said = form(written)
    assert isinstance(said, Message)
    for language in LANGUAGES:
        assert said.text(language)


@pytest.mark.parametrize("form", ALL)
def test_a_number_too_long_to_print(form: forms.Form) -> None:
    for written in (1 << 400_000, [1 << 400_000]):
        said = form(written)
        assert isinstance(said, Message)
        assert len(str(said)) < 200


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.times()
    | st.datetimes()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=8,
)


@given(st.sampled_from(ALL), VALUES)
def test_any_value_is_understood_or_told(form: forms.Form, value: object) -> None:
    forms.is_empty(value)
    found = form(value)
    if isinstance(found, Message):
        assert all(found.text(language) for language in LANGUAGES)
    else:
        assert type(found) in (int, str, tuple, frozenset)


@given(st.sampled_from([forms.packet, forms.number, forms.port]), st.integers(0, 10**9 - 1))
def test_a_number_is_the_same_in_every_spelling(form: forms.Form, number: int) -> None:
    assert form(number) == form(str(number)) == form(f" {number} ") == number
