"""A capture that grows by batches, as far as there is room for what it keeps.

Guarantees: a capture that was asked for stays as it is while others come after it; packets are numbered from 1 in the
order they came; memory is taken as packets come, and never more than `most_bytes` for their data. For one thread at a
time. Knows nothing of where batches come from.

>>> from lesson_engine.packets.linktype import EN10MB
>>> growing = GrowingCapture(EN10MB, most_packets=2)
>>> growing.add(Capture.from_frames([b"one"])), growing.add(Capture.from_frames([b"two", b"three"]))
(1, 1)
>>> [packet.data for packet in growing.capture], growing.is_full
([b'one', b'two'], True)
"""

import mmap
from array import array

from lesson_engine.packets.capture import DEFAULT_SNAPSHOT_LENGTH, ByteOrder, Capture, Headers
from lesson_engine.packets.linktype import LinkType

MOST_PACKETS = 100_000
MOST_BYTES = 64 << 20


class GrowingCapture:
    """The packets of all batches so far. `is_full`: the next packet finds no room, or one did not."""

    def __init__(
        self,
        link_type: LinkType,
        *,
        snapshot_length: int = DEFAULT_SNAPSHOT_LENGTH,
        most_packets: int = MOST_PACKETS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.is_full = False
        self._link_type = link_type
        self._snapshot_length = snapshot_length
        self._most_packets = most_packets
        self._most_bytes = most_bytes
        self._byte_order: ByteOrder = "little"
        # Pages of it are taken when they are written to; and a packet's bytes never move, whoever looks at them.
        self._buffer = mmap.mmap(-1, most_bytes)
        self._end = 0
        self._offsets = array("Q")
        self._captured_lengths = array("I")
        self._headers = Headers(array("I"), array("q"), {})
        self._capture: Capture | None = None

    def __len__(self) -> int:
        return len(self._offsets)

    @property
    def capture(self) -> Capture:
        """What there is by now."""
        if self._capture is None:
            lengths, times, odd_times = self._headers
            self._capture = Capture(
                self._buffer,
                self._link_type,
                offsets=self._offsets[:],
                captured_lengths=self._captured_lengths[:],
                headers=Headers(lengths[:], times[:], dict(odd_times)),
                byte_order=self._byte_order,
                snapshot_length=self._snapshot_length,
            )
        return self._capture

    def add(self, batch: Capture) -> int:
        """Takes the packets of a batch as far as there is room; says of how many there was. All batches are of the one
        link type and byte order."""
        before, end = len(self), self._end
        taken = []
        for offset, length in zip(batch.offsets, batch.captured_lengths, strict=True):
            if len(self) == self._most_packets or end + length > self._most_bytes:
                self.is_full = True
                break
            taken.append(batch.buffer[offset : offset + length])
            self._offsets.append(end)
            self._captured_lengths.append(length)
            end += length
        self.is_full = self.is_full or len(self) == self._most_packets
        self._buffer[self._end : end] = b"".join(taken)
        self._end = end
        lengths, times, odd_times = batch.headers
        self._headers.original_lengths.extend(lengths[: len(taken)])
        self._headers.times_ns.extend(times[: len(taken)])
        self._headers.odd_times.update((before + index, odd) for index, odd in odd_times.items() if index < len(taken))
        self._byte_order = batch.byte_order
        self._capture = None
        return len(taken)
