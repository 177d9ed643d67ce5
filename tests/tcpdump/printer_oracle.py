"""The installed tcpdump and ours over the same packets, for the tests of the printers."""

import os
import struct
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

from lesson_engine.packets.capture import Packet
from lesson_engine.packets.linktype import LinkType
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer

_LETTERS = {
    "n": "numeric",
    "e": "link_header",
    "q": "quiet",
    "v": "verbose",
    "t": "time_style",
    "S": "absolute_sequence",
    "A": "ascii",
    "x": "hex",
    "X": "hex_ascii",
    "#": "number",
    "K": "no_checksums",
    "N": "no_domain",
    "b": "dotted_systems",
}
_BASE = 1_700_000_000


class Cut(NamedTuple):
    """A packet of which only the first bytes were captured."""

    data: bytes
    original_length: int


def print_options(letters: str) -> PrintOptions:
    """ "-nvv" as PrintOptions."""
    counts = {_LETTERS[letter]: letters.count(letter) for letter in set(letters.removeprefix("-"))}
    return PrintOptions(**counts)


def cuts(frames: Sequence[bytes], longest: int = 200, step: int = 1) -> list[Cut]:
    """Each frame at each snapshot length."""
    return [
        Cut(frame[:length], len(frame)) for frame in frames for length in range(1, min(longest + 1, len(frame)), step)
    ]


def ours(packets: Sequence[bytes | Cut], letters: str, link_type: LinkType) -> list[str]:
    """What our printer gives for each packet."""
    printer = Printer(print_options(letters), link_type)
    return [
        printer.print(Packet(number, _time_ns(number), cut.data, cut.original_length, link_type))
        for number, cut in enumerate(map(_as_cut, packets), start=1)
    ]


def theirs(packets: Sequence[bytes | Cut], letters: str, link_type: LinkType) -> str:
    """What the installed tcpdump prints for all of them. Bytes above ASCII never occur in its output."""
    savefile = bytearray(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, link_type.number))
    for number, cut in enumerate(map(_as_cut, packets), start=1):
        seconds, nanoseconds = divmod(_time_ns(number), 1_000_000_000)
        savefile += struct.pack("<IIII", seconds, nanoseconds, len(cut.data), cut.original_length) + cut.data
    command = ["tcpdump", "-r", "-", *([letters] if letters else [])]
    environment = {**os.environ, "TZ": "UTC"}
    done = subprocess.run(command, input=bytes(savefile), capture_output=True, env=environment, check=True, timeout=60)
    return done.stdout.decode("ascii")


def differences(packets: Sequence[bytes | Cut], letters: str, link_type: LinkType) -> list[str]:
    """The packets that the two print differently, as text to read: options, bytes, theirs, ours."""
    printed = ours(packets, letters, link_type)
    expected = theirs(packets, letters, link_type)
    if "".join(printed) == expected:
        return []
    found = []
    position = 0
    for index, text in enumerate(printed):
        if expected.startswith(text, position):
            position += len(text)
            continue
        # Find where tcpdump goes on with a packet that we print the same way, and take what lies between.
        following = printed[index + 1] if index + 1 < len(printed) else None
        after = expected.find(following, position) if following else len(expected)
        after = after if after >= 0 else len(expected)
        cut = _as_cut(packets[index])
        found.append(
            f"{letters or '(default)'} {cut.original_length} {cut.data.hex()}\n"
            f"theirs {expected[position:after]!r}\nours   {text!r}"
        )
        position = after
    return found or [f"{letters}: tcpdump printed more: {expected[position:]!r}"]


def _as_cut(packet: bytes | Cut) -> Cut:
    return packet if isinstance(packet, Cut) else Cut(packet, len(packet))


def _time_ns(number: int) -> int:
    # Every packet has a clock reading of its own, so that lines can be told apart.
    return (_BASE + number) * 1_000_000_000 + number * 1_001_000
