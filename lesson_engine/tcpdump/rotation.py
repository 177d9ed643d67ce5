"""The savefiles that -w writes: their names, and when the next one begins (-C, -G, -W).

Guarantees: the names and the moments of tcpdump 4.99.3. A file is opened as soon as it is due, as the real one does,
and overwrites what had its name. It knows packets only as the bytes of their records. Reference: tcpdump(8), -C -G -W.

>>> names = SavefileNames("web.pcap", rotate_size=1, rotate_seconds=0, rotate_count=12)
>>> names.name(0, 0), names.name(0, 3)
('web.pcap00', 'web.pcap03')
"""

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NamedTuple


class SavefileNames(NamedTuple):
    """What -w, -C, -G and -W say about names."""

    template: str
    rotate_size: int | None
    rotate_seconds: int
    rotate_count: int | None

    def name(self, seconds: int, count: int) -> str:
        """The name of a file begun at `seconds` since the epoch (-G: a strftime format), the `count`-th by size."""
        path = self.template
        if self.rotate_seconds:
            path = time.strftime(path, time.localtime(seconds))
        if self.rotate_size is None:
            return path
        digits = len(str(self.rotate_count - 1)) if self.rotate_count is not None and self.rotate_count > 1 else 0
        return path if count == 0 and digits == 0 else f"{path}{count:0{digits}}"


class LastFileFull(Exception):  # noqa: N818  # no error: -W has been reached, and the run ends well
    """-G and -W: as many files as asked for have been written."""


class UnwritableError(Exception):
    """A savefile cannot be opened or written. `path` is its name, `error` what the system says."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(path, error)
        self.path = path
        self.error = error


class OwnInputError(UnwritableError):
    """A file to be written is the one that is being read; opening it would empty it."""


class RotatingSavefile:
    """Writes records, going on to the next file when it is due.

    Every method may raise UnwritableError, but for a stream that was handed in: its OSError is not ours to tell.
    """

    def __init__(
        self,
        names: SavefileNames,
        header: bytes,
        *,
        began: int,
        stream: BinaryIO | None = None,
        source: str | None = None,
        unbuffered: bool = False,
    ) -> None:
        """`header` begins every file; `began` is when the run did, in seconds since the epoch; `stream` takes the
        place of a first file named `-`; `source` is the file that is being read."""
        self._names = names
        self._header = header
        self._began = began
        self._source = source
        self._unbuffered = unbuffered
        self._files_by_time = 0
        self._files_by_size = 0
        self._size = 0
        self._path = names.name(began, 0)
        self._stream = stream if self._path == "-" else None
        self._file = self._stream or self._open()
        self._write(header)

    def write(self, record: bytes, now: Callable[[], int]) -> None:
        """Append a record. `now` gives the seconds since the epoch, asked for -G only. Raises LastFileFull."""
        names = self._names
        if names.rotate_seconds:
            seconds = now()
            if seconds - self._began >= names.rotate_seconds:
                self._began = seconds
                self._files_by_time += 1
                if names.rotate_size is None and self._files_by_time == names.rotate_count:
                    raise LastFileFull
                self._files_by_size = 0
                self._next()
        # a file is looked at before a record is added, so it may be larger than asked for by one record
        if names.rotate_size is not None and self._size > names.rotate_size * 1_000_000:
            self._files_by_size += 1
            if names.rotate_count is not None:
                self._files_by_size %= names.rotate_count
            self._next()
        self._write(record)

    def close(self) -> None:
        """Write what is held back, and close the file unless it was handed in."""
        if self._file is self._stream:
            self._file.flush()
            return
        try:
            self._file.close()
        except OSError as error:
            raise UnwritableError(self._path, error) from error

    def _next(self) -> None:
        self.close()
        self._path = self._names.name(self._began, self._files_by_size)
        self._file = self._open()
        self._size = 0
        self._write(self._header)

    def _open(self) -> BinaryIO:
        path = self._path
        try:
            if self._source is not None and os.path.exists(path) and os.path.samefile(path, self._source):
                raise OwnInputError(path, OSError(errno.EBUSY, os.strerror(errno.EBUSY)))
            return open(path, "wb")
        except OSError as error:
            raise UnwritableError(path, error) from error

    def _write(self, data: bytes) -> None:
        try:
            self._file.write(data)
            if self._unbuffered:
                self._file.flush()
        except OSError as error:
            if self._file is self._stream:
                raise
            # nothing more can be done for this file: closing it now keeps `close` from failing for the same reason
            with suppress(OSError):
                self._file.close()
            raise UnwritableError(self._path, error) from error
        self._size += len(data)
