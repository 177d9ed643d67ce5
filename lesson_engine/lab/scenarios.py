"""What is started, broken and sent: each scenario by name, with what a recording of it must show.

A scenario is played on a `Stage`: `prepare` starts daemons, sets faults and may make hosts know each other; then
captures begin at its vantage points, and `play` sends the traffic. Each vantage point has its own capture name and its
own expectations, which are counts of packets that a pcap-filter expression matches: a recording in which the fault did
not happen is refused. Titles and descriptions are in the message catalog, under the capture's name. Nothing here knows
where captures are kept.

>>> SCENARIOS["lost_reply"].vantages[1].capture
'lost_reply_server'
>>> print(SCENARIOS["ping"].vantages[0].title)
Ping
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from lesson_engine.lab import daemons
from lesson_engine.lab.stage import Stage
from lesson_engine.lab.topology import mac_address
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


def _get(stage: Stage, path: str, *options: str) -> tuple[str, ...]:
    """A curl command that fetches `path` from the web server by its name, without asking for the name."""
    name = daemons.WEB_NAME
    resolved = [word for port in (80, 443) for word in ("--resolve", f"{name}:{port}:{stage.address('web')}")]
    scheme = "https" if "--insecure" in options else "http"
    return ("curl", "--silent", "--show-error", *resolved, *options, f"{scheme}://{name}{path}")


def _query(stage: Stage, sql: str, *options: str, host: str = "database") -> tuple[str, ...]:
    return ("mariadb", "--no-defaults", *daemons.DATABASE_LOGIN, f"--host={stage.address(host)}", *options, "-e", sql)


_PRODUCTS = "SELECT id, name, price FROM products WHERE price < 200"


def _prepare_web(stage: Stage) -> None:
    daemons.web(stage)
    stage.settle()


def _play_handshake(stage: Stage) -> None:
    stage.run("client", *_get(stage, "/"))


def _prepare_mysql(stage: Stage) -> None:
    daemons.database(stage)
    stage.settle()


def _play_mysql(stage: Stage) -> None:
    stage.run("client", *_query(stage, _PRODUCTS))


def _prepare_ssh(stage: Stage) -> None:
    daemons.secure_shell(stage)
    stage.settle()


def _play_ssh(stage: Stage) -> None:
    stage.run("client", *daemons.secure_shell_login(stage, "date; uptime"))


def _play_https(stage: Stage) -> None:
    stage.run("client", *_get(stage, "/", "--insecure"))


def _prepare_dns(stage: Stage) -> None:
    daemons.names(stage)
    stage.settle()


def _ask(stage: Stage, name: str, *options: str) -> tuple[str, ...]:
    return ("dig", f"@{stage.address('firewall')}", name, *options)


def _play_dns(stage: Stage) -> None:
    stage.run("client", *_ask(stage, daemons.WEB_NAME))
    stage.run("client", *_ask(stage, "no-such-name.example.com"))


def _play_ping(stage: Stage) -> None:
    stage.run("client", "ping", "-c", "4", stage.address("web"))


def _prepare_no_answer(stage: Stage) -> None:
    _prepare_mysql(stage)
    stage.filter("""
        table bridge lan {
            chain forwarded { type filter hook forward priority 0; tcp dport 3306 drop; }
        }
    """)


def _play_query_in_vain(stage: Stage) -> None:
    # SYNs leave at 0, 1, 3 and 7 seconds.
    stage.run_in_vain("client", *_query(stage, _PRODUCTS, "--connect-timeout=8"))


def _prepare_icmp_reject(stage: Stage) -> None:
    _prepare_web(stage)
    stage.filter("""
        table inet routed {
            chain forwarded { type filter hook forward priority 0; tcp dport 80 reject with icmpx admin-prohibited; }
        }
    """)


def _play_get_in_vain(stage: Stage) -> None:
    stage.run_in_vain("client", *_get(stage, "/"))


def _get_by_hand(stage: Stage, path: str, connection: str, then: str) -> tuple[str, ...]:
    """A client that asks for `path` over a socket the shell opens as number 3, and does `then` with the answer."""
    request = rf"GET {path} HTTP/1.1\r\nHost: {daemons.WEB_NAME}\r\nConnection: {connection}\r\n\r\n"
    # cat writes the request at once; bash by itself would send a segment a line.
    exchange = f"printf '{request}' | cat >&3; {then}; exec 3>&-"
    return ("bash", "-c", f"exec 3<>/dev/tcp/{stage.address('web')}/80; {exchange}")


def _get_and_abort(stage: Stage) -> tuple[str, ...]:
    # Leaving with data unread is what makes the kernel reset the connection.
    return _get_by_hand(stage, "/lines.txt", "keep-alive", "read -r status <&3; sleep 0.1")


def _play_close_fin(stage: Stage) -> None:
    # Lingering after the server's end of file makes four segments of the close, each by itself, as in the books.
    stage.run("client", *_get_by_hand(stage, "/", "close", "cat <&3 >/dev/null; sleep 0.2"))


def _play_abort_rst(stage: Stage) -> None:
    stage.run("client", *_get_and_abort(stage))


_LOSS = """
    table inet routed {
        chain forwarded {
            type filter hook forward priority 0;
            ip daddr %s tcp dport 80 ip length > 1000 numgen inc mod %d == 2 drop;
        }
    }
