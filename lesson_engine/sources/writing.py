"""Writing savefiles: the bytes that tcpdump -w writes, and a whole capture put safely into a file.

`SavefileWriter` makes bytes and does no I/O, so that a session can send them to a file or a pipe as packets
come; they are identical to tcpdump's own (pcap 2.4, little-endian as on nearly all machines).
`write_savefile` replaces a file only when the new one is complete. See pcap-savefile(5).

>>> from lesson_engine.packets.linktype import EN10MB
>>> writer = SavefileWriter(EN10MB, snapshot_length=65535)
>>> writer.header_bytes().hex(" ", 4)
'd4c3b2a1 02000400 00000000 00000000 ffff0000 01000000'
>>> writer.record_bytes(Packet(1, 1_000_002_000, b"abcd", 60, EN10MB)).hex(" ", 4)
'01000000 02000000 04000000 3c000000 61626364'
"""

import os
import struct
from typing import Self

from lesson_engine.packets.capture import DEFAULT_SNAPSHOT_LENGTH, Capture, Packet
from lesson_engine.packets.linktype import LinkType
from lesson_engine.sources.pcap import MICROSECONDS, NANOSECONDS

_WORD = 0xFFFFFFFF


class SavefileWriter:
    """Makes the bytes of one savefile: `header_bytes` once, then `record_bytes` for each packet.

    Times are cut to microseconds unless `nanoseconds`; seconds keep their low 32 bits.
    """

    def __init__(
        self,
        link_type: LinkType,
        *,
        snapshot_length: int = DEFAULT_SNAPSHOT_LENGTH,
        link_type_flags: int = 0,
        nanoseconds: bool = False,
    ) -> None:
        self.link_type = link_type
        self.snapshot_length = snapshot_length
        self.link_type_flags = link_type_flags
        self.nanoseconds = nanoseconds

    @classmethod
    def like(cls, capture: Capture, *, nanoseconds: bool = False) -> Self:
        """A writer of savefiles such as tcpdump makes from the one that `capture` was read from."""
        return cls(
            capture.link_type,
            snapshot_length=capture.snapshot_length,
            link_type_flags=capture.link_type_flags,
            nanoseconds=nanoseconds,
        )

    def header_bytes(self) -> bytes:
        """The savefile's header, 24 bytes."""
        magic = NANOSECONDS if self.nanoseconds else MICROSECONDS
        return struct.pack(
            "<IHHIIII", magic, 2, 4, 0, 0, self.snapshot_length, self.link_type.number | self.link_type_flags
        )

    def record_bytes(self, packet: Packet) -> bytes:
        """One record: 16 bytes of header, and the packet."""
        seconds, fraction = packet.odd_time or divmod(packet.time_ns, 1_000_000_000)
        if not self.nanoseconds:
            # An odd time may have a negative fraction, which C cuts towards zero.
            fraction = fraction // 1000 if fraction >= 0 else -(-fraction // 1000)
        data = packet.data
        header = struct.pack("<IIII", seconds & _WORD, fraction & _WORD, len(data), packet.original_length)
        return header + data


def write_savefile(path: str | os.PathLike[str], capture: Capture, *, nanoseconds: bool = False) -> None:
    """Writes a capture as a savefile. A file that is already there stays whole until the new one is, and for good
    if writing fails. Raises OSError as `open` and `write` do."""
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        _write(target, "wb", capture, nanoseconds)  # a pipe or a device cannot be replaced
        return
    unfinished = f"{target}.{os.getpid()}.part"
    try:
        _write(unfinished, "xb", capture, nanoseconds)
        os.replace(unfinished, target)
    except FileExistsError:
        raise  # somebody else's: not ours to remove
    except BaseException:
        if os.path.exists(unfinished):
            os.remove(unfinished)
        raise


def _write(path: str, mode: str, capture: Capture, nanoseconds: bool) -> None:
    writer = SavefileWriter.like(capture, nanoseconds=nanoseconds)
    with open(path, mode) as file:
        file.write(writer.header_bytes())
        file.writelines(map(writer.record_bytes, capture))
