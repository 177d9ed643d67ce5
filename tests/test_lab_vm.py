"""docs/lab-vm makes the machine that the lab and live capture ask for; `make lab-vm-trial` boots one and tries it."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from lesson_engine.cli.verbs import VERBS
from lesson_engine.lab.namespaces import _PACKAGES, PROGRAMS
from lesson_engine.messages import LANGUAGES
from lesson_engine.sources import live

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "docs/lab-vm/tutor-lab.sh"
USER_DATA = ROOT / "docs/lab-vm/user-data.yaml"
PAGES = (ROOT / "docs/LAB-VM.md", ROOT / "docs/LAB-VM.ja.md")


def script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def user_data() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(USER_DATA.read_text(encoding="utf-8"))
    return content


def files() -> dict[str, str]:
    return {entry["path"]: entry["content"] for entry in user_data()["write_files"]}


def test_user_data_is_cloud_config_that_writes_the_script_and_runs_it() -> None:
    assert USER_DATA.read_text(encoding="utf-8").startswith("#cloud-config\n")
    [[program, verb]] = user_data()["runcmd"]
    assert files()[program] == script(), "run `make lab-vm`"
    assert f"{verb}() {{" in script()


def test_user_data_is_as_small_as_every_cloud_takes() -> None:
    assert USER_DATA.stat().st_size < 16 * 1024


def test_user_data_sets_what_the_script_reads_and_as_it_would_without() -> None:
    setting = re.compile(r"^([A-Z_]+)=(\S*) +#", re.MULTILINE)
    told = setting.findall(files()["/etc/default/tutor-lab"])
    assert told == setting.findall(script().partition("/etc/default/tutor-lab ]")[0])
    assert [name for name, _ in told] == ["LEARNERS", "COURSE", "COURSE_LANG", "MEMORY"]
    assert dict(told)["COURSE_LANG"] in LANGUAGES


def test_every_program_of_the_lab_and_of_live_capture_has_its_package_installed() -> None:
    [listed] = re.findall(r"PACKAGES='([^']+)'", script())
    [database] = re.findall(r"echo (mariadb-server-core mariadb-client-core)$", script(), re.MULTILINE)
    wanted = {*_PACKAGES.values(), *(_PACKAGES[program] for program in PROGRAMS), "tcpdump", "libcap2-bin"}
    assert wanted <= {*listed.split(), *database.split()}


def test_the_group_and_capabilities_are_those_that_a_learner_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_SYSTEM", "linux")
    monkeypatch.setattr(shutil, "which", lambda name, path=None: f"/usr/bin/{name}")
    advice = live.permission_advice(["tcpdump"]).text("en")
    [group] = re.findall(r"^GROUP=(\w+)", script(), re.MULTILINE)
    [capabilities] = set(re.findall(r"setcap (cap_\S+)", script()))
    assert f"groupadd -f {group}\n" in advice
    assert f"setcap {capabilities} " in advice
    [mode] = re.findall(r"--add root \$GROUP 0(\d+)", script())
    assert f"chmod {mode} " in advice


@pytest.mark.parametrize("shell_file", [SCRIPT, ROOT / "tools/lab-vm-trial.sh"], ids=lambda path: path.name)
def test_the_shell_reads_it_and_stops_at_the_first_error(shell_file: Path) -> None:
    subprocess.run(["sh", "-n", shell_file], check=True)
    assert re.search(r"^set -eu$", shell_file.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("settings", ["LEARNERS=many", "LEARNERS="])
def test_the_script_refuses_what_it_cannot_use(settings: str, tmp_path: Path) -> None:
    """Before it changes anything: `id` says root here, and no other program is to be found."""
    (tmp_path / "default").write_text(settings)
    (tmp_path / "id").write_text("#!/bin/sh\necho 0\n")
    (tmp_path / "id").chmod(0o755)
    text = script().replace("/etc/default/tutor-lab", str(tmp_path / "default"))
    text = re.sub(r"^PATH=.*$", f"PATH={tmp_path}", text, flags=re.MULTILINE)
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run([shell, "-s", "setup"], input=text, capture_output=True, text=True)
    assert (done.returncode, "LEARNERS" in done.stderr) == (1, True)


@pytest.mark.parametrize("words", [[], ["nonsense"], ["reset"], ["setup", "more"]])
def test_the_script_says_how_it_is_used(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "id").write_text("#!/bin/sh\necho 0\n")
    (tmp_path / "id").chmod(0o755)
    text = re.sub(r"^PATH=.*$", f"PATH={tmp_path}", script(), flags=re.MULTILINE)
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run([shell, "-s", *words], input=text, capture_output=True, text=True)
    assert (done.returncode, "usage:" in done.stderr) == (1, True)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_what_the_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), target
    verbs = {verb.name for verb in VERBS}
    for verb in re.findall(r"\btutor ([a-z]+)", text):
        assert verb in verbs, verb
    for verb in re.findall(r"\btutor-lab ([a-z]+)", text):
        assert f"{verb}() {{" in script(), verb
    for target in re.findall(r"`make ([a-z-]+)", text):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), target
    for setting in re.findall(r"`([A-Z_]+)=?`", text):
        assert f"\n{setting}=" in script(), setting


def test_both_pages_have_the_same_commands() -> None:
    blocks = [re.findall(r"^```.*?^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL) for page in PAGES]
    commands = [[re.sub(r" *#.*", "", block) for block in page] for page in blocks]
    assert commands[0] == commands[1]
    assert commands[0]
