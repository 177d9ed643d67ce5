"""What tshark says of the TCP segments of a savefile: their stream, marks and completeness."""

import subprocess
from pathlib import Path
from typing import NamedTuple

MARKS = {
    "retransmission": "retransmission",
    "fast_retransmission": "fast_retransmission",
    "spurious_retransmission": "spurious_retransmission",
    "out_of_order": "out_of_order",
    "duplicate_ack": "duplicate_ack",
    "zero_window": "zero_window",
    "window_update": "window_update",
    "window_full": "window_full",
    "zero_window_probe": "zero_window_probe",
    "zero_window_probe_ack": "zero_window_probe_ack",
    "keep_alive": "keep_alive",
    "keep_alive_ack": "keep_alive_ack",
    "lost_segment": "lost_segment",
    "ack_lost_segment": "ack_lost_segment",
    "reused_ports": "port_reused",
    "tfo_syn": "fast_open",
    "tfo_ack": "fast_open_accepted",
    "tfo_ignored": "fast_open_ignored",
}
"""Fields below tcp.analysis, and our names."""


class Verdict(NamedTuple):
    """tshark on one packet."""

    stream: int
    marks: frozenset[str]


def verdicts(path: str | Path) -> dict[int, Verdict]:
    """The verdict on each TCP segment, by packet number; segments that ICMP errors quote are none. In one pass: in a
    second one tshark compares SYN-ACKs with what came after them."""
    found = {}
    for row in _fields(path, "frame.number", "tcp.stream", *(f"tcp.analysis.{name}" for name in MARKS)):
        number, stream, *values = row
        marks = {mark for mark, value in zip(MARKS.values(), values, strict=True) if value}
        if marks & {"fast_retransmission", "spurious_retransmission"}:
            # tshark adds the general kind to the special ones.
            marks.discard("retransmission")
        found[int(number)] = Verdict(int(stream), frozenset(marks))
    return found


def completeness(path: str | Path) -> list[int]:
    """tcp.completeness of each stream. In two passes: so the first packet of a stream knows how it went on."""
    found: dict[int, int] = {}
    for stream, value in _fields(path, "tcp.stream", "tcp.completeness", options=("-2",)):
        found.setdefault(int(stream), int(value))
    return [found[stream] for stream in sorted(found)]


def _fields(path: str | Path, *fields: str, options: tuple[str, ...] = ()) -> list[list[str]]:
    wanted = [word for field in fields for word in ("-e", field)]
    command = ["tshark", *options, "-n", "-r", str(path), "-Y", "tcp && !icmp && !icmpv6", "-T", "fields", *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [row.split("\t") for row in done.stdout.splitlines()]
