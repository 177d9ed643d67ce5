"""Servers that stand in for missing daemons say enough to be read, and the lab says what they are."""

import json
from collections.abc import Iterator

import pytest
from private_network import USERS, User, users

from lesson_engine.cli import lab
from lesson_engine.cli.screen import Screen
from lesson_engine.lab import daemons, standins

pytestmark = pytest.mark.needs("unshare", "setpriv", "ip", "curl", "dig")


@pytest.fixture(params=USERS, scope="module")
def user(request: pytest.FixtureRequest) -> Iterator[User]:
    yield from users(request.param)


def test_each_answers_as_its_protocol_asks(user: User) -> None:
    done = user.run_in_namespaces("""
import json, socket, subprocess, sys, time
from lesson_engine.lab import standins
def start(name, port):
    return subprocess.Popen([sys.executable, "-I", standins.__file__, name, "127.0.0.1", str(port)],
                            stderr=subprocess.DEVNULL)
def run(*words):
    return subprocess.run(words, capture_output=True, text=True).stdout
def greeting(port):
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), 2) as connection:
                return connection.recv(200)
        except ConnectionRefusedError:
            time.sleep(0.02)
for name, port in (("web", 80), ("names", 53), ("database", 3306), ("secure_shell", 22), ("deaf", 81)):
    start(name, port)
database, shell = greeting(3306), greeting(22)
for _ in range(200):
    page = run("curl", "-s", "http://127.0.0.1/")
    if page:
        break
    time.sleep(0.02)
status = run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-T", "/etc/hostname", "http://127.0.0.1/upload/x")
lines = run("curl", "-s", "http://127.0.0.1/lines.txt").count("\\n")
names = [run("dig", "+short", "+tries=1", "@127.0.0.1", "www.example.com").strip(),
         run("dig", "+tries=1", "@127.0.0.1", "nowhere.example.com").count("NXDOMAIN"),
         run("dig", "+short", "+tries=1", "@127.0.0.1", "www.example.com", "AAAA").strip()]
deadline = time.monotonic() + 5
while ":0051 00000000:0000 0A" not in open("/proc/net/tcp").read() and time.monotonic() < deadline:
    time.sleep(0.02)
deaf = socket.socket()
deaf.settimeout(0.3)
try:
    deaf.connect(("127.0.0.1", 81))
    heard = "connected"
except TimeoutError:
    heard = "silent"
print(json.dumps([database.hex(), shell.decode(), "packet" in page, status, lines, names, heard]))
""")
    assert done.returncode == 0, done.stderr
    database, shell, has_page, status, lines, names, heard = json.loads(done.stdout)
    packet = bytes.fromhex(database)
    assert int.from_bytes(packet[:3], "little") == len(packet) - 4
    assert packet[3:5] == b"\0\x0a"
    assert shell == "SSH-2.0-stand_in\r\n"
    assert (has_page, status, lines) == (True, "201", 400)
    assert names == ["93.184.216.34", 1, ""]
    assert heard == "silent"


class FakeStage:
    """Remembers what would be served."""

    def __init__(self) -> None:
        self.served: list[tuple[str, str, str]] = []

    def serves(self, name: str) -> bool:
        return False

    def address(self, host: str) -> str:
        return "192.0.2.1"

    def serve(self, name: str, host: str, ports: object, *command: str, kind: str) -> None:
        self.served.append((name, command[2], kind))


def test_a_missing_daemon_is_stood_in_for_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(daemons, "is_installed", lambda program: False)
    stage = FakeStage()
    for name in daemons.EVERY:
        getattr(daemons, name)(stage)
    assert stage.served == [(name, standins.__file__, "stand-in") for name in daemons.EVERY]
    status = {"hosts": {}, "services": {"web": "stand-in", "names": "real"}, "fault": False}
    lab._show(status, Screen("en"))
    shown = capsys.readouterr().out.splitlines()
    assert shown[1:] == [
        "  web           running, a stand-in: the real one is not installed",
        "  names         running",
    ]
