"""Exchanged roles: the traffic of a capture, with each host at another's address and some at another's service.

A filter that asks for what its task says matches the same packets as the reference here too; one that was fitted to
the packets in sight does not.
"""

from typing import TypeVar

from lesson_engine.course.rewriting import Flow, Substitution, rewrite
from lesson_engine.course.seeding import draw
from lesson_engine.packets import Capture

# The services that the course speaks of, so that a capture of one alone meets another's port too.
_SERVICES = {22, 53, 80, 443, 3306}
_FIRST_EPHEMERAL = 32768

Item = TypeVar("Item", bytes, int)


def exchanged(capture: Capture, seed: int) -> Capture:
    """`capture` with its hosts' addresses exchanged among them, and for about half of the connections the ports of
    services; ephemeral ports are others. `seed` chooses which."""
    present = _Present()
    rewrite(capture, present)
    return rewrite(capture, _Exchange(present, seed))


class _Present(Substitution):
    """Changes nothing, and notes who is there."""

    def __init__(self) -> None:
        self.addresses: set[bytes] = set()
        self.services: set[int] = set()

    def address(self, address: bytes) -> bytes:
        """Notes hosts, which are neither nobody, nor loopback, nor groups."""
        if len(address) == 4:
            is_host = 0 < address[0] < 224 and address[0] != 127 and address[3] not in (0, 255)
        else:
            is_host = address[0] != 0xFF and address[:2] != b"\xfe\x80" and address[:15] != bytes(15)
        if is_host:
            self.addresses.add(address)
        return address

    def ports(self, flow: Flow) -> tuple[int, int]:
        """Notes services."""
        both = flow.source_port, flow.destination_port
        self.services.update(port for port in both if port < _FIRST_EPHEMERAL)
        return both


class _Exchange(Substitution):
    def __init__(self, present: _Present, seed: int) -> None:
        self.seed = seed
        self._hosts: dict[bytes, bytes] = {}
        for size in (4, 16):
            self._hosts |= _rotated([each for each in sorted(present.addresses) if len(each) == size], seed)
        self._services = _rotated(sorted(present.services | _SERVICES), seed)

    def address(self, address: bytes) -> bytes:
        """The next host's address."""
        return self._hosts.get(address, address)

    def hardware_address(self, address: bytes) -> bytes:
        """The course's network cards carry their IPv4 address behind 02:00."""
        return address[:2] + self.address(address[2:]) if address[:2] == b"\x02\x00" else address

    def ports(self, flow: Flow) -> tuple[int, int]:
        """Another service's port where this connection is one of those that change; another ephemeral port."""
        one, other = sorted([(flow.source, flow.source_port), (flow.destination, flow.destination_port)])
        moves = draw(self.seed, b"moves", *one, *other) & 1
        return self._port(flow.source_port, moves), self._port(flow.destination_port, moves)

    def _port(self, port: int, moves: int) -> int:
        if port < _FIRST_EPHEMERAL:
            return self._services.get(port, port) if moves else port
        return _FIRST_EPHEMERAL + (port + 1 + draw(self.seed, b"port") % 9973) % _FIRST_EPHEMERAL


def _rotated(items: list[Item], seed: int) -> dict[Item, Item]:
    """Each item to another one, if there are two: once around a ring in an order that the seed chooses."""
    ring: list[Item] = sorted(items, key=lambda item: draw(seed, b"ring", item))
    return dict(zip(ring, ring[1:] + ring[:1], strict=True))
