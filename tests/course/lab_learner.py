"""A learner at a terminal, with a lab or without: `tutor` runs as another process, for this user or an ordinary one."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from private_network import AS_NOBODY, NOBODY, User, users

from lesson_engine.course import verdict as verdict_module

with open(os.path.join(os.path.dirname(verdict_module.__file__), "verdict.schema.json"), encoding="utf-8") as _file:
    VALIDATOR = Draft202012Validator(json.load(_file))

NEEDS = (
    "unshare",
    "setpriv",
    "ip",
    "nft",
    "tcpdump",
    "nginx",
    "openssl",
    "curl",
    "mariadb",
    "mariadbd",
    "dnsmasq",
    "sshd",
)


class Learner:
    """Runs `tutor` in a directory of their own, which is their workspace too."""

    def __init__(self, user: User, folder: Path) -> None:
        self.user = user
        self.folder = folder

    def tutor(self, *words: str, language: str = "en", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._command(*words)],
            cwd=self.folder,
            env=self.user.environment | {"TUTOR_WORKSPACE": str(self.folder), "TUTOR_LANG": language} | environment,
            capture_output=True,
            text=True,
            timeout=100,
        )

    def check(self, exercise: str, answer: str | None = None, *, language: str = "en", **environment: str) -> Any:
        """The verdict as JSON, on an answer or on the answer file."""
        words = () if answer is None else ("--answer", answer)
        done = self.tutor("check", exercise, "--json", *words, language=language, **environment)
        assert done.stderr == ""
        verdict = json.loads(done.stdout)
        VALIDATOR.validate(verdict)
        return verdict

    def shell(self, host: str, script: str) -> str:
        """What a script on a host of the lab prints."""
        done = self.tutor("lab", "shell", host, "--", "bash", "-c", script)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def capture(self, name: str, *words: str) -> Iterator[None]:
        """tcpdump runs on the client's eth0 meanwhile."""
        command = self._command("lab", "shell", "client", "--", "tcpdump", "-i", "eth0", "-U", *words, "-w", name)
        with subprocess.Popen(
            command, cwd=self.folder, env=self.user.environment, stderr=subprocess.PIPE, text=True
        ) as tcpdump:
            assert tcpdump.stderr is not None
            assert any("listening on" in line for line in tcpdump.stderr)
            try:
                yield
            finally:
                tcpdump.kill()

    def capture_while(self, name: str, script: str, *words: str) -> None:
        """Captures on the client while commands, each with a `;` behind it, run there, until everything is written."""
        options = " ".join(words)
        self.shell(
            "client",
            f"tcpdump -i eth0 -U -w {name} {options} 2>{name}.log & "
            f"until grep -q listening {name}.log; do sleep 0.05; done; "
            f"{script} sleep 1.3; kill -INT %1 2>/dev/null; wait; rm {name}.log",
        )

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def _command(self, *words: str) -> list[str]:
        return [*self.user.prefix, "env", self.user.python, "-m", "lesson_engine.cli", *words]


@contextmanager
def a_learner(name: str, lab: str) -> Iterator[Learner]:
    for user in users(name):
        user.environment["TUTOR_LAB"] = f"test-{os.getpid()}-{lab}"
        folder = Path(tempfile.mkdtemp())
        if user.prefix == AS_NOBODY:
            os.chown(folder, NOBODY, NOBODY)
        try:
            yield Learner(user, folder)
        finally:
            shutil.rmtree(folder)


@contextmanager
def in_a_lab(learner: Learner) -> Iterator[Learner]:
    raised = learner.tutor("lab", "up")
    assert (raised.returncode, raised.stderr) == (0, "")
    try:
        yield learner
    finally:
        learner.tutor("lab", "down")
