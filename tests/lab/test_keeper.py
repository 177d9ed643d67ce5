"""A lab that stands: real programs on its hosts, faults that look as they should, and nothing left when it ends."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lab_outside import gone, living, tutor
from private_network import USERS, User, users

from lesson_engine.lab import keeper, namespaces
from lesson_engine.lab.faults import FAULTS, random_fault
from lesson_engine.lab.namespaces import NamespacesRefusedError
from lesson_engine.messages import Message

pytestmark = pytest.mark.needs(
    "unshare", "setpriv", "ip", "nft", "tcpdump", "nginx", "openssl", "curl", "mariadb", "mariadbd", "dnsmasq", "sshd"
)


@pytest.fixture(params=USERS, scope="module")
def user(request: pytest.FixtureRequest) -> Iterator[User]:
    for each in users(request.param):
        each.environment["TUTOR_LAB"] = f"test-{os.getpid()}-{request.param}"
        yield each


def ask(user: User, code: str, *words: str) -> Any:
    """What Python code prints as JSON; it has `lab`, if one stands."""
    begin = "import json, os, sys, time\nfrom lesson_engine.lab import keeper\nlab = keeper.find()\n"
    done = user.run(user.python, "-c", begin + code, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def lab(user: User) -> Iterator[User]:
    """A lab whose services run."""
    raised = tutor(user, "lab", "up")
    assert (raised.returncode, raised.stderr) == (0, "")
    yield user
    tutor(user, "lab", "down")
    assert gone(user)


@pytest.fixture(scope="module")
def ordinary_lab() -> Iterator[User]:
    """A lab of an ordinary user that several tests use."""
    for user in users("nobody" if os.geteuid() == 0 else "this user"):
        user.environment["TUTOR_LAB"] = f"test-{os.getpid()}-ordinary"
        assert tutor(user, "lab", "up").returncode == 0
        yield user
        tutor(user, "lab", "down")
        assert gone(user)


def test_a_learner_captures_on_a_host_what_a_real_server_answers(lab: User, tmp_path: Path) -> None:
    script = (
        "sudo tcpdump -i eth0 -nn -c 3 -l tcp port 80 2>/dev/null & sleep 0.4; "
        "curl -s http://www.example.com/ | grep -c packet; wait; "
        "mariadb --skip-ssl -h 192.168.1.100 -u app -pmade-for-the-recording shop -Ne 'select count(*) from products'; "
        "echo $TUTOR_LAB_HOST; exit 7"
    )
    done = tutor(lab, "lab", "shell", "client", "--", "bash", "-c", script)
    assert done.returncode == 7
    lines = done.stdout.splitlines()
    assert sorted(len(line) < 10 for line in lines) == [False] * 3 + [True] * 3
    assert [line for line in lines if len(line) < 10] == ["1", "3", "client"]
    flags = [line.partition("Flags ")[2].partition(",")[0] for line in lines if "Flags" in line]
    assert flags == ["[S]", "[S.]", "[.]"]
    shown = tutor(lab, "lab", "status").stdout
    assert shown.count("running\n") == 4
    assert "192.168.1.100" in shown


def test_tutor_itself_captures_live_inside(ordinary_lab: User) -> None:
    live = f"{ordinary_lab.python} -m lesson_engine.cli live -i eth0 -nn -t -c 2 icmp"
    script = f"{live} & sleep 0.8; ping -c 1 192.168.1.1 >&2; wait"
    done = tutor(ordinary_lab, "lab", "shell", "client", "--", "sh", "-c", script)
    assert "IP 192.168.1.50 > 192.168.1.1: ICMP echo request" in done.stdout
    assert "2 packets captured" in done.stderr


def test_every_fault_looks_as_it_should_and_is_mended(ordinary_lab: User) -> None:
    found = ask(
        ordinary_lab,
        """
from lesson_engine.lab.faults import FAULTS
outcomes = {}
for fault in FAULTS.values():
    service = lab.inflict(fault.name)
    outcomes[fault.name] = lab.probe(service, patience=0.4).outcome
