"""Floor 0: what a packet is: bytes in columns."""

from lesson_engine.packets.capture import Capture, Packet
from lesson_engine.packets.linktype import LinkType

__all__ = ["Capture", "LinkType", "Packet"]
