"""Replay: a capture's packets at the pace they came, N times faster, or a step at a time.

`paced` says how long to wait before each packet; it reads the caller's clock and never sleeps, so a shell may
wait for a key, and a test for nothing. Waits are measured from the first packet by the clock, so that slow
printing does not add up; packets that come early by their time stamps, or have odd ones, are not waited for.

>>> from lesson_engine.packets.capture import Capture
>>> capture = Capture.from_frames([b"a", b"b"], times_ns=[0, 3_000_000_000])
>>> [(delay, packet.number) for delay, packet in paced(capture, speed=2, clock=lambda: 100.0)]
[(0.0, 1), (1.5, 2)]
"""

from collections.abc import Callable, Iterable, Iterator
from math import inf

from lesson_engine.packets.capture import Packet

AT_ONCE = inf
"""The speed at which nothing is waited for: for stepping, where the caller takes the next packet when told."""


def paced(
    packets: Iterable[Packet], *, speed: float = 1.0, clock: Callable[[], float]
) -> Iterator[tuple[float, Packet]]:
    """Each packet with the seconds to wait before it is shown; `speed` 2 is twice as fast. `clock` gives seconds
    and may stand still while the replay is paused. Raises ValueError for a speed that is not above zero."""
    if not speed > 0:
        raise ValueError(f"speed must be above zero, not {speed}")
    return _paced(packets, speed, clock)


def play(
    packets: Iterable[Packet], *, speed: float = 1.0, clock: Callable[[], float], sleep: Callable[[float], object]
) -> Iterator[Packet]:
    """Each packet when its time has come, having slept until then. Arguments as for `paced`."""
    for delay, packet in paced(packets, speed=speed, clock=clock):
        if delay > 0:
            sleep(delay)
        yield packet


def _paced(packets: Iterable[Packet], speed: float, clock: Callable[[], float]) -> Iterator[tuple[float, Packet]]:
    began: float | None = None
    first_ns = 0
    for packet in packets:
        if began is None:
            began, first_ns = clock(), packet.time_ns
        due = began + (packet.time_ns - first_ns) / 1e9 / speed
        yield max(0.0, due - clock()), packet
