"""Finding where the records of a big savefile begin, at many places of the file at once, with NumPy.

Each record says where the next one begins, and following such a chain one record at a time is the slowest part of
opening a big capture. So the file is cut into lanes, a beginning of a record is guessed in each, and all the lanes
are followed together. A guess is never believed: what a lane gives counts only if the lane before it ended on the
very byte where this one begins; otherwise that stretch is followed record by record. What a record holds is not
looked at here. `records.lanes_pay` says when to import this module: a small file is read without, and so is any
where NumPy is not installed.

>>> two_bytes_each = struct.pack("<I2sI2s", 6, b"ab", 6, b"cd")
>>> chain = Chain("little", length_at=0, overhead=0, shortest=6, likely=re.compile(b"(?!)"), likely_at=0)
>>> follow(two_bytes_each, 0, 12, chain)
(array([0, 6]), array([6, 6], dtype=uint32), 12)
"""

import re
import struct
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lesson_engine.packets.capture import Buffer, ByteOrder

Positions = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]

_BATCH = 128 << 20
"""Bytes followed at once. It makes 1024 lanes: the pages of more are too many for the processor's table of pages
(4096 lanes took three times as long), and with fewer there is less work for each call of NumPy."""

_LANE = 128 << 10
_WINDOW = 8 << 10
"""Bytes in which a lane's first record is looked for; a lane without one belongs to the lane before it."""

_CONFIRMATIONS = 5
"""Likely records that must follow one another for the first to be taken for the beginning of a lane."""

_STEPS_UNASKED = 16
"""Steps between asking whether all lanes have come to their limits."""

_MOST_STEPS = 2048
"""Records followed together in a lane, which bounds the memory: 16 MB for 1024 lanes."""

_WORD: dict[ByteOrder, str] = {"little": "<u4", "big": ">u4"}


class Chain(NamedTuple):
    """How one record leads to the next: by its 32-bit length, found `length_at` bytes from its beginning, and
    `overhead`, which the length does not count. No record has fewer than `shortest` bytes in all: if one says
    so, the chain goes on after so many. `likely` matches most records, `likely_at` bytes from their beginning."""

    byte_order: ByteOrder
    length_at: int
    overhead: int
    shortest: int
    likely: re.Pattern[bytes]
    likely_at: int


def follow(buffer: Buffer, position: int, stop: int, chain: Chain) -> tuple[Positions, Words, int]:
    """Where records begin, from the one at `position` on and before `stop`, and the lengths that lead from each to
    the next; then where the one after them begins, which may be beyond the buffer. At least one, and no more than
    are worth doing at once. All before `stop` must have their length within the buffer."""
    stop = min(stop, position + _BATCH)
    starts = [position, *_guessed(buffer, position, stop, chain)]
    limits = [*starts[1:], stop]
    lanes, counts, ends = _together(buffer, starts, limits, chain)
    parts = []
    for lane, (start, limit) in enumerate(zip(starts, limits, strict=True)):
        if position == start:
            parts.append(lanes[lane, : counts[lane]])
            position = ends[lane]
        if position < limit:
            found, position = _one_by_one(buffer, position, limit, chain)
            parts.append(np.array(found, dtype=np.int64))
    positions = np.concatenate(parts)
    lengths = np.diff(positions, append=position) - chain.overhead
    return positions, lengths.astype(np.uint32), position


def words_at(buffer: Buffer, positions: Positions, words: int, byte_order: ByteOrder) -> Words:
    """So many 32-bit words from each position on (shape: positions, words); all must lie within the buffer."""
    size = 4 * words
    # Taking items of that size is many times faster than indexing bytes.
    items = np.ndarray((len(buffer) - size + 1,), f"V{size}", buffer, 0, (1,))
    found = items[positions].view(_WORD[byte_order]).reshape(-1, words)
    return found.astype(np.uint32, copy=False)


def _guessed(buffer: Buffer, position: int, stop: int, chain: Chain) -> list[int]:
    """Where records seem to begin, at most one in each lane but the first."""
    guesses = []
    for lane in range(position + _LANE, stop - _WINDOW, _LANE):
        for found in chain.likely.finditer(buffer, lane, lane + _WINDOW):
            start = here = found.start() - chain.likely_at
            for _ in range(_CONFIRMATIONS):
                here = _next(buffer, here, chain)
                if not chain.likely.match(buffer, here + chain.likely_at):
                    break
            else:
                guesses.append(start)
                break
    return guesses


def _together(
    buffer: Buffer, starts: list[int], limits: list[int], chain: Chain
) -> tuple[Positions, list[int], list[int]]:
    """A row of records' positions for each lane, how many of them are before its limit, and the next after those."""
    last = len(buffer) - 4
    items = np.ndarray((last + 1,), "V4", buffer, 0, (1,))
    here = np.array(starts)
    steps = [here]
    # A lane that has come to its limit just goes on, which costs less than asking after every step.
    while len(steps) < _MOST_STEPS and (here < limits).any():
        for _ in range(_STEPS_UNASKED):
            lengths = items[np.minimum(here + chain.length_at, last)].view(_WORD[chain.byte_order])
            here = here + np.maximum(lengths + np.int64(chain.overhead), chain.shortest)
            steps.append(here)
    lanes = np.array(steps).T.copy()
    counts = np.minimum(np.count_nonzero(lanes < np.array(limits)[:, None], axis=1), len(steps) - 1)
    return lanes, counts.tolist(), lanes[np.arange(len(lanes)), counts].tolist()


def _one_by_one(buffer: Buffer, position: int, stop: int, chain: Chain) -> tuple[list[int], int]:
    # Written out, without a call a record: all of a file goes through here whose guesses are bad.
    read_length = struct.Struct(_WORD[chain.byte_order][0] + "I").unpack_from
    length_at, overhead, shortest = chain.length_at, chain.overhead, chain.shortest
    found = []
    while position < stop:
        found.append(position)
        (length,) = read_length(buffer, position + length_at)
        length += overhead
        position += length if length > shortest else shortest
    return found, position


def _next(buffer: Buffer, position: int, chain: Chain) -> int:
    """Where the record after the one at `position` begins; `position` itself if it is too near the end."""
    at = position + chain.length_at
    if at + 4 > len(buffer):
        return position
    length = int.from_bytes(buffer[at : at + 4], chain.byte_order)
    return position + max(length + chain.overhead, chain.shortest)
