"""The scenarios by name: the two halves of each, where it is watched, and what a recording of it must show.

First `prepare`, then captures begin at the vantage points, then `play`. Each vantage point has its own capture name
and its own expectations, which are counts of packets that a pcap-filter expression matches: a recording in which the
fault did not happen is refused. Titles and descriptions are in the message catalog, under the capture's name. Nothing
here knows where captures are kept.

pcap-filter(7).

>>> SCENARIOS["lost_reply"].vantages[1].capture
'lost_reply_server'
>>> print(SCENARIOS["ping"].vantages[0].title)
Ping
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lesson_engine.lab import daemons, plays
from lesson_engine.lab.stage import Stage
from lesson_engine.lab.topology import FIREWALL
from lesson_engine.messages import Message


class Expectation(NamedTuple):
    """At least `least` and at most `most` packets match the filter `expression`; `most` None is no bound."""

    expression: str
    least: int
    most: int | None


class Vantage(NamedTuple):
    """Where a capture of this name is taken, and what must be in it."""

    capture: str
    host: str
    interface: str
    expectations: tuple[Expectation, ...]

    @property
    def savefile(self) -> str:
        """The name of a savefile that is taken here."""
        return f"{self.capture}.pcap"

    @property
    def title(self) -> Message:
        """The capture's name for people."""
        return Message(f"lab.{self.capture}.title")

    @property
    def description(self) -> Message:
        """What happens in the capture, in a sentence or two."""
        return Message(f"lab.{self.capture}.description")


class Scenario(NamedTuple):
    """A piece that can be played: the programs it needs, its two halves, and where it is watched."""

    name: str
    programs: tuple[str, ...]
    prepare: Callable[[Stage], None]
    play: Callable[[Stage], None]
    vantages: tuple[Vantage, ...]


def _at_least(least: int, expression: str) -> Expectation:
    return Expectation(expression, least, None)


def _exactly(count: int, expression: str) -> Expectation:
    return Expectation(expression, count, count)


def _none(expression: str) -> Expectation:
    return Expectation(expression, 0, 0)


def _at_client(capture: str, *expectations: Expectation) -> tuple[Vantage, ...]:
    return (Vantage(capture, "client", "eth0", expectations),)


_SYN = "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn"
_SYN_ACK = "tcp[tcpflags] & (tcp-syn|tcp-ack) == (tcp-syn|tcp-ack)"
_FIN = "tcp[tcpflags] & tcp-fin != 0"
_RST = "tcp[tcpflags] & tcp-rst != 0"


_NGINX = (*daemons.NEEDS_WEB, "curl")

