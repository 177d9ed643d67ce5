"""The author's lint: each thing that may be wrong with a definition is complained of, at its key."""

import os
import shutil

import pytest

from lesson_engine import bundled
from lesson_engine.course.exercise import Exercise, load_exercise, parse_exercise
from lesson_engine.course.lint import Complaint, lint, lint_course
from lesson_engine.course.mutants import mutants, references, unseen_mutants
from lesson_engine.course.scaffold import scaffold
from lesson_engine.filters import Filter
from lesson_engine.filters.lattice import compare
from lesson_engine.messages import LANGUAGES, Localized

with open(os.path.join(bundled.exercises(), "exercise7.toml"), encoding="utf-8") as _file:
    GOOD = _file.read()
with open(os.path.join(bundled.exercises(), "exercise2.toml"), encoding="utf-8") as _file:
    GOOD_COMMAND = _file.read()


def complaints(source: str, name: str = "exercise7") -> list[Complaint]:
    found = list(lint(parse_exercise(source, f"{name}.toml")))
    for complaint in found:
        assert all(complaint.message.text(language) for language in LANGUAGES)
    return found


def said(source: str, name: str = "exercise7") -> set[tuple[str, str]]:
    return {(complaint.key, complaint.message.key) for complaint in complaints(source, name)}


STARTER = 'starter = "sudo tcpdump -nn -i eth0"'
SOLUTION = "'tcp and not port 22'\"\nright"
WRONG = 'answer = "tcpdump tcp port 22"'


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('capture = "mix"', 'capture = "mixed"', "capture", "no_capture"),
        ('en = "All TCP but SSH"', 'en = "TODO"', "title.en", "unfinished"),
        ('en = "All TCP but SSH"', 'en = "SSH 以外"', "title.en", "not_english"),
        (STARTER, 'starter = "tcpdump tcp and not port 22"', "starter", "starter_passes"),
        (SOLUTION, SOLUTION.replace("22", "23"), "right[0]", "right_fails"),
        (SOLUTION, SOLUTION.replace("not", "nott"), "solution", "reference"),
        ('misconception = "own-ssh"', 'misconception = "own-shh"', "wrong[1]", "unknown_misconception"),
        ('misconception = "own-ssh"', 'misconception = "or-leaks"', "wrong[1]", "other_misconception"),
        (WRONG, 'answer = "tcpdump tcp and not tcp port 22"', "wrong[5]", "wrong_passes"),
        (WRONG, 'answer = "tcpdump tcp"', "wrong[5]", "other_misconception"),
        (WRONG, 'answer = "tcpdump tcp"', "wrong[5]", "remark_unseen"),
    ],
)
def test_what_is_wrong_is_complained_of(old: str, new: str, key: str, message: str) -> None:
    assert old in GOOD
    assert (key, f"author.{message}") in said(GOOD.replace(old, new, 1))


def test_a_text_that_was_not_translated_is_complained_of() -> None:
    same = Localized("Choose by host and port", "Choose by host and port")
    assert ("title.ja", "author.not_translated") in keys(exercise7()._replace(title=same))


def test_the_form_for_the_lab_is_held_to_the_same() -> None:
    exercise = load_exercise("exercise24")
    live = exercise.live
    assert live is not None
    form = live.form
    assert form is not None

    def with_form(**changes: object) -> set[tuple[str, str]]:
        return keys(exercise._replace(live=live._replace(form=form._replace(**changes))))  # type: ignore[arg-type]

    assert ("live.hints", "author.hints") in with_form(hints=form.hints[:2])
    assert ("live.task.en", "author.not_english") in with_form(task=Localized("直す", "直す"))
    assert ("live.starter", "author.live_keys") in with_form(starter='seen = ""\n')
    assert ("live.solution", "author.live_keys") in with_form(solution="# seen = {seen}\n")


def test_a_good_definition_has_no_complaint() -> None:
    assert complaints(GOOD) == []
    assert complaints(GOOD_COMMAND, "exercise2") == []


def exercise7() -> Exercise:
    return load_exercise("exercise7")


