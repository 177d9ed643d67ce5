"""A fault is found, shown, mended and shown to be mended; each step that is missing or wrong says what to do next."""

import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lab_learner import NEEDS, Learner

from lesson_engine import Capture
from lesson_engine.bundled import capture_path
from lesson_engine.course.exercise import load_exercise
from lesson_engine.filters import Filter
from lesson_engine.lab.faults import FAULTS, Fault, random_fault
from lesson_engine.packets import Packet
from lesson_engine.sources.writing import SavefileWriter

pytestmark = pytest.mark.needs(*NEEDS)

BY_CHANCE = sorted(FAULTS.keys() - {"lossy", "daemon_stopped", "deaf_listener"})
DECISIVE = {
    "no_answer": "tcp[tcpflags] = tcp-syn",
    "refused": "tcp[tcpflags] & tcp-rst != 0",
    "rejected": "icmp[icmptype] = icmp-unreach",
    "host_not_there": "arp and dst host 192.168.1.100",
}
SYN_ACK = "tcp[tcpflags] & (tcp-syn|tcp-ack) = (tcp-syn|tcp-ack)"
SEEN, WHERE, BEFORE, BEFORE_PACKETS, MENDED, AFTER, AFTER_PACKETS = range(7)


def seed_of(fault: str) -> int:
    return next(seed for seed in range(1000) if random_fault(seed).name == fault)


def numbers(path: Path, expression: str) -> list[int]:
    return list(Filter(expression).select(Capture.open(str(path))).numbers)


def answer(**values: object) -> str:
    """The answer in TOML."""
    return "".join(f"{key} = {value!r}\n" for key, value in values.items())


def begin(learner: Learner, fault: str, language: str = "en") -> str:
    """What `tutor start` shows to a learner who has this fault, which is made anew."""
    learner.tutor("lab", "restore")
    for each in learner.folder.glob("*.pcap"):
        each.unlink()
    started = learner.tutor("start", "--seed", str(seed_of(fault)), "exercise24", language=language)
    assert (started.returncode, started.stderr) == (0, "")
    return started.stdout


def mend(learner: Learner, fault: Fault) -> None:
    learner.shell(fault.where, fault.mend)


def captured_check(learner: Learner, name: str, text: str = "where = 'x'") -> Any:
    """The verdict of a check while a capture of this name runs on the client."""
    with learner.capture(name):
        return learner.check("exercise24", text)


def passed(verdict: Any) -> list[bool]:
    return [part["passed"] for part in verdict["parts"]]


def from_first_to_last(learner: Learner, fault: Fault) -> None:
    """The whole way, by the answer file."""
    shown = begin(learner, fault.name)
    address = {
        "web": "port 80 of the web server 93.184.216.34",
        "database": "3306 of the database server 192.168.1.100",
    }
    assert address[fault.service] in shown
    path = learner.folder / "answers" / "exercise24-live.toml"
    starter = tomllib.loads(path.read_text(encoding="utf-8"))
    with learner.capture("before.pcap"):
        verdict = learner.check("exercise24")
    assert passed(verdict) == [False, False, True, False, False, False, False]
    written = starter | {
        "seen": fault.seen,
        "where": fault.where,
        "before_packets": numbers(learner.folder / "before.pcap", DECISIVE[fault.seen]),
    }
    path.write_text(answer(**written), encoding="utf-8")
    assert passed(learner.check("exercise24")) == [True, True, True, True, False, False, False]
    mend(learner, fault)
    with learner.capture("after.pcap"):
        verdict = learner.check("exercise24")
    assert passed(verdict) == [True, True, True, True, True, True, False]
    written["after_packets"] = numbers(learner.folder / "after.pcap", SYN_ACK)[:1]
    path.write_text(answer(**written), encoding="utf-8")
    verdict = learner.check("exercise24")
    assert (verdict["passed"], verdict["score"], verdict["remarks"], verdict["fallback"]) == (True, 1, [], None)
    origins = {packet["capture"] for packet in verdict["evidence"]}
    assert origins == {"before.pcap", "lab", "after.pcap"}
    assert learner.tutor("check", "exercise24").returncode == 0
    path.unlink()


