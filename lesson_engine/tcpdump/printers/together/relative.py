"""Sequence numbers relative to their conversation's first, for thousands of segments at a time.

The rule is that of `tcp`: the first segment of a conversation that carries an acknowledgment, and every SYN that does,
gives the numbers that later ones count from, and is itself printed as it is. A conversation's two first numbers
are kept under one key for both directions, the lower port's first.

>>> table = {}
>>> talks = Conversations([b"key"], np.array([0, 0]), np.array([False, True]))
>>> relative_numbers(table, talks, np.array([5, 9], np.uint32), np.array([9, 7], np.uint32), np.array([False, False]))
(array([5, 1], dtype=uint32), array([9, 2], dtype=uint32), array([8, 5], dtype=uint32))
>>> table
{b'key': (5, 8)}
"""

from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint32]
_UNKNOWN = (-1, -1)


class Conversations(NamedTuple):
    """Whose segments they are: a key for each conversation, and of each segment its conversation's place among the
    keys, and whether it comes from the higher port."""

    keys: list[bytes]
    whose: npt.NDArray[np.intp]
    reverse: npt.NDArray[np.bool_]


def relative_numbers(
    table: dict[bytes, tuple[int, int]],
    conversations: Conversations,
    sequence: Words,
    acknowledgment: Words,
    restarts: npt.NDArray[np.bool_],
) -> tuple[Words, Words, Words]:
    """Sequence and acknowledgment numbers as they are printed, and the first number of each segment's other side.

    One item a segment, all of which acknowledge something, in order. `restarts` marks those with SYN. What is known
    from earlier segments is in `table`, which is brought up to date.
    """
    keys, whose, reverse = conversations
    # Side by side by conversation, and within one in their order. (Numbers of 16 bits are sorted several times faster.)
    order = np.argsort(whose.astype(np.uint16) if len(keys) <= 1 << 16 else whose, kind="stable")
    whose = whose[order]
    begins = np.empty(len(order), np.bool_)
    begins[:1] = True
    begins[1:] = whose[1:] != whose[:-1]
    known = np.fromiter(chain.from_iterable([table.get(key, _UNKNOWN) for key in keys]), np.int64).reshape(-1, 2)
    known_here = known[whose]
    gives = restarts[order] | (begins & (known_here[:, 0] < 0))
    mine, theirs = sequence[order], acknowledgment[order] - np.uint32(1)
    back = reverse[order]
    first = np.where(back, theirs, mine)
    second = np.where(back, mine, theirs)
    # Of each segment, the latest one so far that gave numbers; before its conversation's beginning is none.
    positions = np.arange(len(order))
    latest = np.maximum.accumulate(np.where(gives, positions, -1))
    beginning = np.maximum.accumulate(np.where(begins, positions, 0))
    given = latest >= beginning
    base_first = np.where(given, first[latest], known_here[:, 0].astype(np.uint32))
    base_second = np.where(given, second[latest], known_here[:, 1].astype(np.uint32))
    base_mine = np.where(back, base_second, base_first)
    base_theirs = np.where(back, base_first, base_second)
    shown = np.empty((3, len(order)), np.uint32)
    shown[0, order] = np.where(gives, sequence[order], sequence[order] - base_mine)
    shown[1, order] = np.where(gives, acknowledgment[order], acknowledgment[order] - base_theirs)
    shown[2, order] = base_theirs
    # What the last of each conversation counts from is what later ones will.
    last = np.flatnonzero(np.append(begins[1:], True) & given)
    for which, one, other in zip(
        whose[last].tolist(), base_first[last].tolist(), base_second[last].tolist(), strict=True
    ):
        table[keys[which]] = (one, other)
    return shown[0], shown[1], shown[2]
