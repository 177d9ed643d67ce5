"""Grading fails closed: whatever the answer's text, there is a verdict, and only right ones pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import grade
from lesson_engine.course.report import report
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.messages import Message
from lesson_engine.views.text import plain

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


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("exercise3", "tcpdump src or dst host 192.168.1.100"),
        ("exercise3", "sudo tcpdump -n -i eth0 host 192.168.1.100"),
        ("exercise5", "tcpdump -nn tcp port 80 or 443"),
        ("exercise6", "tcpdump -n 'port 3306 and host 192.168.1.51'"),
        ("exercise11", "tcpdump 'not host 192.168.1.50 and not 192.168.1.51'"),
        ("exercise12", "tcpdump 'tcp dst port 80 or 443 and src net 192.168.1.0/24 and not host 192.168.1.51'"),
    ],
)
def test_what_is_no_fault_is_accepted_and_advised(exercise: str, answer: str) -> None:
    verdict = grade(load_exercise(exercise), answer)
    assert (verdict.passed, verdict.misconception, verdict.relation) == (True, None, "equivalent")


@pytest.mark.parametrize(
    ("exercise", "answer", "misconceptions"),
    [
        ("exercise5", "tcpdump tcp port 443 or port 80", ("port-is-not-tcp", "or-leaks")),
        (
            "exercise12",
            "tcpdump 'src net 192.168.1.0/24 and (tcp dst port 443 or dst port 80) and not host 192.168.1.51'",
            ("port-is-not-tcp", "or-leaks"),
        ),
    ],
)
def test_where_two_misconceptions_explain_an_answer_the_learner_is_asked(
    exercise: str, answer: str, misconceptions: tuple[str, str]
) -> None:
    verdict = grade(load_exercise(exercise)._replace(wrong=()), answer)
    asked, *told = verdict.remarks
    assert isinstance(asked, Message)
    assert asked.key == "course.which_belief"
    assert [asked.params[each].key for each in ("one", "other")] == [  # type: ignore[attr-defined]
        f"misconceptions.question.{each}" for each in misconceptions
    ]
    assert verdict.misconception == misconceptions[0]
    assert len(told) >= 2


def test_two_mistakes_at_once_are_both_told_and_nothing_is_asked() -> None:
    verdict = grade(load_exercise("exercise7")._replace(wrong=()), "tcpdump tcp or not dst port 22")
    keys = [remark.key for remark in verdict.remarks if isinstance(remark, Message)]
    assert "course.which_belief" not in keys
    assert {"misconceptions.or_for_both", "misconceptions.one_direction"} <= {*keys}


def test_ecn_is_reported_apart() -> None:
    exercise = load_exercise("exercise19")
    exact = grade(exercise, "tcpdump 'tcp[13] = 2'")
    assert ([part.passed for part in exact.parts], exact.score) == ([True, False], 0.5)
    both = grade(exercise, "tcpdump 'tcp[13] & 2 != 0'")
    assert ([part.passed for part in both.parts], both.score) == ([False, False], 0.0)
    right = grade(exercise, exercise.solution)
    assert ([part.passed for part in right.parts], right.score) == ([True, True], 1.0)


def test_an_answer_that_fits_only_the_packets_in_sight_is_caught() -> None:
    # Every packet of the capture to or from this host that is MySQL has one of these two ports.
    fitted = "tcpdump host 192.168.1.51 and 'port 40000 or (host 192.168.1.51 and port 3306 and port 57374)'"
    verdict = grade(load_exercise("exercise6"), fitted)
    assert not verdict.passed
    assert verdict.proofs


@pytest.mark.parametrize("exercise", ["exercise3", "exercise6", "exercise10"])
@pytest.mark.parametrize("option", ["-D", "--version", "-h", "-d", "-F x", "--count", "-Q out", "-w x.pcap"])
def test_a_right_filter_whose_packets_are_not_shown_does_not_pass(exercise: str, option: str) -> None:
    definition = load_exercise(exercise)
    answer = definition.solution.replace("tcpdump", f"tcpdump {option}", 1)
    verdict = grade(definition, answer)
    assert not verdict.passed
    # tcpdump does not read on behind these two.
    assert verdict.score == (0.0 if option in ("-h", "--version") else 0.5)
    assert verdict.misconception in {"extra-option", "silent-w", "one-direction"}


def test_what_is_true_of_several_parts_is_said_once() -> None:
    exercise = load_exercise("exercise15")
    verdict = grade(exercise, "syn = 1\nsyn_ack = 2\nack = 3")
    remark = verdict.remarks[0].text("en")
    assert [part.remark.text("en") for part in verdict.parts if part.remark] == [remark] * 3
    shown = " ".join(plain(report(verdict, exercise, "en")).split())
    assert shown.count(remark) == 1
    assert shown.count("filtered-numbers") == 1
