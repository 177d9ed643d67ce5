"""What grading is told beside the exercise and the answer; nothing of it is ever guessed.

>>> Setting(folders=("/home/me/answers",)).hints_taken
0
"""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lesson_engine.lab.asking import Lab


class Setting(NamedTuple):
    """`folders` are where relative names of files in an answer lead to, the first that has the file;
    `hints_taken` counts the rungs of hints that were shown. `uses_lab` says that a lab that stands may be asked, where
    the exercise has a use for it, and `chance` is the learner's own number for what is left to chance there; `lab` is
    that lab, once it is found."""

    folders: tuple[str, ...] = ()
    hints_taken: int = 0
    uses_lab: bool = False
    chance: int = 0
    lab: "Lab | None" = None


ANYONE = Setting()
"""A learner of whom nothing is known."""
