"""Grading fails closed: whatever the answer's text, there is a verdict, and only right ones pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.syllabus import load_syllabus

EXERCISES = [load_exercise(each) for each in load_syllabus().exercises]
LINES = """
tcpdump sudo -i eth0 -nn -c 3 -D -r -w x.pcap host src dst net port 192.168.1.100 192.168.1.0/24 22 80 tcp udp icmp and
or not ( ) ' " \\ $x `id` > < | & ; ! # tcp[13] = 2 syn = 33 syn_ack ack [ ] { } 日本 which
"""
WORDS = ["\n", *LINES.split()]


@given(st.sampled_from(EXERCISES), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_words_get_a_verdict(exercise: object, answer: str) -> None:
    verdict = grade(exercise, answer)  # type: ignore[arg-type]
    assert 0 <= verdict.score <= 1
    assert verdict.passed == (verdict.score == 1)
    for language in ("ja", "en"):
        assert verdict.as_json(language)["summary"]


@given(st.sampled_from(EXERCISES), st.text(max_size=60))
def test_any_text_gets_a_verdict(exercise: object, answer: str) -> None:
    assert not grade(exercise, answer).passed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "misconception"),
    [
        ("tcpdump host 192.168.1.10", "other-value"),
        ("tcpdump (host 192.168.1.100)", "unquoted"),
        ("tcpdump ip.addr == 192.168.1.100", "display-filter"),
        ("tcpdump tcp host 192.168.1.100", "proto-host"),
        ("tcpdump host 192.168.1.100/24", "range-or-mask"),
        ("tcpdump HOST 192.168.1.100", "proto-host"),
        ("tcpdump host 192.168.1.100 and 80", "number-became-host"),
        ("tcpdump udp and host 192.168.1.100", "extra-condition"),
    ],
)
def test_the_misconception_behind_an_answer_that_no_definition_lists(answer: str, misconception: str) -> None:
    verdict = grade(load_exercise("exercise3"), answer)
    assert (verdict.passed, verdict.misconception) == (False, misconception)


def test_what_the_task_does_not_state_fails_no_one() -> None:
    assert grade(load_exercise("exercise3"), "tcpdump ip host 192.168.1.100").passed
    assert grade(load_exercise("exercise7"), "tcpdump ip proto 6 and not port 22").passed