remedy = lab.remedy()
lab.restore()
mended = [lab.probe(service).outcome for service in ("web", "database")]
try:
    lab.remedy()
except keeper.LabError as error:
    print(json.dumps([outcomes, remedy, mended, error.message.text("en")]))
""",
    )
    outcomes, remedy, mended, nothing = found
    expected = {"no_answer": {"silent"}, "rejected": {"unreachable"}, "refused": {"refused"}}
    for fault in FAULTS.values():
        if fault.seen == "loss":
            assert outcomes[fault.name] in ("answered", "silent")
        elif fault.seen == "host_not_there":
            assert outcomes[fault.name] in ("silent", "unreachable")  # after a second, or three
        else:
            assert outcomes[fault.name] in expected[fault.seen], fault.name
    assert remedy == [fault.seen, fault.where, fault.mend]
    assert mended == ["answered", "answered"]
    assert nothing == Message("lab.no_fault").text("en")


def test_a_fault_shows_at_both_points_and_its_proof_is_the_probe(ordinary_lab: User) -> None:
    found = ask(
        ordinary_lab,
        """
import subprocess, tempfile, shutil
from lesson_engine import Capture
from lesson_engine.conversations.symptoms import symptoms
directory = tempfile.mkdtemp()
captures = [Capture.open(path) for path in lab.run("firewall_rejects", into=directory)]
kinds = [[symptom.kind for symptom in symptoms(capture)] for capture in captures]
lab.restore()
proof = directory + "/proof.pcap"
watching = subprocess.Popen([sys.executable, "-m", "lesson_engine.cli", "lab", "shell", "client", "--",
                             "tcpdump", "-i", "eth0", "-U", "-w", proof], stderr=subprocess.PIPE, text=True)
for line in watching.stderr:
    if "listening on" in line:
        break
before = lab.probe("database")
probe = lab.probe("web")
time.sleep(1.3)
for process in os.listdir("/proc"):
    if process.isdecimal():
        try:
            if b"proof.pcap" in open(f"/proc/{process}/cmdline", "rb").read() and \\
                    open(f"/proc/{process}/comm").read() == "tcpdump\\n":
                os.kill(int(process), 2)
        except OSError:
            pass
watching.communicate()
capture = Capture.open(proof)
data = b"".join(packet.data for packet in capture)
seen = len(probe.packets_in(capture)), len(before.packets_in(capture)), probe.nonce.encode() in data
shutil.rmtree(directory)
print(json.dumps([kinds, seen, watching.returncode, lab.interfaces("client")[:1]]))
""",
    )
    kinds, (web, database, has_nonce), status, interfaces = found
    assert kinds == [["rejected"], []]
    assert web >= 6
    assert database >= 4
    assert has_nonce
    assert status == 0
    assert interfaces == ["eth0"]


def test_a_scenario_is_recorded_at_both_ends_and_laid_side_by_side(ordinary_lab: User) -> None:
    found = ask(
        ordinary_lab,
        """
import subprocess, tempfile, shutil
directory = tempfile.mkdtemp()
said = [subprocess.run([sys.executable, "-m", "lesson_engine.cli", *words], capture_output=True, text=True).stdout
        for words in (["lab", "run", "handshake", "--save", directory],
                      ["ladder", directory + "/handshake_client.pcap", "--and", directory + "/handshake_server.pcap"])]
