"""What someone may wish to see of a network, as a sentence and as a filter, with the filters people write instead.

The filters are templates over the recorded network's hosts and services. That each wrong one behaves differently
from the right one, and for which reason, is the engine's to say: nothing here names a misconception.

>>> wish = WISHES["neither"]
>>> casting = {"host": "192.168.1.50", "other": "192.168.1.51"}
>>> wish.right.format_map(casting)
'not (host 192.168.1.50 or host 192.168.1.51)'
"""

from random import Random
from typing import NamedTuple

from lesson_engine.course.drills.scenes import HOSTS, SERVICES
from lesson_engine.messages import Message

COUNTING = "ip and ip[6:2] & 0x1fff = 0"
"""Which packets count where a filter is written freely: only first fragments have ports, and there is no IPv6."""


class Wish(NamedTuple):
    """`id` names its sentence (drills.wish.ID); `right` and `wrong` are templates of filters."""

    id: str
    right: str
    wrong: tuple[str, ...]

    def sentence(self, casting: dict[str, str]) -> Message:
        """The wish in words."""
        return Message(f"drills.wish.{self.id}", **casting)


WISHES = {
    wish.id: wish
    for wish in (
        Wish(
            "host",
            "host {host}",
            (
                "src host {host}",
                "dst host {host}",
                "tcp and host {host}",
                "src host {host} and dst host {host}",
                "not host {host}",
            ),
        ),
        Wish("from_host", "src host {host}", ("dst host {host}", "host {host}", "not src host {host}")),
        Wish("to_host", "dst host {host}", ("src host {host}", "host {host}", "not dst host {host}")),
        Wish(
            "service",
            "tcp port {port}",
            ("tcp dst port {port}", "tcp src port {port}", "port {port}", "tcp", "udp port {port}"),
        ),
        Wish(
            "services",
            "tcp port {port} or tcp port {second}",
            (
                "tcp port {port} and tcp port {second}",
                "tcp dst port {port} or tcp dst port {second}",
                "tcp port {port}",
                "not (tcp port {port} or tcp port {second})",
            ),
        ),
        Wish(
            "host_service",
            "host {host} and tcp port {port}",
            (
                "host {host} or tcp port {port}",
                "src host {host} and tcp port {port}",
                "host {host} and {port}",
                "tcp port {port}",
                "host {host}",
            ),
        ),
        Wish(
            "host_services",
            "host {host} and (tcp port {port} or tcp port {second})",
            (
                "host {host} and tcp port {port} or tcp port {second}",
                "host {host} and tcp port {port} and tcp port {second}",
                "host {host} or (tcp port {port} or tcp port {second})",
                "tcp port {port} or tcp port {second}",
            ),
        ),
        Wish(
            "tcp_but",
            "tcp and not port {port}",
            ("not port {port}", "tcp or not port {port}", "not (tcp and port {port})", "tcp and not dst port {port}"),
        ),
        Wish(
            "neither",
            "not (host {host} or host {other})",
            (
                "not host {host} or host {other}",
                "not host {host} and host {other}",
                "not host {host} or not host {other}",
                "host {host} or host {other}",
            ),
        ),
        Wish(
            "between",
            "host {host} and host {other}",
            (
                "host {host} or host {other}",
                "src host {host} and dst host {other}",
                "src host {host} or dst host {other}",
                "host {host}",
            ),
        ),
        Wish("ping", "icmp and host {host}", ("icmp or host {host}", "icmp", "host {host}", "tcp and host {host}")),
        Wish("dns", "port 53", ("udp port 53", "tcp port 53", "dst port 53", "src port 53 and dst port 53")),
        Wish("udp", "udp", ("tcp", "not tcp", "ip", "udp port 53")),
        Wish(
            "refusals",
            "host {host} and (tcp port {port} or icmp)",
            (
                "host {host} and tcp port {port}",
                "host {host} and tcp port {port} or icmp",
                "host {host} and tcp port {port} and icmp",
                "tcp port {port} or icmp",
            ),
        ),
    )
}


def cast(chance: Random) -> dict[str, str]:
    """Hosts and services for the templates: two of each, and the services' names."""
    host, other = chance.sample(HOSTS[:4], 2)
    port, second = chance.sample([each for each in SERVICES if each != 53], 2)
    return {
        "host": host,
        "other": other,
        "port": str(port),
        "second": str(second),
        "service": SERVICES[port],
        "second_service": SERVICES[second],
    }
