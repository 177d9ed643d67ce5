"""Savefiles: what tcpdump -w wrote, read as Captures, from a file or from a pipe.

`open_savefile` maps a file; `SavefileReader` is fed bytes as they come and gives batches. Both sit on the same
decoders (`pcap`, `pcapng`), both read either format compressed with gzip, and any chunking gives the same
packets. A savefile that is cut or damaged gives its good packets and then one `SavefileError`. Length fields
that lie make nobody allocate; a compressed file grows no further than `gunzip` allows. Nothing here filters or
prints. See pcap-savefile(5).

>>> reader = SavefileReader()
>>> reader.feed(bytes.fromhex("d4c3b2a1 02000400 00000000 00000000 00000400 01000000")) is None
True
>>> reader.link_type.name, reader.snapshot_length
('EN10MB', 262144)
>>> reader.feed(bytes.fromhex("10000000 20000000 02000000 3c000000 6162 00"))[0].data
b'ab'
>>> print(reader.finish())
The file is cut short: packet 2 (at offset 42) lacks 15 bytes. The 1 before it are good.
"""

import mmap
import os
import stat
from collections.abc import Iterator
from io import FileIO
from itertools import chain
from typing import TYPE_CHECKING

from lesson_engine.packets.capture import Buffer, ByteOrder, Capture
from lesson_engine.packets.linktype import LinkType
from lesson_engine.sources import faults, pcap
from lesson_engine.sources.faults import SavefileError, SavefileTooLargeError
from lesson_engine.sources.records import Decoder, Scan

if TYPE_CHECKING:
    from lesson_engine.sources.gunzip import Gunzip

__all__ = ["SavefileError", "SavefileReader", "SavefileTooLargeError", "open_savefile"]

_MAGIC_SIZE = 4
_GZIP_MAGIC = b"\x1f\x8b"
_PCAPNG_MAGIC = b"\n\r\r\n"
_CHUNK = 1 << 16
_SMALL = 1 << 20
"""Bytes; smaller files are read whole. A map of a file that another process cuts short kills this one."""


def open_savefile(path: str | os.PathLike[str]) -> Capture:
    """All good packets of a savefile, with `Capture.error` for what ended it early.

    A big plain file is mapped; what cannot be mapped (gzip, a pipe) goes through an unlinked temporary file.
    Raises SavefileError if it is no savefile, SavefileTooLargeError if it would decompress to too much, and OSError as
    `open` does.
    """
    with FileIO(path) as file:
        status = os.fstat(file.fileno())
        start = file.read(1) + file.read(1)  # a pipe may have one byte to give, and then the next
        if start == _GZIP_MAGIC:
            return _capture_of_compressed(chain([start], _chunks(file)))
        if stat.S_ISREG(status.st_mode):
            return _capture_of(_mapped(file, status.st_size))
        return _capture_of(_spooled(chain([start], _chunks(file))))


class SavefileReader:
    """Reads one savefile from bytes as they come.

    Each `feed` gives the packets that are whole by then, with the numbers they have in the file. `error` is the
    fault that ended the file, also found in the batch before it; what is fed after it is ignored.
    """

    def __init__(self) -> None:
        self.error: SavefileError | None = None
        self._decoder: Decoder | None = None
        self._gunzip: Gunzip | None = None
        self._held: list[bytes] = []
        self._held_size = 0
        self._wanted = len(_GZIP_MAGIC)
        self._origin = 0
        self._count = 0

    @property
    def ready(self) -> bool:
        """Whether the file's header has been read; the properties below are None before."""
        return self._decoder is not None and self._decoder.ready

    @property
    def link_type(self) -> LinkType | None:
        """The link type of all packets."""
        return self._decoder.link_type if self._decoder is not None and self._decoder.ready else None

    @property
    def snapshot_length(self) -> int | None:
        """Bytes, as libpcap understands the file's own."""
        return self._decoder.snapshot_length if self._decoder is not None and self._decoder.ready else None

    @property
    def link_type_flags(self) -> int | None:
        """The bits above the link type, which a copy of the savefile keeps."""
        return self._decoder.link_type_flags if self._decoder is not None and self._decoder.ready else None

    @property
    def byte_order(self) -> ByteOrder | None:
        """The file's byte order."""
        return self._decoder.byte_order if self._decoder is not None and self._decoder.ready else None

    def feed(self, data: bytes) -> Capture | None:
        """The packets that `data` complete, or None if there are none.

        Raises SavefileError if the file turns out to be no savefile."""
        if self.error is not None:
            return None
        if self._gunzip is not None:
            return self._feed_compressed(data)
        self._hold(data)
        if self._held_size < self._wanted:
            return None
        if self._decoder is None and self._held_size - len(data) < len(_GZIP_MAGIC):
            held = b"".join(self._held)
            if held.startswith(_GZIP_MAGIC):
                from lesson_engine.sources.gunzip import Gunzip

                self._gunzip = Gunzip()
                self._held, self._held_size = [], 0
                return self._feed_compressed(held)
        return self._decode()

    def finish(self) -> SavefileError | None:
        """Says that no more bytes come; returns the fault that ended the file, or None if it is whole.

        Raises SavefileError if what came is no savefile."""
        if self.error is None:
            held = b"".join(self._held)
            try:
                if self._gunzip is not None and not self._gunzip.complete:
                    self.error = faults.gzip_cut()
                else:
                    decoder = self._decoder or _decoder_for(held[:_MAGIC_SIZE])
                    fault = decoder.cut(held, 0, self._origin)
                    self.error = fault and self._told(fault)
            except SavefileError as error:
                self.error = self._told(error)
        if self.error is not None and not self.ready:
            raise self.error
        return self.error

    def _hold(self, data: bytes) -> None:
        self._held.append(data)
        self._held_size += len(data)

    def _feed_compressed(self, data: bytes) -> Capture | None:
        assert self._gunzip is not None
        fault = None
        try:
            for piece in self._gunzip.feed(data):
                self._hold(piece)
        except SavefileError as error:
            fault = error
        batch = self._decode() if self._held_size >= self._wanted else None
        if fault is not None and self.error is None:
            self.error = fault
            if not self.ready:
                raise fault
            if batch is not None:
                batch.error = fault
        return batch

    def _decode(self) -> Capture | None:
        buffer = b"".join(self._held)
        try:
            if self._decoder is None:
                if len(buffer) < _MAGIC_SIZE:
                    self._wanted = _MAGIC_SIZE
                    return None
                self._decoder = _decoder_for(buffer[:_MAGIC_SIZE])
            scan = self._decoder.scan(buffer, 0, self._origin)
        except SavefileError as fault:
            told = self.error = self._told(fault)
            raise told from None
        rest = buffer[scan.position :]
        self._held, self._held_size, self._wanted = [rest], len(rest), scan.wanted
        self._origin += scan.position
        if scan.error is not None:
            self.error = self._told(scan.error)
        if scan.records == 0 and self.error is None:
            return None
        first = self._count + 1
        self._count += scan.records
        return _capture(buffer, self._decoder, scan, range(first, first + scan.records), self.error)

    def _told(self, fault: SavefileError) -> SavefileError:
        return fault if self._gunzip is None else faults.inside_gzip(fault)


