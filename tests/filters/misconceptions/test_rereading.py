"""Reading `and` before `or`."""

import pytest

from lesson_engine.filters import Filter
from lesson_engine.filters.misconceptions.rereading import and_first

READINGS = [
    ("tcp and port 80 or udp and port 53", "(tcp and port 80) or (udp and port 53)"),
    ("host 10.0.0.1 or 10.0.0.3 and tcp port 80", "host 10.0.0.1 or (host 10.0.0.3 and tcp port 80)"),
    ("(host 10.0.0.1 or host 10.0.0.3) and tcp", "(host 10.0.0.1 or host 10.0.0.3) and tcp"),
    ("((tcp) or (udp)) and (port 53)", "(tcp or udp) and port 53"),
    ("port (80 or 443 and 33000)", "port 80 or (port 443 and port 33000)"),
    ("not tcp or udp and not (icmp or arp and ip)", "not tcp or (udp and not (icmp or (arp and ip)))"),
    ("src or dst host 10.0.0.1 and tcp", "src or dst host 10.0.0.1 and tcp"),
    ("tcp[13] & (2|16) = 2 or (len - 4) > 60 and tcp", "tcp[13] & (2 | 16) = 2 or (len - 4 > 60 and tcp)"),
    ("icmp || tcp && ! port 22", "icmp or (tcp and not port 22)"),
    ("vlan and tcp or udp and ip", "(vlan and tcp) or (udp and ip)"),
    ("", ""),
]


@pytest.mark.parametrize(("expression", "reading"), READINGS)
def test_reading(expression: str, reading: str) -> None:
    assert str(and_first(Filter(expression))) == reading
