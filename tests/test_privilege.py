"""Root is given back for good: to the one who called sudo, and to nobody else."""

import json
import os
from collections.abc import Iterator

import pytest
from private_network import NOBODY, User, only_as_root, users

from lesson_engine import privilege
from lesson_engine.privilege import Caller, caller

BY_SUDO = {"SUDO_UID": "1000", "SUDO_GID": "100", "SUDO_USER": "hanako"}


@pytest.fixture(scope="module")
def root() -> Iterator[User]:
    for each in users("nobody"):
        yield each.root_by_sudo()


@pytest.mark.parametrize(
    ("user", "environment", "expected"),
    [
        (0, BY_SUDO, Caller(1000, 100, "hanako")),
        (1000, BY_SUDO, None),
        (0, {}, None),
        (0, BY_SUDO | {"SUDO_UID": "0"}, None),
        (0, BY_SUDO | {"SUDO_UID": "-1"}, None),
        (0, BY_SUDO | {"SUDO_GID": ""}, None),
    ],
)
def test_a_caller_is_an_ordinary_user_behind_sudo(
    monkeypatch: pytest.MonkeyPatch, user: int, environment: dict[str, str], expected: Caller | None
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(privilege, "_may_run_this", lambda who: True)
    assert caller(environment) == expected


LOOK = """
import json, os, subprocess
from lesson_engine import privilege

def capabilities(text):
    rows = dict(line.split(":", 1) for line in text.splitlines())
    return [int(rows[name], 16) for name in ("CapPrm", "CapEff", "CapAmb")]

def own():
    with open("/proc/self/status") as file:
        return capabilities(file.read())

def a_child():
    return capabilities(subprocess.check_output(["cat", "/proc/self/status"], text=True))

def again():
    try:
        os.setuid(0)
    except PermissionError:
        return "never"
"""


def seen(root: User, code: str) -> object:
    done = root.run(root.python, "-c", LOOK + code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@only_as_root
@pytest.mark.needs("setpriv", "unshare", "ip")
def test_who_called_sudo_gets_the_process_for_good(root: User) -> None:
    found = seen(
        root,
        """
privilege.become(privilege.caller())
with privilege.lending():
    child = a_child()
names = {name: os.environ.get(name) for name in ("USER", "LOGNAME", "SUDO_UID", "SUDO_USER")}
print(json.dumps([os.getresuid(), os.getresgid(), os.getgroups(), own(), child, again(), names, privilege.is_root()]))
""",
    )
    nobody = {"USER": "nobody", "LOGNAME": "nobody", "SUDO_UID": None, "SUDO_USER": None}
    assert found == [[NOBODY] * 3, [NOBODY] * 3, [NOBODY], [0, 0, 0], [0, 0, 0], "never", nobody, False]


@only_as_root
@pytest.mark.needs("setpriv", "unshare", "ip")
def test_what_is_kept_goes_to_what_is_started_within_and_to_nothing_else(root: User) -> None:
    found = seen(
        root,
        """
privilege.become(privilege.caller(), keeping=(privilege.SYS_ADMIN,))
before = own(), a_child(), privilege.is_lent()
with privilege.lending():
    within = own(), a_child()
print(json.dumps([before, within, own(), a_child(), privilege.is_lent(), os.getresuid(), again()]))
""",
    )
    admin = 1 << 21
    nothing = [0, 0, 0]
    before = [[admin, admin, 0], nothing, True]
    assert found == [before, [[admin] * 3, [admin] * 3], nothing, nothing, False, [NOBODY] * 3, "never"]


@only_as_root
@pytest.mark.needs("setpriv", "unshare", "ip")
def test_a_capability_that_root_has_not_is_not_missed(root: User) -> None:
    code = (
        "privilege.become(privilege.caller(), keeping=(privilege.SYS_ADMIN,))\nprint(json.dumps([own(), os.getuid()]))"
    )
    done = root.run("setpriv", "--bounding-set=-sys_admin", root.python, "-c", LOOK + code)
    assert json.loads(done.stdout) == [[0, 0, 0], NOBODY], done.stderr


@only_as_root
@pytest.mark.needs("setpriv", "unshare", "ip")
def test_root_stays_where_the_caller_may_not_run_this_python(root: User) -> None:
    code = "import sys; sys.executable = '/root/python'\nprint(json.dumps(privilege.caller()))"
    assert seen(root, code) is None
