"""The packet view of a live capture: it shows what comes as replay does, tells what happens, and leaves nothing."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("anywidget", reason="what is shown in notebooks needs the extra `notebook`")

from hostile import PAYLOADS, write_hostile_capture
from live_captures import FORBIDDEN, HEADER, inside, needs_network, put
from private_network import User, users
from test_exhibits import asked, holds_only_text, said

from lesson_engine import Capture, notebook
from lesson_engine.bundled import capture_path
from lesson_engine.notebook import background, live_shown
from lesson_engine.notebook import language as told
from lesson_engine.notebook.live_shown import LiveView
from lesson_engine.sources import live
from lesson_engine.tcpdump.manual import OPTIONS

plays_helpers = pytest.mark.skipif(os.name != "posix", reason="helpers are started by sh")


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LANG", "en")
    monkeypatch.setattr(told, "_told", [])


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of helpers that is looked into first; only tcpdump is asked."""
    monkeypatch.setattr(live, "_PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(live, "_HELPERS", ("tcpdump",))
    return tmp_path


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is told to the pages."""
    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(LiveView, "tell", lambda _, news: heard.append(json.loads(json.dumps(news))))
    return heard


@pytest.fixture(scope="module")
def user() -> Iterator[User]:
    yield from users("this user")


def plays(directory: Path, script: str) -> None:
    """Makes the script tcpdump, which is not ended by the question what the kernel dropped."""
    put(directory, "tcpdump", f"trap '' USR1; {script}")


def view_of(command: str) -> LiveView:
    view = notebook.packet_view(notebook.live(command))
    assert isinstance(view, LiveView), view.still().text
    return view


def ended(view: LiveView) -> LiveView:
    """The view, once its helper has ended of itself and that was told."""
    view._telling.join()
    return view


def rows(view: Any) -> list[str]:
    indices = range(len(view.capture))
    return [said([row[2]]) for row in asked(view, "rows", indices=[*indices])["rows"]]


# ---- real traffic


MIXED = """
import threading
from lesson_engine import notebook
from lesson_engine.notebook.exhibit import Exhibit

def lines(view):
    indices = [*range(len(view.capture))]
    return ["".join(piece[0] for piece in row[2]) for row in view.answer({"ask": "rows", "indices": indices})["rows"]]

def traffic():
    server = socket.create_server(("127.0.0.1", 80))
    with socket.create_connection(("127.0.0.1", 80)) as client:
        accepted = server.accept()[0]
        client.sendall(b"GET / HTTP/1.1\\r\\nHost: here\\r\\n\\r\\n")
        accepted.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n" + accepted.recv(100) * 100)
        accepted.close()
    server.close()
    with socket.socket() as tcp:
        tcp.connect_ex(("127.0.0.1", 81))
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"six", ("::1", 9))
    send(3); send(1, size=3000); send(1, port=53, size=40)
"""


@needs_network
@pytest.mark.parametrize(
    "command",
    ["-i lo", "-i lo -c 12 tcp", "-i any", "-i lo -e -S -tt udp or icmp", "-i lo --nano -s 60", "-i lo -q -t -s 0 ip6"],
)
def test_live_and_replay_show_the_same_lines(command: str, user: User, tmp_path: Path) -> None:
    found = inside(
        user,
        MIXED
        + """
command, path = sys.argv[1:]
view = notebook.packet_view(notebook.live(command))
traffic()
view.stop()
view.save(path)
options = [word for word in command.split() if word in ("-e", "-S", "-t", "-tt", "--nano", "-q")]
real = subprocess.run(["tcpdump", "-nn", *options, "-r", path], capture_output=True, text=True)
replayed = notebook.packet_view(path)
detail = [each.answer({"ask": "detail", "index": 0}) for each in (view, replayed)]
detail = [each.pop("line") and each for each in detail]
print(json.dumps([lines(view), real.stdout.splitlines(), len(replayed.capture), detail[0] == detail[1], helpers()]))
""",
        command,
        str(tmp_path / "kept.pcap"),
    )
    shown, real, replayed, same_detail, left = found  # type: ignore[misc]
    assert len(shown) >= 2
    assert shown == real
    assert replayed == len(shown)
    assert same_detail
    assert left == []


@needs_network
def test_the_list_grows_while_other_things_run_and_what_was_taken_stays(user: User) -> None:
    found = inside(
        user,
        MIXED
        + """
