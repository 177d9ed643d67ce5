"""What grading is told beside the exercise and the answer; nothing of it is ever guessed.

>>> Setting(folders=("/home/me/answers",)).seed
0
"""

from typing import NamedTuple


class Setting(NamedTuple):
    """`folders` are where relative names of files in an answer lead to, the first that has the file; `seed` is the
    learner's own, from which their variants and hidden captures follow; `hints_taken` counts the rungs of hints
    that were shown."""

    folders: tuple[str, ...] = ()
    seed: int = 0
    hints_taken: int = 0


ANYONE = Setting()
"""A learner of whom nothing is known."""
