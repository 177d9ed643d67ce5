"""`tutor author`: a definition is begun, complained of, mended and looked at."""

import shutil
from pathlib import Path

import pytest

from lesson_engine import bundled
from lesson_engine.cli import main


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    copy = tmp_path / "exercises"
    shutil.copytree(bundled.exercises(), copy)
    return copy


def author(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["--lang", "en", "author", *words])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_new_exercise_is_complained_of_until_it_is_written(
    capsys: pytest.CaptureFixture[str], directory: Path
) -> None:
    where = ("--directory", str(directory))
    status, out, _ = author(capsys, "new", "exercise25", "--kind", "filter", *where)
    assert (status, "tutor author lint exercise25" in out) == (0, True)
    path = directory / "exercise25.toml"
    status, out, _ = author(capsys, "lint", "exercise25", *where)
    assert status == 1
    for key in ("title.ja", "task.en", "hints[2].en", "wrong[0].remark.ja", "solution"):
        assert f"exercise25  {key}" in out
    # Another exercise's words make it whole, but for its place in the course.
    whole = (directory / "exercise6.toml").read_text(encoding="utf-8").replace("exercise6", "exercise25")
    path.write_text(whole, encoding="utf-8")
    status, out, _ = author(capsys, "lint", "exercise25", *where)
    assert (status, out.count("✗")) == (1, 1)
    assert "course.toml" in out
    course = directory / "course.toml"
    text = course.read_text(encoding="utf-8")
    course.write_text(text.replace('"exercise20",', '"exercise20", "exercise25",', 1), encoding="utf-8")
    status, out, _ = author(capsys, "lint", "exercise25", *where)
    assert (status, "✓ exercise25" in out) == (0, True)


def test_an_existing_definition_is_never_overwritten(capsys: pytest.CaptureFixture[str], directory: Path) -> None:
    before = (directory / "exercise3.toml").read_bytes()
    status, _, err = author(capsys, "new", "exercise3", "--directory", str(directory))
    assert (status, "left as it is" in err) == (1, True)
    assert (directory / "exercise3.toml").read_bytes() == before


@pytest.mark.parametrize("kind", ["command", "reading"])
def test_every_kind_can_be_begun(capsys: pytest.CaptureFixture[str], directory: Path, kind: str) -> None:
    where = ("--directory", str(directory))
    assert author(capsys, "new", "exercise26", "--kind", kind, *where)[0] == 0
    status, out, _ = author(capsys, "lint", "exercise26", *where)
    assert (status, "exercise26  title.ja" in out) == (1, True)


def test_a_definition_that_cannot_be_read_is_told_of_with_the_others(
    capsys: pytest.CaptureFixture[str], directory: Path
) -> None:
    (directory / "exercise4.toml").write_text("format = 1\nid = !\n", encoding="utf-8")
    (directory / "exercise5.toml").write_bytes(b"\xff\xfe\x00")
    status, out, _ = author(
        capsys, "lint", "exercise4", "exercise5", "exercise3", "nowhere", "--directory", str(directory)
    )
    assert status == 1
    assert "line 2" in out
    assert "exercise5.toml" in out
    assert "nowhere.toml" in out
    assert "✓ exercise3" in out


def test_preview_shows_both_languages_and_every_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = author(capsys, "preview", "exercise5")
    assert status == 0
    for expected in ("HTTP か HTTPS の通信", "HTTP or HTTPS", "✓ 合格", "✗ not yet", "port-is-not-tcp", "Hints"):
        assert expected in out
    assert out.count("✗ not yet") == out.count("✗ まだです") == 7


@pytest.mark.parametrize(
    "words", [("old",), ("new",), ("new", "a", "b"), ("new", "../x"), ("new", "x", "--kind", "dance"), ("preview",)]
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    status, _, err = author(capsys, *words)
    assert (status, bool(err)) == (2, True)
