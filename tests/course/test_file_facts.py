"""Files that a learner says are captures: only the right packets pass, and nothing makes grading wait or fail."""

import errno
import gzip
import os
from pathlib import Path

import pytest

from lesson_engine import bundled
from lesson_engine.course.exercise import FileFacts, load_exercise
from lesson_engine.course.file_facts import LARGEST, examine, locate
from lesson_engine.course.grading import grade
from lesson_engine.course.rehearsal import rehearse
from lesson_engine.course.setting import Setting
from lesson_engine.course.verdict import Part, Verdict
from lesson_engine.messages import LANGUAGES, Localized, Message

NAME = Localized("ファイル", "the file")
ICMP = FileFacts(NAME, "icmp", 0, False)
EVERYTHING = FileFacts(NAME, "", 0, False)
MIX = bundled.capture_path("mix")
EXERCISE20 = load_exercise("exercise20")


def key(part: Part) -> str:
    assert isinstance(part.remark, Message)
    assert all(part.remark.text(language) for language in LANGUAGES)
    return part.remark.key


def written(tmp_path: Path, command: str) -> str:
    """The file that a tcpdump command on the recorded network writes."""
    rehearse(f"{command} -w file.pcap", str(tmp_path))
    return str(tmp_path / "file.pcap")


def test_the_right_packets_pass_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = written(tmp_path, "tcpdump -i eth0 icmp")
    os.rename(path, tmp_path / "no.suffix")
    assert examine(str(tmp_path / "no.suffix"), ICMP, "mix").passed
    assert examine(MIX, EVERYTHING, "mix").passed


def test_a_link_to_a_good_file_is_a_good_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(MIX)
    assert examine(str(tmp_path / "link"), EVERYTHING, "mix").passed


@pytest.mark.parametrize(
    ("command", "expected", "misconception"),
    [
        ("tcpdump -i eth0", "course.file_differs", None),
        ("tcpdump -i eth0 icmp and src host 192.168.1.50", "course.file_differs", None),
        ("tcpdump -i eth0 -c 2 icmp", "course.file_differs", None),
        ("tcpdump -i eth0 udp", "course.file_differs", None),
        ("tcpdump -i eth0 tcp port 9", "course.file_empty", None),
        ("tcpdump -i eth0 -s 40 icmp", "course.file_cut", "short-snaplen"),
        ("tcpdump -i any icmp", "course.file_link_type", None),
        (f"tcpdump -r {bundled.capture_path('ping')}", "course.file_elsewhere", None),
    ],
)
def test_other_packets_fail(tmp_path: Path, command: str, expected: str, misconception: str | None) -> None:
    if "-r" in command:
        os.symlink(bundled.capture_path("ping"), tmp_path / "ping.pcap")
    part = examine(written(tmp_path, command), ICMP, "mix")
    assert (part.passed, key(part), part.misconception) == (False, expected, misconception)
    if expected == "course.file_differs":
        assert part.proofs


def test_only_so_many_packets(tmp_path: Path) -> None:
    ten = FileFacts(NAME, "", 10, True)
    assert examine(written(tmp_path, "tcpdump -i eth0 -c 10"), ten, "mix").passed
    assert not examine(written(tmp_path, "tcpdump -i eth0 -c 11"), ten, "mix").passed
    assert not examine(written(tmp_path, "tcpdump -i eth0 -c 10 tcp"), ten, "mix").passed


def test_what_is_no_file_fails_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "device").symlink_to("/dev/zero")
    expected = {
        "nowhere": "course.file_missing",
        "dangling": "course.file_dangling",
        "loop": "course.file_unreadable",
        "pipe": "course.file_not_regular",
        "device": "course.file_not_regular",
        ".": "course.file_not_regular",
        "nul\0byte": "course.file_unreadable",
    }
    found = {name: examine(str(tmp_path / name), ICMP, "mix") for name in expected}
    assert {name: key(part) for name, part in found.items()} == expected
    assert not any(part.passed for part in found.values())


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(tmp_path / "huge", "wb") as file:
        file.write(Path(MIX).read_bytes())
        file.truncate(2 << 30)
    monkeypatch.setattr("lesson_engine.packets.Capture.open", lambda path: pytest.fail("it was opened"))
    assert key(examine(str(tmp_path / "huge"), EVERYTHING, "mix")) == "course.file_too_large"
    assert LARGEST < 2 << 30