"""


def _prepare_retransmission(stage: Stage) -> None:
    _prepare_web(stage)
    stage.filter(_LOSS % (stage.address("web"), 9))


def _upload(stage: Stage, size: int) -> tuple[str, ...]:
    text = "".join(f"line {number:04} of an upload\n" for number in range(1, size + 1))
    return _get(stage, "/upload/lines.txt", "--request", "PUT", "--data-binary", text)


def _play_retransmission(stage: Stage) -> None:
    # Recorded at the sender: only there are both the lost segment and its repetition to be seen.
    stage.run("client", *_upload(stage, 900))


def _prepare_lost_reply(stage: Stage) -> None:
    _prepare_mysql(stage)
    stage.filter("""
        table bridge lan {
            chain forwarded { type filter hook forward priority 0; tcp sport 3306 drop; }
        }
    """)


def _prepare_mix(stage: Stage) -> None:
    daemons.web(stage)
    daemons.names(stage)
    daemons.secure_shell(stage)
    daemons.database(stage)
    # The client's port of the switch is a mirror port: it is also given what others on the LAN say to each other.
    of_others = f"ether daddr != {{ {mac_address(stage.address('client'))}, ff:ff:ff:ff:ff:ff }} dup to client"
    stage.filter(f"""
        table netdev mirror {{
            chain from_colleague {{ type filter hook ingress device "colleague" priority 0; {of_others}; }}
            chain from_database {{ type filter hook ingress device "database" priority 0; {of_others}; }}
            chain from_firewall {{ type filter hook egress device "lan" priority 0; {of_others}; }}
        }}
    """)
    stage.filter(f"""
        table inet routed {{
            chain forwarded {{
                type filter hook forward priority 0;
                ip daddr {stage.address("web")} tcp dport 3306 drop;
                tcp dport 25 reject with icmpx admin-prohibited;
                ip saddr {stage.address("colleague")} tcp dport 443 tcp flags syn numgen inc mod 100 == 0 drop;
            }}
        }}
    """)
    stage.filter(_LOSS % (stage.address("web"), 5))


def _play_mix(stage: Stage) -> None:
    web, database = stage.address("web"), stage.address("database")
    page = ("curl", "--silent", "--show-error", f"http://{daemons.WEB_NAME}/")
    # The page comes first and alone, so that the first packets of port 80 are one whole handshake.
    stage.run("client", *page)
    running = [
        stage.start("client", "ping", "-c", "4", web),
        stage.start("client", *_query(stage, _PRODUCTS, "--connect-timeout=4", host="web")),
        stage.start("client", *daemons.secure_shell_login(stage, "date; sleep 1; uptime; sleep 1; date")),
    ]
    steps: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("colleague", page),
        ("client", _query(stage, f"{_PRODUCTS}; SELECT SLEEP(0.5); UPDATE products SET price = 190 WHERE id = 1")),
        ("database", ("ping", "-c", "2", "-i", "0.4", stage.address("client"))),
        ("colleague", _query(stage, "SELECT COUNT(*) FROM products")),
        ("client", _get(stage, "/", "--insecure")),
        ("client", _ask(stage, "no-such-name.example.com")),
        ("client", ("curl", "--silent", f"http://{database}:8080/")),
        ("database", page),
        ("client", _ask(stage, daemons.WEB_NAME, "+tcp")),
        ("colleague", _get(stage, "/", "--insecure")),
        ("client", ("curl", "--silent", f"smtp://{web}/")),
        ("colleague", _ask(stage, daemons.DATABASE_NAME)),
        ("colleague", ("curl", "--silent", f"http://{web}:3306/", "--max-time", "2")),
        ("client", _get_and_abort(stage)),
        ("client", _upload(stage, 400)),
        ("colleague", ("ping", "-c", "1", "-s", "2000", database)),
        ("colleague", ("bash", "-c", f"echo backup finished > /dev/udp/{database}/9999")),
        ("client", ("ping", "-c", "1", "127.0.0.1")),
        ("client", page),
    )
    for host, command in steps:
        running.append(stage.start(host, *command))
        time.sleep(0.15)
    for process in running:
        process.wait(10)


_NGINX = (*daemons.NEEDS_WEB, "curl")

_ALL = (
    Scenario(
        "handshake",
        _NGINX,
        _prepare_web,
        _play_handshake,
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
        _prepare_mysql,
        _play_mysql,
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
        _prepare_ssh,
        _play_ssh,
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
        _prepare_web,
        _play_https,
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
        _prepare_dns,
        _play_dns,
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
        _play_ping,
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
        _prepare_no_answer,
        _play_query_in_vain,
        _at_client("no_answer", _at_least(3, _SYN), _none("src host 192.168.1.100")),
    ),
    Scenario(
        "closed_port",
        ("mariadb",),
        Stage.settle,
        _play_query_in_vain,
        _at_client("closed_port", _exactly(1, _SYN), _exactly(1, _RST), _none(_SYN_ACK)),
    ),
    Scenario(
        "icmp_reject",
        _NGINX,
        _prepare_icmp_reject,
        _play_get_in_vain,
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
        _prepare_web,
        _play_close_fin,
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
        _prepare_web,
        _play_abort_rst,
        _at_client(
            "abort_rst", _exactly(1, _SYN_ACK), _at_least(1, f"src host 192.168.1.50 and {_RST}"), _none("not tcp")
        ),
    ),
    Scenario(
        "retransmission",
        _NGINX,
        _prepare_retransmission,
        _play_retransmission,
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
        _prepare_lost_reply,
        _play_query_in_vain,
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
        _prepare_mix,
        _play_mix,
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
