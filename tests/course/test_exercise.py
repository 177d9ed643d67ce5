"""Reading definitions: every fault names the file and the key, in both languages."""

import os

import pytest

from lesson_engine import bundled
from lesson_engine.course.definition import ExerciseError
from lesson_engine.course.exercise import load_exercise, parse_exercise

with open(os.path.join(bundled.exercises(), "exercise3.toml"), encoding="utf-8") as _file:
    GOOD = _file.read()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("format = 1", "format = 2", "format"),
        ("format = 1", "", "format"),
        ('id = "exercise3"', 'id = "exercise4"', "id"),
        ('kind = "filter"', 'kind = "filtre"', "kind"),
        ("stars = 1", "stars = 9", "stars"),
        ("stars = 1", 'stars = "1"', "stars"),
        ("stars = 1", "stars = true", "stars"),
        ('capture = "mix"', 'capture = " "', "capture"),
        ("[title]\nja = ", "[title]\njp = ", "title.jp"),
        ('misconception = "one-direction"', "misconception = 7", "wrong[0].misconception"),
        ("stars = 1", "stars = 1\nstar = 1", "star"),
        ("stars = 1", "stars = 1\nwants = { interfaec = 'eth0' }", "wants.interfaec"),
        ("right = [", "right = [ 3,", "right[0]"),
        ('counts = "ip or ip6"', 'counts = "ip orr ip6"', "counts"),
    ],
)
def test_a_fault_names_file_and_key(old: str, new: str, key: str) -> None:
    assert old in GOOD
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(GOOD.replace(old, new, 1), "course/exercise3.toml")
    error = caught.value
    assert (error.file, error.key) == ("course/exercise3.toml", key)
    for language in ("ja", "en"):
        assert "exercise3.toml" in error.message.text(language)
        assert key in error.message.text(language)


def test_what_is_not_toml_names_the_line() -> None:
    with pytest.raises(ExerciseError, match=r"exercise3\.toml.*line 2"):
        parse_exercise("format = 1\nid = !\n", "exercise3.toml")


@pytest.mark.parametrize(
    ("typed", "meant"), [("exercise33", "exercise3"), ("excercise7", "exercise7"), ("15", "exercise15")]
)
def test_a_near_id_is_suggested(typed: str, meant: str) -> None:
    with pytest.raises(ExerciseError, match=f"Did you mean {meant}"):
        load_exercise(typed)


@pytest.mark.parametrize("typed", ["../course", "/etc/passwd", "", "course"])
def test_an_id_is_never_a_path(typed: str) -> None:
    with pytest.raises(ExerciseError):
        load_exercise(typed)