def test_damaged_files_fail_with_what_is_wrong(tmp_path: Path) -> None:
    good = Path(MIX).read_bytes()
    contents = {
        "text": (b"20:44:09.748880 ARP, Request who-has 192.168.1.1\n" * 20, "course.file_is_text"),
        "empty": (b"", "course.file_no_savefile"),
        "cut": (good[:-7], "course.file_no_savefile"),
        "gzip": (gzip.compress(good), "course.file_compressed"),
        "noise": (bytes(range(256)) * 9, "course.file_no_savefile"),
        "lying": (good[:24] + b"\xff" * 64, "course.file_no_savefile"),
    }
    for name, (content, expected) in contents.items():
        (tmp_path / name).write_bytes(content)
        part = examine(str(tmp_path / name), EVERYTHING, "mix")
        assert (part.passed, key(part)) == (False, expected)
        assert (tmp_path / name).read_bytes() == content


def test_a_file_that_may_not_be_read_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "tcpdump -i eth0 icmp")

    def refuse(*args: object, **options: object) -> None:
        # Root, as tests may run, could read anything.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr("builtins.open", refuse)
    part = examine(path, ICMP, "mix")
    monkeypatch.undo()
    assert key(part) == "course.file_unreadable"
    assert "Permission denied" in str(part.remark)


def test_a_name_is_looked_for_in_each_folder(tmp_path: Path) -> None:
    first, second = str(tmp_path / "here"), str(tmp_path / "answers")
    os.mkdir(first)
    os.mkdir(second)
    Path(second, "x.pcap").touch()
    assert locate("x.pcap", (first, second)) == os.path.join(second, "x.pcap")
    assert locate("y.pcap", (first, second)) == os.path.join(first, "y.pcap")
    assert locate("/tmp/z.pcap", (first, second)) == "/tmp/z.pcap"


# Exercise 20: two commands and the files that they write


def verdict(folder: Path, answer: str, run: str = "") -> Verdict:
    rehearse(run or answer, str(folder))
    return grade(EXERCISE20, answer, Setting((str(folder),)))


SAVE = "sudo tcpdump -i eth0 -w all.pcap"
NARROW = "tcpdump -r all.pcap -w db.pcap host 192.168.1.100 and port 3306"


def test_both_commands_and_both_files_are_needed(tmp_path: Path) -> None:
    assert grade(EXERCISE20, f"{SAVE}\n{NARROW}", Setting((str(tmp_path),))).score == 0.5
    assert verdict(tmp_path, f"{SAVE}\n{NARROW}").passed


def test_nothing_passes_where_it_is_not_known_where_files_lie() -> None:
    assert not grade(EXERCISE20, f"{SAVE}\n{NARROW}").passed


def test_the_second_command_must_read_what_the_first_one_wrote(tmp_path: Path) -> None:
    other = NARROW.replace("-r all.pcap", "-r other.pcap")
    found = verdict(tmp_path, f"{SAVE}\n{other}", run=f"{SAVE}\n{NARROW}")
    assert [part.passed for part in found.parts] == [True, True, False, True]
    assert key(found.parts[2]) == "course.reads_another"


def test_a_file_that_another_command_wrote_is_found_out(tmp_path: Path) -> None:
    found = verdict(tmp_path, f"{SAVE}\n{NARROW}", run=f"{SAVE} -c 50\n{NARROW}")
    assert [part.passed for part in found.parts] == [True, False, True, False]


def test_a_redirect_is_named_by_the_command_and_by_the_file(tmp_path: Path) -> None:
    answer = f"sudo tcpdump -i eth0 > all.pcap\n{NARROW}"
    assert verdict(tmp_path, answer).misconception == "redirect-is-not-pcap"
    found = grade(EXERCISE20, f"{SAVE}\n{NARROW}", Setting((str(tmp_path),)))
    assert found.parts[1].misconception == "redirect-is-not-pcap"


def test_each_learner_saves_packets_of_their_own_network(tmp_path: Path) -> None:
    exercise = load_exercise("exercise20", 7)
    setting = Setting((str(tmp_path),))
    rehearse(exercise.solution, str(tmp_path), 7)
    assert grade(exercise, exercise.solution, setting).passed
    rehearse(exercise.solution, str(tmp_path), 8)
    theirs = grade(exercise, exercise.solution, setting)
    assert [part.passed for part in theirs.parts] == [True, False, True, False]
    assert key(theirs.parts[1]) == "course.file_elsewhere"
