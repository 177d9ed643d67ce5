"""Completion scripts: bash's is run by bash itself."""

import subprocess

import pytest

from lesson_engine.cli import main
from lesson_engine.course.syllabus import load_syllabus


def complete(script: str, *words: str) -> set[str]:
    line = " ".join(words)
    driver = (
        f"{script}\nCOMP_WORDS=({' '.join(repr(word) for word in words)})\nCOMP_CWORD={len(words) - 1}\n"
        f"COMP_LINE={line!r}\n_tutor\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run(["bash", "-c", driver], capture_output=True, text=True, check=True)
    return {*done.stdout.split()}


@pytest.mark.needs("bash")
def test_bash_completes_verbs_options_and_exercises(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    assert {"check", "completion"} == complete(script, "tutor", "c")
    assert {"flags", "filter"} == complete(script, "tutor", "practice", "f")
    beginning = {each for each in load_syllabus().exercises if each.startswith("exercise1")}
    assert len(beginning) > 1
    assert beginning == complete(script, "tutor", "check", "exercise1")
    assert {"--json"} == complete(script, "tutor", "check", "--j")
    assert {"ja", "en"} == complete(script, "tutor", "--lang", "")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_every_verb(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "exercise15" in script
    assert all(verb in script for verb in ("start", "check", "hint", "tcpdump"))
