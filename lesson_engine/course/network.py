"""The recorded network as one learner has it: what their `tcpdump -i eth0` listens on.

>>> [*network()], [*network(7)]
(['eth0', 'any'], ['eth0', 'any'])
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from lesson_engine.packets import Capture
from lesson_engine.tcpdump.interfaces import Interfaces, VirtualInterface
from lesson_engine.tcpdump.recorded import recorded_network

if TYPE_CHECKING:
    from lesson_engine.course.seeding import Rewriting


def network(seed: int | None = None) -> Interfaces:
    """The interfaces of the recorded network, in the variant that belongs to `seed`."""
    recorded = recorded_network()
    if seed is None:
        return recorded
    from lesson_engine.course.seeding import Rewriting  # most learners have no seed

    rewriting = Rewriting(seed)

    def variant(interface: VirtualInterface) -> VirtualInterface:
        address = interface.hardware_address
        return interface._replace(
            load=partial(_rewritten, interface.load, rewriting),
            hardware_address=address and rewriting.hardware_address(address),
        )

    return {name: variant(interface) for name, interface in recorded.items()}


def _rewritten(load: Callable[[], Capture], rewriting: "Rewriting") -> Capture:
    return rewriting.capture(load())