heard = []
Exhibit.tell = lambda _, news: heard.append(news)
view = notebook.packet_view(notebook.live("-i lo udp port 9"))
opened = view.answer({"ask": "open"})
counts = []
for more in (2, 3):
    send(more)
    counts.append(sum(counts[-1:]) + more)
    while len(view.capture) < counts[-1]:
        time.sleep(0.01)
    if more == 2:
        first = view.capture
view.answer({"ask": "stop"})
view.stop()
rows = [row for news in heard for row in news["rows"]]
print(json.dumps([opened["live"], opened["packets"], len(first), len(view.capture), heard[-1] | {"rows": 0},
                  [row[:2] for row in rows], view.running, helpers()]))
""",
    )
    opening, packets, first, last, final, told_rows, is_running, left = found  # type: ignore[misc]
    assert opening["running"]
    assert opening["state"] == "● Capturing on lo. Packets so far: 0"
    assert (packets, first, last) == (0, 2, 5)
    assert told_rows == [[index, index + 1] for index in range(5)]
    assert final["state"] == "■ Stopped. Packets from lo: 5; dropped by the kernel: 0"
    assert (final["running"], final["packets"], is_running, left) == (False, 5, False, [])


@needs_network
def test_what_the_kernel_drops_is_told_while_it_goes_on(user: User) -> None:
    found = inside(
        user,
        MIXED
        + """
view = notebook.packet_view(notebook.live("-i lo -B 64 udp port 9"))
send(1)
while not len(view.capture):
    time.sleep(0.01)
# A helper that cannot read is one that is too slow.
os.kill(view._source._child.pid, signal.SIGSTOP)
send(3000, size=1000)
os.kill(view._source._child.pid, signal.SIGCONT)
deadline = time.monotonic() + 30
while not any("dropped" in each for each in view.answer({"ask": "open"})["live"]["remarks"]):
    assert time.monotonic() < deadline
    time.sleep(0.05)
is_running = view.running
view.stop()
print(json.dumps([is_running, len(view.capture), view._source.counts, view.answer({"ask": "open"})["live"]]))
""",
    )
    is_running, kept, (_, dropped), state = found  # type: ignore[misc]
    assert is_running
    assert kept < 3001
    assert dropped > 0
    assert f"The kernel dropped {dropped} packets." in " ".join(state["remarks"])
    assert state["state"] == f"■ Stopped. Packets from lo: {kept:,}; dropped by the kernel: {dropped:,}"


IN_A_KERNEL = """
from jupyter_client.manager import start_new_kernel
os.environ["IPYTHONDIR"] = os.environ["JUPYTER_RUNTIME_DIR"] = tempfile.mkdtemp()
manager, client = start_new_kernel()

def run(code, cell="one"):
    content = {"code": code, "silent": False, "allow_stdin": False, "stop_on_error": True}
    message = client.session.msg("execute_request", content, metadata={"cellId": cell})
    client.shell_channel.send(message)
    return message["header"]["msg_id"]

def finished(request):
    while (reply := client.get_shell_msg(timeout=60))["parent_header"].get("msg_id") != request:
        pass
    return reply["content"]["status"]

def ended(number=0):
    deadline = time.monotonic() + 30
    while helpers().count("tcpdump") > number and time.monotonic() < deadline:
        time.sleep(0.02)
    return helpers().count("tcpdump")

