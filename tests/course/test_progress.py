"""The progress store: it keeps what was passed, side by side and through kills, and refuses what it cannot read."""

import json
import os
import random
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

from lesson_engine.course.progress import Progress, ProgressError, learner_seed
from lesson_engine.course.seeding import seed_of_name
from lesson_engine.course.store import MIGRATIONS
from lesson_engine.course.transfer import TransferError
from lesson_engine.course.verdict import Verdict
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Localized, Message

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


WRITER = (
    "import sys\n"
    "from lesson_engine.course.progress import Progress\n"
    "from lesson_engine.course.verdict import Verdict\n"
    "from lesson_engine.course.workspace import Workspace\n"
    "from lesson_engine.messages import Localized\n"
    "for number in range(100000):\n"
    "    exercise = f'exercise{sys.argv[2]}-{number}'\n"
    "    progress = Progress(Workspace(sys.argv[1]))\n"
    "    progress.record(Verdict(exercise, number % 2 == 0, 1.0, Localized('', ''), answer='host ' * 50))\n"
    "    if number % 3:\n"
    "        progress.close()\n"
    "    print(exercise, flush=True)\n"
)


def test_killed_writers_lose_nothing_that_they_were_told_is_written(
    tmp_path: Path, store: Callable[[], Progress]
) -> None:
    """Many processes write side by side and are killed one after another, each at a moment of its own."""
    moments = random.Random(7)
    acknowledged: list[str] = []
    for generation in range(4):
        with ExitStack() as running:
            writers = [
                running.enter_context(
                    subprocess.Popen(
                        [sys.executable, "-c", WRITER, str(tmp_path), f"{generation}-{number}"], stdout=subprocess.PIPE
                    )
                )
                for number in range(4)
            ]
            for writer in writers:
                assert writer.stdout is not None
                acknowledged.append(writer.stdout.readline().decode().rstrip("\n"))
            for writer in writers:
                time.sleep(moments.uniform(0, 0.08))
                writer.send_signal(signal.SIGKILL)
            for writer in writers:
                assert writer.stdout is not None
                # The last line may be cut: then nobody was told.
                acknowledged += writer.stdout.read().decode().split("\n")[:-1]
        with closing(sqlite3.connect(tmp_path / "progress.sqlite3")) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(acknowledged) >= 16
    assert {*acknowledged} <= store().tried()
    assert {each for each in acknowledged if int(each.rpartition("-")[2]) % 2 == 0} <= store().passed()


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


# What an attempt keeps


def test_an_attempt_keeps_what_was_tried(store: Callable[[], Progress]) -> None:
    progress = store()
    answer = "# a comment\n\nsudo tcpdump src host 192.168.1.100\n  # another\n"
    progress.record(verdict("exercise3", False)._replace(answer=answer, misconception="one-direction", score=0.25))
    progress.record(verdict("exercise3", True)._replace(answer="\udce3\x00" + "x" * 5000))
    first, second = progress.attempts()
    assert (first.exercise, first.passed, first.score) == ("exercise3", False, 0.25)
    assert (first.misconception, first.answer) == ("one-direction", "sudo tcpdump src host 192.168.1.100")
    assert (second.answer[:3], len(second.answer)) == ("?\x00x", 2000)


def test_a_reset_begins_anew_and_keeps_the_history(store: Callable[[], Progress]) -> None:
    progress = store()
    assert progress.reset("exercise3") == 0
    for exercise in ("exercise3", "exercise3", "exercise7"):
        progress.record(verdict(exercise, True))
        progress.take_hint(exercise, 3)
    assert progress.reset("exercise3") == 2
    assert progress.passed() == progress.tried() == {"exercise7"}
    assert (progress.hints_taken("exercise3"), progress.hints_taken("exercise7")) == (0, 1)
    assert len(progress.attempts()) == 3
    assert progress.reset("exercise3") == 0
    progress.record(verdict("exercise3", True))
    assert progress.passed() == {"exercise3", "exercise7"}