shutil.rmtree(directory)
print(json.dumps(said))
""",
    )
    assert "Played handshake." in found[0]
    assert "tutor ladder" in found[0]
    assert "Lost in between: 0. Made in between: 0." in found[1]
    assert "established" in found[1]


@pytest.mark.parametrize("part", ["unshare", "first process"])
def test_a_kill_of_either_process_ends_the_whole(user: User, part: str, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: tutor(user, "lab", "down"))
    assert tutor(user, "lab", "up").returncode == 0
    found = living(user)
    assert {"unshare", "nginx", "mariadbd", "sshd", "dnsmasq"} <= found.keys()
    victim = found["unshare"][0] if part == "unshare" else ask(user, "print(lab.process_id)")
    os.kill(victim, signal.SIGKILL)
    assert gone(user)
    assert tutor(user, "lab", "down").returncode == 1


def test_a_killed_daemon_is_told_and_started_again(lab: User) -> None:
    victims = living(lab)["nginx"]
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while "stopped" not in tutor(lab, "lab", "status").stdout and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "web           stopped" in tutor(lab, "lab", "status").stdout
    assert tutor(lab, "lab", "restore").returncode == 0
    assert "stopped" not in tutor(lab, "lab", "status").stdout


@pytest.mark.parametrize("moment", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_up_that_is_ended_early_leaves_nothing(
    user: User, moment: float, how: signal.Signals, request: pytest.FixtureRequest
) -> None:
    raising = subprocess.Popen(
        [*user.prefix, "env", user.python, "-m", "lesson_engine.cli", "lab", "up"],
        cwd=user.checkout,
        env=user.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    request.addfinalizer(lambda: tutor(user, "lab", "down"))
    time.sleep(moment)
    raising.send_signal(how)
    raising.wait(20)
    if raising.returncode == 0:  # it was quicker
        tutor(user, "lab", "down")
    assert gone(user)


def test_a_learner_mends_by_hand_what_chance_broke(ordinary_lab: User) -> None:
    routes = "; ".join(f"ip route flush type {kind}" for kind in ("blackhole", "unreachable", "prohibit"))
    mend = f"nft flush ruleset; {routes}; ip link set database up 2>/dev/null"
    found = ask(
        ordinary_lab,
        """
import subprocess
begin = [sys.executable, "-m", "lesson_engine.cli", "lab", "shell"]
outcomes = []
for seed in range(4):
    service = lab.inflict("random", seed=seed)
    before = lab.probe(service, patience=0.5).outcome
    for host in ("firewall", "web", "database"):
        subprocess.run([*begin, host, "--", "sh", "-c", sys.argv[1]])
    outcomes.append([before, lab.probe(service).outcome])
lab.restore()
print(json.dumps(outcomes))
""",
        mend,
    )
    assert [after for _, after in found] == ["answered"] * 4
    assert "answered" not in [before for before, _ in found]


def test_each_fault_is_mended_by_its_own_command(ordinary_lab: User) -> None:
    found = ask(
        ordinary_lab,
        """
import subprocess
from lesson_engine.lab.faults import FAULTS
outcomes = {}
for fault in FAULTS.values():
    if not fault.mend or fault.seen == "loss":
        continue
    lab.inflict(fault.name)
    remedy = lab.remedy()
    assert (remedy.seen, remedy.where) == (fault.seen, fault.where)
    before = lab.probe(fault.service, patience=0.3).outcome
    subprocess.run([sys.executable, "-m", "lesson_engine.cli", "lab", "shell", remedy.where, "--",
                    *remedy.command.split()], check=True)
    outcomes[fault.name] = [before, lab.probe(fault.service).outcome]
lab.restore()
try:
    lab.remedy()
except OSError as error:
    print(json.dumps([outcomes, error.message.text("ja"), error.message.text("en")]))
""",
    )
    outcomes, japanese, english = found
    assert outcomes.keys() == FAULTS.keys() - {"lossy", "daemon_stopped", "deaf_listener"}
    assert {after for _, after in outcomes.values()} == {"answered"}
    assert "answered" not in {before for before, _ in outcomes.values()}
    assert ("障害は起きていません" in japanese, english) == (True, "Nothing is wrong in the lab.")


def test_a_task_has_its_fault_until_the_lab_does_something_else(lab: User) -> None:
    found = ask(
        lab,
        """
first = lab.pose("one", seed=3)
lab.probe(first.service, patience=0.2)
again = lab.pose("one", seed=3)
kept = [visit.outcome for visit in lab.visits()]
other = lab.pose("two", seed=4)
cleared = len(lab.visits())
lab.restore()
print(json.dumps([first.fresh, again.fresh, first[:3] == again[:3], kept, other.fresh, cleared,
                  lab.pose("two", seed=4).fresh, lab.ask("status")["fault"]]))
