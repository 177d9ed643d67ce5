"""`tutor progress` and the verbs that lead through the course: what they show, keep and refuse."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lesson_engine.cli import main
from lesson_engine.course.exercise import load_exercise
from lesson_engine.course.progress import Progress
from lesson_engine.course.seeding import seed_of_name
from lesson_engine.course.syllabus import load_syllabus
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages.cells import cell_width
from lesson_engine.packets import Capture

EXERCISES = load_syllabus().exercises


@pytest.fixture(autouse=True)
def _own_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("TUTOR_LANG", "en")
    monkeypatch.chdir(tmp_path)


def tutor(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def solve(capsys: pytest.CaptureFixture[str], exercise_id: str) -> None:
    solution = load_exercise(exercise_id).solution
    assert tutor(capsys, "check", exercise_id, "--answer", solution)[0] == 0


# Progress


def test_progress_shows_bars_tries_and_mistakes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = tutor(capsys, "progress")
    assert (status, "▰" in out, f"0 / {len(EXERCISES)} exercises" in out) == (0, False, True)
    assert not (tmp_path / "workspace").exists()
    solve(capsys, "exercise3")
    for answer in ("not port 22", "not port 22", "tcp"):
        tutor(capsys, "check", "exercise7", "--answer", f"tcpdump {answer}")
    _, out, _ = tutor(capsys, "progress")
    rows = {row.split("  ")[0]: row for row in map(str.strip, out.splitlines())}
    assert f"1 / {len(EXERCISES)} exercises" in out
    assert "▰" in rows["Lesson 3"]
    assert "▰" in rows["Filter by host and port"]
    assert "▰" not in rows["Lesson 2"]
    assert rows["exercise7"].endswith("tries: 3   own-ssh")
    assert out.index("port-is-not-tcp") < out.rindex("own-ssh")
    assert "met: 2" in rows["port-is-not-tcp"]
    assert "Next: tutor start exercise1" in out


@pytest.mark.parametrize("language", ["ja", "en"])
def test_bars_stand_below_one_another(capsys: pytest.CaptureFixture[str], language: str) -> None:
    solve(capsys, "exercise3")
    _, out, _ = tutor(capsys, "--lang", language, "progress")
    bars = [row for row in out.splitlines() if "▱" in row or "▰" in row]
    assert len(bars) == len({load_exercise(each).lesson for each in EXERCISES}) + len(load_syllabus().checklist)
    assert len({cell_width(row[: min(row.find(cell) % 200 for cell in "▰▱")]) for row in bars}) == 1
    (length,) = {sum(row.count(cell) for cell in "▰▱") for row in bars}
    assert 8 <= length <= 20
    assert max(map(cell_width, out.splitlines())) <= 80


def test_progress_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    solve(capsys, "exercise3")
    tutor(capsys, "check", "exercise3", "--answer", "tcpdump src host 192.168.1.100")
    tutor(capsys, "hint", "exercise7")
    status, out, _ = tutor(capsys, "progress", "--json")
    found = json.loads(out)
    assert (status, found["passed"], found["total"], found["next"]) == (0, 1, len(EXERCISES), EXERCISES[0])
    exercises = {each["id"]: each for each in found["exercises"]}
    third = exercises["exercise3"]
    assert (third["passed"], third["tries"], third["best_score"]) == (True, 2, 1.0)
    assert third["passed_at"] <= third["last_tried_at"]
    assert third["misconceptions"] == [{"id": "one-direction", "at": third["last_tried_at"]}]
    assert exercises["exercise7"]["hints"] == 1
    assert (exercises["exercise7"]["tries"], exercises["exercise7"]["passed_at"]) == (0, None)
    assert sum(lesson["total"] for lesson in found["lessons"]) == len(EXERCISES)
    assert {item["id"] for item in found["checklist"]} == {item.id for item in load_syllabus().checklist}
    assert found["misconceptions"] == [{"id": "one-direction", "count": 1}]


def test_practice_and_quizzes_show_in_progress(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    progress = Progress(Workspace(str(tmp_path / "workspace")))
    progress.record_drill("flags", "[S.]", right=True)
    progress.record_drill("flags", "[R]", right=False)
    progress.record_quiz("lesson-2", right=4, questions=5)
    progress.close()
    _, out, _ = tutor(capsys, "progress")
    assert "Practice: 1 of 2 right" in out
    assert "4 of 5 right" in out


def test_export_and_import_carry_progress(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve(capsys, "exercise3")
    status, out, _ = tutor(capsys, "progress", "export", "mine.json")
    assert (status, "mine.json" in out) == (0, True)
    written = (tmp_path / "mine.json").read_text()
    assert tutor(capsys, "progress", "export") == (0, written, "")
    status, _, err = tutor(capsys, "progress", "export", "mine.json")
    assert (status, "was not overwritten" in err, (tmp_path / "mine.json").read_text() == written) == (1, True, True)
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path / "another"))
    status, out, _ = tutor(capsys, "progress", "import", "mine.json")
    assert (status, "1 records are taken over" in out, "passed 1 exercises" in out) == (0, True, True)
    assert "✓ exercise3" in tutor(capsys, "list")[1]
    status, out, _ = tutor(capsys, "progress", "import", "mine.json")
    assert (status, "are here already" in out) == (0, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "was not written by tutor progress export"),
        (b'{"kind": "tutor-progress", "format": 9}', "format 1"),
        (b'{"kind": "tutor-progress", "format": 1, "attempts": [{"token": "a"}]}', "in attempts, number 1, exercise"),
    ],
)
def test_an_import_of_something_else_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, said: str
) -> None:
    solve(capsys, "exercise3")
    (tmp_path / "other.json").write_bytes(content)
    status, out, err = tutor(capsys, "progress", "import", "other.json")
    assert (status, out) == (1, "")
    assert "other.json" in err
    assert said in err
    assert "✓ exercise3" in tutor(capsys, "list")[1]
    status, _, err = tutor(capsys, "progress", "import", "nowhere.json")
    assert (status, "nowhere.json" in err) == (1, True)


def test_reset_begins_anew_and_keeps_answer_and_history(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tutor(capsys, "start", "exercise3")
    answer = tmp_path / "workspace" / "answers" / "exercise3.sh"
    before = answer.read_bytes()
    solve(capsys, "exercise3")
    tutor(capsys, "hint", "exercise3")
    status, out, _ = tutor(capsys, "progress", "reset", "exercise3")
    assert status == 0
    assert "1 attempts" in out
    assert "exercise3.sh" in out
    assert answer.read_bytes() == before
    assert "✓ exercise3" not in tutor(capsys, "list")[1]
    assert "Hint 1 of" in tutor(capsys, "hint", "exercise3")[1]
    (kept,) = json.loads(tutor(capsys, "progress", "export")[1])["attempts"]
    assert (kept["exercise"], kept["passed"], kept["withdrawn"] > 0) == ("exercise3", True, True)
    assert "has not been tried" in tutor(capsys, "progress", "reset", "exercise7")[1]


@pytest.mark.parametrize(
    "words",
    [
        *(("progress", "exprot"), ("progress", "show"), ("progress", "import"), ("progress", "reset")),
        *(("progress", "export", "a", "b"), ("progress", "export", "--json"), ("check", "--all", "exercise3")),
        *(("check", "--all", "--answer", "tcp"), ("start", "--seed", "x"), ("start", "--seed", "-1")),
        *(("start", "--seed", "9" * 19), ("start", "--seed", "٣"), ("start", "--seed", "1", "--name", "a")),
        *(("start", "--name", " "), ("next", "exercise3")),
    ],
)
def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...]) -> None:
    status, out, err = tutor(capsys, *words)
    assert (status, out) == (2, "")
    assert err
    assert not (tmp_path / "workspace").exists()


# On through the course


def test_next_shows_the_pending_task_until_all_are_passed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    progress = Progress(Workspace(str(tmp_path / "workspace")))
    status, out, _ = tutor(capsys, "next")
    assert (status, f"Next: tutor check {EXERCISES[0]}" in out) == (0, True)
    solve(capsys, "exercise1")
    assert f"Next: tutor check {EXERCISES[1]}" in tutor(capsys, "next")[1]
    records = [
        {**record, "token": each, "exercise": each}
        for each in EXERCISES
        for record in progress.exported()["attempts"][-1:]
    ]
    progress.take_over({"kind": "tutor-progress", "format": 1, "attempts": records})
    progress.close()
    status, out, _ = tutor(capsys, "next")
    assert (status, "Every exercise is passed" in out) == (0, True)


def test_check_all_grades_what_is_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = tutor(capsys, "check", "--all")
    assert (status, "no answer files yet" in out) == (1, True)
    answers = tmp_path / "workspace" / "answers"
    answers.mkdir(parents=True)
    (answers / "exercise3.sh").write_text("tcpdump host 192.168.1.100\n")
    status, out, _ = tutor(capsys, "check", "--all")
    assert (status, "1 of 1 answers pass" in out) == (0, True)
    (answers / "exercise7.sh").write_text("tcpdump tcp\n")
    status, out, _ = tutor(capsys, "check", "--all")
    assert (status, "1 of 2 answers pass" in out, "(own-ssh)" in out) == (1, True, True)
    assert "Next: tutor check exercise7" in out
    status, out, _ = tutor(capsys, "check", "--all", "--json")
    assert (status, [each["passed"] for each in json.loads(out)]) == (1, [True, False])
    (answers / "exercise7.sh").write_bytes(b"tcpdump \xff")
    status, out, err = tutor(capsys, "check", "--all")
    assert (status, "1 of 1 answers pass" in out, "is not UTF-8" in err) == (1, True, True)


def test_a_solution_comes_after_passing_or_after_all_hints(capsys: pytest.CaptureFixture[str]) -> None:
    exercise = load_exercise("exercise3")
    status, out, _ = tutor(capsys, "solution", "exercise3")
    assert (status, exercise.solution in out, "0 of 3 so far" in out) == (1, False, True)
    assert "Next: tutor hint exercise3" in out
    for _ in exercise.hints:
        tutor(capsys, "hint", "exercise3")
    status, out, _ = tutor(capsys, "solution", "exercise3")
    assert (status, exercise.solution in out, exercise.right[0] in out) == (0, True, True)
    assert tutor(capsys, "solution", "exercise7")[0] == 1
    solve(capsys, "exercise7")
    assert tutor(capsys, "solution", "exercise7")[0] == 0


def test_the_solution_of_a_reading_exercise_has_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        tutor(capsys, "hint", "exercise15")
    status, out, _ = tutor(capsys, "solution", "exercise15")
    assert (status, "{" in out) == (0, False)
    answer = "\n".join(line.strip() for line in out.splitlines() if " = " in line)
    assert tutor(capsys, "check", "exercise15", "--answer", answer)[0] == 0


# Seeds


def test_a_seed_makes_the_task_the_capture_and_the_network_ones_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, _ = tutor(capsys, "start", "--seed", "7", "exercise3")
    assert (status, "seed 7" in out, "192.168.7.154" in out, "192.168.1.100" in out) == (0, True, True, False)
    workspace = tmp_path / "workspace"
    assert "192.168.7.154" in (workspace / "answers" / "exercise3.sh").read_text()
    assert len(Capture.open(workspace / "captures" / "seed-7" / "mix.pcap")) == 269
    assert tutor(capsys, "check", "exercise3", "--answer", "tcpdump host 192.168.1.100")[0] == 1
    assert tutor(capsys, "check", "exercise3", "--answer", "tcpdump host 192.168.7.154")[0] == 0
    words = ["tcpdump", "-nn", "-i", "eth0", "-c", "1", "host", "192.168.7.154"]
    done = subprocess.run([sys.executable, "-m", "lesson_engine.cli", *words], capture_output=True, text=True)
    assert (done.returncode, "192.168.7.154" in done.stdout) == (0, True)


def test_another_seed_keeps_what_was_passed_and_every_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tutor(capsys, "start", "exercise3")
    files = {path: path.read_bytes() for path in (tmp_path / "workspace").rglob("*.*") if "sqlite3" not in path.name}
    assert len(files) == 2
    solve(capsys, "exercise3")
    for words, said in (
        (("--seed", "7"), "captures of your own (seed 7)"),
        (("--seed", "8"), "was 7 and is now 8"),
        (("--name", "Yamada"), f"is now {seed_of_name('Yamada')}"),
        (("--seed", "none"), "as they were recorded"),
    ):
        status, out, _ = tutor(capsys, "start", *words, "exercise3")
        assert (status, said in " ".join(out.split()), "is kept" in out) == (0, True, True)
        assert "✓ exercise3" in tutor(capsys, "list")[1]
        assert {path: path.read_bytes() for path in files} == files
    assert "192.168.1.100" in out
    assert "seed" not in tutor(capsys, "start", "exercise3")[1]


def test_in_a_class_the_seed_follows_from_the_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = set()
    for name in ("Yamada", "ｙａｍａｄａ ", "Suzuki", ""):
        monkeypatch.setenv("TUTOR_NAME", name)
        monkeypatch.setenv("TUTOR_WORKSPACE", os.path.abspath(f"of-{name}"))
        task = tutor(capsys, "start", "exercise3")[1].split("Write your answer")[0]
        shown.add(task)
    assert len(shown) == 3


def test_a_chosen_seed_comes_before_the_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_NAME", "Yamada")
    named = tutor(capsys, "start", "exercise3")[1]
    tutor(capsys, "start", "--seed", "7", "exercise3")
    chosen = tutor(capsys, "start", "exercise3")[1]
    assert ("192.168.7.154" in chosen, "192.168.7.154" in named) == (True, False)
    assert json.loads(tutor(capsys, "progress", "--json")[1])["seed"] == 7
