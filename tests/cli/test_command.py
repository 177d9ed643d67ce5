"""The `tutor` command as a learner uses it: what it says, where it writes, and its exit statuses."""

import json
from pathlib import Path

import pytest

from lesson_engine.cli import main
from lesson_engine.cli.verbs import VERBS
from lesson_engine.course.exercise import load_exercise


@pytest.fixture(autouse=True)
def _own_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("TUTOR_LANG", "en")
    monkeypatch.chdir(tmp_path)


def tutor(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_learner_goes_from_nothing_to_a_passed_exercise(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = tutor(capsys)
    assert (status, "Next: tutor start exercise1" in out) == (0, True)
    assert not (tmp_path / "workspace").exists()

    status, out, _ = tutor(capsys, "start", "exercise3")
    answer = tmp_path / "workspace" / "answers" / "exercise3.sh"
    assert status == 0
    assert str(answer.relative_to(tmp_path)) in out
    status, out, _ = tutor(capsys, "check", "exercise3")
    assert (status, "not yet" in out) == (1, True)

    answer.write_text(answer.read_text() + "sudo tcpdump -nn -i eth0 host 192.168.1.100\n")
    answer.write_text(answer.read_text().replace("sudo tcpdump -nn -i eth0\n", ""))
    status, out, _ = tutor(capsys, "check", "exercise3")
    assert (status, "✓ passed" in out) == (0, True)
    assert "✓ exercise3" in tutor(capsys, "list")[1]

    status, out, _ = tutor(capsys, "start", "exercise3")
    assert status == 0
    assert "is kept" in out
    assert "host 192.168.1.100" in answer.read_text()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_five_wrong_answers_to_exercise3_meet_five_different_helpful_answers(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    expected = {
        "tcpdump host 192.168.1.10": "#",
        "tcpdump src host 192.168.1.100": "one-direction",
        "tcpdump ip.addr == 192.168.1.100": "host 192.168.1.100",
        "tcpdump hots 192.168.1.100": "host 192.168.1.100",
        "": "#",
    }
    reports = set()
    for answer, shown in expected.items():
        status, out, err = tutor(capsys, "--lang", language, "check", "exercise3", "--answer", answer)
        assert (status, err) == (1, "")
        assert shown in out
        assert "tutor hint exercise3" in out
        reports.add(out)
    assert len(reports) == 5


def test_a_wrong_filter_shows_reading_proof_side_and_hint(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = tutor(capsys, "check", "exercise7", "--answer", "tcpdump not port 22 or tcp")
    assert "not port 22 or tcp" in out
    assert "A packet it should not match and does" in out
    assert "#1  " in out or "IP " in out
    assert "Hint: " in out


def test_json_has_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "check", "exercise3", "--json", "--answer", "tcpdump dst host 192.168.1.100")
    verdict = json.loads(out)
    assert status == 1
    assert (verdict["passed"], verdict["relation"], verdict["misconception"]) == (False, "narrower", "one-direction")
    assert verdict["proofs"][0]["missed"]
    assert verdict["proofs"][0]["number"] > 0


def test_hints_go_further_at_each_call(capsys: pytest.CaptureFixture[str]) -> None:
    shown = [tutor(capsys, "hint", "exercise3")[1] for _ in range(5)]
    assert len({*shown}) == 4
    assert shown[3] == shown[4]
    assert "  sudo tcpdump -nn -i eth0 host 192.168.1.100\n" in shown[3]


def test_a_failed_check_shows_the_next_hint_until_only_the_solution_is_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for hint in (*load_exercise("exercise3").hints, None):
        status, out, _ = tutor(capsys, "check", "exercise3", "--json", "--answer", "tcpdump")
        assert (status, json.loads(out)["next_hint"]) == (1, hint and hint.en)
        tutor(capsys, "hint", "exercise3")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "Did you mean check"),
        (["zzz"], "There is no command zzz"),
        (["check", "--jsno"], "Did you mean --json"),
        (["check", "--answer"], "--answer"),
        (["check", "a", "b"], "one too many"),
        (["replay"], "Usage: tutor replay"),
        (["--lang", "de", "list"], "ja or en"),
        (["completion", "tcsh"], "bash, zsh and fish"),
        (["replay", "handshake", "--speed", "0"], "--speed"),
    ],
)
def test_wrong_usage_is_2_and_says_what_would_be_right(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    status, out, err = tutor(capsys, *words)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "exercise99"], "exercise9"),
        (["check", "exercise3"], "tutor start exercise3"),
        (["replay", "nowhere.pcap"], "nowhere.pcap"),
        (["replay", "."], "."),
        (["replay", "handshake", "prot 80"], "port 80"),
    ],
)
def test_what_fails_is_1_and_says_why(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    status, _, err = tutor(capsys, *words)
    assert status == 1
    assert said in err


def test_usage_errors_speak_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ことですか" in tutor(capsys, "chek", "--lang", "ja")[2]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_verb_has_help_in_both_languages(capsys: pytest.CaptureFixture[str], language: str) -> None:
    _, general, _ = tutor(capsys, "--lang", language, "--help")
    for verb in VERBS:
        assert f"tutor {verb.name}" in general
        if not verb.raw:
            status, out, _ = tutor(capsys, "--lang", language, verb.name, "--help")
            assert status == 0
            assert all(f"--{option.name}" in out for option in verb.options)


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_every_verb_is_in_the_readme(readme: str) -> None:
    text = (Path(__file__).parents[2] / readme).read_text(encoding="utf-8")
    for verb in VERBS:
        assert f"`tutor {verb.name}" in text


def test_tcpdump_has_tcpdumps_own_output_and_statuses(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["tcpdump", "-nn", "-t", "-i", "eth0", "-c", "2", "icmp"]) == 0
    shown = capfd.readouterr()
    assert [line[:3] for line in shown.out.splitlines()] == ["IP ", "IP "]
    assert shown.err.endswith("0 packets dropped by kernel\n")
    assert main(["tcpdump", "-r", "nowhere.pcap"]) == 1
    assert capfd.readouterr().err.startswith("tcpdump: nowhere.pcap: No such file or directory\n")


def test_replay_prints_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = tutor(capsys, "replay", "handshake", "--speed", "1000")
    assert (status, len(out.splitlines())) == (0, 10)


def test_a_workspace_that_cannot_be_used_is_told_without_losing_the_verdict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    status, out, err = tutor(
        capsys, "--workspace", str(tmp_path / "file"), "check", "exercise3", "--answer", "host 192.168.1.100"
    )
    assert (status, "✓ passed" in out) == (0, True)
    assert "--workspace" in err


@pytest.mark.parametrize("seed", [(), ("--seed", "7")])
def test_start_shows_the_lines_that_an_exercise_is_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, seed: tuple[str, ...]
) -> None:
    status, out, _ = tutor(capsys, "start", "exercise17", *seed)
    assert status == 0
    shown = [line.strip() for line in out.splitlines() if "Flags [" in line]
    assert [line[0] for line in shown] == [*"ABCDEFGHIJK"]
    # The whole capture would show the order.
    assert "tutor tcpdump" not in out
    answer = (tmp_path / "workspace" / "answers" / "exercise17.toml").read_text(encoding="utf-8")
    assert all(f"# {line}" in answer for line in shown)


def test_captures_go_by_names_that_say_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = tutor(capsys, "start", "exercise21")
    assert status == 0
    assert sorted(path.name for path in (tmp_path / "workspace" / "captures").iterdir()) == [
        f"exercise21-{letter}.pcap" for letter in "abcd"
    ]
    assert all(f"exercise21-{letter}.pcap" in out for letter in "abcd")
    assert not any(name in out for name in ("closed_port", "no_answer", "icmp_reject"))
