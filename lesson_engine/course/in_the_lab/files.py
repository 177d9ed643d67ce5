"""Files captured in the lab: they should hold what the lab itself saw pass, from their first packet to their last.

A file is of the lab if its packets passed the client's interface at the very times that it gives them: so one from
elsewhere, or made by editing another, is not. Between its ends it must hold every packet, which no filter leaves.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from lesson_engine.course.exercise import FileFacts
from lesson_engine.course.file_facts import Source, UnusableFile, opened
from lesson_engine.filters import Filter
from lesson_engine.lab.asking import Lab
from lesson_engine.messages import Message
from lesson_engine.packets import Capture, Packet
from lesson_engine.packets.linktype import EN10MB

_SLACK_NS = 10_000_000
"""The kernel gives a packet one time for all who look; a savefile of microseconds cuts it."""


class LiveSource:
    """Where a file that was captured in this lab has its packets from: the lab, or the file `whole` that a command
    filtered to make it."""

    def __init__(self, lab: Lab, whole: str | None) -> None:
        self._lab = lab
        self._whole = whole

    def source(self, found: Capture, facts: FileFacts, seed: int | None) -> Source | Message | None:
        """What the file should hold; what is wrong with it; or None if it is not of this lab. Raises LabError."""
        if self._whole is not None:
            return self._of_whole(facts, seed)
        passed = _passed(self._lab, found, goes_on=facts.first > 0)
        if passed is None:
            return None
        if len(found) < facts.first:
            return Message("in_the_lab.file_too_few", found=len(found), wanted=facts.first)
        origin = Message("in_the_lab.from_lab")
        return Source(passed, "in_the_lab.file_right", origin, "in_the_lab.file_elsewhere", _variant(seed))

    def _of_whole(self, facts: FileFacts, seed: int | None) -> Source | Message | None:
        try:
            whole = opened(self._whole or "")
        except UnusableFile:  # its own part says so
            return None
        if _passed(self._lab, whole) is None:
            return None
        variant = _variant(seed)
        if not any(Filter(facts.holds, link_type=whole.link_type).matches(variant(whole))):
            return Message("in_the_lab.nothing_to_hold")
        origin = Message("in_the_lab.from_whole")
        return Source(whole, "in_the_lab.file_selected", origin, "in_the_lab.file_not_of_whole", variant)


class Genuine:
    """Tells which packets of a file passed the lab's client, from a moment on until now. Raises LabError."""

    def __init__(self, lab: Lab, began_ns: int) -> None:
        self._seen = lab.witnessed(began_ns - _SLACK_NS, time.time_ns())
        self._times = list(self._seen.times_ns)

    def nearest(self, packet: Packet) -> int | None:
        """The index, among what passed, of this packet, which may have been cut when it was captured; None if it did
        not pass at its time."""
        low = bisect_left(self._times, packet.time_ns - _SLACK_NS)
        high = bisect_right(self._times, packet.time_ns + _SLACK_NS)
        same = [
            index
            for index in range(low, high)
            if (passed := self._seen[index]).original_length == packet.original_length
            and passed.data.startswith(packet.data)
        ]
        return min(same, key=lambda index: abs(self._times[index] - packet.time_ns), default=None)

    def between(self, first: int, last: int | None) -> Capture:
        """What passed from one index to another, both included, or to the end."""
        return self._seen.select(
            [first <= index and (last is None or index <= last) for index in range(len(self._seen))]
        )


def _passed(lab: Lab, found: Capture, *, goes_on: bool = False) -> Capture | None:
    """What passed the client's interface from the file's first packet to its last, or to now; None if not both did."""
    if not len(found) or found.link_type != EN10MB:
        return None
    genuine = Genuine(lab, found[0].time_ns)
    first, last = genuine.nearest(found[0]), genuine.nearest(found[len(found) - 1])
    if first is None or last is None:
        return None
    return genuine.between(first, None if goes_on else last)


def _variant(seed: int | None) -> Callable[[Capture], Capture]:
    """What makes of the lab's packets those that this learner's exercise speaks of."""
    if seed is None:
        return lambda same: same
    from lesson_engine.course.seeding import Rewriting

    return Rewriting(seed).capture
