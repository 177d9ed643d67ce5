"""A lab that cannot be made says which program is missing, or which rule refuses, and what to do."""

import os

import pytest

from lesson_engine.lab import namespaces
from lesson_engine.lab.namespaces import MissingProgramError, entering, require_programs
from lesson_engine.lab.scenarios import SCENARIOS


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
    ("path", "value", "rule"),
    [
        ("/proc/sys/user/max_user_namespaces", "0", "user.max_user_namespaces"),
        ("/proc/sys/kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone"),
        ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "apparmor_restrict_unprivileged_userns"),
        ("/nowhere", "", "unshare: unshare failed: Operation not permitted"),
    ],
)
def test_a_refusal_names_the_rule(monkeypatch: pytest.MonkeyPatch, path: str, value: str, rule: str) -> None:
    monkeypatch.setattr(namespaces, "_setting", lambda asked: value if asked == path else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    message = namespaces._refusal("unshare: unshare failed: Operation not permitted")
    assert rule in message.text("ja")
    assert rule in message.text("en")


def test_an_ordinary_user_gets_a_user_namespace_and_root_does_not_need_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "--user" in entering()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "--user" not in entering()
    assert "--kill-child" in entering()
