"""The installed tshark as an oracle: which packets each of many display filters matches, in one run.

Each filter becomes a listener of a Lua script, which costs microseconds a packet where a run of its own would
cost a third of a second. `dissected` gives what tshark found in each packet; it helps to say why verdicts differ.
"""

import os
import struct
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from lesson_engine.packets.linktype import LinkType

_LISTENER = """
local function listen(index, filter)
  local made, listener = pcall(Listener.new, "frame", filter)
  if not made then print("REFUSED", index) return end
  function listener.packet(pinfo) print("MATCH", index, pinfo.number) end
end
"""


def savefile(path: Path, frames: Sequence[bytes], link_type: LinkType, missing: int = 0) -> Path:
    """A pcap savefile of the frames, each recorded as `missing` bytes longer than what was captured."""
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, link_type.number))
        for number, frame in enumerate(frames):
            file.write(struct.pack("<IIII", number, 0, len(frame), len(frame) + missing) + frame)
    return path


def matched(path: Path, filters: Iterable[str]) -> list[set[int] | None]:
    """For each filter the numbers of the packets it matches, from 1; None where tshark refuses it."""
    texts = list(filters)
    found: list[set[int] | None] = [set() for _ in texts]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LISTENER)
        for index, text in enumerate(texts):
            script.write(f"listen({index}, [=[{text}]=])\n")
        script.flush()
        lines = _tshark(path, "-q", "-X", f"lua_script:{script.name}")
    for line in lines:
        word, *numbers = line.split("\t")
        if word == "REFUSED":
            found[int(numbers[0])] = None
        elif word == "MATCH":
            packets = found[int(numbers[0])]
            assert packets is not None
            packets.add(int(numbers[1]))
    return found


def reached(path: Path) -> set[int]:
    """The numbers of the packets that listeners hear of: not those that end inside the quote of an ICMP error."""
    (everything,) = matched(path, [""])
    assert everything is not None
    return everything


def dissected(path: Path) -> list[tuple[str, ...]]:
    """The protocols tshark found in each packet of a savefile, from the outside in."""
    return [tuple(line.split(":")) for line in _tshark(path, "-T", "fields", "-e", "frame.protocols")]


def _tshark(path: Path, *options: str) -> list[str]:
    # A directory without settings: what is checked is Wireshark as it comes.
    environment = {**os.environ, "WIRESHARK_CONFIG_DIR": str(path.parent)}
    command = ["tshark", "-n", "-r", str(path), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert "lua_script" not in done.stderr, done.stderr
    return done.stdout.splitlines()