_ALL = (
    Scenario(
        "handshake",
        _NGINX,
        plays.prepare_web,
        plays.play_handshake,
        _at_client(
            "handshake",
            _exactly(1, _SYN),
            _exactly(1, _SYN_ACK),
            _exactly(2, _FIN),
            _at_least(9, "tcp port 80 and host 93.184.216.34"),
            _none("not tcp port 80"),
            _none(_RST),
        ),
    ),
    Scenario(
        "mysql",
        daemons.NEEDS_DATABASE,
        plays.prepare_mysql,
        plays.play_mysql,
        _at_client(
            "mysql",
            _exactly(1, _SYN),
            _exactly(1, _SYN_ACK),
            # "SELE", at the fifth byte of a command packet.
            _at_least(1, "dst port 3306 and tcp[((tcp[12] & 0xf0) >> 2) + 5:4] = 0x53454c45"),
            _none("not (tcp port 3306 and host 192.168.1.100)"),
        ),
    ),
    Scenario(
        "ssh",
        daemons.NEEDS_SECURE_SHELL,
        plays.prepare_ssh,
        plays.play_ssh,
        _at_client(
            "ssh",
            _exactly(1, _SYN),
            _exactly(1, _SYN_ACK),
            _at_least(2, "tcp[((tcp[12] & 0xf0) >> 2):4] = 0x5353482d"),
            _none("not tcp port 22"),
        ),
    ),
    Scenario(
        "https",
        _NGINX,
        plays.prepare_web,
        plays.play_https,
        _at_client(
            "https",
            _exactly(1, _SYN),
            _exactly(1, _SYN_ACK),
            _at_least(2, "tcp[((tcp[12] & 0xf0) >> 2)] = 22"),
            _none("not tcp port 443"),
        ),
    ),
    Scenario(
        "dns",
        (*daemons.NEEDS_NAMES, "dig"),
        plays.prepare_dns,
        plays.play_dns,
        _at_client(
            "dns",
            _exactly(4, "udp port 53"),
            _exactly(1, "udp src port 53 and udp[11] & 0x0f = 3"),
            _exactly(1, "udp src port 53 and udp[11] & 0x0f = 0 and udp[14:2] = 1"),
            _none("not udp port 53"),
        ),
    ),
    Scenario(
        "ping",
        ("ping",),
        Stage.settle,
        plays.play_ping,
        _at_client(
            "ping",
            _exactly(4, "icmp[icmptype] = icmp-echo"),
            _exactly(4, "icmp[icmptype] = icmp-echoreply"),
            _none("not icmp"),
        ),
    ),
    Scenario(
        "no_answer",
        daemons.NEEDS_DATABASE,
        plays.prepare_no_answer,
        plays.play_query_in_vain,
        _at_client("no_answer", _at_least(3, _SYN), _none("src host 192.168.1.100")),
    ),
    Scenario(
        "closed_port",
        ("mariadb",),
        plays.prepare_closed_port,
        plays.play_query_in_vain,
        _at_client("closed_port", _exactly(1, _SYN), _exactly(1, _RST), _none(_SYN_ACK)),
    ),
    Scenario(
        "icmp_reject",
        _NGINX,
        plays.prepare_icmp_reject,
        plays.play_get_in_vain,
        _at_client(
            "icmp_reject",
            _exactly(1, _SYN),
            _exactly(1, "src host 192.168.1.1 and icmp[icmptype] = icmp-unreach and icmp[icmpcode] = 13"),
            _none(_SYN_ACK),
        ),
    ),
    Scenario(
        "close_fin",
        (*daemons.NEEDS_WEB, "bash"),
        plays.prepare_web,
        plays.play_close_fin,
        _at_client(
            "close_fin",
            _exactly(1, f"src port 80 and {_FIN}"),
            _exactly(1, f"dst port 80 and {_FIN}"),
            _none(_RST),
            _none("not tcp port 80"),
        ),
    ),
    Scenario(
        "abort_rst",
        (*daemons.NEEDS_WEB, "bash"),
        plays.prepare_web,
        plays.play_abort_rst,
        _at_client(
            "abort_rst", _exactly(1, _SYN_ACK), _at_least(1, f"src host 192.168.1.50 and {_RST}"), _none("not tcp")
        ),
    ),
    Scenario(
        "retransmission",
        _NGINX,
        plays.prepare_retransmission,
        plays.play_retransmission,
        _at_client(
            "retransmission",
            _exactly(1, _SYN),
            _exactly(2, _FIN),
            # Twelve bytes of timestamps and more: acknowledgements that name what did arrive (SACK, RFC 2018).
            _at_least(2, "src port 80 and tcp[12] & 0xf0 > 0x80 and tcp[tcpflags] = tcp-ack"),
            _none("not tcp port 80"),
        ),
    ),
    Scenario(
        "lost_reply",
        daemons.NEEDS_DATABASE,
        plays.prepare_lost_reply,
        plays.play_query_in_vain,
        (
            *_at_client("lost_reply_client", _at_least(3, _SYN), _none(_SYN_ACK)),
            Vantage("lost_reply_server", "database", "eth0", (_at_least(3, _SYN), _at_least(3, _SYN_ACK))),
        ),
    ),
    Scenario(
        "mix",
        (
            *daemons.NEEDS_WEB,
            *daemons.NEEDS_DATABASE,
            *daemons.NEEDS_SECURE_SHELL,
            *daemons.NEEDS_NAMES,
            *("bash", "curl", "dig", "ping"),
        ),
        plays.prepare_mix,
        plays.play_mix,
        (
            *_at_client(
                "mix",
                _at_least(3, "arp"),
                _at_least(6, "udp port 53"),
                _at_least(6, "tcp port 53"),
                _at_least(10, "src host 192.168.1.100 and port 3306"),
                _at_least(10, "dst host 192.168.1.100 and port 3306"),
                _at_least(1, "port 3306 and not host 192.168.1.100"),
                _at_least(10, "host 192.168.1.100 and not port 3306"),
                _at_least(20, "tcp port 22"),
                _at_least(20, "tcp port 443"),
                _at_least(20, "not host 192.168.1.50"),
                _at_least(8, "icmp[icmptype] = icmp-echo or icmp[icmptype] = icmp-echoreply"),
                _at_least(1, "icmp[icmptype] = icmp-unreach and src host 192.168.1.1"),
                _at_least(1, "icmp[icmptype] = icmp-unreach and src host 192.168.1.100"),
                # The first of these SYNs is lost, and its connection comes about a second later.
                _exactly(2, f"src host 192.168.1.51 and dst port 443 and {_SYN}"),
                _exactly(1, f"dst host 192.168.1.51 and src port 443 and {_SYN_ACK}"),
                _at_least(2, "ip[6:2] & 0x3fff != 0"),
                _at_least(2, f"{_RST}"),
                _at_least(150, ""),
                Expectation("", 0, 400),
            ),
            Vantage(
                "any",
                "client",
                "any",
                (
                    _at_least(2, "ifindex 1"),
                    _at_least(100, "ifindex 2"),
                    _at_least(20, "outbound"),
                    _at_least(20, "inbound"),
                ),
            ),
        ),
    ),
)

SCENARIOS = {scenario.name: scenario for scenario in _ALL}
"""Every scenario by name, in the order in which they are recorded."""

_AT_DATABASE = frozenset({"mysql", "ssh", "no_answer", "closed_port"})


def both_ends(scenario: Scenario) -> Iterator[Vantage]:
    """Where a standing lab records a scenario: where its samples were, and else at both ends, the client's first, to be
    laid side by side."""
    if len(scenario.vantages) > 1:
        yield from scenario.vantages
        return
    (vantage,) = scenario.vantages
    yield vantage._replace(capture=f"{scenario.name}_client")
    server = "database" if scenario.name in _AT_DATABASE else FIREWALL if scenario.name == "dns" else "web"
    yield Vantage(f"{scenario.name}_server", server, "lan" if server == FIREWALL else "eth0", ())
