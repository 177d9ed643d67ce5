"""The faults of the lab: how each is made, which service it harms, and what a client can see of it.

A fault is made on a stage and taken away by `Stage.restore`, or by a learner with the same tools. What a client sees is
named as a symptom is (`conversations.symptoms`), `where` is the host on which the fault lies. Several faults look the
same from the client: that is the lesson. Nothing here sends traffic.

nft(8), ip-route(8), ip-link(8).

>>> FAULTS["refusing_route"].where, FAULTS["refusing_route"].seen
('firewall', 'rejected')
>>> random_fault(7) is random_fault(7)
True
"""

import random
from collections.abc import Callable
from typing import NamedTuple

from lesson_engine.lab import daemons
from lesson_engine.lab.stage import Stage
from lesson_engine.lab.topology import COURSE, FIREWALL
from lesson_engine.messages import Message


class Fault(NamedTuple):
    """`service` is harmed on `where`; `seen` is what the client's capture shows of it; `mend` is the command that mends
    it there, or "" where only `Stage.restore` does."""

    name: str
    service: str
    where: str
    seen: str
    inflict: Callable[[Stage], None]
    mend: str = ""

    @property
    def title(self) -> Message:
        """The fault for people."""
        return Message(f"lab.fault.{self.name}")


def _rule(hook: str, rule: str, host: str = FIREWALL) -> Callable[[Stage], None]:
    def inflict(stage: Stage) -> None:
        chain = f"chain fault {{\ntype filter hook {hook} priority 0; {rule};\n}}"
        stage.filter(f"table inet fault {{\n{chain}\n}}", host)

    return inflict


def _route(kind: str, host: str, to: str) -> Callable[[Stage], None]:
    return lambda stage: stage.administer(host, "ip", "route", "add", kind, f"{stage.address(to)}/32")


def _unplugged(stage: Stage) -> None:
    stage.administer(FIREWALL, "ip", "link", "set", "database", "down")


def _without_route(kind: str, to: str) -> str:
    return f"ip route delete {kind} {COURSE.host(to).address}"


_WITHOUT_RULE = "nft delete table inet fault"
_TO_WEB, _TO_DATABASE = "tcp dport 80", "tcp dport 3306"

_ALL = (
    Fault("firewall_drops", "web", FIREWALL, "no_answer", _rule("forward", f"{_TO_WEB} drop"), _WITHOUT_RULE),
    Fault("replies_dropped", "web", FIREWALL, "no_answer", _rule("forward", "tcp sport 80 drop"), _WITHOUT_RULE),
    Fault(
        "blackhole_route",
        "web",
        FIREWALL,
        "no_answer",
        _route("blackhole", FIREWALL, "web"),
        _without_route("blackhole", "web"),
    ),
    Fault(
        "no_way_back",
        "web",
        "web",
        "no_answer",
        _route("blackhole", "web", "client"),
        _without_route("blackhole", "client"),
    ),
    Fault("deaf_listener", "web", "web", "no_answer", daemons.deaf_web),
    Fault(
        "input_drops",
        "database",
        "database",
        "no_answer",
        _rule("input", f"{_TO_DATABASE} drop", "database"),
        _WITHOUT_RULE,
    ),
    Fault(
        "output_drops",
        "database",
        "database",
        "no_answer",
        _rule("output", "tcp sport 3306 drop", "database"),
        _WITHOUT_RULE,
    ),
    Fault(
        "refusing_route",
        "web",
        FIREWALL,
        "rejected",
        _route("unreachable", FIREWALL, "web"),
        _without_route("unreachable", "web"),
    ),
    Fault(
        "prohibiting_route",
        "web",
        FIREWALL,
        "rejected",
        _route("prohibit", FIREWALL, "web"),
        _without_route("prohibit", "web"),
    ),
    Fault(
        "firewall_rejects",
        "web",
        FIREWALL,
        "rejected",
        _rule("forward", f"{_TO_WEB} reject with icmpx admin-prohibited"),
        _WITHOUT_RULE,
    ),
    Fault(
        "firewall_resets",
        "web",
        FIREWALL,
        "refused",
        _rule("forward", f"{_TO_WEB} reject with tcp reset"),
        _WITHOUT_RULE,
    ),
    Fault("daemon_stopped", "web", "web", "refused", lambda stage: stage.withdraw("web")),
    Fault("unplugged", "database", FIREWALL, "host_not_there", _unplugged, "ip link set database up"),
    # The SYN of a web client gets through in most cases, and what it asks for comes late.
    Fault(
        "lossy",
        "web",
        FIREWALL,
        "loss",
        _rule("forward", "tcp dport 80 numgen random mod 100 < 15 drop"),
        _WITHOUT_RULE,
    ),
)

FAULTS = {fault.name: fault for fault in _ALL}
"""Every fault by name."""


_NOT_BY_CHANCE = frozenset({"lossy", "daemon_stopped", "deaf_listener"})


def random_fault(seed: int) -> Fault:
    """The fault of this seed, one that a learner can mend with nft(8) or ip(8): not a daemon that is no more. Loss is
    left out because a client may be lucky."""
    return random.Random(seed).choice([fault for fault in _ALL if fault.name not in _NOT_BY_CHANCE])