""",
    )
    assert found == [True, False, True, ["silent"], True, 0, True, True]


def test_the_lab_watches_an_interface_while_it_makes_visits(lab: User) -> None:
    found = ask(
        lab,
        """
seen = {}
for name, count in (("eth0", 0), ("eth0", 10), ("eth0", 1000), ("lo", 10), ("any", 0)):
    watched = lab.watch(name, count=count)
    of_visits = sum(len(visit.packets_in(watched.capture)) for visit in watched.visits)
    nonce = watched.visits[0].nonce.encode()
    seen[f"{name} {count}"] = [len(watched.capture), of_visits, watched.ended,
                               any(nonce in packet.data for packet in watched.capture)]
refusals = []
try:
    lab.watch("eth7")
except OSError as error:
    refusals.append(str(error))
print(json.dumps([seen, refusals]))
""",
    )
    seen, (refusal,) = found
    packets, of_visits, ended, has_nonce = seen["eth0 0"]
    assert (packets >= of_visits >= 7, ended, has_nonce) == (True, False, True)
    assert (seen["eth0 10"][0], seen["eth0 10"][2]) == (10, True)
    assert seen["eth0 1000"][2] is False
    assert seen["lo 10"] == [0, 0, False, False]
    assert seen["any 0"][1] >= 7
    assert "eth7" in refusal


def test_the_lab_witnesses_what_tcpdump_captures(lab: User) -> None:
    """The kernel stamps a packet for each of the two, some microseconds apart where the machine is busy."""
    found = ask(
        lab,
        """
watched = lab.watch("eth0", count=40).capture
times = watched.times_ns
witnessed = lab.witnessed(times[0] - 10**7, times[len(watched) - 1] + 10**7)
one, other = ([(packet.data, packet.original_length) for packet in each] for each in (watched, witnessed))
begins = [begin for begin in range(len(other)) if other[begin : begin + len(one)] == one]
apart = [abs(times[index] - witnessed.times_ns[begins[0] + index]) for index in range(len(one))] if begins else []
earlier = lab.witnessed(times[0] - 3600 * 10**9, times[0] - 10**7)
print(json.dumps([
    len(watched), len(begins), max(apart, default=None), witnessed.link_type.name,
    any(packet.time_ns > times[0] - 10**7 for packet in earlier), len(lab.witnessed(0, 1)),
]))
""",
    )
    packets, runs, apart, link_type, is_later, nothing = found
    assert packets >= 20
    assert (runs, apart < 10_000_000, link_type) == (1, True, "EN10MB")
    assert (is_later, nothing) == (False, 0)


def test_a_flood_is_witnessed_whole(lab: User) -> None:
    found = ask(
        lab,
        """
import subprocess
began = time.time_ns()
burst = "import socket; s = socket.socket(type=socket.SOCK_DGRAM); " \\
        "[s.sendto(bytes(900), ('192.168.1.1', 9)) for _ in range(3000)]"
flood = [sys.executable, "-c", burst]
subprocess.run([sys.executable, "-m", "lesson_engine.cli", "lab", "shell", "client", "--", *flood],
               check=True)
