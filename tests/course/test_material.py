"""What is shown beside a task, on the screen and in the answer file."""

import tomllib

import pytest

from lesson_engine.course.answers import starter
from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.grading import as_written, grade
from lesson_engine.course.material import material
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.messages import LANGUAGES, Language

EXERCISES = [load_exercise(each) for each in load_syllabus().exercises]
READING = [each for each in EXERCISES if each.kind == "reading"]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_only_reading_exercises_have_any(exercise: object) -> None:
    shown = material(exercise)  # type: ignore[arg-type]
    assert not shown or exercise in READING
    assert all("\n" not in line for line in shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", READING, ids=lambda each: each.id)
def test_the_answer_file_is_toml_that_asks_every_question(exercise: object, language: Language) -> None:
    text = starter(exercise, language)  # type: ignore[arg-type]
    assert [*tomllib.loads(text)] == [question.name for question in exercise.questions]  # type: ignore[attr-defined]
    assert not grade(exercise, text).passed  # type: ignore[arg-type]
    for question in exercise.questions:  # type: ignore[attr-defined]
        assert question.label.text(language) in text
        for option in question.options:
            assert f"#   {option.value} " in text
            assert option.label.text(language) in text
    assert all(line.strip() in text for line in material(exercise))  # type: ignore[arg-type]


def test_blanks_are_hidden_in_both_listings() -> None:
    exercise = load_exercise("exercise18")
    values = tomllib.loads(as_written(exercise, exercise.solution))
    shown = material(exercise)
    assert "-S" in shown
    for name in "abcdefg":
        assert sum(f"[{name}]" in line for line in shown) == 1
    # Each of these stands in no line as the answer to its own question: it has to be worked out.
    for name, line in (("a", 1), ("c", 4), ("e", 8)):
        assert f"ack {values[name]}," not in shown[line]
        assert f"ack {values[name]}," not in shown[shown.index("-S") + 1 + line]


def test_the_short_list_has_packets_that_match_and_others() -> None:
    exercise = load_exercise("exercise9")
    shown = material(exercise)
    start = shown.index("second   tcpdump -nn 'port 80 and host 192.168.1.51 or host 192.168.1.100'")
    numbers = {int(line[:5]) for line in shown[start + 1 :]}
    right = tomllib.loads(as_written(exercise, "second = {second}"))["second"]
    assert {*right} < numbers


def test_learners_with_seeds_see_their_own_lines() -> None:
    seen = {tuple(material(load_exercise("exercise17", seed))) for seed in (None, 1, 2, 3)}
    assert len(seen) == 4
