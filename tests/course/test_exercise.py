"""Reading definitions: every fault names the file and the key, in both languages."""

import os

import pytest

from lesson_engine import bundled
from lesson_engine.course.definition import ExerciseError
from lesson_engine.course.exercise import load_exercise, parse_exercise
from lesson_engine.course.questions import LAB_READS

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


LIVE = """
[live]
starter = "seen = ''"
solution = "seen = '{seen}'"
[live.task]
ja = "直す"
en = "mend it"
[[live.hints]]
ja = "見る"
en = "look"
"""


def with_lab_questions(*reads: str) -> str:
    """A [live] table that asks these things, each under its own name."""
    table = LIVE
    for each in reads:
        table += f'[[live.questions]]\nname = "{each.replace(".", "_")}"\nreads = "{each}"\n'
        table += '[live.questions.label]\nja = "問い"\nen = "a question"\n'
        if each.startswith("fault."):
            table += '[[live.questions.options]]\nvalue = "x"\nja = "ある"\nen = "there"\n'
    return table


@pytest.mark.parametrize(
    ("exercise_id", "table", "key"),
    [
        ("exercise2", "[live]\nwatch = 2\n", "live.watch"),
        ("exercise2", "[live]\nwatch = 0\n", "live.watch"),
        ("exercise2", "[live]\n", "live.watch"),
        ("exercise2", "[live]\nwatch = 1\ntask = 1\n", "live.task"),
        ("exercise1", "[live]\nwatch = 2\n", "live.watch"),
        ("exercise3", "[live]\nwatch = 1\n", "live"),
        ("exercise24", LIVE, "live.questions"),
        ("exercise24", with_lab_questions("before"), "live.questions[0].reads"),
        ("exercise24", with_lab_questions(*LAB_READS, "before"), "live.questions[6].name"),
        ("exercise24", with_lab_questions("symptom", *LAB_READS), "live.questions[0].reads"),
        ("exercise24", with_lab_questions(*LAB_READS).replace("[[live.hints]]", "[[live.hint]]"), "live.hints"),
    ],
)
def test_a_fault_in_what_the_lab_is_for_names_its_key(exercise_id: str, table: str, key: str) -> None:
    with open(os.path.join(bundled.exercises(), f"{exercise_id}.toml"), encoding="utf-8") as file:
        source = file.read()
    begin = source.find("\n[live]\n")
    if exercise_id == "exercise24":
        source = source[:begin] + table
    else:
        source = source.replace("\n[live]\nwatch = 1\n", "").replace("\n[live]\nwatch = 3\n", "") + "\n" + table
    with pytest.raises(ExerciseError) as caught:
        parse_exercise(source, f"{exercise_id}.toml")
    assert caught.value.key == key
    for language in ("ja", "en"):
        assert key in caught.value.message.text(language)


def test_a_form_for_the_lab_is_the_same_exercise_with_another_answer_file() -> None:
    recorded = load_exercise("exercise24", seed=7)
    live = recorded.as_live()
    assert (live.id, live.title, live.stars, live.seed) == (recorded.id, recorded.title, recorded.stars, 7)
    assert (recorded.answer_file, live.answer_file) == ("exercise24.toml", "exercise24-live.toml")
    assert {question.reads for question in live.questions} == set(LAB_READS)
    # The lab has the same addresses for everyone.
    assert live.live == load_exercise("exercise24").live
    with pytest.raises(ValueError, match="exercise3 has no live form"):
        load_exercise("exercise3").as_live()
    with pytest.raises(ValueError, match="exercise1 has no live form"):
        load_exercise("exercise1").as_live()


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
