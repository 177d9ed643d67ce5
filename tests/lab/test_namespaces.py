"""A lab that cannot be made says which program is missing, or which rule refuses, and what to do."""

import os
import sys
from pathlib import Path

import pytest

from lesson_engine import privilege
from lesson_engine.lab import namespaces
from lesson_engine.lab.namespaces import MissingProgramError, entering, require_programs
from lesson_engine.lab.scenarios import SCENARIOS
from lesson_engine.messages import LANGUAGES


def test_a_missing_program_is_named_with_its_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespaces, "PATH", "/nonexistent")
    with pytest.raises(MissingProgramError) as refused:
        require_programs(["mariadbd", "dig"])
    assert "dig, mariadbd" in str(refused.value)
    assert "apt install bind9-dnsutils mariadb-server-core" in refused.value.message.text("ja")


def test_every_program_of_a_scenario_has_a_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespaces, "PATH", "/nonexistent")
    for scenario in SCENARIOS.values():
        with pytest.raises(MissingProgramError) as refused:
            require_programs((*namespaces.PROGRAMS, *scenario.programs, "tcpdump"))
        assert all(program in str(refused.value) for program in scenario.programs)


@pytest.mark.parametrize(
    ("path", "value", "rule", "sudo_helps"),
    [
        ("/proc/sys/user/max_user_namespaces", "0", "user.max_user_namespaces=10000", False),
        ("/proc/sys/kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1", True),
        (
            *("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"),
            *("kernel.apparmor_restrict_unprivileged_userns=0", True),
        ),
        ("/nowhere", "", "unshare: unshare failed: Operation not permitted", False),
    ],
)
def test_a_refusal_names_the_rule_and_sudo_where_that_helps(
    monkeypatch: pytest.MonkeyPatch, path: str, value: str, rule: str, sudo_helps: bool
) -> None:
    monkeypatch.setattr(namespaces, "_setting", lambda asked: value if asked == path else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("TUTOR_LAB", raising=False)
    monkeypatch.setattr(sys, "executable", "/nowhere/my python")
    command = "sudo '/nowhere/my python' -m lesson_engine.cli lab up"
    for by_sudo in (False, True):
        monkeypatch.setattr(privilege, "_kept", frozenset({privilege.SYS_ADMIN} if by_sudo else ()))
        message = namespaces._refusal("unshare: unshare failed: Operation not permitted")
        for language in LANGUAGES:
            assert rule in message.text(language)
            assert (command in message.text(language)) == (sudo_helps and not by_sudo)


def test_the_command_with_sudo_finds_this_tutor_and_this_lab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tutor").touch(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("TUTOR_LAB", "second")
    assert namespaces._with_sudo() == f"sudo env TUTOR_LAB=second {tmp_path}/tutor lab up"


def test_an_ordinary_user_gets_a_user_namespace_and_root_does_not_need_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "--user" in entering()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "--user" not in entering()
    assert "--kill-child" in entering()