@pytest.mark.parametrize("name", BY_CHANCE)
def test_every_fault_is_diagnosed_shown_and_mended(ordinary_learner: Learner, name: str) -> None:
    from_first_to_last(ordinary_learner, FAULTS[name])


def test_so_it_is_for_whoever_runs_the_lab(learner: Learner) -> None:
    from_first_to_last(learner, FAULTS["firewall_resets"])


def test_the_solution_is_filled_in_from_the_lab_and_the_captures(ordinary_learner: Learner) -> None:
    learner, fault = ordinary_learner, FAULTS["refusing_route"]
    begin(learner, fault.name)
    captured_check(learner, "before.pcap")
    for _ in range(4):
        shown = learner.tutor("hint", "exercise24", language="ja").stdout
    lines = [line.strip() for line in shown.splitlines()]
    assert f"# tutor lab shell {fault.where} -- {fault.mend}" in lines
    mend(learner, fault)
    captured_check(learner, "after.pcap")
    shown = learner.tutor("solution", "exercise24").stdout
    text = "\n".join(line.strip() for line in shown.splitlines() if " = " in line)
    assert tomllib.loads(text)["after_packets"] != []
    assert learner.check("exercise24", text)["passed"]


class Mended:
    """A fault with its two captures and the answer that passes."""

    def __init__(self, learner: Learner, name: str) -> None:
        self.learner, self.fault = learner, FAULTS[name]
        begin(learner, name)
        captured_check(learner, "before.pcap")
        mend(learner, self.fault)
        captured_check(learner, "after.pcap")
        self.right: dict[str, object] = {
            "seen": self.fault.seen,
            "where": self.fault.where,
            "before": "before.pcap",
            "before_packets": numbers(learner.folder / "before.pcap", DECISIVE[self.fault.seen]),
            "after": "after.pcap",
            "after_packets": numbers(learner.folder / "after.pcap", SYN_ACK),
        }

    def check(self, **wrong: object) -> Any:
        return self.learner.check("exercise24", answer(**(self.right | wrong)))

    def fails(self, part: int, said: str, **wrong: object) -> None:
        verdict = self.check(**wrong)
        assert not verdict["passed"]
        assert not verdict["parts"][part]["passed"]
        assert said in verdict["parts"][part]["remark"]

    def put(self, name: str, packets: list[Packet]) -> None:
        path = self.learner.folder / name
        writer = SavefileWriter(packets[0].link_type)
        path.write_bytes(writer.header_bytes() + b"".join(map(writer.record_bytes, packets)))

    def syn(self, name: str) -> list[int]:
        return numbers(self.learner.folder / name, "tcp[tcpflags] = tcp-syn")

    def packets(self, name: str) -> list[Packet]:
        return list(Capture.open(str(self.learner.folder / name)))


@pytest.fixture(scope="module")
def mended(ordinary_learner: Learner) -> Callable[[], Mended]:
    """The same for all tests of this module that change nothing in the lab."""
    made: list[Mended] = []

    def once() -> Mended:
        if not made or ordinary_learner.check("exercise24", answer(**made[0].right))["score"] < 1:
            made[:] = [Mended(ordinary_learner, "firewall_rejects")]
        return made[0]

    return once


def test_each_wrong_answer_has_its_own_message(mended: Callable[[], Mended]) -> None:
    each = mended()
    assert each.check()["passed"]
    verdict = each.check(where="web")
    assert passed(verdict) == [True, False, True, True, True, True, True]
    verdict = each.check(seen="refused")
    assert passed(verdict) == [False, True, True, True, True, True, True]
    assert "ICMP" in verdict["parts"][SEEN]["line"]
    each.fails(SEEN, "", seen="broken")
    each.fails(WHERE, "where is not answered yet.", where="")
    each.fails(BEFORE, "There is no file ./nowhere.pcap. In another terminal", before="nowhere.pcap")
    each.fails(BEFORE_PACKETS, "The capture comes first", before="nowhere.pcap")
    each.fails(BEFORE, "before is not answered yet.", before=7)
    each.fails(BEFORE_PACKETS, "What decides it is the packet that came back", before_packets=each.syn("before.pcap"))
    each.fails(AFTER_PACKETS, "There is no packet", after_packets=[999])
    each.fails(AFTER_PACKETS, "write packets' numbers", after_packets="SYN-ACK")
    verdict = each.check(colour="red")
    assert verdict["passed"]


