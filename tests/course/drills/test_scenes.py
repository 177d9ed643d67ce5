"""Scenes: the frames without TCP options are sound, and their lines are those of the installed tcpdump."""

import os
import subprocess

import pytest

from lesson_engine.conversations.tcp import segment_of
from lesson_engine.course.drills.openings import CAPTURES
from lesson_engine.course.drills.scenes import Scene, brief, recorded
from lesson_engine.sources.writing import SavefileWriter


def tcpdump(scene: Scene, *words: str) -> list[str]:
    writer = SavefileWriter(scene.packets[0].link_type)
    savefile = writer.header_bytes() + b"".join(map(writer.record_bytes, scene.packets))
    environment = {**os.environ, "TZ": "UTC"}
    command = ["tcpdump", "-nn", "-r", "-", *words]
    done = subprocess.run(command, input=savefile, capture_output=True, env=environment, check=True, timeout=60)
    return done.stdout.decode("ascii").splitlines()


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("name", CAPTURES)
def test_lines_are_tcpdumps(name: str) -> None:
    assert [*brief(name).lines] == tcpdump(brief(name))
    assert [*brief(name, times=False).lines] == tcpdump(brief(name), "-t")
    assert [*recorded(name).lines] == tcpdump(recorded(name))


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize("name", CAPTURES)
def test_checksums_are_right(name: str) -> None:
    shown = "\n".join(tcpdump(brief(name), "-vv"))
    assert "incorrect" not in shown
    assert "bad cksum" not in shown


@pytest.mark.parametrize("name", CAPTURES)
def test_nothing_but_options_is_left_out(name: str) -> None:
    for before, after in zip(recorded(name).packets, brief(name).packets, strict=True):
        one, other = segment_of(before), segment_of(after)
        if one is None:
            assert before == after
        else:
            assert other == one._replace(options=b"")


def test_a_selection_keeps_lines_and_numbers() -> None:
    scene = brief("handshake").numbered((3, 1))
    assert [packet.number for packet in scene.packets] == [3, 1]
    assert scene.lines == (brief("handshake").lines[2], brief("handshake").lines[0])
