"""One conversation at two capture points, side by side: the client's capture on the left, the server's on the right.

The model that the drawings share (`crossing_text`, `crossing_svg`). Each row is one packet, joined or alone, in the
words of the ladder of the capture that has it. Rows are in the order of the client's clock, by the difference that
the joined packets show. Guarantees: every packet of the conversation in either capture is in one row, or counted in a
fold; none is called lost that the other capture could not have seen.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> captures = [Capture.open(capture_path(f"lost_reply_{side}")) for side in ("client", "server")]
>>> (picture,) = crossings_of(*captures)
>>> [row.fate for row in picture.rows if isinstance(row, Crossed)][:3]
['passed', 'lost', 'lost']
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from lesson_engine.conversations.connection import connections
from lesson_engine.conversations.tcp import Segment
from lesson_engine.conversations.vantage import Crossing, join
from lesson_engine.packets import Capture
from lesson_engine.views.ladder import MOST_ROWS, Arrow, ladder_of

Fate = Literal["passed", "lost", "made", "untold"]

_KEPT = 3
"""Ordinary packets that stay at the ends of a stretch of them."""


class Crossed(NamedTuple):
    """One packet: as the client's capture has it, as the server's has it, one of them None where it has not. `fate`
    says what became of it in between; times are in nanoseconds since the first packet of that capture."""

    near: Arrow | None
    far: Arrow | None
    fate: Fate
    to_server: bool
    near_ns: int | None
    far_ns: int | None

    @property
    def arrow(self) -> Arrow:
        """The packet, as it was first seen."""
        first, second = (self.near, self.far) if self.to_server else (self.far, self.near)
        arrow = first or second
        assert arrow is not None
        return arrow


class Folded(NamedTuple):
    """So many packets that passed, and are not shown."""

    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here


class CrossingPicture(NamedTuple):
    """The rows of one conversation, and how many of its packets passed, were lost, and were made in between."""

    client: str
    server: str
    rows: tuple[Crossed | Folded, ...]
    passed: int
    lost: int
    made: int
    is_clock_known: bool
    numbers: tuple[frozenset[int], frozenset[int]]
    """Of its packets in the first capture and in the second."""


def crossings_of(
    first: Capture, second: Capture, *, absolute: bool = False, whole: bool = False
) -> list[CrossingPicture]:
    """The conversations of two captures that were taken at the same time, in the order of the first. `absolute` and
    `whole` as for `ladder_of`."""
    arrows = [_arrows(capture, absolute) for capture in (first, second)]
    return [_picture(crossing, arrows, whole) for crossing in join(first, second)]


def _arrows(capture: Capture, absolute: bool) -> dict[int, Arrow]:
    """By packet number."""
    return {
        arrow.number: arrow
        for connection in connections(capture)
        for arrow in ladder_of(connection, absolute=absolute, whole=True).arrows
    }


def _picture(crossing: Crossing, arrows: list[dict[int, Arrow]], whole: bool) -> CrossingPicture:
    near_point = crossing.client_point
    near, far = arrows[near_point], arrows[1 - near_point]
    # The far clock is ahead of the near one by this much.
    ahead = crossing.ahead_ns if near_point == 0 else -crossing.ahead_ns
    timed: list[tuple[int, Crossed]] = []

    def add(near_segment: Segment | None, far_segment: Segment | None, fate: Fate) -> None:
        segment = near_segment or far_segment
        assert segment is not None
        at = near_segment.time_ns if near_segment is not None else segment.time_ns - ahead
        timed.append(
            (
                at,
                Crossed(
                    None if near_segment is None else near[near_segment.number],
                    None if far_segment is None else far[far_segment.number],
                    fate,
                    segment.source == crossing.client,
                    None if near_segment is None else near_segment.time_ns,
                    None if far_segment is None else far_segment.time_ns,
                ),
            )
        )

    for pair in crossing.joined:
        add(pair[near_point], pair[1 - near_point], "passed")
    for segment in crossing.lost_to_server:
        add(segment, None, "lost")
    for segment in crossing.lost_to_client:
        add(None, segment, "lost")
    for segment in crossing.made_to_client:
        add(segment, None, "made")
    for segment in crossing.made_to_server:
        add(None, segment, "made")
    for segment in crossing.unjoined[near_point]:
        add(segment, None, "untold")
    for segment in crossing.unjoined[1 - near_point]:
        add(None, segment, "untold")
    timed.sort(key=lambda each: (each[0], each[1].arrow.number))
    rows = _since_the_first([row for _, row in timed])
    sides = ([row.near for row in rows], [row.far for row in rows])
    numbers = [frozenset(arrow.number for arrow in side if arrow is not None) for side in sides]
    if near_point == 1:
        numbers.reverse()
    lost = len(crossing.lost_to_server) + len(crossing.lost_to_client)
    made = len(crossing.made_to_server) + len(crossing.made_to_client)
    return CrossingPicture(
        str(crossing.client),
        str(crossing.server),
        tuple(rows if whole or len(rows) <= MOST_ROWS else _folded(rows)),
        crossing.passed,
        lost,
        made,
        crossing.is_clock_known,
        (numbers[0], numbers[1]),
    )


def _since_the_first(rows: list[Crossed]) -> list[Crossed]:
    near_begin, far_begin = (
        min((time for time in times if time is not None), default=0)
        for times in ([row.near_ns for row in rows], [row.far_ns for row in rows])
    )
    return [
        row._replace(
            near_ns=None if row.near_ns is None else row.near_ns - near_begin,
            far_ns=None if row.far_ns is None else row.far_ns - far_begin,
        )
        for row in rows
    ]


def _folded(rows: Iterable[Crossed]) -> list[Crossed | Folded]:
    """Without the middle of long stretches in which nothing happened to the packets."""
    made: list[Crossed | Folded] = []
    stretch: list[Crossed] = []
    for row in [*rows, None]:
        if row is not None and row.fate == "passed" and not row.arrow.marks:
            stretch.append(row)
            continue
        if len(stretch) > 2 * _KEPT + 1:
            made += [*stretch[:_KEPT], Folded(len(stretch) - 2 * _KEPT), *stretch[-_KEPT:]]
        else:
            made += stretch
        stretch = []
        if row is not None:
            made.append(row)
    return made