def test_a_learner_has_a_number_of_their_own_and_resets_are_counted(
    tmp_path: Path, store: Callable[[], Progress], monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = store().lot()
    assert store().lot() == lot
    assert Progress(Workspace(str(tmp_path / "another"))).lot() != lot
    progress = store()
    assert (progress.resets("exercise24"), progress.reset("exercise24"), progress.resets("exercise24")) == (0, 0, 0)
    moments = iter(range(1_000_000, 2_000_000))
    monkeypatch.setattr(time, "time", lambda: next(moments))
    for count in (1, 2):
        progress.record(verdict("exercise24", False))
        progress.record(verdict("exercise24", False))
        progress.reset("exercise24")
        assert (progress.resets("exercise24"), progress.resets("exercise3")) == (count, 0)


def test_drills_and_quizzes_are_kept_in_order(store: Callable[[], Progress]) -> None:
    progress = store()
    assert progress.drill_history() == progress.quiz_history() == []
    progress.record_drill("flags", "[S.]", right=False)
    progress.record_drill("flags", "[S.]", right=True)
    progress.record_quiz("lesson-2", right=4, questions=5)
    assert [(drill.item, drill.right) for drill in progress.drill_history()] == [("[S.]", False), ("[S.]", True)]
    (quiz,) = progress.quiz_history()
    assert (quiz.topic, quiz.right, quiz.questions) == ("lesson-2", 4, 5)
    assert abs(quiz.at - time.time()) < 3600


def test_the_seed_is_the_chosen_one_or_that_of_the_name(store: Callable[[], Progress]) -> None:
    progress = store()
    named = {"TUTOR_NAME": "Yamada"}
    assert learner_seed(progress, {}) is None
    assert learner_seed(progress, {"TUTOR_NAME": " "}) is None
    assert learner_seed(progress, named) == seed_of_name("yamada")
    progress.set_seed(0)
    assert (progress.seed, learner_seed(progress, named)) == (0, 0)
    progress.set_seed((1 << 63) - 1)
    assert store().seed == (1 << 63) - 1
    progress.set_seed(None)
    assert learner_seed(progress, named) == seed_of_name("yamada")


# Older files, and other machines


def first_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("PRAGMA user_version = 1")
        for number, passed in enumerate((0, 1, 0)):
            old.execute(
                "INSERT INTO attempt VALUES (NULL, 'exercise3', ?, ?, 0.5, 'wider', 'own-ssh')", (number, passed)
            )
        old.execute("INSERT INTO hint VALUES ('exercise3', 2)")
        old.commit()


def test_a_store_of_the_first_version_is_carried_on(tmp_path: Path, store: Callable[[], Progress]) -> None:
    first_version(tmp_path / "progress.sqlite3")
    progress = store()
    assert progress.passed() == {"exercise3"}
    assert progress.hints_taken("exercise3") == 2
    assert [(attempt.at, attempt.passed, attempt.answer) for attempt in progress.attempts()] == [
        (0, False, ""),
        (1, True, ""),
        (2, False, ""),
    ]
    progress.record(verdict("exercise7", True))
    progress.record_drill("flags", "[S]", right=True)
    assert len({record["token"] for record in progress.exported()["attempts"]}) == 4


def test_many_may_open_an_old_store_at_once(tmp_path: Path, store: Callable[[], Progress]) -> None:
    first_version(tmp_path / "progress.sqlite3")

    def write(number: int) -> None:
        with closing(Progress(Workspace(str(tmp_path)))) as progress:
            progress.record(verdict(f"exercise{number}", True))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(10, 30)))
    assert len(store().passed()) == 21


def elsewhere(tmp_path: Path) -> Progress:
    return Progress(Workspace(str(tmp_path / "elsewhere")))


def test_an_export_restores_everything_and_twice_changes_nothing(tmp_path: Path, store: Callable[[], Progress]) -> None:
    progress = store()
    progress.record(verdict("exercise3", True)._replace(answer="host 192.168.1.100", misconception=None))
    progress.record(verdict("exercise7", True))
    progress.reset("exercise7")
    progress.take_hint("exercise3", 3)
    progress.record_drill("flags", "[S.]", right=True)
    progress.record_quiz("lesson-2", right=1, questions=2)
    progress.set_seed(7)
    carried = json.loads(json.dumps(progress.exported()))
    with closing(elsewhere(tmp_path)) as other:
        assert other.take_over(carried) == 4
        assert other.take_over(carried) == 0
        assert other.exported() == carried
        assert (other.passed(), other.seed, other.hints_taken("exercise3")) == ({"exercise3"}, 7, 1)


def test_an_import_never_takes_anything_away(tmp_path: Path, store: Callable[[], Progress]) -> None:
    progress = store()
    progress.record(verdict("exercise3", True))
    backup = progress.exported()
    progress.take_hint("exercise3", 3)
    progress.set_seed(1)
    with closing(elsewhere(tmp_path)) as other:
        other.record(verdict("exercise3", False))
        other.set_seed(2)
        foreign = other.exported()
    assert progress.take_over(foreign) == 1
    assert (progress.passed(), progress.seed, progress.hints_taken("exercise3")) == ({"exercise3"}, 1, 1)
    progress.reset("exercise3")
    after_reset = progress.exported()
    # A backup from before the reset is how the pass is had back; a later one does not undo it again.
    assert progress.take_over(backup) == 1
    assert progress.passed() == {"exercise3"}
    assert progress.take_over(after_reset) == 0
    assert progress.passed() == {"exercise3"}


