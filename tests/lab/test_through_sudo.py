"""A lab brought up through sudo: it is its user's alone, nothing of it runs as root, and nothing of it stays."""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_outside import gone, living, tutor
from private_network import NOBODY, User, only_as_root, users

pytestmark = [
    only_as_root,
    pytest.mark.needs("unshare", "setpriv", "ip", "nft", "tcpdump", "nginx", "mariadbd", "dnsmasq", "sshd", "curl"),
]


@pytest.fixture(scope="module")
def nobody() -> Iterator[User]:
    for each in users("nobody"):
        each.environment["TUTOR_LAB"] = f"test-{os.getpid()}-sudo"
        yield each


@pytest.fixture
def lab(nobody: User) -> Iterator[User]:
    """Of an ordinary user, who has brought it up through sudo."""
    raised = tutor(nobody.root_by_sudo(), "lab", "up")
    assert (raised.returncode, raised.stderr) == (0, "The lab runs as nobody. From here on, leave sudo out.\n")
    yield nobody
    tutor(nobody, "lab", "down")
    assert gone(nobody)


def test_every_process_is_the_users_own_and_has_no_power_outside(lab: User) -> None:
    processes = living(lab)
    assert {"unshare", "nginx", "mariadbd", "sshd", "dnsmasq"} <= processes.keys()
    outside = os.stat("/proc/self/ns/user").st_ino
    for name, numbers in processes.items():
        for number in numbers:
            status = dict(
                line.split(":", 1) for line in Path(f"/proc/{number}/status").read_text().splitlines() if ":" in line
            )
            # The real, the effective, the saved and the file system's.
            assert [status[each].split() for each in ("Uid", "Gid")] == [[str(NOBODY)] * 4] * 2, name
            assert set(status["Groups"].split()) <= {str(NOBODY)}, name
            # Capabilities count in a process's own user namespace, and here that is never the machine's.
            assert os.stat(f"/proc/{number}/ns/user").st_ino != outside, name
    tried = tutor(
        lab, "lab", "shell", "client", "--", "sh", "-c", "cat /etc/shadow; hostname $(hostname); mknod x c 1 3"
    )
    assert [line.partition(": ")[0] for line in tried.stderr.splitlines()] == ["cat", "hostname", "mknod"]


def test_its_user_needs_no_sudo_any_more(lab: User, tmp_path: Path) -> None:
    saved = lab.checkout / "saved.pcap"
    script = (
        f"tcpdump -i eth0 -nn -c 3 -w {saved} tcp & sleep 0.5; curl -s http://www.example.com/ | grep -c packet; wait"
    )
    done = tutor(lab, "lab", "shell", "client", "--", "sh", "-c", script)
    assert (done.returncode, done.stdout) == (0, "1\n")
    assert "3 packets captured" in done.stderr
    assert (saved.stat().st_uid, saved.stat().st_gid) == (NOBODY, NOBODY)
    assert tutor(lab, "lab", "status").stdout.count("running\n") == 4
    played = tutor(lab, "lab", "run", "closed_port", "--save", str(lab.checkout))
    assert played.returncode == 0
    assert {path.stat().st_uid for path in lab.checkout.glob("*.pcap")} == {NOBODY}
    assert tutor(lab, "lab", "up").returncode == 1
    assert tutor(lab, "lab", "down").returncode == 0


def test_with_sudo_it_is_the_same_lab(lab: User) -> None:
    root = lab.root_by_sudo()
    assert tutor(root, "lab", "status").stdout.count("running\n") == 4
    assert tutor(root, "lab", "shell", "web", "--", "id", "-u").stdout == f"{NOBODY}\n"
    assert "The lab is up already." in tutor(root, "lab", "up").stderr
    assert tutor(root, "lab", "down").returncode == 0
    assert tutor(lab, "lab", "status").returncode == 1


