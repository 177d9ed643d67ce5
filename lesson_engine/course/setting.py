"""What grading is told beside the exercise and the answer; nothing of it is ever guessed.

>>> Setting(folders=("/home/me/answers",)).hints_taken
0
"""

from typing import NamedTuple


class Setting(NamedTuple):
    """`folders` are where relative names of files in an answer lead to, the first that has the file;
    `hints_taken` counts the rungs of hints that were shown."""

    folders: tuple[str, ...] = ()
    hints_taken: int = 0


ANYONE = Setting()
"""A learner of whom nothing is known."""
