"""What a savefile decoder gives: the records it found in a buffer, and how it can go on.

A `Decoder` is one per file and format (`pcap`, `pcapng`). It never reads: it is handed a buffer that begins
somewhere in the file, and says which records lie whole in it, where the first one that does not begins, and
how many bytes from there it wants to see next. So one decoder serves a mapped file, all at once, and a pipe.

>>> Scan(position=24, wanted=16).records
0
"""

from array import array
from typing import NamedTuple, Protocol

from lesson_engine.packets.capture import Buffer, ByteOrder, HeaderReader, Headers
from lesson_engine.packets.linktype import LinkType
from lesson_engine.sources.faults import SavefileError

MANY_BYTES = 64 << 20
"""Importing NumPy takes longer than finding the records of a smaller file one after the other."""


class Scan(NamedTuple):
    """`position` is where in the buffer the first byte lies that was not used up; the decoder can do nothing
    more before there are `wanted` bytes from there. `error` ends the file. The rest are as in `Capture`."""

    position: int
    wanted: int
    offsets: "array[int]" = array("Q")
    captured_lengths: "array[int]" = array("I")
    headers: Headers | HeaderReader = Headers(array("I"), array("q"), {})
    error: SavefileError | None = None

    @property
    def records(self) -> int:
        """How many were found."""
        return len(self.offsets)


class Decoder(Protocol):
    """Finds the records of one file. `link_type` and the others that describe the file are not valid until
    `ready`: before, `scan` and `cut` raise SavefileError for a fault, as the file is no savefile at all."""

    ready: bool
    link_type: LinkType
    link_type_flags: int
    snapshot_length: int
    byte_order: ByteOrder

    def scan(self, buffer: Buffer, position: int, origin: int) -> Scan:
        """The whole records from `position` on; the buffer's first byte is byte `origin` of the file."""

    def cut(self, buffer: Buffer, position: int, origin: int) -> SavefileError | None:
        """What is wrong if the file ends with this buffer, whose last scan got as far as `position`."""


def lanes_pay(size: int) -> bool:
    """Whether the records of a buffer of `size` bytes are found sooner with `lanes`."""
    if size < MANY_BYTES:
        return False
    from importlib.util import find_spec

    return find_spec("numpy") is not None
