"""The learner's answer files: made once from the exercise's starter, read for grading, never overwritten.

An answer to a filter or command exercise is a shell file with the real command; to a reading exercise, a
small TOML file.
"""

import os
import stat
from itertools import count

from lesson_engine.course.exercise import Exercise
from lesson_engine.course.material import material
from lesson_engine.course.workspace import Workspace, WorkspaceError
from lesson_engine.messages import Language, Message
from lesson_engine.messages.cells import pad
from lesson_engine.views.text import escape_controls

ANSWER_LIMIT = 64 * 1024
"""Bytes; an answer file larger than this is something else put in its place."""

_LABELS = 24
"""The column in which questions stand behind the lines that answer them."""


def answer_path(workspace: Workspace, exercise: Exercise) -> str:
    """Where the answer file of `exercise` lies, or will lie."""
    return os.path.join(workspace.answers, exercise.answer_file)


def answer_paths(workspace: Workspace, exercise: Exercise) -> list[str]:
    """Where the answers to all forms of `exercise` lie, or will lie."""
    forms = [exercise]
    if exercise.live is not None and exercise.live.form is not None:
        forms.append(exercise.as_live())
    return [answer_path(workspace, form) for form in forms]


def starter(exercise: Exercise, language: Language) -> str:
    """What a new answer file holds: the task as comments, and what it is about; then the lines to complete, each
    question with its options. Raises SavefileError or OSError where a capture that is to be shown cannot be read."""
    said = [f"{exercise.id}  {exercise.title.text(language)}", "", *exercise.task.text(language).split("\n"), ""]
    if shown := material(exercise):
        said += [*map(escape_controls, shown), ""]
    said.append(Message("course.starter_how", id=exercise.id).text(language))
    lines = [line for each in exercise.starter.strip().split("\n") for line in _explained(each, exercise, language)]
    return "\n".join([*map(_comment, said), "", "\n".join(lines).strip()]) + "\n"


def _explained(line: str, exercise: Exercise, language: Language) -> list[str]:
    """A line of the starter, with its question behind it, or the question and its options before it."""
    key = line.partition("=")[0].strip().strip("\"'")
    question = next((question for question in exercise.questions if question.name == key), None)
    label = question.label.text(language) if question else ""
    if question is None or label == key:
        return [line]
    if not question.options:
        return [f"{pad(line, _LABELS)}{_comment(label)}"]
    width = max(len(option.value) for option in question.options) + 3
    options = [f"  {option.value:{width}}{option.label.text(language)}" for option in question.options]
    return ["", _comment(label), *map(_comment, options), line]


def _comment(text: str) -> str:
    return f"# {text}".rstrip()


def write_starter(workspace: Workspace, exercise: Exercise, language: Language) -> bool:
    """Writes the answer file unless there is one; returns whether it did. Raises WorkspaceError."""
    return workspace.add(answer_path(workspace, exercise), starter(exercise, language).encode())


def write_answer(workspace: Workspace, exercise: Exercise, text: str, known: str | None) -> str | None:
    """Puts `text` into the answer file. If that holds neither it nor what its writer knew to be there, what it holds is
    kept beside it first; returns the path where it lies now, else None.

    Raises WorkspaceError, and then the file is as it was.
    """
    path = answer_path(workspace, exercise)
    content = text.encode("utf-8", "replace")
    if workspace.add(path, content):
        return None
    there = answer_bytes(workspace, exercise)
    if there == content:
        return None
    kept = None
    if known is None or there != known.encode("utf-8", "replace"):
        places = (f"{path}.{number}.kept" for number in count(1))
        kept = next(place for place in places if workspace.add(place, there))
    workspace.replace(path, content)
    return kept


def read_answer(workspace: Workspace, exercise: Exercise) -> str:
    """The text of the answer file. Raises WorkspaceError if there is none, or it cannot be an answer."""
    return answer_text(workspace, exercise, answer_bytes(workspace, exercise))


def answer_bytes(workspace: Workspace, exercise: Exercise) -> bytes:
    """What the answer file holds, at most a byte more than the limit. Raises WorkspaceError if there is none."""
    path = answer_path(workspace, exercise)
    try:
        # A pipe or a device in the file's place would make reading wait for ever.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise _fault("answer_not_a_file", path, exercise)
        with open(path, "rb") as file:
            return file.read(ANSWER_LIMIT + 1)
    except FileNotFoundError as error:
        raise _fault("answer_missing", path, exercise) from error
    except WorkspaceError:
        raise
    except OSError as error:
        raise _fault("answer_unreadable", path, exercise, fault=error.strerror) from error


def answer_text(workspace: Workspace, exercise: Exercise, content: bytes) -> str:
    """The text of an answer file with this content. Raises WorkspaceError if it cannot be an answer."""
    path = answer_path(workspace, exercise)
    if len(content) > ANSWER_LIMIT:
        raise _fault("answer_too_long", path, exercise, limit=ANSWER_LIMIT // 1024)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault("answer_not_utf8", path, exercise, offset=error.start) from error


def _fault(what: str, path: str, exercise: Exercise, **params: object) -> WorkspaceError:
    return WorkspaceError(Message(f"course.{what}", path=path, id=exercise.id, **params))
