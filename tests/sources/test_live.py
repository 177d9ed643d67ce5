"""Live captures in private networks: complete, judged as replay judges, told when they fail, and gone afterwards."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_captures import FORBIDDEN, HEADER, inside, needs_network, put
from private_network import NOBODY, USERS, User, only_as_root, users

from lesson_engine import privilege
from lesson_engine.cli import main
from lesson_engine.messages import LANGUAGES, Language, Message
from lesson_engine.sources import live
from lesson_engine.sources.live import CaptureError, Counts, LiveCapture, Wanted, helper_command


@pytest.fixture(params=USERS, scope="module")
def user(request: pytest.FixtureRequest) -> Iterator[User]:
    yield from users(request.param)


@needs_network
def test_a_stop_right_after_the_last_packet_loses_none(user: User) -> None:
    found = inside(
        user,
        """
child = tutor("live", "-nn", "-t", "-i", "lo", "udp dst port 9")
send(300)
child.send_signal(signal.SIGINT)
print(json.dumps(done(child) | {"left": helpers()}))
""",
    )
    assert isinstance(found, dict)
    assert found["printed"].count("127.0.0.1.9: UDP, length 15\n") == 300
    assert found["status"] == 0
    assert "300 packets captured\n600 packets received by filter\n0 packets dropped by kernel\n" in found["said"]
    assert found["left"] == []


@needs_network
def test_replay_judges_the_same_packets_the_same(user: User) -> None:
    expressions = [
        "udp port 9", "not udp port 9", "tcp[tcpflags] & tcp-syn != 0", "icmp or port 80", "len > 100",
        "udp[8:4] = 0x30303030", "ip[6:2] & 0x3fff != 0",
    ]  # fmt: skip
    found = inside(
        user,
        f"""
expressions = {expressions!r}
"""
        """
directory = tempfile.mkdtemp()
path = directory + "/all.pcap"
children = [tutor("live", "-nn", "-t", "-v", "-i", "lo", each) for each in expressions]
recorder = tutor("live", "-nn", "-t", "-v", "-i", "lo", "-w", path, "--print")
send(5); send(4, port=80, size=200); send(3, port=10, size=70000 - 5000)
for port in (80, 9):
    with socket.socket() as tcp:
        tcp.connect_ex(("127.0.0.1", port))
for child in [*children, recorder]:
    child.send_signal(signal.SIGINT)
live = [done(child)["printed"] for child in children]
recording = done(recorder)
replay = [
    subprocess.run([sys.executable, "-m", "lesson_engine.cli", "tcpdump", "-nn", "-t", "-v", "-r", path, each],
                   capture_output=True, text=True).stdout
    for each in expressions
]
live.append(recording["printed"])
replay.append(subprocess.run([sys.executable, "-m", "lesson_engine.cli", "tcpdump", "-nn", "-t", "-v", "-r", path],
                             capture_output=True, text=True).stdout)
for name in os.listdir(directory):
    os.unlink(os.path.join(directory, name))
os.rmdir(directory)
print(json.dumps({"live": live, "replay": replay, "kept": recording["said"]}))
""",
    )
    assert isinstance(found, dict)
    assert "snapshot length 262144" in found["kept"]
    for expression, shown, replayed in zip([*expressions, "all"], found["live"], found["replay"], strict=True):
        assert shown.rstrip("\n") == replayed.rstrip("\n"), expression
    assert found["live"][0].count("UDP, length") >= 5


@needs_network
def test_what_cannot_be_captured_is_told(user: User) -> None:
    found = inside(
        user,
        """
subprocess.run(["ip", "link", "add", "off0", "type", "veth", "peer", "off1"], check=True)
cases = [("live", "-i", "nowhere"), ("live", "-i", "off0"), ("tcpdump", "--live", "-i", "lo", "tcp prt 80"),
         ("live", "-i", "lo", "host www.example.com")]