def keys(exercise: Exercise) -> set[tuple[str, str]]:
    return {(complaint.key, complaint.message.key) for complaint in lint(exercise)}


def test_hints_lead_in_three_different_steps_and_are_not_the_solution() -> None:
    exercise = exercise7()
    assert ("hints", "author.hints") in keys(exercise._replace(hints=exercise.hints[:2]))
    assert ("hints", "author.hints_alike") in keys(exercise._replace(hints=(exercise.hints[0],) * 3))
    given_away = Localized(f"{exercise.solution} です", f"It is {exercise.solution}")
    assert ("hints[2]", "author.hint_is_solution") in keys(exercise._replace(hints=(*exercise.hints[:2], given_away)))


def test_there_are_right_answers_and_wrong_ones() -> None:
    exercise = exercise7()
    assert ("right", "author.right_answers") in keys(exercise._replace(right=exercise.right[:2]))
    assert ("right", "author.right_answers") in keys(exercise._replace(right=(exercise.right[0],) * 4))
    assert ("wrong", "author.no_wrong_answers") in keys(exercise._replace(wrong=()))
    silent = exercise.wrong[0]._replace(remark=None)
    assert ("wrong[0]", "author.no_remark") in keys(exercise._replace(wrong=(silent,)))


def test_a_command_that_asks_for_nothing_named_has_no_label() -> None:
    exercise = load_exercise("exercise2")
    part = exercise.parts[0]._replace(wants={**exercise.parts[0].wants, "quiet": False})
    assert ("parts[0].wants.quiet", "author.no_option_label") in keys(exercise._replace(parts=(part,)))


# Mutants


def test_counts_that_hide_a_mistake_are_a_weakness() -> None:
    blind = exercise7()._replace(counts="tcp")
    found = [complaint for complaint in lint(blind) if complaint.message.key == "author.mutant_not_counted"]
    assert "not port 22" in {complaint.message.params["mutant"] for complaint in found}


def test_a_mistake_that_is_meant_to_pass_is_listed_as_right() -> None:
    blind = exercise7()._replace(counts="tcp", right=("tcpdump not port 22", *exercise7().right))
    assert "not port 22" not in {mutant for _, mutant, _ in unseen_mutants(blind)}


@pytest.mark.parametrize("expression", ["tcp and not port 22", "src net 10.0.0.0/8 and tcp dst port 80", "icmp"])
def test_mutants_are_many_and_differ_in_text(expression: str) -> None:
    reference = Filter(expression)
    made = [str(mutant) for mutant in mutants(reference)]
    assert len(made) == len({*made}) >= 2
    differing = [text for text in made if compare(Filter(text), reference).relation != "equivalent"]
    assert len(differing) >= len(made) // 2


def test_every_filter_of_the_course_is_a_reference_with_mutants() -> None:
    lines = [line for _, _, line, _ in references(load_exercise("exercise13"))]
    assert len(lines) == 6
    assert [key for key, *_ in references(load_exercise("exercise7"))] == ["solution"]


# Directories


def test_a_directory_is_held_to_its_syllabus(tmp_path: os.PathLike[str]) -> None:
    directory = os.path.join(tmp_path, "exercises")
    shutil.copytree(bundled.exercises(), directory)
    assert list(lint_course(directory)) == []
    os.unlink(os.path.join(directory, "exercise7.toml"))
    for name in ("exercise25.toml", "notes.txt"):
        with open(os.path.join(directory, name), "w", encoding="utf-8"):
            pass
    assert {(each.exercise, each.message.key) for each in lint_course(directory)} == {
        ("exercise7", "author.no_such_file"),
        ("exercise25", "author.not_in_course"),
        ("notes.txt", "author.stray_file"),
    }


@pytest.mark.parametrize("kind", ["filter", "command", "reading"])
def test_a_scaffold_can_be_read_and_is_complained_of_item_by_item(kind: str) -> None:
    source = scaffold("exercise25", kind)  # type: ignore[arg-type]
    found = complaints(source, "exercise25")
    assert len(found) >= 10
    finished = source.replace("TODO", "x")
    assert len(complaints(finished, "exercise25")) < len(found) or kind != "filter"