ATTEMPT = {
    "token": "a", "exercise": "exercise3", "at": 1, "passed": True, "score": 1.0, "relation": None,
    "misconception": None, "answer": "", "withdrawn": None,
}  # fmt: skip
WRONG_VALUES = {
    "token": "", "exercise": 3, "at": 1.5, "passed": 1, "score": float("nan"), "relation": 1,
    "misconception": [], "answer": "\ud800", "withdrawn": -1,
}  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [
        *([], {}, None, "text", {"kind": "tutor-progress"}, {"kind": "tutor-progress", "format": 2}),
        *({"attempts": {}}, {"attempts": [1]}, {"attempts": [{}]}, {"hints": []}, {"hints": {"exercise3": -1}}),
        *({"seed": "7"}, {"seed": True}, {"seed": 1 << 63}, {"drills": [{"token": "a"}]}, {"hints": {"": 1}}),
        *({"attempts": [ATTEMPT, {**ATTEMPT, key: value}]} for key, value in WRONG_VALUES.items()),
        *({"attempts": [{**ATTEMPT, "at": 1 << 63}]}, {"attempts": [{**ATTEMPT, "score": 1.5}]}),
    ],
)
def test_a_document_that_is_not_sound_changes_nothing(store: Callable[[], Progress], damage: object) -> None:
    progress = store()
    progress.record(verdict("exercise7", True))
    before = progress.exported()
    document = damage
    if isinstance(damage, dict) and damage and "kind" not in damage:
        document = {"kind": "tutor-progress", "format": 1, **damage}
    with pytest.raises(TransferError) as caught:
        progress.take_over(document)  # type: ignore[arg-type]  # whatever a file may hold
    assert caught.value.message.text("ja")
    assert progress.exported() == before


# Damage


def damaged_in_the_middle(path: Path) -> None:
    """A store with many attempts, of which some pages are noise."""
    with closing(Progress(Workspace(str(path.parent)))) as progress:
        progress.set_seed(7)
        for number in range(300):
            progress.record(verdict(f"exercise{number}", True)._replace(answer="x" * 200))
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    page = 4096
    for number in range(len(content) // page // 2, len(content) // page):
        content[number * page : (number + 1) * page] = b"\xff" * page
    path.write_bytes(content)


def test_a_damaged_store_is_kept_aside_and_work_goes_on_with_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite3"
    damaged_in_the_middle(path)
    content = path.read_bytes()
    told: list[Message] = []
    with closing(Progress(Workspace(str(tmp_path)), tell=told.append)) as progress:
        progress.record(verdict("exercise3", True))
        assert len(progress.attempts()) > 50
        assert progress.seed == 7
        assert "exercise3" in progress.passed()
    (kept,) = tmp_path.glob("progress.sqlite3.damaged-*")
    assert kept.read_bytes() == content
    (message,) = told
    assert str(kept) in message.text("ja")
    assert str(kept) in message.text("en")
    assert message.params["saved"] > 50
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be taken for one" * 100, b"\0" * 8192])
def test_a_file_that_is_no_store_is_kept_aside_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "progress.sqlite3"
    path.write_bytes(content)
    told: list[Message] = []
    with closing(Progress(Workspace(str(tmp_path)), tell=told.append)) as progress:
        assert progress.passed() == set()
        progress.record(verdict("exercise3", True))
        assert progress.passed() == {"exercise3"}
    (kept,) = tmp_path.glob("progress.sqlite3.damaged-*")
    assert kept.read_bytes() == content
    assert len(told) == 1


def test_many_that_find_the_damage_at_once_rescue_it_once(tmp_path: Path, store: Callable[[], Progress]) -> None:
    damaged_in_the_middle(tmp_path / "progress.sqlite3")
    script = WRITER.replace("(Workspace(sys.argv[1]))", "(Workspace(sys.argv[1]), tell=lambda message: None)")
    with ExitStack() as running:
        writers = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", script.replace("100000", "10"), str(tmp_path), f"new{number}"],
                    stdout=subprocess.PIPE,
                )
            )
            for number in range(6)
        ]
        acknowledged = [line for writer in writers for line in writer.communicate()[0].decode().split()]
    assert len(acknowledged) == 60
    assert {*acknowledged} <= store().tried()
    assert len(store().tried()) > 110
    assert len([*tmp_path.glob("*.damaged-*")]) == 1
    assert [*tmp_path.glob("*.rescue*")] == []


def test_a_schema_that_is_not_ours_is_damage(tmp_path: Path, store: Callable[[], Progress]) -> None:
    path = tmp_path / "progress.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE something (else_ TEXT)")
        other.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    with pytest.raises(ProgressError):
        store().passed()
    told: list[Message] = []
    with closing(Progress(Workspace(str(tmp_path)), tell=told.append)) as progress:
        progress.record(verdict("exercise3", True))
        assert progress.passed() == {"exercise3"}
    assert len(told) == 1


def test_a_newer_store_is_not_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite3"
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    told: list[Message] = []
    progress = Progress(Workspace(str(tmp_path)), tell=told.append)
    with pytest.raises(ProgressError, match="newer"):
        progress.record(verdict("exercise3", True))
    with pytest.raises(ProgressError, match="newer"):
        progress.passed()
    assert (told, os.listdir(tmp_path), path.read_bytes()) == ([], ["progress.sqlite3"], before)