print(json.dumps([done(tutor(*words)) for words in cases]))
""",
    )
    assert isinstance(found, list)
    assert [each["status"] for each in found] == [1, 1, 1, 1]
    gone, down, wrong, named = (each["said"] for each in found)
    assert gone.startswith("tcpdump: nowhere: No such device exists\n(No such device exists)\n")
    assert gone.endswith("To list them: tutor live -D\n")
    assert down.startswith("tcpdump: off0: That device is not up\n")
    assert "sudo ip link set off0 up" in down
    assert "  tcp prt 80\n      ^^^\n" in wrong
    assert "host names are not looked up here" in named


@needs_network
def test_an_interface_that_vanishes_is_told_and_what_came_before_is_kept(user: User) -> None:
    found = inside(
        user,
        """
for words in ("add d0 type veth peer d1", "set d1 up", "set d0 up"):
    subprocess.run(["ip", "link", *words.split()], check=True)
subprocess.run("ip address add 192.0.2.1/24 dev d0".split(), check=True)
subprocess.run("ip neighbour add 192.0.2.2 lladdr 02:00:00:00:00:02 dev d0".split(), check=True)
child = tutor("live", "-nn", "-i", "d0", "udp")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
    udp.sendto(b"one", ("192.0.2.2", 9))
time.sleep(0.2)
subprocess.run(["ip", "link", "del", "d0"], check=True)
print(json.dumps(done(child)))
""",
    )
    assert isinstance(found, dict)
    assert found["status"] == 1
    assert "> 192.0.2.2.9: UDP, length 3" in found["printed"]
    assert "The packets until then are not lost." in found["said"]
    # What the helper says as usual is said once, by us.
    assert found["said"].count("listening on") == found["said"].count("packet captured") == 1


@needs_network
def test_a_cut_packet_is_told_and_s_0_keeps_it_whole(user: User) -> None:
    found = inside(
        user,
        """
children = [tutor("live", "-i", "lo", "-c", "1", "udp", *more) for more in ((), ("-s", "0"))]
send(1, size=5000)
print(json.dumps([done(child)["said"] for child in children]))
""",
    )
    assert isinstance(found, list)
    assert "Packets longer than 2048 bytes, of which only the beginning was kept: 1." in found[0]
    assert "longer than" not in found[1]


KILLED = """
child = tutor(*words, "-i", "lo")
before = helpers()
child.kill()
child.communicate()
deadline = time.monotonic() + 10
while helpers() and time.monotonic() < deadline:
    time.sleep(0.01)
print(json.dumps([before, helpers()]))
"""


@needs_network
def test_a_killed_tutor_takes_its_helper_along(user: User) -> None:
    found = inside(user, 'words = ["live"]' + KILLED)
    assert found == [["sh", "tcpdump"], []]


@needs_network
@pytest.mark.needs("dumpcap")
def test_dumpcap_does_as_well(user: User) -> None:
    found = inside(
        user,
        """
from lesson_engine.sources import live
live._HELPERS = ("dumpcap",)
with live.LiveCapture(live.Wanted("lo", "udp dst port 9")) as capture:
    send(50); send(3, port=10)
    capture.stop()
    got = [packet.data[42:47].decode() for batch in capture for packet in batch]
print(json.dumps([got, capture.counts, capture.link_type.name, capture.interface, helpers()]))
""",
    )
    assert found == [[f"{number:05}" for number in range(50)], [50, 0], "EN10MB", "lo", []]


@needs_network
def test_a_second_stop_does_not_wait_for_silence(user: User) -> None:
    found = inside(
        user,
        """
from lesson_engine.sources import live
live._QUIET = {"tcpdump": 3600.0}
with live.LiveCapture(live.Wanted("lo", "udp")) as capture:
    capture.stop(); capture.stop()
    count = sum(len(batch) for batch in capture)
print(json.dumps([count, capture.error is None, helpers()]))
""",
    )
    assert found == [0, True, []]


@pytest.fixture(scope="module")
def root_by_sudo() -> Iterator[User]:
    for nobody in users("nobody"):
        yield nobody.root_by_sudo()


# Nobody's own directory, and a look at who a process is and what it may do.
AS_SEEN = f"""
directory = tempfile.mkdtemp()
os.chown(directory, {NOBODY}, {NOBODY})

def power(process):
    with open(f"/proc/{{process}}/status") as file:
        rows = dict(line.split(":", 1) for line in file)
    return [*map(int, rows["Uid"].split()), *(int(rows[name], 16) for name in ("CapPrm", "CapEff", "CapAmb"))]

