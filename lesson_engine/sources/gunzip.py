"""Gzip decompression by the piece, with a bound: for savefiles that were compressed to be passed on.

Sans-I/O, like the decoders: compressed bytes go in, decompressed pieces of at most `PIECE` bytes come out.
Several members in a row are one file, and what follows the last is ignored, as gzip(1) does (RFC 1952).
A file of a few kilobytes can grow a thousandfold, so growth is bounded: `LIMIT` bytes, or `MOST_GROWTH` times
what was put in if that is more. Captures shrink three- to tenfold, and hardly ever a hundredfold.

>>> import gzip
>>> b"".join(Gunzip().feed(gzip.compress(b"packets" * 3)))
b'packetspacketspackets'
"""

import zlib
from collections.abc import Iterator

from lesson_engine.sources import faults

MAGIC = b"\x1f\x8b"
PIECE = 1 << 20
LIMIT = 256 << 20
MOST_GROWTH = 100

_GZIP_WRAPPED = 16 + zlib.MAX_WBITS


class Gunzip:
    """Decompresses one file. `complete` is whether all members fed so far are whole."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_WRAPPED)
        self._between = b""
        self._fed = 0
        self._grown = 0
        self.complete = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What `data` decompress to. Raises SavefileError for damaged data and for too many."""
        self._fed += len(data)
        while data:
            if self.complete:
                data = self._between + data
                if len(data) < len(MAGIC) and MAGIC.startswith(data):
                    self._between = data
                    return
                self._between = b""
                if not data.startswith(MAGIC):
                    self._between = data[:1]
                    return
                self._member = zlib.decompressobj(_GZIP_WRAPPED)
                self.complete = False
            before = self._member.copy()
            try:
                piece = self._member.decompress(data, PIECE)
            except zlib.error:
                yield _good_part(before, data)
                raise faults.gzip_damaged() from None
            self._grown += len(piece)
            limit = max(LIMIT, MOST_GROWTH * self._fed)
            if self._grown > limit:
                raise faults.gzip_too_large(limit)
            if piece:
                yield piece
            self.complete = self._member.eof
            data = self._member.unused_data if self.complete else self._member.unconsumed_tail


def _good_part(member: "zlib._Decompress", data: bytes) -> bytes:
    """What came before the damage in `data`: zlib gives nothing of a call that fails."""
    pieces = []
    try:
        for position in range(len(data)):
            pieces.append(member.decompress(data[position : position + 1]))  # noqa: PERF401
    except zlib.error:
        pass
    return b"".join(pieces)
