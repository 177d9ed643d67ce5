"""The workspace: nothing the learner made is overwritten, and every refusal says which file and what to do."""

import os
from pathlib import Path

import pytest

from lesson_engine.course.answers import ANSWER_LIMIT, answer_path, read_answer, starter, write_starter
from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.workspace import Workspace, WorkspaceError, workspace_path

EXERCISE = load_exercise("exercise3")


def test_a_starter_is_the_task_in_comments_and_the_line_to_complete(tmp_path: Path) -> None:
    workspace = Workspace(str(tmp_path / "new" / "place"))
    assert write_starter(workspace, EXERCISE, "en")
    text = read_answer(workspace, EXERCISE)
    assert text == starter(EXERCISE, "en")
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == [EXERCISE.starter]
    assert os.listdir(workspace.answers) == ["exercise3.sh"]


@pytest.mark.parametrize("existing", ["sudo tcpdump host 192.168.1.100\n", ""])
def test_an_existing_answer_is_kept(tmp_path: Path, existing: str) -> None:
    workspace = Workspace(str(tmp_path))
    path = Path(answer_path(workspace, EXERCISE))
    path.parent.mkdir()
    path.write_text(existing)
    assert not write_starter(workspace, EXERCISE, "ja")
    assert path.read_text() == existing


def test_a_dangling_link_is_kept_too(tmp_path: Path) -> None:
    workspace = Workspace(str(tmp_path))
    path = Path(answer_path(workspace, EXERCISE))
    path.parent.mkdir()
    path.symlink_to(tmp_path / "nowhere")
    assert not write_starter(workspace, EXERCISE, "ja")
    assert path.is_symlink()


def _directory(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _binary(path: Path) -> None:
    path.write_bytes(b"tcpdump \xff\xfe")


def _huge(path: Path) -> None:
    path.write_bytes(b"#" * (ANSWER_LIMIT + 1))


def _nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize("make", [_directory, _loop, _pipe, _binary, _huge, _nothing])
def test_what_cannot_be_an_answer_is_refused_with_its_path(tmp_path: Path, make: object) -> None:
    workspace = Workspace(str(tmp_path))
    path = Path(answer_path(workspace, EXERCISE))
    path.parent.mkdir()
    assert callable(make)
    make(path)
    with pytest.raises(WorkspaceError) as caught:
        read_answer(workspace, EXERCISE)
    for language in ("ja", "en"):
        assert str(path) in caught.value.message.text(language)


def test_a_workspace_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="--workspace"):
        write_starter(Workspace(str(tmp_path / "file" / "below")), EXERCISE, "en")


def test_where_the_workspace_is() -> None:
    home = os.path.expanduser("~")
    assert workspace_path({"TUTOR_WORKSPACE": "here"}) == "here"
    assert workspace_path({"XDG_DATA_HOME": "/data"}) == "/data/tutor"
    assert workspace_path({"XDG_DATA_HOME": "not/absolute"}) == f"{home}/.local/share/tutor"
    assert workspace_path({}) == f"{home}/.local/share/tutor"
