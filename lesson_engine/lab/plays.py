"""What is done on the stage: the halves of every scenario, by function.

A `prepare_` function starts daemons, sets faults, and lets hosts know each other unless ARP belongs to the matter; a
`play_` function sends the traffic, from real clients, and returns when they have ended. Which two make a scenario,
and what must be seen of them, is for `scenarios`. Each raises LabError when a command does not do what it should.

curl(1), mariadb(1), dig(1), ping(8), nft(8).

>>> play_dns.__name__
'play_dns'
"""

import time

from lesson_engine.lab import daemons
from lesson_engine.lab.stage import Stage
from lesson_engine.lab.topology import mac_address


def _get(stage: Stage, path: str, *options: str) -> tuple[str, ...]:
    """A curl command that fetches `path` from the web server by its name, without asking for the name."""
    name = daemons.WEB_NAME
    resolved = [word for port in (80, 443) for word in ("--resolve", f"{name}:{port}:{stage.address('web')}")]
    scheme = "https" if "--insecure" in options else "http"
    return ("curl", "--silent", "--show-error", *resolved, *options, f"{scheme}://{name}{path}")


def _query(stage: Stage, sql: str, *options: str, host: str = "database") -> tuple[str, ...]:
    return ("mariadb", "--no-defaults", *daemons.DATABASE_LOGIN, f"--host={stage.address(host)}", *options, "-e", sql)


_PRODUCTS = "SELECT id, name, price FROM products WHERE price < 200"


def prepare_web(stage: Stage) -> None:
    """The web server is up."""
    daemons.web(stage)
    stage.settle()


def play_handshake(stage: Stage) -> None:
    """One page is fetched, and the connection closed."""
    stage.run("client", *_get(stage, "/"))


def prepare_mysql(stage: Stage) -> None:
    """The database is up."""
    daemons.database(stage)
    stage.settle()


def play_mysql(stage: Stage) -> None:
    """A client logs in and asks for products."""
    stage.run("client", *_query(stage, _PRODUCTS))


def prepare_ssh(stage: Stage) -> None:
    """The secure shell server is up."""
    daemons.secure_shell(stage)
    stage.settle()


def play_ssh(stage: Stage) -> None:
    """A client logs in and runs two commands."""
    stage.run("client", *daemons.secure_shell_login(stage, "date; uptime"))


def play_https(stage: Stage) -> None:
    """One page is fetched over TLS."""
    stage.run("client", *_get(stage, "/", "--insecure"))


def prepare_dns(stage: Stage) -> None:
    """The name server is up."""
    daemons.names(stage)
    stage.settle()


def _ask(stage: Stage, name: str, *options: str) -> tuple[str, ...]:
    return ("dig", f"@{stage.address('firewall')}", name, *options)


def play_dns(stage: Stage) -> None:
    """A name that exists and one that does not are asked for."""
    stage.run("client", *_ask(stage, daemons.WEB_NAME))
    stage.run("client", *_ask(stage, "no-such-name.example.com"))


def play_ping(stage: Stage) -> None:
    """Four echo requests, a second apart."""
    stage.run("client", "ping", "-c", "4", stage.address("web"))


def prepare_no_answer(stage: Stage) -> None:
    """The database is up, and the firewall drops what goes to it."""
    prepare_mysql(stage)
    stage.filter("""
        table bridge lan {
            chain forwarded { type filter hook forward priority 0; tcp dport 3306 drop; }
        }
    """)


def prepare_closed_port(stage: Stage) -> None:
    """The database is not up."""
    stage.withdraw("database")
    stage.settle()


def play_query_in_vain(stage: Stage) -> None:
    """A client tries to log in, and gives up."""
    # SYNs leave at 0, 1, 3 and 7 seconds.
    stage.run_in_vain("client", *_query(stage, _PRODUCTS, "--connect-timeout=8"))


def prepare_icmp_reject(stage: Stage) -> None:
    """The web server is up, and the firewall rejects what goes to it."""
    prepare_web(stage)
    stage.filter("""
        table inet routed {
            chain forwarded { type filter hook forward priority 0; tcp dport 80 reject with icmpx admin-prohibited; }
        }
    """)


def play_get_in_vain(stage: Stage) -> None:
    """A client asks for a page, and is refused."""
    stage.run_in_vain("client", *_get(stage, "/"))


def play_visit(stage: Stage, service: str) -> None:
    """A client goes to "web" or "database", and finds out whether it may."""
    if service == "web":
        command = _get(stage, "/", "--max-time", "8")
    else:
        command = _query(stage, _PRODUCTS, "--connect-timeout=8")
    stage.finish([stage.start("client", *command)])


def _get_by_hand(stage: Stage, path: str, connection: str, then: str) -> tuple[str, ...]:
    """A client that asks for `path` over a socket the shell opens as number 3, and does `then` with the answer."""
    request = rf"GET {path} HTTP/1.1\r\nHost: {daemons.WEB_NAME}\r\nConnection: {connection}\r\n\r\n"
    # cat writes the request at once; bash by itself would send a segment a line.
    exchange = f"printf '{request}' | cat >&3; {then}; exec 3>&-"
    return ("bash", "-c", f"exec 3<>/dev/tcp/{stage.address('web')}/80; {exchange}")


def _get_and_abort(stage: Stage) -> tuple[str, ...]:
    # Leaving with data unread is what makes the kernel reset the connection.
    return _get_by_hand(stage, "/lines.txt", "keep-alive", "read -r status <&3; sleep 0.1")


def play_close_fin(stage: Stage) -> None:
    """One page is fetched; the server closes first."""
    # Lingering after the server's end of file makes four segments of the close, each by itself, as in the books.
    stage.run("client", *_get_by_hand(stage, "/", "close", "cat <&3 >/dev/null; sleep 0.2"))


def play_abort_rst(stage: Stage) -> None:
    """A client leaves in the middle of a download."""
    stage.run("client", *_get_and_abort(stage))


# Counting, where chance would do, makes it the same segments in every recording: the third of each so many.
_LOSS = """
    table inet routed {
        chain forwarded {
            type filter hook forward priority 0;
            ip daddr %s tcp dport 80 ip length > 1000 numgen inc mod %d == 2 drop;
        }
    }
"""


def prepare_retransmission(stage: Stage) -> None:
    """The web server is up, and the firewall loses large segments on the way to it."""
    prepare_web(stage)
    stage.filter(_LOSS % (stage.address("web"), 9))


def _upload(stage: Stage, size: int) -> tuple[str, ...]:
    text = "".join(f"line {number:04} of an upload\n" for number in range(1, size + 1))
    return _get(stage, "/upload/lines.txt", "--request", "PUT", "--data-binary", text)


def play_retransmission(stage: Stage) -> None:
    """A file is uploaded in spite of the loss."""
    # Recorded at the sender: only there are both the lost segment and its repetition to be seen.
    stage.run("client", *_upload(stage, 900))


def prepare_lost_reply(stage: Stage) -> None:
    """The database is up, and the firewall drops what comes from it."""
    prepare_mysql(stage)
    stage.filter("""
        table bridge lan {
            chain forwarded { type filter hook forward priority 0; tcp sport 3306 drop; }
        }
    """)


def prepare_mix(stage: Stage) -> None:
    """Everything is up, with a mirror port and several faults; hosts have yet to learn each other's addresses."""
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


def play_mix(stage: Stage) -> None:
    """Some seconds of a busy office: every kind of traffic, by three hosts at once."""
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
    stage.finish(running)
