"""Services by port: the names that tcpdump prints where -n is not given, and the printers of their payload.

A name is the first one that the bundled table of services has for each port; nothing is read from the machine, so the
names are the same everywhere. Made on first use.

>>> tcp_ports()[80], udp_ports()[53]
('http', 'domain')
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lesson_engine.tcpdump.printers.line import Line


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


@cache
def service_printer(service: str) -> "Callable[[Line, int, int], None]":
    """The printer of a service's payload: `print_<service>` in the module of that name, imported when it is asked
    for, since few captures hold many services."""
    printer: Callable[[Line, int, int], None] = getattr(
        import_module(f"lesson_engine.tcpdump.printers.{service}"), f"print_{service}"
    )
    return printer


class Datagram(NamedTuple):
    """What a payload travelled in."""

    header: int
    """Where its IP header lies."""
    source_port: int
    destination_port: int


@cache
def datagram_printer(service: str) -> "Callable[[Line, int, int, Datagram], None]":
    """As `service_printer`, for payloads that their own bytes do not tell everything of."""
    printer: Callable[[Line, int, int, Datagram], None] = getattr(
        import_module(f"lesson_engine.tcpdump.printers.{service}"), f"print_{service}"
    )
    return printer
