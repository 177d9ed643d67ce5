"""Questions of definitions: every fault names the file and the key."""

import os

import pytest

from lesson_engine import bundled
from lesson_engine.course.definition import ExerciseError
from lesson_engine.course.exercise import load_exercise, parse_exercise
from lesson_engine.course.grading import as_written, grade


def definition(name: str) -> str:
    with open(os.path.join(bundled.exercises(), f"{name}.toml"), encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("exercise15", 'reads = "handshake.syn"', 'reads = "handshake.sin"', "questions[0].reads"),
        ("exercise15", 'of = "host', 'of = "hots', "questions[0].of"),
        ("exercise15", 'name = "syn_ack"', 'name = "syn"', "questions[1].name"),
        ("exercise15", 'name = "syn_ack"', 'name = "syn_ack"\nnmae = "x"', "questions[1].nmae"),
        ("exercise15", 'ja = "SYN"\n', "", "questions[0].label.ja"),
        ("exercise21", 'capture = "b"', 'capture = "e"', "questions[2].capture"),
        ("exercise21", 'd = "no_answer"', "d = 4", "captures.d"),
        ("exercise23", 'against = "server"', 'against = "sever"', "questions[0].against"),
        ("exercise22", "right = true", "right = false", "questions[2].options"),
        (
            "exercise22",
            'value = "kernel"',
            'value = "kernel"\nmisconcpetion = "x"',
            "questions[2].options[1].misconcpetion",
        ),
        ("exercise22", 'value = "kernel"\nja = ', 'value = "kernel"\njp = ', "questions[2].options[1].ja"),
    ],
)
def test_a_fault_names_file_and_key(name: str, old: str, new: str, key: str) -> None:
    source = definition(name)
    assert old in source
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(source.replace(old, new, 1), f"course/{name}.toml")
    assert (caught.value.file, caught.value.key) == (f"course/{name}.toml", key)
    for language in ("ja", "en"):
        assert f"{name}.toml" in caught.value.message.text(language)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("exercise15", "host 192.168.1.51 and tcp port 80", "udp"),
        ("exercise8", "tcp[tcpflags] = tcp-push|tcp-ack and (port 80 or port 3306)", "udp"),
        ("exercise14", 'of = "tcp[tcpflags] = tcp-syn"', 'of = "icmp"'),
        ("exercise9", "tcp and port 80 or udp and port 53", "port 54321"),
        ("exercise16", "host 192.168.1.51 and tcp", "host 10.0.0.1"),
        ("exercise17", 'of = "tcp"', 'of = "udp"'),
        ("exercise18", 'of = "tcp[tcpflags] = tcp-syn|tcp-ack"', 'of = "udp"'),
        ("exercise21", 'of = "tcp or icmp"', 'of = "udp"'),
        ("exercise21", 'value = "silent"', 'value = "quiet"'),
    ],
)
def test_a_capture_that_answers_nothing_is_a_fault_and_never_a_pass(name: str, old: str, new: str) -> None:
    source = definition(name)
    assert old in source
    exercise = parse_exercise(source.replace(old, new), f"{name}.toml")
    solution = as_written(load_exercise(name), exercise.solution)
    with pytest.raises(ExerciseError, match=name):
        grade(exercise, solution)


def test_a_capture_goes_by_the_name_that_the_task_uses() -> None:
    assert dict(load_exercise("exercise23").captures) == {"client": "lost_reply_client", "server": "lost_reply_server"}
    assert dict(load_exercise("exercise15").captures) == {"mix": "mix"}
