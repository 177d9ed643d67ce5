"""The tables of names are those of Debian's own files."""

from pathlib import Path

import pytest

from lesson_engine.packets.numbers import IP_PROTOCOLS, Service, service_port
from lesson_engine.packets.services import SERVICES


def test_a_service_of_one_transport_protocol_names_it() -> None:
    assert service_port("http") == Service(80, "tcp")
    assert service_port("tftp") == Service(69, "udp")
    assert service_port("https") == Service(443, None)
    assert service_port("HTTP") is None


@pytest.mark.skipif(
    "netbase" not in "".join(map(str, Path("/var/lib/dpkg/info").glob("netbase.list"))), reason="no Debian"
)
def test_every_bundled_service_is_debians() -> None:
    found: dict[tuple[str, str], int] = {}
    for line in Path("/etc/services").read_text(encoding="utf-8").splitlines():
        name, *rest = line.partition("#")[0].split() or [""]
        if rest:
            port, protocol = rest[0].split("/")
            for each in (name, *rest[1:]):
                found.setdefault((each, protocol), int(port))
    for name, (tcp, udp) in SERVICES.items():
        assert found.get((name, "tcp")) == tcp, name
        assert found.get((name, "udp")) == udp, name
    assert IP_PROTOCOLS["ipv6-icmp"] == IP_PROTOCOLS["IPv6-ICMP"] == 58
