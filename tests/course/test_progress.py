"""The progress store: it keeps what was passed, side by side and through kills, and refuses what it cannot read."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from lesson_engine.course.progress import Progress, ProgressError
from lesson_engine.course.verdict import Verdict
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Localized

SAID = Localized("", "")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Callable[[], Progress]]:
    """Opens the store of one workspace as often as it is called, and closes what was opened."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(Progress(Workspace(str(tmp_path)))))


def verdict(exercise: str, passed: bool) -> Verdict:
    return Verdict(exercise, passed, float(passed), SAID)


def test_a_passed_exercise_stays_passed(tmp_path: Path, store: Callable[[], Progress]) -> None:
    progress = store()
    assert progress.passed() == progress.tried() == set()
    assert list(tmp_path.iterdir()) == []
    progress.record(verdict("exercise3", False))
    assert (progress.passed(), progress.tried()) == (set(), {"exercise3"})
    progress.record(verdict("exercise3", True))
    progress.record(verdict("exercise3", False))
    assert progress.passed() == {"exercise3"}


def test_hints_go_up_one_rung_at_a_time_and_end(tmp_path: Path, store: Callable[[], Progress]) -> None:
    progress = store()
    assert progress.hints_taken("exercise3") == 0
    assert [progress.take_hint("exercise3", 3) for _ in range(5)] == [1, 2, 3, 3, 3]
    assert progress.hints_taken("exercise3") == 3


def test_writers_side_by_side_lose_nothing(tmp_path: Path, store: Callable[[], Progress]) -> None:
    def write(number: int) -> None:
        with closing(Progress(Workspace(str(tmp_path)))) as progress:
            progress.record(verdict(f"exercise{number}", True))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(1, 41)))
    assert len(store().passed()) == 40


def test_a_killed_writer_leaves_a_store_that_works(tmp_path: Path, store: Callable[[], Progress]) -> None:
    script = (
        "import sys\n"
        "from lesson_engine.course.progress import Progress\n"
        "from lesson_engine.course.verdict import Verdict\n"
        "from lesson_engine.course.workspace import Workspace\n"
        "from lesson_engine.messages import Localized\n"
        "progress = Progress(Workspace(sys.argv[1]))\n"
        "for number in range(100000):\n"
        "    progress.record(Verdict(f'exercise{number}', True, 1.0, Localized('', '')))\n"
        "    print(number, flush=True)\n"
    )
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.05)
            child.send_signal(signal.SIGKILL)
            written = [0, *(int(line) for line in child.stdout.read().split(b"\n")[:-1])]
        passed = store().passed()
        assert {f"exercise{number}" for number in written} <= passed


def test_a_newer_store_is_left_alone(tmp_path: Path, store: Callable[[], Progress]) -> None:
    path = tmp_path / "progress.sqlite3"
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(ProgressError, match="newer"):
        store().record(verdict("exercise3", True))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be taken for one" * 100, b"SQLite format 3\0junk"]
)
def test_a_damaged_store_is_kept_and_named(tmp_path: Path, store: Callable[[], Progress], content: bytes) -> None:
    path = tmp_path / "progress.sqlite3"
    path.write_bytes(content)
    for action in (lambda progress: progress.record(verdict("exercise3", True)), lambda progress: progress.passed()):
        with pytest.raises(ProgressError) as caught:
            action(store())
        assert str(path) in caught.value.message.text("ja")
    assert path.read_bytes() == content
