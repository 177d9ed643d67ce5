"""Text as columns: a matrix of bytes, a row for each line, a group of columns for each part of the lines.

A part that is shorter in one row than in another is filled with zero bytes, wherever that is easiest, for `joined`
drops them all: no text printed here holds one. So each part is made for thousands of lines by a few operations of
NumPy, and no line is ever handled on its own.

>>> parts = [repeated(b"seq ", 3), decimal(np.array([7, 4_294_967_295, 120_034])), repeated(b"\\n", 3)]
>>> joined(parts)
b'seq 7\\nseq 4294967295\\nseq 120034\\n'
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.integer[Any]]
Texts: TypeAlias = npt.NDArray[np.uint8]
"""Shape: rows, bytes."""

_GROUP = 10_000
"""Numbers are written four digits at a time, from a table."""


def _digits(form: str) -> npt.NDArray[np.uint32]:
    texts = [(form % number).encode().rjust(4, b"\0") for number in range(_GROUP)]
    return np.frombuffer(b"".join(texts), np.uint32)


_PADDED = _digits("%04d")
_PLAIN = _digits("%d")


def decimal(numbers: Numbers) -> Texts:
    """Numbers from 0 to 2**32 - 1 in decimal."""
    if not len(numbers) or int(numbers.max()) < _GROUP:
        return _as_texts(_PLAIN[numbers])
    words = numbers.astype(np.uint32)
    high = words // np.uint32(_GROUP)
    low = words - high * np.uint32(_GROUP)
    last = np.where(high > 0, _PADDED[low], _PLAIN[low])
    if int(high.max()) < _GROUP:
        first = np.where(high > 0, _PLAIN[high], np.uint32(0))
        return np.concatenate((_as_texts(first), _as_texts(last)), axis=1)
    top = high // np.uint32(_GROUP)
    middle = high - top * np.uint32(_GROUP)
    first = np.where(top > 0, _PLAIN[top], np.uint32(0))
    between = np.where(top > 0, _PADDED[middle], np.where(middle > 0, _PLAIN[middle], np.uint32(0)))
    return np.concatenate((_as_texts(first), _as_texts(between), _as_texts(last)), axis=1)


def six_digits(numbers: Numbers) -> Texts:
    """Numbers below a million, with leading zeros."""
    high = numbers // _GROUP
    low = _PADDED[numbers - high * _GROUP]
    return np.concatenate((_as_texts(_PADDED[high])[:, 2:], _as_texts(low)), axis=1)


def repeated(text: bytes, rows: int) -> Texts:
    """The same text in every row."""
    return np.broadcast_to(np.frombuffer(text, np.uint8), (rows, len(text)))


def chosen(texts: Sequence[bytes], index: Numbers) -> Texts:
    """Of each row, one of `texts`."""
    table = np.array(texts, np.bytes_)
    return table[index].view(np.uint8).reshape(len(index), table.itemsize)


def where(condition: npt.NDArray[np.bool_], text: Texts) -> Texts:
    """`text` in the rows where `condition` holds."""
    return text * condition[:, np.newaxis].view(np.uint8)


def joined(parts: Sequence[Texts]) -> bytes:
    """The parts of each row side by side, one row after the other."""
    return np.concatenate(parts, axis=1).tobytes().translate(None, b"\0")


def _as_texts(words: npt.NDArray[np.uint32]) -> Texts:
    return words.view(np.uint8).reshape(len(words), 4)
