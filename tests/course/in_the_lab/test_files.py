"""Files that were captured in the lab: as good as recordings, if they hold what passed there, and no others are."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from lab_learner import NEEDS, Learner

from lesson_engine import Capture
from lesson_engine.bundled import capture_path
from lesson_engine.course.exercise import FileFacts
from lesson_engine.course.file_facts import Source, _compared
from lesson_engine.messages import Localized, Message
from lesson_engine.packets import Packet
from lesson_engine.sources.writing import SavefileWriter

pytestmark = pytest.mark.needs(*NEEDS)

VISITS = "curl -s http://www.example.com/ >/dev/null; "
QUERY = "mariadb --skip-ssl -h 192.168.1.100 -u app -pmade-for-the-recording shop -Ne 'select 1' >/dev/null; "


def ten(learner: Learner, name: str) -> tuple[bool, str]:
    """Whether the file does for exercise2, and what is said of it."""
    verdict = learner.check("exercise2", f"sudo tcpdump -nn -i eth0 -c 10 -w {name}")
    part = verdict["parts"][1]
    assert verdict["passed"] is part["passed"]
    return part["passed"], part["remark"]


def rewritten(packets: list[Packet], path: Path, user: int) -> None:
    writer = SavefileWriter(packets[0].link_type)
    path.write_bytes(writer.header_bytes() + b"".join(map(writer.record_bytes, packets)))
    os.chown(path, user, user)


def test_ten_packets_of_the_lab_do(learner: Learner) -> None:
    learner.capture_while("ten.pcap", VISITS * 2, "-c 10")
    assert ten(learner, "ten.pcap") == (
        True,
        "It was captured in the lab: 10 packets, just as they passed the client's eth0, with none left out.",
    )


def test_a_capture_that_runs_while_the_check_makes_its_visits_does(ordinary_learner: Learner) -> None:
    with ordinary_learner.capture("meanwhile.pcap", "-c", "10"):
        ordinary_learner.check("exercise2", "sudo tcpdump -nn -i eth0 -c 10")
    assert ten(ordinary_learner, "meanwhile.pcap")[0]


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("five.pcap", "-c 5", "It holds 5 packets only. It is to be 10."),
        ("eleven.pcap", "-c 11", "It holds 1 packets too many and lacks 0."),
        ("one-way.pcap", "-c 10 dst port 80", "It holds 6 packets too many and lacks 6."),
        ("cut.pcap", "-c 10 -s 60", "Its packets are cut after 60 bytes."),
        ("any.pcap", "-c 10 -i any", "Its link type is LINUX_SLL2."),
        ("none.pcap", "-c 10 port 9", "It holds no packet."),
    ],
)
def test_other_files_of_the_lab_fail(ordinary_learner: Learner, name: str, options: str, said: str) -> None:
    ordinary_learner.capture_while(name, VISITS * 6, options)
    passed, remark = ten(ordinary_learner, name)
    if name == "one-way.pcap":  # how many of the first ten are the client's own is chance
        assert remark.startswith("It holds ")
        assert "too many and lacks" in remark
    else:
        assert said in remark
    assert not passed


def test_the_recordings_still_do(ordinary_learner: Learner) -> None:
    done = ordinary_learner.tutor("tcpdump", "-i", "eth0", "-c", "10", "-w", "recorded.pcap")
    assert done.returncode == 0
    passed, remark = ten(ordinary_learner, "recorded.pcap")
    assert (passed, remark) == (True, "It holds all of the packets asked for, and no others (10).")


def test_a_file_that_was_edited_fails(ordinary_learner: Learner) -> None:
    learner = ordinary_learner
    owner = learner.folder.stat().st_uid
    learner.capture_while("genuine.pcap", VISITS * 2, "-c 10")
    assert ten(learner, "genuine.pcap")[0]
    genuine = list(Capture.open(str(learner.folder / "genuine.pcap")))
    recorded = list(Capture.open(capture_path("handshake")))[:10]
    shift = genuine[0].time_ns - recorded[0].time_ns
    hour = 3600 * 10**9
    flipped = genuine[4].data[:-1] + bytes([genuine[4].data[-1] ^ 1])
    edits = {
        "other times": [packet._replace(time_ns=packet.time_ns - hour) for packet in genuine],
        "a recording at these times": [packet._replace(time_ns=packet.time_ns + shift) for packet in recorded],
        "a bit": [*genuine[:4], genuine[4]._replace(data=flipped), *genuine[5:]],
        "one left out": genuine[:4] + genuine[5:],
        "one twice": [*genuine[:9], genuine[8]],
    }
    for name, packets in edits.items():
        rewritten(packets, learner.folder / "edited.pcap", owner)
        assert not ten(learner, "edited.pcap")[0], name


def test_a_file_of_an_earlier_lab_fails(ordinary_learner: Learner) -> None:
    ordinary_learner.capture_while("old.pcap", VISITS * 2, "-c 10")
    assert ten(ordinary_learner, "old.pcap")[0]
    assert ordinary_learner.tutor("lab", "down").returncode == 0
    fallback = ordinary_learner.check("exercise2", "sudo tcpdump -nn -i eth0 -c 10 -w old.pcap")
    assert (fallback["passed"], "recordings alone" in fallback["fallback"]) == (False, True)
    assert ordinary_learner.tutor("lab", "up").returncode == 0
    passed, remark = ten(ordinary_learner, "old.pcap")
    assert (passed, "After a new tutor lab up, capture again." in remark) == (False, True)


def both(learner: Learner, whole: str, part: str, address: str = "192.168.1.100") -> Any:
    """The verdict on two files for exercise20."""
    script = f"sudo tcpdump -i eth0 -w {whole}\ntcpdump -r {whole} -w {part} host {address} and port 3306"
    return learner.check("exercise20", script)


def selected(learner: Learner, whole: str, part: str, expression: str = "host 192.168.1.100 and port 3306") -> None:
    learner.shell("client", f"tcpdump -r {whole} -w {part} '{expression}' 2>/dev/null")


def test_two_files_of_the_lab_do(learner: Learner) -> None:
    learner.capture_while("whole.pcap", VISITS + QUERY)
    selected(learner, "whole.pcap", "part.pcap")
    verdict = both(learner, "whole.pcap", "part.pcap")
    assert (verdict["passed"], len(verdict["parts"])) == (True, 5)
    assert "captured in the lab" in verdict["parts"][1]["remark"]
    assert "first file, which was captured in the lab" in verdict["parts"][3]["remark"]


def test_each_wrong_file_of_the_lab_says_what_is_wrong(ordinary_learner: Learner) -> None:
    learner = ordinary_learner
    learner.capture_while("whole.pcap", QUERY + VISITS + QUERY)
    selected(learner, "whole.pcap", "part.pcap")
    selected(learner, "whole.pcap", "src.pcap", "src host 192.168.1.100 and port 3306")
    learner.capture_while("filtered.pcap", QUERY + VISITS + QUERY, "port 3306")
    learner.capture_while("web.pcap", VISITS)
    selected(learner, "web.pcap", "nothing.pcap")
    learner.capture_while("later.pcap", QUERY, "port 3306")

    def remarks(whole: str, part: str) -> tuple[list[bool], str, str]:
        verdict = both(learner, whole, part)
        _, first, _, second, there = verdict["parts"]
        assert there["passed"]
        return [first["passed"], second["passed"]], first["remark"], second["remark"]

    assert remarks("whole.pcap", "part.pcap")[0] == [True, True]
    assert remarks("part.pcap", "whole.pcap")[0] == [False, False]  # what passed between its ends is not all there
    passed, first, _ = remarks("filtered.pcap", "part.pcap")
    assert passed == [False, False]
    assert first.startswith("It holds 0 packets too many and lacks ")
    passed, _, second = remarks("whole.pcap", "src.pcap")
    assert passed == [True, False]
    assert second.startswith("It holds 0 packets too many and lacks ")
    passed, _, second = remarks("whole.pcap", "later.pcap")
    assert passed == [True, False]
    assert "packets that the first file does not have" in second
    passed, _, second = remarks("web.pcap", "nothing.pcap")
    assert passed == [True, False]
    assert second.startswith("The first file has nothing of the traffic that is asked for.")
    shutil.copy(capture_path("mysql"), learner.folder / "recorded.pcap")
    os.chmod(learner.folder / "recorded.pcap", 0o644)
    passed, first, _ = remarks("recorded.pcap", "part.pcap")
    assert passed == [False, False]
    assert first.startswith("Its packets are neither of the recordings nor did they pass eth0")


def test_a_learner_with_a_seed_is_asked_about_their_own_addresses(ordinary_learner: Learner) -> None:
    learner = ordinary_learner
    learner.capture_while("whole.pcap", VISITS + QUERY)
    selected(learner, "whole.pcap", "part.pcap")
    selected(learner, "whole.pcap", "src.pcap", "src host 192.168.1.100 and port 3306")
    try:
        learner.tutor("start", "--seed", "7", "exercise20")
        assert both(learner, "whole.pcap", "part.pcap", "192.168.7.154")["passed"]
        assert not both(learner, "whole.pcap", "src.pcap", "192.168.7.154")["passed"]
        assert not both(learner, "whole.pcap", "part.pcap")["passed"]
    finally:
        learner.tutor("start", "--seed", "none", "exercise20")


def test_the_lab_and_a_recording_of_it_give_the_same_verdicts(ordinary_learner: Learner) -> None:
    """The facts of a file beside what the lab saw are those beside a recording of the same packets."""
    learner = ordinary_learner
    learner.capture_while("whole.pcap", QUERY + VISITS + QUERY)
    recorded = Capture.open(str(learner.folder / "whole.pcap"))
    expressions = {"same": "", "tcp": "tcp", "less": "not port 80", "one": "src host 192.168.1.50"}
    for name, expression in expressions.items():
        selected(learner, "whole.pcap", f"{name}.pcap", expression)
        facts = FileFacts(Localized("", ""), "", 0, False)
        path = learner.folder / f"{name}.pcap"
        found = Capture.open(str(path))
        began, ended = found.times_ns[0], found.times_ns[len(found) - 1]
        meanwhile = recorded.select([began <= time <= ended for time in recorded.times_ns])
        source = Source(meanwhile, "course.file_right", Message("course.from_capture"), "", lambda same: same)
        beside_recording = _compared(found, str(path), facts, source)
        live = both(learner, path.name, "part.pcap")["parts"][1]
        assert live["passed"] is beside_recording.passed is (len(found) == len(meanwhile))
        if not live["passed"]:
            assert live["remark"] == str(beside_recording.remark)
            packets = [bytes.fromhex(proof["packet"]) for proof in live["proofs"]]
            assert packets == [proof.packet.data for proof in beside_recording.proofs]