def test_swapped_captures_are_told_apart(mended: Callable[[], Mended]) -> None:
    each = mended()
    verdict = each.check(before="after.pcap", after="before.pcap")
    assert passed(verdict) == [True, True, False, False, True, False, False]
    assert "The visits in it were answered." in verdict["parts"][BEFORE]["remark"]
    assert "The visits in it failed." in verdict["parts"][AFTER]["remark"]


def test_a_capture_from_elsewhere_or_edited_proves_nothing(mended: Callable[[], Mended]) -> None:
    each = mended()
    elsewhere = "Nothing in it passed eth0 of this lab's client since the fault was made."
    genuine, recorded = each.packets("before.pcap"), list(Capture.open(capture_path("icmp_reject")))
    each.put("recorded.pcap", recorded)
    each.fails(BEFORE, elsewhere, before="recorded.pcap")
    shift = genuine[0].time_ns - recorded[0].time_ns
    each.put("shifted.pcap", [packet._replace(time_ns=packet.time_ns + shift) for packet in recorded])
    each.fails(BEFORE, elsewhere, before="shifted.pcap")
    # The recording with the visit's own port: what nobody could know before, an editor of files may know later.
    (port,) = {
        packet.data[34:36] for packet in genuine if packet.data[23:24] == b"\x06" and packet.data[36:38] == b"\0P"
    }
    ported = [
        packet._replace(time_ns=packet.time_ns + shift, data=packet.data.replace(recorded[0].data[34:36], port))
        for packet in recorded
    ]
    each.put("ported.pcap", ported)
    each.fails(BEFORE, elsewhere, before="ported.pcap")
    later = [packet._replace(time_ns=packet.time_ns + 60 * 10**9) for packet in genuine]
    each.put("later.pcap", later)
    each.fails(BEFORE, elsewhere, before="later.pcap")
    shutil.copy(capture_path("handshake"), each.learner.folder / "handshake.pcap")
    os.chmod(each.learner.folder / "handshake.pcap", 0o644)
    each.fails(AFTER, elsewhere, after="handshake.pcap")
    (each.learner.folder / "text.pcap").write_text("no capture\n")
    each.fails(AFTER, "is text", after="text.pcap")
    each.fails(AFTER, "regular file", after="answers")


def test_a_part_of_the_visit_is_not_enough(mended: Callable[[], Mended]) -> None:
    each = mended()
    (syn_ack,) = numbers(each.learner.folder / "after.pcap", SYN_ACK)
    each.put("midway.pcap", [packet for packet in each.packets("after.pcap") if packet.number > syn_ack])
    each.fails(AFTER, "It holds no visit that the lab made", after="midway.pcap")
    syn_alone = [packet for packet in each.packets("after.pcap") if packet.number in each.syn("after.pcap")]
    each.put("syn.pcap", syn_alone)
    each.fails(AFTER, "It holds no visit that the lab made", after="syn.pcap")


def test_a_learner_s_own_visit_does_not_do(mended: Callable[[], Mended]) -> None:
    each = mended()
    each.learner.capture_while("own.pcap", "curl -s http://www.example.com/ >/dev/null; ")
    each.fails(AFTER, "It holds no visit that the lab made", after="own.pcap")


def test_cut_packets_and_filtered_captures_do(mended: Callable[[], Mended]) -> None:
    each = mended()
    with each.learner.capture("port80.pcap", "-s", "64", "port", "80"):
        each.check()
    syn_acks = numbers(each.learner.folder / "port80.pcap", SYN_ACK)
    assert each.check(after="port80.pcap", after_packets=syn_acks)["passed"]


