"""The learner's copies of the lessons: made once, never written to again, and beside them what has changed since."""

import json
import shutil
from pathlib import Path

import pytest

from lesson_engine import bundled
from lesson_engine.course.lesson_copies import copy_lessons
from lesson_engine.course.lessons import LessonError, lesson_paths, lessons, load_lesson
from lesson_engine.course.workspace import Workspace, WorkspaceError


@pytest.fixture
def originals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bundled notebooks, where the test may change them."""
    folder = tmp_path / "bundled"
    shutil.copytree(bundled.notebooks(), folder)
    monkeypatch.setattr(bundled, "notebooks", lambda: str(folder))
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(str(tmp_path / "workspace"))


def change(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    document["cells"][1]["source"].append("\n\nnew")
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def content(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_copies_are_the_lessons_and_are_made_once(workspace: Workspace) -> None:
    copies = copy_lessons(workspace, "ja")
    assert [Path(copy.path).name for copy in copies] == [Path(path).name for path in lesson_paths("ja")]
    assert all(copy.is_new and copy.older is None for copy in copies)
    for copy, lesson in zip(copies, lessons("ja"), strict=True):
        document = json.loads(Path(copy.path).read_text(encoding="utf-8"))
        assert ["".join(cell["source"]) for cell in document["cells"]] == [cell.source for cell in lesson.cells]
        assert document["metadata"]["tutor"]["lesson"] == lesson.number
    before = content(workspace.notebooks + "/ja")
    assert not any(copy.is_new for copy in copy_lessons(workspace, "ja"))
    assert content(workspace.notebooks + "/ja") == before


def test_what_the_learner_wrote_stays_and_a_new_version_comes_beside(originals: Path, workspace: Workspace) -> None:
    mine = Path(copy_lessons(workspace, "en")[0].path)
    document = json.loads(mine.read_text(encoding="utf-8"))
    document["cells"].append({"cell_type": "markdown", "id": "mine", "metadata": {}, "source": ["my notes"]})
    mine.write_text(json.dumps(document), encoding="utf-8")
    noted = mine.read_bytes()
    assert copy_lessons(workspace, "en")[0].path == str(mine)

    change(originals / "en" / "01-story.ipynb")
    first, *others = copy_lessons(workspace, "en")
    assert (Path(first.path).name, first.is_new, first.older) == ("01-story-2.ipynb", True, str(mine))
    assert not any(copy.is_new for copy in others)
    assert not copy_lessons(workspace, "en")[0].is_new
    assert mine.read_bytes() == noted

    change(originals / "en" / "01-story.ipynb")
    again = copy_lessons(workspace, "en")[0]
    assert (Path(again.path).name, again.older) == ("01-story-3.ipynb", first.path)
    assert mine.read_bytes() == noted


@pytest.mark.parametrize("damage", [b"", b"not json", b"{}", b"[]", b'{"metadata": {"tutor": 1}}', b"\xff\xfe"])
def test_a_file_that_is_no_copy_is_kept_and_the_lesson_comes_beside(workspace: Workspace, damage: bytes) -> None:
    path = Path(copy_lessons(workspace, "en")[0].path)
    path.write_bytes(damage)
    copy = copy_lessons(workspace, "en")[0]
    assert (Path(copy.path).name, copy.is_new) == ("01-story-2.ipynb", True)
    assert path.read_bytes() == damage


def test_a_deleted_copy_is_made_again_and_a_dangling_link_is_left(workspace: Workspace) -> None:
    path = Path(copy_lessons(workspace, "en")[0].path)
    path.unlink()
    assert copy_lessons(workspace, "en")[0] == (str(path), True, None)
    path.unlink()
    path.symlink_to("nowhere")
    assert Path(copy_lessons(workspace, "en")[0].path).name == "01-story-2.ipynb"
    assert path.is_symlink()


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError):
        copy_lessons(Workspace(str(tmp_path / "file")), "ja")


@pytest.mark.parametrize("number", [0, 8, -1])
def test_there_are_as_many_lessons_as_there_are(number: int) -> None:
    with pytest.raises(LessonError, match="1 to 7"):
        load_lesson(number, "en")