def test_the_namespaces_are_made_with_one_capability_by_their_owner(nobody: User) -> None:
    programs = nobody.checkout / "programs"
    programs.mkdir(mode=0o777)
    programs.chmod(0o777)
    (programs / "unshare").write_text(f"#!/bin/sh\ngrep -E 'Uid|CapEff' /proc/self/status > {programs}/seen\nexit 1\n")
    (programs / "unshare").chmod(0o755)
    root = nobody.root_by_sudo()
    root.environment["PATH"] = f"{programs}:{root.environment['PATH']}"
    assert tutor(root, "lab", "up").returncode == 1
    user, effective = (programs / "seen").read_text().splitlines()
    assert set(user.split()[1:]) == {str(NOBODY)}
    assert int(effective.split()[1], 16) == 1 << 21  # CAP_SYS_ADMIN


def mounts() -> tuple[str, bool]:
    return Path("/proc/self/mounts").read_text(), Path("/run/netns").exists()


def test_nothing_is_left_however_it_ends(nobody: User) -> None:
    before = mounts()
    chance = random.Random(20)
    root = nobody.root_by_sudo()
    ended_early = 0
    for _ in range(20):
        raising = subprocess.Popen(
            ["env", root.python, "-m", "lesson_engine.cli", "lab", "up"],
            cwd=root.checkout,
            env=root.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        how = chance.choice(["kill", "interrupt", "let be", "let be"])
        if how != "let be":
            time.sleep(chance.uniform(0.02, 0.5))
            raising.send_signal(signal.SIGKILL if how == "kill" else signal.SIGINT)
        raising.wait(20)
        ended_early += raising.returncode != 0
        if raising.returncode == 0:
            processes = living(nobody)
            # unshare, and the lab's first process
            victims = [
                *processes["unshare"],
                *(one for name, them in processes.items() if "python" in name for one in them),
            ]
            os.kill(chance.choice(victims), signal.SIGKILL)
        assert gone(nobody)
        assert tutor(nobody, "lab", "status").returncode == 1
    assert ended_early < 20  # else no lab has stood
    assert mounts() == before


def test_a_daemon_of_it_can_be_killed_and_comes_back(lab: User) -> None:
    for victim in living(lab)["nginx"]:
        os.kill(victim, signal.SIGKILL)
    assert tutor(lab, "lab", "restore").returncode == 0
    assert tutor(lab, "lab", "status").stdout.count("running\n") == 4


def test_where_nobody_may_have_namespaces_sudo_is_not_praised(nobody: User) -> None:
    root = nobody.root_by_sudo()
    # Root of a user namespace that has all users, and in which no further one may be made, not even by this root.
    code = """
import ctypes, os, sys
child, parent = os.pipe(), os.pipe()
if os.fork() == 0:
    assert ctypes.CDLL(None).unshare(0x10000000) == 0
    os.write(parent[1], b"!")
    os.read(child[0], 1)
    with open("/proc/sys/user/max_user_namespaces", "w") as limit:
        limit.write("0")
    os.execv(sys.executable, [sys.executable, "-m", "lesson_engine.cli", "lab", "up"])
os.read(parent[0], 1)
(number,) = open(f"/proc/self/task/{os.getpid()}/children").read().split()
for kind in ("uid", "gid"):
    with open(f"/proc/{number}/{kind}_map", "w") as ids:
        ids.write("0 0 65536")
os.write(child[1], b"!")
sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
"""
    done = root.run(root.python, "-c", code)
    assert done.returncode == 1
    assert "not even root" in done.stderr
    assert "    sudo sysctl user.max_user_namespaces=10000\n" in done.stderr
    assert "lab up" not in done.stderr


def test_it_is_found_by_its_users_number(lab: User) -> None:
    code = "import json\nfrom lesson_engine.lab import keeper\nlab = keeper.find()\n"
    done = lab.run(lab.python, "-c", code + "print(json.dumps([lab.process_id, keeper.socket_name()]))")
    process_id, name = json.loads(done.stdout)
    assert process_id in {number for numbers in living(lab).values() for number in numbers}
    assert name == f"\0tutor-lab-{NOBODY}-{lab.environment['TUTOR_LAB']}"