def test_what_is_not_mended_fails_until_it_is(ordinary_learner: Learner) -> None:
    learner, fault = ordinary_learner, FAULTS["firewall_resets"]
    begin(learner, fault.name)
    captured_check(learner, "before.pcap")
    captured_check(learner, "after.pcap")
    told = {"seen": fault.seen, "where": fault.where, "before": "before.pcap", "after": "after.pcap"}
    resets = numbers(learner.folder / "before.pcap", DECISIVE["refused"])
    verdict = learner.check("exercise24", answer(**told, before_packets=resets, after_packets=[1]))
    assert passed(verdict) == [True, True, True, True, False, False, False]
    assert "refused it by a RST. Mend it on the host at fault" in verdict["parts"][MENDED]["remark"]
    assert verdict["parts"][AFTER]["remark"].startswith("The visits in it failed. Capture after the mending")
    (learner.folder / "after.pcap").unlink()
    verdict = learner.check("exercise24", answer(**told))
    assert verdict["parts"][AFTER]["remark"] == "This one is captured after the mending."


def test_restoring_is_no_mending_and_brings_the_fault_back(ordinary_learner: Learner) -> None:
    learner, fault = ordinary_learner, FAULTS["firewall_rejects"]
    begin(learner, fault.name)
    captured_check(learner, "before.pcap")
    learner.tutor("lab", "restore")
    verdict = learner.check("exercise24", answer(before="before.pcap"))
    assert not verdict["parts"][MENDED]["passed"]
    assert "Nothing in it passed" in verdict["parts"][BEFORE]["remark"]
    assert verdict["remarks"][0].startswith("The fault was made just now")
    assert learner.check("exercise24", answer(before="before.pcap"))["remarks"] == []


def test_who_mends_before_capturing_is_told_how_to_have_the_fault_back(ordinary_learner: Learner) -> None:
    learner, fault = ordinary_learner, FAULTS["firewall_rejects"]
    begin(learner, fault.name)
    mend(learner, fault)
    verdict = captured_check(learner, "before.pcap", answer(before="before.pcap"))
    assert "The visits in it were answered." in verdict["parts"][BEFORE]["remark"]
    learner.capture_while("quiet.pcap", "ping -c 1 192.168.1.1 >/dev/null; ")
    verdict = learner.check("exercise24", answer(before="quiet.pcap"))
    assert "No visit has failed since the fault was made." in verdict["parts"][BEFORE]["remark"]


def test_an_answer_on_the_command_line_is_known_by_its_keys(ordinary_learner: Learner) -> None:
    recorded = ordinary_learner.check("exercise24", "by = '192.168.1.1'\nbefore = 'rejected'\n")
    assert "A lab is up" in recorded["fallback"]
    assert recorded["parts"][0]["name"].startswith("Before:")
    live = ordinary_learner.check("exercise24", "where = 'firewall'\n")
    assert live["fallback"] is None
    neither = ordinary_learner.check("exercise24", "before = 'x.pcap'\n")
    assert neither["fallback"] is None


def test_a_single_syn_is_no_silence(ordinary_learner: Learner) -> None:
    learner = ordinary_learner
    begin(learner, "firewall_drops")
    with learner.capture("first.pcap", "-c", "1", "tcp"), learner.capture("all.pcap"):
        verdict = learner.check("exercise24", answer(before="first.pcap"))
    assert not verdict["parts"][BEFORE]["passed"]
    assert "It holds no visit that the lab made" in verdict["parts"][BEFORE]["remark"]
    syns = numbers(learner.folder / "all.pcap", DECISIVE["no_answer"])
    assert len(syns) >= 2
    for packets, right in ((syns[:1], False), (syns, True)):
        verdict = learner.check("exercise24", answer(before="all.pcap", before_packets=packets))
        assert (verdict["parts"][BEFORE]["passed"], verdict["parts"][BEFORE_PACKETS]["passed"]) == (True, right)
        if not right:
            assert verdict["parts"][BEFORE_PACKETS]["remark"].startswith("A single SYN may only be waiting")