def _decoder_for(start: bytes) -> Decoder:
    """A decoder for the file that begins with these four bytes. Raises SavefileError if there is none."""
    if len(start) < _MAGIC_SIZE:
        raise faults.header_cut(_MAGIC_SIZE, len(start), len(start))
    if pcap.recognise(start) is not None:
        return pcap.PcapDecoder()
    if start == _PCAPNG_MAGIC:
        from lesson_engine.sources.pcapng import PcapngDecoder  # most savefiles are pcap

        return PcapngDecoder()
    raise faults.not_a_savefile(start)


def _capture(buffer: Buffer, decoder: Decoder, scan: Scan, numbers: range, error: SavefileError | None) -> Capture:
    return Capture(
        buffer,
        decoder.link_type,
        offsets=scan.offsets,
        captured_lengths=scan.captured_lengths,
        headers=scan.headers,
        numbers=numbers,
        byte_order=decoder.byte_order,
        snapshot_length=decoder.snapshot_length,
        link_type_flags=decoder.link_type_flags,
        error=error,
    )


def _capture_of(buffer: Buffer) -> Capture:
    """The capture in a buffer that holds a whole savefile."""
    decoder = _decoder_for(buffer[:_MAGIC_SIZE])
    scan = decoder.scan(buffer, 0, 0)
    error = scan.error or decoder.cut(buffer, scan.position, 0)
    return _capture(buffer, decoder, scan, range(1, scan.records + 1), error)


def _capture_of_compressed(chunks: Iterator[bytes]) -> Capture:
    """The capture in a gzip file that comes in these chunks."""
    from lesson_engine.sources.gunzip import Gunzip

    gunzip = Gunzip()
    damage: list[SavefileError] = []

    def pieces() -> Iterator[bytes]:
        try:
            for chunk in chunks:
                yield from gunzip.feed(chunk)
            if not gunzip.complete:
                damage.append(faults.gzip_cut())
        except SavefileTooLargeError:
            raise
        except SavefileError as fault:
            damage.append(fault)

    try:
        capture = _capture_of(_spooled(pieces()))
    except SavefileTooLargeError:
        raise
    except SavefileError as fault:
        raise (damage[0] if damage else faults.inside_gzip(fault)) from None
    if damage:
        capture.error = damage[0]
    elif isinstance(capture.error, SavefileError):
        capture.error = faults.inside_gzip(capture.error)
    return capture


def _chunks(file: FileIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_CHUNK), b"")


def _mapped(file: FileIO, size: int) -> Buffer:
    """All of a regular file."""
    if size > _SMALL:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    file.seek(0)
    return file.readall()


def _spooled(pieces: Iterator[bytes]) -> Buffer:
    """All pieces in one buffer, which lies in an unlinked temporary file if it is big."""
    held = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _SMALL:
            break
    start = b"".join(held)
    if size <= _SMALL:
        return start
    _decoder_for(start[:_MAGIC_SIZE])  # what is no savefile shall not fill the disk first
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        file.write(start)
        file.writelines(pieces)
        file.flush()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