BEGIN = "from lesson_engine.notebook import *; view = packet_view(live('-i lo udp port 9')); view"
said = finished(run(BEGIN))
before = helpers().count("tcpdump")
"""


@needs_network
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("an interrupt while no cell runs", "manager.interrupt_kernel(); left = ended()"),
        (
            "an interrupt of a cell",
            "request = run('print(1, flush=True); import time; time.sleep(600)', 'two')\n"
            "while client.get_iopub_msg(timeout=60)['content'].get('text', '') != '1\\n': pass\n"
            "manager.interrupt_kernel(); left = ended(); assert finished(request) == 'error'",
        ),
        (
            "an interrupt of a later cell that has run",
            "finished(run('1', 'two')); finished(run('2', 'three')); manager.interrupt_kernel(); left = ended()",
        ),
        ("a restart", "manager.restart_kernel(now=False); left = ended()"),
        ("the kernel's death", "os.kill(manager.provisioner.pid, signal.SIGKILL); left = ended()"),
        ("another run of its cell", "finished(run(BEGIN)); left = ended(1) - 1"),
        ("another cell", "finished(run(BEGIN, 'two')); left = 2 - helpers().count('tcpdump')"),
    ],
)
def test_it_ends_with(name: str, code: str, user: User) -> None:
    ending = "\nmanager.shutdown_kernel(now=True)\nprint(json.dumps([said, before, left, ended()]))"
    assert inside(user, IN_A_KERNEL + code + ending, timeout=180) == ["ok", 1, 0, 0]


@needs_network
@pytest.mark.parametrize("last", ["view.stop()", "assert view.running"])
def test_an_exported_notebook_shows_what_was_captured(last: str, user: User, tmp_path: Path) -> None:
    cells = [
        "from lesson_engine.notebook import *\nview = packet_view(live('-i lo -t udp port 9'), 2)\nview",
        "import socket\nudp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nudp.bind(('127.0.0.1', 7777))\n"
        "for size in (3, 4): udp.sendto(b'x' * size, ('127.0.0.1', 9))\n"
        "while len(view.capture) < 2: pass",
        last,
    ]
    found = inside(
        user,
        """
import nbformat
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor
os.environ["IPYTHONDIR"] = os.environ["JUPYTER_RUNTIME_DIR"] = sys.argv[1]
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in json.loads(sys.argv[2])])
ExecutePreprocessor(timeout=120).preprocess(book, {})
page = HTMLExporter().from_notebook_node(book)[0]
texts = [output["data"]["text/plain"] for output in book.cells[0].outputs if "text/html" in output.get("data", {})]
print(json.dumps([texts, page]))
""",
        str(tmp_path),
        json.dumps(cells),
        timeout=180,
    )
    (text,), page = found  # type: ignore[misc]
    lines = [f"IP 127.0.0.1.7777 > 127.0.0.1.9: UDP, length {size}" for size in (3, 4)]
    assert [line.split("  ")[-1] for line in text.split("\n") if "UDP, length" in line] == [*lines, lines[1]]
    assert ("■ Stopped. Packets from lo: 2" in text) == ("stop" in last)
    assert ("● Capturing on lo. Packets so far: 2" in text) != ("stop" in last)
    for line in lines:
        assert line.replace(">", "&gt;") in page


# ---- helpers that are played by scripts


@plays_helpers
def test_payloads_stay_text(fake: Path, news: list[dict[str, Any]]) -> None:
    write_hostile_capture(fake / "hostile.pcap")
    plays(fake, f"cat {fake}/hostile.pcap")
    view = ended(view_of("-i eth0"))
    assert len(view.capture) == 3 + len(PAYLOADS)
    assert rows(view) == rows(notebook.packet_view(str(fake / "hostile.pcap")))
    holds_only_text(view)
    assert sum("<img/src=x/onerror=" in said([row[2]]) for told in news for row in told["rows"]) == 1
    for character in json.dumps(news, ensure_ascii=False):
        assert character.isprintable()


@plays_helpers
@pytest.mark.parametrize(
    ("bound", "value", "kept"), [("MOST_PACKETS", 7, 7), ("MOST_PACKETS", 269, 269), ("MOST_BYTES", 547, 7)]
)
def test_what_is_kept_is_bounded_and_said(
    bound: str, value: int, kept: int, fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_shown, bound, value)
    plays(fake, f"cat {capture_path('mix')}; exec sleep 1000")
    view = ended(view_of("-i eth0"))
    assert list(view.capture) == list(Capture.open(capture_path("mix")))[:kept]
    (remark,) = asked(view, "open")["live"]["remarks"]
    assert (
        f"No more than the first {live_shown.MOST_PACKETS:,} packets, up to {live_shown.MOST_BYTES >> 20} MiB" in remark
    )
    assert view._source._child.returncode is not None


@plays_helpers
def test_only_the_newest_lines_of_many_are_told(fake: Path, news: list[dict[str, Any]]) -> None:
    plays(fake, f"cat {capture_path('mix')}")
    view = ended(view_of("-i eth0"))
    told = [row[0] for each in news for row in each["rows"]]
    assert told == sorted(told)
    assert told[-1] == 268
    assert max(len(each["rows"]) for each in news) <= live_shown._TOLD_ROWS
    assert rows(view) == rows(notebook.packet_view(capture_path("mix")))


@plays_helpers
@pytest.mark.parametrize(
    ("script", "told"),
    [
        (FORBIDDEN, ["tcpdump: eth0: You don't have permission", "sudo setcap", "tutor lab up"]),
        ("echo 'tcpdump: eth0: No such device exists' >&2; exit 1", ["tutor live -D"]),
        ("echo 'tcpdump: eth0: something new' >&2; exit 1", ["tcpdump: eth0: something new"]),
        ("echo text", ["text file"]),
    ],
)
def test_why_nothing_can_be_captured_is_shown(
    script: str, told: list[str], fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SYSTEM", "linux")
    plays(fake, script)
    view = notebook.packet_view(notebook.live("-i eth0"))
    assert not isinstance(view, LiveView)
    for words in told:
        assert words in view.still().text
        assert words in "\n".join(asked(view, "open")["lines"])


@plays_helpers
def test_what_broke_off_was_dropped_or_cut_is_told(fake: Path) -> None:
    plays(
        fake,
        f"""{HEADER}; printf '\\0\\0\\0\\0\\0\\0\\0\\0\\4\\0\\0\\0\\144\\0\\0\\0abcd'