@pytest.mark.parametrize(
    "text",
    [
        "seen = [",
        "seen = S.",
        "= = =",
        "seen = 1\nwhere = [1]\nbefore = [[]]\nafter = {}\n",
        'before = "\\u0000"',
        'before = "/dev/zero"\nafter = "~"',
    ],
)
def test_whatever_is_written_there_is_a_verdict(ordinary_learner: Learner, text: str) -> None:
    verdict = ordinary_learner.check("exercise24", text + "\n")
    assert not verdict["passed"]


def test_the_live_form_asks_in_both_languages(ordinary_learner: Learner) -> None:
    (ordinary_learner.folder / "answers" / "exercise24-live.toml").unlink(missing_ok=True)
    japanese = begin(ordinary_learner, "unplugged", language="ja")
    assert (
        "クライアントからの連絡: データベースサーバー 192.168.1.100 の 3306 番ポートにつながりません。"
        in japanese.replace("\n", "")
    )
    starter = (ordinary_learner.folder / "answers" / "exercise24-live.toml").read_text(encoding="utf-8")
    assert "#   host_not_there   ARP の問い合わせに誰も答えず、SYN を出せない" in starter
    form = load_exercise("exercise24").as_live()
    assert set(tomllib.loads(starter)) == {question.name for question in form.questions}


# A reset changes the seed of what follows, so these come last.


def test_forms_keep_their_answers_when_the_lab_comes_and_goes(ordinary_learner: Learner) -> None:
    learner = ordinary_learner
    live, recorded = (learner.folder / "answers" / f"exercise24{suffix}.toml" for suffix in ("-live", ""))
    begin(learner, "firewall_rejects")
    live.write_text(answer(seen="rejected", where="firewall"), encoding="utf-8")
    assert learner.tutor("lab", "down").returncode == 0
    for words in (("check", "exercise24"), ("check", "--all")):
        done = learner.tutor(*words)
        assert done.returncode == 1
        assert "is about a fault in the lab. There is no lab. To make one: tutor lab up\n" in done.stderr
        assert "To answer about the recordings instead: tutor start exercise24" in done.stderr
    assert "answers/exercise24.toml" in learner.tutor("start", "exercise24").stdout
    assert live.read_text(encoding="utf-8") == answer(seen="rejected", where="firewall")
    shown = learner.tutor("check", "exercise24")
    assert "before is not answered yet" in shown.stdout
    assert "There is no lab. To make one: tutor lab up" in shown.stdout
    live_meanwhile = learner.check("exercise24", answer(seen="rejected", where="firewall"))
    assert live_meanwhile["summary"].startswith("This answer is about a fault in the lab")
    assert live_meanwhile["fallback"] == "There is no lab. To make one: tutor lab up"
    recorded.write_text("before = 'rejected'\n", encoding="utf-8")
    assert learner.tutor("lab", "up").returncode == 0
    assert passed(learner.check("exercise24"))[:2] == [True, True]
    assert len(learner.check("exercise24")["parts"]) == 7
    live.unlink()
    verdict = learner.check("exercise24")
    assert "A lab is up: tutor start exercise24" in verdict["fallback"]
    assert verdict["parts"][0]["passed"]
    assert recorded.read_text(encoding="utf-8") == "before = 'rejected'\n"
    reset = learner.tutor("progress", "reset", "exercise24").stdout
    assert "answers/exercise24.toml" in reset
    recorded.unlink()


def test_the_fault_is_the_learner_s_own_and_stays_until_a_reset(ordinary_learner: Learner) -> None:
    learner = ordinary_learner
    learner.tutor("start", "--seed", "none", "exercise24")

    def fault() -> str:
        learner.tutor("lab", "restore")
        for _ in range(4):
            shown = learner.tutor("hint", "exercise24").stdout
        return next(line for line in shown.splitlines() if "tutor lab shell" in line)

    def is_made_anew() -> bool:
        remarks = learner.check("exercise24", "where = 'client'")["remarks"]
        return any(remark.startswith("The fault was made just now") for remark in remarks)

    assert fault() == fault()
    assert [is_made_anew(), is_made_anew()] == [False, False]
    assert learner.tutor("progress", "reset", "exercise24").returncode == 0
    assert [is_made_anew(), is_made_anew()] == [True, False]