def of(program):
    return [power(each) for each in os.listdir("/proc")
            if each.isdecimal() and open(f"/proc/{{each}}/comm").read() == program + "\\n"]
"""


@needs_network
@only_as_root
def test_through_sudo_only_the_helper_may_capture_and_nothing_is_roots(root_by_sudo: User) -> None:
    found = inside(
        root_by_sudo,
        AS_SEEN
        + """
path = directory + "/saved.pcap"
child = tutor("live", "-nn", "-t", "-i", "lo", "-w", path, "--print", "udp dst port 9")
seen = power(child.pid), of("sh"), of("tcpdump")
send(50)
child.send_signal(signal.SIGINT)
ended = done(child)
owner = os.stat(path).st_uid, os.stat(path).st_gid
again = subprocess.run([sys.executable, "-m", "lesson_engine.cli", "tcpdump", "-nn", "-t", "-r", path],
                       capture_output=True, text=True).stdout
os.unlink(path); os.rmdir(directory)
print(json.dumps([seen, ended, owner, again, helpers()]))
""",
    )
    assert isinstance(found, list)
    (python, watcher, helper), ended, owner, again, left = found
    net_admin_and_net_raw = 1 << 12 | 1 << 13
    assert python == [NOBODY] * 4 + [0] * 3
    assert watcher == [[NOBODY] * 4 + [0] * 3]
    assert helper == [[NOBODY] * 4 + [net_admin_and_net_raw] * 3]
    assert owner == [NOBODY, NOBODY]
    assert ended["status"] == 0
    assert "50 packets captured\n" in ended["said"]
    assert "\n0 packets dropped by kernel\n" in ended["said"]
    assert ended["printed"].count("UDP, length") == 50
    assert again.rstrip("\n") == ended["printed"].rstrip("\n")
    assert left == []


@needs_network
@only_as_root
def test_through_sudo_a_killed_tutor_takes_its_helper_along(root_by_sudo: User) -> None:
    found = inside(root_by_sudo, 'words = ["tcpdump", "--live"]' + KILLED)
    assert found == [["sh", "tcpdump"], []]


@needs_network
@only_as_root
def test_through_sudo_a_file_is_not_written_where_only_root_may(root_by_sudo: User) -> None:
    found = inside(
        root_by_sudo,
        """
