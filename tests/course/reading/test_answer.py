"""The learner's TOML: its faults are told by line, and no text is an exception or a pass."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.course.exercise import Exercise, load_exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.reading.answer import Written, read
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.verdict import Fault
from lesson_engine.messages import LANGUAGES

EXERCISES = [exercise for exercise in map(load_exercise, load_syllabus().exercises) if exercise.kind == "reading"]
_VALUES = """
true false 1.5 -1 inf nan 1e9 1979-05-27 07:32:00 1979-05-27T07:32:00Z 9999999999999999999999999999 '' '?' [] [[]] {}
{x=1} [1,'a'] [1,[2]] [true] [1.0] [0] [0,0,0] [[0,0,0]] [1,1,1,1] [{}] 'ｓｙｎ' 'nan' '\\u0007' '#' '##7' '-7' '7.0'
'1:2:3' 'S;' 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
"""
GARBAGE = _VALUES.split()
HUGE = ("9" * 5000, "0x" + "f" * 50_000, "[" * 5000 + "]" * 5000, '"' + "a" * 50_000 + '"', "[" + "1," * 30_000 + "]")


@pytest.mark.parametrize(
    ("answer", "line", "hint"),
    [
        ("flags = S.", 1, 'flags = "S."'),
        ("a = 1\nflags = [S.]", 2, 'flags = "[S.]"'),
        ('"[S]" = SYN  ', 1, '"[S]" = "SYN"'),
        ("source = 192.168.1.50", 1, 'source = "192.168.1.50"'),
        ("seq = 1:80\nack = 1", 1, 'seq = "1:80"'),
        ("syn ＝ 33", 1, "syn = 33"),
        ("syn\u3000= ３３", 1, "syn = 33"),
        ("flags = “S.”", 1, 'flags = "S."'),
        ("flags = ‘S.’", 1, "flags = 'S.'"),
        ("flags ＝ Ｓ.", 1, 'flags = "S."'),
        ("a = 1\nb 2\n", 2, None),
        ("a = 1\n\nb = ", 3, None),
        ("a = 1\na = 2", 2, None),
        ("flags = S.   # flags", 1, 'flags = "S."'),
        ("a = 'x", 1, None),
        ("a = " + "9" * 5000, 1, None),
    ],
)
def test_a_fault_names_its_line_and_how_to_mend_it(answer: str, line: int, hint: str | None) -> None:
    found = read(answer)
    assert isinstance(found, Fault)
    assert f"ine {line} " in str(found.message)
    start, end = found.span
    assert answer[start:end] == answer.split("\n")[line - 1]
    assert found.hint == hint
    if hint is not None:
        assert tomllib.loads(hint)


@given(st.text(max_size=80))
def test_any_text_is_read_or_a_fault(text: str) -> None:
    found = read(text)
    if isinstance(found, Fault):
        start, end = found.span
        assert 0 <= start <= end <= len(text)
        assert all(found.message.text(language) for language in LANGUAGES)
    else:
        assert found.values == tomllib.loads(text)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
@pytest.mark.parametrize("garbage", [*GARBAGE, *HUGE], ids=lambda text: text[:20])
def test_garbage_in_place_of_one_answer_never_passes(exercise: Exercise, garbage: str) -> None:
    solved = read(as_written(exercise, exercise.solution))
    assert isinstance(solved, Written)
    lines = as_written(exercise, exercise.solution).strip().split("\n")
    position = len(garbage) % len(lines)
    lines[position] = f"{lines[position].partition('=')[0]}= {garbage}"
    verdict = grade(exercise, "\n".join(lines))
    assert not verdict.passed
    for language in LANGUAGES:
        assert verdict.as_json(language)["summary"]


@given(st.sampled_from(EXERCISES), st.data())
def test_garbage_everywhere_gets_a_verdict(exercise: Exercise, data: st.DataObject) -> None:
    lines = [
        f'"{question.name}" = {data.draw(st.sampled_from(GARBAGE) | st.integers(-3, 400).map(str))}'
        for question in exercise.questions
    ]
    verdict = grade(exercise, "\n".join(lines))
    assert (verdict.passed, verdict.score) != (True, 1.0) or len(exercise.questions) == 1
    assert 0 <= verdict.score <= 1
    for language in LANGUAGES:
        verdict.as_json(language)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_each_answer_alone_passes_no_exercise_of_several(exercise: Exercise) -> None:
    lines = as_written(exercise, exercise.solution).strip().split("\n")
    for line in lines if len(lines) > 1 else ():
        verdict = grade(exercise, line)
        assert not verdict.passed
        assert 0 < verdict.score < 1


def test_a_misspelt_key_is_told() -> None:
    verdict = grade(load_exercise("exercise15"), "sin = 33\nsyn_ack = 34\nack = 35")
    assert not verdict.passed
    assert any("sin" in str(remark) and "syn" in str(remark) for remark in verdict.remarks)
