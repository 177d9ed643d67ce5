"""What passes one interface of the lab, as the lab itself sees it: whole frames with the kernel's own times.

A learner's capture of the same interface holds the same bytes at the same times, whoever sent them; one that was taken
elsewhere, or made by editing, does not. The newest frames are kept, and nobody in the lab can end the witness but with
the lab itself: it is a thread of its first process. What the frames mean is unknown here.

packet(7), socket(7) (SO_TIMESTAMPNS).

>>> MOST_BYTES >> 20
16
"""

import select
import socket
import struct
import threading
from collections import deque
from contextlib import suppress

from lesson_engine.packets import Packet
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.sources.writing import SavefileWriter

MOST_BYTES = 16 << 20
"""Of frames that are kept; the oldest go first."""

_EVERY_PROTOCOL = 0x0003  # ETH_P_ALL, linux/if_ether.h
_RECEIVE_BUFFER_FORCE = 33  # SO_RCVBUFFORCE, asm-generic/socket.h
_TIMES_IN_NANOSECONDS = 35  # SO_TIMESTAMPNS, asm-generic/socket.h
_TIME = struct.Struct("@ll")
_LONGEST = 1 << 18


class Witness:
    """Begins to look when it is made, in the network that the thread which makes it is in."""

    def __init__(self, interface: str) -> None:
        self._frames: deque[tuple[int, bytes]] = deque()
        self._held = 0
        self._turn = threading.Lock()
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MOST_BYTES)
        with suppress(PermissionError):  # older kernels give it to the machine's own root alone
            self._socket.setsockopt(socket.SOL_SOCKET, _RECEIVE_BUFFER_FORCE, MOST_BYTES)
        self._socket.setsockopt(socket.SOL_SOCKET, _TIMES_IN_NANOSECONDS, 1)
        self._socket.setblocking(False)
        self._socket.bind((interface, _EVERY_PROTOCOL))
        threading.Thread(target=self._look, daemon=True).start()

    def between(self, began_ns: int, ended_ns: int) -> bytes:
        """A savefile of the frames of that time, both ends included."""
        with self._turn:
            self._take()
            chosen = [frame for frame in self._frames if began_ns <= frame[0] <= ended_ns]
        writer = SavefileWriter(EN10MB, nanoseconds=True)
        packets = (
            Packet(number, time_ns, data, len(data), EN10MB) for number, (time_ns, data) in enumerate(chosen, start=1)
        )
        return writer.header_bytes() + b"".join(map(writer.record_bytes, packets))

    def _look(self) -> None:
        while True:
            select.select([self._socket], [], [])
            with self._turn:
                self._take()

    def _take(self) -> None:
        """What has come and was not taken yet."""
        while True:
            try:
                data, ancillary, _, _ = self._socket.recvmsg(_LONGEST, socket.CMSG_SPACE(_TIME.size))
            except BlockingIOError:
                return
            except OSError:  # the interface went down for a moment
                continue
            seconds, nanoseconds = _TIME.unpack(ancillary[0][2])
            self._frames.append((seconds * 1_000_000_000 + nanoseconds, data))
            self._held += len(data)
            while self._held > MOST_BYTES:
                self._held -= len(self._frames.popleft()[1])
