"""The recorded network: the bundled captures that stand for interfaces where nothing is captured live."""

from functools import partial

from lesson_engine import bundled
from lesson_engine.packets import Capture
from lesson_engine.tcpdump.interfaces import Interfaces, VirtualInterface

# The recording client's own address, which tells sent frames from received ones (-Q).
_CLIENT = bytes.fromhex("0200c0a80132")


def recorded_network() -> Interfaces:
    """The interfaces of the recorded network, the default one first."""
    return {
        name: VirtualInterface(partial(Capture.open, path), hardware_address=_CLIENT)
        for name, path in bundled.interfaces().items()
    }
