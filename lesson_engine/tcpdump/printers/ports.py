"""Service names of TCP and UDP ports, as tcpdump prints them where -n is not given.

The first name that the bundled table of services has for each port; nothing is read from the machine, so the
names are the same everywhere. Made on first use.

>>> tcp_ports()[80], udp_ports()[53]
('http', 'domain')
"""

from functools import cache


@cache
def tcp_ports() -> dict[int, str]:
    """Port number to service name, for TCP."""
    # The table is by name, and this name is an older service's alias too (of port 104).
    return _first_names(0) | {11112: "dicom"}


@cache
def udp_ports() -> dict[int, str]:
    """Port number to service name, for UDP."""
    return _first_names(1)


def _first_names(column: int) -> dict[int, str]:
    from lesson_engine.packets.services import SERVICES

    names: dict[int, str] = {}
    for name, ports in SERVICES.items():
        port = ports[column]
        if port is not None:
            names.setdefault(port, name)
    return names