printf '1 packet captured\\n5 packets received by filter\\n2 packets dropped by kernel\\n' >&2
echo 'tcpdump: pcap_loop: The interface disappeared' >&2; exit 1""",
    )
    view = ended(view_of("-i eth0"))
    for words in (
        "dropped by the kernel: 2\ntcpdump: pcap_loop: The interface disappeared\neth0 went down",
        "The packets until then are not lost.", "The kernel dropped 2 packets.",
        "Packets longer than 262144 bytes, of which only the beginning was kept: 1.",
    ):  # fmt: skip
        assert words in view.still().text
    assert len(view.capture) == 1


@plays_helpers
def test_the_count_that_was_asked_for_is_told(fake: Path) -> None:
    plays(fake, f"cat {capture_path('handshake')}")
    assert "As many packets came as -c asks for." in ended(view_of("-i eth0 -c 10")).still().text
    assert "-c" not in "".join(asked(ended(view_of("-i eth0 -c 11")), "open")["live"]["remarks"])


@plays_helpers
def test_it_ends_with_the_last_place_that_shows_it(fake: Path) -> None:
    plays(fake, f"{HEADER}; exec sleep 1000")
    view = view_of("-i eth0")
    view._widgets = [SimpleNamespace(still=name, send=lambda *_: None) for name in "ab"]  # type: ignore[misc]
    for ask, place in (("open", "a"), ("open", "b"), ("leave", "a"), ("open", "a"), ("leave", "b")):
        asked(view, ask, place=place)
    assert not view._source.stopped
    asked(view, "leave", place="a")
    assert not ended(view).running


@plays_helpers
def test_a_fault_of_ours_is_told_too(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def harmful(*_: object) -> int:
        raise RuntimeError("no such luck")

    monkeypatch.setattr(live_shown.GrowingCapture, "add", harmful)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    plays(fake, f"cat {capture_path('handshake')}; exec sleep 1000")
    view = ended(view_of("-i eth0"))
    assert "RuntimeError: no such luck" in view.still().text
    assert view._source._child.returncode is not None


@plays_helpers
def test_an_interrupt_reaches_what_runs_and_then_what_was_there_before(
    fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plays(fake, f"{HEADER}; exec sleep 1000")
    monkeypatch.setattr(background, "_running", {})
    view = view_of("-i eth0")
    with pytest.raises(KeyboardInterrupt):
        background._stopping(signal.default_int_handler)(signal.SIGINT, None)
    assert not ended(view).running
    # What is there already is not put around itself.
    handler = background._stopping(signal.SIG_IGN)
    assert background._stopping(handler) is handler
    handler(signal.SIGINT, None)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("-i lo -c ten", ["tcpdump -i lo -c ten\n                 ^^^", "-c takes a number"]),
        ("-i lo tcp prt 80", ["      ^^^", "tcp port 80"]),
        ("-r web.pcap", ["tcpdump -r web.pcap\n        ^^\n", 'packet_view("FILE")']),
        ("-i lo -w web.pcap", ["-w has no use here", "view.save("]),
        ("-i lo -nnvA", ["tcpdump -i lo -nnvA\n                 ^", "-v", "one line a packet"]),
        ("-i lo -F filter.txt", ["-F has no use here", "the filter itself"]),
        ("-D", ["%tcpdump --live"]),
        ("--version", ["--version has no use in a list"]),
        ("-i lo -y EN10MB", ["The real tcpdump has -y"]),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(command: str, told: list[str]) -> None:
    text = notebook.packet_view(notebook.live(command)).still().text
    for words in told:
        assert words in text


def test_every_option_has_a_use_or_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_HELPERS", ())
    arguments = {"Q": "in", "time-stamp-precision": "nano"}
    used = set()
    for key, option in OPTIONS.items():
        value = f" {arguments.get(key, '1')}" if option.argument else ""
        text = notebook.packet_view(notebook.live(f"{option.spelling}{value} port 80")).still().text
        if text.startswith("Neither tcpdump nor dumpcap"):
            used.add(key)
        else:
            assert f"\n{' ' * len('tcpdump ')}{'^' * len(option.spelling)}\n" in text
            assert option.spelling in text.split("\n")[-1]
    assert used == live_shown._USES
    assert {"i", "c", "s", "Q", "p", "B", "n", "e"} < used


@pytest.mark.parametrize("show", [notebook.filter_playground, notebook.ladder, notebook.line_reader])
def test_other_views_want_a_capture_that_is_there(show: Any) -> None:
    assert "view.capture" in show(notebook.live("-i lo")).still().text


@plays_helpers
def test_what_was_captured_goes_to_the_other_views(fake: Path) -> None:
    plays(fake, f"cat {capture_path('handshake')}")
    capture = ended(view_of("-i eth0")).capture
    assert notebook.ladder(capture).still().text == notebook.ladder("handshake").still().text
    assert asked(notebook.filter_playground(capture, "tcp"), "filter", filter="tcp", index=0)["count"] == len(capture)


@needs_network
@pytest.mark.needs("chromium")
@pytest.mark.parametrize(("language", "theme"), [("ja", "Light"), ("en", "Dark")])
def test_a_learner_captures_in_the_browser(language: str, theme: str, user: User, tmp_path: Path) -> None:
    pytest.importorskip("playwright", reason="the browser's tests need the extra `test`")
    walk = Path(__file__).with_name("live_walk.py")
    code = "import runpy; sys.argv[0] = 'live_walk.py'; runpy.run_path(WALK, run_name='__main__')"
    seen = inside(user, code.replace("WALK", repr(str(walk))), str(tmp_path), language, theme, timeout=600)
    assert isinstance(seen, dict)
    assert seen["stills"] == 0
    # The newest line was followed until another one was looked for, or chosen.
    assert (seen["followed"], seen["stayed"], seen["chosen"], seen["still chosen"]) == (True, 0, ["67", False], "67")
    assert seen["drawn"] < 60
    assert (seen["focus"], seen["stop"], seen["left"]) == ("listbox", 0, 0)
    assert (seen["faults while it runs"], seen["faults afterwards"], seen["errors"]) == ([], [], [])
    assert (seen["harmed"], seen["controls"]) == (None, [])
    assert "<img/src=x/onerror=" in "".join(seen["rows"])
    begun, *between, ended = filter(None, seen["said"])
    assert (begun[0], ended[0]) == ("●", "■")
    assert len(between) <= seen["quarters"]
    assert ended in seen["still"]
