"""What a symptom is: a verdict on one conversation, with the packets that show it and what they cannot show.

`known` says what the packets prove, `unknown` what this capture cannot tell, and `next_captures` where to look for
it. All texts are messages; no packet is read here.

>>> there = Endpoint(bytes([10, 0, 0, 2]), 80)
>>> next_capture(bytes([10, 0, 0, 1]), there, 80, "syn_arrives").command
"sudo tcpdump -nn -i any 'host 10.0.0.2 and (tcp port 80 or icmp)'"
"""

from typing import Literal, NamedTuple, get_args

from lesson_engine.conversations.connection import Connection
from lesson_engine.conversations.tcp import Endpoint, shown_address
from lesson_engine.messages import Message

SymptomKind = Literal[
    "host_not_there",
    "no_answer",
    "rejected",
    "refused",
    "half_open",
    "stopped",
    "reset",
    "lost_between",
    "made_between",
    "one_way",
    "zero_window",
    "loss",
    "in_the_middle",
    "established",
    "closed",
]
"""From the worst to the best."""

_KINDS: tuple[SymptomKind, ...] = get_args(SymptomKind)
_HEALTHY = frozenset({"in_the_middle", "established", "closed"})


class NextCapture(NamedTuple):
    """A command to run on the host that has the address `at` (None: a host between two capture points), and what its
    output will tell."""

    at: bytes | None
    command: str
    why: Message


class Symptom(NamedTuple):
    """What happened to one conversation. `evidence` are packet numbers; `by` is the address that rejected, reset or
    fell silent, if one did. An endpoint of port 0 is a host of which nothing but its address is known. `connection`
    is what the packets have of it, or None. `point` says which capture the numbers are from, where two were
    compared: 0 the first, 1 the second."""

    kind: SymptomKind
    client: Endpoint
    server: Endpoint
    evidence: tuple[int, ...]
    known: tuple[Message, ...]
    unknown: tuple[Message, ...] = ()
    next_captures: tuple[NextCapture, ...] = ()
    by: bytes | None = None
    connection: Connection | None = None
    point: int = 0

    @property
    def is_trouble(self) -> bool:
        """Whether something is wrong."""
        return self.kind not in _HEALTHY

    @property
    def severity(self) -> int:
        """A number for sorting: the worst first."""
        return _KINDS.index(self.kind)


def duration(nanoseconds: int) -> Message:
    """A length of time for people."""
    if abs(nanoseconds) >= 1_000_000_000:
        return Message("conversations.seconds", seconds=f"{nanoseconds / 1e9:.1f}")
    return Message("conversations.milliseconds", milliseconds=f"{nanoseconds / 1e6:.3g}")


def next_capture(at: bytes, other: Endpoint, port: int, why: str, **fields: object) -> NextCapture:
    """Watch at host `at` what it has to do with `other` on TCP port `port`, and the ICMP errors about it."""
    icmp = "icmp" if len(other.address) == 4 else "icmp6"
    expression = f"host {shown_address(other.address)} and (tcp port {port} or {icmp})"
    command = f"sudo tcpdump -nn -i any '{expression}'"
    return NextCapture(at, command, Message(f"conversations.next.{why}", host=shown_address(at), **fields))


def shown_end(endpoint: Endpoint) -> str:
    """The endpoint as tcpdump prints it; without a port where it has none."""
    return str(endpoint) if endpoint.port else shown_address(endpoint.address)