frames = lab.witnessed(began, time.time_ns())
print(json.dumps(sum(packet.original_length == 942 for packet in frames)))
""",
    )
    assert found == 3000


def test_a_shell_is_a_terminal_with_jobs_and_its_own_interrupt(ordinary_lab: User) -> None:
    import pty
    import select

    process, terminal = pty.fork()
    if process == 0:
        os.chdir(ordinary_lab.checkout)
        words = [*ordinary_lab.prefix, "env", ordinary_lab.python, "-m", "lesson_engine.cli", "lab", "shell", "client"]
        os.execvpe(words[0], words, ordinary_lab.environment | {"HOME": "/nonexistent"})

    def expect(text: str) -> None:
        said, deadline = b"", time.monotonic() + 20
        while text.encode() not in said:
            assert time.monotonic() < deadline, said
            if select.select([terminal], [], [], 0.1)[0]:
                said += os.read(terminal, 4096)

    expect("client$ ")
    os.write(terminal, b"sleep 3600 & fg\n")
    expect("\r\nsleep 3600\r\n")
    time.sleep(0.2)
    os.write(terminal, b"\x03")
    expect("client$ ")
    os.write(terminal, b"echo status $?\n")
    expect("status 130")
    os.write(terminal, b"exit 3\n")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 3
    os.close(terminal)


def test_where_namespaces_are_refused_the_rule_and_the_alternative_are_named(ordinary_lab: User) -> None:
    # A user namespace in which no further one may be made, as on a machine where an administrator has forbidden them.
    forbid = "echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --ambient-caps=-all --inh-caps=-all "
    words = f"env TUTOR_LAB=refused {ordinary_lab.python} -m lesson_engine.cli lab up"
    done = ordinary_lab.run("unshare", "--user", "--map-current-user", "--keep-caps", "sh", "-c", forbid + words)
    assert done.returncode == 1
    assert "user.max_user_namespaces is 0" in done.stderr
    assert done.stderr.endswith("Without the lab, there are the recorded captures: tutor tcpdump -i eth0\n")


def test_a_lab_that_is_not_kept_ends_with_its_connection(user: User) -> None:
    code = """
with keeper.up() as own:
    first = own.probe("database").outcome
print(json.dumps([first, keeper.find() is None]))
"""
    assert ask(user, code) == ["answered", True]
    assert gone(user)


def test_a_second_lab_is_refused_and_the_first_stands_on(ordinary_lab: User) -> None:
    again = tutor(ordinary_lab, "lab", "up")
    assert again.returncode == 1
    assert "The lab is up already." in again.stderr
    assert tutor(ordinary_lab, "lab", "status").returncode == 0


def test_a_command_dies_with_the_lab_and_with_who_started_it(lab: User) -> None:
    def sleeping() -> list[int]:
        return living(lab).get("sleep", [])

    def wait_until(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert condition()

    words = [*lab.prefix, "env", lab.python, "-m", "lesson_engine.cli", "lab", "shell", "web", "--", "sleep", "3600"]
    for end in (lambda child: child.kill(), lambda child: tutor(lab, "lab", "down")):
        child = subprocess.Popen(words, cwd=lab.checkout, env=lab.environment)
        wait_until(lambda: bool(sleeping()))
        end(child)
        child.wait(20)
        wait_until(lambda: not sleeping())
    assert child.returncode != 0


@pytest.mark.parametrize("words", [("shell", "printer"), ("run", "handshakes")])
def test_an_unknown_name_is_told_with_the_known_ones(ordinary_lab: User, words: tuple[str, ...]) -> None:
    done = tutor(ordinary_lab, "lab", *words)
    assert done.returncode == 1
    assert ("firewall, client" if words[0] == "shell" else "handshake, mysql") in done.stderr


def test_without_a_lab_it_is_said_how_to_make_one(user: User) -> None:
    for words in (("status",), ("down",), ("shell", "client"), ("run", "ping"), ("restore",)):
        done = tutor(user, "lab", *words)
        assert (done.returncode, done.stderr) == (1, "tutor: There is no lab. To make one: tutor lab up\n")


def test_elsewhere_it_is_said_that_the_lab_needs_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(namespaces, "_SYSTEM", "darwin")
    for call in (keeper.up, keeper.require, keeper.down):
        with pytest.raises(NamespacesRefusedError, match="tutor tcpdump -i eth0"):
            call()
    assert keeper.find() is None


def test_a_seed_means_one_fault_and_seeds_reach_all() -> None:
    reached = {random_fault(seed).name for seed in range(200)}
    assert reached == FAULTS.keys() - {"lossy", "daemon_stopped", "deaf_listener"}
    assert {FAULTS[name].seen for name in reached} == {"no_answer", "rejected", "refused", "host_not_there"}
