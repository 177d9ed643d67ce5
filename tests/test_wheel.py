"""The wheel carries exercises, notebooks and captures, and works in an empty directory without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("*.whl")
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(unpacked: Path, directory: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(unpacked),
        "TUTOR_WORKSPACE": str(directory / "w"),
        "TUTOR_LANG": "en",
    }
    script = "import sys, lesson_engine.cli as cli; print(cli.__file__, file=sys.stderr); sys.exit(cli.main())"
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_holds_the_data_and_nothing_of_the_tests(unpacked: Path) -> None:
    data = unpacked / "lesson_engine" / "_bundled"
    for directory in ("demos", "exercises", "notebooks", "sample_pcaps"):
        expected = {path.relative_to(ROOT / directory) for path in (ROOT / directory).rglob("*.*") if path.is_file()}
        expected = {path for path in expected if ".ipynb_checkpoints" not in path.parts}
        assert {path.relative_to(data / directory) for path in (data / directory).rglob("*.*")} >= expected != set()
    widgets = ROOT / "lesson_engine" / "notebook" / "widgets"
    shipped = unpacked / "lesson_engine" / "notebook" / "widgets"
    assert {path.name for path in shipped.iterdir()} >= {path.name for path in widgets.glob("*.[jc]s*")} != set()
    assert sorted(path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")) == ["lesson_engine"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["check", "exercise3", "--answer", "tcpdump host 192.168.1.100"], 0, "✓ passed"),
        (["check", "exercise15", "--answer", "syn = 1"], 1, "not yet"),
        (["tcpdump", "-nn", "-i", "eth0", "-c", "1", "port", "80"], 0, "Flags [S]"),
        (["start", "exercise1"], 0, "exercise1.sh"),
        ([], 0, "tutor start"),
    ],
)
def test_it_works_in_an_empty_directory(
    unpacked: Path, tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    done = run(unpacked, tmp_path, *words)
    assert done.stderr.splitlines()[0].startswith(str(unpacked))
    assert (done.returncode, said in done.stdout) == (status, True), done.stderr