directory = tempfile.mkdtemp()
ended = done(tutor("live", "-i", "lo", "-c", "1", "-w", directory + "/saved.pcap"))
print(json.dumps([ended, os.listdir(directory), os.rmdir(directory), helpers()]))
""",
    )
    assert isinstance(found, list)
    ended, files, _, left = found
    assert (ended["status"], files, left) == (1, [], [])
    assert "/saved.pcap: Permission denied\n" in ended["said"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_root_cannot_be_given_in_part_it_is_said_that_it_is_needless(
    language: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(privilege, "HAS_CAPABILITIES", False)
    monkeypatch.setattr(privilege, "caller", lambda: privilege.Caller(1000, 1000, "hanako"))
    monkeypatch.setattr(live, "_HELPERS", ())
    assert main(["--lang", language, "live", "-i", "lo"]) == 1
    assert capsys.readouterr().err.startswith(Message("sources.live.needless_root").text(language))


@needs_network
@only_as_root
def test_someone_without_permission_is_told_the_ways() -> None:
    for nobody in users("nobody"):
        done = nobody.run(nobody.python, "-m", "lesson_engine.cli", "live", "-i", "lo")
        assert done.returncode == 1
        assert done.stderr.startswith("tcpdump: lo: You don't have permission to perform this capture on that device\n")
        assert "sudo setcap" in done.stderr
        assert "tutor lab up" in done.stderr


# ---- helpers that fail, played by scripts


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of helpers that is looked into first; only what is put there is found."""
    monkeypatch.setattr(live, "_PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(live, "_HELPERS", ("tcpdump",))
    return tmp_path


@pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")
def test_without_permission_it_is_said_what_to_do_here(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_SYSTEM", "linux")
    put(fake, "tcpdump", FORBIDDEN)
    with pytest.raises(CaptureError) as refused:
        LiveCapture(Wanted("eth0"))
    assert refused.value.message is not None
    for language in ("ja", "en"):
        text = refused.value.message.text(language)
        assert f"sudo setcap cap_net_raw,cap_net_admin=eip {fake}/tcpdump" in text
        assert f"sudo chmod 750 {fake}/tcpdump" in text
        assert "sudo tcpdump -U -w - -i IF | tutor tcpdump -r -" in text
        assert text.endswith("tutor lab up\n    tutor lab shell client")


@pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")
def test_dumpcap_is_asked_where_tcpdump_may_not(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_HELPERS", ("tcpdump", "dumpcap"))
    put(fake, "tcpdump", FORBIDDEN)
    put(fake, "dumpcap", f"echo \"Capturing on 'Ethernet: eth0'\" >&2; {HEADER}")
    with LiveCapture(Wanted(None)) as capture:
        assert list(capture) == []
        assert (capture.interface, capture.link_type.name, capture.error) == ("eth0", "EN10MB", None)


@pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")
def test_a_helper_that_breaks_off_is_told(fake: Path) -> None:
    put(fake, "tcpdump", f"{HEADER}; echo 'tcpdump: pcap_loop: recvmmsg failed' >&2; exit 1")
    with LiveCapture(Wanted("eth0")) as capture:
        assert list(capture) == []
    assert capture.error is not None
    assert capture.error.helper_text == "pcap_loop: recvmmsg failed"


@pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")
def test_what_the_kernel_dropped_is_counted(fake: Path) -> None:
    put(fake, "tcpdump", f"{HEADER}; printf '0 packets captured\\n5 packets received by filter\\n'>&2; "
        "printf '2 packets dropped by kernel\\n' >&2")  # fmt: skip
    with LiveCapture(Wanted("eth0")) as capture:
        assert list(capture) == []
    assert capture.counts == Counts(received=5, dropped=2)


@pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")
def test_a_helper_that_does_not_listen_is_ended(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_LONGEST_STOP", 0.2)
    put(fake, "tcpdump", f"trap '' INT; {HEADER}; while :; do sleep 0.05; done")
    began = time.monotonic()
    capture = LiveCapture(Wanted("eth0"))
    helper = capture._child.pid
    capture.close()
    assert not Path(f"/proc/{helper}").exists()
    assert time.monotonic() - began < 30


@pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")
def test_without_any_helper_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_HELPERS", ())
    with pytest.raises(CaptureError, match="Neither tcpdump nor dumpcap"):
        LiveCapture(Wanted("eth0"))


def test_the_filter_is_one_word_behind_the_options() -> None:
    wanted = Wanted("eth0", "-x or port 80", 96, 5, "in", promiscuous=False, nanoseconds=True)
    tcpdump = helper_command(wanted, "tcpdump")
    assert tcpdump[-2:] == ["--", "-x or port 80"]
    assert {"-p", "-Q", "--immediate-mode", "--time-stamp-precision=nano"} <= {*tcpdump}
    assert helper_command(wanted, "dumpcap")[-4:] == ["-f", "-x or port 80", "-w", "-"]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("1 packet captured\n1 packet received by filter\n0 packets dropped by kernel\n", (1, 0)),
        ("Packets received/dropped on interface 'lo': 7/2 (pcap:2/dumpcap:0/flushed:0/ps_ifdrop:0) (77.8%)\n", (7, 2)),
        ("", (0, 0)),
    ],
)
def test_the_summary_of_either_helper_is_read(said: str, counts: tuple[int, int]) -> None:
    assert Counts.of(said) == counts


@pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")
def test_a_helper_that_was_asked_when_it_had_ended_is_heard_out(fake: Path) -> None:
    record = r"printf '\0\0\0\0\0\0\0\0\4\0\0\0\4\0\0\0abcd'"
    put(
        fake,
        "tcpdump",
        f"{HEADER}; {record}; printf '5 packets received by filter\\n2 packets dropped by kernel\\n' >&2",
    )
    with LiveCapture(Wanted("eth0")) as capture:
        (packets,) = (len(batch) for batch in capture if not capture._child.wait())
        capture.ask_counts()
    assert (packets, capture.counts) == (1, Counts(received=5, dropped=2))
    assert capture._watcher.returncode is not None
